#include "tests/simulation/evening.hpp"

#include "tests/simulation/people/asker.hpp"
#include "tests/simulation/people/counsellor.hpp"
#include "tests/simulation/people/infiltrator.hpp"
#include "tests/simulation/people/member.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t quiet_ms = 4 * 60'000;  // before the end: nothing goes wrong, people go on talking
constexpr std::uint64_t silence_ms = 90'000;    // of those: nobody says anything more
constexpr std::uint64_t farewell_ms = 30'000;
constexpr std::uint64_t after_all_ms = 20 * 60'000;  // longer than anything lives at the server
constexpr std::uint64_t trouble_every_ms = 1'000;
constexpr std::uint64_t all_come_by = 3;  // in the first third

constexpr std::string_view names[] = {"Heron",  "Iris",   "Juniper", "Kestrel", "Lark",  "Maple", "Nettle",
                                      "Olive",  "Poppy",  "Quince",  "Robin",   "Sage",  "Teal",  "Umber",
                                      "Violet", "Willow", "Yarrow",  "Zinnia",  "Aspen", "Birch", "Cedar",
                                      "Daisy",  "Elder",  "Fern",    "Gorse",   "Hazel", "Ivy",   "Jade"};

constexpr std::string_view counsellors[] = {"Celia", "Dora", "Erin"};
constexpr std::string_view askers[] = {"Wren", "Swift", "Finch"};

}  // namespace

Evening::Evening(const Plan& plan, std::FILE* trace) : world_(plan, trace), dice_(Dice(plan.seed).apart("evening")) {}
Evening::~Evening() = default;

