// The desk's gates, and its beat.
#include "server/relay/desk.hpp"

#include <algorithm>

#include "server/relay/lane.hpp"

namespace veranda::relay {
namespace {

const auto nothing_follows = [](House&, const auto&) {};

template <class F>
void each_on_duty(House& house, F follow) {
    for (const std::uint64_t id : house.desk.people)
        if (Peer* const peer = house.peer(ConnectionId{id}); peer && peer->desk.duty) follow(*peer);
}

// After a cut there are two for a while: the one that is dead and the one that asked the same again.
template <class F>
void each_asker(House& house, const LaneId& request, F follow) {
    for (const std::uint64_t id : house.desk.people)
        if (Peer* const peer = house.peer(ConnectionId{id}); peer && peer->desk.request == request) follow(*peer);
}

void show_waiting(House& house, Peer& peer);

// What was asked while nobody here listened is shown to those on duty now.
void desk_watched(House& house) {
    if (std::exchange(house.desk.is_watched, true)) return;
    each_on_duty(house, [&](Peer& peer) { show_waiting(house, peer); });
}

// What happens at the desk is heard before anything of it is done: no answer is missed.
template <class F>
void once_watched(House& house, Peer& peer, RequestId request, F follow) {
    house.desk.people.insert(peer.id.value);
    if (house.desk.is_watched) return follow(house, peer);
    house.store.watch_desk(
        house.then_for<store::Nothing>(peer, request, [follow](House& again, Peer& found, store::Nothing) {
            desk_watched(again);
            follow(again, found);
        }));
}

SharedFrame waiting_frame(const store::StoredRequest& request) {
    tls::Writer body;
    tls::write(body, request.since);
    tls::write(body, request.left);
    body.raw(request.envelope);
    return std::make_shared<const Bytes>(encode_frame_bytes(FrameType::desk_request, {}, body.bytes()));
}

// How it stands comes first: what another has taken is not offered.
void show(Peer& peer, const store::StoredRequest& request, const SharedFrame& frame) {
    if (!request.holder.is_zero()) {
        const bool yours = peer.desk.duty->standing.turn() == request.holder;
        const DeskState state{request.id, DeskStanding::claimed, yours};
        peer.connection->send(shared_frame(state), priority_of(FrameType::desk_state));
    }
    peer.connection->send(frame, priority_of(FrameType::desk_request));
}

void show_waiting(House& house, Peer& peer) {
    house.store.list_requests(
        house.then<std::vector<store::StoredRequest>>([id = peer.id](House& again, const auto& answer) {
            Peer* const found = again.peer(id);
            const auto* requests = std::get_if<std::vector<store::StoredRequest>>(&answer);
            if (!found || !found->desk.duty || !requests) return;
            for (const store::StoredRequest& request : *requests) show(*found, request, waiting_frame(request));
        }));
}

void put_duty(House& house, const OnDuty& duty) {
    house.store.put_duty({duty.standing.turn(), tls::encode(duty.statement)},
                         house.then<store::Nothing>(nothing_follows));
}

void drop_duty(House& house, Peer& peer) {
    if (!peer.desk.duty) return;
    house.store.drop_duty(peer.desk.duty->standing.turn(), house.then<store::Nothing>(nothing_follows));
    peer.desk.duty.reset();
}

bool serves(const House& house, const std::string& origin) {
    const auto& origins = house.settings.origins;
    return std::find(origins.begin(), origins.end(), origin) != origins.end();
}

}  // namespace

// duty_statement, access_signature. Again, with the same key, it is renewed; with another, it is another turn.
void go_on_duty(House& house, Peer& peer, RequestId request, GoOnDuty&& frame) {
    auto standing =
        crypto::check_duty(frame.statement, house.organisation.root(), house.organisation.staff, seconds(house.now));
    if (!standing) return house.refuse(peer, request, Refusal::duty_statement);
    if (!serves(house, frame.access.body.origin) || !crypto::check_duty_access(frame.access, *standing, peer.challenge))
        return house.refuse(peer, request, Refusal::access_signature);
    OnDuty duty{*std::move(standing), std::move(frame.statement)};
    once_watched(house, peer, request, [request, duty = std::move(duty)](House& again, Peer& found) {
        const bool renews = found.desk.duty && found.desk.duty->standing.turn() == duty.standing.turn();
        if (!renews) drop_duty(again, found);
        found.desk.duty = duty;
        again.store.put_duty(
            {duty.standing.turn(), tls::encode(duty.statement)},
            again.then_for<store::Nothing>(found, request, [request, renews](House& later, Peer& self, store::Nothing) {
                later.answer(self, request, Done{});
                if (!renews) show_waiting(later, self);
            }));
    });
}

void go_off_duty(House& house, Peer& peer, RequestId request) {
    if (!peer.desk.duty) return house.refuse(peer, request, Refusal::not_on_duty);
    drop_duty(house, peer);
    house.answer(peer, request, Done{});
}

namespace {

// As many as fit one frame.
Bytes duty_body(const std::vector<store::StoredDuty>& all) {
    constexpr std::size_t bytes_max = limits::ordinary_frame_bytes_max - 2 * limits::frame_head_bytes;
    tls::Writer statements;
    for (std::size_t i = 0; i < std::min(all.size(), limits::duty_shown_max); ++i)
        if (statements.bytes().size() + all[i].statement.size() <= bytes_max) statements.raw(all[i].statement);
    tls::Writer body;
    body.vector(statements.bytes());
    return body.take();
}

}  // namespace

// too_many_requests (ms to wait).
void find_duty(House& house, Peer& peer, RequestId request, const FindDuty& find) {
    if (house.now < peer.desk.may_ask_again)
        return house.refuse(peer, request, Refusal::too_many_requests, peer.desk.may_ask_again.value - house.now.value);
    peer.desk.may_ask_again = UnixMillis{house.now.value + limits::find_duty_ms_min};
    peer.desk.nonce = find.nonce;
    once_watched(house, peer, request, [request, nonce = find.nonce](House& again, Peer& asker) {
        again.store.list_duty(again.then_for<std::vector<store::StoredDuty>>(
            asker, request, [request, nonce](House& later, Peer& found, const std::vector<store::StoredDuty>& all) {
                const Bytes frame = encode_frame_bytes(FrameType::duty, request, duty_body(all));
                found.connection->send(std::make_shared<const Bytes>(frame), priority_of(FrameType::duty));
                if (!all.empty()) later.store.announce_duty_nonce(nonce);
            }));
    });
}

// not_on_duty, duty_statement.
void prove_duty(House& house, Peer& peer, RequestId request, const ProveDuty& frame) {
    if (!peer.desk.duty) return house.refuse(peer, request, Refusal::not_on_duty);
    const Challenge& nonce = frame.proof.body.nonce;
    if (!crypto::check_duty_proof(frame.proof, peer.desk.duty->standing, nonce))
        return house.refuse(peer, request, Refusal::duty_statement);
    house.store.announce_duty_proof(nonce, tls::encode(frame.proof));
    house.answer(peer, request, Done{});
}

// too_long (bytes allowed), desk_full (how many may wait: 0, where there is no desk key to leave it for).
void ask_desk(House& house, Peer& peer, RequestId request, const AskDesk& ask) {
    if (!is_of_the_one_size(ask.envelope))
        return house.refuse(peer, request, Refusal::too_long, lane_envelope_bytes_max);
    if (ask.left && !house.organisation.organisation.body.desk_key)
        return house.refuse(peer, request, Refusal::desk_full, 0);
    store::StoredRequest stored{{}, {}, ask.left.has_value(), tls::encode(ask.envelope), {}, {}};
    if (ask.left) stored.answer = *ask.left;
    stored.id = LaneId{crypto::sha256(stored.envelope).bytes};
    once_watched(house, peer, request, [request, stored](House& again, Peer& asker) {
        if (asker.desk.request && *asker.desk.request != stored.id)
            again.store.end_request(*asker.desk.request, {}, again.then<std::optional<Hash>>(nothing_follows));
        asker.desk.request = stored.id;  // before the store knows it: it may be claimed before our answer
        again.store.put_request(
            stored, again.then_for<store::RequestPut>(
                        asker, request, [request, id = stored.id](House& later, Peer& found, store::RequestPut put) {
                            if (!put.is_kept) {
                                if (found.desk.request == id) found.desk.request.reset();
                                return later.refuse(found, request, Refusal::desk_full, limits::desk_waiting_max);
                            }
                            later.answer(found, request, Done{});
                            if (!put.holder.is_zero())
                                later.answer(found, {}, DeskState{id, DeskStanding::claimed, false});
                        }));
    });
}

// not_on_duty, no_such_request, request_claimed.
void claim_request(House& house, Peer& peer, RequestId request, const ClaimRequest& claim) {
    if (!peer.desk.duty) return house.refuse(peer, request, Refusal::not_on_duty);
    const Hash turn = peer.desk.duty->standing.turn();
    house.store.claim_request(
        claim.request, turn, house.settings.claim,
        house.then_for<Hash>(peer, request, [=, id = claim.request](House& again, Peer& found, const Hash& holder) {
            if (holder.is_zero()) return again.refuse(found, request, Refusal::no_such_request);
            if (holder != turn) return again.refuse(found, request, Refusal::request_claimed);
            again.answer(found, request, DeskClaim{id, static_cast<std::uint32_t>(again.settings.claim.count())});
        }));
}

// not_on_duty, no_such_request (there is none, or she has not claimed it), request_claimed (by another).
void end_request(House& house, Peer& peer, RequestId request, const EndRequest& end) {
    if (!peer.desk.duty) return house.refuse(peer, request, Refusal::not_on_duty);
    const Hash turn = peer.desk.duty->standing.turn();
    house.store.end_request(
        end.request, turn,
        house.then_for<std::optional<Hash>>(peer, request, [=](House& again, Peer& found, const auto& holder) {
            if (!holder || holder->is_zero()) return again.refuse(found, request, Refusal::no_such_request);
            if (*holder != turn) return again.refuse(found, request, Refusal::request_claimed);
            again.answer(found, request, Done{});
        }));
}

// no_such_request: there is none, or not of this connection.
void withdraw_request(House& house, Peer& peer, RequestId request, const WithdrawRequest& withdraw) {
    if (peer.desk.request != withdraw.request) return house.refuse(peer, request, Refusal::no_such_request);
    peer.desk.request.reset();
    house.store.end_request(
        withdraw.request, {},
        house.then_for<std::optional<Hash>>(peer, request, [request](House& again, Peer& found, const auto& had) {
            if (!had) return again.refuse(found, request, Refusal::no_such_request);
            again.answer(found, request, Done{});
        }));
}

// not_on_duty, too_long (bytes allowed), no_such_request (none that was left, or not with this answer, or she has not
// claimed it), request_claimed (by another), desk_full (how many answers are kept).
void answer_request(House& house, Peer& peer, RequestId request, AnswerRequest&& frame) {
    if (!peer.desk.duty) return house.refuse(peer, request, Refusal::not_on_duty);
    if (frame.sealed.size() != limits::desk_answer_sealed_bytes)
        return house.refuse(peer, request, Refusal::too_long, limits::desk_answer_sealed_bytes);
    const Hash turn = peer.desk.duty->standing.turn();
    house.store.put_desk_answer(
        frame.request, frame.answer, turn, std::move(frame.sealed), store::milliseconds(limits::desk_answer_ms),
        house.then_for<store::AnswerPut>(peer, request, [request](House& again, Peer& found, store::AnswerPut put) {
            switch (put) {
                case store::AnswerPut::kept: return again.answer(found, request, Done{});
                case store::AnswerPut::no_such_request: return again.refuse(found, request, Refusal::no_such_request);
                case store::AnswerPut::claimed: return again.refuse(found, request, Refusal::request_claimed);
                case store::AnswerPut::full: break;
            }
            again.refuse(found, request, Refusal::desk_full, limits::desk_answers_max);
        }));
}

// too_many_requests (ms to wait), not_answered (the request still waits), no_such_answer.
void find_answer(House& house, Peer& peer, RequestId request, const FindAnswer& find) {
    if (house.now < peer.desk.may_look_again)
        return house.refuse(peer, request, Refusal::too_many_requests,
                            peer.desk.may_look_again.value - house.now.value);
    peer.desk.may_look_again = UnixMillis{house.now.value + limits::find_answer_ms_min};
    house.store.find_desk_answer(
        find.answer, house.then_for<store::FoundAnswer>(
                         peer, request, [request](House& again, Peer& found, const store::FoundAnswer& answer) {
                             if (!answer.sealed.empty())
                                 return again.answer(found, request, DeskAnswerFrame{answer.sealed});
                             again.refuse(found, request,
                                          answer.is_awaited ? Refusal::not_answered : Refusal::no_such_answer);
                         }));
}

// not_on_duty, too_long (bytes allowed), no_such_turn.
void hand_over(House& house, Peer& peer, RequestId request, HandOverFrame&& frame) {
    if (!peer.desk.duty) return house.refuse(peer, request, Refusal::not_on_duty);
    if (frame.sealed.size() != limits::hand_over_sealed_bytes)
        return house.refuse(peer, request, Refusal::too_long, limits::hand_over_sealed_bytes);
    house.store.list_duty(house.then_for<std::vector<store::StoredDuty>>(
        peer, request,
        [request, frame = std::move(frame)](House& again, Peer& found, const std::vector<store::StoredDuty>& all) {
            const bool is_there =
                std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.turn == frame.turn; });
            if (!is_there) return again.refuse(found, request, Refusal::no_such_turn);
            again.store.announce_hand_over(frame.turn, frame.sealed);
            again.answer(found, request, Done{});
        }));
}

