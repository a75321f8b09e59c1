// When the alarm goes there, and when it need not any more.
#include "client-lib/terminal/desk/alarm_at_desk.hpp"

#include "client-lib/circle/content/safe_text.hpp"

namespace veranda::terminal {

AlarmAtDesk::AlarmAtDesk(boost::asio::io_context& loop, const ServerUrl& server,
                         const std::optional<std::filesystem::path>& ca_file, const client::TrustAnchor& anchor,
                         crypto::RandomSource& random, Wants wants)
    : asking_(loop, server, ca_file, client::AskingClient(server.origin(), anchor, random),
              {std::move(wants.changed), std::move(wants.cannot_connect)}) {}

Result<void> AlarmAtDesk::begin(std::string_view words, std::string_view name) {
    client::AskPlan plan;
    plan.urgency = Urgency::not_safe;
    plan.note = circle::beginning_of(words, limits::desk_note_bytes_max);
    if (!name.empty()) plan.name = name;
    return asking_.core().ask(std::move(plan), now());
}

void AlarmAtDesk::seen() {
    if (!is_answered_) leave();
}

void AlarmAtDesk::leave() {
    if (!is_over_ && !asking_.core().leave(now())) is_over_ = true;
}

void AlarmAtDesk::hear(const client::Event& event) {
    if (const auto* desk = std::get_if<client::DeskEvent>(&event))
        is_answered_ = desk->state == "claimed" || desk->state == "counsellor";
    if (const auto* state = std::get_if<client::StateEvent>(&event))
        is_over_ = is_over_ || state->phase >= client::Phase::removed;
}

}  // namespace veranda::terminal
