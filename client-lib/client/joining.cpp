// The way in: from a pass to its card, from a knock to a Welcome, and into the room; the same way after a cut.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "client-lib/client/booking.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "protocol/hex.hpp"

namespace veranda::client {

Result<void> Client::State::open_invite(circle::Pass pass, Now now) {
    if (wire != Wire::idle || joining || hosting) return fail(faults::not_now);
    joining.emplace(Joining{std::move(pass), {}, {}, {}, {}, {}, {}});
    start(now);
    return {};
}

void Client::State::find_card(Now now) {
    const Day day = circle::day_of(relay_now(now), trust.organisation().zone_minutes);
    joining->card_id = circle::card_id(joining->pass.keys(), day);
    ask(FindCard{joining->card_id}, {Asked::card, {}});
}

void Client::State::on(const CardFrame& frame, const Request& request, Now now) {
    if (hosting && request.asked == Asked::group_card) return take_group_card(*this, frame.sealed, now);
    if (!joining || joining->card) return;
    auto card = circle::open_card(frame.sealed, joining->pass, joining->card_id, trust, trusted_now(now));
    if (!card) {
        report(card.error());
        return joining->looks_again ? look_again(now) : stop(Phase::refused);
    }
    const auto& issuers = joining->issuers;
    const Hash& issuer = card->issuer().certificate();
    if (!issuers.empty() && std::find(issuers.begin(), issuers.end(), issuer) == issuers.end()) {
        report(Error{&faults::card_of_another});
        return joining->looks_again ? look_again(now) : stop(Phase::refused);
    }
    if (joining->looks_again) {
        joining->card.emplace(*std::move(card));
        return knock_again(now);
    }
    const Card& body = card->card();
    InvitationEvent event{.group = {},
                          .rules = {},
                          .language = {},
                          .organisation = circle::safe_text(trust.organisation().name),
                          .facilitator = circle::safe_text(card->issuer().name())};
    if (body.welcome) {
        event.group = circle::safe_text(body.welcome->name);
        event.rules = circle::safe_text(body.welcome->rules, true);
        event.language = circle::safe_text(body.welcome->language);
        language = event.language;
    }
    joining->card.emplace(*std::move(card));
    events.push_back(std::move(event));
}

namespace {

StaffCredential make_credential(const StaffKeys& keys, const RoomId& room, RoomKind kind,
                                const SignatureKey& session_key, const SealingKey& lane_key, UnixSeconds now) {
    const UnixSeconds from{now.value - statement_early_seconds};
    const SessionStatement statement{.room = room,
                                     .certificate = crypto::hash_of(keys.certificate),
                                     .session_key = session_key,
                                     .lane_key = lane_key,
                                     .role = keys.certificate.body.role,
                                     .kind = kind,
                                     .not_before = from,
                                     .not_after = UnixSeconds{from.value + statement_seconds}};
    return {keys.certificate, crypto::sign(statement, keys.key)};
}

mls::OwnKeyPackage make_leaf(ByteView identity, const crypto::SigningKey& leaf_key, UnixSeconds now,
                             crypto::RandomSource& random) {
    return mls::make_key_package(identity, leaf_key.clone(), UnixSeconds{now.value - key_package_seconds},
                                 UnixSeconds{now.value + key_package_seconds}, random);
}

// A second facilitator invites to the same group, as the card describes it.
GroupPlan plan_of(const Card& card) {
    GroupPlan plan;
    plan.kind = card.issuer.statement.body.kind;
    if (card.welcome)
        plan.name = card.welcome->name, plan.rules = card.welcome->rules, plan.language = card.welcome->language;
    return plan;
}

}  // namespace

StaffSelf make_staff_self(const StaffKeys& keys, const RoomId& room, RoomKind kind,
                          const crypto::SigningKey& session_key, UnixSeconds now, crypto::RandomSource& random) {
    crypto::KemKeyPair lane_key = crypto::KemKeyPair::generate(random);
    StaffCredential credential = make_credential(keys, room, kind, session_key.public_key(), lane_key.public_key, now);
    return {std::move(credential), std::move(lane_key), room};
}

Result<void> Client::State::knock(std::string_view pseudonym, std::optional<StaffKeys> keys, Now now) {
    if (!joining || !joining->card || joining->envelope || returning) return fail(faults::not_now);
    if (!keys) {
        TRY(circle::check_pseudonym(pseudonym));
        TRY(circle::check_not_of_staff(pseudonym));
    }
    const bool has_words = joining->card->card().kind == CardKind::returning;
    const KnockReason reason = has_words ? KnockReason::returning : KnockReason::first_visit;
    TRY(knock_as(pseudonym, keys ? &*keys : nullptr, keys ? KnockReason::staff : reason, now));
    if (keys) take_post(*std::move(keys));
    set_phase(wire == Wire::up ? Phase::waiting : Phase::reconnecting);
    return {};
}

// What facilitators see is one person, who stands at the door as before; what was said there is not here any more.
Result<void> Client::State::knock_anew(std::string_view pseudonym, std::string_view earlier, Now now) {
    KnockId id;
    if (!from_hex(id.bytes, earlier)) return fail(faults::knock_form);
    if (!joining || !joining->card || joining->envelope || returning) return fail(faults::not_now);
    joining->in_place_of = id;
    return knock(pseudonym, std::nullopt, now);
}

// `keys`: of staff, who knock by their certificate's name.
Result<void> Client::State::knock_as(std::string_view pseudonym, const StaffKeys* keys, KnockReason reason, Now now) {
    const RoomId room = joining->card->card().room;
    const UnixSeconds today = trusted_now(now);
    self.emplace(Self{crypto::SigningKey::generate(random), crypto::SigningKey::generate(random), {}});
    circle::KnockRequest request;
    request.pseudonym = keys != nullptr ? keys->certificate.body.name : std::string(pseudonym);
    request.reason = reason;
    Bytes identity = circle::member_identity(request.pseudonym);
    if (keys != nullptr) {
        staff.emplace(make_staff_self(*keys, room, joining->card->issuer().kind(), self->leaf_key, today, random));
        request.staff = staff->credential;
        identity = circle::staff_identity(staff->credential);
    }
    if (returning) request.from = ReturnPoint{returning->member, returning->last};
    joining->key_package.emplace(make_leaf(identity, self->leaf_key, today, random));
    request.key_package = tls::encode(joining->key_package->public_part);
    request.access_key = AccessKey{self->access_key.public_key().bytes};
    joining->ticket_entropy = crypto::random_secret<circle::pass_entropy_bytes>(random);
    joining->ticket = circle::Pass::from(*joining->ticket_entropy);
    request.ticket = joining->ticket->keys();
    joining->pseudonym = request.pseudonym;
    joining->is_known = false;
    joining->talks = 0;
    joining->heard.clear();
    recaps.clear();
    agreeing.clear();
    joining->envelope =
        TRY(circle::make_knock(*joining->card, joining->card_id, joining->pass, std::move(request), random));
    joining->knock = circle::knock_id(*joining->envelope);
    joining->knocked_at = now.steady_ms;
    if (!returning && keys == nullptr) {
        const circle::Ticket way_in{
            origin, crypto::fingerprint(trust.organisation().root), joining->ticket_entropy->clone(), room, {}, {}};
        events.push_back(KnockedEvent{to_hex(joining->knock), way_in.encode()});
    }
    if (!returning) begin_agreeing(joining->card->sealed_hash(), joining->knock, circle::safe_text(joining->pseudonym));
    if (wire == Wire::up) send_knock();
    return {};
}

// Staff who commit in this room open knocks and make invites; others keep their keys to come back with.
void Client::State::take_post(StaffKeys keys) {
    if (!commits(keys.certificate.body.role, joining->card->issuer().kind())) {
        spare_keys.emplace(std::move(keys));
        return;
    }
    hosting.emplace(Hosting{std::move(keys), plan_of(joining->card->card())});
    take_brought_book(*this);
}

// The same bytes after a cut: the relay finds the answer, if there is one by then.
void Client::State::send_knock() {
    if (joining->in_place_of) ask(WithdrawKnock{*joining->in_place_of}, {Asked::withdraw, {}});
    ask(KnockFrame{*joining->envelope}, {Asked::knock, {}});
}

// Only staff who commit in that room can turn her away; a relay alone can at most keep her waiting.
bool Client::State::is_refused_by_staff(const Signed<KnockRefusal>& refusal, Now now) const {
    const KnockRefusal& body = refusal.body;
    const RoomId& room = joining->card->card().room;
    if (body.knock != joining->knock || body.room != room) return false;
    const auto refuser = trust.check(body.refuser, room, trusted_now(now));
    return refuser && refuser->commits() && refuser->kind() == joining->card->issuer().kind() &&
           crypto::signature_holds(refusal, refuser->session_key());
}

void Client::State::on(const KnockRefused& refused, Now now) {
    if (!joining || !joining->envelope || session || welcomed) return;
    if (!is_refused_by_staff(refused.refusal, now))
        return notice("refusal_unsigned", "The server says no, but no facilitator said so. Still waiting.");
    const KnockRefusal& body = refused.refusal.body;
    if (body.reason != KnockRefusalReason::pseudonym) {
        notice("knock_refused", circle::safe_text(body.words));
        return stop(Phase::refused);
    }
    if (returning) return stop(Phase::refused);  // her name is her place's: another would be somebody else
    may_knock_again("pseudonym_taken", circle::safe_text(body.words));
}

// The invite is still good: she is where she was before she knocked.
void Client::State::may_knock_again(std::string_view why, std::string_view words) {
    give_talks_back();
    agreeing.clear();
    lane_said.clear();
    joining->envelope.reset();
    joining->key_package.reset();
    joining->looks_again = false;  // she takes her time for another name
    welcomed.reset();
    self.reset();
    staff.reset();
    hosting.reset();
    set_phase(Phase::connected);
    notice(why, words);
}

// Only a Welcome for the card's room, for the leaf and access key of this knock, from staff of that room; once.
Result<void> Client::State::accept_welcome(const Admitted& admitted, Now now) {
    namespace rules = circle::faults;
    const Admission& admission = admitted.admission.body;
    const RoomId& room = joining->card->card().room;
    if (!joining->key_package) return fail(rules::welcome_twice);
    if (admission.room != room || admission.knock != joining->knock ||
        admission.leaf_key != self->leaf_key.public_key() ||
        !same_bytes(admission.access_key, self->access_key.public_key()))
        return fail(rules::welcome_other_room);
    Bytes welcome = admitted.welcome_head;
    append(welcome, admitted.welcome_tail);
    mls::Group group = TRY(mls::Group::join(welcome, *joining->key_package));
    if (!same_bytes(group.group_id(), room)) return fail(rules::welcome_other_room);
    const auto members = group.roster();
    const auto signer = std::find_if(members.begin(), members.end(),
                                     [&](const mls::Member& member) { return member.leaf == group.welcome_signer(); });
    if (signer == members.end()) return fail(rules::welcome_signer);
    const auto identity = circle::read_identity(signer->identity);
    if (!identity || !identity->staff) return fail(rules::welcome_signer);
    const auto standing = trust.check(*identity->staff, room, trusted_now(now));
    if (!standing || !standing->commits() || standing->kind() != joining->card->issuer().kind() ||
        !same_bytes(standing->session_key(), signer->signature_key))
        return fail(rules::welcome_signer);

    joining->key_package.reset();
    self->member = admission.member;
    ticket_entropy = std::exchange(joining->ticket_entropy, std::nullopt);
    welcomed.emplace(Welcomed{std::move(group), admitted.admission, admitted.sequence});
    return {};
}

void Client::State::on(const Admitted& admitted, Now now) {
    if (!joining || !joining->envelope || session) return;
    if (const auto accepted = accept_welcome(admitted, now); !accepted) return report(accepted.error());
    enter(now);
}

void Client::State::enter(Now) {
    const RoomId room = session ? session->room.room() : staff && !joining ? staff->room : joining->card->card().room;
    const AccessKey key{self->access_key.public_key().bytes};
    const AccessProof proof{room, origin, challenge, key};
    const Sequence after = session ? session->last : welcomed ? welcomed->sequence : Sequence{};
    ask(Enter{crypto::sign(proof, self->access_key), after}, {Asked::enter, {}});
}

Result<void> Client::State::first_entrance(const Entered& frame, Now now) {
    const UnixSeconds today = trusted_now(now);
    circle::RoomState room = TRY(circle::RoomState::open(frame.genesis, trust, today));
    const RoomId expected = staff && !joining ? staff->room : joining->card->card().room;
    const bool of_the_kind = !joining || room.genesis().kind == joining->card->issuer().kind();
    if (room.room() != expected || !of_the_kind) return fail(circle::faults::genesis_invalid);
    std::vector<Signed<Admission>> admissions = frame.admissions;
    if (welcomed) admissions.push_back(welcomed->admission);
    TRY(room.admit_all(std::move(admissions), trust, today));
    const bool opener = !welcomed;
    std::vector<SignatureKey> leaves;
    const auto signer = welcomed ? std::optional(welcomed->group.welcome_signer()) : std::nullopt;
    for (const mls::Member& member : (opener ? *opening_group : welcomed->group).roster())
        leaves.push_back(member.signature_key);
    room.settle(leaves);
    TRY(room.obey_retold(frame.orders, now.steady_ms));
    if (returning) TRY(room.follows(returning->room));
    session.emplace(Session{.group = opener ? std::move(*opening_group) : std::move(welcomed->group),
                            .room = std::move(room),
                            .log_hash = opener ? circle::RunningHash::from_genesis() : circle::RunningHash(),
                            .last = opener ? Sequence{} : welcomed->sequence,
                            .whole_since = opener ? Sequence{} : welcomed->sequence,
                            .caught_up = frame.last,
                            .presence = {},
                            .last_pulse = {},
                            .last_heard = {},
                            .seen = {},
                            .being_removed = {}});
    session->shown.hide_from_the_start(session->room.genesis().hidden);
    opening_group.reset();
    welcomed.reset();
    const bool met_nobody = for_two.counsellors.empty();
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person == nullptr) continue;
        if (met_nobody && person->staff) for_two.counsellors.insert(person->staff->certificate());
        const MemberId& id = person->admission.member;
        session->last_heard[id] = now.steady_ms;
        if (member.leaf == signer) heard_from(id, now);
        if (person->commits()) session->last_pulse[id] = now.steady_ms;
        if (!session->room.is_removed(id)) continue;  // ordered before we came, and not committed yet
        session->being_removed.insert(id);
        plan_removal(id, now, false);
    }
    return {};
}

