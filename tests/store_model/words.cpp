// Every answer and every event in words.
#include "tests/store_model/words.hpp"

#include <algorithm>

namespace veranda::tests {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

template <class Item>
std::string list(const std::vector<Item>& items) {
    std::string all = "[";
    for (const Item& item : items) all += (all.size() > 1 ? "; " : "") + words(item);
    return all + "]";
}

std::string in_order(std::vector<std::string> lines) {
    std::sort(lines.begin(), lines.end());
    std::string all = "[";
    for (const std::string& line : lines) all += (all.size() > 1 ? "; " : "") + line;
    return all + "]";
}

template <class Item>
std::string in_any_order(const std::vector<Item>& items) {
    std::vector<std::string> lines;
    for (const Item& item : items) lines.push_back(words(item));
    return in_order(std::move(lines));
}

std::string time(UnixMillis at, Precision precision) {
    return precision == Precision::exact ? number(at.value) : std::string("then");
}

std::string request_words(const StoredRequest& request, Precision precision) {
    return words(request.id) + " since " + time(request.since, precision) + (request.left ? " left " : " ") +
           words(request.envelope) + " of " + words(request.holder) + " answer " + words(request.answer);
}

}  // namespace

std::string words(const Bytes& bytes) {
    std::string text = "'";
    for (const std::uint8_t byte : bytes)
        text += byte >= ' ' && byte < 127 ? std::string(1, static_cast<char>(byte)) : "\\" + number(byte);
    return text + "'";
}
std::string words(bool value) { return value ? "yes" : "no"; }
std::string words(const LogEntry& entry) {
    return number(entry.sequence.value) + " at " + number(entry.received_at.value) + " from " + words(entry.sender) +
           " kind " + number(static_cast<std::uint64_t>(entry.kind)) + " " + words(entry.body);
}
std::string words(const StoredKnock& knock) { return words(knock.id) + " " + words(knock.envelope); }
std::string words(const StoredTalk& talk) { return (talk.from_staff ? "staff " : "joiner ") + words(talk.sealed); }
std::string words(const StoredLane& lane) {
    return words(lane.id) + " from " + words(lane.from) + " " + words(lane.envelope);
}
std::string words(const Answered& answer) {
    return "answered " + number(static_cast<std::uint64_t>(answer.type)) + " " + words(answer.body);
}
std::string words(KnockEnd end) {
    switch (end) {
        case KnockEnd::withdrawn: return "withdrawn";
        case KnockEnd::admitted: return "admitted";
        case KnockEnd::refused: return "refused";
        case KnockEnd::sent_away: return "sent away";
    }
    return "?";
}

// ---- answers ----

