// What the relay asks of a store, whichever it is: rooms and their logs, cards, knocks and their answers, presence,
// leases, the lane. Asynchronous, because Redis is; conditional, because several relays share it.
//
// A decision of the relay carries what it relied on (epoch, number of orders); append() checks both again and writes in
// one step, or writes nothing and says what has changed. Nothing is ever on disk, and everything has a time to live.
// One suite (tests/contract) holds for every store.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "protocol/frames.hpp"
#include "server/store/desk.hpp"

namespace veranda::store {

// A room as it stands at `last`. Bytes are as they were given.
struct RoomSnapshot {
    Bytes genesis_entry;  // GenesisEntry
    Epoch epoch;
    Sequence last;
    Sequence oldest;  // the first entry that the log still holds; last + 1 if none
    OrderNumber order_count;
    std::vector<Bytes> admissions;        // the relay's record of everyone it has not dropped, in no order
    std::vector<LogEntry> orders;         // every entry that was appended as an order, whole, oldest first
    std::optional<Epoch> closed_epoch{};  // the last one in which an append had closes_epoch
    bool remade = false;                  // another room was made in its place: replace_room
};

struct NewRoom {
    RoomId room;
    Bytes genesis_entry;  // becomes entry 1 of kind genesis
    Bytes opener;         // the relay's record of the opener's admission
    MemberId opener_id;
    UnixMillis now;
    milliseconds lives;  // from now; then everything of the room is gone
};

struct MemberChange {
    MemberId member;
    std::optional<Bytes> admission;  // none: no longer in the room
};

// An answer for a joiner whose connection may be cut. `front` and the append's `mail_tail`, put together behind the
// sequence (8 bytes, big-endian), are the body of an Admitted frame.
struct Mail {
    KnockId knock;
    Bytes front;
};

struct Append {
    RoomId room;
    AccessKey by;  // doubles are found by (by, submission)
    SubmissionId submission;
    MemberId sender;
    EntryKind kind{};
    Bytes body;
    UnixMillis now;

    std::optional<Epoch> if_epoch;         // none: in any epoch
    std::optional<OrderNumber> if_orders;  // none: whatever has been ordered
    bool advances_epoch = false;
    bool is_order = false;      // counted, and kept whole beside the log
    bool closes_epoch = false;  // the room's epoch at this moment is noted as closed
    bool ends_room = false;     // the room takes no further entry, and lives for Lifetimes::log at most
    std::vector<MemberChange> members;
    std::vector<Mail> mail;  // each answers its knock, which waits no longer
    Bytes mail_tail;
    std::vector<CardId> spent;  // cards of this room that are spent with this entry; others are passed over
};

struct Stored {
    Sequence sequence;
    bool doubled = false;  // it was there already; nothing was written
};
struct Stale {
    Epoch epoch;
    OrderNumber order_count;
};
struct NoRoom {};
struct RoomEnded {};
using Appended = std::variant<Stored, Stale, NoRoom, RoomEnded>;

// A spent card is still found for Lifetimes::mail, as spent and with nothing sealed: by it a joiner whose connection
// was cut finds her answer, and a knock on an invite that another has used still reaches staff.
struct StoredCard {
    RoomId room;
    KnockKey knock_key;
    Bytes sealed;
    bool spent = false;
};

struct StoredKnock {
    KnockId id;
    Bytes envelope;  // Signed<KnockEnvelope>
};

// How a knock stands: it waits; it was answered (an Admitted or KnockRefused frame's type and body); or nobody more may
// wait.
struct Waiting {};
struct Answered {
    FrameType type{};
    Bytes body;
};
struct Full {};
using KnockState = std::variant<Waiting, Answered, Full>;

// One talk of a knock, as sealed. The same bytes twice are one.
struct StoredTalk {
    bool from_staff = false;
    Bytes sealed;
    friend bool operator==(const StoredTalk&, const StoredTalk&) = default;
};
enum class TalkKept { kept, no_such_knock, full };

struct LeaseState {
    MemberId holder;  // zero: free
    milliseconds left{};
};

struct StoredLane {
    LaneId id;
    MemberId from;
    Bytes envelope;  // LaneEnvelope
};

// What happens in the rooms that this relay watches, by itself or through another relay on the same store. Called from
// the loop's thread. Entries of a room come in order, none left out, none twice, starting after the snapshot of
// watch() or the genesis of open_room(). The rest may get lost while a store's channel is cut; afterwards every knock
// with its talk and every lane envelope that waits is told again, so they may come twice.
class Listener : public DeskListener {
public:
    virtual void on_entry(RoomId room, const LogEntry& entry) = 0;
    virtual void on_knock(RoomId room, const StoredKnock& knock) = 0;
    // Its answer, if any, is in the mail. A knock whose time ran out ends as withdrawn; a store that cannot tell then
    // only lists it no more, and the relay looks by itself.
    virtual void on_knock_end(RoomId room, KnockId knock, KnockEnd end) = 0;
    virtual void on_talk(RoomId room, KnockId knock, const StoredTalk& talk) = 0;
    virtual void on_entrance(RoomId room, AccessKey key, std::uint64_t token) = 0;
    virtual void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) = 0;
    virtual void on_lane(RoomId room, const StoredLane& lane) = 0;
    virtual void on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) = 0;
    // Another room was made in its place: replace_room.
    virtual void on_remade(RoomId room) = 0;
    // All rooms and the desk: the store has lost its memory, or entries that were not told. Nothing is watched any
    // more.
    virtual void on_forgotten() = 0;
};