void Client::State::on(const Entered& frame, Now now) {
    const bool has_group = session || welcomed || opening_group;
    if (!self || entered || !has_group) return;  // the relay cannot let us into a group that we have no keys of
    const bool first = !session;
    if (first) {
        if (const auto result = first_entrance(frame, now); !result) {
            report(result.error());
            if (result.error().is(crypto::faults::certificate_revoked))
                notice("room_of_revoked_staff",
                       "The certificate of a facilitator who let others in here has been revoked, so nobody new can "
                       "come in. The team has to open another room.");
            return stop(Phase::refused);
        }
    } else if (frame.oldest.value > session->last.value + 1) {
        // A Commit is among what the log no longer has: only a new admission helps.
        if (frame.epoch != session->group.epoch()) return begin_return(KnockReason::commit_refused, now);
        events.push_back(GapEvent{session->last.value + 1, frame.oldest.value - 1});
        session->last = Sequence{frame.oldest.value - 1};
        session->whole_since = frame.oldest;
        session->log_hash = circle::RunningHash();
        session->caught_up = frame.last;
        take_in_the_gap(frame, now);
        if (!session) return;
    }
    if (joining) {
        give_talks_back();
        agreeing.clear();
    }
    joining.reset();
    entered = true;
    session->caught_up = frame.last;
    if (session->last >= session->caught_up) session->room.has_caught_up();
    session->presence.clear();
    session->away_since.clear();
    for (const MemberPresence& member : frame.presence) see_whereabouts(member.member, member.whereabouts, now);
    set_phase(Phase::in_group);
    roster_changed();
    pump_lane(now);
    if (submitted_leave) return ask_to_leave();  // a cut came before the relay's answer
    if (first) came_back(now);
    pump_errands();
    if (hosting) post_again(now);
    if (hosting && !first) doubt_who_waits(now);
    if (hosting) post_cards_of_the_day(now);
    if (hosting && hosting->plan.invitee) invite_the_one(now);
}

}  // namespace veranda::client
