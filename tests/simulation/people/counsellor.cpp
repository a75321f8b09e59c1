#include "tests/simulation/people/counsellor.hpp"

#include "tests/simulation/evening.hpp"

namespace veranda::simulation {
namespace {

using client::Client;
using client::DeskClient;
using client::Now;
using client::Phase;

// How long it is between two of them, in seconds.
constexpr std::uint64_t takes_s = 8;
constexpr std::uint64_t comes_on_duty_s = 20;
constexpr std::uint64_t goes_off_duty_s = 600;
constexpr std::uint64_t speaks_s = 20;
constexpr std::uint64_t ends_s = 180;
constexpr std::uint64_t looks_for_colleague_s = 90;
constexpr std::uint64_t answers_s = 15;
constexpr std::uint64_t waits_alone_s_max = 90;  // for whoever asked, or to be let in

}  // namespace

Counsellor::Counsellor(Evening& evening, client::StaffKeys keys, std::optional<crypto::KemKeyPair> desk_key, Dice dice)
    : Person(evening.world(), keys.certificate.body.name, dice),
      evening_(evening),
      keys_(std::move(keys)),
      desk_key_(std::move(desk_key)) {}

void Counsellor::arrive() {
    come_anew();
    each_second();
}

void Counsellor::come_back_by(circle::Ticket) { come_anew(); }

void Counsellor::come_anew() {
    const auto& organisation = world().organisation();
    take(world().boot(*this, DeskClient(world().origin(), organisation.anchor(), world().random())));
    duty_.clear();
    go_on_duty();
}

void Counsellor::go_on_duty() {
    std::optional<crypto::KemKeyPair> desk_key;
    if (desk_key_) desk_key = desk_key_->clone();
    (void)device()->wants<DeskClient>("go_on_duty", [&](DeskClient& desk, Now now) {
        return desk.go_on_duty(keys_.clone(), {"en", "it"}, now, std::move(desk_key));
    });
}

Counsellor::Talk* Counsellor::talk_on(const Device& phone) {
    for (Talk& talk : talks_)
        if (talk.phone == &phone) return &talk;
    return nullptr;
}

void Counsellor::sees(Device& phone, const client::Event& event) {
    if (const auto* duty = std::get_if<client::DutyEvent>(&event); duty && &phone == device()) duty_ = duty->state;
    Talk* const talk = talk_on(phone);
    if (talk == nullptr || !std::holds_alternative<client::InvitationEvent>(event) || !talk->comes_in) return;
    (void)phone.wants<Client>("knock",
                              [&](Client& client, Now now) { return client.knock_as_staff(keys_.clone(), now); });
}

void Counsellor::each_second() {
    if (is_gone()) return;
    world().agenda().after(1'000, [this] { each_second(); });
    at_desk();
    for (Talk& talk : talks_)
        if (talk.phone->is_alive() && !talk.phone->is_asleep()) in_talk(talk);
    talks_.remove_if([this](Talk& talk) { return is_over(talk); });
}

// ---- at the desk ----

void Counsellor::at_desk() {
    if (device() == nullptr || !device()->is_alive() || device()->is_asleep()) return;
    DeskClient* const desk = device()->core<DeskClient>();
    what_happens_at_desk(*desk);
    if (duty_ == "refused") {
        device()->die();
        return come_anew();
    }
    if (duty_ == "off_duty" && one_in(comes_on_duty_s)) return go_on_duty();
    if (duty_ == "on_duty") what_she_does_at_desk(*desk);
}

void Counsellor::what_happens_at_desk(DeskClient& desk) {
    while (auto session = desk.take_session()) host(*std::move(session));
    while (auto session = desk.take_handed_over()) go_on_with(*std::move(session));
    auto colleague = desk.take_colleague();
    if (!colleague) return;
    for (Talk& talk : talks_) {
        if (talk.desk != device() || talk.number != colleague->number) continue;
        const auto asked = talk.phone->wants<Client>("ask_to_hand_over", [&](Client& client, Now now) {
            return client.ask_to_hand_over(colleague->certificate, now);
        });
        if (asked) talk.successor = std::move(colleague);
        return;
    }
}

void Counsellor::what_she_does_at_desk(DeskClient& desk) {
    auto queue = desk.queue(device()->now());
    if (!queue.empty() && one_in(takes_s)) {
        const std::uint64_t number = dice().pick(queue).number;
        (void)device()->wants<DeskClient>("take " + std::to_string(number),
                                          [&](DeskClient& mine, Now now) { return mine.take(number, now); });
    }
    answer_what_was_left(desk);
    look_for_colleague(desk.requests());
    if (one_in(goes_off_duty_s))
        (void)device()->wants<DeskClient>("go_off_duty",
                                          [](DeskClient& mine, Now now) { return mine.go_off_duty(now); });
}

void Counsellor::answer_what_was_left(DeskClient& desk) {
    for (const std::uint64_t number : desk.requests()) {
        if (!desk.has_left_request(number) || !one_in(answers_s)) continue;
        const bool answers = dice().percent(75);
        (void)device()->wants<DeskClient>(answers ? "answer" : "put_back", [&](DeskClient& mine, Now now) {
            return answers ? mine.answer(number, "We are there on Tuesday.", now) : mine.put_back(number, now);
        });
    }
}

void Counsellor::look_for_colleague(const std::vector<std::uint64_t>& numbers) {
    if (numbers.empty() || !one_in(looks_for_colleague_s)) return;
    for (const auto& person : world().people()) {
        if (person.get() == this || dynamic_cast<const Counsellor*>(person.get()) == nullptr) continue;
        (void)device()->wants<DeskClient>("look_for " + person->name(), [&](DeskClient& mine, Now now) {
            return mine.look_for(numbers.front(), person->name(), now);
        });
        return;
    }
}

// ---- the sessions for two ----

void Counsellor::host(client::SessionForTwo session) {
    Device& phone = world().boot(*this, world().new_client());
    talks_.push_back({.phone = &phone, .desk = device(), .number = session.number});
    (void)phone.wants<Client>("host for two", [&](Client& client, Now now) {
        return client.host(std::move(session.keys), std::move(session.plan), now);
    });
}

void Counsellor::go_on_with(client::SessionHandedOver session) {
    Device& phone = world().boot(*this, world().new_client());
    talks_.push_back({.phone = &phone, .desk = device(), .number = session.number, .comes_in = true});
    (void)phone.wants<Client>("open_invite_of", [&](Client& client, Now now) {
        return client.open_invite_of(std::move(session.pass), {session.issuer}, now);
    });
}

void Counsellor::in_talk(Talk& talk) {
    Client& client = *talk.phone->client();
    if (const auto pass = client.take_hand_over(); pass && talk.successor && talk.desk == device())
        (void)device()->wants<DeskClient>(
            "hand_over", [&](DeskClient& desk, Now now) { return desk.hand_over(*talk.successor, *pass, now); });
    const bool is_alone = !talk.phone->is_in() || client.roster().size() < 2;
    talk.alone_s = is_alone ? talk.alone_s + 1 : 0;
    goes_wrong(talk);
    if (!talk.phone->is_in()) return;
    if (one_in(speaks_s))
        (void)talk.phone->wants<Client>(
            "say", [&](Client& mine, Now now) { return mine.say(name() + " says " + std::to_string(++texts_), now); });
    if (one_in(ends_s) || talk.alone_s > waits_alone_s_max)
        (void)talk.phone->wants<Client>("end", [](Client& mine, Now now) { return mine.end(now); });
}

// The same that happens to the device in her hand, of which the evening takes care.
void Counsellor::goes_wrong(Talk& talk) {
    if (evening_.is_quiet()) return;
    const Troubles& troubles = world().plan().troubles;
    const auto happens = [this](std::uint64_t in_a_thousand_minutes) {
        return dice().below(60'000) < in_a_thousand_minutes;
    };
    if (happens(troubles.cuts)) talk.phone->cut();
    if (happens(troubles.tunnels)) talk.phone->fall_silent(dice().between(3'000, 60'000));
    if (happens(troubles.naps)) talk.phone->sleep(dice().between(5'000, 120'000));
    if (happens(troubles.reloads)) reload(talk);
    if (happens(troubles.deaths)) talk.phone->die();
}

void Counsellor::reload(Talk& talk) {
    if (!talk.phone->is_alive() || talk.phone->is_asleep()) return;
    auto ticket = talk.phone->client()->ticket();
    talk.phone->die();
    if (!ticket) return;
    Device& phone = world().boot(*this, world().new_client());
    talk.phone = &phone;
    (void)phone.wants<Client>("return_as_staff", [&](Client& client, Now now) {
        return client.return_as_staff(*std::move(ticket), keys_.clone(), now);
    });
}

// The room is hers no more: so is the request, if she still has it.
bool Counsellor::is_over(Talk& talk) {
    const Phase phase = talk.phone->phase();
    const bool over =
        phase == Phase::ended || phase == Phase::left || phase == Phase::removed || phase == Phase::refused;
    if (talk.phone->is_alive() && !over && talk.alone_s <= waits_alone_s_max + 10) return false;
    talk.phone->die();
    if (talk.desk == device() && device()->is_alive() && device()->core<DeskClient>()->has_request(talk.number))
        (void)device()->wants<DeskClient>("end " + std::to_string(talk.number),
                                          [&](DeskClient& desk, Now now) { return desk.end(talk.number, now); });
    return true;
}

}  // namespace veranda::simulation
