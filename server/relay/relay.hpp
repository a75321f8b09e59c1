// The relay: takes frames from connections, decides, and hands envelopes it cannot open to those they are for.
//
// Sans-IO. Time and randomness are handed in, a connection is an interface, the store answers by callback; so the same
// code runs in a process, in a test and in a simulation of a thousand rooms. One thread, no lock.
//
// Calling order: opened once, then received any number of times, then closed once; tick at least every tick_ms. No call
// destroys a Connection or calls back into net/ but for send() and close().
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "crypto/verify/random.hpp"
#include "server/relay/connection.hpp"
#include "server/relay/limits.hpp"
#include "server/relay/organisation.hpp"
#include "server/store/store.hpp"

namespace veranda::relay {

using ConnectionId = Number<struct ConnectionIdTag>;

struct Settings {
    std::vector<std::string> origins;  // those that an access proof may name; scheme://host[:port]
    std::uint8_t proof_of_work_bits = 0;
    std::size_t members_max = limits::members_default;
    store::Lifetimes lifetimes;
    store::milliseconds claim{limits::claim_ms};  // of a request at the support desk
    Rates rates;
};

// What is counted, for /healthz and metrics. Nothing here can be linked to a person.
struct Counts {
    std::size_t connections = 0;
    std::size_t rooms = 0;
    std::uint64_t delivered = 0;
    std::uint64_t refused = 0;
    std::uint64_t faults = 0;
};

class Relay final : public store::Listener {
public:
    Relay(Settings settings, Organisation organisation, store::Store& store, crypto::RandomSource& random);
    ~Relay() override;

    // The connection outlives closed(). Sends the server's hello.
    ConnectionId opened(Connection& connection, UnixMillis now);
    // One whole binary WebSocket message.
    void received(ConnectionId id, ByteView message, UnixMillis now);
    void closed(ConnectionId id, UnixMillis now);
    void tick(UnixMillis now);

    // A new staff list (SIGHUP). Connections of the revoked are closed.
    void organisation_changed(Organisation organisation, UnixMillis now);

    Counts counts() const;

    void on_entry(RoomId room, const LogEntry& entry) override;
    void on_knock(RoomId room, const store::StoredKnock& knock) override;
    void on_knock_end(RoomId room, KnockId knock, KnockEnd end) override;
    void on_talk(RoomId room, KnockId knock, const store::StoredTalk& talk) override;
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override;
    void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) override;
    void on_lane(RoomId room, const store::StoredLane& lane) override;
    void on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) override;
    void on_remade(RoomId room) override;
    void on_forgotten() override;
    void on_duty_nonce(Challenge nonce) override;
    void on_duty_proof(Challenge nonce, const Bytes& proof) override;
    void on_hand_over(Hash turn, const Bytes& sealed) override;
    void on_desk_request(const store::StoredRequest& request) override;
    void on_desk_state(LaneId request, DeskStanding standing, Hash holder) override;

private:
    struct State;
    std::shared_ptr<State> state_;  // answers of the store that come after us find it gone
};

}  // namespace veranda::relay
