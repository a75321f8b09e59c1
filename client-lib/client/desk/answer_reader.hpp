// Reads the answer to a request that was left, by the words that its asker kept: looks once, says what there is, and is
// over. Sans-IO and drained as Client is. Specification: docs/protocol.md, 14.
#pragma once

#include <deque>

#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/client/desk/relay_line.hpp"

namespace veranda::client {

class AnswerReader {
public:
    AnswerReader(std::string origin, TrustAnchor anchor, crypto::RandomSource& random)
        : line_(std::move(origin), std::move(anchor), random) {}

    // ---- commands ----
    // Errors: not_now. Events: answer, then state left; an error, then state refused, if what is kept is not good.
    Result<void> read(circle::Pass pass, Now now);
    void give_up();  // event: state left

    // ---- the world ----
    void connected(Now now);
    void received(ByteView message, Now now);
    void disconnected(Now now);
    void tick(Now now);

    // ---- what comes out ----
    std::vector<Action> take_actions() { return line_.take_actions(); }
    std::optional<Event> next_event();

private:
    void look();
    void hear(const RelayLine::Heard& heard, Now now);
    void take_refused(const Refused& refused, Now now);
    void take_answer(const DeskAnswerFrame& frame, Now now);
    void report(const Error& error);
    void over(Phase phase);

    RelayLine line_;
    std::optional<circle::Pass> pass_;  // until it is over
    RequestId asked_;
    std::uint64_t look_at_ = 0;  // again, after the relay asked for patience; 0: not again
    std::deque<Event> events_;
};

}  // namespace veranda::client
