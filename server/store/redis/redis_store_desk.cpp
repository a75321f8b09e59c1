// The support desk over Redis: every step is scripts/desk.lua.
#include "server/store/redis/redis_state.hpp"

namespace veranda::store {
namespace {

using redis::Command;
using redis::DeskKeys;
using redis::Reply;
using redis::ReplyView;
namespace scripts = redis::scripts;

Command step(std::string_view name) {
    Command call = redis::call_of(scripts::desk, DeskKeys().all());
    call.add(name);
    return call;
}

std::uint64_t count(milliseconds time) {
    return static_cast<std::uint64_t>(std::max<milliseconds::rep>(time.count(), 1));
}

std::optional<std::vector<StoredDuty>> duty_of(ReplyView reply) {
    std::vector<StoredDuty> all;
    for (std::size_t i = 0; i + 1 < reply.size(); i += 2) {
        const auto turn = redis::decoded<Hash>(reply[i].bytes());
        if (!turn) return std::nullopt;
        all.push_back({*turn, to_bytes(reply[i + 1].bytes())});
    }
    return all;
}

std::optional<std::vector<StoredRequest>> requests_of(ReplyView reply) {
    std::vector<std::pair<std::uint64_t, StoredRequest>> found;
    for (std::size_t i = 0; i + 2 < reply.size(); i += 3) {
        const auto id = redis::decoded<LaneId>(reply[i].bytes());
        const auto holder = redis::decoded<Hash>(reply[i + 1].bytes());
        tls::Reader reader(reply[i + 2].bytes());
        StoredRequest request;
        tls::read(reader, request.since);
        tls::read(reader, request.left);
        if (!reader.ok() || !id || !holder) return std::nullopt;
        request.id = *id;
        request.holder = *holder;
        request.envelope = to_bytes(reader.raw(reader.remaining()));
        found.push_back({request.since.value, std::move(request)});
    }
    return redis::by_arrival(std::move(found));
}

std::optional<RequestPut> put_of(ReplyView reply) {
    const auto is_kept = reply[0].number();
    const auto holder = redis::decoded<Hash>(reply[1].bytes());
    if (!is_kept || !holder) return std::nullopt;
    return RequestPut{*is_kept == 1, *holder};
}

template <class Id>
std::optional<std::vector<Id>> ids_of(ReplyView reply) {
    std::vector<Id> ids;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        const auto id = redis::decoded<Id>(reply[i].bytes());
        if (!id) return std::nullopt;
        ids.push_back(*id);
    }
    return ids;
}

std::optional<DeskMissing> missing_of(ReplyView reply) {
    auto duty = ids_of<Hash>(reply[0]);
    auto requests = ids_of<LaneId>(reply[1]);
    if (!duty || !requests) return std::nullopt;
    return DeskMissing{std::move(*duty), std::move(*requests)};
}

}  // namespace

// After a cut of the subscriber: what waits is told again, as it stands.
void RedisStore::State::retell_desk() {
    store->list_requests([this](auto answer) {
        const auto* requests = std::get_if<std::vector<StoredRequest>>(&answer);
        if (!requests) return;
        for (const StoredRequest& request : *requests) {
            if (!desk_channel->is_watched()) return;
            const bool is_claimed = !request.holder.is_zero();
            listener->on_desk_state(request.id, is_claimed ? DeskStanding::claimed : DeskStanding::waiting,
                                    request.holder);
            listener->on_desk_request(request);
        }
    });
}

void RedisStore::watch_desk(Then<Nothing> then) { state_->desk_channel->watch(std::move(then)); }
void RedisStore::unwatch_desk() { state_->desk_channel->unwatch(); }

void RedisStore::put_duty(StoredDuty duty, Then<Nothing> then) {
    Command call = step("put_duty");
    call.add(duty.turn).add(duty.statement).add_number(state_->presence_ms());
    state_->commands->call(scripts::desk, call,
                           state_->commands->answering<Nothing>(std::move(then), redis::nothing_of));
}

void RedisStore::drop_duty(Hash turn, Then<Nothing> then) {
    state_->commands->call(scripts::desk, step("drop_duty").add(turn),
                           state_->commands->answering<Nothing>(std::move(then), redis::nothing_of));
}

void RedisStore::list_duty(Then<std::vector<StoredDuty>> then) {
    state_->commands->call(scripts::desk, step("list_duty"),
                           state_->commands->answering<std::vector<StoredDuty>>(std::move(then), duty_of));
}