void Evening::people_come() {
    const Plan& plan = world_.plan();
    auto& people = world_.people();
    const auto come = [&](std::unique_ptr<Person> person, std::uint64_t at_ms) {
        Person* const she = people.emplace_back(std::move(person)).get();
        world_.agenda().at(at_ms, [she] { she->arrive(), she->begin(); });
    };
    for (const std::string_view name : {"Amara", "Blessing"}) {
        if (name == "Blessing" && !plan.has_second_facilitator) continue;
        const bool is_first = facilitators_.empty();
        auto person =
            std::make_unique<Facilitator>(*this, world_.organisation().certify(name), is_first, Dice(dice_.next()));
        facilitators_.push_back(person.get());
        come(std::move(person), is_first ? 0 : dice_.between(5'000, 60'000));
    }
    if (plan.has_mediator)
        come(std::make_unique<Mediator>(*this, world_.organisation().certify("Mara", Role::mediator),
                                        Dice(dice_.next())),
             dice_.between(5'000, 90'000));
    for (std::uint64_t i = 0; i < plan.members; ++i)
        come(std::make_unique<Member>(*this, std::string(names[i]), Dice(dice_.next())),
             dice_.between(5'000, plan.ms() / all_come_by));
    if (plan.has_infiltrator)
        come(std::make_unique<Infiltrator>(*this, "Raven", Dice(dice_.next())),
             dice_.between(5'000, plan.ms() / all_come_by));
    const auto desk_key = desk_key_of_the_house();
    for (std::uint64_t i = 0; i < plan.counsellors; ++i) {
        auto keys = world_.organisation().certify(counsellors[i], Role::counsellor);
        std::optional<crypto::KemKeyPair> copy;
        if (desk_key) copy = desk_key->clone();
        come(std::make_unique<Counsellor>(*this, std::move(keys), std::move(copy), Dice(dice_.next())),
             dice_.between(0, 60'000));
    }
    for (std::uint64_t i = 0; i < plan.askers; ++i)
        come(std::make_unique<Asker>(*this, std::string(askers[i]), Dice(dice_.next())),
             dice_.between(5'000, plan.ms() / 2));
}

// In every other house, what is asked while nobody is on duty can be left.
std::optional<crypto::KemKeyPair> Evening::desk_key_of_the_house() {
    if (world_.plan().counsellors == 0 || dice_.percent(50)) return std::nullopt;
    auto key = crypto::KemKeyPair::generate(world_.random());
    auto& house = world_.organisation();
    Organisation body = house.organisation.body;
    body.desk_key = key.public_key;
    house.organisation = crypto::sign(body, house.root);
    return key;
}

void Evening::give_invite(const std::string& link, bool for_staff) {
    (for_staff ? staff_invites_ : invites_).push_back(link);
}

std::optional<std::string> Evening::take_invite(bool for_staff) {
    auto& from = for_staff ? staff_invites_ : invites_;
    if (from.empty()) return std::nullopt;
    std::string link = std::move(from.front());
    from.erase(from.begin());
    return link;
}

std::size_t Evening::invites_wanted(bool for_staff) const {
    const std::size_t there = (for_staff ? staff_invites_ : invites_).size();
    const std::size_t wanted = for_staff ? 3 : 4;
    return there < wanted ? wanted - there : 0;
}

bool Evening::has_facilitator_in() const {
    for (const Facilitator* each : facilitators_)
        if (each->is_in()) return true;
    return false;
}

// ---- what goes wrong ----

Person* Evening::anybody() {
    std::vector<Person*> there;
    for (const auto& person : world_.people())
        if (person->device() != nullptr && person->device()->is_alive()) there.push_back(person.get());
    return there.empty() ? nullptr : dice_.pick(there);
}

void Evening::trouble() {
    if (quiet_) return;
    house_trouble();
    phone_trouble();
    world_.agenda().after(trouble_every_ms, [this] { trouble(); });
}

void Evening::house_trouble() {
    const Troubles& troubles = world_.plan().troubles;
    const auto happens = [this](std::uint64_t in_a_thousand_minutes) {
        return dice_.below(60'000) < in_a_thousand_minutes;
    };
    Node& node = *dice_.pick(world_.nodes());
    if (happens(troubles.node_restarts)) world_.restart(node, dice_.between(200, 20'000));
    if (!world_.plan().over_redis) return;
    if (happens(troubles.redis_cuts) && node.link() != nullptr) {
        world_.trace().line(world_.now_ms(), node.name(), "loses Redis");
        node.link()->go_down(dice_.between(10, 8'000));
    }
    if (happens(troubles.lost_notifications) && node.link() != nullptr) {
        world_.trace().line(world_.now_ms(), node.name(), "loses notifications");
        node.link()->lose_notifications(dice_.between(10, 8'000));
    }
    if (happens(troubles.fail_overs)) world_.fail_over(dice_.between(0, 2'000), dice_.percent(50));
}

void Evening::phone_trouble() {
    const Troubles& troubles = world_.plan().troubles;
    const auto happens = [this](std::uint64_t in_a_thousand_minutes) {
        return dice_.below(60'000) < in_a_thousand_minutes;
    };
    Person* const who = anybody();
    if (who == nullptr) return;
    if (happens(troubles.cuts)) who->device()->cut();
    if (happens(troubles.tunnels)) who->device()->fall_silent(dice_.between(3'000, 60'000));
    if (happens(troubles.naps))
        who->device()->sleep(dice_.percent(70) ? dice_.between(5'000, 120'000) : dice_.between(120'000, 1'200'000));
    if (happens(troubles.reloads)) who->reload();
    if (happens(troubles.doubles)) who->double_tab();
    if (happens(troubles.deaths)) who->lose_phone();
}

// ---- the evening ----

Outcome Evening::run() {
    people_come();
    world_.begin();
    world_.agenda().after(trouble_every_ms, [this] { trouble(); });
    const std::uint64_t ends_at = world_.plan().ms();
    bool goes_on = world_.run_until(ends_at - quiet_ms);
    quiet_ = true;
    world_.trace().line(world_.now_ms(), "evening", "nothing goes wrong any more");
    goes_on = goes_on && world_.run_until(ends_at - silence_ms);
    for (const auto& person : world_.people()) person->stop_acting();
    goes_on = goes_on && world_.run_until(ends_at);
    if (goes_on) {
        world_.look_at_logs();
        world_.each_checker(&Checker::quiet);
    }
    over_ = true;
    for (Facilitator* each : facilitators_)
        if (each->end_evening()) break;
    goes_on = goes_on && world_.run_until(ends_at + farewell_ms);
    if (goes_on) world_.each_checker(&Checker::ended);
    for (const auto& person : world_.people()) person->give_up();
    for (Device& device : world_.devices()) device.die();
    goes_on = goes_on && world_.run_until(ends_at + farewell_ms + after_all_ms);
    if (goes_on) world_.each_checker(&Checker::after_all);
    return {world_.violations(), world_.trace().hash(), world_.now_ms()};
}

}  // namespace veranda::simulation
