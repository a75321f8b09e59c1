// The end: everything of the group is wiped, and one last word says so; staff count whose came.
// Specification: docs/protocol.md, 5.6.
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/booking.hpp"

namespace veranda::client {

// The group's keys go before the word that says so is signed.
void Client::State::begin_farewell(Now now) {
    Farewell bye;
    bye.gives_way = hosting && hosting->booking.group_card.gives_way;
    if (!bye.gives_way) notice("ended", "The session has ended.");
    bye.until = now.steady_ms + limits::farewell_ms;
    const std::vector<SealingKey> lane_keys = other_lane_keys();
    const RoomId room = session->room.room();
    book_end(*this, now);
    if (hosting) {
        for (const mls::Member& member : session->group.roster()) {
            const circle::Person* person = session->room.by_leaf(member.signature_key);
            if (person != nullptr && person->admission.member != self->member)
                bye.expected.insert(person->admission.member);
        }
        for (const MemberId& member : hosting->erased_early)
            if (bye.expected.contains(member)) bye.confirmed.insert(member);
        bye.room.emplace(std::move(session->room));
    }
    session.reset();
    joining.reset();
    pending_commit.reset();
    outbox.clear();
    last_act.reset();
    lane_said.clear();
    const bool counts = hosting.has_value();
    hosting.reset();
    bye.said = lane_keys.empty();
    if (!lane_keys.empty()) {
        const LaneContent word{room, self->member, LaneKind::erased, random_id<InnerId>(), {}};
        if (const auto envelope = circle::seal_lane(word, self->leaf_key, lane_keys, random))
            ask(LaneFrame{*envelope}, {Asked::erased, {}});
        else
            bye.said = true;
    }
    self.reset();
    if (!counts) staff.reset();
    farewell.emplace(std::move(bye));
    if (counts && !farewell->gives_way) tell_erasure(false);
    tend_end(now);
}

// Only from those who were in the group, signed by their leaf keys, and each once.
void Client::State::take_erased(const LaneDelivery& delivery) {
    if (!farewell->room || !staff) return;
    const auto content = circle::open_lane(delivery.envelope, staff->lane_key);
    if (!content || content->body.kind != LaneKind::erased) return;
    const MemberId& member = content->body.member;
    const circle::Person* from = farewell->room->by_member(member);
    if (from == nullptr || member != delivery.from || !farewell->expected.contains(member)) return;
    if (const auto sent = circle::check_lane_sender(*content, farewell->room->room(), from->admission.leaf_key); !sent)
        return report(sent.error());
    if (farewell->confirmed.insert(member).second) tell_erasure(false);
}

void Client::State::tell_erasure(bool final) {
    events.push_back(ErasureEvent{farewell->confirmed.size(), farewell->expected.size(), final});
}

// Nobody is kept longer than needed: a member until the relay has her word, staff until all have said theirs.
void Client::State::tend_end(Now now) {
    if (!farewell) return;
    const bool all_said = farewell->said && farewell->confirmed.size() == farewell->expected.size();
    const bool may_go = farewell->room ? all_said : farewell->said;
    if (may_go || now.steady_ms >= farewell->until) end_farewell();
}

void Client::State::end_farewell() {
    const bool gives_way = farewell->gives_way;
    if (farewell->room && !gives_way) tell_erasure(true);
    farewell.reset();
    if (gives_way) return goes_on_elsewhere(*this);
    stop(Phase::ended);
}

}  // namespace veranda::client
