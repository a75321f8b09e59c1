// Dispatch: from a message to its frames, from each frame to its subject; and from the store's events to theirs.
#include "server/relay/relay.hpp"

#include "server/relay/appends.hpp"
#include "server/relay/desk.hpp"
#include "server/relay/entrance.hpp"
#include "server/relay/fan_out.hpp"
#include "server/relay/knocks.hpp"
#include "server/relay/lane.hpp"
#include "server/relay/leases.hpp"
#include "server/relay/presence.hpp"
#include "server/relay/proof_of_work.hpp"
#include "server/relay/talk.hpp"

namespace veranda::relay {

struct Relay::State : House {
    using House::House;
    Bytes staff_list_body;                      // encoded once
    std::vector<Received<ClientFrame>> frames;  // of the message that is being taken
};

namespace {

// Which frames come from where: from anyone who has greeted, from members, from staff who commit.
template <class Frame>
constexpr bool is_for_members = std::is_same_v<Frame, Submit> || std::is_same_v<Frame, LaneFrame> ||
                                std::is_same_v<Frame, Leave> || std::is_same_v<Frame, Hold>;
template <class Frame>
constexpr bool is_for_staff =
    std::is_same_v<Frame, Admit> || std::is_same_v<Frame, RefuseKnock> || std::is_same_v<Frame, OrderFrame> ||
    std::is_same_v<Frame, PostCards> || std::is_same_v<Frame, WithdrawCards> || std::is_same_v<Frame, ClaimLease> ||
    std::is_same_v<Frame, AcknowledgeLane>;

// What has no gate of its own that would stop it after the end. Then only the lane is open, for a last word; what goes
// into the log is judged there, since it may be a double of what the log has.
template <class Frame>
constexpr bool is_over_with_the_room = std::is_same_v<Frame, RefuseKnock> || std::is_same_v<Frame, PostCards> ||
                                       std::is_same_v<Frame, WithdrawCards> || std::is_same_v<Frame, ClaimLease>;

Refusal why_gone(GoneReason reason) {
    switch (reason) {
        case GoneReason::ended: return Refusal::room_ended;
        case GoneReason::removed: return Refusal::member_removed;
        case GoneReason::forgotten: return Refusal::no_such_room;
        case GoneReason::elsewhere: return Refusal::elsewhere;
        case GoneReason::remade: return Refusal::room_remade;
        case GoneReason::left: return Refusal::not_in_room;
    }
    return Refusal::not_in_room;
}

// Is this connection where the frame may come from? Errors: proof_of_work is answered elsewhere; not_yet, or why it is
// in no room any more, or busy, only_staff, room_ended.
template <class Frame>
Verdict<void> may_send(const Peer& peer, UnixMillis now) {
    if constexpr (std::is_same_v<Frame, ClientHello>) return {};
    if (!peer.has_greeted) return refuse(Refusal::not_yet);
    if constexpr (std::is_same_v<Frame, LaneFrame>) {
        if (!peer.seat && peer.knock) return {};  // the lane is open from the waiting room too
    }
    if constexpr (is_for_members<Frame> || is_for_staff<Frame>) {
        if (!peer.seat) return refuse(peer.gone ? why_gone(*peer.gone) : Refusal::not_yet);
        if (!peer.seat->is_in()) return refuse(why_gone(*peer.seat->catch_up.goes));
        if (!peer.seat->room->is_loaded) return refuse(Refusal::busy);
    }
    if constexpr (is_for_staff<Frame>) {
        if (!peer.seat->commits) return refuse(Refusal::only_staff);
    }
    if constexpr (is_over_with_the_room<Frame>) {
        if (peer.seat->room->room->ended(now)) return refuse(Refusal::room_ended);
    }
    return {};
}

void greet(House& house, Peer& peer, RequestId request, const ClientHello& hello) {
    const unsigned bits = house.settings.proof_of_work_bits;
    if (!peer.has_greeted && !proves_work(peer.challenge, hello.proof_of_work, bits))
        return house.refuse(peer, request, Refusal::proof_of_work, bits);
    peer.has_greeted = true;
    house.answer(peer, request, Done{});
}

// The bucket of requests. The lane has one of its own: an alarm waits for nothing.
bool has_time_for(House& house, Peer& peer, RequestId request, bool is_lane) {
    if (is_lane && (peer.seat || peer.knock)) return true;
    const std::uint64_t wait_ms = peer.requests.take(house.now);
    const bool has_too_many_in_flight = peer.in_flight >= limits::in_flight_max;
    if (wait_ms == 0 && !has_too_many_in_flight) {
        peer.floods = 0;
        return true;
    }
    house.refuse(peer, request, Refusal::too_many_requests, wait_ms);
    if (++peer.floods >= limits::floods_max) {
        peer.is_closing = true;
        peer.connection->close(CloseCode::policy_violation);
    }
    return false;
}

void close_with_fault(House& house, Peer& peer, const Error& error) {
    ++house.counts.faults;
    house.answer(peer, {}, Fault{std::string(error.rule->name), error.detail});
    const bool is_too_long = error.is(faults::message_too_long) || error.is(faults::frame_too_long);
    peer.is_closing = true;
    peer.connection->close(is_too_long ? CloseCode::message_too_big : CloseCode::protocol_error);
}

// One overload for each frame of a client, in the order of frames.hpp.
struct Dispatch {
    House& house;
    const Bytes& staff_list_body;
    Peer& peer;
    RequestId request;

