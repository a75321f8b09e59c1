// The inside of a Client: what it knows, sorted by subject, and one method a thing that can happen.
//
// Each subject's methods stand in a file of its own, named above them below. None of them blocks, and each leaves the
// state whole.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "client-lib/circle/joining/talk.hpp"
#include "client-lib/client/asides.hpp"
#include "client-lib/client/client.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/for_two.hpp"
#include "client-lib/client/frame_batch.hpp"
#include "client-lib/client/hosting_state.hpp"
#include "client-lib/client/keeping_order.hpp"
#include "client-lib/client/outgoing.hpp"
#include "client-lib/client/rules.hpp"
#include "client-lib/client/session_state.hpp"
#include "client-lib/client/staff_only.hpp"
#include "client-lib/client/ways_back.hpp"
#include "protocol/frame_codec.hpp"

namespace veranda::client {

// What we asked the relay, to know what its answer means.
enum class Asked {
    hello,
    staff_list,
    card,
    group_card,
    knock,
    withdraw,
    open_room,
    enter,
    submit_text,
    submit_commit,
    order,
    post_cards,
    withdraw_cards,
    lease,
    lease_back,
    lane,
    leave,
    refuse_knock,
    acknowledge,
    staff_list_again,
    hold,
    erased,
    talk,
    recap,
    lane_said,
    book,
};

struct Request {
    Asked asked{};
    SubmissionId submission;   // of submit_text, submit_commit, order; of talk, lane_said and book, which one
    std::uint64_t errand = 0;  // which of staff's errands it is; 0: none
};

// What keys and names we are in this room with.
struct Self {
    crypto::SigningKey leaf_key;
    crypto::SigningKey access_key;
    MemberId member;
};

// Staff only: what we are in this room, beyond a member.
struct StaffSelf {
    StaffCredential credential;
    crypto::KemKeyPair lane_key;
    RoomId room;
};

// What a member of staff is in a room: a lane key and a statement, made for it.
StaffSelf make_staff_self(const StaffKeys& keys, const RoomId& room, RoomKind kind,
                          const crypto::SigningKey& session_key, UnixSeconds now, crypto::RandomSource& random);

struct Client::State {
    State(std::string own_origin, TrustAnchor anchor, crypto::RandomSource& source)
        : origin(std::move(own_origin)), trust(std::move(anchor)), random(source) {}

    std::string origin;
    circle::TrustedStaff trust;
    crypto::RandomSource& random;

    // connecting.cpp
    enum class Wire { idle, connecting, greeting, up, closed } wire = Wire::idle;
    Phase phase = Phase::connecting;
    bool entered = false;  // on this connection
    bool submitted_leave = false;
    std::string language = "en";  // of the group, as the card says it
    Challenge challenge;
    std::int64_t relay_clock_ahead_ms = 0;
    std::uint64_t retry_at = 0;
    std::uint64_t retry_wait_ms = 0;
    std::uint32_t last_request = 0;
    std::map<std::uint32_t, Request> requests;
    FrameBatch batch;
    std::vector<Action> actions;
    std::deque<Event> events;

    void start(Now now);
    void connected(Now now);
    void disconnected(Now now);
    void received(ByteView message, Now now);
    void tick(Now now);
    void handle(const ServerFrame& frame, RequestId request, Now now);
    void on(const ServerHello& hello, Now now);
    void on(const StaffListFrame& list, Now now);
    void ready(Now now);  // the relay is who it should be, and we know its staff
    void refused(const Refused& refused, const Request& request, Now now);
    void text_refused(const Refused& refused, const Request& request, Now now);
    void commit_refused(const Refused& refused, const Request& request, Now now);
    void order_refused(const Refused& refused, const Request& request, Now now);
    void flush();
    void stop(Phase final_phase);
    void set_phase(Phase next);
    void report(const Error& error);
    void report_refusal(const Refused& answer);
    void notice(std::string_view code, std::string_view text);
    UnixSeconds trusted_now(Now now) const;
    UnixMillis relay_now(Now now) const;
    template <class Frame>
    void ask(const Frame& frame, Request request) {
        const RequestId id{++last_request};
        requests[id.value] = request;
        batch.add(encode_frame(frame, id));
    }
    void ask_bytes(FrameType type, ByteView body, Request request);
    template <class Id>
    Id random_id() {
        return Id{random.array<Id::size>()};
    }

