// One fault an operation. Everything else is handed through.
#include "tests/store_model/faulty_store.hpp"

#include <algorithm>
#include <set>

namespace veranda::tests {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds moment = 1ms;

// Changes answers on their way.
template <class T, class Change>
Then<T> changed(Then<T> then, bool is_faulty, Change change) {
    if (!is_faulty) return then;
    return [then = std::move(then), change](Answer<T> answer) {
        if (T* const value = std::get_if<T>(&answer)) change(*value);
        then(std::move(answer));
    };
}

template <class Item>
void without_last(std::vector<Item>& items) {
    if (!items.empty()) items.pop_back();
}

// Changes events on their way. What is done twice or not at all is said by `times`.
class Tap final : public Listener {
public:
    explicit Tap(Fault fault) : fault_(fault) {}
    Listener* to = nullptr;

    void on_entry(RoomId room, const LogEntry& entry) override {
        if (!hears()) return;
        to->on_entry(room, entry);
    }
    void on_knock(RoomId room, const StoredKnock& knock) override {
        if (hears()) to->on_knock(room, knock);
    }
    void on_knock_end(RoomId room, KnockId knock, KnockEnd end) override {
        if (hears()) to->on_knock_end(room, knock, end);
    }
    void on_talk(RoomId room, KnockId knock, const StoredTalk& talk) override {
        if (hears()) to->on_talk(room, knock, talk);
    }
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        if (hears()) to->on_entrance(room, key, token);
    }
    void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        if (hears()) to->on_presence(room, member, whereabouts);
    }
    void on_lane(RoomId room, const StoredLane& lane) override {
        for (int i = times(Fault::put_lane); i > 0; --i) to->on_lane(room, lane);
    }
    void on_lane_acknowledged(RoomId room, MemberId member, const Bytes& acknowledgement) override {
        if (hears() && !is(Fault::acknowledge_lane)) to->on_lane_acknowledged(room, member, acknowledgement);
    }
    void on_remade(RoomId room) override {
        for (int i = times(Fault::replace_room); i > 0; --i) to->on_remade(room);
    }
    void on_forgotten() override {
        if (hears()) to->on_forgotten();
    }
    void on_duty_nonce(Challenge nonce) override {
        for (int i = times(Fault::announce_duty_nonce); i > 0; --i) to->on_duty_nonce(nonce);
    }
    void on_duty_proof(Challenge nonce, const Bytes& proof) override {
        if (hears() && !is(Fault::announce_duty_proof)) to->on_duty_proof(nonce, proof);
    }
    void on_hand_over(Hash turn, const Bytes& sealed) override {
        if (hears()) to->on_hand_over(turn, sealed);
    }
    void on_desk_request(const StoredRequest& request) override {
        if (hears()) to->on_desk_request(request);
    }
    void on_desk_state(LaneId request, DeskStanding standing, Hash holder) override {
        if (hears()) to->on_desk_state(request, standing, holder);
    }

    bool hears() const { return fault_ != Fault::listen; }

private:
    bool is(Fault fault) const { return fault_ == fault; }
    int times(Fault doubled) const { return !hears() ? 0 : is(doubled) ? 2 : 1; }

    const Fault fault_;
};

class FaultyStore final : public Store {
public:
    FaultyStore(std::unique_ptr<Store> real, Fault fault) : fault_(fault), tap_(fault), real_(std::move(real)) {}

