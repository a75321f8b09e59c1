// When the alarm goes there, and when it need not any more.
#include "client-lib/terminal/desk/alarm_at_desk.hpp"

namespace veranda::terminal {

AlarmAtDesk::AlarmAtDesk(boost::asio::io_context& loop, const ServerUrl& server,
                         const std::optional<std::filesystem::path>& ca_file, const client::TrustAnchor& anchor,
                         crypto::RandomSource& random, Wants wants)
    : asking_(loop, server, ca_file, client::AskingClient(server.origin(), anchor, random),
              {std::move(wants.changed), std::move(wants.cannot_connect)}) {}

Result<void> AlarmAtDesk::begin(std::string_view words, std::string_view name) {
    client::AskPlan plan;
    plan.urgency = Urgency::not_safe;
    plan.note = beginning_of(words, limits::desk_note_bytes_max);
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
    if (const auto* desk = std::get_if<client::DeskEvent>(&event)) is_answered_ = desk->state == "counsellor";
    if (const auto* state = std::get_if<client::StateEvent>(&event))
        is_over_ = is_over_ || state->phase >= client::Phase::removed;
}

std::string_view beginning_of(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xc0U) == 0x80U) --bytes_max;
    return text.substr(0, bytes_max);
}

}  // namespace veranda::terminal
