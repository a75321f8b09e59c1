// A facilitator's side of the door: opening a room, posting cards, judging knocks, answering them.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "client-lib/client/booking.hpp"
#include "client-lib/client/open_invites.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::client {

Result<void> Client::State::host(StaffKeys keys, GroupPlan plan, Now now) {
    if (wire != Wire::idle || joining || hosting) return fail(faults::not_now);
    const bool named = (!plan.name.empty() || brought_book) && plan.name.size() <= limits::group_name_bytes_max;
    const bool fits =
        plan.rules.size() <= limits::rules_bytes_max && plan.language.size() <= limits::language_bytes_max;
    const bool timed = plan.seconds > 0 && plan.seconds <= limits::session_seconds_max;
    const bool sized = plan.members_max >= 2 && plan.members_max <= limits::members_max;
    const bool is_for_two = plan.kind == RoomKind::one_to_one && plan.invitee;
    const bool is_of_a_kind = is_for_two || (plan.kind == RoomKind::group && !plan.invitee);
    if (!named || !fits || !timed || !sized || !is_of_a_kind || !tls::is_utf8(as_bytes(plan.name)) ||
        !tls::is_utf8(as_bytes(plan.rules)))
        return fail(faults::plan_invalid);
    hosting.emplace(Hosting{std::move(keys), std::move(plan)});
    take_brought_book(*this);
    start(now);
    return {};
}

// Made once; sent again as it is if the connection is cut before the relay's answer.
void Client::State::open_room(Now now) {
    if (!self) {
        if (looks_for_group(*this, now) || !begin_book(*this, now)) return;
        const auto resumed = session_to_resume(*this, now);
        Genesis genesis = resumed.value_or(Genesis{});
        genesis.kind = hosting->plan.kind;
        if (!resumed) genesis.ends_at = UnixSeconds{trusted_now(now).value + hosting->plan.seconds};
        genesis.policies.members_max = hosting->plan.members_max;
        genesis.policies.newcomers = hosting->plan.newcomers;
        genesis.policies.slow_mode_seconds = hosting->plan.slow_mode_seconds;
        make_room(std::move(genesis), resumed ? *hosting->booking.own_seat : random_id<MemberId>(), now);
    }
    const AccessProof proof{staff->room, origin, challenge, AccessKey{self->access_key.public_key().bytes}};
    Bytes body = hosting->genesis_entry;
    append(body, tls::encode(crypto::sign(proof, self->access_key)));
    ask_bytes(FrameType::open_room, body, {Asked::open_room, {}});
}

// `genesis`: how the room begins, as far as it is decided. Fresh keys of ours, and a group of us alone.
void Client::State::make_room(Genesis genesis, const MemberId& opener_id, Now now) {
    const UnixSeconds today = trusted_now(now);
    self.emplace(Self{crypto::SigningKey::generate(random), crypto::SigningKey::generate(random), opener_id});
    if (!ticket_entropy) ticket_entropy = crypto::random_secret<circle::pass_entropy_bytes>(random);
    genesis.room = random_id<RoomId>();
    genesis.opened_at = today;
    genesis.staff_list_head = trust.list_head();
    staff.emplace(make_staff_self(hosting->keys, genesis.room, genesis.kind, self->leaf_key, today, random));
    opening_group.emplace(
        mls::Group::create(genesis.room,
                           mls::make_key_package(circle::staff_identity(staff->credential), self->leaf_key.clone(),
                                                 UnixSeconds{today.value - key_package_seconds},
                                                 UnixSeconds{today.value + key_package_seconds}, random),
                           random));
    const Admission opener{.room = genesis.room,
                           .admitted_by = self->member,
                           .member = self->member,
                           .access_key = AccessKey{self->access_key.public_key().bytes},
                           .leaf_key = self->leaf_key.public_key(),
                           .level = Level::speaks,
                           .knock = {},
                           .staff = staff->credential};
    hosting->genesis_entry =
        tls::encode(GenesisEntry{crypto::sign(genesis, self->leaf_key), crypto::sign(opener, self->leaf_key)});
    book_room(*this, genesis, now);
}

