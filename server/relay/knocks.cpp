// A knock's way from its card to its answer.
#include "server/relay/knocks.hpp"

#include <algorithm>

#include "server/relay/fan_out.hpp"
#include "server/relay/talk.hpp"

namespace veranda::relay {
namespace {

// A knock on its way to the store, judged step by step.
struct Knocking {
    ConnectionId from;
    RequestId request;
    Signed<KnockEnvelope> envelope;
    KnockId id;
    store::StoredCard card;
};

void stop_waiting(House& house, Peer& peer) {
    if (!peer.knock) return;
    const auto here = house.rooms.find(peer.knock->room);
    if (here != house.rooms.end()) {
        const auto joiner = here->second->joiners.find(peer.knock->stored.id);
        if (joiner != here->second->joiners.end() && joiner->second == peer.id) here->second->joiners.erase(joiner);
    }
    peer.knock.reset();
}

void deliver_answer(House& house, Peer& peer, const store::Answered& answered) {
    stop_waiting(house, peer);
    const Bytes frame = encode_frame_bytes(answered.type, {}, answered.body);
    peer.connection->send(std::make_shared<const Bytes>(frame), priority_of(answered.type));
}

// To one whose answer was found when she came, or came back: she may have missed what was said before it.
void deliver_talk_and_answer(House& house, Peer& peer, const RoomId& room, const KnockId& knock,
                             const store::Answered& answered) {
    tell_talk_to_joiner(house, peer, room, knock,
                        [answered](House& again, Peer& found) { deliver_answer(again, found, answered); });
}

// The newest knock of a connection replaces the older, which waits no longer.
void replace_knock(House& house, Peer& peer, const Knocking& knocking) {
    if (peer.knock && peer.knock->stored.id != knocking.id) {
        const WaitingKnock older = *peer.knock;
        stop_waiting(house, peer);
        house.store.end_knock(older.room, older.stored.id, KnockEnd::withdrawn, std::nullopt,
                              house.then<bool>([](House&, const auto&) {}));
    }
}

void put(House& house, RoomHere& here, Peer& peer, const Knocking& knocking) {
    replace_knock(house, peer, knocking);
    const store::StoredKnock stored{knocking.id, tls::encode(knocking.envelope)};
    peer.knock = WaitingKnock{here.id, stored};
    here.joiners[knocking.id] = peer.id;  // before the store knows it: its end may come before our answer
    house.store.put_knock(
        here.id, stored,
        house.then_for<store::KnockState>(peer, knocking.request,
                                          [request = knocking.request, id = knocking.id, room = here.id](
                                              House& again, Peer& found, const store::KnockState& state) {
                                              if (std::holds_alternative<store::Full>(state)) {
                                                  if (found.knock && found.knock->stored.id == id)
                                                      stop_waiting(again, found);
                                                  return again.refuse(found, request, Refusal::waiting_room_full,
                                                                      limits::waiting_knocks_max);
                                              }
                                              again.answer(found, request, Done{});
                                              if (const auto* answered = std::get_if<store::Answered>(&state))
                                                  deliver_talk_and_answer(again, found, room, id, *answered);
                                              else
                                                  tell_talk_to_joiner(again, found, room, id, [](House&, Peer&) {});
                                          }));
}

// Nobody new, but who waits already keeps her place, though she comes by another connection.
void judge_at_locked_door(House& house, Peer& peer, const Knocking& knocking) {
    const auto told = [knocking](House& again, Peer& found, const std::vector<store::StoredKnock>& waiting) {
        const bool waits = std::any_of(waiting.begin(), waiting.end(),
                                       [&](const store::StoredKnock& each) { return each.id == knocking.id; });
        RoomHere* const here = again.room(knocking.card.room);
        if (!waits || here == nullptr) return again.refuse(found, knocking.request, Refusal::room_locked);
        put(again, *here, found, knocking);
    };
    house.store.list_knocks(knocking.card.room,
                            house.then_for<std::vector<store::StoredKnock>>(peer, knocking.request, told));
}

// no_such_card, room_ended, room_locked, knock_signature.
void judge_knock(House& house, Peer& peer, const Knocking& knocking, const Verdict<RoomHere*>& loaded) {
    if (!loaded) {
        const bool is_gone = loaded.error().refusal == Refusal::no_such_room;
        return house.refuse(peer, knocking.request, is_gone ? Refused{Refusal::no_such_card} : loaded.error());
    }
    RoomHere& here = **loaded;
    if (here.is_remade) return house.refuse(peer, knocking.request, Refusal::no_such_card);
    if (here.room->ended(house.now)) return house.refuse(peer, knocking.request, Refusal::room_ended);
    if (here.room->locked()) return judge_at_locked_door(house, peer, knocking);
    if (!crypto::signature_holds(knocking.envelope, knocking.card.knock_key))
        return house.refuse(peer, knocking.request, Refusal::knock_signature);
    put(house, here, peer, knocking);
}

void answer_or_judge(House& house, Peer& peer, const Knocking& knocking,
                     const std::optional<store::Answered>& answered) {
    if (answered) {
        house.answer(peer, knocking.request, Done{});
        return deliver_talk_and_answer(house, peer, knocking.card.room, knocking.id, *answered);
    }
    with_room(house, knocking.card.room, [knocking](House& again, const Verdict<RoomHere*>& loaded) {
        if (Peer* const found = again.peer(knocking.from)) judge_knock(again, *found, knocking, loaded);
    });
}

void fetch_answer(House& house, RoomHere& here, const KnockId& knock) {
    const auto joiner = here.joiners.find(knock);
    if (joiner == here.joiners.end()) return;
    house.store.find_answer(
        here.id, knock,
        house.then<std::optional<store::Answered>>([from = joiner->second, knock](House& again, const auto& answer) {
            Peer* const peer = again.peer(from);
            if (!peer || !peer->knock || peer->knock->stored.id != knock) return;
            // Out of reach: keep_knocks_alive finds the answer later.
            const auto* found = std::get_if<std::optional<store::Answered>>(&answer);
            if (found && *found) deliver_answer(again, *peer, **found);
        }));
}

SharedFrame waiting_frame(const store::StoredKnock& knock) {
    return std::make_shared<const Bytes>(encode_frame_bytes(FrameType::knock_waiting, {}, knock.envelope));
}

void end_as_sent_away(House& house, const RoomId& room, const KnockId& knock) {
    house.store.end_knock(room, knock, KnockEnd::sent_away, std::nullopt, house.then<bool>([](House&, const auto&) {}));
}

// Answers whoever ends it: done, or no_such_knock.
void end_for(House& house, Peer& peer, RequestId request, const RoomId& room, const KnockId& knock, KnockEnd end,
             const std::optional<store::Answered>& told) {
    house.store.end_knock(room, knock, end, told,
                          house.then_for<bool>(peer, request, [request](House& again, Peer& found, bool did_wait) {
                              if (!did_wait) return again.refuse(found, request, Refusal::no_such_knock);
                              again.answer(found, request, Done{});
                          }));
}

}  // namespace

KnockId knock_id(const Signed<KnockEnvelope>& envelope) { return KnockId{crypto::hash_of(envelope).bytes}; }

void find_card(House& house, Peer& peer, RequestId request, const FindCard& find) {
    const bool is_staff = peer.seat && peer.seat->commits;  // who posts cards of her own
    if (!is_staff && peer.card && *peer.card != find.card)
        return house.refuse(peer, request, Refusal::one_card_a_connection);
    peer.card = find.card;
    house.store.find_card(find.card, house.then_for<std::optional<store::StoredCard>>(
                                         peer, request, [request](House& again, Peer& found, const auto& card) {
                                             if (!card || card->spent)
                                                 return again.refuse(found, request, Refusal::no_such_card);
                                             again.answer(found, request, CardFrame{card->sealed});
                                         }));
}

// too_long, no_such_card, then what judge_knock says. The same bytes again find their answer before any of it, though
// the card be spent, the room locked or another card posted in its place.
void knock(House& house, Peer& peer, RequestId request, const KnockFrame& frame) {
    if (peer.seat) return house.refuse(peer, request, Refusal::already_in_room);
    if (frame.envelope.body.sealed.size() > limits::knock_sealed_bytes_max)
        return house.refuse(peer, request, Refusal::too_long, limits::knock_sealed_bytes_max);
    Knocking knocking{peer.id, request, frame.envelope, knock_id(frame.envelope), {}};
    auto with_card = [knocking](House& again, Peer& found, const std::optional<store::StoredCard>& card) mutable {
        if (!card) return again.refuse(found, knocking.request, Refusal::no_such_card);
        knocking.card = *card;
        again.store.find_answer(
            card->room, knocking.id,
            again.then_for<std::optional<store::Answered>>(
                found, knocking.request, [knocking](House& later, Peer& joiner, const auto& answered) {
                    answer_or_judge(later, joiner, knocking, answered);
                }));
    };
    house.store.find_card(frame.envelope.body.card,
                          house.then_for<std::optional<store::StoredCard>>(peer, request, std::move(with_card)));
}

// no_such_knock. From another connection than the one that knocked, whoever asked for a card of the room and knows the
// knock's id is she: a page that was loaded again. The id is the secret; the card says which room.
void withdraw_knock(House& house, Peer& peer, RequestId request, const WithdrawKnock& withdraw) {
    if (peer.knock && peer.knock->stored.id == withdraw.knock) {
        const RoomId room = peer.knock->room;
        stop_waiting(house, peer);
        return end_for(house, peer, request, room, withdraw.knock, KnockEnd::withdrawn, std::nullopt);
    }
    if (!peer.card) return house.refuse(peer, request, Refusal::no_such_knock);
    house.store.find_card(
        *peer.card, house.then_for<std::optional<store::StoredCard>>(
                        peer, request, [request, id = withdraw.knock](House& again, Peer& found, const auto& card) {
                            if (!card) return again.refuse(found, request, Refusal::no_such_knock);
                            end_for(again, found, request, card->room, id, KnockEnd::withdrawn, std::nullopt);
                        }));
}

void joiner_closed(House& house, Peer& peer) { stop_waiting(house, peer); }

void keep_knocks_alive(House& house, const RoomHere& here) {
    std::vector<Peer*> waiting;
    for (const auto& [knock, from] : here.joiners)
        if (Peer* const peer = house.peer(from); peer && peer->knock) waiting.push_back(peer);
    for (Peer* peer : waiting) {
        if (!peer->knock) continue;
        const auto kept = [from = peer->id, room = here.id, id = peer->knock->stored.id](House& again,
                                                                                         const auto& answer) {
            Peer* const found = again.peer(from);
            const bool still_waits = found && found->knock && found->knock->stored.id == id;
            const auto* state = std::get_if<store::KnockState>(&answer);
            const auto* answered = state ? std::get_if<store::Answered>(state) : nullptr;
            if (still_waits && answered) deliver_talk_and_answer(again, *found, room, id, *answered);
        };
        house.store.put_knock(here.id, peer->knock->stored, house.then<store::KnockState>(kept));
    }
}

void send_joiners_away(House& house, const RoomHere& here) {
    std::vector<KnockId> knocks;
    for (const auto& [knock, from] : here.joiners) knocks.push_back(knock);
    for (const KnockId& knock : knocks) end_as_sent_away(house, here.id, knock);
}

void forget_joiners(House& house, RoomHere& here, GoneReason why) {
    const auto joiners = std::exchange(here.joiners, {});
    for (const auto& [knock, from] : joiners) {
        Peer* const peer = house.peer(from);
        if (!peer || !peer->knock) continue;
        peer->knock.reset();
        house.answer(*peer, {}, RoomGone{why});
    }
}

// order_signature, no_such_knock.
void refuse_knock(House& house, Peer& peer, RequestId request, const RefuseKnock& refusal) {
    const RoomHere& here = *peer.seat->room;
    const SignatureKey* key = here.room->session_key_of(peer.seat->member);
    if (!key || refusal.refusal.body.room != here.id || !crypto::signature_holds(refusal.refusal, *key))
        return house.refuse(peer, request, Refusal::order_signature);
    const store::Answered answer{FrameType::knock_refused, tls::encode(KnockRefused{refusal.refusal})};
    end_for(house, peer, request, here.id, refusal.refusal.body.knock, KnockEnd::refused, answer);
}

void post_cards(House& house, Peer& peer, RequestId request, PostCards&& post) {
    if (post.cards.size() > limits::cards_per_post_max)
        return house.refuse(peer, request, Refusal::too_long, limits::cards_per_post_max * limits::card_sealed_bytes);
    const bool are_of_one_size = std::all_of(post.cards.begin(), post.cards.end(), [](const PostedCard& card) {
        return card.sealed.size() == limits::card_sealed_bytes;
    });
    if (!are_of_one_size) return house.refuse(peer, request, Refusal::too_long, limits::card_sealed_bytes);
    house.store.put_cards(
        peer.seat->room->id, std::move(post.cards), house.now,
        house.then_for<store::Nothing>(peer, request, [request](House& again, Peer& found, store::Nothing) {
            again.answer(found, request, Done{});
        }));
}

void withdraw_cards(House& house, Peer& peer, RequestId request, WithdrawCards&& withdraw) {
    house.store.drop_cards(
        peer.seat->room->id, std::move(withdraw.cards),
        house.then_for<store::Nothing>(peer, request, [request](House& again, Peer& found, store::Nothing) {
            again.answer(found, request, Done{});
        }));
}

void show_waiting_knocks(House& house, Peer& peer) {
    house.store.list_knocks(
        peer.seat->room->id, house.then<std::vector<store::StoredKnock>>([id = peer.id, token = peer.seat->token](
                                                                             House& again, const auto& answer) {
            Peer* const found = again.peer(id);
            const auto* knocks = std::get_if<std::vector<store::StoredKnock>>(&answer);
            if (!knocks || !found || !found->seat || found->seat->token != token || !found->seat->is_in()) return;
            found->seat->is_owed_knocks = false;
            for (const store::StoredKnock& knock : *knocks) {
                found->seat->room->told.insert(knock.id);
                found->connection->send(waiting_frame(knock), priority_of(FrameType::knock_waiting));
                tell_talk_to_staff(again, *found, knock.id);
            }
        }));
}

void compare_waiting_knocks(House& house, RoomHere& here) {
    if (!here.has_staff()) return here.told.clear();
    house.store.list_knocks(
        here.id, house.then<std::vector<store::StoredKnock>>([id = here.id](House& again, const auto& answer) {
            RoomHere* const found = again.room(id);
            const auto* knocks = std::get_if<std::vector<store::StoredKnock>>(&answer);
            if (!found || !knocks) return;
            SetOf<KnockId> waiting;
            for (const store::StoredKnock& knock : *knocks) {
                waiting.insert(knock.id);
                knock_waits(again, *found, knock);
            }
            std::vector<KnockId> gone;
            for (const KnockId& knock : found->told)
                if (!waiting.contains(knock)) gone.push_back(knock);
            for (const KnockId& knock : gone) knock_ended(again, *found, knock, KnockEnd::withdrawn);
        }));
}

void send_everyone_waiting_away(House& house, const RoomId& room) {
    house.store.list_knocks(room, house.then<std::vector<store::StoredKnock>>([room](House& again, const auto& answer) {
        const auto* knocks = std::get_if<std::vector<store::StoredKnock>>(&answer);
        if (!knocks) return;
        for (const store::StoredKnock& knock : *knocks) end_as_sent_away(again, room, knock.id);
    }));
}

void knock_waits(House& house, RoomHere& here, const store::StoredKnock& knock) {
    if (!here.has_staff() || !here.told.insert(knock.id).second) return;
    send_to_staff(house, here, waiting_frame(knock), priority_of(FrameType::knock_waiting));
}

void knock_ended(House& house, RoomHere& here, const KnockId& knock, KnockEnd end) {
    here.told.erase(knock);
    send_to_staff(house, here, shared_frame(KnockGone{knock, end}), priority_of(FrameType::knock_gone));
    const auto joiner = here.joiners.find(knock);
    if (joiner == here.joiners.end()) return;
    if (end == KnockEnd::admitted || end == KnockEnd::refused) return fetch_answer(house, here, knock);
    Peer* const peer = house.peer(joiner->second);
    const bool is_told = end == KnockEnd::sent_away || end == KnockEnd::withdrawn;  // from another connection of hers
    if (is_told && peer) house.answer(*peer, {}, KnockGone{knock, end});
    if (peer && peer->knock && peer->knock->stored.id == knock)
        stop_waiting(house, *peer);
    else
        here.joiners.erase(knock);
}

}  // namespace veranda::relay
