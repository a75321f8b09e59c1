// The only file of the store that compiles Asio: the life of one connection as a coroutine, writing and deadlines as
// callbacks beside it.
#include "server/store/redis/asio_connection.hpp"

#include <boost/asio.hpp>
#include <deque>

namespace veranda::store::redis {
namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Socket = asio::generic::stream_protocol::socket;
using Endpoint = asio::generic::stream_protocol::endpoint;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_bytes = 32 * 1024;
constexpr std::size_t gathered_max = 64;  // what one system call takes (IOV_MAX is larger, Asio's own limit is this)

struct FreeReader {
    void operator()(redisReader* reader) const { redisReaderFree(reader); }
};

std::string_view info_field(std::string_view info, std::string_view name) {
    for (std::size_t line = 0; line < info.size();) {
        const auto end = std::min(info.find("\r\n", line), info.size());
        const auto text = info.substr(line, end - line);
        if (text.size() > name.size() && text.substr(0, name.size()) == name && text[name.size()] == ':')
            return text.substr(name.size() + 1);
        line = end + 2;
    }
    return {};
}

bool is_message(ReplyView reply) {
    return reply.is_array() && (reply[0].text() == "smessage" || reply[0].text() == "message");
}

}  // namespace

Command ask_incarnation() { return Command("INFO").add("server").add("replication"); }

tl::expected<Incarnation, std::string> read_incarnation(ReplyView info) {
    if (info.is_error()) return tl::unexpected<std::string>("Redis answers INFO with: " + std::string(info.text()));
    const std::string version(info_field(info.text(), "redis_version"));
    if (version.empty()) return tl::unexpected<std::string>("what answers there is not Redis");
    if (std::atoi(version.c_str()) < 7)
        return tl::unexpected<std::string>("Redis " + version + " is too old: sharded channels need 7.0");
    if (info_field(info.text(), "role") != "master")
        return tl::unexpected<std::string>("this Redis is a replica, and takes no writes");
    return Incarnation{std::string(info_field(info.text(), "run_id")),
                       std::string(info_field(info.text(), "master_replid"))};
}

struct AsioConnection::Core : std::enable_shared_from_this<Core> {
    struct Waiting {
        Wire wire;         // until it is written
        Then<Reply> then;  // none: its deadline was over; the reply is passed over
        Clock::time_point deadline;
    };

    Core(const asio::any_io_executor& executor, const RedisSettings& the_settings, std::vector<Wire> the_greeting,
         Events the_events)
        : settings(the_settings),
          greeting(std::move(the_greeting)),
          events(std::move(the_events)),
          socket(executor),
          resolver(executor),
          deadline_timer(executor),
          greeting_timer(executor),
          retry_timer(executor),
          beat_timer(executor) {}

    // The life of the connection.
    static asio::awaitable<void> run(std::shared_ptr<Core> core);
    asio::awaitable<std::string> connect_and_greet();
    asio::awaitable<std::string> connect();
    asio::awaitable<std::string> greet();
    asio::awaitable<std::string> read_replies();
    asio::awaitable<std::string> read_reply(Reply& reply);
    void went_up();
    void went_down();

    // Requests.
    void request(Wire wire, Then<Reply> then);
    void flush();
    void answer_next(Reply reply);
    void arm_deadline();
    void pass_deadlines();
    void arm_beat();
    void close_socket();
    static void answer_all(const std::deque<Waiting>& those, Trouble trouble);

    const RedisSettings settings;
    const std::vector<Wire> greeting;
    Events events;
    Socket socket;
    asio::ip::tcp::resolver resolver;
    asio::steady_timer deadline_timer, greeting_timer, retry_timer, beat_timer;

    std::unique_ptr<redisReader, FreeReader> reader;
    std::array<char, read_bytes> received{};
    Incarnation incarnation;
    std::deque<Waiting> queue;  // first those that were sent, in order
    std::size_t sent = 0;
    std::deque<Waiting> lost;  // sent on a connection that broke; the next greeting says what became of them
    bool up = false, closed = false, writing = false, deadline_armed = false;
    std::uint64_t generation = 0;  // of the connection, for handlers that come late
};

// ---- the life of the connection ----

asio::awaitable<void> AsioConnection::Core::run(std::shared_ptr<Core> core) {
    milliseconds pause = core->settings.retry_first;
    while (!core->closed) {
        std::string why = co_await core->connect_and_greet();
        if (why.empty() && !core->closed) {
            pause = core->settings.retry_first;
            core->went_up();
            why = co_await core->read_replies();
        }
        if (core->closed) break;
        core->went_down();
        core->events.failed(why);
        if (core->closed) break;
        core->retry_timer.expires_after(pause);
        co_await core->retry_timer.async_wait(as_result);
        pause = std::min(pause * 2, core->settings.retry_max);
    }
}

