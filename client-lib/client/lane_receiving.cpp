// What staff hear in the lane: whose it is, and what follows from it. An alarm is acknowledged by a person, everything
// else by her client.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/circle/trust/roles.hpp"
#include "client-lib/client/booking.hpp"
#include "client-lib/client/open_invites.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::client {

void Client::State::on(const LaneDelivery& delivery, Now now) {
    if (farewell) return take_erased(delivery), tend_end(now);
    if (!hosting || !session) return;
    const LaneId id = circle::lane_id(delivery.envelope);
    if (hosting->is_lane_seen(id)) return acknowledge_lane(id);  // it came again, since she missed the answer
    const auto content = circle::open_lane(delivery.envelope, staff->lane_key);
    if (!content) return;  // one of our own to the others, or not for us
    const auto from = lane_speaker(*content, delivery);
    if (!from) return;
    const LaneContent& body = content->body;
    if (body.kind == LaneKind::not_safe) return take_alarm(*from, body.body, id);
    if (body.kind == LaneKind::held_message) return from->waiting ? void() : take_held_message(*content, id);
    if (body.kind == LaneKind::return_pass || body.kind == LaneKind::words_seen)
        return take_words(*this, *from, body, id, now);
    acknowledge_lane(id);
    if (circle::only_committing_staff(body.kind) && !from->commits) return;
    switch (body.kind) {
        case LaneKind::raised_hand: return take_hand(*from, body.body);
        case LaneKind::private_note: return take_note(*from, body.body);
        case LaneKind::leaving:
            if (from->waiting) return;
            forget_way_back(from->member);
            return plan_removal(from->member, now, false);
        case LaneKind::pass_secret: return take_card_secrets(body.body, now);
        case LaneKind::pass_void: return take_pass_void(*this, body.body);
        case LaneKind::book_entry: return take_book_entry(*this, *from, body.body, now);
        case LaneKind::hand_over_consent: return from->waiting ? void() : take_consent(*from, body.body, now);
        case LaneKind::erased:  // with several relays it can overtake the end; counted by the farewell
            if (!from->waiting) hosting->erased_early.insert(from->member);
            return;
        default: return;
    }
}

namespace {

// What staff read, and their clients do nothing about: it may come from the waiting room, and counts whichever of her
// keys it is signed by. An alarm is one, though she has come back by another since.
bool is_for_people(LaneKind kind) { return kind == LaneKind::private_note || kind == LaneKind::not_safe; }

}  // namespace

bool Client::State::is_by_a_key_of(const MemberId& member, const Signed<LaneContent>& content) const {
    const auto& admitted = session->room.admitted();
    return std::any_of(admitted.begin(), admitted.end(), [&](const auto& each) {
        const Admission& admission = each.second.admission;
        return admission.member == member &&
               circle::check_lane_sender(content, session->room.room(), admission.leaf_key);
    });
}

// Who said it, checked by the leaf key. From the waiting room nobody has a member id: it is looked for among those who
// knocked, and those who have come in since.
std::optional<LaneSpeaker> Client::State::lane_speaker(const Signed<LaneContent>& content,
                                                       const LaneDelivery& delivery) {
    const RoomId& room = session->room.room();
    const MemberId& claimed = content.body.member;
    if (!claimed.is_zero()) {
        const circle::Person* person = session->room.by_member(claimed);
        if (person == nullptr || claimed != delivery.from) return std::nullopt;
        const auto held = circle::check_lane_sender(content, room, person->admission.leaf_key);
        if (!held && !(is_for_people(content.body.kind) && is_by_a_key_of(claimed, content))) {
            report(held.error());
            return std::nullopt;
        }
        return LaneSpeaker{name_of(claimed), claimed, person->admission.leaf_key, false, person->commits()};
    }
    if (!is_for_people(content.body.kind)) return std::nullopt;
    for (const Knocked& knocked : hosting->knocked) {
        if (!circle::check_lane_sender(content, room, knocked.leaf_key)) continue;
        const circle::Person* person = session->room.by_leaf(knocked.leaf_key);
        const bool is_hers = delivery.from.is_zero() || (person && person->admission.member == delivery.from);
        if (!is_hers) return std::nullopt;
        return LaneSpeaker{knocked.name, delivery.from, knocked.leaf_key, person == nullptr, false};
    }
    if (hosting->lane_unplaced.size() < limits::lane_of_waiting_max) hosting->lane_unplaced.push_back(delivery);
    return std::nullopt;
}

// Somebody's knock was opened: what could not be said to be hers may be.
void Client::State::remember_knocked(const Knock& knock, const mls::KeyPackage& key_package, Now now) {
    Knocked knocked{circle::safe_text(knock.pseudonym), {}};
    const ByteView key = key_package.leaf.signature_key;
    std::copy(key.begin(), key.end(), knocked.leaf_key.bytes.begin());
    hosting->knocked.push_back(std::move(knocked));
    if (hosting->knocked.size() > knocked_max) hosting->knocked.pop_front();
    for (const LaneDelivery& delivery : std::exchange(hosting->lane_unplaced, {})) on(delivery, now);
}

std::string Client::State::name_of(const MemberId& id) const {
    const circle::Person* person = session->room.by_member(id);
    for (const mls::Member& member : session->group.roster())
        if (person != nullptr && same_bytes(member.signature_key, person->admission.leaf_key))
            return shown_name(person, member);
    return person != nullptr && person->staff ? circle::safe_text(person->staff->name()) : "?";
}

