// Commands for entrances, presence, leases and the lane, and for the support desk.
#include "tests/store_model/draw.hpp"

namespace veranda::tests {

StoredLane Draw::lane(LaneId id, MemberId from) { return {id, from, to_bytes(as_bytes("lane " + words(id)))}; }

Command Draw::put_lane(RoomId id, StoredLane made) {
    return asked<bool>("put_lane", words(id) + " " + words(made),
                       [=](Store& store, UnixMillis, auto then) { store.put_lane(id, made, then); });
}

void Draw::people() {
    offer(2, Theme::people, [this] {
        const RoomId id = some_room();
        const AccessKey key = some_key();
        const std::uint64_t token = random_();
        return told("announce_entrance", words(id) + " " + words(key),
                    [=](Store& store) { store.announce_entrance(id, key, token); });
    });
    offer(7, Theme::people, [this] {
        const RoomId id = some_room();
        const MemberId member = some_member();
        const Whereabouts whereabouts = one_in(3) ? Whereabouts::away : Whereabouts::here;
        return told("set_presence",
                    words(id) + " " + words(member) + (whereabouts == Whereabouts::here ? " here" : " away"),
                    [=](Store& store) { store.set_presence(id, member, whereabouts); });
    });
    offer(5, Theme::people, [this] {
        const RoomId id = some_room();
        std::vector<MemberId> here;
        for (std::uint64_t i = below(3); i > 0; --i) here.push_back(some_member());
        return asked<std::vector<MemberId>>(
            "refresh_presence", words(id) + " " + words_of(here, Precision::exact),
            [=](Store& store, UnixMillis, auto then) { store.refresh_presence(id, here, then); });
    });
    offer(6, Theme::people, [this] {
        const RoomId id = some_room();
        const auto kind = static_cast<LeaseKind>(1 + below(2));
        const MemberId holder = some_member();
        const milliseconds lives = any(times_.lives);
        return asked<LeaseState>(
            "claim_lease", words(id) + (kind == LeaseKind::admitting ? " admitting " : " remaking ") + words(holder),
            [=](Store& store, UnixMillis, auto then) { store.claim_lease(id, kind, holder, lives, then); });
    });
    offer(3, Theme::people, [this] {
        const RoomId id = some_room();
        const auto kind = static_cast<LeaseKind>(1 + below(2));
        const MemberId holder = some_member();
        return asked<Nothing>(
            "release_lease", words(id) + (kind == LeaseKind::admitting ? " admitting " : " remaking ") + words(holder),
            [=](Store& store, UnixMillis, auto then) { store.release_lease(id, kind, holder, then); });
    });
    offer(7, Theme::people, [this] {
        const bool is_of_nobody = theme_ == Theme::lane_of_nobody ? !one_in(4) : one_in(3);
        const RoomId id = some_room();
        const MemberId from = is_of_nobody ? MemberId{} : some_member();
        return put_lane(id, lane(some_lane(), from));
    });
    offer(7, Theme::people, [this] {
        const RoomId id = some_room();
        const MemberId from = some_member();
        const StoredLane made = lane(some_lane(), from);
        return asked<bool>("put_held", words(id) + " " + words(made),
                           [=](Store& store, UnixMillis, auto then) { store.put_held(id, made, then); });
    });
    offer(4, Theme::people, [this] {
        const RoomId id = some_room();
        return asked<std::vector<StoredLane>>("list_lane", words(id),
                                              [=](Store& store, UnixMillis, auto then) { store.list_lane(id, then); });
    });
    offer(6, Theme::people, [this] {
        const RoomId id = some_room();
        const LaneId of = some_lane();
        return asked<bool>("acknowledge_lane", words(id) + " " + words(of),
                           [=, said = fresh("acknowledged")](Store& store, UnixMillis, auto then) {
                               store.acknowledge_lane(id, of, said, then);
                           });
    });
}

// ---- the desk ----

// A few ids for many requests: one pass leaves several requests under the same one.
AnswerId Draw::answer_of(LaneId request) {
    if (one_in(6)) return numbered<AnswerId>(1 + below(3));
    AnswerId made = numbered<AnswerId>(0);
    std::copy_n(request.bytes.begin(), 8, made.bytes.begin());
    if (made.bytes[1] == 0) made.bytes[0] = static_cast<std::uint8_t>(1 + made.bytes[0] % 3);
    return made;
}

StoredRequest Draw::request(LaneId id, bool left, AnswerId answer) {
    return {id, {}, left, to_bytes(as_bytes("request " + words(id))), {}, left ? answer : AnswerId{}};
}

Command Draw::put_request(StoredRequest made) {
    return asked<RequestPut>("put_request", words(made.id) + (made.left ? " left for " + words(made.answer) : ""),
                             [=](Store& store, UnixMillis, auto then) { store.put_request(made, then); });
}

Command Draw::claim_request(LaneId id, Hash holder, milliseconds lives) {
    return asked<Hash>("claim_request", words(id) + " by " + words(holder) + " for " + std::to_string(lives.count()),
                       [=](Store& store, UnixMillis, auto then) { store.claim_request(id, holder, lives, then); });
}

Command Draw::put_desk_answer(LaneId id, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives) {
    return asked<AnswerPut>(
        "put_desk_answer",
        words(id) + " under " + words(answer) + " by " + words(holder) + " " + words(sealed) + " for " +
            std::to_string(lives.count()),
        [=](Store& store, UnixMillis, auto then) { store.put_desk_answer(id, answer, holder, sealed, lives, then); });
}

void Draw::desk() {
    offer(2, Theme::desk, [this] {
        return asked<Nothing>("watch_desk", "", [](Store& store, UnixMillis, auto then) { store.watch_desk(then); });
    });
    offer(1, Theme::desk, [this] { return told("unwatch_desk", "", [](Store& store) { store.unwatch_desk(); }); });
    offer(4, Theme::desk, [this] {
        const StoredDuty duty{some_turn(), fresh("statement")};
        return asked<Nothing>("put_duty", words(duty.turn) + " " + words(duty.statement),
                              [=](Store& store, UnixMillis, auto then) { store.put_duty(duty, then); });
    });
    offer(2, Theme::desk, [this] {
        const Hash turn = some_turn();
        return asked<Nothing>("drop_duty", words(turn),
                              [=](Store& store, UnixMillis, auto then) { store.drop_duty(turn, then); });
    });
    offer(3, Theme::desk, [this] {
        return asked<std::vector<StoredDuty>>("list_duty", "",
                                              [](Store& store, UnixMillis, auto then) { store.list_duty(then); });
    });
    offer(1, Theme::desk, [this] {
        const auto nonce = numbered<Challenge>(++counter_);
        return told("announce_duty_nonce", words(nonce), [=](Store& store) { store.announce_duty_nonce(nonce); });
    });
    offer(1, Theme::desk, [this] {
        const auto nonce = numbered<Challenge>(++counter_);
        return told("announce_duty_proof", words(nonce),
                    [=, proof = fresh("proof")](Store& store) { store.announce_duty_proof(nonce, proof); });
    });
    offer(1, Theme::desk, [this] {
        const Hash turn = some_turn();
        return told("announce_hand_over", words(turn),
                    [=, sealed = fresh("sealed")](Store& store) { store.announce_hand_over(turn, sealed); });
    });
    offer(8, Theme::desk, [this] {
        const LaneId id = some_request();
        const bool left = one_in(2);
        return put_request(request(id, left, answer_of(id)));
    });
    offer(4, Theme::desk, [this] {
        return asked<std::vector<StoredRequest>>(
            "list_requests", "", [](Store& store, UnixMillis, auto then) { store.list_requests(then); });
    });
    offer(9, Theme::desk, [this] {
        const LaneId id = some_request();
        const milliseconds lives = any(times_.lives);
        return claim_request(id, some_turn(), lives);
    });
    offer(3, Theme::desk, [this] {
        const LaneId id = some_request();
        const Hash holder = one_in(4) ? Hash{} : some_turn();
        return asked<std::optional<Hash>>(
            "end_request", words(id) + " by " + words(holder),
            [=](Store& store, UnixMillis, auto then) { store.end_request(id, holder, then); });
    });
    offer(8, Theme::desk, [this] {
        const LaneId id = some_request();
        Bytes sealed = one_in(3) ? to_bytes(as_bytes("come on Tuesday")) : fresh("answer");
        const AnswerId answer = answer_of(id);
        const milliseconds lives = any(times_.lives);
        return put_desk_answer(id, answer, some_turn(), std::move(sealed), lives);
    });
    offer(6, Theme::desk, [this] {
        const AnswerId id = answer_of(some_request());
        return asked<FoundAnswer>("find_desk_answer", words(id),
                                  [=](Store& store, UnixMillis, auto then) { store.find_desk_answer(id, then); });
    });
    offer(5, Theme::desk, [this] {
        const DeskMissing kept{{some_turn()}, {some_request(), some_request()}};
        return asked<DeskMissing>(
            "refresh_desk", words_of(kept, Precision::exact),
            [=](Store& store, UnixMillis, auto then) { store.refresh_desk(kept.duty, kept.requests, then); });
    });
}

}  // namespace veranda::tests