asio::awaitable<std::string> AsioConnection::Core::connect_and_greet() {
    reader.reset(redisReaderCreate());
    ++generation;
    greeting_timer.expires_after(settings.request_deadline);
    greeting_timer.async_wait([core = shared_from_this(), now = generation](error_code error) {
        if (error || core->generation != now || core->up) return;
        core->resolver.cancel();
        core->close_socket();
    });
    const auto deadline = greeting_timer.expiry();
    std::string why = co_await connect();
    if (why.empty()) why = co_await greet();
    greeting_timer.cancel();
    if (!why.empty() && Clock::now() >= deadline) why = "no answer in time";
    co_return why;
}

asio::awaitable<std::string> AsioConnection::Core::connect() {
    std::vector<Endpoint> endpoints;
    const RedisAddress& address = settings.address;
    if (!address.unix_path.empty()) {
        endpoints.emplace_back(asio::local::stream_protocol::endpoint(address.unix_path));
    } else {
        auto [error, found] = co_await resolver.async_resolve(address.host, std::to_string(address.port), as_result);
        if (error) co_return error.message();
        for (const auto& entry : found) endpoints.emplace_back(entry.endpoint());
    }
    std::string why = "the host has no address";
    for (const Endpoint& endpoint : endpoints) {
        close_socket();
        if (closed) co_return "closed";
        auto [error] = co_await socket.async_connect(endpoint, as_result);
        if (error == asio::error::operation_aborted) co_return error.message();
        if (error) {
            why = error.message();
            continue;
        }
        if (address.unix_path.empty()) {
            error_code ignored;
            socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        }
        co_return std::string();
    }
    co_return why;
}

asio::awaitable<std::string> AsioConnection::Core::greet() {
    const RedisAddress& address = settings.address;
    std::vector<Wire> commands;
    if (!address.password.empty()) {
        Command auth("AUTH");
        if (!address.user.empty()) auth.add(address.user);
        commands.push_back(auth.add(address.password).wire());
    }
    if (address.database != 0) commands.push_back(Command("SELECT").add_number(address.database).wire());
    const std::size_t info_at = commands.size();
    commands.push_back(ask_incarnation().wire());
    commands.insert(commands.end(), greeting.begin(), greeting.end());

    std::string all;
    for (const Wire& wire : commands) all += *wire;
    auto [error, written] = co_await asio::async_write(socket, asio::buffer(all), as_result);
    if (error) co_return error.message();
    for (std::size_t i = 0; i < commands.size(); ++i) {
        Reply reply(nullptr);
        if (std::string why = co_await read_reply(reply); !why.empty()) co_return why;
        if (i == info_at) {
            auto found = read_incarnation(reply.view());
            if (!found) co_return found.error();
            incarnation = std::move(*found);
        } else if (reply.view().is_error()) {
            co_return "Redis refuses our greeting: " + std::string(reply.view().text());
        }
    }
    co_return std::string();
}

asio::awaitable<std::string> AsioConnection::Core::read_replies() {
    while (true) {
        Reply reply(nullptr);
        if (std::string why = co_await read_reply(reply); !why.empty()) co_return why;
        if (is_message(reply.view()))
            events.pushed(reply.view());
        else if (sent == 0)
            co_return "Redis answers what nobody asked";
        else
            answer_next(std::move(reply));
        if (closed) co_return "closed";
    }
}

// Errors: why there will be no more replies.
asio::awaitable<std::string> AsioConnection::Core::read_reply(Reply& reply) {
    while (true) {
        void* parsed = nullptr;
        if (redisReaderGetReply(reader.get(), &parsed) != REDIS_OK) co_return "what answers there is not Redis";
        if (parsed) {
            reply = Reply(static_cast<redisReply*>(parsed));
            co_return std::string();
        }
        auto [error, count] = co_await socket.async_read_some(asio::buffer(received), as_result);
        if (error) co_return error == asio::error::eof ? "Redis closed the connection" : error.message();
        redisReaderFeed(reader.get(), received.data(), count);
    }
}

void AsioConnection::Core::went_up() {
    up = true;
    writing = true;  // holds back what is asked from within events.up, until its place in the queue is known
    auto were_lost = std::exchange(lost, {});
    auto were_waiting = std::exchange(queue, {});  // so that what is asked from within events.up is not among them
    const bool same = events.up(incarnation);
    writing = false;
    if (same) queue.insert(queue.begin(), were_waiting.begin(), were_waiting.end());
    answer_all(were_lost, same ? Trouble::unreachable : Trouble::forgotten);
    if (!same) answer_all(were_waiting, Trouble::forgotten);
    if (closed) return;
    flush();
    arm_beat();
}

void AsioConnection::Core::went_down() {
    up = false;
    close_socket();
    beat_timer.cancel();
    for (; sent > 0; --sent) {
        if (queue.front().then) lost.push_back(std::move(queue.front()));
        queue.pop_front();
    }
}

// ---- requests ----

void AsioConnection::Core::request(Wire wire, Then<Reply> then) {
    if (closed) return;
    if (queue.size() + lost.size() >= settings.waiting_max) return then(Trouble::unreachable);
    queue.push_back({std::move(wire), std::move(then), Clock::now() + settings.request_deadline});
    arm_deadline();
    flush();
}

