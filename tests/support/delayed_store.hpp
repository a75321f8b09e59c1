// A store between which and the relay lies a network: requests, answers and events each arrive in their order, but
// when, a test says. It can be out of reach, or have forgotten.
#pragma once

#include <deque>

#include "server/store/memory/memory_store.hpp"
#include "tests/support/rooms.hpp"

namespace veranda::tests {

class DelayedStore final : public store::Store, private store::Listener {
public:
    explicit DelayedStore(std::unique_ptr<store::MemoryStore> inner) : inner_(std::move(inner)) {}

    // With trouble, requests are answered with it and never reach the store.
    std::optional<store::Trouble> trouble;

    bool is_quiet() const { return requests_.empty() && answers_.empty() && events_.empty(); }
    bool has_requests() const { return !requests_.empty(); }
    void deliver_requests() { drain(requests_); }
    void deliver_answers() { drain(answers_); }
    void deliver_events() { drain(events_); }
    // One thing arrives, of whichever kind the dice say. false: nothing was under way.
    bool step(TestRandom& dice) {
        std::vector<Queue*> waiting;
        for (Queue* queue : {&requests_, &answers_, &events_})
            if (!queue->empty()) waiting.push_back(queue);
        if (waiting.empty()) return false;
        pop(*waiting[dice.below(waiting.size())]);
        return true;
    }
    void settle() {
        while (!is_quiet()) {
            deliver_requests();
            deliver_events();
            deliver_answers();
        }
    }

    void listen(store::Listener& listener) override {
        listener_ = &listener;
        inner_->listen(*this);
    }
    void open_room(store::NewRoom room, store::Then<bool> then) override {
        ask<bool>(std::move(then), [this, room](auto back) { inner_->open_room(room, back); });
    }
    void claim_succession(RoomId predecessor, RoomId successor, store::Then<bool> then) override {
        ask<bool>(std::move(then), [=, this](auto back) { inner_->claim_succession(predecessor, successor, back); });
    }
    void replace_room(RoomId predecessor, RoomId successor, store::Then<store::Nothing> then) override {
        ask<store::Nothing>(std::move(then),
                            [=, this](auto back) { inner_->replace_room(predecessor, successor, back); });
    }
    void watch(RoomId room, store::Then<std::optional<store::RoomSnapshot>> then) override {
        ask<std::optional<store::RoomSnapshot>>(std::move(then), [=, this](auto back) { inner_->watch(room, back); });
    }
    void unwatch(RoomId room) override {
        requests_.push_back([=, this] { inner_->unwatch(room); });
    }
    void append(store::Append append, store::Then<store::Appended> then) override {
        ask<store::Appended>(std::move(then), [this, append](auto back) { inner_->append(append, back); });
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
        if (!trouble) requests_.push_back([=, this] { inner_->announce_entrance(room, key, token); });
    }
    void set_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        if (!trouble) requests_.push_back([=, this] { inner_->set_presence(room, member, whereabouts); });
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
    void put_held(RoomId room, store::StoredLane lane, store::Then<store::PutHeld> then) override {
        ask<store::PutHeld>(std::move(then), [=, this](auto back) { inner_->put_held(room, lane, back); });
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
        requests_.push_back([=, this] { inner_->unwatch_desk(); });
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
        if (!trouble) requests_.push_back([=, this] { inner_->announce_duty_nonce(nonce); });
    }
    void announce_duty_proof(Challenge nonce, Bytes proof) override {
        if (!trouble) requests_.push_back([=, this] { inner_->announce_duty_proof(nonce, proof); });
    }
    void announce_hand_over(Hash turn, Bytes sealed) override {
        if (!trouble) requests_.push_back([=, this] { inner_->announce_hand_over(turn, sealed); });
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

private:
    using Queue = std::deque<std::function<void()>>;

    template <class T, class Request>
    void ask(store::Then<T> then, Request request) {
        if (trouble) {
            answers_.push_back([then = std::move(then), what = *trouble] { then(what); });
            return;
        }
        requests_.push_back([this, then = std::move(then), request = std::move(request)] {
            request(store::Then<T>([this, then](store::Answer<T> answer) {
                answers_.push_back([then, answer = std::move(answer)] { then(answer); });
            }));
        });
    }
    static void pop(Queue& queue) {
        const auto what = std::move(queue.front());
        queue.pop_front();
        what();
    }
    static void drain(Queue& queue) {
        while (!queue.empty()) pop(queue);
    }

    void on_entry(RoomId room, const LogEntry& entry) override {
        events_.push_back([=, this] { listener_->on_entry(room, entry); });
    }
    void on_knock(RoomId room, const store::StoredKnock& knock) override {
        events_.push_back([=, this] { listener_->on_knock(room, knock); });
    }
    void on_knock_end(RoomId room, KnockId knock, KnockEnd end) override {
        events_.push_back([=, this] { listener_->on_knock_end(room, knock, end); });
    }
    void on_talk(RoomId room, KnockId knock, const store::StoredTalk& talk) override {
        events_.push_back([=, this] { listener_->on_talk(room, knock, talk); });
    }
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        events_.push_back([=, this] { listener_->on_entrance(room, key, token); });
    }
    void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        events_.push_back([=, this] { listener_->on_presence(room, member, whereabouts); });
    }
    void on_lane(RoomId room, const store::StoredLane& lane) override {
        events_.push_back([=, this] { listener_->on_lane(room, lane); });
    }
    void on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) override {
        events_.push_back([=, this] { listener_->on_lane_acknowledged(room, to, acknowledgement); });
    }
    void on_remade(RoomId room) override {
        events_.push_back([=, this] { listener_->on_remade(room); });
    }
    void on_duty_nonce(Challenge nonce) override {
        events_.push_back([=, this] { listener_->on_duty_nonce(nonce); });
    }
    void on_duty_proof(Challenge nonce, const Bytes& proof) override {
        events_.push_back([=, this] { listener_->on_duty_proof(nonce, proof); });
    }
    void on_hand_over(Hash turn, const Bytes& sealed) override {
        events_.push_back([=, this] { listener_->on_hand_over(turn, sealed); });
    }
    void on_desk_request(const store::StoredRequest& request) override {
        events_.push_back([=, this] { listener_->on_desk_request(request); });
    }
    void on_desk_state(LaneId request, DeskStanding standing, Hash holder) override {
        events_.push_back([=, this] { listener_->on_desk_state(request, standing, holder); });
    }
    void on_forgotten() override {
        events_.push_back([this] { listener_->on_forgotten(); });
    }

    std::unique_ptr<store::MemoryStore> inner_;
    store::Listener* listener_ = nullptr;
    Queue requests_;
    Queue answers_;
    Queue events_;
};

}  // namespace veranda::tests
