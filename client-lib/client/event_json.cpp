// Events as JSON (RFC 8259), written by hand: one line, the same fields in the same order every time, no library, so
// that it is the same small thing in a terminal and in the browser.
#include "client-lib/client/events.hpp"

namespace veranda::client {
namespace {

constexpr std::string_view replacement_character = "\xef\xbf\xbd";

// RFC 8259, 7. Texts in events are UTF-8; should one ever not be, its high bytes become replacement characters.
void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    const bool utf8 = tls::is_utf8(as_bytes(text));
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\', out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00", out += hex[byte >> 4], out += hex[byte & 0xf];
        } else if (byte >= 0x80 && !utf8) {
            out += replacement_character;
        } else {
            out += c;
        }
    }
    out += '"';
}

// One object; its fields in the order in which they are added.
class Object {
public:
    Object& add(std::string_view key, std::string_view value) {
        begin(key);
        append_string(out_, value);
        return *this;
    }
    Object& add(std::string_view key, const std::string& value) { return add(key, std::string_view(value)); }
    Object& add(std::string_view key, const char* value) { return add(key, std::string_view(value)); }
    Object& add(std::string_view key, bool value) { return add_raw(key, value ? "true" : "false"); }
    Object& add(std::string_view key, std::uint64_t value) { return add_raw(key, std::to_string(value)); }
    Object& add_raw(std::string_view key, std::string_view json) {
        begin(key);
        out_ += json;
        return *this;
    }
    std::string done() const { return out_ + "}"; }

private:
    void begin(std::string_view key) {
        if (out_.size() > 1) out_ += ',';
        append_string(out_, key);
        out_ += ':';
    }
    std::string out_ = "{";
};

Object event_object(std::string_view event) { return Object().add("event", event); }

std::string members_json(const std::vector<RosterMember>& members) {
    std::string json = "[";
    for (const RosterMember& member : members) {
        if (json.size() > 1) json += ',';
        Object object;
        object.add("name", member.name)
            .add("role", veranda::name(member.role))
            .add("presence", member.here ? "here" : "away")
            .add("self", member.self)
            .add("vouched", member.vouched);
        if (member.level) object.add("level", name(*member.level));
        json += object.done();
    }
    return json + "]";
}

std::string names_json(const std::vector<std::string>& names) {
    std::string json = "[";
    for (const std::string& each : names) {
        if (json.size() > 1) json += ',';
        append_string(json, each);
    }
    return json + "]";
}

std::string texts_json(const std::vector<TextInLanguage>& texts) {
    std::string json = "[";
    for (const TextInLanguage& one : texts) {
        if (json.size() > 1) json += ',';
        json += Object().add("language", one.language.tag).add("text", one.text).done();
    }
    return json + "]";
}

std::string_view lane_kind_name(LaneKind kind) {
    switch (kind) {
        case LaneKind::raised_hand: return "raised_hand";
        case LaneKind::private_note: return "private_note";
        case LaneKind::not_safe: return "not_safe";
        case LaneKind::return_pass: return "return_pass";
        case LaneKind::words_seen: return "words_seen";
        default: return "other";
    }
}