// Everything that waits goes out in one gather write; what is asked meanwhile goes with the next.
void AsioConnection::Core::flush() {
    if (!up || writing || sent == queue.size() || !socket.is_open()) return;
    std::vector<Wire> wires;
    std::vector<asio::const_buffer> buffers;
    while (sent < queue.size() && wires.size() < gathered_max) {
        wires.push_back(std::exchange(queue[sent++].wire, nullptr));
        buffers.push_back(asio::buffer(*wires.back()));
    }
    writing = true;
    asio::async_write(
        socket, buffers,
        [core = shared_from_this(), kept = std::move(wires), now = generation](error_code error, std::size_t) {
            if (core->generation != now) return;
            core->writing = false;
            if (error) return core->close_socket();
            core->flush();
        });
}

void AsioConnection::Core::answer_next(Reply reply) {
    Waiting next = std::move(queue.front());
    queue.pop_front();
    --sent;
    if (next.then) next.then(std::move(reply));
}

// Deadlines are all equally far, so the oldest request has the next one.
void AsioConnection::Core::arm_deadline() {
    if (deadline_armed || (queue.empty() && lost.empty())) return;
    deadline_armed = true;
    deadline_timer.expires_at(lost.empty() ? queue.front().deadline : lost.front().deadline);
    deadline_timer.async_wait([core = shared_from_this()](error_code error) {
        core->deadline_armed = false;
        if (error || core->closed) return;
        core->pass_deadlines();
        core->arm_deadline();
    });
}

void AsioConnection::Core::pass_deadlines() {
    const auto now = Clock::now();
    std::deque<Waiting> late;
    while (!lost.empty() && lost.front().deadline <= now) {
        late.push_back(std::move(lost.front()));
        lost.pop_front();
    }
    bool silent = false;
    for (std::size_t i = 0; i < sent && queue[i].deadline <= now; ++i) {
        late.push_back({nullptr, std::exchange(queue[i].then, nullptr), {}});
        silent = true;
    }
    while (queue.size() > sent && queue[sent].deadline <= now) {
        late.push_back(std::move(queue[sent]));
        queue.erase(queue.begin() + static_cast<std::ptrdiff_t>(sent));
    }
    if (silent) close_socket();  // the reply would come too late for all behind it as well
    answer_all(late, Trouble::unreachable);
}

void AsioConnection::Core::arm_beat() {
    beat_timer.expires_after(settings.heartbeat);
    beat_timer.async_wait([core = shared_from_this(), now = generation](error_code error) {
        if (error || core->closed || core->generation != now || !core->up) return;
        core->arm_beat();
        core->events.beat();
    });
}

void AsioConnection::Core::close_socket() {
    error_code ignored;
    socket.close(ignored);
}

void AsioConnection::Core::answer_all(const std::deque<Waiting>& those, Trouble trouble) {
    for (const Waiting& waiting : those)
        if (waiting.then) waiting.then(trouble);
}

// ---- the face ----

AsioConnection::AsioConnection(const asio::any_io_executor& executor, const RedisSettings& settings,
                               std::vector<Wire> greeting, Events events)
    : core_(std::make_shared<Core>(executor, settings, std::move(greeting), std::move(events))) {}

AsioConnection::~AsioConnection() { stop(); }

void AsioConnection::stop() {
    core_->closed = true;
    core_->close_socket();
    core_->resolver.cancel();
    for (asio::steady_timer* timer :
         {&core_->deadline_timer, &core_->greeting_timer, &core_->retry_timer, &core_->beat_timer})
        timer->cancel();
    core_->queue.clear();
    core_->lost.clear();
}

void AsioConnection::start() {
    // An exception in there is a bug of ours: it must not vanish.
    asio::co_spawn(core_->socket.get_executor(), Core::run(core_), [](const std::exception_ptr& bug) {
        if (bug) std::rethrow_exception(bug);
    });
}

bool AsioConnection::is_up() const { return core_->up && core_->socket.is_open(); }

void AsioConnection::request(Wire wire, Then<Reply> then) { core_->request(std::move(wire), std::move(then)); }

void AsioConnection::give_up_all(Trouble trouble) {
    auto waiting = std::exchange(core_->lost, {});
    const auto first_unsent = core_->queue.begin() + static_cast<std::ptrdiff_t>(core_->sent);
    // Those that were sent leave an empty place, so that nobody gets another's reply before the connection is closed.
    for (auto it = core_->queue.begin(); it != first_unsent; ++it)
        waiting.push_back({nullptr, std::exchange(it->then, nullptr), {}});
    waiting.insert(waiting.end(), std::make_move_iterator(first_unsent), std::make_move_iterator(core_->queue.end()));
    core_->queue.erase(first_unsent, core_->queue.end());
    core_->close_socket();
    Core::answer_all(waiting, trouble);
}

}  // namespace veranda::store::redis