    // joining.cpp
    std::optional<Joining> joining;
    std::optional<Welcomed> welcomed;
    std::optional<Self> self;
    StaffOnly<StaffSelf> staff;
    Result<void> open_invite(circle::Pass pass, Now now);
    Result<void> knock_anew(std::string_view pseudonym, std::string_view earlier, Now now);
    Result<void> knock(std::string_view pseudonym, std::optional<StaffKeys> keys, Now now);
    Result<void> knock_as(std::string_view pseudonym, const StaffKeys* keys, KnockReason reason, Now now);
    void take_post(StaffKeys keys);
    void find_card(Now now);
    void send_knock();
    void on(const CardFrame& frame, const Request& request, Now now);
    void on(const Admitted& admitted, Now now);
    void on(const KnockRefused& refused, Now now);
    void may_knock_again(std::string_view why, std::string_view words);
    void enter(Now now);
    void on(const Entered& frame, Now now);
    bool is_refused_by_staff(const Signed<KnockRefusal>& refusal, Now now) const;
    Result<void> accept_welcome(const Admitted& admitted, Now now);
    Result<void> first_entrance(const Entered& frame, Now now);

    // recapping.cpp
    std::vector<ToldRecap> recaps;  // told at the door
    void tell_recap(const KnockId& id);
    void take_recap(ByteView body, std::string_view from);
    void show_recap(std::optional<Sequence> back_at);
    void show_group_name();
    void show_recapped(const RecapItem& item);

    // returning.cpp
    std::optional<circle::PassEntropy> ticket_entropy;  // of our newest admission
    std::optional<Returning> returning;
    std::optional<StaffKeys> spare_keys;  // of staff who do not host: to come back as who she is
    std::optional<circle::Ticket> ticket() const;
    Result<void> return_by(circle::Ticket ticket, std::optional<StaffKeys> keys, Now now);
    void begin_return(KnockReason reason, Now now, bool forgotten = false);
    void give_up_post(bool forgotten, Now now);
    void look_from_now(Now now);
    void room_lost(bool forgotten, Now now);
    void look_again(Now now);
    void look(Now now);
    void knock_again(Now now);
    bool looks_in_vain(Now now);
    bool is_refused_for_now(const Refused& answer, const Request& request, Now now);
    void came_back(Now now);
    void begin_post(Now now);

    // remaking.cpp
    void plan_successor(bool forgotten, Now now);
    void offer_to_make_anew();
    Result<void> make_anew(Now now);
    void remake_when_due(Now now);
    bool lost_the_remaking(const Refused& answer, Now now);
    void post_cards_of_all(Now now);

    // welcoming.cpp
    void remember_admitted(const Admission& admission, const Knock* knock, Now now);
    void remember_ticket(const circle::CardSecrets& secrets);
    void post_tickets(const AdmitEntry& admit, Now now);
    void post_own_ticket(Now now);
    void post_new(const std::vector<CardOrder>& orders, Now now);
    std::optional<MemberId> comes_back_as(const circle::OpenedKnock& knock, const circle::CardSecrets& card) const;
    bool may_return_by_herself(const MemberId& member, const PassKeys& ticket, Now now);
    std::optional<mls::LeafIndex> leaf_of(const MemberId& member) const;
    void forget_way_back(const MemberId& member);
    // talking.cpp
    std::deque<PendingTalk> talks;
    Result<void> talk_to_staff(std::string_view text, Now now);
    Result<void> talk(std::string_view pseudonym, std::string_view text, Now now);
    void send_talk(Bytes sealed, TalkEvent event, const KnockId& knock, Now now);
    void pump_talks(Now now);
    void give_talks_back();
    void talk_done(const Request& request, Now now);
    void talk_refused(const Refused& refused, const Request& request, Now now);
    void on(const TalkDelivery& delivery, Now now);
    void take_talk_of_joiner(const KnockId& id, ByteView sealed);

