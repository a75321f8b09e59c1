// Rooms and their logs over Redis, and the two connections' comings and goings.
#include "server/store/redis/redis_store.hpp"

#include "server/store/redis/redis_state.hpp"

namespace veranda::store {
namespace {

using redis::call_of;
using redis::Command;
using redis::Reply;
using redis::ReplyView;
using redis::RoomKeys;
namespace scripts = redis::scripts;

// The stored entry is encode(LogEntry), whose first eight bytes are the sequence: the script puts them there.
Bytes behind_sequence(const LogEntry& entry) {
    const Bytes whole = tls::encode(entry);
    return {whole.begin() + sizeof(entry.sequence.value), whole.end()};
}

std::optional<std::optional<RoomSnapshot>> snapshot_of(ReplyView reply) {
    if (reply.is_nil()) return std::optional<RoomSnapshot>();
    const auto epoch = reply[1].number(), last = reply[2].number(), oldest = reply[3].number(),
               order_count = reply[4].number();
    auto orders = redis::entries_of(reply[6]);
    if (!epoch || !last || !oldest || !order_count || !orders) return std::nullopt;
    RoomSnapshot snapshot{to_bytes(reply[0].bytes()), {*epoch}, {*last}, {*oldest}, {*order_count}, {}, {}, {}};
    for (std::size_t i = 0; i < reply[5].size(); ++i) snapshot.admissions.push_back(to_bytes(reply[5][i].bytes()));
    snapshot.orders = std::move(*orders);
    if (const auto closed = reply[7].number()) snapshot.closed_epoch = Epoch{*closed};
    snapshot.remade = reply[8].number() == 1U;
    return std::optional<RoomSnapshot>(std::move(snapshot));
}

std::optional<Appended> appended_of(ReplyView reply) {
    const std::string_view what = reply[0].text();
    const auto first = reply[1].number(), second = reply[2].number();
    if (what == "stored" && first) return Stored{{*first}, false};
    if (what == "doubled" && first) return Stored{{*first}, true};
    if (what == "stale" && first && second) return Stale{{*first}, {*second}};
    if (what == "no_room") return NoRoom{};
    if (what == "ended") return RoomEnded{};
    return std::nullopt;
}

Command call_of_append(const Append& append, std::uint64_t log_ms, std::uint64_t mail_ms) {
    const RoomKeys keys(append.room);
    std::vector<std::string> names{keys.room(),
                                   keys.log(),
                                   keys.doubles(),
                                   keys.admissions(),
                                   keys.orders(),
                                   keys.knocks(),
                                   keys.deadlines(),
                                   keys.cards(),
                                   keys.lane(),
                                   keys.held(),
                                   keys.presence(),
                                   keys.channel(),
                                   keys.lease(LeaseKind::admitting),
                                   keys.lease(LeaseKind::remaking),
                                   keys.tail(append.by, append.submission)};
    for (const Mail& mail : append.mail) names.push_back(keys.mail(mail.knock));
    for (const Mail& mail : append.mail) names.push_back(keys.talks(mail.knock));

    Bytes double_id = to_bytes(append.by);
    veranda::append(double_id, append.submission);
    Command call = call_of(scripts::append, names);
    call.add(double_id);
    append.if_epoch ? call.add_number(append.if_epoch->value) : call.add("");
    append.if_orders ? call.add_number(append.if_orders->value) : call.add("");
    call.add_flag(append.advances_epoch).add_flag(append.is_order);
    call.add_flag(append.closes_epoch).add_flag(append.ends_room);
    call.add(behind_sequence({{}, append.now, append.sender, append.kind, append.body}));
    call.add_number(log_ms).add_number(mail_ms);
    call.add_number(append.members.size());
    for (const MemberChange& change : append.members) {
        call.add(change.member);
        change.admission ? call.add("+" + std::string(as_text(*change.admission))) : call.add("-");
    }
    call.add_number(append.mail.size());
    call.add_number(static_cast<std::uint64_t>(FrameType::admitted)).add(append.mail_tail);
    for (const Mail& mail : append.mail) call.add(mail.knock).add(mail.front);
    call.add_number(append.spent.size());
    for (const CardId& card : append.spent) call.add(card);
    return call;
}

}  // namespace

std::optional<std::vector<LogEntry>> redis::entries_of(ReplyView reply) {
    std::vector<LogEntry> entries;
    for (std::size_t i = 0; i < reply.size(); ++i) {
        auto entry = decoded<LogEntry>(reply[i].bytes());
        if (!entry) return std::nullopt;
        entries.push_back(std::move(*entry));
    }
    return entries;
}

// ---- the connections ----

RedisStore::State::State(RedisStore& the_store, const boost::asio::any_io_executor& executor,
                         RedisSettings the_settings)
    : store(&the_store), settings(std::move(the_settings)) {
    const auto on_failed = [this](const std::string& why) { failed(why); };
    commands = std::make_unique<redis::Commands>(
        executor, settings,
        redis::AsioConnection::Events{[this](redis::Incarnation now) { return up(std::move(now), true); }, on_failed,
                                      [](ReplyView) {}, [this] { beat(); }});
    subscriber = std::make_unique<redis::AsioConnection>(
        executor, settings, std::vector<redis::Wire>{},
        redis::AsioConnection::Events{[this](redis::Incarnation now) {
                                          const bool same = up(std::move(now), false);
                                          subscriptions->reconnected();
                                          desk_channel->reconnected();
                                          return same;
                                      },
                                      [this](const std::string& why) {
                                          subscriptions->cut();
                                          desk_channel->cut();
                                          failed(why);
                                      },
                                      [this](ReplyView message) {
                                          if (!desk_channel->pushed(message)) subscriptions->pushed(message);
                                      },
                                      [this] { subscriber->request(Command("PING").wire(), [](Answer<Reply>) {}); }});
    subscriptions = std::make_unique<redis::Subscriptions>(
        *subscriber, redis::Subscriptions::Wants{
                         [this](RoomId room, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) {
                             store->read_log(room, after, count, std::move(then));
                         },
                         [this](RoomId room) { retell(room); },
                         [this](std::string_view error) { commands->refused(error); }, [this] { forget(true, true); }});
    desk_channel = std::make_unique<redis::DeskChannel>(
        *subscriber, redis::DeskChannel::Wants{[this] { retell_desk(); },
                                               [this](std::string_view error) { commands->refused(error); }});
}

bool RedisStore::State::up(redis::Incarnation incarnation, bool is_commands) {
    const bool same = !known || *known == incarnation;
    known = std::move(incarnation);
    if (!same) forget(!is_commands, is_commands);
    answer_connect();
    return same;
}

void RedisStore::State::answer_connect() {
    // The connection that calls is up already.
    if (!commands->is_up() || !subscriber->is_up()) return;
    if (std::exchange(was_down, false)) log("Redis is back");
    if (auto then = std::exchange(connecting, nullptr)) then(std::nullopt);
}

void RedisStore::State::failed(const std::string& why) {
    if (auto then = std::exchange(connecting, nullptr)) {
        commands->stop();
        subscriber->stop();
        return then("Redis at " + settings.address.name() + " is out of reach: " + why);
    }
    if (!std::exchange(was_down, true)) log("Redis is out of reach: " + why);
}

// Asks whether it is still the same, and tries again what could not be read.
void RedisStore::State::beat() {
    commands->send(redis::ask_incarnation(), [this](Answer<Reply> answer) {
        const Reply* reply = std::get_if<Reply>(&answer);
        if (!reply) return;
        auto now = redis::read_incarnation(reply->view());
        if (!now) return commands->give_up_all(Trouble::unreachable);  // the next greeting says what it is now
        if (!known || *now == *known) return;
        known = std::move(*now);
        forget(true, true);
    });
    subscriptions->beat();
    desk_channel->beat();
}

// The rooms are gone. A connection that is not new itself begins anew, so that nothing of before is answered after.
void RedisStore::State::forget(bool renew_commands, bool renew_subscriber) {
    log("Redis has lost its memory: all rooms are gone");
    subscriptions->forget();
    desk_channel->forget();
    if (renew_commands) commands->give_up_all(Trouble::forgotten);
    if (renew_subscriber) subscriber->give_up_all(Trouble::forgotten);
    if (listener) listener->on_forgotten();
}

void RedisStore::State::log(std::string_view line) const {
    if (settings.log) settings.log(line);
}

RedisStore::RedisStore(const boost::asio::any_io_executor& executor, RedisSettings settings)
    : state_(std::make_unique<State>(*this, executor, std::move(settings))) {}

RedisStore::~RedisStore() = default;

void RedisStore::listen(Listener& listener) {
    state_->listener = &listener;
    state_->subscriptions->listen(listener);
    state_->desk_channel->listen(listener);
}

void RedisStore::connect(std::function<void(std::optional<std::string>)> then) {
    VERANDA_ASSERT(state_->listener != nullptr);
    state_->connecting = std::move(then);
    state_->commands->start();
    state_->subscriber->start();
}

bool RedisStore::reachable() const { return state_->commands->is_up() && state_->subscriber->is_up(); }

// ---- rooms ----

void RedisStore::open_room(NewRoom room, Then<bool> then) {
    state_->subscriptions->subscribe(room.room, [state = state_.get(), room, then = std::move(then)](auto subscribed) {
        if (const Trouble* trouble = std::get_if<Trouble>(&subscribed)) return then(*trouble);
        const auto handle = std::get<redis::Subscriptions::Handle>(subscribed);
        const RoomKeys keys(room.room);
        const LogEntry genesis{{}, room.now, room.opener_id, EntryKind::genesis, room.genesis_entry};
        Command call = call_of(scripts::open_room, {keys.room(), keys.log(), keys.admissions()});
        call.add(room.genesis_entry).add(behind_sequence(genesis)).add(room.opener_id).add(room.opener);
        call.add_number(static_cast<std::uint64_t>(std::max<milliseconds::rep>(room.lives.count(), 0)));
        call.add_number(state->log_ms());
        const Then<bool> settle = [state, handle, then](Answer<bool> made) {
            const bool* was_made = std::get_if<bool>(&made);
            const auto last = was_made && *was_made ? std::optional(Sequence{1}) : std::nullopt;
            state->subscriptions->settle(
                handle, last, [&then, &made](auto trouble) { trouble ? then(*trouble) : then(std::move(made)); });
        };
        state->commands->call(scripts::open_room, call, state->commands->answering<bool>(settle, redis::flag_of));
    });
}

// Old room and new are in different slots of a Cluster, so what is atomic is the claim, before anything else is done.
void RedisStore::claim_succession(RoomId predecessor, RoomId successor, Then<bool> then) {
    Command call = call_of(scripts::claim_succession, {RoomKeys(predecessor).successor()});
    call.add(successor).add_number(state_->presence_ms());
    state_->commands->call(scripts::claim_succession, call,
                           state_->commands->answering<bool>(std::move(then), redis::flag_of));
}

void RedisStore::replace_room(RoomId predecessor, RoomId successor, milliseconds lives, Then<Nothing> then) {
    const RoomKeys keys(predecessor);
    Command call =
        call_of(scripts::replace_room,
                {keys.successor(), keys.room(), keys.cards(), keys.knocks(), keys.deadlines(), keys.channel(),
                 keys.log(), keys.doubles(), keys.admissions(), keys.orders(), keys.lane(), keys.held(),
                 keys.presence(), keys.lease(LeaseKind::admitting), keys.lease(LeaseKind::remaking)});
    const std::uint64_t known_ms = std::max(state_->log_ms(), static_cast<std::uint64_t>(lives.count()));
    call.add(successor).add_number(state_->log_ms()).add(keys.talks()).add_number(known_ms);
    state_->commands->call(scripts::replace_room, call,
                           state_->commands->answering<Nothing>(std::move(then), redis::nothing_of));
}

void RedisStore::watch(RoomId room, Then<std::optional<RoomSnapshot>> then) {
    state_->subscriptions->subscribe(room, [state = state_.get(), room, then = std::move(then)](auto subscribed) {
        if (const Trouble* trouble = std::get_if<Trouble>(&subscribed)) return then(*trouble);
        const auto handle = std::get<redis::Subscriptions::Handle>(subscribed);
        const RoomKeys keys(room);
        Command call =
            call_of(scripts::snapshot, {keys.room(), keys.log(), keys.doubles(), keys.admissions(), keys.orders()});
        call.add_number(state->log_ms());
        const Then<std::optional<RoomSnapshot>> settle = [state, handle, then](auto answer) {
            const auto* found = std::get_if<std::optional<RoomSnapshot>>(&answer);
            const auto last = found && *found ? std::optional((*found)->last) : std::nullopt;
            state->subscriptions->settle(handle, last, [then, answer = std::move(answer)](auto trouble) {
                trouble ? then(*trouble) : then(answer);
            });
        };
        state->commands->call(scripts::snapshot, call,
                              state->commands->answering<std::optional<RoomSnapshot>>(settle, snapshot_of));
    });
}

void RedisStore::unwatch(RoomId room) { state_->subscriptions->unsubscribe(room); }

// Where a replica is connected, entries that advance the epoch, orders and admissions should be acknowledged by it
// before `then` hears of them. Missing for that: a third connection that sends WAIT behind each such append (WAIT holds
// up everything on its own connection, and speaks for the writes of that connection only, so these appends have to go
// through it), and a setting for how many replicas. Until then a failover shows as another incarnation, as any does.
void RedisStore::append(Append append, Then<Appended> then) {
    const Command call = call_of_append(append, state_->log_ms(), state_->mail_ms());
    const auto answer = [state = state_.get(), room = append.room, spent = std::move(append.spent),
                         then = std::move(then)](Answer<Appended> appended) {
        const Appended* found = std::get_if<Appended>(&appended);
        // A spent card is found for as long as mail is; its pointer is in another slot, so it is kept separately.
        if (found && std::holds_alternative<Stored>(*found))
            for (const CardId& card : spent)
                state->commands->send(
                    Command("PEXPIRE").add(redis::card_key(card)).add_number(state->mail_ms()).add("GT"),
                    [](Answer<Reply>) {});
        if (!found || !std::holds_alternative<Stored>(*found)) return then(std::move(appended));
        state->subscriptions->after_delivery(room, std::get<Stored>(*found).sequence,
                                             [then, appended] { then(appended); });
    };
    state_->commands->call(scripts::append, call, state_->commands->answering<Appended>(answer, appended_of));
}

void RedisStore::read_log(RoomId room, Sequence after, std::size_t count, Then<std::vector<LogEntry>> then) {
    const RoomKeys keys(room);
    Command call = call_of(scripts::read_log, {keys.room(), keys.log(), keys.doubles()});
    call.add_number(after.value).add_number(count).add_number(state_->log_ms());
    state_->commands->call(scripts::read_log, call,
                           state_->commands->answering<std::vector<LogEntry>>(std::move(then), redis::entries_of));
}

}  // namespace veranda::store
