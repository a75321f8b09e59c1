// The room as a client believes it: who was let in by whom, at what level, and what has been ordered. Every signature
// is checked here again; what the relay says of people counts for nothing.
//
// Which of them are really in the group is for the MLS roster to say. Specification: docs/protocol.md, 5 and 6.5
// to 6.7.
#pragma once

#include <map>
#include <set>

#include "client-lib/circle/trust/trusted_staff.hpp"
#include "protocol/log_entry.hpp"

namespace veranda::circle {

// One admission, believed.
struct Person {
    Admission admission;
    std::optional<crypto::StaffStanding> staff;
    Signature signature{};  // of the admission: a held message is passed on with it
    bool commits() const { return staff && staff->commits(); }
};

// When something reached us, by our own steady clock; and how, since a level that is for a time is counted from then.
struct Heard {
    enum class How {
        live,   // as it was appended
        slept,  // long after: it lay in the line of a phone that was asleep. The entries' own times tell how long ago
        late,   // read from the log after a cut: the same
        retold  // by `entered`, which does not tell since when it has been in force
    };
    std::uint64_t steady_ms = 0;
    How how = How::live;
    UnixMillis received_at{};  // the entry's, of the relay's clock
};

class RoomState {
public:
    // Errors: genesis_invalid, those of TrustedStaff::check.
    static Result<RoomState> open(const GenesisEntry& genesis, const TrustedStaff& trust, UnixSeconds now);

    // Errors: admission_invalid (another room, a level, staff who are none), admission_signer (not by staff who
    // commit).
    Result<void> admit(const Signed<Admission>& admission, const TrustedStaff& trust, UnixSeconds now);
    // As admit, for a bundle in any order: whoever was admitted by somebody in it comes after her. Of staff who came
    // back it holds several; which of them is the newest is for settle() to say.
    Result<void> admit_all(std::vector<Signed<Admission>> admissions, const TrustedStaff& trust, UnixSeconds now);
    // Of those who were admitted more than once, the admission counts whose leaf is in the group: when we come in, and
    // with each Commit that brings in leaves, since whoever reads the log late was told of admissions beforehand.
    void settle(const std::vector<SignatureKey>& leaves);

    // Takes an order; false if the signer's numbers have passed it: it was taken before, or is replayed. Numbers may
    // leave gaps, since a relay tells a newcomer only of orders in force. Errors: order_signer, order_form.
    Result<bool> obey(const Signed<Order>& order, Heard heard);
    // Those in force when we came in: staff who came back since signed theirs by an earlier key. Errors: obey's.
    Result<void> obey_retold(const std::vector<Signed<Order>>& orders, std::uint64_t steady_ms);
    // What was in the log when we came in has been read. Until then it may hold orders that came before the retold
    // ones, and messages of before them.
    void has_caught_up();
    // After a gap in the log: the orders in force take the place of what we knew, but a removal and the end stay.
    // Those that are not properly signed are left out. Errors: the first of obey's; the others are taken in all the
    // same.
    Result<void> obey_anew(const std::vector<Signed<Order>>& orders, std::uint64_t steady_ms);
    // Lets levels end whose time is over. Whose they were.
    std::vector<MemberId> end_levels(std::uint64_t steady_ms);

    const RoomId& room() const { return genesis_.room; }
    const Genesis& genesis() const { return genesis_; }
    const Person* by_member(const MemberId& member) const;
    const Person* by_leaf(ByteView leaf_key) const;
    // By order, else by her admission. Levels bind no staff who commit.
    Level level_of(const MemberId& member) const;
    // The level that a message of hers is judged by which reached us so: one that is for a time and may be over at the
    // relay does not count against it.
    Level level_for(const MemberId& member, Heard message) const;
    // The level that the release of what she wrote before is judged by: as level_for, but the end of one that is for a
    // time does not count against it, since it comes at another moment on each phone.
    Level level_for_release(const MemberId& author, Heard release) const;
    std::optional<Order> level_order_of(const MemberId& member) const;
    // Until a level that is for a time is over; 0: it has no end.
    std::uint64_t level_ms_left(const MemberId& member, std::uint64_t steady_ms) const;
    std::uint32_t slow_mode_seconds() const { return slow_mode_seconds_; }
    bool is_locked() const { return locked_; }
    bool is_removed(const MemberId& member) const { return removed_.contains(member); }
    bool has_ended() const { return ended_; }
    SignerNumber last_number(const MemberId& signer) const;
    const std::set<MemberId>& removed() const { return removed_; }
    const std::map<Bytes, Person>& admitted() const { return by_leaf_; }  // every admission, by its leaf key
    // Is it the room that somebody lost, or one made from it? Errors: other_successor.
    Result<void> follows(const RoomId& lost) const;
    Policies policies() const;                              // the genesis's, and what was ordered since
    std::vector<MemberLevel> levels_to_carry_over() const;  // of everyone who does not simply speak

private:
    struct OrderedLevel {
        Order order;  // a set_level; of a level that the genesis carries over, made up from it
        Heard heard;
        bool is_over = false;
        bool is_for_a_time() const { return order.seconds != 0; }
        std::uint64_t ends_at() const { return heard.steady_ms + std::uint64_t{order.seconds} * 1'000; }
    };

    // By which of a member's session keys a thing may be signed: what happens now, by the newest only.
    enum class Keys { newest, any };

    bool may_still_sign(const Person& signer) const;
    template <class Body>
    bool is_signed_by(const Signed<Body>& thing, const Person& signer, Keys keys) const;
    Result<void> admit_by(const Signed<Admission>& admission, const TrustedStaff& trust, UnixSeconds now, Keys keys);
    Result<void> check_order(const Signed<Order>& order, Keys keys) const;
    Result<bool> obey_by(const Signed<Order>& order, Heard heard, Keys keys);
    void apply(const Order& order, Heard heard);
    const OrderedLevel* ordered_level(const MemberId& member) const;
    void take_retold(const Order& order, Heard heard);
    // Does it count against a message that reached us so, for all we know?
    bool binds(const OrderedLevel& level, Heard message) const;
    explicit RoomState(Genesis genesis);
    void begin_as_genesis_says();

    Genesis genesis_;
    std::map<Bytes, Person> by_leaf_;    // every admission so far, of those who left too: they may have admitted others
    std::map<MemberId, Bytes> leaf_of_;  // the newest admission of each
    std::map<MemberId, OrderedLevel> levels_;
    std::map<MemberId, SignerNumber> numbers_;         // as the log has them
    std::map<MemberId, SignerNumber> retold_numbers_;  // of orders that the log may still bring
    std::set<MemberId> removed_;
    std::uint32_t slow_mode_seconds_ = 0;
    bool locked_ = false;
    bool ended_ = false;
};

}  // namespace veranda::circle