Result<circle::MadeCard> Client::State::make_card(CardOrder order, Now now) {
    Card card;
    card.room = session->room.room();
    card.kind = order.kind;
    card.issuer = staff->credential;
    card.issuer_member = self->member;
    card.expires_at = order.expires_at;
    card.staff_list_head = trust.list_head();
    for (const mls::Member& member : session->group.roster()) {
        if (order.kind == CardKind::group) break;  // found by whoever once had the book
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        if (person != nullptr && person->commits() && card.staff.size() < limits::staff_in_card_max)
            card.staff.push_back(person->admission.staff->statement);
    }
    const bool welcomes = order.welcomes && hosting->plan.kind != RoomKind::one_to_one;
    if (welcomes) card.welcome = GroupWelcome{hosting->plan.name, hosting->plan.rules, hosting->plan.language};
    card.pseudonym = std::move(order.pseudonym);
    const Day day = circle::day_of(relay_now(now), trust.organisation().zone_minutes);
    const CardId id = circle::card_id(order.pass, day);
    return circle::make_card(std::move(card), self->leaf_key, order.pass, id, random, order.member);
}

Result<void> Client::State::invite(bool for_staff, Now now) {
    if (!hosting || !session || !entered) return fail(hosting ? faults::not_now : faults::only_staff);
    const auto words = circle::words_language(hosting->plan.language);
    const circle::PassEntropy entropy = circle::new_entropy(words, random);
    const std::uint64_t session_end = session->room.genesis().ends_at.value;
    const UnixSeconds expires_at{std::min(session_end, trusted_now(now).value + hosting->plan.invite_seconds)};
    circle::MadeCard made = TRY(make_card(
        {for_staff ? CardKind::staff_invite : CardKind::first_invite, circle::Pass::from(entropy).keys(), expires_at},
        now));
    const InviteEvent event{circle::write_link(origin, entropy, crypto::fingerprint(trust.organisation().root)),
                            circle::write_words(entropy, words), for_staff, list_invite(*this, made.secrets, true)};
    const CardId id = made.posted.id;
    Hosting::Invite invite{std::move(made.secrets), expires_at, event, random_id<SubmissionId>(), true};
    send_cards(PostCards{{std::move(made.posted)}}, invite.post);
    hosting->invites.insert_or_assign(id, std::move(invite));
    share_card(hosting->invites.at(id).secrets, other_lane_keys());
    return {};
}

// The same card once more.
CardOrder Client::State::order_of(const Hosting::Invite& invite) const {
    const circle::CardSecrets& secrets = invite.secrets;
    CardOrder order{secrets.kind, secrets.pass, invite.expires_at, secrets.member, {}};
    order.welcomes = secrets.kind != CardKind::returning;  // found words open no group's name
    if (secrets.kind != CardKind::ticket) return order;
    const auto way = hosting->ways_back.find(secrets.member);
    order.pseudonym = way == hosting->ways_back.end() ? hosting->keys.certificate.body.name : way->second.pseudonym;
    order.welcomes = way == hosting->ways_back.end() || way->second.certificate;
    return order;
}

// The relay has this card: now the invite may be handed out.
void Client::State::card_posted(const SubmissionId& post) {
    hosting->posting.erase(post);
    auto& handing = hosting->handing_over;
    if (handing && handing->entropy && handing->post == post) handing->is_posted = true;
    for (auto& [id, invite] : hosting->invites)
        if (invite.unannounced && invite.post == post)
            events.push_back(*std::exchange(invite.unannounced, std::nullopt));
}