struct Lifetimes {
    milliseconds log{std::chrono::minutes(15)};    // an entry, and what is left of a room after its end
    milliseconds mail{std::chrono::minutes(10)};   // an answer that was not fetched
    milliseconds knock{std::chrono::seconds(60)};  // a knock that is not put again, as the relay does
    milliseconds presence{std::chrono::seconds(30)};
};

class Store : public DeskStore {
public:
    // Caller must: once, before anything else. The listener outlives the store's use.
    virtual void listen(Listener& listener) = 0;

    // false: a room of this id exists. It is watched at once if it was made.
    virtual void open_room(NewRoom room, Then<bool> then) = 0;

    // A room that is made anew, whether the store still has the old one or not. true: `successor` is the one that may
    // follow `predecessor`; false: another has claimed to. A claim is let go of after Lifetimes::presence, unless
    // replace_room makes it last.
    virtual void claim_succession(RoomId predecessor, RoomId successor, Then<bool> then) = 0;
    // Once the successor is open: the old room takes no further entry, its cards and knocks go, and whoever watches it
    // is told (on_remade). What is left of it lives for Lifetimes::log; that it was replaced is known for as long as
    // the successor may live (`lives`), or for that.
    virtual void replace_room(RoomId predecessor, RoomId successor, milliseconds lives, Then<Nothing> then) = 0;

    // The room now, and from then on its events. None: no such room. Watching twice is one watch.
    virtual void watch(RoomId room, Then<std::optional<RoomSnapshot>> then) = 0;
    // Caller must: of a room that is over as well.
    virtual void unwatch(RoomId room) = 0;

    // Checks, in this order: room, double, ended, epoch, orders; then writes all of it or nothing. This relay, if it
    // watches the room, hears of the entry before `then` is called, unless the store's channel is cut. A double is
    // found for as long as the log holds its entry.
    virtual void append(Append append, Then<Appended> then) = 0;
    // Entries after `after`, in order, at most `count`. Fewer entries than the room has were trimmed: see `oldest`.
    virtual void read_log(RoomId room, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) = 0;

    // A card under an id that another room has posted stays as it is; one of this room, spent or not, is
    // replaced. Limit: limits::cards_per_room_max; more are not kept.
    virtual void put_cards(RoomId room, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then) = 0;
    virtual void drop_cards(RoomId room, std::vector<CardId> cards, Then<Nothing> then) = 0;
    virtual void find_card(CardId card, Then<std::optional<StoredCard>> then) = 0;

    // Knocking again with the same id keeps the knock alive, or finds its answer; only a new one is told to watchers.
    // Limit: limits::waiting_knocks_max. Full: that many wait, or there is no such room.
    virtual void put_knock(RoomId room, StoredKnock knock, Then<KnockState> then) = 0;
    virtual void find_answer(RoomId room, KnockId knock, Then<std::optional<Answered>> then) = 0;
    // Ends a knock that waits; with an answer (a KnockRefused body), which is kept as mail. false: it did not wait.
    virtual void end_knock(RoomId room, KnockId knock, KnockEnd end, std::optional<Answered> answer,
                           Then<bool> then) = 0;
    virtual void list_knocks(RoomId room, Then<std::vector<StoredKnock>> then) = 0;

    // Keeps a talk beside a knock that waits, and tells it; it goes with the knock, or lives as long as its answer.
    // Limit: limits::talks_per_knock_max of one knock.
    virtual void put_talk(RoomId room, KnockId knock, StoredTalk talk, Then<TalkKept> then) = 0;
    // What both sides have said, in order; of a knock that waits, or whose answer is kept.
    virtual void list_talks(RoomId room, KnockId knock, Then<std::vector<StoredTalk>> then) = 0;

    // Tells every relay that watches the room (this one too) that `key` came in by the connection called `token`.
    virtual void announce_entrance(RoomId room, AccessKey key, std::uint64_t token) = 0;

    // Marks, tells every watcher if it changed, and expires by itself unless refreshed. A store without a clock of its
    // own tells that at the next refresh_presence, if that comes within Lifetimes::presence.
    virtual void set_presence(RoomId room, MemberId member, Whereabouts whereabouts) = 0;
    // Refreshes those who are here through this relay; answers with everyone who is here.
    virtual void refresh_presence(RoomId room, std::vector<MemberId> here, Then<std::vector<MemberId>> then) = 0;

    // Takes the lease if it is free, its time is over, or `holder` has it; answers with whoever has it then. Nobody: no
    // such room.
    virtual void claim_lease(RoomId room, LeaseKind kind, MemberId holder, milliseconds lives,
                             Then<LeaseState> then) = 0;
    virtual void release_lease(RoomId room, LeaseKind kind, MemberId holder, Then<Nothing> then) = 0;

    // Kept until acknowledged, at most limits::lane_waiting_max a room, and limits::lane_of_waiting_max of those from
    // nobody (zero), so that strangers never fill it. false: full. The same id twice is once.
    virtual void put_lane(RoomId room, StoredLane lane, Then<bool> then) = 0;
    // The same for a held message, of which only one of a member waits at any time, whichever relay she comes by: the
    // newest takes the place of what waits. An id that waits already, put as held or not, is kept as it is.
    virtual void put_held(RoomId room, StoredLane lane, Then<bool> then) = 0;
    virtual void list_lane(RoomId room, Then<std::vector<StoredLane>> then) = 0;
    // false: no such envelope waits.
    virtual void acknowledge_lane(RoomId room, LaneId lane, Bytes acknowledgement, Then<bool> then) = 0;
};

}  // namespace veranda::store
