// One thread, poll, plain sockets. Descriptors are closed only under the mutex; after a poll the thread looks whether
// there was a cut meanwhile, and if so looks again at what there is.
#include "tests/support/cutting_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace veranda::tests {
namespace {

sockaddr_in loopback(std::uint16_t port, const std::string& host = "127.0.0.1") {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    address.sin_port = htons(port);
    return address;
}

// With a reset, not with a goodbye.
void reset(int fd) {
    const linger at_once{1, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(fd);
}

}  // namespace

CuttingProxy::CuttingProxy(std::string source) : source_(std::move(source)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    wake_ = ::eventfd(0, EFD_CLOEXEC);
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    if (listener_ < 0 || wake_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
        ::listen(listener_, 64) != 0 || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
        throw std::runtime_error("the proxy cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

CuttingProxy::~CuttingProxy() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        cut_locked();
    }
    wake();
    thread_.join();
    ::close(listener_);
    ::close(wake_);
}

void CuttingProxy::wake() const {
    const std::uint64_t one = 1;
    if (::write(wake_, &one, sizeof one) != sizeof one) throw std::runtime_error("the proxy does not wake");
}

void CuttingProxy::forward_to(std::uint16_t port) {
    {
        const std::lock_guard lock(mutex_);
        target_ = port;
    }
    wake();
}

void CuttingProxy::cut() {
    const std::lock_guard lock(mutex_);
    cut_locked();
}

void CuttingProxy::cut_and_refuse() {
    const std::lock_guard lock(mutex_);
    refusing_ = true;
    cut_locked();
}

void CuttingProxy::restore() {
    const std::lock_guard lock(mutex_);
    refusing_ = false;
}

void CuttingProxy::cut_locked() {
    ++cuts_;
    for (const Pair& pair : pairs_) reset(pair.client), reset(pair.server);
    pairs_.clear();
    wake();
}

void CuttingProxy::accept_one() {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    ++accepted_;
    if (refusing_) return reset(client);
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in from = loopback(0, source_);
    const sockaddr_in address = loopback(target_);
    if (::bind(server, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0 ||
        ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        reset(client);
        return reset(server);
    }
    pairs_.push_back(Pair{client, server});
}

void CuttingProxy::lie(Lie lie) {
    const std::lock_guard lock(mutex_);
    lie_ = std::move(lie);
}

namespace {

// What has come; nothing: that side is gone.
std::optional<Bytes> receive(int from) {
    std::array<std::uint8_t, 16 * 1024> buffer{};
    const ssize_t count = ::recv(from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) return std::nullopt;
    return Bytes(buffer.begin(), buffer.begin() + count);
}
bool send_all(int to, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

// The head of a frame that nobody masks (RFC 6455, 5.2).
Bytes head_of(std::uint8_t first, std::size_t size) {
    Bytes head{first};
    const std::size_t wide = size < 126 ? 0 : size <= 0xffff ? 2 : 8;
    head.push_back(static_cast<std::uint8_t>(wide == 0 ? size : wide == 2 ? 126 : 127));
    for (std::size_t i = wide; i > 0; --i) head.push_back(static_cast<std::uint8_t>(size >> (8 * (i - 1))));
    return head;
}

}  // namespace

// False: one side is gone.
bool CuttingProxy::forward(int from, int to) {
    const auto bytes = receive(from);
    return bytes && send_all(to, *bytes);
}

bool CuttingProxy::forward_from_server(Pair& pair) {
    const auto bytes = receive(pair.server);
    if (!bytes) return false;
    append(pair.unread, *bytes);
    if (!pair.is_web_socket) {
        const std::string_view text = as_text(pair.unread);
        const std::size_t end = text.find("\r\n\r\n");
        const bool upgrades = text.starts_with("HTTP/1.1 101");
        if (upgrades && end == std::string_view::npos) return true;
        const std::size_t size = upgrades ? end + 4 : pair.unread.size();
        pair.is_web_socket = upgrades;
        const Bytes answer(pair.unread.begin(), pair.unread.begin() + static_cast<std::ptrdiff_t>(size));
        pair.unread.erase(pair.unread.begin(), pair.unread.begin() + static_cast<std::ptrdiff_t>(size));
        if (!send_all(pair.client, answer)) return false;
        if (!upgrades) return true;
    }
    return send_all(pair.client, as_lied(pair));
}

// Takes whole frames out of `unread`. Those of one binary message become one frame.
Bytes CuttingProxy::as_lied(Pair& pair) {
    constexpr std::uint8_t final_bit = 0x80;
    constexpr std::uint8_t continuation = 0;
    constexpr std::uint8_t binary = 2;
    Bytes out;
    Bytes& in = pair.unread;
    while (in.size() >= 2) {
        const std::uint8_t opcode = in[0] & 0x0f;
        const std::size_t wide = in[1] == 126 ? 2 : in[1] == 127 ? 8 : 0;
        std::size_t size = wide == 0 ? in[1] : 0;
        if (in.size() < 2 + wide) break;
        for (std::size_t i = 0; i < wide; ++i) size = size << 8 | in[2 + i];
        if (in.size() < 2 + wide + size) break;
        const bool is_last = (in[0] & final_bit) != 0;
        const auto begin = in.begin() + static_cast<std::ptrdiff_t>(2 + wide);
        const Bytes payload(begin, begin + static_cast<std::ptrdiff_t>(size));
        if (opcode == binary || opcode == continuation) {
            append(pair.message, payload);
            if (is_last) {
                Bytes message = std::exchange(pair.message, {});
                if (lie_) message = lie_(std::move(message));
                if (!message.empty()) append(out, head_of(final_bit | binary, message.size())), append(out, message);
            }
        } else {
            append(out, head_of(in[0], payload.size())), append(out, payload);
        }
        in.erase(in.begin(), begin + static_cast<std::ptrdiff_t>(size));
    }
    return out;
}

void CuttingProxy::run() {
    while (true) {
        std::vector<pollfd> waiting{{wake_, POLLIN, 0}};
        std::uint64_t cuts = 0;
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
            cuts = cuts_;
            waiting.push_back({target_ != 0 ? listener_ : -1, POLLIN, 0});
            for (const Pair& pair : pairs_)
                waiting.push_back({pair.client, POLLIN, 0}), waiting.push_back({pair.server, POLLIN, 0});
        }
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        std::uint64_t woken = 0;
        if (waiting[0].revents != 0 && ::read(wake_, &woken, sizeof woken) < 0) return;

        const std::lock_guard lock(mutex_);
        if (cuts != cuts_) continue;
        std::vector<Pair> left;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            Pair& pair = pairs_[i];
            const bool lives = (waiting[2 + 2 * i].revents == 0 || forward(pair.client, pair.server)) &&
                               (waiting[3 + 2 * i].revents == 0 || forward_from_server(pair));
            if (lives) {
                left.push_back(std::move(pair));
            } else {
                ::close(pair.client), ::close(pair.server);
            }
        }
        pairs_ = std::move(left);
        if (waiting[1].revents != 0) accept_one();
    }
}

}  // namespace veranda::tests