void RedisStore::announce_duty_nonce(Challenge nonce) {
    Command command("SPUBLISH");
    command.add(DeskKeys().channel()).add(redis::encode_duty_nonce(nonce));
    state_->commands->send(command, [](Answer<Reply>) {});
}

void RedisStore::announce_duty_proof(Challenge nonce, Bytes proof) {
    Command command("SPUBLISH");
    command.add(DeskKeys().channel()).add(redis::encode_duty_proof(nonce, proof));
    state_->commands->send(command, [](Answer<Reply>) {});
}

void RedisStore::announce_hand_over(Hash turn, Bytes sealed) {
    Command command("SPUBLISH");
    command.add(DeskKeys().channel()).add(redis::encode_hand_over(turn, sealed));
    state_->commands->send(command, [](Answer<Reply>) {});
}

void RedisStore::put_request(StoredRequest request, Then<RequestPut> then) {
    Command call = step("put_request");
    call.add(request.id).add(tls::encode(request.left)).add(request.answer).add(request.envelope);
    call.add_number(count(state_->settings.lifetimes.knock)).add_number(limits::desk_left_ms);
    call.add_number(limits::desk_waiting_max);
    state_->commands->call(scripts::desk, call, state_->commands->answering<RequestPut>(std::move(then), put_of));
}

void RedisStore::list_requests(Then<std::vector<StoredRequest>> then) {
    state_->commands->call(scripts::desk, step("list_requests"),
                           state_->commands->answering<std::vector<StoredRequest>>(std::move(then), requests_of));
}

void RedisStore::claim_request(LaneId request, Hash holder, milliseconds lives, Then<Hash> then) {
    Command call = step("claim");
    call.add(request).add(holder).add_number(count(lives));
    state_->commands->call(scripts::desk, call, state_->commands->answering<Hash>(std::move(then), [](ReplyView reply) {
        return redis::decoded<Hash>(reply.bytes());
    }));
}

void RedisStore::end_request(LaneId request, Hash holder, Then<std::optional<Hash>> then) {
    const auto read = [](ReplyView reply) -> std::optional<std::optional<Hash>> {
        if (reply.is_nil()) return std::optional<Hash>();
        const auto had = redis::decoded<Hash>(reply.bytes());
        if (!had) return std::nullopt;
        return std::optional<Hash>(*had);
    };
    state_->commands->call(scripts::desk, step("end").add(request).add(holder),
                           state_->commands->answering<std::optional<Hash>>(std::move(then), read));
}

void RedisStore::put_desk_answer(LaneId request, AnswerId answer, Hash holder, Bytes sealed, milliseconds lives,
                                 Then<AnswerPut> then) {
    Command call = step("put_answer");
    call.add(request).add(answer).add(holder).add(sealed).add_number(count(lives));
    call.add_number(limits::desk_answers_max);
    const auto read = [](ReplyView reply) -> std::optional<AnswerPut> {
        const auto outcome = reply.number();
        if (!outcome || *outcome > static_cast<std::uint64_t>(AnswerPut::full)) return std::nullopt;
        return static_cast<AnswerPut>(*outcome);
    };
    state_->commands->call(scripts::desk, call, state_->commands->answering<AnswerPut>(std::move(then), read));
}

void RedisStore::find_desk_answer(AnswerId answer, Then<FoundAnswer> then) {
    const auto read = [](ReplyView reply) -> std::optional<FoundAnswer> {
        const auto is_awaited = reply[1].number();
        if (!is_awaited) return std::nullopt;
        return FoundAnswer{reply[0].is_nil() ? Bytes() : to_bytes(reply[0].bytes()), *is_awaited == 1};
    };
    state_->commands->call(scripts::desk, step("find_answer").add(answer),
                           state_->commands->answering<FoundAnswer>(std::move(then), read));
}

void RedisStore::refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests, Then<DeskMissing> then) {
    Command call = step("refresh");
    call.add_number(state_->presence_ms()).add_number(count(state_->settings.lifetimes.knock));
    call.add_number(duty.size());
    for (const Hash& turn : duty) call.add(turn);
    call.add_number(requests.size());
    for (const LaneId& request : requests) call.add(request);
    state_->commands->call(scripts::desk, call, state_->commands->answering<DeskMissing>(std::move(then), missing_of));
}

}  // namespace veranda::store
