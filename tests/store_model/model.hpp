// The contract of server/store/store.hpp and desk.hpp, as plainly as it can be said: vectors that are searched from the
// front, an explicit now, every operation done when it returns. Written from the contract's words, not from a store;
// what a store does otherwise is the store's fault, or the contract's.
#pragma once

#include <map>
#include <set>

#include "server/store/store.hpp"

namespace veranda::tests {

using namespace store;

using Relay = std::size_t;  // which of the relays on the store asks, or hears

struct ModelKnock {
    StoredKnock knock;
    UnixMillis until;
};
struct ModelMail {
    Answered answer;
    UnixMillis until;
};
struct ModelLease {
    MemberId holder;
    UnixMillis until;
};
struct ModelEntry {
    LogEntry entry;
    AccessKey by;
    SubmissionId submission;
};

struct ModelRoom {
    Bytes genesis_entry;
    Epoch epoch;
    Sequence last{1};
    OrderNumber order_count;
    std::optional<Epoch> closed_epoch;
    bool ended = false;
    bool remade = false;
    UnixMillis until;
    std::vector<ModelEntry> log;
    std::vector<LogEntry> orders;
    std::map<MemberId, Bytes> admissions;
    std::vector<ModelKnock> knocks;
    std::map<KnockId, ModelMail> mail;
    std::map<KnockId, std::vector<StoredTalk>> talks;
    std::map<MemberId, UnixMillis> here;
    std::map<LeaseKind, ModelLease> leases;
    std::vector<StoredLane> lane;
    std::map<MemberId, LaneId> held;
    std::set<Relay> watchers;
};

struct ModelCard {
    StoredCard card;
    UnixMillis until;
};
struct ModelSuccession {
    RoomId successor;
    UnixMillis until;
};
struct ModelDuty {
    StoredDuty duty;
    UnixMillis until;
};
struct ModelRequest {
    StoredRequest request;     // as it is told and listed
    AnswerId answer;           // of one that was left
    UnixMillis until;          // then its asker is gone
    UnixMillis claimed_until;  // counts while somebody has claimed it
};
struct ModelDeskAnswer {
    Bytes sealed;
    UnixMillis until;
};

class Model {
public:
    Model(Lifetimes lifetimes, UnixMillis now) : lifetimes_(lifetimes), now_(now) {}

    // What runs out at `now` is gone at `now`.
    void advance(UnixMillis now);
    void forget();
    UnixMillis now() const { return now_; }
    const ModelRoom* room(RoomId id) const;
    std::vector<RoomId> rooms() const;

    void listen(Relay by, Listener& listener) { listeners_[by] = &listener; }
    bool open_room(Relay by, const NewRoom& made);
    bool claim_succession(RoomId predecessor, RoomId successor);
    void replace_room(RoomId predecessor, RoomId successor, milliseconds lives);
    std::optional<RoomSnapshot> watch(Relay by, RoomId id);
    void unwatch(Relay by, RoomId id);
    Appended append(const Append& append);
    std::vector<LogEntry> read_log(RoomId id, Sequence after, std::size_t count) const;

    void put_cards(RoomId id, const std::vector<PostedCard>& cards);
    void drop_cards(RoomId id, const std::vector<CardId>& cards);
    std::optional<StoredCard> find_card(CardId card) const;

    KnockState put_knock(RoomId id, const StoredKnock& knock);
    std::optional<Answered> find_answer(RoomId id, KnockId knock) const;
    bool end_knock(RoomId id, KnockId knock, KnockEnd end, const std::optional<Answered>& answer);
    std::vector<StoredKnock> list_knocks(RoomId id) const;
    TalkKept put_talk(RoomId id, KnockId knock, const StoredTalk& talk);
    std::vector<StoredTalk> list_talks(RoomId id, KnockId knock) const;

    void announce_entrance(RoomId id, AccessKey key, std::uint64_t token);
    void set_presence(RoomId id, MemberId member, Whereabouts whereabouts);
    std::vector<MemberId> refresh_presence(RoomId id, const std::vector<MemberId>& here);
    LeaseState claim_lease(RoomId id, LeaseKind kind, MemberId holder, milliseconds lives);
    void release_lease(RoomId id, LeaseKind kind, MemberId holder);
    bool put_lane(RoomId id, const StoredLane& lane);
    bool put_held(RoomId id, const StoredLane& lane);
    std::vector<StoredLane> list_lane(RoomId id) const;
    bool acknowledge_lane(RoomId id, LaneId lane, const Bytes& acknowledgement);

    void watch_desk(Relay by) { desk_watchers_.insert(by); }
    void unwatch_desk(Relay by) { desk_watchers_.erase(by); }
    void put_duty(const StoredDuty& duty);
    void drop_duty(Hash turn);
    std::vector<StoredDuty> list_duty() const;
    void announce_duty_nonce(Challenge nonce);
    void announce_duty_proof(Challenge nonce, const Bytes& proof);
    void announce_hand_over(Hash turn, const Bytes& sealed);
    RequestPut put_request(const StoredRequest& request);
    std::vector<StoredRequest> list_requests() const;
    Hash claim_request(LaneId request, Hash holder, milliseconds lives);
    std::optional<Hash> end_request(LaneId request, Hash holder);
    AnswerPut put_desk_answer(LaneId request, AnswerId answer, Hash holder, const Bytes& sealed, milliseconds lives);
    FoundAnswer find_desk_answer(AnswerId answer) const;
    DeskMissing refresh_desk(const std::vector<Hash>& duty, const std::vector<LaneId>& requests);

private:
    ModelRoom* find(RoomId id);
    ModelRequest* find_request(LaneId id);
    UnixMillis after(milliseconds lives) const;
    void expire_room(RoomId id, ModelRoom& room);
    void expire_desk();
    void stop_waiting(RoomId id, ModelRoom& room, KnockId knock, KnockEnd end);
    void tell(const ModelRoom& room, const std::function<void(Listener&)>& event);
    void tell_desk(const std::function<void(Listener&)>& event);
    void remove_request(LaneId id);

    Lifetimes lifetimes_;
    UnixMillis now_;
    std::map<Relay, Listener*> listeners_;
    std::map<RoomId, ModelRoom> rooms_;
    std::map<CardId, ModelCard> cards_;
    std::map<RoomId, ModelSuccession> successions_;  // by predecessor
    std::set<Relay> desk_watchers_;
    std::vector<ModelDuty> duty_;
    std::vector<ModelRequest> requests_;  // oldest first
    std::map<AnswerId, ModelDeskAnswer> answers_;
};

}  // namespace veranda::tests
