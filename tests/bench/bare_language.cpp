// Frames of the bare relay: four bytes of length, then a member's id and zeros.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <stdexcept>

#include "protocol/tls_syntax.hpp"
#include "tests/bench/member.hpp"

namespace veranda::bench {
namespace {

constexpr std::size_t head_bytes = 4;

Bytes frame(ByteView content, std::size_t bytes) {
    tls::Writer writer;
    writer.number(bytes, head_bytes);
    writer.raw(content);
    Bytes whole = writer.take();
    whole.resize(head_bytes + bytes);
    return whole;
}

template <class Id>
Id numbered(std::size_t number) {
    Id id;
    for (std::size_t i = 0; i < sizeof number; ++i) id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

class BareLanguage final : public Language {
public:
    std::vector<Member> bring_in(const Shape& shape, std::uint16_t port) override {
        std::vector<Member> all;
        for (std::size_t room = 1; room <= shape.rooms; ++room) {
            for (std::size_t i = 0; i < shape.members; ++i) {
                Member member;
                member.socket = connect_to(port);
                member.room = numbered<RoomId>(room);
                member.id = numbered<MemberId>(all.size() + 1);
                member.speaks = i < shape.in_flight;
                join(member);
                all.push_back(std::move(member));
            }
        }
        return all;
    }

    Bytes next_message(Member& member) override { return frame(member.id, message_bytes); }

    Heard hear(const Member& member, ByteView& bytes) override {
        Heard heard;
        while (bytes.size() >= head_bytes) {
            const std::size_t length = tls::Reader(bytes).number(head_bytes);
            if (length != message_bytes && length != MemberId::size)
                throw std::runtime_error("a frame of another size");
            if (bytes.size() < head_bytes + length) break;
            const bool is_own = same_bytes(bytes.subspan(head_bytes, MemberId::size), member.id);
            bytes = bytes.subspan(head_bytes + length);
            if (length != message_bytes) continue;  // somebody joined
            ++heard.messages;
            if (is_own) ++heard.own;
        }
        return heard;
    }

private:
    // She is in the room when a frame of nothing but her id has come back.
    static void join(const Member& member) {
        const Bytes greeting = frame(member.id, MemberId::size);
        send_all(member.socket, frame(member.room, RoomId::size));
        send_all(member.socket, greeting);
        Bytes back(greeting.size());
        const ssize_t count = ::recv(member.socket, back.data(), back.size(), MSG_WAITALL);
        if (count != static_cast<ssize_t>(back.size()) || back != greeting)
            throw std::runtime_error("the bare relay does not answer");
    }
};

}  // namespace

std::unique_ptr<Language> bare_language() { return std::make_unique<BareLanguage>(); }

int connect_to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0)
        throw std::runtime_error("cannot connect: too few file descriptors, or the relay is gone");
    return socket;
}

void send_all(int socket, ByteView bytes) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(bytes.size())) throw std::runtime_error("the relay does not take what it is sent");
}

}  // namespace veranda::bench
