// The model with the face of a store, so that it is asked exactly as a store is.
#pragma once

#include "tests/store_model/model.hpp"

namespace veranda::tests {

class ModelStore final : public Store {
public:
    ModelStore(Model& model, Relay by) : model_(model), by_(by) {}

    void listen(Listener& listener) override { model_.listen(by_, listener); }
    void open_room(NewRoom room, Then<bool> then) override { then(model_.open_room(by_, room)); }
    void claim_succession(RoomId predecessor, RoomId successor, Then<bool> then) override {
        then(model_.claim_succession(predecessor, successor));
    }
    void replace_room(RoomId predecessor, RoomId successor, milliseconds lives, Then<Nothing> then) override {
        model_.replace_room(predecessor, successor, lives);
        then(Nothing{});
    }
    void watch(RoomId room, Then<std::optional<RoomSnapshot>> then) override { then(model_.watch(by_, room)); }
    void unwatch(RoomId room) override { model_.unwatch(by_, room); }
    void append(Append append, Then<Appended> then) override { then(model_.append(append)); }
    void read_log(RoomId room, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) override {
        then(model_.read_log(room, after, count));
    }
    void put_cards(RoomId room, std::vector<PostedCard> cards, UnixMillis, Then<Nothing> then) override {
        model_.put_cards(room, cards);
        then(Nothing{});
    }
    void drop_cards(RoomId room, std::vector<CardId> cards, Then<Nothing> then) override {
        model_.drop_cards(room, cards);
        then(Nothing{});
    }
    void find_card(CardId card, Then<std::optional<StoredCard>> then) override { then(model_.find_card(card)); }
    void put_knock(RoomId room, StoredKnock knock, Then<KnockState> then) override {
        then(model_.put_knock(room, knock));
    }
    void find_answer(RoomId room, KnockId knock, Then<std::optional<Answered>> then) override {
        then(model_.find_answer(room, knock));
    }
    void end_knock(RoomId room, KnockId knock, KnockEnd end, std::optional<Answered> answer, Then<bool> then) override {
        then(model_.end_knock(room, knock, end, answer));
    }
    void list_knocks(RoomId room, Then<std::vector<StoredKnock>> then) override { then(model_.list_knocks(room)); }
    void put_talk(RoomId room, KnockId knock, StoredTalk talk, Then<TalkKept> then) override {
        then(model_.put_talk(room, knock, talk));
    }
    void list_talks(RoomId room, KnockId knock, Then<std::vector<StoredTalk>> then) override {
        then(model_.list_talks(room, knock));
    }
    void announce_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        model_.announce_entrance(room, key, token);
    }
    void set_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        model_.set_presence(room, member, whereabouts);
    }
    void refresh_presence(RoomId room, std::vector<MemberId> here, Then<std::vector<MemberId>> then) override {
        then(model_.refresh_presence(room, here));
    }
    void claim_lease(RoomId room, LeaseKind kind, MemberId holder, milliseconds lives, Then<LeaseState> then) override {
        then(model_.claim_lease(room, kind, holder, lives));
    }
    void release_lease(RoomId room, LeaseKind kind, MemberId holder, Then<Nothing> then) override {
        model_.release_lease(room, kind, holder);
        then(Nothing{});
    }
    void put_lane(RoomId room, StoredLane lane, Then<bool> then) override { then(model_.put_lane(room, lane)); }
    void put_held(RoomId room, StoredLane lane, Then<bool> then) override { then(model_.put_held(room, lane)); }
    void list_lane(RoomId room, Then<std::vector<StoredLane>> then) override { then(model_.list_lane(room)); }
    void acknowledge_lane(RoomId room, LaneId lane, Bytes acknowledgement, Then<bool> then) override {
        then(model_.acknowledge_lane(room, lane, acknowledgement));
    }

    void watch_desk(Then<Nothing> then) override {
        model_.watch_desk(by_);
        then(Nothing{});
    }
    void unwatch_desk() override { model_.unwatch_desk(by_); }
    void put_duty(StoredDuty duty, Then<Nothing> then) override {
        model_.put_duty(duty);
        then(Nothing{});
    }
    void drop_duty(Hash turn, Then<Nothing> then) override {
        model_.drop_duty(turn);
        then(Nothing{});
    }
    void list_duty(Then<std::vector<StoredDuty>> then) override { then(model_.list_duty()); }
    void announce_duty_nonce(Challenge nonce) override { model_.announce_duty_nonce(nonce); }
    void announce_duty_proof(Challenge nonce, Bytes proof) override { model_.announce_duty_proof(nonce, proof); }
    void announce_hand_over(Hash turn, Bytes sealed) override { model_.announce_hand_over(turn, sealed); }
    void put_request(StoredRequest request, Then<RequestPut> then) override { then(model_.put_request(request)); }
    void list_requests(Then<std::vector<StoredRequest>> then) override { then(model_.list_requests()); }
    void claim_request(LaneId request, Hash holder, milliseconds lives, Then<Hash> then) override {
        then(model_.claim_request(request, holder, lives));
    }
    void end_request(LaneId request, Hash holder, Then<std::optional<Hash>> then) override {
        then(model_.end_request(request, holder));
    }
    void put_desk_answer(LaneId request, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives,
                         Then<AnswerPut> then) override {
        then(model_.put_desk_answer(request, answer, holder, sealed, lives));
    }
    void find_desk_answer(AnswerId answer, Then<FoundAnswer> then) override { then(model_.find_desk_answer(answer)); }
    void refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests, Then<DeskMissing> then) override {
        then(model_.refresh_desk(duty, requests));
    }

private:
    Model& model_;
    const Relay by_;
};

}  // namespace veranda::tests
