// What only staff clients know of their room: the cards that they can open knocks on, who waits, what is to be ordered
// and who is to be let in or taken out.
#pragma once

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "client-lib/circle/desk/hand_over.hpp"
#include "client-lib/circle/joining/group_book.hpp"
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/client/asides.hpp"
#include "client-lib/client/client.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/keeping_order.hpp"
#include "client-lib/client/ways_back.hpp"

namespace veranda::client {

// Somebody at the door.
struct WaitingKnock {
    Signed<KnockEnvelope> envelope;
    std::optional<circle::OpenedKnock> opened;
    bool wanted = false;               // a person said: let her in
    bool warned = false;               // a person was told that this invite has been seen by two
    std::optional<Level> level{};      // a person said so; else the room's for newcomers
    std::vector<Bytes> unread{};       // talk that came before we could open the knock
    std::uint32_t talks = 0;           // our own count
    std::uint32_t heard = 0;           // the last number of hers
    std::optional<MemberId> member{};  // whose place she comes back to
    bool returning = false;
    bool was_removed = false;
    bool shown = false;                // to a person
    bool is_there = true;              // by the relay's word on this connection
    Sequence told{};                   // up to where she has got her recap
    std::optional<PersonId> person{};  // in the group book
    std::string known_as{};            // there, if she came by her return words
};

// Ours to say and to repeat until the log has it: an order.
struct PendingOrder {
    SubmissionId submission;
    Signed<Order> order;
    bool in_flight = false;
    std::uint64_t not_before = 0;
};

// An entry of the group book on its way to another facilitator.
struct BookParcel {
    Hash entry;
    SealingKey to;
    LaneEnvelope envelope{};
    SubmissionId request{};
    std::uint64_t sent_at = 0;
};

// A member has made other return words, or says that hers were seen, and no facilitator's book has it yet.
struct WordsAsk {
    MemberId member;
    LaneId lane;
    std::optional<PassKeys> pass{};
    std::uint64_t due = 0;  // our turn to write it
};

// The card by which facilitators find the room that their group has already (group_card.cpp).
struct GroupCard {
    bool is_looked_for = false;  // before we open one
    std::uint64_t next_at = 0;   // to be posted again
    SubmissionId post{};         // the last time
    bool is_withdrawn = false;   // the end is ordered
    bool gives_way = false;      // to the room that was first
};

// The group book, and what of it is still to be told (booking.hpp).
struct Booking {
    std::optional<circle::GroupBook> book{};  // none: a session for two, or nobody has told us of it yet
    bool unsaved = false;
    bool of_others = false;  // something that others wrote is unsaved
    std::uint64_t save_others_at = 0;
    bool agreed = false;  // it is this room's group's: we opened it, or were told of the same
    bool warned = false;  // another facilitator has the book of another group
    std::deque<BookParcel> to_tell{};
    std::map<LaneId, BookParcel> on_the_way{};  // until they are acknowledged
    std::uint64_t next_at = 0;
    std::uint64_t settle_at = 0;
    std::set<MemberId> missing{};  // who were in and not in the book, last time
    std::vector<WordsAsk> words{};
    std::optional<std::uint64_t> cards_at{};  // passes that others told us of may have no card
    std::optional<BookSession> resumed{};     // the session that our room goes on with
    std::optional<MemberId> own_seat{};       // in it
    GroupCard group_card{};
};

// Another counsellor is to take over; the survivor is asked, and then the other let in.
struct HandingOver {
    std::string name;  // the other's
    circle::HandOverAsk asked;
    std::uint64_t until = 0;                       // on our steady clock, for the step that it is at
    std::optional<circle::PassEntropy> entropy{};  // once she has agreed
    PassKeys pass{};                               // its public half
    SubmissionId post{};                           // of its card
    bool is_posted = false;                        // and not handed out yet
};

// An invite on the list that a person sees; its number is its place there.
struct ListedInvite {
    PassKeys pass;
    std::uint64_t number = 0;
    bool for_staff = false;
    bool own = false;
    std::string let_in{};  // who was
    std::optional<InviteStandsEvent> told{};
};

// What the relay is to do for us, until it has answered.
struct Errand {
    std::uint64_t number = 0;
    FrameType type{};
    Bytes body;
    bool in_flight = false;
    std::uint64_t not_before = 0;
};

// Staff only: the cards we can open knocks on, and who waits.
struct Hosting {
    StaffKeys keys;
    GroupPlan plan;
    Bytes genesis_entry{};  // until the room is open
    struct Invite {
        circle::CardSecrets secrets;
        UnixSeconds expires_at{};
        std::optional<InviteEvent> unannounced{};      // until the relay has the card
        SubmissionId post{};                           // by which it went there; zero: with others, of an earlier day
        bool ours = false;                             // ours to post again on another day
        bool unasked = false;                          // who knocks on it is let in at once
        bool is_used = false;                          // somebody came in by it
        bool is_void = false;                          // kept for what they say who wait by it
        std::optional<circle::CardSecrets> earlier{};  // of the card that this one took the place of

