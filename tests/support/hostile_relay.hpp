// A relay that lies: what it sends to one client is changed on the way, or made up. For tests only.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/keeper.hpp"

namespace veranda::tests {

using Frames = std::vector<ServerFrame>;

// By value, so that a loop over them keeps them.
inline std::vector<Received<ServerFrame>> server_frames(ByteView message) {
    auto frames = decode_server_message(message);
    return frames ? *std::move(frames) : std::vector<Received<ServerFrame>>{};
}
inline std::vector<Received<ClientFrame>> client_frames(ByteView message) {
    auto frames = decode_client_message(message);
    return frames ? *std::move(frames) : std::vector<Received<ClientFrame>>{};
}

// Whatever frames of this kind the relay sends her become what `lie` makes of them: one, none or several.
template <class Frame>
void lie_about(Phone& phone, std::function<Frames(Frame)> lie) {
    phone.hear = [lie](Bytes& message) {
        Bytes changed;
        for (const auto& received : server_frames(message)) {
            const auto& frame = std::get<ServerFrame>(received.frame);
            const auto* mine = std::get_if<Frame>(&frame);
            for (const ServerFrame& each : mine != nullptr ? lie(*mine) : Frames{frame})
                std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, each);
        }
        message = std::move(changed);
    };
}

// The same, for log entries.
inline void lie_about_entries(Phone& phone, std::function<std::vector<LogEntry>(LogEntry)> lie) {
    lie_about<EntryFrame>(phone, [lie](EntryFrame frame) {
        Frames frames;
        for (LogEntry& entry : lie(std::move(frame.entry))) frames.push_back(EntryFrame{std::move(entry)});
        return frames;
    });
}

class HostileRelay : public testing::Test {
protected:
    HostileRelay() : amara_(evening_.host(evening_.amara)) {}

    // Gives her a frame that nobody sent.
    template <class Frame>
    void invent(Phone& phone, const Frame& frame) {
        phone.client.received(encode_frame(frame), evening_.now);
        evening_.settle();
    }
    // Puts an entry into her log that is not in anybody else's.
    void invent_entry(Phone& phone, EntryKind kind, Bytes body, MemberId sender = {}) {
        Sequence& last = invented_[&phone];
        last = std::max(last, last_heard<Entered>(phone)->last);
        for (const LogEntry& entry : log_heard_by(phone)) last = std::max(last, entry.sequence);
        last = last.next();
        invent(phone, EntryFrame{LogEntry{last, evening_.now.wall, sender, kind, std::move(body)}});
    }
    template <class Frame>
    std::optional<Frame> last_heard(const Phone& phone) const {
        std::optional<Frame> found;
        for (const Bytes& message : phone.heard)
            for (const auto& received : server_frames(message))
                if (const auto* known = std::get_if<ServerFrame>(&received.frame))
                    if (const auto* frame = std::get_if<Frame>(known)) found = *frame;
        return found;
    }
    RoomId room() const { return last_heard<Entered>(amara_)->genesis.genesis.body.room; }
    MemberId amara_id() const { return last_heard<Entered>(amara_)->self; }
    Order order(OrderKind kind, MemberId signer, MemberId member = {}) const {
        Order made;
        made.room = room();
        made.signer = signer;
        made.number = SignerNumber{1};
        made.kind = kind;
        made.member = member;
        return made;
    }

    Evening evening_;
    Phone& amara_;
    std::map<const Phone*, Sequence> invented_;
};

}  // namespace veranda::tests