    // agreeing.cpp
    std::map<KnockId, Agreeing> agreeing;
    void begin_agreeing(const Hash& card, const KnockId& knock, std::string name);
    void work_at_agreed_words();
    Result<void> agreed_word(std::string_view pseudonym);
    Result<void> wrong_word(std::string_view pseudonym);

    // lane_sending.cpp
    std::map<LaneId, LaneSaid> lane_said;
    bool hand_up = false;
    std::vector<SealingKey> told_in_lane;  // the staff to whom what lane_said has is sealed
    std::vector<SealingKey> staff_lane_keys() const;
    Result<void> raise_hand(bool up, Now now);
    void tell_new_staff(Now now);
    Result<void> note(std::string_view text, Now now);
    Result<void> not_safe(std::string_view text, Now now);
    Result<void> say_in_lane(LaneKind kind, Bytes body, Now now);
    Result<void> say_again(Unseen item, Now now);
    // Of which kind, body and id are set.
    Result<void> seal_said(LaneSaid& said, const std::vector<SealingKey>& to);
    void pump_lane(Now now);
    void lane_was_cut();
    LaneSaid* lane_said_by(const SubmissionId& request);
    void lane_done(const Request& request);
    void lane_refused(const Refused& refused, const Request& request, Now now);
    void watch_lane(Now now);
    void lane_unanswered(LaneKind kind);
    std::optional<std::string> acknowledged_by(const Signed<LaneAcknowledgement>& answer) const;
    void on(const LaneAcknowledged& answer, Now now);

    // lane_receiving.cpp
    void on(const LaneDelivery& delivery, Now now);
    bool is_by_a_key_of(const MemberId& member, const Signed<LaneContent>& content) const;
    std::optional<LaneSpeaker> lane_speaker(const Signed<LaneContent>& content, const LaneDelivery& delivery);
    void remember_knocked(const Knock& knock, const mls::KeyPackage& key_package, Now now);
    std::string name_of(const MemberId& id) const;
    void acknowledge_lane(const LaneId& id);
    void take_note(const LaneSpeaker& from, ByteView body);
    void take_hand(const LaneSpeaker& from, ByteView body);
    void show_hands();
    void drop_hands(const std::function<bool(const MemberId&)>& is_in);
    void take_alarm(const LaneSpeaker& from, ByteView body, const LaneId& id);
    Result<void> seen(std::string_view pseudonym);
    void close_alarm(const LaneId& id);
    void take_card_secrets(ByteView body, Now now);

    // hosting.cpp
    StaffOnly<Hosting> hosting;
    StaffOnly<circle::GroupBook> brought_book;  // until she hosts
    std::optional<mls::Group> opening_group;
    Result<void> host(StaffKeys keys, GroupPlan plan, Now now);
    void open_room(Now now);
    void make_room(Genesis genesis, const MemberId& opener, Now now);
    Result<void> invite(bool for_staff, Now now);
    void card_posted(const SubmissionId& post);
    void post(std::vector<PostedCard> cards);
    // What staff have done at the relay: asked again after a cut, and while the relay asks for patience.
    template <class Frame>
    void run_errand(const Frame& frame, Asked asked) {
        run_errand(Frame::type, tls::encode(frame), asked);
    }
    void run_errand(FrameType type, Bytes body, Asked asked);
    void pump_errands();
    void errand_done(const Request& request);
    // true: it is asked again.
    bool is_errand_for_later(const Refused& answer, const Request& request, Now now);
    void tend_errands(Now now);
    void send_cards(const PostCards& frame, const SubmissionId& post);
    void cards_not_posted(const SubmissionId& post, std::uint64_t not_before);
    void post_again(Now now);
    void post_cards_of_the_day(Now now);
    Result<circle::MadeCard> make_card(CardOrder order, Now now);
    CardOrder order_of(const Hosting::Invite& invite) const;
    void on(const KnockWaiting& waiting, Now now);
    void on(const KnockGone& gone, Now now);
    void judge_knock(const KnockId& id, Now now);
    void show_knock(WaitingKnock& waiting, bool waits);
    void refuse_knock(const KnockId& id, KnockRefusalReason reason, std::string_view words);
    void pump_refusals();
    bool was_let_in(const KnockId& id) const;
    void doubt_who_waits(Now now);
    void forget_who_is_gone(Now now);
    bool has_place(std::size_t beside) const;
    Result<void> admit(std::string_view pseudonym, std::optional<Level> level, Now now);
    Result<void> refuse(std::string_view pseudonym, std::string_view words, Now now);
    bool is_one_of_two(const KnockId& id) const;
    bool name_taken(std::string_view name, const KnockId& except, const std::optional<MemberId>& herself) const;
    void share_card(const circle::CardSecrets& secrets, const std::vector<SealingKey>& lane_keys);

