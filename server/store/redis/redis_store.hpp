// The store that several relays share: the contract of store.hpp over one Redis. Each step is one script, so it is
// atomic; events travel on sharded channels and are made whole from the log.
//
// A Redis that restarted or was failed over may have lost what it confirmed, a removal among it; so when its run or its
// line of replication is another one, everything is taken as forgotten. Not here: waiting for replicas (see append()).
// Needs Redis 7.0. One thread: everything is called, and calls back, on the executor. Destroyed, it calls nobody.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "server/store/redis/redis_settings.hpp"

namespace veranda::store {

class RedisStore final : public Store {
public:
    RedisStore(const boost::asio::any_io_executor& executor, RedisSettings settings);
    ~RedisStore() override;  // Caller must: not from within a callback of this store.

    // Caller must: once, after listen(). `then` hears nothing if Redis is there, or one line that says why it is not;
    // after that line nothing goes on. Later cuts are mended without a word to the caller.
    void connect(std::function<void(std::optional<std::string> why_not)> then);
    bool reachable() const;  // for /healthz

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
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace veranda::store
