// What a client knows on its way into a room, and of the room that it is in.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "client-lib/circle/content/shown_messages.hpp"
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/circle/joining/talk.hpp"
#include "client-lib/circle/moderation/room_state.hpp"
#include "client-lib/circle/moderation/running_hash.hpp"
#include "client-lib/client/keeping_order.hpp"
#include "client-lib/mls/group.hpp"

namespace veranda::client {

// On the way in, from a pass to a Welcome.
struct Joining {
    circle::Pass pass;
    CardId card_id;
    std::optional<circle::OpenedCard> card;
    std::optional<mls::OwnKeyPackage> key_package;  // gone once a Welcome was accepted: only one ever is
    std::optional<Signed<KnockEnvelope>> envelope;
    KnockId knock;
    std::vector<Hash> issuers = {};  // certificates whose card is taken; empty: any that is good
    std::string pseudonym{};
    std::optional<KnockId> in_place_of{};    // a knock of hers whose keys are lost: withdrawn before this one is made
    std::optional<circle::Pass> ticket{};    // of this knock: talk is under it
    bool is_known = false;                   // the relay has this knock, on this connection
    std::uint32_t talks = 0;                 // our own count
    std::map<Bytes, std::uint32_t> heard{};  // the last number of each speaker, by her session key
    // The card is looked for again and again: it was there, or will be (returning.cpp).
    std::optional<circle::PassEntropy> ticket_entropy{};  // of `ticket`
    std::uint64_t knocked_at = 0;
    bool waits = false;  // the relay has taken a knock of hers, on whatever connection
    bool looks_again = false;
    std::uint64_t looking_since = 0;
    std::uint64_t next_look = 0;
    std::uint32_t looks = 0;
};

// The group, once we are in it.
struct Session {
    mls::Group group;
    circle::RoomState room;
    circle::RunningHash log_hash;
    Sequence last;           // the last entry taken in
    Sequence whole_since{};  // from here on we have shown everything
    Sequence caught_up;      // what the relay had when we entered
    std::map<MemberId, Whereabouts> presence;
    std::map<MemberId, std::uint64_t> last_pulse;    // of staff who commit: our steady clock
    std::map<MemberId, std::uint64_t> last_heard;    // of everyone: our steady clock
    std::map<MemberId, std::deque<InnerId>> seen;    // to find doubles
    std::map<MemberId, std::uint64_t> away_since{};  // by the relay's word: our steady clock
    std::set<MemberId> being_removed{};              // ordered, not committed yet: nothing is sealed
    bool forked = false;
    circle::ShownMessages shown{};
    std::string pinned{};
    std::optional<std::uint64_t> last_spoke{};  // ours, our steady clock: slow mode counts from it
    std::optional<OwnHeld> held{};
    std::set<Hash> heads_in_doubt{};  // of staff lists: the relay was asked for the list
    std::set<MemberId> odd_pulses{};  // staff whose pulses are none, and it was said
    bool list_differs = false;
};

// A Welcome accepted, until the relay has let us in.
struct Welcomed {
    mls::Group group;
    Signed<Admission> admission;
    Sequence sequence;
};

}  // namespace veranda::client