    // session_for_two.cpp
    void invite_the_one(Now now);
    void see_whereabouts(const MemberId& member, Whereabouts whereabouts, Now now);
    std::uint64_t staff_gone_ms(Now now) const;

    // handing_over.cpp
    enum class Successor { not_concerned, agreed_on, another };
    ForTwo for_two;
    Result<void> ask_to_hand_over(Signed<Certificate> to, Now now);
    Result<void> agree(bool agrees, Now now);
    std::optional<MemberId> the_survivor() const;
    void take_consent(const LaneSpeaker& from, ByteView body, Now now);
    void invite_successor(Now now);
    Successor successor_at_the_door(const circle::OpenedKnock& opened) const;
    std::optional<circle::PassEntropy> take_hand_over();
    void tend_hand_over(Now now);
    void take_hand_over_question(const circle::Person& from, const Content& content, Now now);
    void counsellor_heard(const circle::Person& from, Now now);

    // committing.cpp
    std::optional<PendingCommit> pending_commit;
    void pump_commits(Now now);
    std::vector<mls::LeafIndex> leaves_to_remove(Now now) const;
    bool closes_epoch(Now now) const;
    std::vector<std::pair<KnockId, const WaitingKnock*>> knocks_to_admit(Now now);
    Signed<Admission> admission_for(const KnockId& id, const WaitingKnock& waiting);
    Level level_for(const WaitingKnock& knock) const;
    void turn_poisoned_away(const std::vector<std::pair<KnockId, const WaitingKnock*>>& wanted,
                            const std::vector<mls::LeafIndex>& removes, Now now);
    void send_commit();
    bool have_lease(Now now);
    void give_lease_back();
    void adopt(mls::Group next, Now now);
    void plan_removal(const MemberId& member, Now now, bool at_once);
    std::uint64_t own_turn_ms() const;
    bool may_commit() const;

    // sending.cpp
    std::optional<Session> session;
    std::deque<Outgoing> outbox;
    std::uint64_t last_sent = 0;
    std::string composer_why = "connecting";
    std::optional<std::uint64_t> composer_until{};  // of slow mode and of a level that is for a time
    Result<void> say(std::string_view text, Now now);
    void pump_outbox(Now now);
    void give_stale_texts_back(Now now);
    void send_silently(ContentKind kind, ByteView body, Now now);
    void pulse(Now now);
    void send_lane(LaneKind kind, ByteView body, const std::vector<SealingKey>& lane_keys);
    std::vector<SealingKey> other_lane_keys() const;
    std::string why_composer_is_closed(Now now) const;
    std::uint64_t composer_wait_ms(Now now) const;
    std::uint64_t slow_mode_ms_left(Now now) const;
    bool has_unvouched_member() const;
    bool is_bound_by_slow_mode() const;
    void update_composer(Now now);

    // receiving.cpp
    void on(const EntryFrame& frame, Now now);
    void take_in(const LogEntry& entry, Now now);
    void take_application(const LogEntry& entry, Now now);
    void take_commit(const LogEntry& entry, ByteView commit, Now now);
    void take_admissions(const AdmitEntry& admit, Now now);
    bool comes_in_by(const Admission& admission) const;
    void heard_from(const MemberId& member, Now now);
    void came_in(const MemberId& member, Now now);
    void take_own(const Outgoing& own, const LogEntry& entry, Now now);
    circle::Heard heard(const LogEntry& entry, Now now) const;
    void on(const PresenceFrame& frame, Now now);
    void on(const RoomGone& gone, Now now);
    void roster_changed();
    std::vector<RosterMember> roster() const;
    const circle::Person* person_at(mls::LeafIndex leaf) const;

