#include "tests/simulation/people/facilitator.hpp"

#include "tests/simulation/evening.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {

using client::Client;
using client::Now;

namespace {

constexpr std::uint64_t asks_others_ms = 300'000;  // as her screen says, when she is not known in what goes on
constexpr std::uint64_t waits_for_others_ms = 60'000;

}  // namespace

Facilitator::Facilitator(Evening& evening, client::StaffKeys keys, bool is_first, Dice dice)
    : Member(evening, keys.certificate.body.name, dice), keys_(std::move(keys)), is_first_(is_first) {}

void Facilitator::arrive() { is_first_ ? host() : Member::arrive(); }

// Opens the group, or goes on with the session that is under way by her book.
void Facilitator::host() {
    Device& phone = world().boot(*this, world().new_client(), true);
    take(phone);
    (void)phone.wants<Client>("host", [&](Client& client, Now now) {
        if (auto brought = client.bring_book(book(now)); !brought) return brought;
        client::GroupPlan plan;
        plan.name = "Evening group";
        plan.rules = "Be kind.";
        return client.host(keys_.clone(), plan, now);
    });
}

circle::GroupBook Facilitator::book(Now now) {
    if (const auto kept = tls::decode<GroupBookBody>(book_)) {
        auto read = circle::GroupBook::from(*kept, world().organisation().organisation.body.root);
        if (read) return *std::move(read);
    }
    return circle::GroupBook::start({"Evening group", "Be kind.", "en"}, {keys_.certificate, keys_.key},
                                    UnixSeconds{now.wall.value / 1'000}, world().random());
}

// With another there who lets her in, she comes back as anybody does; else she opens the group by its book.
void Facilitator::come_back_by(circle::Ticket ticket) {
    evening().has_facilitator_in() || book_.empty() ? Member::come_back_by(std::move(ticket)) : host();
}

void Facilitator::come_anew() {
    if (world().now_ms() < asks_for_invite_until_ms_) return Member::come_anew();
    (is_first_ || !book_.empty()) && !evening().has_facilitator_in() ? host() : Member::come_anew();
}

Result<void> Facilitator::bring_what_she_has(Client& client, Now now) {
    return book_.empty() ? Result<void>() : client.bring_book(book(now));
}

Result<void> Facilitator::knock(Client& client, Now now) { return client.knock_as_staff(keys_.clone(), now); }

Result<void> Facilitator::return_by(Client& client, circle::Ticket ticket, Now now) {
    return client.return_as_staff(std::move(ticket), keys_.clone(), now);
}

void Facilitator::invite(bool for_staff) {
    (void)does(for_staff ? "invite staff" : "invite",
               [&](Client& client, Now now) { return client.invite(for_staff, now); });
}

void Facilitator::sees(Device& phone, const client::Event& event) {
    Member::sees(phone, event);
    if (const auto* made = std::get_if<client::InviteEvent>(&event)) evening().give_invite(made->link, made->for_staff);
    if (device() != &phone) return;
    if (const auto* state = std::get_if<client::StateEvent>(&event); state && state->phase == client::Phase::in_group) {
        if (std::exchange(looked_at_, &phone) != &phone) at_door_.clear(), held_.clear();
        for (std::size_t wanted = evening().invites_wanted(false); wanted > 0; --wanted)
            later(100 * wanted, phone, [this] { invite(false); });
        for (std::size_t wanted = evening().invites_wanted(true); wanted > 0; --wanted)
            later(100 * wanted, phone, [this] { invite(true); });
    }
    if (const auto* state = std::get_if<client::StateEvent>(&event); state && state->phase == client::Phase::waiting)
        later(waits_for_others_ms, phone, [this, &phone] { open_instead(phone); });
    if (const auto* knock = std::get_if<client::KnockEvent>(&event))
        knock->waiting ? somebody_knocks(phone, knock->name) : void(at_door_.erase(knock->name));
    if (const auto* held = std::get_if<client::HeldEvent>(&event);
        held && !held->own && held->state == client::HeldEvent::State::waiting)
        later(dice().between(1'000, 20'000), phone, [this, number = held->number] { answer(number); });
    if (const auto* held = std::get_if<client::HeldEvent>(&event); held && !held->own)
        held->state == client::HeldEvent::State::waiting ? void(held_.emplace(held->number, held->from))
                                                         : void(held_.erase(held->number));
    if (const auto* alarm = std::get_if<client::AlarmEvent>(&event); alarm && alarm->open)
        later(dice().between(2'000, 30'000), phone, [this, from = alarm->from] {
            (void)does("seen " + from, [&](Client& client, Now now) { return client.seen(from, now); });
        });
    const auto* notice = std::get_if<client::NoticeEvent>(&event);
    if (notice && notice->code == "may_make_anew") may_make_anew(phone);
    if (notice && notice->code == "session_elsewhere") asks_for_invite_until_ms_ = world().now_ms() + asks_others_ms;
}

void Facilitator::somebody_knocks(Device& phone, const std::string& who) {
    at_door_.insert(who);
    later(dice().between(1'000, 15'000), phone, [this, &phone, who] { decide(phone, who); });
}

// Now and then she overlooks somebody, who then waits until she looks again.
void Facilitator::decide(Device& phone, const std::string& who) {
    if (!at_door_.contains(who)) return;
    if (dice().percent(10) && !evening().is_quiet())
        return later(dice().between(10'000, 30'000), phone, [this, &phone, who] { decide(phone, who); });
    if (dice().percent(3)) {
        (void)does("refuse " + who, [&](Client& client, Now now) { return client.refuse(who, now, "Not tonight."); });
        return;
    }
    const std::uint64_t level = dice().below(10);
    const Result<void> admitted = does("admit " + who, [&](Client& client, Now now) {
        return client.admit(who, now, level == 0 ? Level::held : level == 1 ? Level::listens : Level::speaks);
    });
    if (!admitted && admitted.error().is(client::faults::nobody_of_that_name)) return void(at_door_.erase(who));
    if (!admitted) later(5'000, phone, [this, &phone, who] { decide(phone, who); });
}

// She waits at the door of a group that nobody keeps.
void Facilitator::open_instead(Device& phone) {
    if (phone.phase() != client::Phase::waiting || evening().has_facilitator_in() || book_.empty()) return;
    phone.die();
    host();
}

// Her screen says that she may, if nobody else is there. She asks around first.
void Facilitator::may_make_anew(Device& phone) {
    later(dice().between(20'000, 40'000), phone, [this, &phone] {
        if (phone.phase() == client::Phase::in_group) return;
        if (evening().has_facilitator_in()) return may_make_anew(phone);
        (void)does("make_anew", [](Client& client, Now now) { return client.make_anew(now); });
    });
}

std::string Facilitator::somebody() {
    std::vector<std::string> names;
    for (const client::RosterMember& member : device()->client()->roster())
        if (!member.self && member.role == Role::member) names.push_back(member.name);
    return names.empty() ? "" : dice().pick(names);
}

// What cannot be passed on she gives back.
void Facilitator::answer(std::uint64_t number) {
    const auto held = held_.find(number);
    if (held == held_.end()) return;
    const std::string from = held->second;
    const bool passes_on = dice().percent(80);
    const auto done = does(passes_on ? "release" : "decline", [&](Client& client, Now now) {
        return passes_on ? client.release(from, now) : client.decline(from, now);
    });
    if (!done && passes_on) (void)does("decline", [&](Client& client, Now now) { return client.decline(from, now); });
}

void Facilitator::look() {
    for (const std::string& who : std::set<std::string>(at_door_)) decide(*device(), who);
    if (!held_.empty()) answer(held_.begin()->first);
    unlock();
}

// Whoever of the two has locked the door: it does not stay so.
void Facilitator::unlock() {
    const auto& session = device()->client()->state().session;
    if (!session || !session->room.is_locked() || !dice().percent(50)) return;
    (void)does("unlock", [&](Client& client, Now now) { return client.lock(false, false, now); });
}

void Facilitator::moment() {
    if (dice().percent(55)) return Member::moment();
    keep_order();
}

void Facilitator::keep_order() {
    const std::string whom = somebody();
    const std::uint64_t throw_of = dice().below(100);
    if (throw_of < 25) {
        const Level level = dice().percent(50) ? Level::held : Level::listens;
        const std::uint64_t seconds = dice().percent(50) ? dice().between(10, 120) : 0;
        (void)does("set_level " + whom,
                   [&](Client& client, Now now) { return client.set_level(whom, level, seconds, now); });
    } else if (throw_of < 45) {
        (void)does("lift " + whom, [&](Client& client, Now now) { return client.lift(whom, now); });
    } else if (throw_of < 55) {
        const std::uint64_t seconds = dice().percent(50) ? 15 : 0;
        (void)does("slow_mode", [&](Client& client, Now now) { return client.slow_mode(seconds, now); });
    } else if (throw_of < 65) {
        const std::string text = next_text();
        (void)does("pin", [&](Client& client, Now now) { return client.pin(text, now); });
    } else if (throw_of < 78) {
        const std::uint64_t seq = any_message();
        (void)does("hide", [&](Client& client, Now now) { return client.hide(seq, true, now); });
    } else if (throw_of < 83) {
        (void)does("remove " + whom, [&](Client& client, Now now) { return client.remove(whom, now); });
    } else if (throw_of < 88) {
        (void)does("lock", [&](Client& client, Now now) { return client.lock(true, false, now); });
    } else if (throw_of < 94) {
        (void)does("undo", [&](Client& client, Now now) { return client.undo(now); });
    } else {
        invite(false);
    }
}

bool Facilitator::end_evening() {
    return is_in() && does("end", [](Client& client, Now now) { return client.end("Thank you.", now); }).has_value();
}

}  // namespace veranda::simulation
