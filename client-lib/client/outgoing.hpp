// What is on its way to the log and has not come back from it: texts, and our own Commit.
#pragma once

#include "client-lib/mls/group.hpp"
#include "protocol/frame_types.hpp"

namespace veranda::client {

// A text on its way out. It stays here until it comes back from the log.
struct Outgoing {
    InnerId id;
    Bytes content;  // padded
    std::string text;
    SubmissionId submission;
    Bytes sealed;  // empty: not sealed in this epoch yet
    Epoch epoch;
    bool in_flight = false;
    std::uint64_t not_before = 0;  // the relay asked for patience
    std::uint64_t said_at = 0;
    bool silent = false;  // pulse or liveness: never shown, and not sealed again
    bool gated = true;    // false: goes out while the composer is closed, as what staff say to keep order does
};

// A Commit of ours that the log has not confirmed.
struct PendingCommit {
    SubmissionId submission;
    Bytes message;
    Bytes frame_body;
    FrameType frame{};
    mls::Group next;
    bool in_flight = false;
};

}  // namespace veranda::client