    // moderating.cpp
    Result<void> remove(std::string_view name, Now now);
    Result<void> end(Now now);
    Result<void> lock(bool locked, bool clear, Now now);
    Result<void> leave(Now now);
    void ask_to_leave();
    Result<void> order(Order order, Now now);
    std::optional<Order> opposite_of(const Order& order, Now now) const;
    void pump_orders(Now now);
    void take_order(const LogEntry& entry, Now now);
    void on(const Lease& lease, Now now);
    void watch_leaves(Now now);

    // ordering.cpp
    std::optional<LastAct> last_act;
    Result<void> set_level(std::string_view name, Level level, std::uint64_t seconds, Now now);
    Result<void> lift(std::string_view name, Now now);
    Result<void> slow_mode(std::uint64_t seconds, Now now);
    Result<void> undo(Now now);
    Result<MemberId> member_bound_by_levels(std::string_view name) const;
    const circle::Person* person_named(std::string_view name) const;
    void tell_order(const Order& order);
    void end_levels(Now now);
    void take_in_the_gap(const Entered& frame, Now now);
    void take_removal(const MemberId& member, Now now, bool at_once);

    // pointing.cpp
    Result<void> reply(std::uint64_t seq, std::string_view text, Now now);
    Result<void> say_warned(std::uint64_t reply_to, std::string_view text, Now now);
    Result<void> react(std::uint64_t seq, ReactionSign sign, Now now);
    Result<void> hide(std::uint64_t seq, bool hidden, Now now);
    Result<void> pin(std::string_view text, Now now);
    Result<void> end(std::string_view last_words, Now now);
    Result<void> may_write(Now now);
    Result<InnerId> send_content(ContentKind kind, ByteView body, std::string_view text, bool gated, Now now);

    // showing.cpp
    void show_content(const circle::Person& from, const Content& content, const LogEntry& entry, Now now, bool own);
    void show_text(const circle::Person& from, const Content& content, const LogEntry& entry, bool own);
    void show_message(circle::ShownMessage message);
    void take_hide(const circle::Person& from, const Content& content);
    void take_reaction(const circle::Person& from, const Content& content, bool own);
    void take_pin(const circle::Person& from, const Content& content);
    void take_closing(const circle::Person& from, const Content& content, Now now, bool own);
    void take_pulse(const circle::Person& from, const Content& content, Now now);
    void doubt_list(const Hash& head);
    void take_list_again(const StaffListFrame& frame, Now now);

    // holding.cpp
    Result<void> hold(std::string_view text, Now now);
    Result<void> seal_held(OwnHeld& held);
    bool has_lost_its_readers(const OwnHeld& held) const;
    void pump_held(Now now);
    void hold_kept(Now now);
    void hold_refused(const Refused& answer, Now now);
    void take_held_message(const Signed<LaneContent>& content, const LaneId& lane);
    void take_release(const circle::Person& from, const Content& content, const LogEntry& entry, Now now, bool own);
    void give_back_release(const InnerId& id);
    void held_answered(const LaneId& lane, Now now);
    void give_up_held(Now now);
    Result<void> release(std::string_view name, Now now);
    Result<void> decline(std::string_view name, Now now);
    WaitingHeld* held_of(std::string_view author);
    void drop_stale_held();
    void forget_held(const InnerId& id, HeldEvent::State outcome);
    bool is_in_group(const MemberId& member) const;
    bool is_new(const MemberId& author, const InnerId& id);

    // farewell.cpp
    std::optional<Farewell> farewell;
    void begin_farewell(Now now);
    void take_erased(const LaneDelivery& delivery);
    void end_farewell();
    void tell_erasure(bool final);
    void tend_end(Now now);

    void on(const Accepted& accepted, const Request& request, Now now);
    void on(const Done& done, const Request& request, Now now);
    bool is_final() const;
};

bool asks_for_patience(Refusal refusal);  // the same may be asked again, after
std::uint64_t patience_ms(const Refused& answer);

std::string shown_name(const circle::Person* person, const mls::Member& member);

}  // namespace veranda::client
