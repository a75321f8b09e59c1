// What a client keeps of everything that is said beside the group: talk at the door, the agreed word, the lane.
#pragma once

#include "client-lib/circle/joining/agreed_word.hpp"
#include "client-lib/client/events.hpp"
#include "protocol/frames.hpp"

namespace veranda::client {

// A talk on its way. They go one after another, so that none comes before an earlier one and is passed over for it.
struct PendingTalk {
    SubmissionId submission;
    Talk frame;
    TalkEvent event;
    bool in_flight = false;
    std::uint64_t not_before = 0;
};

// An agreed word that is being worked out.
struct Agreeing {
    circle::AgreedWord word;
    std::string name;
};

// What she has said to staff alone, until one of them has it.
struct LaneSaid {
    LaneKind kind{};
    Bytes body;            // to be sealed anew for another room
    InnerId id;            // what was said, in however many envelopes
    bool is_copy = false;  // for staff who came in after it was said
    LaneEnvelope envelope;
    LaneProgress progress = LaneProgress::sent;
    std::uint64_t said_at = 0;
    std::uint64_t asked_at = 0;
    SubmissionId request;
    bool at_server = false;  // on this connection
    bool in_flight = false;
    std::uint64_t not_before = 0;
};

// ---- of staff ----

// Whose knock we opened, by the key that signs what she says in the lane.
struct Knocked {
    std::string name;
    SignatureKey leaf_key;
};

struct LaneSpeaker {
    std::string name;
    MemberId member;  // zero in the waiting room
    SignatureKey key;
    bool waiting = false;
    bool commits = false;
};

struct Alarm {
    std::string name;
    std::string text;
    bool waiting = false;
    SignatureKey key;
    std::vector<LaneId> envelopes;
};

}  // namespace veranda::client
