// A small world for tests of the relay: an organisation with real signatures, staff and members who speak frames, and a
// connection that remembers what it was sent. Time stands still unless a test moves it.
#pragma once

#include <deque>
#include <map>
#include <memory>

#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/staff_check.hpp"
#include "protocol/frame_codec.hpp"
#include "protocol/mls_envelope.hpp"
#include "server/relay/outbox.hpp"
#include "server/relay/relay.hpp"
#include "server/store/memory/memory_store.hpp"

namespace veranda::tests {

inline constexpr UnixMillis noon{1'800'000'000'000};
inline constexpr std::string_view origin = "https://veranda.test";

// The same numbers in every run.
class TestRandom final : public crypto::RandomSource {
public:
    explicit TestRandom(std::uint64_t seed = 1) : state_(seed) {}
    void fill(MutableByteView bytes) override;
    template <class Id>
    Id id() {
        return Id{array<Id::size>()};
    }
    std::uint64_t below(std::uint64_t bound);

private:
    std::uint64_t state_;
};

// One of the organisation's staff, with her certificate.
struct TestStaff {
    crypto::SigningKey key;
    Signed<Certificate> certificate;
};

class TestOrganisation {
public:
    explicit TestOrganisation(TestRandom& random);
    TestStaff issue(std::string name, Role role, UnixSeconds now);
    void revoke(const TestStaff& staff, UnixSeconds now);
    relay::Organisation current(UnixSeconds good_until) const;
    std::optional<SealingKey> desk_key{};

private:
    TestRandom& random_;
    crypto::SigningKey root_;
    std::vector<StaffListEntry> entries_;
};

// Keeps what it is sent, in the order in which a socket would send it.
class TestConnection final : public relay::Connection {
public:
    void send(relay::SharedFrame frame, PriorityClass priority) override;
    std::size_t queued_bytes() const override { return outbox_.bytes(); }
    void close(relay::CloseCode code) override;

    // Takes what has been queued, as a peer that reads. A slow reader does not.
    std::vector<Received<ServerFrame>> read();

    std::optional<relay::CloseCode> closed_with;
    std::vector<relay::SharedFrame> sent;  // the shared bytes themselves, unordered by class

private:
    relay::Outbox outbox_;
};

// A person with her connection. Staff have a certificate and, in each room, a session key.
class Person {
public:
    Person(std::string its_name, TestRandom& random);

    std::string name;
    MemberId member;
    crypto::SigningKey access_key;
    crypto::SigningKey leaf_key;  // staff: the session key
    std::optional<TestStaff> staff;
    std::uint64_t orders = 0;

    AccessKey access() const { return AccessKey{access_key.public_key().bytes}; }

    // ---- the connection ----
    void connect(relay::Relay& relay, UnixMillis now);
    void disconnect(UnixMillis now);
    bool is_connected() const { return relay_ != nullptr; }
    // Sends a frame, and gives its request id.
    template <class Frame>
    RequestId send(const Frame& frame, UnixMillis now) {
        const RequestId request{++last_request_};
        send_bytes(encode_frame(frame, request), now);
        return request;
    }
    void send_bytes(const Bytes& message, UnixMillis now);
    // Sends a frame and gives what came back under its id; a Refused with Refusal{} if nothing has.
    template <class Frame>
    ServerFrame ask(const Frame& frame, UnixMillis now) {
        return answer_to(send(frame, now));
    }
    ServerFrame answer_to(RequestId request);
    void read();  // moves what was queued into `inbox` and `answers`

    TestConnection& connection() { return *connection_; }
    const ServerHello& hello() const { return hello_; }
    std::deque<ServerFrame> inbox;  // what came unasked, oldest first
    std::map<std::uint32_t, ServerFrame> answers;

