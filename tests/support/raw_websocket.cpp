// Blocking sockets with a timeout; RFC 6455 by hand.
#include "tests/support/raw_websocket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "tests/support/server_process.hpp"

namespace veranda::tests {
namespace {

constexpr ByteArray<4> mask{0x37, 0xfa, 0x21, 0x3d};

bool wait_for(int socket, short what) {
    pollfd one{socket, what, 0};
    const int milliseconds = static_cast<int>(std::chrono::milliseconds(patience).count());
    const int ready = ::poll(&one, 1, milliseconds);
    if (ready == 0) throw std::runtime_error("the peer did nothing for too long");
    return ready > 0;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

int status_of(std::string_view head) { return head.size() < 12 ? 0 : std::stoi(std::string(head.substr(9, 3))); }

}  // namespace

RawSocket::RawSocket(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect");
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

RawSocket::~RawSocket() { ::close(socket_); }

std::size_t RawSocket::send_some(std::string_view bytes) {
    if (!wait_for(socket_, POLLOUT)) return 0;
    const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

bool RawSocket::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t count = send_some(bytes);
        if (count == 0) return false;
        bytes.remove_prefix(count);
    }
    return true;
}

std::string RawSocket::receive() {
    std::array<char, 16 * 1024> buffer{};
    if (!wait_for(socket_, POLLIN)) return {};
    const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

std::string RawSocket::receive_until(std::string_view end) {
    std::string all;
    while (all.find(end) == std::string::npos) {
        const std::string more = receive();
        if (more.empty()) break;
        all += more;
    }
    return all;
}

std::string RawSocket::receive_all() {
    std::string all;
    for (std::string more = receive(); !more.empty(); more = receive()) all += more;
    return all;
}

bool RawSocket::wait_for_close() {
    while (!receive().empty()) {
    }
    return true;
}

void RawSocket::end_sending() { ::shutdown(socket_, SHUT_WR); }

std::string HttpAnswer::header(std::string_view name) const {
    const std::string wanted = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(wanted);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + wanted.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

HttpAnswer http_raw(std::uint16_t port, std::string_view request) {
    RawSocket socket(port);
    socket.send(request);
    const std::string all = socket.receive_all();
    const std::size_t end = all.find("\r\n\r\n");
    HttpAnswer answer;
    answer.head = lower(all.substr(0, end == std::string::npos ? end : end + 2));
    answer.body = end == std::string::npos ? std::string() : all.substr(end + 4);
    answer.status = status_of(answer.head);
    return answer;
}

HttpAnswer http_get(std::uint16_t port, std::string_view target, std::string_view more) {
    std::string request = "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    return http_raw(port, request.append(more).append("\r\n"));
}

int RawFrame::close_code() const {
    if (opcode != Opcode::close || payload.size() < 2) return 0;
    return payload[0] << 8 | payload[1];
}

std::string frame_bytes(Opcode opcode, ByteView payload, bool fin, bool masked) {
    Bytes bytes;
    bytes.push_back(static_cast<std::uint8_t>((fin ? 0x80 : 0) | static_cast<int>(opcode)));
    const std::uint8_t mask_bit = masked ? 0x80 : 0;
    const std::size_t size = payload.size();
    const int length_bytes = size < 126 ? 0 : size <= 0xffff ? 2 : 8;
    bytes.push_back(static_cast<std::uint8_t>(mask_bit | (length_bytes == 0 ? size : length_bytes == 2 ? 126 : 127)));
    for (int i = length_bytes; i > 0; --i) bytes.push_back(static_cast<std::uint8_t>(size >> (8 * (i - 1))));
    if (masked) append(bytes, mask);
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(masked ? static_cast<std::uint8_t>(payload[i] ^ mask[i % 4]) : payload[i]);
    return std::string(as_text(bytes));
}

RawWebSocket::RawWebSocket(std::uint16_t port, std::string_view more, std::string_view target) : socket_(port) {
    std::string request = "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n";
    request += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    socket_.send(request.append(more).append("\r\n"));
    unread_ = socket_.receive_until("\r\n\r\n");
    status_ = status_of(unread_);
    const std::size_t end = unread_.find("\r\n\r\n");
    unread_.erase(0, end == std::string::npos ? end : end + 4);
}

bool RawWebSocket::send(Opcode opcode, ByteView payload, bool fin) {
    return socket_.send(frame_bytes(opcode, payload, fin));
}

std::optional<RawFrame> RawWebSocket::receive() {
    const auto have = [this](std::size_t count) {
        while (unread_.size() < count) {
            const std::string more = socket_.receive();
            if (more.empty()) return false;
            unread_ += more;
        }
        return true;
    };
    const auto byte = [this](std::size_t at) { return static_cast<std::uint8_t>(unread_[at]); };
    if (!have(2)) return std::nullopt;
    RawFrame frame;
    frame.fin = (byte(0) & 0x80) != 0;
    frame.opcode = static_cast<Opcode>(byte(0) & 0x0f);
    std::size_t length = byte(1) & 0x7f;
    const std::size_t length_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (!have(2 + length_bytes)) return std::nullopt;
    if (length_bytes > 0) length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length = length << 8 | byte(2 + i);
    if (!have(2 + length_bytes + length)) return std::nullopt;
    frame.payload = to_bytes(as_bytes(unread_).subspan(2 + length_bytes, length));
    unread_.erase(0, 2 + length_bytes + length);
    return frame;
}

int RawWebSocket::wait_for_close_code() {
    while (const auto frame = receive())
        if (frame->opcode == Opcode::close) return frame->close_code();
    return 0;
}

}  // namespace veranda::tests