struct ToJson {
    std::string operator()(const StateEvent& e) const {
        return event_object("state").add("state", name(e.phase)).done();
    }
    std::string operator()(const NotSafeTextsEvent& e) const {
        return event_object("not_safe_texts").add_raw("texts", texts_json(e.texts)).done();
    }
    std::string operator()(const InvitationEvent& e) const {
        return event_object("invitation")
            .add("group", e.group)
            .add("rules", e.rules)
            .add("language", e.language)
            .add("organisation", e.organisation)
            .add("facilitator", e.facilitator)
            .done();
    }
    std::string operator()(const GroupNameEvent& e) const {
        return event_object("group_name").add("name", e.name).done();
    }
    std::string operator()(const KnockedEvent& e) const {
        return event_object("knocked").add("id", e.id).add("ticket", e.ticket).done();
    }
    std::string operator()(const InviteEvent& e) const {
        return event_object("invite")
            .add("link", e.link)
            .add("words", e.words)
            .add("for_staff", e.for_staff)
            .add("number", e.number)
            .done();
    }
    std::string operator()(const InviteStandsEvent& e) const {
        return event_object("invite_stands")
            .add("number", e.number)
            .add("state", name(e.stands))
            .add_raw("names", names_json(e.names))
            .add("for_staff", e.for_staff)
            .add("own", e.own)
            .done();
    }
    std::string operator()(const KnockEvent& e) const {
        return event_object("knock")
            .add("name", e.name)
            .add("role", veranda::name(e.role))
            .add("waiting", e.waiting)
            .add("returning", e.returning)
            .add("was_removed", e.was_removed)
            .add("known_as", e.known_as)
            .done();
    }
    std::string operator()(const ReturnWordsEvent& e) const {
        return event_object("return_words").add("words", e.words).done();
    }
    std::string operator()(const TalkEvent& e) const {
        return event_object("talk")
            .add("from", e.from)
            .add("text", e.text)
            .add("own", e.own)
            .add("name", e.name)
            .done();
    }
    std::string operator()(const AgreedWordEvent& e) const {
        return event_object("agreed_word").add("name", e.name).add("words", e.words).done();
    }
    std::string operator()(const LaneEvent& e) const {
        return event_object("lane")
            .add("kind", lane_kind_name(e.kind))
            .add("state", name(e.progress))
            .add("by", e.by)
            .done();
    }
    std::string operator()(const HandsEvent& e) const {
        return event_object("hands").add_raw("names", names_json(e.names)).done();
    }
    std::string operator()(const NoteEvent& e) const {
        return event_object("note").add("from", e.from).add("text", e.text).add("waiting", e.waiting).done();
    }
    std::string operator()(const AlarmEvent& e) const {
        return event_object("alarm")
            .add("from", e.from)
            .add("text", e.text)
            .add("waiting", e.waiting)
            .add("open", e.open)
            .done();
    }
    std::string operator()(const RosterEvent& e) const {
        return event_object("roster").add_raw("members", members_json(e.members)).done();
    }
    std::string operator()(const MessageEvent& e) const {
        return event_object("message")
            .add("from", e.from)
            .add("role", veranda::name(e.role))
            .add("text", e.text)
            .add("seq", e.seq)
            .add("own", e.own)
            .add("id", e.id)
            .add("reply_to", e.reply_to)
            .add("through", e.through)
            .add("warned", e.warned)
            .done();
    }
    std::string operator()(const NoticeEvent& e) const {
        return event_object("notice").add("code", e.code).add("text", e.text).done();
    }
    std::string operator()(const GapEvent& e) const {
        return event_object("gap").add("from_seq", e.from_seq).add("to_seq", e.to_seq).done();
    }
    std::string operator()(const ComposerEvent& e) const {
        return event_object("composer").add("open", e.open).add("why", e.why).add("wait_ms", e.wait_ms).done();
    }
    std::string operator()(const ErrorEvent& e) const {
        return event_object("error").add("code", e.code).add("text", e.text).done();
    }
    std::string operator()(const OrderEvent& e) const {
        return event_object("order")
            .add("kind", e.kind)
            .add("by", e.by)
            .add("name", e.name)
            .add("self", e.self)
            .add("level", name(e.level))
            .add("seconds", e.seconds)
            .add("flag", e.flag)
            .done();
    }
    std::string operator()(const HiddenEvent& e) const {
        return event_object("hidden")
            .add("author", e.author)
            .add("seq", e.seq)
            .add("id", e.id)
            .add("hidden", e.hidden)
            .done();
    }
    std::string operator()(const PinnedEvent& e) const {
        return event_object("pinned").add("text", e.text).add("from", e.from).done();
    }
    std::string operator()(const ReactionEvent& e) const {
        return event_object("reaction")
            .add("from", e.from)
            .add("seq", e.seq)
            .add("sign", name(e.sign))
            .add("own", e.own)
            .done();
    }
    std::string operator()(const ClosingEvent& e) const {
        return event_object("closing")
            .add("text", e.text)
            .add("from", e.from)
            .add("next_session", e.next_session)
            .done();
    }
    std::string operator()(const HeldEvent& e) const {
        return event_object("held")
            .add("from", e.from)
            .add("text", e.text)
            .add("number", e.number)
            .add("state", name(e.state))
            .add("own", e.own)
            .done();
    }
    std::string operator()(const ErasureEvent& e) const {
        return event_object("erasure").add("confirmed", e.confirmed).add("of", e.of).add("final", e.final).done();
    }
    std::string operator()(const DutyEvent& e) const { return event_object("duty").add("state", e.state).done(); }
    std::string operator()(const RequestEvent& e) const {
        return event_object("request")
            .add("number", e.number)
            .add("waiting_s", e.waiting_s)
            .add("language", e.language)
            .add("urgency", veranda::name(e.urgency))
            .add("note", e.note)
            .add("continuing", e.continuing)
            .add("left", e.left)
            .done();
    }
    std::string operator()(const TalkOpenedEvent& e) const {
        return event_object("talk_opened").add("number", e.number).add("channel", std::uint64_t{e.channel}).done();
    }
    std::string operator()(const RequestGoneEvent& e) const {
        return event_object("request_gone").add("number", e.number).add("why", e.why).done();
    }
    std::string operator()(const DeskEvent& e) const {
        return event_object("desk")
            .add("state", e.state)
            .add("counsellors", e.counsellors)
            .add("can_leave", e.can_leave)
            .add("name", e.name)
            .add("words", e.words)
            .done();
    }
    std::string operator()(const AnswerEvent& e) const {
        return event_object("answer")
            .add("state", e.state)
            .add("name", e.name)
            .add("text", e.text)
            .add("asked_at", e.asked_at)
            .add("answered_at", e.answered_at)
            .done();
    }
    std::string operator()(const HandOverEvent& e) const {
        return event_object("hand_over").add("state", e.state).add("name", e.name).add("by", e.by).done();
    }
    std::string operator()(const TicketEvent& e) const { return event_object("ticket").add("ticket", e.ticket).done(); }
};

}  // namespace

std::string to_json(const Event& event) { return std::visit(ToJson{}, event); }

}  // namespace veranda::client