    template <class Frame>
    void operator()(Frame& frame) {
        const auto may = may_send<Frame>(peer, house.now);
        if (!may) return house.refuse(peer, request, may.error());
        take(frame);
    }
    void take(ClientHello& hello) { greet(house, peer, request, hello); }
    void take(GetStaffList&) {
        const Bytes frame = encode_frame_bytes(FrameType::staff_list, request, staff_list_body);
        peer.connection->send(std::make_shared<const Bytes>(frame), priority_of(FrameType::staff_list));
    }
    void take(FindCard& find) { find_card(house, peer, request, find); }
    void take(KnockFrame& frame) { knock(house, peer, request, frame); }
    void take(WithdrawKnock& withdraw) { withdraw_knock(house, peer, request, withdraw); }
    void take(OpenRoom& open) { open_room(house, peer, request, open); }
    void take(Enter& frame) { enter(house, peer, request, frame); }
    void take(Submit& submit) { ask(house, peer, request, std::move(submit)); }
    void take(Admit& admit) { ask(house, peer, request, std::move(admit)); }
    void take(RefuseKnock& frame) { refuse_knock(house, peer, request, frame); }
    void take(OrderFrame& order) { ask(house, peer, request, std::move(order)); }
    void take(PostCards& post) { post_cards(house, peer, request, std::move(post)); }
    void take(WithdrawCards& withdraw) { withdraw_cards(house, peer, request, std::move(withdraw)); }
    void take(ClaimLease& claim) { claim_lease(house, peer, request, claim); }
    void take(LaneFrame& frame) { send_lane(house, peer, request, frame); }
    void take(AcknowledgeLane& frame) { acknowledge_lane(house, peer, request, frame); }
    void take(Leave& leave) { ask(house, peer, request, leave); }
    void take(Talk& frame) { talk(house, peer, request, std::move(frame)); }
    void take(Hold& frame) { hold(house, peer, request, frame); }
    void take(GoOnDuty& duty) { go_on_duty(house, peer, request, std::move(duty)); }
    void take(GoOffDuty&) { go_off_duty(house, peer, request); }
    void take(FindDuty& find) { find_duty(house, peer, request, find); }
    void take(ProveDuty& proof) { prove_duty(house, peer, request, proof); }
    void take(AskDesk& frame) { ask_desk(house, peer, request, frame); }
    void take(ClaimRequest& claim) { claim_request(house, peer, request, claim); }
    void take(EndRequest& end) { end_request(house, peer, request, end); }
    void take(WithdrawRequest& withdraw) { withdraw_request(house, peer, request, withdraw); }
    void take(AnswerRequest& answer) { answer_request(house, peer, request, std::move(answer)); }
    void take(FindAnswer& find) { find_answer(house, peer, request, find); }
    void take(HandOverFrame& frame) { hand_over(house, peer, request, std::move(frame)); }
};

void see_time(House& house, UnixMillis now) { house.now = std::max(house.now, now); }

}  // namespace

Relay::Relay(Settings settings, Organisation organisation, store::Store& store, crypto::RandomSource& random)
    : state_(std::make_shared<State>(std::move(settings), std::move(organisation), store, random)) {
    state_->self = state_;
    state_->staff_list_body = tls::encode(StaffListFrame{state_->organisation.staff});
    store.listen(*this);
}

Relay::~Relay() = default;

ConnectionId Relay::opened(Connection& connection, UnixMillis now) {
    see_time(*state_, now);
    const ConnectionId id = state_->last_connection = state_->last_connection.next();
    const auto challenge = Challenge::from(state_->random.array<Challenge::size>());
    const ServerHello hello{now, challenge, state_->settings.proof_of_work_bits, state_->organisation.organisation,
                            state_->organisation.staff.head};
    connection.send(shared_frame(hello), priority_of(ServerHello::type));
    state_->peers.try_emplace(id.value, id, connection, challenge, state_->settings.rates);
    return id;
}

void Relay::received(ConnectionId id, ByteView message, UnixMillis now) {
    const auto state = state_;
    see_time(*state, now);
    Peer* const peer = state->peer(id);
    if (!peer || peer->is_closing) return;
    const auto decoded = decode_client_message(message, state->frames);
    if (!decoded) return close_with_fault(*state, *peer, decoded.error());
    for (auto& [request, frame] : state->frames) {
        if (peer->is_closing) break;
        const bool is_lane = std::holds_alternative<ClientFrame>(frame) &&
                             std::holds_alternative<LaneFrame>(std::get<ClientFrame>(frame));
        if (!has_time_for(*state, *peer, request, is_lane)) continue;
        if (const auto* unknown = std::get_if<UnknownFrame>(&frame))
            state->refuse(*peer, request, Refusal::unknown_frame, static_cast<std::uint64_t>(unknown->type));
        else
            std::visit(Dispatch{*state, state->staff_list_body, *peer, request}, std::get<ClientFrame>(frame));
    }
    state->frames.clear();  // what they carried goes; their memory is used again
}

void Relay::closed(ConnectionId id, UnixMillis now) {
    see_time(*state_, now);
    Peer* const peer = state_->peer(id);
    if (!peer) return;
    drop_seat(*state_, *peer);
    joiner_closed(*state_, *peer);
    leave_desk(*state_, *peer);
    state_->peers.erase(id.value);
}

void Relay::tick(UnixMillis now) {
    const auto state = state_;
    see_time(*state, now);
    const std::vector<std::uint64_t> behind(state->catching_up.begin(), state->catching_up.end());
    for (const std::uint64_t id : behind)
        if (Peer* const peer = state->peer(ConnectionId{id}); peer && peer->seat) read_on(*state, *peer);
    tend_rooms(*state);
    tend_desk(*state);
}

void Relay::organisation_changed(Organisation organisation, UnixMillis now) {
    see_time(*state_, now);
    state_->organisation = std::move(organisation);
    state_->staff_list_body = tls::encode(StaffListFrame{state_->organisation.staff});
    judge_duty_anew(*state_);
    for (auto& [id, peer] : state_->peers) {
        if (!peer.seat || !peer.seat->room->is_loaded) continue;
        const Admission* admission = peer.seat->room->room->admission_of(peer.seat->member);
        if (!admission || !admission->staff) continue;
        if (staff_standing(*admission->staff, admission->room, state_->organisation, state_->now)) continue;
        drop_seat(*state_, peer);
        peer.is_closing = true;
        peer.connection->close(CloseCode::policy_violation);
    }
}

Counts Relay::counts() const {
    Counts counts = state_->counts;
    counts.connections = state_->peers.size();
    counts.rooms = state_->rooms.size();
    return counts;
}

void Relay::on_entry(RoomId room, const LogEntry& entry) {
    const auto found = state_->rooms.find(room);
    if (found == state_->rooms.end()) return;
    if (found->second->is_loaded) return take_in(*state_, *found->second, entry);
    if (found->second->is_loading) found->second->early.push_back(entry);
}

void Relay::on_knock(RoomId room, const store::StoredKnock& knock) {
    if (RoomHere* const here = state_->room(room)) knock_waits(*state_, *here, knock);
}

void Relay::on_knock_end(RoomId room, KnockId knock, KnockEnd end) {
    if (RoomHere* const here = state_->room(room)) knock_ended(*state_, *here, knock, end);
}

void Relay::on_talk(RoomId room, KnockId knock, const store::StoredTalk& talk) {
    if (RoomHere* const here = state_->room(room)) talk_came(*state_, *here, knock, talk);
}

void Relay::on_entrance(RoomId room, AccessKey key, std::uint64_t token) {
    if (RoomHere* const here = state_->room(room)) see_entrance(*state_, *here, key, token);
}

void Relay::on_presence(RoomId room, MemberId member, Whereabouts whereabouts) {
    if (RoomHere* const here = state_->room(room)) see_presence(*state_, *here, member, whereabouts);
}

void Relay::on_lane(RoomId room, const store::StoredLane& lane) {
    if (RoomHere* const here = state_->room(room)) lane_waits(*state_, *here, lane);
}

void Relay::on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) {
    if (RoomHere* const here = state_->room(room)) lane_acknowledged(*state_, *here, to, acknowledgement);
}

void Relay::on_remade(RoomId room) {
    const auto found = state_->rooms.find(room);
    if (found != state_->rooms.end()) room_remade(*state_, *found->second);
}

void Relay::on_forgotten() {
    forget_all_rooms(*state_);
    forget_desk(*state_);
}

void Relay::on_duty_nonce(Challenge nonce) { duty_asked(*state_, nonce); }
void Relay::on_duty_proof(Challenge nonce, const Bytes& proof) { duty_proved(*state_, nonce, proof); }
void Relay::on_hand_over(Hash turn, const Bytes& sealed) { handed_over(*state_, turn, sealed); }
void Relay::on_desk_request(const store::StoredRequest& request) { request_waits(*state_, request); }
void Relay::on_desk_state(LaneId request, DeskStanding standing, Hash holder) {
    request_stands(*state_, request, standing, holder);
}

}  // namespace veranda::relay
