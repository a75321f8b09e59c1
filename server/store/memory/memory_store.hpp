// The embedded store: rooms in this process's memory, and nowhere else. The default, and the measure for every other.
//
// Time is handed in: advance() is the only clock, and what has run out goes then. Several stores may share one Memory,
// as several relays share one Redis; so everything between nodes can be tested in one process.
//
// Answers and events come in the order of the writes, from the call that made them or, if that call came out of an
// event, from the outermost one. An entry's events come before its answer.
#pragma once

#include <memory>

#include "server/store/store.hpp"

namespace veranda::store {

class Memory;

class MemoryStore final : public Store {
public:
    explicit MemoryStore(Lifetimes lifetimes = {});
    explicit MemoryStore(std::shared_ptr<Memory> shared);
    ~MemoryStore() override;
    MemoryStore(const MemoryStore&) = delete;
    MemoryStore& operator=(const MemoryStore&) = delete;

    const std::shared_ptr<Memory>& memory() const { return memory_; }

    // The clock never goes back. Cost: looks at every room; once a second is enough.
    void advance(UnixMillis now);
    // Forgets every room and tells every listener, as a Redis that was restarted does.
    void forget();
    std::size_t room_count() const;

    void listen(Listener& listener) override;
    void open_room(NewRoom room, Then<bool> then) override;
    void claim_succession(RoomId predecessor, RoomId successor, Then<bool> then) override;
    void replace_room(RoomId predecessor, RoomId successor, milliseconds lives, Then<Nothing> then) override;
    void watch(RoomId room, Then<std::optional<RoomSnapshot>> then) override;
    void unwatch(RoomId room) override;
    void append(Append append, Then<Appended> then) override;
    void read_log(RoomId room, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) override;
    void put_cards(RoomId room, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then) override;
    void drop_cards(RoomId room, std::vector<CardId> cards, Then<Nothing> then) override;
    void find_card(CardId card, Then<std::optional<StoredCard>> then) override;
    void put_knock(RoomId room, StoredKnock knock, Then<KnockState> then) override;
    void find_answer(RoomId room, KnockId knock, Then<std::optional<Answered>> then) override;
    void end_knock(RoomId room, KnockId knock, KnockEnd end, std::optional<Answered> answer, Then<bool> then) override;
    void list_knocks(RoomId room, Then<std::vector<StoredKnock>> then) override;
    void put_talk(RoomId room, KnockId knock, StoredTalk talk, Then<TalkKept> then) override;
    void list_talks(RoomId room, KnockId knock, Then<std::vector<StoredTalk>> then) override;
    void announce_entrance(RoomId room, AccessKey key, std::uint64_t token) override;
    void set_presence(RoomId room, MemberId member, Whereabouts whereabouts) override;
    void refresh_presence(RoomId room, std::vector<MemberId> here, Then<std::vector<MemberId>> then) override;
    void claim_lease(RoomId room, LeaseKind kind, MemberId holder, milliseconds lives, Then<LeaseState> then) override;
    void release_lease(RoomId room, LeaseKind kind, MemberId holder, Then<Nothing> then) override;
    void put_lane(RoomId room, StoredLane lane, Then<bool> then) override;
    void put_held(RoomId room, StoredLane lane, Then<bool> then) override;
    void list_lane(RoomId room, Then<std::vector<StoredLane>> then) override;
    void acknowledge_lane(RoomId room, LaneId lane, Bytes acknowledgement, Then<bool> then) override;

    void watch_desk(Then<Nothing> then) override;
    void unwatch_desk() override;
    void put_duty(StoredDuty duty, Then<Nothing> then) override;
    void drop_duty(Hash turn, Then<Nothing> then) override;
    void list_duty(Then<std::vector<StoredDuty>> then) override;
    void announce_duty_nonce(Challenge nonce) override;
    void announce_duty_proof(Challenge nonce, Bytes proof) override;
    void announce_hand_over(Hash turn, Bytes sealed) override;
    void put_request(StoredRequest request, Then<RequestPut> then) override;
    void list_requests(Then<std::vector<StoredRequest>> then) override;
    void claim_request(LaneId request, Hash holder, milliseconds lives, Then<Hash> then) override;
    void end_request(LaneId request, Hash holder, Then<std::optional<Hash>> then) override;
    void put_desk_answer(LaneId request, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives,
                         Then<AnswerPut> then) override;
    void find_desk_answer(AnswerId answer, Then<FoundAnswer> then) override;
    void refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests, Then<DeskMissing> then) override;

private:
    template <class T>
    void answer(Then<T> then, T value);

    std::shared_ptr<Memory> memory_;
};

}  // namespace veranda::store