    void listen(Listener& listener) override {
        tap_.to = &listener;
        real_->listen(tap_);
    }
    void open_room(NewRoom made, Then<bool> then) override {
        const RoomId id = made.room;
        real_->open_room(std::move(made), changed(std::move(then), is(Fault::open_room), [this, id](bool& is_made) {
                             if (is_made) real_->unwatch(id);
                         }));
    }
    void claim_succession(RoomId predecessor, RoomId successor, Then<bool> then) override {
        real_->claim_succession(predecessor, successor,
                                changed(std::move(then), is(Fault::claim_succession), [](bool& may) { may = true; }));
    }
    void replace_room(RoomId predecessor, RoomId successor, milliseconds lives, Then<Nothing> then) override {
        real_->replace_room(predecessor, successor, lives, std::move(then));
    }
    void watch(RoomId room, Then<std::optional<RoomSnapshot>> then) override {
        real_->watch(room, changed(std::move(then), is(Fault::watch), [](std::optional<RoomSnapshot>& seen) {
                         if (seen) seen->oldest = Sequence{1};
                     }));
    }
    void unwatch(RoomId room) override {
        if (!is(Fault::unwatch)) real_->unwatch(room);
    }
    void append(Append append, Then<Appended> then) override {
        if (is(Fault::append)) append.if_orders.reset();
        real_->append(std::move(append), std::move(then));
    }
    void read_log(RoomId room, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) override {
        if (is(Fault::read_log) && after.value > 0) --after.value;
        real_->read_log(room, after, count, std::move(then));
    }
    void put_cards(RoomId room, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then) override {
        if (is(Fault::put_cards)) without_last(cards);
        real_->put_cards(room, std::move(cards), now, std::move(then));
    }
    void drop_cards(RoomId room, std::vector<CardId> cards, Then<Nothing> then) override {
        if (is(Fault::drop_cards) && cards.size() > 1) cards.resize(1);
        real_->drop_cards(room, std::move(cards), std::move(then));
    }
    void find_card(CardId card, Then<std::optional<StoredCard>> then) override {
        real_->find_card(card, changed(std::move(then), is(Fault::find_card), [](std::optional<StoredCard>& found) {
                             if (found) found->spent = false;
                         }));
    }
    void put_knock(RoomId room, StoredKnock knock, Then<KnockState> then) override {
        const bool is_again = is(Fault::put_knock) && !knocks_.insert(knock.id).second;
        real_->put_knock(room, knock, changed(std::move(then), is_again, [this, room, knock](KnockState& state) {
                             if (std::holds_alternative<Waiting>(state)) tap_.on_knock(room, knock);
                         }));
    }
    void find_answer(RoomId room, KnockId knock, Then<std::optional<Answered>> then) override {
        real_->find_answer(room, knock,
                           changed(std::move(then), is(Fault::find_answer), [](std::optional<Answered>& found) {
                               if (found) found->type = FrameType::knock_refused;
                           }));
    }
    void end_knock(RoomId room, KnockId knock, KnockEnd end, std::optional<Answered> answer, Then<bool> then) override {
        if (is(Fault::end_knock)) answer.reset();
        real_->end_knock(room, knock, end, std::move(answer), std::move(then));
    }
    void list_knocks(RoomId room, Then<std::vector<StoredKnock>> then) override {
        real_->list_knocks(room, changed(std::move(then), is(Fault::list_knocks),
                                         [](auto& knocks) { std::reverse(knocks.begin(), knocks.end()); }));
    }
    void put_talk(RoomId room, KnockId knock, StoredTalk talk, Then<TalkKept> then) override {
        if (is(Fault::put_talk)) talk.from_staff = !talk.from_staff;
        real_->put_talk(room, knock, std::move(talk), std::move(then));
    }
    void list_talks(RoomId room, KnockId knock, Then<std::vector<StoredTalk>> then) override {
        real_->list_talks(room, knock,
                          changed(std::move(then), is(Fault::list_talks), [](auto& talks) { without_last(talks); }));
    }
    void announce_entrance(RoomId room, AccessKey key, std::uint64_t token) override {
        real_->announce_entrance(room, key, is(Fault::announce_entrance) ? token & UINT32_MAX : token);
    }
    void set_presence(RoomId room, MemberId member, Whereabouts whereabouts) override {
        if (is(Fault::set_presence) && !present_.insert(member).second && whereabouts == Whereabouts::here)
            real_->set_presence(room, member, Whereabouts::away);
        real_->set_presence(room, member, whereabouts);
    }
    void refresh_presence(RoomId room, std::vector<MemberId> here, Then<std::vector<MemberId>> then) override {
        if (is(Fault::refresh_presence)) here.clear();
        real_->refresh_presence(room, std::move(here), std::move(then));
    }
    void claim_lease(RoomId room, LeaseKind kind, MemberId holder, milliseconds lives, Then<LeaseState> then) override {
        real_->claim_lease(room, kind, holder, lives,
                           changed(std::move(then), is(Fault::claim_lease), [holder](LeaseState& lease) {
                               if (!lease.holder.is_zero()) lease.holder = holder;
                           }));
    }
    void release_lease(RoomId room, LeaseKind kind, MemberId holder, Then<Nothing> then) override {
        if (is(Fault::release_lease)) return then(Nothing{});
        real_->release_lease(room, kind, holder, std::move(then));
    }
    void put_lane(RoomId room, StoredLane lane, Then<bool> then) override {
        real_->put_lane(room, std::move(lane), std::move(then));
    }
    void put_held(RoomId room, StoredLane lane, Then<bool> then) override {
        is(Fault::put_held) ? real_->put_lane(room, std::move(lane), std::move(then))
                            : real_->put_held(room, std::move(lane), std::move(then));
    }
    void list_lane(RoomId room, Then<std::vector<StoredLane>> then) override {
        real_->list_lane(room, changed(std::move(then), is(Fault::list_lane),
                                       [](auto& lane) { std::reverse(lane.begin(), lane.end()); }));
    }
    void acknowledge_lane(RoomId room, LaneId lane, Bytes acknowledgement, Then<bool> then) override {
        real_->acknowledge_lane(room, lane, std::move(acknowledgement), std::move(then));
    }