    // All frames of a type that came unasked, taken out of the inbox.
    template <class Frame>
    std::vector<Frame> take() {
        read();
        std::vector<Frame> taken;
        std::deque<ServerFrame> rest;
        for (ServerFrame& frame : inbox) {
            if (auto* found = std::get_if<Frame>(&frame))
                taken.push_back(std::move(*found));
            else
                rest.push_back(std::move(frame));
        }
        inbox = std::move(rest);
        return taken;
    }
    std::vector<std::string> heard();  // the texts of entries, by says()

private:
    TestRandom& random_;
    relay::Relay* relay_ = nullptr;
    std::unique_ptr<TestConnection> connection_;
    std::vector<std::unique_ptr<TestConnection>> old_connections_;
    relay::ConnectionId id_;
    ServerHello hello_;
    std::uint32_t last_request_ = 0;
};

// An MLSMessage of the shape that the relay reads, with `text` where the ciphertext would be.
Bytes mls_message(const RoomId& room, Epoch epoch, MlsContentType type, std::string_view text);
std::string text_of(const LogEntry& entry);

// Why was it refused? Refusal{} if it was not.
Refused why(const ServerFrame& frame);
template <class Frame>
bool is(const ServerFrame& frame) {
    return std::holds_alternative<Frame>(frame);
}

// One relay or more on one memory, and a room that amara (a facilitator) has opened and iris is in, once asked for.
class World {
public:
    explicit World(relay::Settings settings = default_settings());
    static relay::Settings default_settings();

    relay::Relay& relay(std::size_t index = 0) { return *relays_[index]; }
    store::MemoryStore& memory(std::size_t index = 0) { return *stores_[index]; }
    void add_relay();                                       // another one on the same memory
    void add_relay(std::unique_ptr<store::Store> through);  // or by way of another store
    std::unique_ptr<store::MemoryStore> another_store();
    void pass(std::uint64_t ms);  // in ticks

    Person person(std::string name) { return Person(std::move(name), random); }
    Person staff(std::string name, Role role = Role::facilitator);
    StaffCredential credential(const Person& person, RoomKind kind = RoomKind::group) const;

    // ---- what people sign and send; each is right as it stands, for a test to spoil ----
    Signed<AccessProof> proof(const Person& person) const;
    OpenRoom opening(const Person& person) const;
    Signed<Admission> admission(const Person& by, const Person& whom, KnockId knock) const;
    Enter entrance(const Person& person, Sequence after = {}) const { return {proof(person), after}; }
    Submit says(std::string_view text, Epoch epoch);
    Submit commits(Epoch epoch);
    Admit admit(const Person& by, const std::vector<const Person*>& whom, Epoch epoch);
    OrderFrame order(Person& by, Order order);  // room, signer and number are filled in
    Leave leave() { return {random.id<SubmissionId>()}; }
    LaneFrame lane();
    PostedCard card();
    KnockFrame knock(const CardId& card);
    Signed<KnockRefusal> refusal(const Person& by, const KnockId& knock) const;
    Signed<LaneAcknowledgement> acknowledgement(const Person& by, const LaneFrame& lane) const;

    // ---- whole steps, each expected to go well ----
    void connect(Person& person, std::size_t relay_index = 0);
    void greet(Person& person, std::size_t relay_index = 0);
    void open();                                               // amara opens `room`
    void let_in(Person& person, std::size_t relay_index = 0);  // by a knock that is taken for granted, then enters
    void enter(Person& person, Sequence after = {}, std::size_t relay_index = 0);

    TestRandom random;
    UnixMillis now = noon;
    TestOrganisation organisation;
    RoomId room;
    Policies policies;
    Epoch epoch;  // as the tests' commits have it
    crypto::SigningKey knock_key;
    Person amara;
    Person iris;

private:
    relay::Settings settings_;
    std::vector<std::unique_ptr<store::MemoryStore>> stores_;
    std::vector<std::unique_ptr<store::Store>> others_;
    std::vector<std::unique_ptr<relay::Relay>> relays_;
};

}  // namespace veranda::tests
