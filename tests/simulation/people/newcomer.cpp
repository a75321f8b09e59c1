#include "tests/simulation/people/newcomer.hpp"

#include "tests/simulation/evening.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

constexpr int tries_max = 6;  // then she has had enough
constexpr std::uint64_t looks_for_invite_ms = 5'000;
constexpr std::uint64_t patience_ms = 60'000;

}  // namespace

Newcomer::Newcomer(Evening& evening, std::string name, Dice dice)
    : Person(evening.world(), std::move(name), dice), evening_(evening), pseudonym_(this->name()) {}

void Newcomer::come_anew() {
    if (is_gone() || evening_.is_over()) return;
    const auto link = evening_.take_invite(is_for_staff());
    if (!link) {  // nobody has written to her yet
        world().agenda().after(looks_for_invite_ms, [this] {
            if (device() == nullptr || !device()->is_alive()) come_anew();
        });
        return;
    }
    if (++times_ > tries_max) return give_up();
    Device& phone = world().boot(*this, world().new_client());
    take(phone);
    (void)phone.wants<client::Client>("open_invite", [&](client::Client& client, client::Now now) {
        if (auto brought = bring_what_she_has(client, now); !brought) return brought;
        return client.open_invite(circle::Pass::from(circle::read_link(*link)->entropy), now);
    });
}

void Newcomer::come_back_by(circle::Ticket ticket) {
    Device& phone = world().boot(*this, world().new_client());
    take(phone);
    (void)phone.wants<client::Client>("return_by", [&](client::Client& client, client::Now now) {
        if (auto brought = bring_what_she_has(client, now); !brought) return brought;
        return return_by(client, std::move(ticket), now);
    });
    lose_patience(phone);
}

Result<void> Newcomer::return_by(client::Client& client, circle::Ticket ticket, client::Now now) {
    return client.return_by(std::move(ticket), now);
}

Result<void> Newcomer::knock(client::Client& client, client::Now now) { return client.knock(pseudonym_, now); }

void Newcomer::knock(Device& phone) {
    (void)phone.wants<client::Client>("knock",
                                      [&](client::Client& client, client::Now now) { return knock(client, now); });
}

void Newcomer::sees(Device& phone, const client::Event& event) {
    if (device() != &phone) return;
    if (std::holds_alternative<client::InvitationEvent>(event))
        later(dice().between(500, 8'000), phone, [this, &phone] { knock(phone); });
    if (const auto* notice = std::get_if<client::NoticeEvent>(&event)) {
        if (notice->code == "knock_refused") later(1'000, phone, [this, &phone] { closed(phone); });
        if (notice->code == "pseudonym_taken") pseudonym_ += "a";  // hers is still there, from before
        if (notice->code == "pseudonym_taken" || notice->code == "room_locked" || notice->code == "waiting_room_full" ||
            notice->code == "sent_away")
            later(dice().between(5'000, 20'000), phone, [this, &phone] { knock(phone); });
    }
    if (const auto* state = std::get_if<client::StateEvent>(&event)) {
        if (state->phase == client::Phase::left || state->phase == client::Phase::ended ||
            state->phase == client::Phase::removed)
            leave_for_good();
        if (state->phase == client::Phase::reconnecting) lose_patience(phone);
        if (state->phase == client::Phase::refused) later(5'000, phone, [this, &phone] { closed(phone); });
    }
}

// Her invite or her way back may be gone with the page of whoever made it: the phone looks for a quarter of an hour,
// she does not.
void Newcomer::lose_patience(Device& phone) {
    later(patience_ms, phone, [this, &phone] {
        if (phone.phase() == client::Phase::in_group || phone.phase() == client::Phase::waiting) return;
        phone.wire() && evening().has_facilitator_in() ? closed(phone) : lose_patience(phone);
    });
}

// Whatever the way in was, it leads nowhere any more: she asks for another invite.
void Newcomer::closed(Device& phone) {
    phone.die();
    come_anew();
}

}  // namespace veranda::simulation
