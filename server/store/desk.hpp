// What the relay asks of a store about the support desk: who is on duty, which requests wait, and who has claimed them.
// There is one desk, which all relays on a store share. A part of the contract of store.hpp.
#pragma once

#include <optional>
#include <vector>

#include "protocol/desk_frames.hpp"
#include "server/store/answer.hpp"

namespace veranda::store {

struct StoredDuty {
    Hash turn;        // names a turn of duty; its statement is renewed
    Bytes statement;  // Signed<DutyStatement>
};

struct StoredRequest {
    LaneId id;
    UnixMillis since;   // set by the store
    bool left = false;  // with nobody on duty: kept for limits::desk_left_ms, though nobody refreshes it
    Bytes envelope;     // LaneEnvelope
    Hash holder{};      // whose turn of duty has claimed it; zero: it waits
    AnswerId answer{};  // of one that is put and left: where its answer will be found; not told, nor listed
};

struct RequestPut {
    bool is_kept = false;  // false: limits::desk_waiting_max wait already, or as many were left
    Hash holder{};         // who has claimed it meanwhile
};

enum class AnswerPut : std::uint8_t {
    kept,
    no_such_request,  // none that was left with this answer's id, or nobody has claimed it
    claimed,          // by another
    full,             // limits::desk_answers_max are kept
};

struct FoundAnswer {
    Bytes sealed;             // empty: there is none
    bool is_awaited = false;  // a request that was left still waits for it
};

// Of those that were to be refreshed: what the store does not have any more.
struct DeskMissing {
    std::vector<Hash> duty;
    std::vector<LaneId> requests;
};

// What happens at the desk, to relays that watch it. It may get lost while a store's channel is cut; afterwards every
// request is told again as it stands.
class DeskListener {
public:
    virtual ~DeskListener() = default;
    virtual void on_duty_nonce(Challenge nonce) = 0;
    virtual void on_duty_proof(Challenge nonce, const Bytes& proof) = 0;
    virtual void on_hand_over(Hash turn, const Bytes& sealed) = 0;
    virtual void on_desk_request(const StoredRequest& request) = 0;
    // waiting: its claim ran out. claimed: `holder` has it. gone: ended, withdrawn, or nobody kept it alive.
    virtual void on_desk_state(LaneId request, DeskStanding standing, Hash holder) = 0;
};

class DeskStore {
public:
    virtual ~DeskStore() = default;

    virtual void watch_desk(Then<Nothing> then) = 0;  // from the answer on
    virtual void unwatch_desk() = 0;

    // Lives for Lifetimes::presence unless put again or refreshed. A newer statement of a turn replaces the older.
    virtual void put_duty(StoredDuty duty, Then<Nothing> then) = 0;
    virtual void drop_duty(Hash turn, Then<Nothing> then) = 0;
    virtual void list_duty(Then<std::vector<StoredDuty>> then) = 0;

    // Told to every relay that watches, this one too; kept nowhere.
    virtual void announce_duty_nonce(Challenge nonce) = 0;
    virtual void announce_duty_proof(Challenge nonce, Bytes proof) = 0;
    virtual void announce_hand_over(Hash turn, Bytes sealed) = 0;

    // Lives for Lifetimes::knock unless put again or refreshed, or claimed. The same id again keeps its place; only a
    // new one is told.
    virtual void put_request(StoredRequest request, Then<RequestPut> then) = 0;
    // Oldest first, as they stand; those of one millisecond in any order.
    virtual void list_requests(Then<std::vector<StoredRequest>> then) = 0;

    // One step: takes the request if it waits or `holder` has it, for so long; answers with whoever has it then. Zero:
    // no such request. When the time is over it waits again, if its asker still does.
    virtual void claim_request(LaneId request, Hash holder, milliseconds lives, Then<Hash> then) = 0;
    // By who claimed it; a zero `holder` is its asker, who always may. Answers with `holder` if it was done, else with
    // whoever has claimed it (zero: nobody has). None: no such request.
    virtual void end_request(LaneId request, Hash holder, Then<std::optional<Hash>> then) = 0;

    // One step, by who claimed the request: it ends, and the answer is kept for so long. The same bytes under the same
    // id again are kept already.
    virtual void put_desk_answer(LaneId request, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives,
                                 Then<AnswerPut> then) = 0;
    virtual void find_desk_answer(AnswerId answer, Then<FoundAnswer> then) = 0;

    // Keeps alive what is here through this relay, even what is overdue and was not ended yet; then ends what is
    // overdue: claims, requests, duty. A store without a clock of its own ends it then, or with any other step.
    virtual void refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests, Then<DeskMissing> then) = 0;
};

}  // namespace veranda::store
