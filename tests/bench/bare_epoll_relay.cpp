// What a relay costs at the least: the measure beside which ops/bench puts veranda-server.
//
// Frames over TCP, each behind its length in four bytes. A connection's first frame names its room; every further one
// is copied to all who are in the room, the sender too. One write a connection and turn of the loop. Nothing is judged,
// ordered, kept, encrypted or limited, and a reader may be as slow as it likes.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

constexpr int events_a_turn = 128;  // as many as Asio takes
constexpr std::size_t head_bytes = 4;

struct Connection {
    int socket = -1;
    std::vector<Connection*>* room = nullptr;
    std::string in;
    std::string out;
    bool is_dirty = false;
    bool waits_for_room_to_write = false;
};

std::unordered_map<std::string, std::vector<Connection*>> rooms;
std::vector<Connection*> dirty;

std::uint32_t length_at(const char* at) {
    std::uint32_t length = 0;
    std::memcpy(&length, at, sizeof length);
    return ntohl(length);
}

void fan_out(const Connection& from, std::string_view frame) {
    for (Connection* to : *from.room) {
        to->out.append(frame);
        if (!to->is_dirty) dirty.push_back(to);
        to->is_dirty = true;
    }
}

void take_frames(Connection& from) {
    std::size_t at = 0;
    while (from.in.size() - at >= head_bytes) {
        const std::size_t end = at + head_bytes + length_at(&from.in[at]);
        if (end > from.in.size()) break;
        if (from.room != nullptr) {
            fan_out(from, std::string_view(from.in).substr(at, end - at));
        } else {
            from.room = &rooms[from.in.substr(at + head_bytes, end - at - head_bytes)];
            from.room->push_back(&from);
        }
        at = end;
    }
    from.in.erase(0, at);
}

void leave(Connection& gone) {
    if (gone.room != nullptr) std::erase(*gone.room, &gone);
    std::erase(dirty, &gone);
    ::close(gone.socket);
    delete &gone;
}

void await(int loop, Connection& who, std::uint32_t what, int operation) {
    epoll_event event{what, {&who}};
    ::epoll_ctl(loop, operation, who.socket, &event);
}

void flush(int loop, Connection& to) {
    to.is_dirty = false;
    const ssize_t written = ::send(to.socket, to.out.data(), to.out.size(), MSG_NOSIGNAL);
    if (written > 0) to.out.erase(0, static_cast<std::size_t>(written));
    if (to.out.empty() == !to.waits_for_room_to_write) return;
    to.waits_for_room_to_write = !to.out.empty();
    await(loop, to, EPOLLIN | (to.out.empty() ? 0U : static_cast<std::uint32_t>(EPOLLOUT)), EPOLL_CTL_MOD);
}

void accept_one(int loop, int listener) {
    auto* const newcomer = new Connection;
    newcomer->socket = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    const int yes = 1;
    ::setsockopt(newcomer->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    await(loop, *newcomer, EPOLLIN, EPOLL_CTL_ADD);
}

void read_some(Connection& from) {
    static std::array<char, 64 * 1024> buffer;
    const ssize_t count = ::recv(from.socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return leave(from);
    from.in.append(buffer.data(), static_cast<std::size_t>(count));
    take_frames(from);
}

void turn(int loop, int listener) {
    std::array<epoll_event, events_a_turn> events;
    const int count = ::epoll_wait(loop, events.data(), events_a_turn, -1);
    for (int i = 0; i < count; ++i) {
        auto* const connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
        if (connection == nullptr)
            accept_one(loop, listener);
        else if ((events[static_cast<std::size_t>(i)].events & EPOLLOUT) != 0)
            flush(loop, *connection);
        else
            read_some(*connection);
    }
    for (Connection* connection : dirty) flush(loop, *connection);
    dirty.clear();
}

}  // namespace

int main() {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&at), size) != 0 || ::listen(listener, 4096) != 0) return 2;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size);
    std::printf("listening on tcp://127.0.0.1:%d\n", ntohs(at.sin_port));
    std::fflush(stdout);
    const int loop = ::epoll_create1(0);
    epoll_event event{EPOLLIN, {nullptr}};
    ::epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
    for (;;) turn(loop, listener);
}