    void watch_desk(Then<Nothing> then) override {
        if (is(Fault::watch_desk) && std::exchange(has_watched_desk_, true)) return then(Nothing{});
        real_->watch_desk(std::move(then));
    }
    void unwatch_desk() override {
        if (!is(Fault::unwatch_desk)) real_->unwatch_desk();
    }
    void put_duty(StoredDuty duty, Then<Nothing> then) override {
        if (is(Fault::put_duty) && !turns_.insert(duty.turn).second) return then(Nothing{});
        real_->put_duty(std::move(duty), std::move(then));
    }
    void drop_duty(Hash turn, Then<Nothing> then) override {
        if (is(Fault::drop_duty)) return then(Nothing{});
        real_->drop_duty(turn, std::move(then));
    }
    void list_duty(Then<std::vector<StoredDuty>> then) override {
        real_->list_duty(changed(std::move(then), is(Fault::list_duty), [](auto& duty) { without_last(duty); }));
    }
    void announce_duty_nonce(Challenge nonce) override { real_->announce_duty_nonce(nonce); }
    void announce_duty_proof(Challenge nonce, Bytes proof) override {
        real_->announce_duty_proof(nonce, std::move(proof));
    }
    void announce_hand_over(Hash turn, Bytes sealed) override {
        real_->announce_hand_over(is(Fault::announce_hand_over) ? Hash{} : turn, std::move(sealed));
    }
    void put_request(StoredRequest request, Then<RequestPut> then) override {
        real_->put_request(std::move(request),
                           changed(std::move(then), is(Fault::put_request), [](RequestPut& put) { put.holder = {}; }));
    }
    void list_requests(Then<std::vector<StoredRequest>> then) override {
        real_->list_requests(changed(std::move(then), is(Fault::list_requests), [](auto& requests) {
            for (StoredRequest& request : requests) request.holder = {};
        }));
    }
    void claim_request(LaneId request, Hash holder, milliseconds lives, Then<Hash> then) override {
        real_->claim_request(request, holder, is(Fault::claim_request) ? lives + moment : lives, std::move(then));
    }
    void end_request(LaneId request, Hash holder, Then<std::optional<Hash>> then) override {
        if (!is(Fault::end_request)) return real_->end_request(request, holder, std::move(then));
        real_->end_request(request, {}, changed(std::move(then), true, [holder](std::optional<Hash>& had) {
                               if (had) had = holder;
                           }));
    }
    void put_desk_answer(LaneId request, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives,
                         Then<AnswerPut> then) override {
        real_->put_desk_answer(request, answer, holder, std::move(sealed),
                               is(Fault::put_desk_answer) ? 2 * lives : lives, std::move(then));
    }
    void find_desk_answer(AnswerId answer, Then<FoundAnswer> then) override {
        real_->find_desk_answer(answer, changed(std::move(then), is(Fault::find_desk_answer),
                                                [](FoundAnswer& found) { found.is_awaited = false; }));
    }
    void refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests, Then<DeskMissing> then) override {
        if (is(Fault::refresh_desk)) requests.clear();
        real_->refresh_desk(std::move(duty), std::move(requests), std::move(then));
    }

private:
    bool is(Fault fault) const { return fault_ == fault; }

    const Fault fault_;
    Tap tap_;
    std::unique_ptr<Store> real_;  // goes first: it calls the tap
    std::set<KnockId> knocks_;
    std::set<MemberId> present_;
    std::set<Hash> turns_;
    bool has_watched_desk_ = false;
};

constexpr const char* names[] = {
    "none",
    "listen",
    "open_room",
    "claim_succession",
    "replace_room",
    "watch",
    "unwatch",
    "append",
    "read_log",
    "put_cards",
    "drop_cards",
    "find_card",
    "put_knock",
    "find_answer",
    "end_knock",
    "list_knocks",
    "put_talk",
    "list_talks",
    "announce_entrance",
    "set_presence",
    "refresh_presence",
    "claim_lease",
    "release_lease",
    "put_lane",
    "put_held",
    "list_lane",
    "acknowledge_lane",
    "watch_desk",
    "unwatch_desk",
    "put_duty",
    "drop_duty",
    "list_duty",
    "announce_duty_nonce",
    "announce_duty_proof",
    "announce_hand_over",
    "put_request",
    "list_requests",
    "claim_request",
    "end_request",
    "put_desk_answer",
    "find_desk_answer",
    "refresh_desk",
};
static_assert(std::size(names) == static_cast<std::size_t>(Fault::count));

}  // namespace

const char* name(Fault fault) { return names[static_cast<std::size_t>(fault)]; }

Wrap planted(Fault fault) {
    return [fault](std::unique_ptr<Store> store) { return std::make_unique<FaultyStore>(std::move(store), fault); };
}

}  // namespace veranda::tests
