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
    bool commits() const { return staff && staff->commits(); }
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
    // Of those who were admitted more than once, the admission counts whose leaf is in the group.
    void settle(const std::vector<SignatureKey>& leaves);

    // Takes an order; false if the signer's numbers have passed it: it was taken before, or is replayed. Numbers may
    // leave gaps, since a relay tells a newcomer only of orders in force. Errors: order_signer, order_form.
    Result<bool> obey(const Signed<Order>& order);
    // Those in force when we came in: staff who came back since signed theirs by an earlier key.
    Result<void> obey_all(const std::vector<Signed<Order>>& orders);

    const RoomId& room() const { return genesis_.room; }
    const Genesis& genesis() const { return genesis_; }
    const Person* by_member(const MemberId& member) const;
    const Person* by_leaf(ByteView leaf_key) const;
    Level level_of(const MemberId& member) const;
    bool is_removed(const MemberId& member) const { return removed_.contains(member); }
    bool has_ended() const { return ended_; }
    SignerNumber last_number(const MemberId& signer) const;
    const std::set<MemberId>& removed() const { return removed_; }
    const Policies& policies() const { return policies_; }  // the genesis's, and what was ordered since
    std::vector<MemberLevel> levels_to_carry_over() const;  // of everyone who does not simply speak

private:
    // By which of a member's session keys a thing may be signed: what happens now, by the newest only.
    enum class Keys { newest, any };
    bool may_still_sign(const Person& signer) const;
    template <class Body>
    bool is_signed_by(const Signed<Body>& thing, const Person& signer, Keys keys) const;
    Result<void> admit_by(const Signed<Admission>& admission, const TrustedStaff& trust, UnixSeconds now, Keys keys);
    Result<bool> obey_by(const Signed<Order>& order, Keys keys);
    explicit RoomState(Genesis genesis) : genesis_(std::move(genesis)), policies_(genesis_.policies) {}

    Genesis genesis_;
    Policies policies_;
    std::map<Bytes, Person> by_leaf_;    // every admission so far, of those who left too: they may have admitted others
    std::map<MemberId, Bytes> leaf_of_;  // the newest admission of each
    std::map<MemberId, Level> levels_;
    std::map<MemberId, SignerNumber> numbers_;
    std::set<MemberId> removed_;
    bool ended_ = false;
};

}  // namespace veranda::circle
