// The face of the client core: every call goes to the subject it belongs to, then what is to be sent is put together.
#include "client-lib/client/client.hpp"

#include "client-lib/client/booking.hpp"
#include "client-lib/client/open_invites.hpp"

namespace veranda::client {

Client::Client(std::string origin, TrustAnchor anchor, crypto::RandomSource& random)
    : state_(std::make_unique<State>(std::move(origin), std::move(anchor), random)) {}
Client::Client(Client&&) noexcept = default;
Client::~Client() = default;

Result<void> Client::bring_book(circle::GroupBook book) { return client::bring_book(*state_, std::move(book)); }
Result<void> Client::host(StaffKeys keys, GroupPlan plan, Now now) {
    return state_->host(std::move(keys), std::move(plan), now);
}
Result<void> Client::open_invite(circle::Pass pass, Now now) { return state_->open_invite(std::move(pass), now); }
Result<void> Client::open_invite_of(circle::Pass pass, std::vector<Hash> issuers, Now now) {
    TRY(state_->open_invite(std::move(pass), now));
    state_->joining->issuers = std::move(issuers);
    return {};
}
std::uint64_t Client::staff_gone_ms(Now now) const { return state_->staff_gone_ms(now); }
Result<void> Client::ask_to_hand_over(Signed<Certificate> to, Now now) {
    return state_->ask_to_hand_over(std::move(to), now);
}
std::optional<circle::PassEntropy> Client::take_hand_over() { return state_->take_hand_over(); }
Result<void> Client::agree(bool agrees, Now now) { return state_->agree(agrees, now); }
Result<void> Client::knock_anew(std::string_view pseudonym, std::string_view earlier, Now now) {
    return state_->knock_anew(pseudonym, earlier, now);
}
Result<void> Client::knock(std::string_view pseudonym, Now now) { return state_->knock(pseudonym, std::nullopt, now); }
Result<void> Client::knock_as_staff(StaffKeys keys, Now now) { return state_->knock({}, std::move(keys), now); }
Result<void> Client::return_by(circle::Ticket ticket, Now now) {
    return state_->return_by(std::move(ticket), std::nullopt, now);
}
Result<void> Client::return_as_staff(circle::Ticket ticket, StaffKeys keys, Now now) {
    return state_->return_by(std::move(ticket), std::move(keys), now);
}
std::optional<circle::Ticket> Client::ticket() const { return state_->ticket(); }
Result<void> Client::say(std::string_view text, Now now) { return state_->say(text, now); }
Result<void> Client::leave(Now now) { return state_->leave(now); }
Result<void> Client::invite(bool for_staff, Now now) { return state_->invite(for_staff, now); }
Result<void> Client::revoke_invite(std::uint64_t number, Now now) {
    return client::revoke_invite(*state_, number, now);
}
Result<void> Client::revoke_invites(Now now) { return client::revoke_invites(*state_, now); }
std::vector<InviteStandsEvent> Client::invites(Now now) const { return invites_as_they_stand(*state_, now); }
Result<void> Client::raise_hand(bool up, Now now) { return state_->raise_hand(up, now); }
Result<void> Client::note(std::string_view text, Now now) { return state_->note(text, now); }
Result<void> Client::not_safe(std::string_view text, Now now) { return state_->not_safe(text, now); }
Result<void> Client::admit(std::string_view pseudonym, Now now, std::optional<Level> level) {
    return state_->admit(pseudonym, level, now);
}
Result<void> Client::refuse(std::string_view pseudonym, Now now, std::string_view words) {
    return state_->refuse(pseudonym, words, now);
}
Result<void> Client::agreed_word(std::string_view pseudonym) { return state_->agreed_word(pseudonym); }
Result<void> Client::wrong_word(std::string_view pseudonym) { return state_->wrong_word(pseudonym); }
Result<void> Client::return_words(Now now) { return client::return_words(*state_, now); }
Result<void> Client::words_seen(Now now) { return client::words_seen(*state_, now); }
Result<void> Client::seen(std::string_view name, Now) { return state_->seen(name); }
Result<void> Client::lock(bool locked, bool clear, Now now) { return state_->lock(locked, clear, now); }
Result<void> Client::talk(std::string_view pseudonym, std::string_view text, Now now) {
    return state_->talk(pseudonym, text, now);
}
Result<void> Client::remove(std::string_view pseudonym, Now now) { return state_->remove(pseudonym, now); }
Result<void> Client::end(Now now) { return state_->end(now); }
Result<void> Client::say_warned(std::uint64_t reply_to, std::string_view text, Now now) {
    return state_->say_warned(reply_to, text, now);
}
Result<void> Client::reply(std::uint64_t seq, std::string_view text, Now now) { return state_->reply(seq, text, now); }
Result<void> Client::react(std::uint64_t seq, ReactionSign sign, Now now) { return state_->react(seq, sign, now); }
Result<void> Client::hide(std::uint64_t seq, bool hidden, Now now) { return state_->hide(seq, hidden, now); }
Result<void> Client::set_level(std::string_view pseudonym, Level level, std::uint64_t seconds, Now now) {
    return state_->set_level(pseudonym, level, seconds, now);
}
Result<void> Client::lift(std::string_view pseudonym, Now now) { return state_->lift(pseudonym, now); }
Result<void> Client::slow_mode(std::uint64_t seconds, Now now) { return state_->slow_mode(seconds, now); }
Result<void> Client::pin(std::string_view text, Now now) { return state_->pin(text, now); }
Result<void> Client::end(std::string_view last_words, Now now) { return state_->end(last_words, now); }
Result<void> Client::release(std::string_view pseudonym, Now now) { return state_->release(pseudonym, now); }
Result<void> Client::decline(std::string_view pseudonym, Now now) { return state_->decline(pseudonym, now); }
Result<void> Client::undo(Now now) { return state_->undo(now); }
Result<void> Client::make_anew(Now now) { return state_->make_anew(now); }
std::vector<RosterMember> Client::roster() const { return state_->roster(); }

void Client::connected(Now now) { state_->connected(now); }
void Client::received(ByteView message, Now now) { state_->received(message, now); }
void Client::disconnected(Now now) { state_->disconnected(now); }
void Client::tick(Now now) { state_->tick(now); }

std::vector<Action> Client::take_actions() {
    state_->flush();
    return std::exchange(state_->actions, {});
}

std::optional<Event> Client::next_event() {
    if (state_->events.empty()) return std::nullopt;
    Event event = std::move(state_->events.front());
    state_->events.pop_front();
    return event;
}

}  // namespace veranda::client