void Client::State::acknowledge_lane(const LaneId& id) {
    if (!hosting->is_lane_seen(id)) hosting->lane_is_seen(id);
    const LaneAcknowledgement seen{session->room.room(), self->member, id};
    run_errand(AcknowledgeLane{crypto::sign(seen, self->leaf_key)}, Asked::acknowledge);
}

namespace {

// Of somebody whose signature held: what she wrote wrongly is her client's fault, and said so.
std::optional<std::string> note_in(ByteView body) {
    const auto text = tls::decode<Text>(body);
    if (!text || text->text.size() > limits::note_bytes_max) return std::nullopt;
    return circle::safe_text(text->text, true);
}

}  // namespace

void Client::State::take_note(const LaneSpeaker& from, ByteView body) {
    const auto text = note_in(body);
    if (!text || text->empty()) return report(Error{&faults::message_not_read, 0});
    events.push_back(NoteEvent{from.name, *text, from.waiting});
}

void Client::State::take_hand(const LaneSpeaker& from, ByteView body) {
    const auto hand = tls::decode<RaisedHand>(body);
    if (!hand || from.waiting) return;
    auto& hands = hosting->hands;
    const auto at =
        std::find_if(hands.begin(), hands.end(), [&](const auto& each) { return each.first == from.member; });
    if ((at != hands.end()) == hand->up) return;
    if (hand->up) {
        hands.emplace_back(from.member, from.name);
    } else {
        hands.erase(at);
    }
    show_hands();
}

void Client::State::show_hands() {
    HandsEvent event;
    for (const auto& [member, name] : hosting->hands) event.names.push_back(name);
    events.push_back(std::move(event));
}

// Hands of those who are gone are down.
void Client::State::drop_hands(const std::function<bool(const MemberId&)>& is_in) {
    if (std::erase_if(hosting->hands, [&](const auto& hand) { return !is_in(hand.first); }) > 0) show_hands();
}

// Shown until a person says that she has seen it. Even a body that cannot be read is an alarm.
void Client::State::take_alarm(const LaneSpeaker& from, ByteView body, const LaneId& id) {
    const std::string text = note_in(body).value_or("");
    auto& alarms = hosting->alarms;
    auto alarm = std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& each) { return each.key == from.key; });
    if (alarm == alarms.end()) {
        alarms.push_back({from.name, text, from.waiting, from.key, {id}});
    } else {
        const bool known = std::find(alarm->envelopes.begin(), alarm->envelopes.end(), id) != alarm->envelopes.end();
        if (known) return;
        if (alarm->envelopes.size() >= lane_said_max) return acknowledge_lane(id);  // one open alarm a person
        alarm->envelopes.push_back(id);
        if (text == alarm->text) return;
        alarm->text = text;
    }
    events.push_back(AlarmEvent{from.name, text, from.waiting, true});
}

Result<void> Client::State::seen(std::string_view pseudonym) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    bool found = false;
    for (std::size_t i = hosting->alarms.size(); i-- > 0;) {
        if (!circle::same_pseudonym(hosting->alarms[i].name, pseudonym)) continue;
        const Alarm alarm = std::move(hosting->alarms[i]);
        hosting->alarms.erase(hosting->alarms.begin() + static_cast<std::ptrdiff_t>(i));
        for (const LaneId& id : alarm.envelopes) acknowledge_lane(id);
        events.push_back(AlarmEvent{alarm.name, alarm.text, alarm.waiting, false});
        found = true;
    }
    if (!found) return fail(faults::nobody_of_that_name);
    return {};
}

// Another of the staff has acknowledged it.
void Client::State::close_alarm(const LaneId& id) {
    if (!hosting->is_lane_seen(id)) hosting->lane_is_seen(id);
    auto& alarms = hosting->alarms;
    for (auto alarm = alarms.begin(); alarm != alarms.end(); ++alarm) {
        if (std::erase(alarm->envelopes, id) == 0) continue;
        if (!alarm->envelopes.empty()) return;
        events.push_back(AlarmEvent{alarm->name, alarm->text, alarm->waiting, false});
        alarms.erase(alarm);
        return;
    }
}

void Client::State::take_card_secrets(ByteView body, Now now) {
    auto secrets = circle::CardSecrets::decode(body);
    if (!secrets) return report(secrets.error());
    const CardId id = secrets->id;
    const auto& gone = hosting->void_passes;  // said before, though made void after
    if (std::find(gone.begin(), gone.end(), secrets->pass) != gone.end()) return;
    remember_ticket(*secrets);
    list_invite(*this, *secrets, false);
    const auto known = hosting->invites.find(id);
    // The card posted last is there, which need not be the one that we hear of last.
    if (known == hosting->invites.end()) {
        hosting->invites.emplace(id, Hosting::Invite{*std::move(secrets)});
    } else if (known->second.secrets.sealed_hash != secrets->sealed_hash) {
        Hosting::Invite theirs{*std::move(secrets)};
        theirs.earlier = std::move(known->second.secrets);
        known->second = std::move(theirs);
    }
    std::vector<KnockId> unopened;
    for (const auto& [knock, waiting] : hosting->waiting)
        if (!waiting.opened) unopened.push_back(knock);
    for (const KnockId& knock : unopened) judge_knock(knock, now);
}

}  // namespace veranda::client
