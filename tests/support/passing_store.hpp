// A store between which and the relay lies something that every request, answer and event has to pass: a delay, a cut,
// a simulated network. What becomes of them is for the class that derives from it to say. For tests only.
#pragma once

#include "server/store/memory/memory_store.hpp"

namespace veranda::tests {

class PassingStore : public store::Store, protected store::Listener {
public:
    explicit PassingStore(std::unique_ptr<store::MemoryStore> inner) : inner_(std::move(inner)) {}

    void listen(store::Listener& listener) override {
        listener_ = &listener;
        inner_->listen(*this);
    }
    void open_room(store::NewRoom room, store::Then<bool> then) override {
        ask<bool, true>(std::move(then), [this, room](auto back) { inner_->open_room(room, back); });
    }
    void claim_succession(RoomId predecessor, RoomId successor, store::Then<bool> then) override {
        ask<bool>(std::move(then), [=, this](auto back) { inner_->claim_succession(predecessor, successor, back); });
    }
    void replace_room(RoomId predecessor, RoomId successor, std::chrono::milliseconds lives,
                      store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then),
                            [=, this](auto back) { inner_->replace_room(predecessor, successor, lives, back); });
    }
    void watch(RoomId room, store::Then<std::optional<store::RoomSnapshot>> then) override {
        ask<std::optional<store::RoomSnapshot>, true>(std::move(then),
                                                      [=, this](auto back) { inner_->watch(room, back); });
    }
    void unwatch(RoomId room) override {
        let_go([=, this] { inner_->unwatch(room); });
    }
    void append(store::Append append, store::Then<store::Appended> then) override {
        ask<store::Appended, true>(std::move(then), [this, append](auto back) { inner_->append(append, back); });
    }
    void read_log(RoomId room, Sequence after, std::size_t count, store::Then<std::vector<LogEntry>> then) override {
        ask<std::vector<LogEntry>>(std::move(then),
                                   [=, this](auto back) { inner_->read_log(room, after, count, back); });
    }
    void put_cards(RoomId room, std::vector<PostedCard> cards, UnixMillis now,
                   store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then), [=, this](auto back) { inner_->put_cards(room, cards, now, back); });
    }
    void drop_cards(RoomId room, std::vector<CardId> cards, store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then), [=, this](auto back) { inner_->drop_cards(room, cards, back); });
    }
    void find_card(CardId card, store::Then<std::optional<store::StoredCard>> then) override {
        ask<std::optional<store::StoredCard>>(std::move(then), [=, this](auto back) { inner_->find_card(card, back); });
    }
    void put_knock(RoomId room, store::StoredKnock knock, store::Then<store::KnockState> then) override {
        ask<store::KnockState>(std::move(then), [=, this](auto back) { inner_->put_knock(room, knock, back); });
    }
    void find_answer(RoomId room, KnockId knock, store::Then<std::optional<store::Answered>> then) override {
        ask<std::optional<store::Answered>>(std::move(then),
                                            [=, this](auto back) { inner_->find_answer(room, knock, back); });
    }
    void end_knock(RoomId room, KnockId knock, KnockEnd end, std::optional<store::Answered> answer,
                   store::Then<bool> then) override {
        ask<bool>(std::move(then), [=, this](auto back) { inner_->end_knock(room, knock, end, answer, back); });
    }
    void list_knocks(RoomId room, store::Then<std::vector<store::StoredKnock>> then) override {
        ask<std::vector<store::StoredKnock>>(std::move(then),
                                             [=, this](auto back) { inner_->list_knocks(room, back); });
    }
    void put_talk(RoomId room, KnockId knock, store::StoredTalk talk, store::Then<store::TalkKept> then) override {
        ask<store::TalkKept>(std::move(then), [=, this](auto back) { inner_->put_talk(room, knock, talk, back); });
    }
    void list_talks(RoomId room, KnockId knock, store::Then<std::vector<store::StoredTalk>> then) override {
        ask<std::vector<store::StoredTalk>>(std::move(then),
                                            [=, this](auto back) { inner_->list_talks(room, knock, back); });
    }
    void announce_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        send([=, this] { inner_->announce_entrance(room, key, token); });
    }
    void set_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        send([=, this] { inner_->set_presence(room, member, whereabouts); });
    }
    void refresh_presence(RoomId room, std::vector<MemberId> here, store::Then<std::vector<MemberId>> then) override {
        ask<std::vector<MemberId>>(std::move(then),
                                   [=, this](auto back) { inner_->refresh_presence(room, here, back); });
    }
    void claim_lease(RoomId room, LeaseKind kind, MemberId holder, store::milliseconds lives,
                     store::Then<store::LeaseState> then) override {
        ask<store::LeaseState>(std::move(then),
                               [=, this](auto back) { inner_->claim_lease(room, kind, holder, lives, back); });
    }
    void release_lease(RoomId room, LeaseKind kind, MemberId holder, store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then), [=, this](auto back) { inner_->release_lease(room, kind, holder, back); });
    }
    void put_lane(RoomId room, store::StoredLane lane, store::Then<bool> then) override {
        ask<bool>(std::move(then), [=, this](auto back) { inner_->put_lane(room, lane, back); });
    }
    void put_held(RoomId room, store::StoredLane lane, store::Then<bool> then) override {
        ask<bool>(std::move(then), [=, this](auto back) { inner_->put_held(room, lane, back); });
    }
    void list_lane(RoomId room, store::Then<std::vector<store::StoredLane>> then) override {
        ask<std::vector<store::StoredLane>>(std::move(then), [=, this](auto back) { inner_->list_lane(room, back); });
    }
    void acknowledge_lane(RoomId room, LaneId lane, Bytes acknowledgement, store::Then<bool> then) override {
        ask<bool>(std::move(then),
                  [=, this](auto back) { inner_->acknowledge_lane(room, lane, acknowledgement, back); });
    }
    void watch_desk(store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then), [=, this](auto back) { inner_->watch_desk(back); });
    }
    void unwatch_desk() override {
        let_go([=, this] { inner_->unwatch_desk(); });
    }
    void put_duty(store::StoredDuty duty, store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then), [=, this](auto back) { inner_->put_duty(duty, back); });
    }
    void drop_duty(Hash turn, store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then), [=, this](auto back) { inner_->drop_duty(turn, back); });
    }
    void list_duty(store::Then<std::vector<store::StoredDuty>> then) override {
        ask<std::vector<store::StoredDuty>>(std::move(then), [=, this](auto back) { inner_->list_duty(back); });
    }
    void announce_duty_nonce(Challenge nonce) override {
        send([=, this] { inner_->announce_duty_nonce(nonce); });
    }
    void announce_duty_proof(Challenge nonce, Bytes proof) override {
        send([=, this] { inner_->announce_duty_proof(nonce, proof); });
    }
    void announce_hand_over(Hash turn, Bytes sealed) override {
        send([=, this] { inner_->announce_hand_over(turn, sealed); });
    }
    void put_request(store::StoredRequest request, store::Then<store::RequestPut> then) override {
        ask<store::RequestPut>(std::move(then), [=, this](auto back) { inner_->put_request(request, back); });
    }
    void list_requests(store::Then<std::vector<store::StoredRequest>> then) override {
        ask<std::vector<store::StoredRequest>>(std::move(then), [=, this](auto back) { inner_->list_requests(back); });
    }
    void claim_request(LaneId request, Hash holder, store::milliseconds lives, store::Then<Hash> then) override {
        ask<Hash>(std::move(then), [=, this](auto back) { inner_->claim_request(request, holder, lives, back); });
    }
    void end_request(LaneId request, Hash holder, store::Then<std::optional<Hash>> then) override {
        ask<std::optional<Hash>>(std::move(then), [=, this](auto back) { inner_->end_request(request, holder, back); });
    }
    void put_desk_answer(LaneId request, AnswerId answer, Hash holder, Bytes sealed, store::milliseconds lives,
                         store::Then<store::AnswerPut> then) override {
        ask<store::AnswerPut>(std::move(then), [=, this](auto back) {
            inner_->put_desk_answer(request, answer, holder, sealed, lives, back);
        });
    }
    void find_desk_answer(AnswerId answer, store::Then<store::FoundAnswer> then) override {
        ask<store::FoundAnswer>(std::move(then), [=, this](auto back) { inner_->find_desk_answer(answer, back); });
    }
    void refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests,
                      store::Then<store::DeskMissing> then) override {
        ask<store::DeskMissing>(std::move(then), [=, this](auto back) { inner_->refresh_desk(duty, requests, back); });
    }

