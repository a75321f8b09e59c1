// Talk before admission: between one who knocks and the staff who may let her in. The relay passes it on and cannot
// read it. The recap that a returning member gets goes the same way. Specification: docs/protocol.md, 7.6 and 7.8.
#pragma once

#include "protocol/content.hpp"
#include "protocol/limits.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda {

enum class TalkKind : std::uint8_t { text = 1, recap = 2 };
inline bool is_known(TalkKind kind) { return kind == TalkKind::text || kind == TalkKind::recap; }

// Signed by the knock's ticket key, or by the session key of `speaker`. Sealed with HPKE, info seal_info, aad the knock
// id: to the card's knock_sealing_key, or to the knock's ticket.
struct TalkContent {
    static constexpr std::string_view label = "Veranda 1 talk";
    static constexpr std::string_view seal_info = "Veranda 1 talk seal";
    RoomId room;
    KnockId knock;
    std::optional<StaffCredential> speaker;  // none: the one who knocks
    std::uint32_t number = 0;                // the speaker's own count for this knock, from 1
    TalkKind kind{};
    Bytes body;  // Text, or Recap
    friend bool operator==(const TalkContent&, const TalkContent&) = default;
    VERANDA_FIELDS(room, knock, speaker, number, kind, body)
};

// talk_plain_bytes in all; a recap recap_plain_bytes.
struct PaddedTalk {
    Signed<TalkContent> content;
    Padding padding;
    VERANDA_FIELDS(content, padding)
};

// A text of the evening as the admitting client knows it.
struct RecapItem {
    Sequence sequence;
    MessageRef message;
    std::string name;
    Role role{};
    std::string text;
    bool warned = false;  // it came as Warned
    friend bool operator==(const RecapItem&, const RecapItem&) = default;
    VERANDA_FIELDS(sequence, message, name, role, text, warned)
};

// What she missed, oldest first; several when it is long.
struct Recap {
    std::vector<RecapItem> items;
    std::string pinned;
    std::string group;     // its name: neither a ticket nor return words tell it to whoever finds them
    std::string language;  // BCP 47
    Sequence told_from;    // whoever tells it has read everything from here on,
    Sequence told_until;   // so far
    VERANDA_FIELDS(items, pinned, group, language, told_from, told_until)
};

}  // namespace veranda