// ---- what the store tells ----

void duty_asked(House& house, const Challenge& nonce) {
    const SharedFrame frame = shared_frame(DutyNonce{nonce});
    each_on_duty(house, [&](Peer& peer) { peer.connection->send(frame, priority_of(FrameType::duty_nonce)); });
}

void duty_proved(House& house, const Challenge& nonce, const Bytes& proof) {
    for (const std::uint64_t id : house.desk.people) {
        Peer* const peer = house.peer(ConnectionId{id});
        if (!peer || peer->desk.nonce != nonce) continue;
        const Bytes frame = encode_frame_bytes(FrameType::duty_proof, {}, proof);
        peer->connection->send(std::make_shared<const Bytes>(frame), priority_of(FrameType::duty_proof));
    }
}

void handed_over(House& house, const Hash& turn, const Bytes& sealed) {
    each_on_duty(house, [&](Peer& peer) {
        if (peer.desk.duty->standing.turn() == turn) house.answer(peer, {}, HandedOver{sealed});
    });
}

void request_waits(House& house, const store::StoredRequest& request) {
    const SharedFrame frame = waiting_frame(request);
    each_on_duty(house, [&](Peer& peer) { show(peer, request, frame); });
    // Told anew after a cut: its asker may have missed how it stands.
    const bool is_claimed = !request.holder.is_zero();
    if (is_claimed)
        each_asker(house, request.id, [&](Peer& asker) {
            house.answer(asker, {}, DeskState{request.id, DeskStanding::claimed, false});
        });
}