protected:
    using Act = std::function<void()>;

    // A request on its way, with what it will be answered by. Exactly one of the two is called, once.
    struct Question {
        // Carries it out at the store, which hands its answer to `deliver`: an act that gives it to the relay.
        std::function<void(std::function<void(Act)> deliver)> carry_out;
        std::function<void(store::Trouble)> fail;
        bool tells_entries = false;  // its answer may not overtake the events before it: append, watch, open_room
    };
    virtual void pass(Question question) = 0;
    virtual void send(Act request) = 0;    // has no answer, and may get lost
    virtual void let_go(Act request) = 0;  // of what was watched
    virtual void tell(Act event) = 0;

    store::MemoryStore& inner() { return *inner_; }
    store::Listener* listener() { return listener_; }

    void on_entry(RoomId room, const LogEntry& entry) override {
        tell([=, this] { listener_->on_entry(room, entry); });
    }
    void on_knock(RoomId room, const store::StoredKnock& knock) override {
        tell([=, this] { listener_->on_knock(room, knock); });
    }
    void on_knock_end(RoomId room, KnockId knock, KnockEnd end) override {
        tell([=, this] { listener_->on_knock_end(room, knock, end); });
    }
    void on_talk(RoomId room, KnockId knock, const store::StoredTalk& talk) override {
        tell([=, this] { listener_->on_talk(room, knock, talk); });
    }
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        tell([=, this] { listener_->on_entrance(room, key, token); });
    }
    void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        tell([=, this] { listener_->on_presence(room, member, whereabouts); });
    }
    void on_lane(RoomId room, const store::StoredLane& lane) override {
        tell([=, this] { listener_->on_lane(room, lane); });
    }
    void on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) override {
        tell([=, this] { listener_->on_lane_acknowledged(room, to, acknowledgement); });
    }
    void on_remade(RoomId room) override {
        tell([=, this] { listener_->on_remade(room); });
    }
    void on_duty_nonce(Challenge nonce) override {
        tell([=, this] { listener_->on_duty_nonce(nonce); });
    }
    void on_duty_proof(Challenge nonce, const Bytes& proof) override {
        tell([=, this] { listener_->on_duty_proof(nonce, proof); });
    }
    void on_hand_over(Hash turn, const Bytes& sealed) override {
        tell([=, this] { listener_->on_hand_over(turn, sealed); });
    }
    void on_desk_request(const store::StoredRequest& request) override {
        tell([=, this] { listener_->on_desk_request(request); });
    }
    void on_desk_state(LaneId request, DeskStanding standing, Hash holder) override {
        tell([=, this] { listener_->on_desk_state(request, standing, holder); });
    }
    void on_forgotten() override {
        tell([this] { listener_->on_forgotten(); });
    }

private:
    template <class T, bool tells_entries = false, class Request>
    void ask(store::Then<T> then, Request request) {
        pass(Question{[then, request = std::move(request)](std::function<void(Act)> deliver) {
                          request(store::Then<T>([then, deliver = std::move(deliver)](store::Answer<T> answer) {
                              deliver([then, answer = std::move(answer)] { then(answer); });
                          }));
                      },
                      [then](store::Trouble trouble) { then(trouble); }, tells_entries});
    }

    std::unique_ptr<store::MemoryStore> inner_;
    store::Listener* listener_ = nullptr;
};

}  // namespace veranda::tests
