// What a person says about a message that she sees: an answer, a sign, that it be hidden; and what staff pin and close
// with. Specification: docs/protocol.md, 9.1.
#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/client/client_state.hpp"

namespace veranda::client {

// May she put something into the group now? Errors: not_now, slow_mode, composer_closed, outbox_full.
Result<void> Client::State::may_write(Now now) {
    if (!session && !returning) return fail(faults::not_now);
    update_composer(now);
    if (composer_why == "slow_mode") return fail(faults::slow_mode, composer_wait_ms(now));
    if (!composer_why.empty() && composer_why != "reconnecting") return fail(faults::composer_closed);
    if (outbox.size() >= outbox_max) return fail(faults::outbox_full, outbox_max);
    return {};
}

// `gated`: waits while the composer is closed. `text` is what is given back if it waits for too long.
Result<InnerId> Client::State::send_content(ContentKind kind, ByteView body, std::string_view text, bool gated,
                                            Now now) {
    Outgoing item;
    item.id = random_id<InnerId>();
    item.content = TRY(circle::wrap(kind, item.id, body));
    item.text = std::string(text);
    item.said_at = now.steady_ms;
    item.gated = gated;
    const InnerId id = item.id;
    outbox.push_back(std::move(item));
    pump_outbox(now);
    return id;
}

Result<void> Client::State::reply(std::uint64_t seq, std::string_view text, Now now) {
    if (!session) return fail(faults::not_now);
    TRY(may_write(now));
    const circle::ShownMessage* message = session->shown.find(Sequence{seq});
    if (message == nullptr) return fail(faults::no_such_message);
    TRY(circle::check_text(text));
    TRY(send_content(ContentKind::reply, tls::encode(Reply{message->ref, std::string(text)}), text, true, now));
    return {};
}

Result<void> Client::State::say_warned(std::uint64_t reply_to, std::string_view text, Now now) {
    if (!session && reply_to != 0) return fail(faults::not_now);
    TRY(may_write(now));
    TRY(circle::check_text(text));
    Warned said{std::nullopt, std::string(text)};
    if (reply_to != 0) {
        const circle::ShownMessage* message = session->shown.find(Sequence{reply_to});
        if (message == nullptr) return fail(faults::no_such_message);
        said.to = message->ref;
    }
    TRY(send_content(ContentKind::warned, tls::encode(said), text, true, now));
    return {};
}

Result<void> Client::State::react(std::uint64_t seq, ReactionSign sign, Now now) {
    TRY(may_write(now));
    const circle::ShownMessage* message = session->shown.find(Sequence{seq});
    if (message == nullptr) return fail(faults::no_such_message);
    TRY(send_content(ContentKind::reaction, tls::encode(Reaction{message->ref, sign}), {}, true, now));
    return {};
}

// A hide goes out whatever the composer says: it keeps order, and takes nobody's word but one's own.
Result<void> Client::State::hide(std::uint64_t seq, bool hidden, Now now) {
    if (!session) return fail(faults::not_now);
    const circle::ShownMessage* message = session->shown.find(Sequence{seq});
    if (message == nullptr) return fail(faults::no_such_message);
    if (!hosting && !message->own) return fail(faults::not_ones_own);
    const MessageRef ref = message->ref;
    TRY(send_content(ContentKind::hide, tls::encode(Hide{ref, hidden}), {}, false, now));
    last_act = LastAct{now.steady_ms, {}, std::pair(ContentKind::hide, tls::encode(Hide{ref, !hidden}))};
    return {};
}

Result<void> Client::State::pin(std::string_view text, Now now) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    if (!text.empty()) TRY(circle::check_text(text));
    TRY(send_content(ContentKind::pin, tls::encode(Pin{std::string(text)}), {}, false, now));
    last_act = LastAct{now.steady_ms, {}, std::pair(ContentKind::pin, tls::encode(Pin{session->pinned}))};
    return {};
}

// The end goes once its last words are in the log, or cannot be for closing_waits_ms.
Result<void> Client::State::end(std::string_view last_words, Now now) {
    if (last_words.empty()) return end(now);
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    if (hosting->last_words) return fail(faults::not_now);
    TRY(circle::check_text(last_words));
    hosting->last_words =
        TRY(send_content(ContentKind::closing, tls::encode(Closing{std::string(last_words), 0}), {}, false, now));
    hosting->end_at = now.steady_ms + closing_waits_ms;
    return {};
}

}  // namespace veranda::client