void request_stands(House& house, const LaneId& request, DeskStanding standing, const Hash& holder) {
    each_on_duty(house, [&](Peer& peer) {
        const bool yours = standing == DeskStanding::claimed && peer.desk.duty->standing.turn() == holder;
        house.answer(peer, {}, DeskState{request, standing, yours});
    });
    each_asker(house, request, [&](Peer& asker) {
        house.answer(asker, {}, DeskState{request, standing, false});
        if (standing == DeskStanding::gone) asker.desk.request.reset();
    });
}

// ---- the world ----

// A request outlives its connection for as long as a knock does, to be asked again with the same bytes.
void leave_desk(House& house, Peer& peer) {
    drop_duty(house, peer);
    house.desk.people.erase(peer.id.value);
}

namespace {

void mend(House& house, const store::DeskMissing& missing) {
    each_on_duty(house, [&](Peer& peer) {
        const Hash turn = peer.desk.duty->standing.turn();
        if (std::find(missing.duty.begin(), missing.duty.end(), turn) != missing.duty.end())
            put_duty(house, *peer.desk.duty);
    });
    for (const LaneId& request : missing.requests)
        each_asker(house, request, [&](Peer& asker) {
            asker.desk.request.reset();
            house.answer(asker, {}, DeskState{request, DeskStanding::gone, false});
        });
}

void beat_desk(House& house) {
    std::vector<Hash> duty;
    std::vector<LaneId> requests;
    const std::vector<std::uint64_t> people(house.desk.people.begin(), house.desk.people.end());
    for (const std::uint64_t id : people) {
        Peer* const peer = house.peer(ConnectionId{id});
        if (!peer) continue;
        if (peer->desk.duty && peer->desk.duty->standing.not_after() < seconds(house.now)) drop_duty(house, *peer);
        if (peer->desk.duty) duty.push_back(peer->desk.duty->standing.turn());
        if (peer->desk.request) requests.push_back(*peer->desk.request);
        if (!peer->desk.is_there() && peer->in_flight == 0) house.desk.people.erase(id);
    }
    if (!house.desk.is_watched)
        house.store.watch_desk(house.then<store::Nothing>([](House& again, const auto& answer) {
            if (std::holds_alternative<store::Nothing>(answer)) desk_watched(again);
        }));
    house.store.refresh_desk(duty, requests, house.then<store::DeskMissing>([](House& again, const auto& answer) {
        if (const auto* missing = std::get_if<store::DeskMissing>(&answer)) mend(again, *missing);
    }));
}

}  // namespace

void tend_desk(House& house) {
    DeskHere& desk = house.desk;
    if (desk.people.empty()) {
        if (std::exchange(desk.is_watched, false)) house.store.unwatch_desk();
        return;
    }
    if (house.now < desk.next_beat) return;
    const auto claim_ms = static_cast<std::uint64_t>(house.settings.claim.count());
    desk.next_beat = UnixMillis{house.now.value + std::min(limits::desk_beat_ms, claim_ms / 2)};
    beat_desk(house);
}

void forget_desk(House& house) {
    house.desk.is_watched = false;
    house.desk.next_beat = {};  // what is missing is found, and put again or told
}

void judge_duty_anew(House& house) {
    each_on_duty(house, [&](Peer& peer) {
        const auto& organisation = house.organisation;
        const auto& statement = peer.desk.duty->statement;
        const auto good = crypto::check_duty(statement, organisation.root(), organisation.staff, seconds(house.now));
        if (good) return;
        drop_duty(house, peer);
        if (good.error().is(crypto::faults::duty_lifetime)) return;  // she renews it in a moment
        peer.is_closing = true;
        peer.connection->close(CloseCode::policy_violation);
    });
}

}  // namespace veranda::relay
