// Someone in a room, as the load generator has her: a socket, and what she says over and over. How bytes are written
// and read differs from relay to relay; what is asked of a relay does not.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "protocol/identifiers.hpp"

namespace veranda::bench {

inline constexpr std::size_t message_bytes = 512;  // of one message, whatever a relay puts around it

struct Shape {
    std::size_t rooms = 0;
    std::size_t members = 0;    // of each room
    std::size_t in_flight = 0;  // messages of each room at any moment, each of another member
};

struct Member {
    int socket = -1;
    RoomId room;
    MemberId id;
    bool speaks = false;
    std::uint32_t said = 0;
    Bytes unread;  // the beginning of what has not come whole yet
};

// What came with one read.
struct Heard {
    std::size_t messages = 0;
    std::size_t own = 0;  // of them
};

class Language {
public:
    virtual ~Language() = default;
    // All members of all rooms, each connected and in her room.
    virtual std::vector<Member> bring_in(const Shape& shape, std::uint16_t port) = 0;
    // The next message of a member, as it goes over the wire.
    virtual Bytes next_message(Member& member) = 0;
    // Takes what is whole off the front of `bytes`. Errors: std::runtime_error, for whatever is no message and should
    // not come.
    virtual Heard hear(const Member& member, ByteView& bytes) = 0;
};

std::unique_ptr<Language> bare_language();
std::unique_ptr<Language> veranda_language(std::string folder);

// A blocking connection to this machine. Errors: std::runtime_error.
int connect_to(std::uint16_t port);
void send_all(int socket, ByteView bytes);

}  // namespace veranda::bench