        void replace(circle::CardSecrets newer) { earlier = std::exchange(secrets, std::move(newer)); }
    };
    std::map<CardId, Invite> invites{};
    std::vector<ListedInvite> listed_invites{};
    std::deque<PassKeys> void_passes{};  // whose secrets may still come
    std::map<KnockId, WaitingKnock> waiting{};
    std::uint64_t all_told_at = 0;  // by then the relay has told us again of all who wait; 0: it has
    std::deque<PendingOrder> orders{};
    SignerNumber last_number{};     // of our own orders
    std::uint64_t lease_until = 0;  // the admitting lease is ours until then
    std::uint64_t commit_not_before = 0;
    std::uint64_t lease_try_again = 0;  // another has it: not before then
    std::uint64_t next_pulse = 0;
    std::deque<WaitingHeld> held{};  // oldest first
    std::uint64_t held_count = 0;
    std::set<MemberId> erased_early{};    // whose last word was here before the end was
    std::deque<InnerId> held_done{};      // answered, by whomever
    std::optional<InnerId> last_words{};  // the end order goes when they are in the log
    std::uint64_t end_at = 0;             // or by then
    std::map<MemberId, std::uint64_t>
        to_remove{};  // leaves without a place, and from when on it is ours to commit that
    Day cards_day{};
    std::map<MemberId, WayBack> ways_back{};
    std::optional<std::uint64_t> lost_at{};    // when the relay forgot the room that this one was made from
    std::optional<std::uint64_t> remade_at{};  // when we last made a room anew
    std::uint64_t admit_not_before = 0;        // in a room made anew, all who wait come in together
    std::vector<Order> orders_to_repeat{};     // signed for a place that we have lost
    Booking booking{};

    std::optional<HandingOver> handing_over{};
    std::map<Bytes, std::uint32_t> wrong_words{};  // agreed words that did not match, by the pass's signing key
    std::deque<Knocked> knocked{};
    std::deque<LaneDelivery> lane_unplaced{};               // from the waiting room, of a knock that we have not opened
    std::deque<LaneId> lane_seen{};                         // acknowledged, by us or by others of the staff
    std::vector<std::pair<MemberId, std::string>> hands{};  // in the order in which they went up
    std::vector<Alarm> alarms{};                            // until a person has seen them

    std::deque<Errand> errands{};
    std::uint64_t last_errand = 0;
    std::map<SubmissionId, std::vector<CardId>> posting{};  // the relay has not said yet that it has them
    std::set<CardId> to_post_again{};                       // nor will it
    std::uint64_t post_again_not_before = 0;

    // Knocks that are to be turned away, no faster than the relay takes it: whoever holds one invite can make hundreds.
    std::deque<RefuseKnock> refusals{};
    std::size_t refusals_sent = 0;  // since then, by our steady clock
    std::uint64_t refusals_since = 0;

    bool is_lane_seen(const LaneId& id) const {
        return std::find(lane_seen.begin(), lane_seen.end(), id) != lane_seen.end();
    }
    void lane_is_seen(const LaneId& id) {
        lane_seen.push_back(id);
        if (lane_seen.size() > lane_seen_max) lane_seen.pop_front();
    }
};

}  // namespace veranda::client
