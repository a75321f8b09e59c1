// The connection: greeting the relay, believing it or not, asking and answering, coming back after a cut.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/client/booking.hpp"
#include "client-lib/client/open_invites.hpp"
#include "client-lib/client/proof_of_work.hpp"

namespace veranda::client {

bool Client::State::is_final() const { return phase >= Phase::removed; }

void Client::State::start(Now) {
    wire = Wire::connecting;
    set_phase(Phase::connecting);
    actions.push_back(Connect{});
}

void Client::State::set_phase(Phase next) {
    phase = next;
    events.push_back(StateEvent{next});
}

// Ends for good: nothing secret is left, and the caller closes the connection.
void Client::State::stop(Phase final_phase) {
    save_book_at_last(*this);
    flush();
    session.reset();
    farewell.reset();
    last_act.reset();
    joining.reset();
    welcomed.reset();
    opening_group.reset();
    returning.reset();
    ticket_entropy.reset();
    spare_keys.reset();
    hosting.reset();
    brought_book.reset();
    pending_commit.reset();
    outbox.clear();
    recaps.clear();
    talks.clear();
    lane_said.clear();
    agreeing.clear();
    self.reset();
    staff.reset();
    wire = Wire::closed;
    actions.push_back(Disconnect{});
    set_phase(final_phase);
}

void Client::State::report(const Error& error) {
    events.push_back(ErrorEvent{std::string(error.rule->name), std::string(error.rule->section)});
}

void Client::State::notice(std::string_view code, std::string_view text) {
    events.push_back(NoticeEvent{std::string(code), std::string(text)});
}

void Client::State::ask_bytes(FrameType type, ByteView body, Request request) {
    const RequestId id{++last_request};
    requests[id.value] = request;
    batch.add(encode_frame_bytes(type, id, body));
}

// The book goes to its file before what it tells of goes out.
void Client::State::flush() {
    save_book(*this);
    for (Bytes& message : batch.take()) actions.push_back(Send{std::move(message)});
}

void Client::State::connected(Now) {
    if (wire != Wire::connecting) return;
    wire = Wire::greeting;
    requests.clear();
    batch.clear();
    entered = false;
}

void Client::State::disconnected(Now now) {
    if (wire == Wire::closed || wire == Wire::idle) return;
    if (farewell) return end_farewell();
    const bool was_up = wire == Wire::up;
    wire = Wire::idle;
    entered = false;
    requests.clear();
    batch.clear();
    for (Outgoing& item : outbox) item.in_flight = false;
    for (PendingTalk& item : talks) item.in_flight = false;
    if (joining) joining->is_known = false;
    lane_was_cut();
    book_was_cut(*this);
    if (pending_commit) pending_commit->in_flight = false;
    if (session && session->held) session->held->in_flight = session->held->is_kept = false;
    if (session) session->heads_in_doubt.clear();
    if (hosting) hosting->refusals.clear();  // the relay tells us again of all who wait
    if (hosting) {
        for (PendingOrder& item : hosting->orders) item.in_flight = false;
        for (Errand& errand : hosting->errands) errand.in_flight = false;
        while (!hosting->posting.empty()) cards_not_posted(hosting->posting.begin()->first, 0);
    }
    retry_wait_ms = was_up ? retry_ms_first : std::min(retry_ms_max, std::max(retry_ms_first, retry_wait_ms * 2));
    std::uint64_t jitter = 0;
    for (const std::uint8_t byte : random.array<2>()) jitter = jitter << 8 | byte;
    retry_at = now.steady_ms + retry_wait_ms / 2 + jitter * retry_wait_ms / (2 * 0x10000);
    if (phase == Phase::in_group || phase == Phase::waiting) set_phase(Phase::reconnecting);
    update_composer(now);
}

void Client::State::tick(Now now) {
    if (wire == Wire::idle && !is_final() && retry_at != 0 && now.steady_ms >= retry_at) {
        wire = Wire::connecting;
        actions.push_back(Connect{});
    }
    if (farewell) return tend_end(now);
    if (session) end_levels(now);
    tend_hand_over(now);
    if (joining && joining->looks_again) look(now);
    if (returning && returning->successor) remake_when_due(now);
    pump_talks(now);
    pump_lane(now);
    tick_book(*this, now);
    watch_lane(now);
    work_at_agreed_words();
    tell_invites(*this, now);
    if (!session || !entered) return update_composer(now);
    if (hosting && hosting->last_words && now.steady_ms >= hosting->end_at) {
        hosting->last_words.reset();  // they cannot be said: the end is what counts
        if (const auto ended = end(now); !ended) report(ended.error());
    }
    give_up_held(now);
    pump_held(now);
    if (staff && hosting) {
        if (now.steady_ms >= hosting->refusals_since + 1'000) {
            hosting->refusals_since = now.steady_ms;
            hosting->refusals_sent = 0;
        }
        pump_refusals();
        tend_errands(now);
        forget_who_is_gone(now);
        post_again(now);
        if (now.steady_ms >= hosting->next_pulse) pulse(now);
        post_cards_of_the_day(now);
        watch_leaves(now);
    } else if (now.steady_ms >= last_sent + limits::liveness_ms &&
               session->room.level_of(self->member) == Level::speaks) {
        send_silently(ContentKind::liveness, {}, now);
    }
    pump_orders(now);
    pump_commits(now);
    pump_outbox(now);
    update_composer(now);
}

// A clock that is at most 48 hours from the relay's follows the relay's; a wronger one is left alone, so that a relay
// cannot make certificates good that have long run out.
UnixSeconds Client::State::trusted_now(Now now) const {
    const auto wrong = static_cast<std::int64_t>(limits::clock_wrong_seconds_max) * 1000;
    const bool near = relay_clock_ahead_ms <= wrong && relay_clock_ahead_ms >= -wrong;
    return UnixSeconds{(near ? relay_now(now) : now.wall).value / 1000};
}

UnixMillis Client::State::relay_now(Now now) const {
    return UnixMillis{static_cast<std::uint64_t>(static_cast<std::int64_t>(now.wall.value) + relay_clock_ahead_ms)};
}

void Client::State::received(ByteView message, Now now) {
    if (wire != Wire::greeting && wire != Wire::up) return;
    auto frames = decode_server_message(message);
    if (!frames) {
        report(frames.error());
        actions.push_back(Disconnect{});
        return disconnected(now);
    }
    for (const auto& frame : *frames) {
        const auto* known = std::get_if<ServerFrame>(&frame.frame);
        // Nothing counts before the relay has said whose it is.
        if (wire == Wire::greeting && known != nullptr && !std::holds_alternative<ServerHello>(*known) &&
            !std::holds_alternative<Fault>(*known) && !std::holds_alternative<Refused>(*known))
            continue;
        if (known != nullptr) handle(*known, frame.request, now);
        if (wire == Wire::closed || wire == Wire::idle) return;
    }
    pump_orders(now);
    pump_commits(now);
    pump_outbox(now);
    pump_held(now);
    update_composer(now);
}

void Client::State::handle(const ServerFrame& frame, RequestId id, Now now) {
    Request request;
    if (id.value != 0) {
        const auto found = requests.find(id.value);
        if (found == requests.end()) return;  // an answer to nothing we asked
        request = found->second;
        requests.erase(found);
    }
    std::visit(
        [&](const auto& body) {
            using Body = std::decay_t<decltype(body)>;
            if constexpr (std::is_same_v<Body, Refused>) {
                refused(body, request, now);
            } else if constexpr (std::is_same_v<Body, Accepted> || std::is_same_v<Body, Done> ||
                                 std::is_same_v<Body, CardFrame>) {
                on(body, request, now);
            } else if constexpr (std::is_same_v<Body, Fault>) {
                events.push_back(ErrorEvent{circle::safe_text(body.rule), "the relay did not understand us"});
            } else if constexpr (!is_of_the_desk(Body::type)) {
                on(body, now);
            }
        },
        frame);
}

namespace {

NotSafeTextsEvent not_safe_texts(const Organisation& organisation) {
    NotSafeTextsEvent event{organisation.not_safe};
    for (TextInLanguage& one : event.texts) one.text = circle::safe_text(one.text, true);
    return event;
}

}  // namespace

void Client::State::on(const ServerHello& hello, Now now) {
    if (wire != Wire::greeting) return;
    const bool said_before = trust.says_to_the_unsafe();
    if (const auto believed = trust.accept_hello(hello.organisation, hello.staff_list); !believed) {
        report(believed.error());
        return stop(Phase::refused);
    }
    wire = Wire::up;
    if (said_before || trust.says_to_the_unsafe()) events.push_back(not_safe_texts(trust.organisation()));
    challenge = hello.challenge;
    relay_clock_ahead_ms = static_cast<std::int64_t>(hello.now.value) - static_cast<std::int64_t>(now.wall.value);
    retry_wait_ms = 0;
    if (hello.proof_of_work_bits > proof_of_work_bits_max) {
        report(Error{&faults::proof_of_work_too_hard, hello.proof_of_work_bits});
        actions.push_back(Disconnect{});
        return disconnected(now);
    }
    Bytes work;
    if (hello.proof_of_work_bits > 0) work = solve_proof_of_work(challenge, hello.proof_of_work_bits);
    ask(ClientHello{std::move(work)}, {Asked::hello, {}});
    if (trust.needs_list()) return ask(GetStaffList{}, {Asked::staff_list, {}});
    ready(now);
}

void Client::State::on(const StaffListFrame& frame, Now now) {
    if (session && entered) return take_list_again(frame, now);
    if (farewell) return;
    if (const auto believed = trust.accept_list(frame.list); !believed) {
        report(believed.error());
        return stop(Phase::refused);
    }
    ready(now);
}

void Client::State::ready(Now now) {
    if (phase == Phase::connecting) set_phase(Phase::connected);
    if (session || welcomed) return enter(now);
    if (hosting && !joining) return open_room(now);
    if (joining && joining->envelope) {
        send_knock();
        if (phase == Phase::reconnecting && !joining->looks_again) set_phase(Phase::waiting);
        return;
    }
    if (returning && returning->by_hand && !returning->remaking) return remake_when_due(now);
    if (joining) return find_card(now);
}

bool asks_for_patience(Refusal refusal) {
    return refusal == Refusal::too_fast || refusal == Refusal::too_many_requests || refusal == Refusal::busy;
}

std::uint64_t patience_ms(const Refused& answer) { return std::max(answer.detail, refused_retry_ms); }

namespace {

// What was asked for is not refused: it is for the room that comes after this one.
bool is_of_a_lost_room(Refusal refusal) { return refusal == Refusal::no_such_room || refusal == Refusal::room_remade; }

bool is_stale(Refusal refusal) { return refusal == Refusal::stale_epoch || refusal == Refusal::stale_orders; }

ErrorEvent error_of(const Refused& answer) { return {std::string(name(answer.refusal)), "the relay refused it"}; }

}  // namespace

void Client::State::report_refusal(const Refused& answer) { events.push_back(error_of(answer)); }

// A text for a past epoch is sealed again; one that came too soon waits as it is; any other is given up, and said so.
void Client::State::text_refused(const Refused& answer, const Request& request, Now now) {
    const auto item = std::find_if(outbox.begin(), outbox.end(),
                                   [&](const Outgoing& each) { return each.submission == request.submission; });
    if (item == outbox.end()) return;
    item->in_flight = false;
    if (item->silent && is_stale(answer.refusal)) {  // a pulse speaks of its own epoch: the next one is of the new
        if (hosting) hosting->next_pulse = 0;
        outbox.erase(item);
        return;
    }
    if (is_of_a_lost_room(answer.refusal)) item->not_before = now.steady_ms + patience_ms(answer);
    if (is_stale(answer.refusal) || is_of_a_lost_room(answer.refusal)) {
        // Of the very epoch that it was sealed for: a removal was ordered in it, of which we shall hear in a moment.
        if (is_stale(answer.refusal) && answer.detail == item->epoch.value)
            item->not_before = now.steady_ms + refused_retry_ms;
        return item->sealed.clear();
    }
    if (asks_for_patience(answer.refusal)) {
        item->not_before = now.steady_ms + patience_ms(answer);
        return;
    }
    const Outgoing given_up = std::move(*item);
    outbox.erase(item);
    if (given_up.silent) return;
    events.push_back(error_of(answer));
    if (!given_up.text.empty()) notice("not_sent", circle::safe_text(given_up.text, true));
}

// A lost race is judged anew by the next pump. A Commit that the relay was too busy for may be in the log all the same:
// it is sent again, and known again by its submission id. Any other refusal would come again: the wish is given up.
void Client::State::commit_refused(const Refused& answer, const Request& request, Now now) {
    if (!pending_commit || pending_commit->submission != request.submission) return;
    const bool is_kept = asks_for_patience(answer.refusal);
    if (is_kept)
        pending_commit->in_flight = false;
    else
        pending_commit.reset();
    if (is_stale(answer.refusal) || is_of_a_lost_room(answer.refusal) || !hosting) return;
    hosting->commit_not_before = now.steady_ms + patience_ms(answer);
    if (is_kept) return;
    for (auto& [id, waiting] : hosting->waiting) {
        if (std::exchange(waiting.wanted, false) && !waiting.shown) show_knock(waiting, true);
    }
    events.push_back(error_of(answer));
}

void Client::State::order_refused(const Refused& answer, const Request& request, Now now) {
    if (!hosting) return;
    auto& orders = hosting->orders;
    const auto item = std::find_if(orders.begin(), orders.end(),
                                   [&](const PendingOrder& each) { return each.submission == request.submission; });
    if (item == orders.end()) return;
    item->in_flight = false;
    if (asks_for_patience(answer.refusal) || is_of_a_lost_room(answer.refusal)) {
        item->not_before = now.steady_ms + patience_ms(answer);
        return;
    }
    // Who came back does not know how far her count had come: only the relay has all her orders.
    if (answer.refusal == Refusal::order_replayed && answer.detail >= item->order.body.number.value && session) {
        Order again = item->order.body;
        orders.erase(item);
        hosting->last_number = SignerNumber{answer.detail};
        if (!order(again, now)) events.push_back(error_of(answer));
        return;
    }
    orders.erase(item);
    hosting->last_number = session ? session->room.last_number(self->member) : SignerNumber{};
    events.push_back(error_of(answer));
}

void Client::State::refused(const Refused& answer, const Request& request, Now now) {
    if (is_refused_for_now(answer, request, now) || is_errand_for_later(answer, request, now)) return;
    switch (request.asked) {
        case Asked::withdraw:  // it waits no longer, which is what was wanted
        case Asked::recap:     // she misses what she missed, and is told of a gap
            return;
        case Asked::post_cards:
            if (hosting && asks_for_patience(answer.refusal))
                return cards_not_posted(request.submission, now.steady_ms + patience_ms(answer));
            if (hosting) hosting->posting.erase(request.submission);
            return events.push_back(error_of(answer));
        case Asked::submit_text: return text_refused(answer, request, now);
        case Asked::submit_commit: return commit_refused(answer, request, now);
        case Asked::order: return order_refused(answer, request, now);
        case Asked::hold: return hold_refused(answer, now);
        case Asked::erased: farewell ? end_farewell() : void(); return;
        case Asked::staff_list_again:
            if (session) session->heads_in_doubt.clear();  // her next pulse asks again
            return;
        case Asked::talk: return talk_refused(answer, request, now);
        case Asked::lane_said: return lane_refused(answer, request, now);
        case Asked::book: return book_refused(*this, answer, request, now);
        case Asked::lease:  // somebody else is admitting: a tick asks again
            if (hosting) hosting->lease_try_again = now.steady_ms + lease_retry_ms;
            return;
        case Asked::open_room:
            if (answer.refusal == Refusal::room_exists) return enter(now);
            if (could_not_resume(*this, answer, now)) return;
            break;
        case Asked::knock:
            if (answer.refusal == Refusal::room_locked || answer.refusal == Refusal::waiting_room_full)
                return may_knock_again(name(answer.refusal), answer.refusal == Refusal::room_locked
                                                                 ? "The group is closed to newcomers for now."
                                                                 : "Too many are waiting. Try again in a while.");
            break;
        case Asked::group_card:
            if (!hosting || group_card_refused(*this, answer, now)) return;
            break;
        case Asked::card:
            if (!joining) return;  // she looks for it no more: she is making the room anew
            break;
        case Asked::leave:
            if (!asks_for_patience(answer.refusal)) return stop(Phase::left);
            break;
        case Asked::enter:
            if (submitted_leave && !asks_for_patience(answer.refusal)) return stop(Phase::left);
            break;
        case Asked::hello:
        case Asked::staff_list: break;
        default: return void(events.push_back(error_of(answer)));
    }
    events.push_back(error_of(answer));
    if (asks_for_patience(answer.refusal)) {
        actions.push_back(Disconnect{});
        return disconnected(now);
    }
    stop(answer.refusal == Refusal::room_ended ? Phase::ended : Phase::refused);
}

}  // namespace veranda::client