// In as many frames as they need. In the order of their ids, which are of one day only: the order of people in the book
// would be the same in each session, and tell the relay which card is whose of the time before.
void Client::State::post(std::vector<PostedCard> cards) {
    std::sort(cards.begin(), cards.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    PostCards frame;
    for (PostedCard& card : cards) {
        frame.cards.push_back(std::move(card));
        if (frame.cards.size() == limits::cards_per_post_max)
            send_cards(std::exchange(frame, PostCards{}), random_id<SubmissionId>());
    }
    if (!frame.cards.empty()) send_cards(frame, random_id<SubmissionId>());
}

// A card's place depends on the day. Past midnight, open invites of ours get a card in the new day's place too; knocks
// on the old ones are still opened.
void Client::State::post_cards_of_the_day(Now now) {
    const Day today = circle::day_of(relay_now(now), trust.organisation().zone_minutes);
    if (std::exchange(hosting->cards_day, today) == today) return;
    std::vector<std::pair<CardId, Hosting::Invite>> fresh;
    std::vector<PostedCard> cards;
    for (auto& [id, invite] : hosting->invites) {
        if (!invite.ours || invite.expires_at < trusted_now(now)) continue;
        auto made = make_card(order_of(invite), now);
        if (!made || made->posted.id == id) continue;
        invite.ours = false;
        const CardId fresh_id = made->posted.id;
        cards.push_back(std::move(made->posted));
        fresh.emplace_back(fresh_id, Hosting::Invite{std::move(made->secrets),
                                                     invite.expires_at,
                                                     std::exchange(invite.unannounced, std::nullopt),
                                                     {},
                                                     true,
                                                     invite.unasked});
    }
    post(std::move(cards));
    for (auto& [id, invite] : fresh) {
        share_card(invite.secrets, other_lane_keys());
        hosting->invites.insert_or_assign(id, std::move(invite));
    }
}

// Whoever of the staff is there can open the knocks on our cards too.
void Client::State::share_card(const circle::CardSecrets& secrets, const std::vector<SealingKey>& lane_keys) {
    if (lane_keys.empty()) return;
    Bytes body = secrets.encode();
    send_lane(LaneKind::pass_secret, body, lane_keys);
    crypto::wipe(body);
}

// Said late, or twice.
bool Client::State::was_let_in(const KnockId& id) const {
    const auto& admitted = session->room.admitted();
    return std::any_of(admitted.begin(), admitted.end(),
                       [&](const auto& each) { return each.second.admission.knock == id; });
}

void Client::State::on(const KnockWaiting& waiting, Now now) {
    if (!hosting || !session) return;
    const KnockId id = circle::knock_id(waiting.envelope);
    if (const auto known = hosting->waiting.find(id); known != hosting->waiting.end())
        return void(known->second.is_there = true);
    if (was_let_in(id) || hosting->waiting.size() >= limits::waiting_knocks_max) return;
    hosting->waiting.emplace(id, WaitingKnock{waiting.envelope, {}});
    judge_knock(id, now);
}

// Opens a knock if we have its card's secrets; else a co-facilitator has, or will share them.
void Client::State::judge_knock(const KnockId& id, Now now) {
    WaitingKnock& waiting = hosting->waiting.at(id);
    const auto invite = hosting->invites.find(waiting.envelope.body.card);
    if (waiting.opened || invite == hosting->invites.end()) return;
    const auto open_by = [&](const circle::CardSecrets& secrets) {
        return circle::open_knock(waiting.envelope, secrets, session->room.genesis(), trust, trusted_now(now));
    };
    auto opened = open_by(invite->second.secrets);
    if (!opened && invite->second.earlier) opened = open_by(*invite->second.earlier);
    if (!opened) {
        if (hosting->refusals.empty()) report(opened.error());  // of a flood, some
        refuse_knock(id, KnockRefusalReason::other, "This knock could not be read.");
        return;
    }
    const circle::CardSecrets& card = invite->second.secrets;
    waiting.opened = *std::move(opened);
    waiting.member = comes_back_as(*waiting.opened, card);
    waiting.returning = card.kind == CardKind::ticket || card.kind == CardKind::returning;
    waiting.was_removed = card.kind == CardKind::ticket && session->room.is_removed(card.member);
    if (card.kind == CardKind::returning) know_by_words(*this, waiting);
    const Knock& knock = waiting.opened->knock;
    const std::string name = circle::safe_text(knock.pseudonym);
    if (!knock.staff && name_taken(knock.pseudonym, id, waiting.member))
        return refuse_knock(id, KnockRefusalReason::pseudonym,
                            "Someone here has this name, or one that looks like it. Please choose another.");
    if (!knock.staff && !circle::check_not_of_staff(knock.pseudonym))
        return refuse_knock(id, KnockRefusalReason::pseudonym,
                            "This name could be taken for one of the team. Please choose another.");
    const Successor successor = successor_at_the_door(*waiting.opened);
    if (successor == Successor::another) {
        report(Error{&faults::hand_over_other_counsellor, 0});
        return refuse_knock(id, KnockRefusalReason::other, "Another counsellor was agreed on.");
    }
    remember_knocked(knock, waiting.opened->key_package, now);
    const bool twice = is_one_of_two(id);
    const bool by_herself =
        card.kind == CardKind::ticket && waiting.member && may_return_by_herself(*waiting.member, card.pass, now);
    if (!twice && (invite->second.unasked || by_herself || successor == Successor::agreed_on)) {
        waiting.wanted = true;
        return;
    }
    if (twice) notice("invite_seen_twice", "This invite has been seen by two people.");
    show_knock(waiting, true);
    if (!waiting.member && !has_place(0))
        notice("room_full", "The room is full. " + name + " waits until somebody leaves.");
    if (hosting->waiting.size() <= agreed_words_unasked_max) begin_agreeing(knock.card, id, name);
    for (const Bytes& talk : std::exchange(waiting.unread, {})) take_talk_of_joiner(id, talk);
}

// Screens know who waits by her name, and she may have knocked twice: from a page that is gone, and from this one.
void Client::State::show_knock(WaitingKnock& waiting, bool waits) {
    const auto show = [&](const WaitingKnock& each, bool still_waits) {
        events.push_back(KnockEvent{circle::safe_text(each.opened->knock.pseudonym),
                                    each.opened->staff ? each.opened->staff->role() : Role::member, still_waits,
                                    each.returning, each.was_removed, each.known_as});
    };
    waiting.shown = waits;
    show(waiting, waits);
    if (waits) return;
    for (const auto& [id, other] : hosting->waiting)
        if (other.shown && other.opened->knock.pseudonym == waiting.opened->knock.pseudonym) return show(other, true);
}

// Two different knocks on one pass, or one after the other: one of the two may have stolen the invite, so one tap lets
// neither in.
bool Client::State::is_one_of_two(const KnockId& id) const {
    const auto& mine = hosting->waiting.at(id);
    const auto invite = hosting->invites.find(mine.envelope.body.card);
    if (invite != hosting->invites.end() && invite->second.is_used) return true;
    return std::any_of(hosting->waiting.begin(), hosting->waiting.end(), [&](const auto& other) {
        return other.first != id && other.second.opened && mine.opened &&
               other.second.opened->knock.pass == mine.opened->knock.pass;
    });
}

// `herself`: whose name it is already.
bool Client::State::name_taken(std::string_view name, const KnockId& except,
                               const std::optional<MemberId>& herself) const {
    for (const mls::Member& member : session->group.roster()) {
        const circle::Person* person = session->room.by_leaf(member.signature_key);
        const bool is_she = person != nullptr && herself && person->admission.member == *herself;
        if (!is_she && circle::looks_like(shown_name(person, member), name)) return true;
    }
    for (const auto& [id, waiting] : hosting->waiting)
        if (id != except && waiting.opened && !(herself && waiting.member == herself) &&
            circle::looks_like(waiting.opened->knock.pseudonym, name))
            return true;
    return false;
}

void Client::State::refuse_knock(const KnockId& id, KnockRefusalReason reason, std::string_view words) {
    const KnockRefusal refusal{session->room.room(), id, reason, std::string(words), staff->credential};
    if (hosting->refusals.size() < limits::waiting_knocks_max)
        hosting->refusals.push_back(RefuseKnock{crypto::sign(refusal, self->leaf_key)});
    if (const auto found = hosting->waiting.find(id); found != hosting->waiting.end()) {
        if (found->second.shown) show_knock(found->second, false);  // the relay's knock_gone finds nobody any more
        hosting->waiting.erase(found);
    }
    agreeing.erase(id);
    pump_refusals();
}

void Client::State::pump_refusals() {
    while (!hosting->refusals.empty() && hosting->refusals_sent < knock_refusals_a_second) {
        run_errand(hosting->refusals.front(), Asked::refuse_knock);
        hosting->refusals.pop_front();
        ++hosting->refusals_sent;
    }
}

void Client::State::on(const KnockGone& gone, Now now) {
    if (joining && joining->envelope && !welcomed && gone.knock == joining->knock && !session) {
        if (returning) return look_again(now);
        if (gone.end == KnockEnd::withdrawn) {  // by another page of hers (knock_anew)
            notice("elsewhere", "Open elsewhere: this place has been taken over.");
            return stop(Phase::left);
        }
        return may_knock_again("sent_away", "The facilitators have closed the waiting room for now.");
    }
    if (!hosting) return;
    agreeing.erase(gone.knock);
    const auto found = hosting->waiting.find(gone.knock);
    if (found == hosting->waiting.end()) return;
    if (found->second.shown) show_knock(found->second, false);
    if (gone.end != KnockEnd::admitted) return void(hosting->waiting.erase(found));
    // The log is still to say so; by which ticket she comes back stands in her knock.
    found->second.wanted = found->second.shown = false;
}

// While we were away others may have let them in, or they may have gone: only who is told of again still waits.
void Client::State::doubt_who_waits(Now now) {
    for (auto& [id, waiting] : hosting->waiting) waiting.is_there = false;
    hosting->all_told_at = now.steady_ms + knocks_told_within_ms;
}

void Client::State::forget_who_is_gone(Now now) {
    if (hosting->all_told_at == 0 || now.steady_ms < hosting->all_told_at) return;
    hosting->all_told_at = 0;
    for (auto& [id, waiting] : hosting->waiting) {
        if (waiting.is_there) continue;
        if (waiting.shown) show_knock(waiting, false);
        agreeing.erase(id);
    }
    std::erase_if(hosting->waiting, [](const auto& each) { return !each.second.is_there; });
}

// Would one more fit, beside those who are wanted already?
bool Client::State::has_place(std::size_t beside) const {
    return session->group.roster().size() + beside < session->room.genesis().policies.members_max;
}

Result<void> Client::State::admit(std::string_view pseudonym, std::optional<Level> level, Now now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    const bool everyone = pseudonym == "*";
    bool found = false;
    bool doubtful = false;
    bool by_staff = false;
    bool full = false;
    auto wanted = static_cast<std::size_t>(std::count_if(hosting->waiting.begin(), hosting->waiting.end(),
                                                         [](const auto& item) { return item.second.wanted; }));
    for (auto& [id, waiting] : hosting->waiting) {
        if (!waiting.opened) continue;
        if (!everyone && !circle::same_pseudonym(waiting.opened->knock.pseudonym, pseudonym)) continue;
        if (session->list_differs && waiting.opened->staff) {
            by_staff = true;
            continue;
        }
        if (is_one_of_two(id) && (everyone || !std::exchange(waiting.warned, true))) {
            doubtful = true;
            continue;
        }
        if (!waiting.wanted && !has_place(wanted)) {
            full = true;
            continue;
        }
        if (!std::exchange(waiting.wanted, true)) ++wanted;
        if (level) waiting.level = level;
        found = true;
    }
    if (by_staff && !found) return fail(faults::staff_list_differs);
    if (full && found) notice("room_full", "The room is full. Not everyone could be let in.");
    if (full && !found) return fail(faults::room_full, session->room.genesis().policies.members_max);
    if (doubtful && !found) return fail(faults::invite_seen_twice);
    if (!found) return fail(faults::nobody_of_that_name);
    pump_commits(now);
    return {};
}

Result<void> Client::State::refuse(std::string_view pseudonym, std::string_view words, Now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    if (words.size() > limits::talk_text_bytes_max)
        return fail(circle::faults::text_too_long, limits::talk_text_bytes_max);
    if (!tls::is_utf8(as_bytes(words))) return fail(tls::faults::text_not_utf8);
    std::vector<KnockId> refused_now;
    for (const auto& [id, waiting] : hosting->waiting)
        if (waiting.opened && circle::same_pseudonym(waiting.opened->knock.pseudonym, pseudonym))
            refused_now.push_back(id);
    if (refused_now.empty()) return fail(faults::nobody_of_that_name);
    for (const KnockId& id : refused_now)
        refuse_knock(id, KnockRefusalReason::not_now,
                     words.empty() ? "Not this time. You can ask whoever invited you." : words);
    return {};
}

}  // namespace veranda::client
