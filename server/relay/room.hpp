// One room as the relay sees it: who may write, in which epoch, under which orders. Never what is written.
//
// A Room decides and does nothing else: no I/O, no waiting, no clock. It answers a request with an Admissible, which
// says what the decision relied on (the epoch, the number of orders). The store is shared with other relays, so
// Store::append checks both again, atomically; what has gone stale comes back and is judged anew.
//
// Specification: docs/protocol.md, 5 (rooms), 6 (orders). Who is connected here: rooms.hpp. Sending: fan_out.hpp.
#pragma once

#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "protocol/frames.hpp"
#include "server/relay/organisation.hpp"
#include "server/store/store.hpp"

namespace veranda::relay {

// What the store keeps of one admission. Staff who left or were removed stay known, as no longer here: the admissions
// that they signed rest on theirs.
struct AdmissionRecord {
    Signed<Admission> admission;
    bool is_here = true;
    std::vector<Signed<Admission>> earlier;  // of whoever came back, by another key each time
    VERANDA_FIELDS(admission, is_here, earlier)
};

// An entry that has passed every gate of its room. Only Room makes one.
class Admissible {
public:
    const store::Append& append() const { return append_; }
    store::Append take() && { return std::move(append_); }

private:
    friend class Room;
    explicit Admissible(store::Append append) : append_(std::move(append)) {}
    store::Append append_;
};

// Who asks: a member, by the access key that she came in with.
struct Sender {
    MemberId member;
    AccessKey key;
};

// What an entry means for those who are connected.
struct Departure {
    MemberId member;
    AccessKey key;  // the one that no longer counts
    GoneReason reason{};
};
struct Changes {
    std::vector<Departure> departures;
    bool has_ended = false;
    bool sends_waiting_away = false;
};

class Room {
public:
    // None: the store's bytes are not a room's.
    static std::optional<Room> from(const RoomId& id, const store::RoomSnapshot& snapshot);

    // May `sender` write this at `now`? The gates of each are listed in judge.cpp, in the order in which they answer.
    // Cost: of a Submit no signature check and no allocation but the append's body; of the others, those that it
    // carries.
    Verdict<Admissible> judge(const Sender& sender, const Submit& submit, UnixMillis now) const;
    Verdict<Admissible> judge(const Sender& sender, const Admit& admit, const Organisation& organisation,
                              std::size_t members_max, UnixMillis now) const;
    Verdict<Admissible> judge(const Sender& sender, const OrderFrame& order, UnixMillis now) const;
    Verdict<Admissible> judge(const Sender& sender, const Leave& leave, UnixMillis now) const;
    // May she say something that is held? not_in_room, room_ended, listens_only, too_fast.
    Verdict<void> judge_hold(const Sender& sender, UnixMillis now) const;
    // A held message was kept: slow mode counts from it, as far as this relay knows.
    void spoke(const MemberId& member, UnixMillis at);

    // Takes in what the store has confirmed, our own entries too. Caller must: hand in entries in order, without gaps.
    Changes confirmed(const LogEntry& entry);

    const RoomId& id() const { return id_; }
    RoomKind kind() const { return genesis_.genesis.body.kind; }
    const GenesisEntry& genesis() const { return genesis_; }
    Epoch epoch() const { return epoch_; }
    OrderNumber order_count() const { return order_count_; }
    Sequence last() const { return last_; }
    bool locked() const;
    bool ended(UnixMillis now) const;  // by order, or because its time is over
    std::uint64_t slow_mode_ms() const;
    bool presence_is_for_staff() const { return genesis_.genesis.body.policies.presence_for_staff_only; }

    std::optional<MemberId> member_of(const AccessKey& key) const;
    const Admission* admission_of(const MemberId& member) const;
    bool commits(const MemberId& member) const;  // is she staff of the kind that commits in this room?
    const SignatureKey* session_key_of(const MemberId& member) const;  // none: she does not commit
    std::vector<Signed<Admission>> admissions() const;                 // of everyone here, and of staff who were
    std::vector<Signed<Order>> orders_in_force(UnixMillis now) const;  // oldest first

private:
    struct Member {
        bool commits = false;
        std::optional<UnixMillis> last_spoke;
        Signed<Admission> admission;
    };
    struct InForce {
        Signed<Order> order;
        Sequence sequence;
        UnixMillis until;  // zero: until another order

        // Does a level fall back to that of the admission?
        bool is_over(UnixMillis now) const {
            return order.body.kind == OrderKind::lift || (until.value != 0 && now >= until);
        }
    };

    Room() = default;
    void let_in(Signed<Admission> admission, Changes& changes);
    void let_go(const MemberId& member, GoneReason reason, Changes& changes);
    void keep_former(Signed<Admission> admission);
    store::MemberChange departure_of(const MemberId& member) const;
    std::vector<Signed<Admission>> earlier_of(const MemberId& member, const Member* known) const;
    void obey(const LogEntry& entry, Changes& changes);
    Level level_of(const MemberId& member, const Member& known, UnixMillis now) const;
    const Member* find(const Sender& sender) const;
    // An append by `sender`, as far as all kinds are alike; relies on the number of orders.
    store::Append append_of(const Sender& sender, SubmissionId submission, EntryKind kind, UnixMillis now) const;
    Verdict<void> judge_voice(const Sender& sender, const Member& member, UnixMillis now) const;
    Verdict<void> judge_pace(const Member& member, UnixMillis now) const;
    Verdict<void> judge_admission(const Sender& sender, const Member& admitter, const NewMember& joiner,
                                  const Organisation& organisation, UnixMillis now) const;

    // Always: keys_ has exactly the access keys of members_; epoch_, order_count_ and last_ never go back.
    RoomId id_;
    GenesisEntry genesis_;
    Epoch epoch_;
    std::optional<Epoch> closed_epoch_;  // in which somebody was removed: what is sealed in it, her keys may open
    OrderNumber order_count_;
    Sequence last_;
    std::unordered_map<MemberId, Member, IdentifierHash> members_;
    std::unordered_map<AccessKey, MemberId, IdentifierHash> keys_;
    std::vector<Signed<Admission>> former_;  // of staff who were here, and of whoever came back by another key
    std::unordered_map<MemberId, UnixMillis, IdentifierHash> spoke_before_;  // those who have gone, and may come back
    std::unordered_map<MemberId, SignerNumber, IdentifierHash> signer_numbers_;
    std::unordered_map<MemberId, InForce, IdentifierHash> levels_;
    std::unordered_map<MemberId, Level, IdentifierHash> carried_levels_;  // of the genesis; any order stands above it
    std::unordered_set<MemberId, IdentifierHash> removed_;
    std::vector<InForce> removals_;
    std::optional<InForce> slow_mode_;
    std::optional<InForce> lock_;
    std::optional<InForce> end_;
};

}  // namespace veranda::relay
