// Cards, knocks and their answers over Redis.
#include "server/store/redis/card_posting.hpp"
#include "server/store/redis/redis_state.hpp"

namespace veranda::store {
namespace {

using redis::call_of;
using redis::Command;
using redis::Reply;
using redis::ReplyView;
using redis::RoomKeys;
namespace scripts = redis::scripts;

std::optional<Answered> answered_of(ReplyView type, ReplyView body) {
    const auto number = type.number();
    if (!number || *number > UINT16_MAX) return std::nullopt;
    return Answered{static_cast<FrameType>(*number), to_bytes(body.bytes())};
}

std::optional<KnockState> knock_state_of(ReplyView reply) {
    if (reply[0].text() == "waiting") return Waiting{};
    if (reply[0].text() == "full") return Full{};
    auto answered = answered_of(reply[1], reply[2]);
    return answered ? std::optional<KnockState>(std::move(*answered)) : std::nullopt;
}

}  // namespace

// ---- cards ----

void RedisStore::put_cards(RoomId room, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then) {
    redis::post_cards(*state_->commands, room, std::move(cards), now, std::move(then));
}

void RedisStore::drop_cards(RoomId room, std::vector<CardId> cards, Then<Nothing> then) {
    if (cards.empty()) return then(Nothing{});
    Command command("HDEL");
    command.add(RoomKeys(room).cards());
    for (const CardId& card : cards) command.add(card);
    state_->commands->send(command, state_->commands->answering<Nothing>(std::move(then), redis::nothing_of));
    for (const CardId& card : cards) redis::release_card(*state_->commands, room, card);
}

void RedisStore::find_card(CardId card, Then<std::optional<StoredCard>> then) {
    using Found = std::optional<StoredCard>;
    const auto look_in_room = [state = state_.get(), card, then = std::move(then)](Answer<Reply> answer) {
        if (const Trouble* trouble = std::get_if<Trouble>(&answer)) return then(*trouble);
        const ByteView bytes = std::get<Reply>(answer).view().bytes();
        if (bytes.size() != RoomId::size) return then(Found());
        RoomId room;
        std::copy(bytes.begin(), bytes.end(), room.bytes.begin());
        redis::get_card(*state->commands, room, card, then);
    };
    state_->commands->send(Command("GET").add(redis::card_key(card)), look_in_room);
}

// ---- knocks ----

void RedisStore::put_knock(RoomId room, StoredKnock knock, Then<KnockState> then) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::put_knock, {keys.room(), keys.knocks(), keys.deadlines(), keys.mail(knock.id),
                                                keys.channel(), keys.talks(knock.id)});
    call.add(knock.id).add(knock.envelope);
    call.add_number(static_cast<std::uint64_t>(state_->settings.lifetimes.knock.count()));
    call.add_number(limits::waiting_knocks_max).add_number(state_->talk_ms());
    state_->commands->call(scripts::put_knock, call,
                           state_->commands->answering<KnockState>(std::move(then), knock_state_of));
}

void RedisStore::find_answer(RoomId room, KnockId knock, Then<std::optional<Answered>> then) {
    using Found = std::optional<Answered>;
    const auto read = [](ReplyView reply) -> std::optional<Found> {
        if (reply.is_nil()) return Found();
        auto answered = answered_of(reply[0], reply[1]);
        return answered ? std::optional<Found>(std::move(answered)) : std::nullopt;
    };
    const Command call = call_of(scripts::find_answer, {RoomKeys(room).mail(knock)});
    state_->commands->call(scripts::find_answer, call, state_->commands->answering<Found>(std::move(then), read));
}

void RedisStore::end_knock(RoomId room, KnockId knock, KnockEnd end, std::optional<Answered> answer, Then<bool> then) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::end_knock, {keys.room(), keys.knocks(), keys.deadlines(), keys.mail(knock),
                                                keys.channel(), keys.talks(knock)});
    call.add(knock).add(tls::encode(end)).add_number(state_->mail_ms());
    if (answer) call.add_number(static_cast<std::uint64_t>(answer->type)).add(answer->body);
    state_->commands->call(scripts::end_knock, call,
                           state_->commands->answering<bool>(std::move(then), redis::flag_of));
}

void RedisStore::list_knocks(RoomId room, Then<std::vector<StoredKnock>> then) {
    const RoomKeys keys(room);
    const auto read = [](ReplyView reply) -> std::optional<std::vector<StoredKnock>> {
        std::vector<std::pair<std::uint64_t, StoredKnock>> found;
        for (std::size_t i = 0; i + 1 < reply.size(); i += 2) {
            tls::Reader reader(reply[i + 1].bytes());
            const std::uint64_t arrival = reader.number(8);
            const auto id = redis::decoded<KnockId>(reply[i].bytes());
            if (!reader.ok() || !id) return std::nullopt;
            found.push_back({arrival, {*id, to_bytes(reader.raw(reader.remaining()))}});
        }
        return redis::by_arrival(std::move(found));
    };
    const Command call = call_of(scripts::list_knocks, {keys.knocks(), keys.deadlines(), keys.channel()});
    state_->commands->call(scripts::list_knocks, call,
                           state_->commands->answering<std::vector<StoredKnock>>(std::move(then), read));
}

// ---- talk before admission ----

void RedisStore::put_talk(RoomId room, KnockId knock, StoredTalk talk, Then<TalkKept> then) {
    const auto read = [](ReplyView reply) -> std::optional<TalkKept> {
        switch (reply.number().value_or(-1)) {
            case 0: return TalkKept::no_such_knock;
            case 1: return TalkKept::kept;
            case 2: return TalkKept::full;
            default: return std::nullopt;
        }
    };
    const RoomKeys keys(room);
    Command call =
        call_of(scripts::put_talk, {keys.room(), keys.knocks(), keys.deadlines(), keys.talks(knock), keys.channel()});
    Bytes item = tls::encode(talk.from_staff);
    veranda::append(item, talk.sealed);
    call.add(knock).add(item).add_number(limits::talks_per_knock_max).add_number(state_->talk_ms());
    state_->commands->call(scripts::put_talk, call, state_->commands->answering<TalkKept>(std::move(then), read));
}

void RedisStore::list_talks(RoomId room, KnockId knock, Then<std::vector<StoredTalk>> then) {
    const auto read = [](ReplyView reply) -> std::optional<std::vector<StoredTalk>> {
        std::vector<StoredTalk> talks;
        for (std::size_t i = 0; i < reply.size(); ++i) {
            tls::Reader reader(reply[i].bytes());
            StoredTalk talk;
            tls::read(reader, talk.from_staff);
            talk.sealed = to_bytes(reader.raw(reader.remaining()));
            if (!reader.ok()) return std::nullopt;
            talks.push_back(std::move(talk));
        }
        return talks;
    };
    Command command("LRANGE");
    command.add(RoomKeys(room).talks(knock)).add_number(0).add_number(limits::talks_per_knock_max);
    state_->commands->send(command, state_->commands->answering<std::vector<StoredTalk>>(std::move(then), read));
}

}  // namespace veranda::store
