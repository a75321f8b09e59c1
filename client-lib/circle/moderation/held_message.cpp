// The checks of a release, cheap ones first.
#include "client-lib/circle/moderation/held_message.hpp"

#include "protocol/limits.hpp"

namespace veranda::circle {

Result<Bytes> held_text(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fail(faults::text_empty);
    if (text.size() > limits::held_text_bytes_max) return fail(faults::text_too_long, limits::held_text_bytes_max);
    if (!tls::is_utf8(as_bytes(text))) return fail(tls::faults::text_not_utf8);
    return tls::encode(Text{std::string(text)});
}

Result<std::string> check_held_release(const HeldRelease& release, const RoomState& room, Heard heard) {
    const LaneContent& said = release.content.body;
    if (said.kind != LaneKind::held_message) return fail(faults::held_kind);
    if (said.room != room.room()) return fail(faults::held_other_room);
    const Person* author = room.by_member(said.member);
    if (author == nullptr || author->admission != release.author.body || author->signature != release.author.signature)
        return fail(faults::held_admission);
    if (room.is_removed(said.member) || room.level_for_release(said.member, heard) == Level::listens)
        return fail(faults::held_level);
    if (!crypto::signature_holds(release.content, author->admission.leaf_key)) return fail(faults::held_signature);
    auto text = TRY(tls::decode<Text>(said.body));
    TRY(held_text(text.text));
    return std::move(text.text);
}

}  // namespace veranda::circle