std::string words_of(bool answer, Precision) { return words(answer); }
std::string words_of(Nothing, Precision) { return "done"; }
std::string words_of(const std::optional<RoomSnapshot>& answer, Precision) {
    if (!answer) return "no room";
    const RoomSnapshot& room = *answer;
    return "room " + words(room.genesis_entry) + " epoch " + number(room.epoch.value) + " last " +
           number(room.last.value) + " oldest " + number(room.oldest.value) + " orders " +
           number(room.order_count.value) + " " + list(room.orders) + " admissions " + in_any_order(room.admissions) +
           " closed " + (room.closed_epoch ? number(room.closed_epoch->value) : "no") + (room.remade ? " remade" : "");
}
std::string words_of(const Appended& answer, Precision) {
    if (const Stored* stored = std::get_if<Stored>(&answer))
        return (stored->doubled ? "doubled " : "stored ") + number(stored->sequence.value);
    if (const Stale* stale = std::get_if<Stale>(&answer))
        return "stale epoch " + number(stale->epoch.value) + " orders " + number(stale->order_count.value);
    return std::holds_alternative<NoRoom>(answer) ? "no room" : "ended";
}
std::string words_of(const std::vector<LogEntry>& answer, Precision) { return list(answer); }
std::string words_of(const std::optional<StoredCard>& answer, Precision) {
    if (!answer) return "no card";
    return std::string(answer->spent ? "spent" : "card") + " of " + words(answer->room) + " key " +
           words(answer->knock_key) + " " + words(answer->sealed);
}
std::string words_of(const KnockState& answer, Precision) {
    if (const Answered* answered = std::get_if<Answered>(&answer)) return words(*answered);
    return std::holds_alternative<Waiting>(answer) ? "waiting" : "full";
}
std::string words_of(const std::optional<Answered>& answer, Precision) { return answer ? words(*answer) : "no answer"; }
std::string words_of(const std::vector<StoredKnock>& answer, Precision) { return list(answer); }
std::string words_of(TalkKept answer, Precision) {
    return answer == TalkKept::kept ? "kept" : answer == TalkKept::full ? "full" : "no such knock";
}
std::string words_of(const std::vector<StoredTalk>& answer, Precision) { return list(answer); }
std::string words_of(std::vector<MemberId> answer, Precision) { return in_any_order(answer); }
std::string words_of(const LeaseState& answer, Precision precision) {
    if (precision == Precision::exact)
        return words(answer.holder) + " for " + number(static_cast<std::uint64_t>(answer.left.count()));
    return words(answer.holder) + (answer.left.count() > 0 ? " for some time" : "");
}
std::string words_of(const std::vector<StoredLane>& answer, Precision) { return list(answer); }
std::string words_of(std::vector<StoredDuty> answer, Precision) {
    std::vector<std::string> lines;
    for (const StoredDuty& duty : answer) lines.push_back(words(duty.turn) + " " + words(duty.statement));
    return in_order(std::move(lines));
}
std::string words_of(const RequestPut& answer, Precision) {
    return (answer.is_kept ? "kept, of " : "full, of ") + words(answer.holder);
}
// Oldest first; those of one millisecond in any order.
std::string words_of(std::vector<StoredRequest> answer, Precision precision) {
    const auto older = [](const auto& a, const auto& b) { return a.since < b.since; };
    if (!std::is_sorted(answer.begin(), answer.end(), older)) return "not oldest first";
    const auto key = [&](const StoredRequest& of) {
        return std::pair(precision == Precision::exact ? of.since : UnixMillis{}, of.id);
    };
    std::sort(answer.begin(), answer.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    std::string all = "[";
    for (const StoredRequest& request : answer) all += request_words(request, precision) + "; ";
    return all + "]";
}
std::string words_of(const Hash& answer, Precision) { return "of " + words(answer); }
std::string words_of(const std::optional<Hash>& answer, Precision) {
    return answer ? "of " + words(*answer) : "no such request";
}
std::string words_of(AnswerPut answer, Precision) {
    switch (answer) {
        case AnswerPut::kept: return "kept";
        case AnswerPut::no_such_request: return "no such request";
        case AnswerPut::claimed: return "claimed";
        case AnswerPut::full: return "full";
    }
    return "?";
}
std::string words_of(const FoundAnswer& answer, Precision) {
    return words(answer.sealed) + (answer.is_awaited ? " awaited" : "");
}
std::string words_of(DeskMissing answer, Precision) {
    return "duty " + in_any_order(answer.duty) + " requests " + in_any_order(answer.requests);
}

// ---- events ----

void Told::on_entry(RoomId room, const LogEntry& entry) {
    ++entries;
    heard["room " + words(room) + " log"].push_back(words(entry));
}
void Told::on_knock(RoomId room, const StoredKnock& knock) {
    heard["room " + words(room) + " knock " + words(knock.id)].push_back("waits " + words(knock.envelope));
}
void Told::on_knock_end(RoomId room, KnockId knock, KnockEnd end) {
    heard["room " + words(room) + " knock " + words(knock)].push_back(words(end));
}
void Told::on_talk(RoomId room, KnockId knock, const StoredTalk& talk) {
    heard["room " + words(room) + " knock " + words(knock)].push_back(words(talk));
}
void Told::on_entrance(RoomId room, AccessKey key, std::uint64_t token) {
    heard["room " + words(room) + " entrance"].push_back(words(key) + " by " + number(token));
}
void Told::on_presence(RoomId room, MemberId member, Whereabouts whereabouts) {
    heard["room " + words(room) + " member " + words(member)].push_back(whereabouts == Whereabouts::here ? "here"
                                                                                                         : "away");
}
void Told::on_lane(RoomId room, const StoredLane& lane) {
    heard["room " + words(room) + " lane"].push_back(words(lane));
}
void Told::on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) {
    heard["room " + words(room) + " lane"].push_back("acknowledged to " + words(to) + " " + words(acknowledgement));
}
void Told::on_remade(RoomId room) { heard["room " + words(room)].push_back("remade"); }
void Told::on_forgotten() { heard["all"].push_back("forgotten"); }
void Told::on_duty_nonce(Challenge nonce) { heard["desk"].push_back("nonce " + words(nonce)); }
void Told::on_duty_proof(Challenge nonce, const Bytes& proof) {
    heard["desk"].push_back("proof " + words(nonce) + " " + words(proof));
}
void Told::on_hand_over(Hash turn, const Bytes& sealed) {
    heard["desk"].push_back("hand over " + words(turn) + " " + words(sealed));
}
void Told::on_desk_request(const StoredRequest& request) {
    heard["desk request " + words(request.id)].push_back(request_words(request, precision_));
}
void Told::on_desk_state(LaneId request, DeskStanding standing, Hash holder) {
    heard["desk request " + words(request)].push_back("standing " + number(static_cast<std::uint64_t>(standing)) +
                                                      " of " + words(holder));
}

}  // namespace veranda::tests
