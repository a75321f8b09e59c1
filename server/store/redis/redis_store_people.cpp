// Entrances, presence, leases and the lane over Redis.
#include "server/store/redis/redis_state.hpp"

namespace veranda::store {
namespace {

using redis::call_of;
using redis::Command;
using redis::Reply;
using redis::ReplyView;
using redis::RoomKeys;
namespace scripts = redis::scripts;

std::optional<std::vector<MemberId>> members_of(ReplyView reply) {
    std::vector<MemberId> members;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        const auto member = redis::decoded<MemberId>(reply[i].bytes());
        if (!member) return std::nullopt;
        members.push_back(*member);
    }
    return members;
}

std::optional<LeaseState> lease_of(ReplyView reply) {
    if (reply.is_nil()) return LeaseState{};
    const auto holder = redis::decoded<MemberId>(reply[0].bytes());
    if (!holder) return std::nullopt;
    return LeaseState{*holder, milliseconds(reply[1].number().value_or(0))};
}

std::optional<std::vector<StoredLane>> lane_of(ReplyView reply) {
    std::vector<std::pair<std::uint64_t, StoredLane>> found;
    for (std::size_t i = 0; i + 1 < reply.size(); i += 2) {
        tls::Reader reader(reply[i + 1].bytes());
        const std::uint64_t arrival = reader.number(8);
        MemberId from;
        tls::read(reader, from);
        const auto id = redis::decoded<LaneId>(reply[i].bytes());
        if (!reader.ok() || !id) return std::nullopt;
        found.push_back({arrival, {*id, from, to_bytes(reader.raw(reader.remaining()))}});
    }
    return redis::by_arrival(std::move(found));
}

}  // namespace

// After a cut of the subscriber: what waits is told again, and that the room was replaced, since its bell may have been
// lost.
void RedisStore::State::retell(RoomId room) {
    Command remade("HGET");
    remade.add(RoomKeys(room).room()).add("remade");
    const auto is_remade = [](ReplyView reply) { return std::optional(!reply.is_nil()); };
    commands->send(remade, commands->answering<bool>(
                               [this, room](Answer<bool> answer) {
                                   const bool* is_so = std::get_if<bool>(&answer);
                                   if (is_so && *is_so && subscriptions->is_watched(room)) listener->on_remade(room);
                               },
                               is_remade));
    store->list_knocks(room, [this, room](auto answer) {
        const auto* knocks = std::get_if<std::vector<StoredKnock>>(&answer);
        if (!knocks) return;
        for (const StoredKnock& knock : *knocks) {
            if (subscriptions->is_watched(room)) listener->on_knock(room, knock);
            retell_talk(room, knock.id);
        }
    });
    store->list_lane(room, [this, room](auto answer) {
        const auto* waiting = std::get_if<std::vector<StoredLane>>(&answer);
        if (!waiting) return;
        for (const StoredLane& lane : *waiting)
            if (subscriptions->is_watched(room)) listener->on_lane(room, lane);
    });
}

void RedisStore::State::retell_talk(RoomId room, KnockId knock) {
    store->list_talks(room, knock, [this, room, knock](auto answer) {
        const auto* talks = std::get_if<std::vector<StoredTalk>>(&answer);
        if (!talks) return;
        for (const StoredTalk& talk : *talks)
            if (subscriptions->is_watched(room)) listener->on_talk(room, knock, talk);
    });
}

// ---- entrances and presence ----

void RedisStore::announce_entrance(RoomId room, AccessKey key, std::uint64_t token) {
    Command command("SPUBLISH");
    command.add(RoomKeys(room).channel()).add(redis::encode_entrance(key, token));
    state_->commands->send(command, [](Answer<Reply>) {});
}

void RedisStore::set_presence(RoomId room, MemberId member, Whereabouts whereabouts) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::set_presence, {keys.room(), keys.presence(), keys.channel()});
    call.add(member).add(tls::encode(whereabouts)).add_number(state_->presence_ms());
    state_->commands->call(scripts::set_presence, call, [](Answer<Reply>) {});
}

void RedisStore::refresh_presence(RoomId room, std::vector<MemberId> here, Then<std::vector<MemberId>> then) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::refresh_presence,
                           {keys.room(), keys.presence(), keys.channel(), keys.knocks(), keys.deadlines()});
    call.add_number(state_->presence_ms());
    for (const MemberId& member : here) call.add(member);
    state_->commands->call(scripts::refresh_presence, call,
                           state_->commands->answering<std::vector<MemberId>>(std::move(then), members_of));
}

// ---- leases ----

void RedisStore::claim_lease(RoomId room, LeaseKind kind, MemberId holder, milliseconds lives, Then<LeaseState> then) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::claim_lease, {keys.room(), keys.lease(kind)});
    call.add(holder).add_number(static_cast<std::uint64_t>(std::max<milliseconds::rep>(lives.count(), 1)));
    state_->commands->call(scripts::claim_lease, call,
                           state_->commands->answering<LeaseState>(std::move(then), lease_of));
}

void RedisStore::release_lease(RoomId room, LeaseKind kind, MemberId holder, Then<Nothing> then) {
    const Command call = call_of(scripts::release_lease, {RoomKeys(room).lease(kind)}).add(holder);
    state_->commands->call(scripts::release_lease, call,
                           state_->commands->answering<Nothing>(std::move(then), redis::nothing_of));
}

// ---- the lane ----

void RedisStore::put_lane(RoomId room, StoredLane lane, Then<bool> then) {
    const RoomKeys keys(room);
    Bytes content = to_bytes(lane.from);
    veranda::append(content, lane.envelope);
    Command call = call_of(scripts::put_lane, {keys.room(), keys.lane(), keys.channel()});
    call.add(lane.id).add(content).add_number(limits::lane_waiting_max).add_number(limits::lane_of_waiting_max);
    state_->commands->call(scripts::put_lane, call, state_->commands->answering<bool>(std::move(then), redis::flag_of));
}

void RedisStore::put_held(RoomId room, StoredLane lane, Then<bool> then) {
    const RoomKeys keys(room);
    Bytes content = to_bytes(lane.from);
    veranda::append(content, lane.envelope);
    Command call = call_of(scripts::put_held, {keys.room(), keys.lane(), keys.held(), keys.channel()});
    call.add(lane.id).add(content).add_number(limits::lane_waiting_max);
    state_->commands->call(scripts::put_held, call, state_->commands->answering<bool>(std::move(then), redis::flag_of));
}

void RedisStore::list_lane(RoomId room, Then<std::vector<StoredLane>> then) {
    state_->commands->send(Command("HGETALL").add(RoomKeys(room).lane()),
                           state_->commands->answering<std::vector<StoredLane>>(std::move(then), lane_of));
}

void RedisStore::acknowledge_lane(RoomId room, LaneId lane, Bytes acknowledgement, Then<bool> then) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::acknowledge_lane, {keys.lane(), keys.channel(), keys.room(), keys.held()});
    call.add(lane).add(acknowledgement);
    state_->commands->call(scripts::acknowledge_lane, call,
                           state_->commands->answering<bool>(std::move(then), redis::flag_of));
}

}  // namespace veranda::store
