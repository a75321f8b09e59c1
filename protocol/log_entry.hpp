// One entry of a room's log, as the store keeps it and as every member gets it, byte for byte.
// Specification: docs/protocol.md, 5.
#pragma once

#include "protocol/signed/room.hpp"

namespace veranda {

enum class EntryKind : std::uint8_t {
    genesis = 1,      // GenesisEntry
    application = 2,  // MLSMessage(PrivateMessage), application
    commit = 3,       // MLSMessage(PrivateMessage), commit, without adds
    admit = 4,        // AdmitEntry
    order = 5,        // Signed<Order>
    leave = 6,        // empty: the member gave up her access
    held = 7,         // reserved: a held message released
};
inline bool is_known(EntryKind kind) { return kind >= EntryKind::genesis && kind <= EntryKind::held; }

struct LogEntry {
    Sequence sequence;
    UnixMillis received_at;  // the relay's clock, for display only
    MemberId sender;
    EntryKind kind{};
    Bytes body;
    friend bool operator==(const LogEntry&, const LogEntry&) = default;
    VERANDA_FIELDS(sequence, received_at, sender, kind, body)
};

struct GenesisEntry {
    Signed<Genesis> genesis;
    Signed<Admission> opener;  // its staff credential signs both
    friend bool operator==(const GenesisEntry&, const GenesisEntry&) = default;
    VERANDA_FIELDS(genesis, opener)
};

// One Commit and everyone it lets in: atomic, one entry.
struct AdmitEntry {
    Bytes commit;  // MLSMessage(PrivateMessage), commit
    std::vector<Signed<Admission>> admissions;
    friend bool operator==(const AdmitEntry&, const AdmitEntry&) = default;
    VERANDA_FIELDS(commit, admissions)
};

}  // namespace veranda
