// The real way into a Veranda room, and then application messages: hello, a room opened with signatures that hold, one
// Admit for everyone else, an entrance with a proof for each. Only what the relay cannot read is made up: ciphertexts,
// and the knocks that the Admit answers.
#include <sys/socket.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "protocol/armour.hpp"
#include "protocol/frame_codec.hpp"
#include "protocol/mls_envelope.hpp"
#include "tests/bench/member.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::bench {
namespace {

constexpr std::uint8_t binary_message = 0x82;  // FIN and the opcode
constexpr std::uint8_t mask_bit = 0x80;

UnixSeconds now_seconds() { return UnixSeconds{static_cast<std::uint64_t>(std::time(nullptr))}; }

// ---- WebSocket messages (RFC 6455, 5.2) ----

Bytes masked_message(ByteView payload) {
    constexpr ByteArray<4> mask{0x5a, 0xc3, 0x17, 0x88};
    tls::Writer writer;
    writer.reserve(payload.size() + 14);
    writer.number(binary_message, 1);
    const std::size_t length_bytes = payload.size() < 126 ? 0 : payload.size() < 65'536 ? 2 : 8;
    writer.number(mask_bit | (length_bytes == 0 ? payload.size() : length_bytes == 2 ? 126 : 127), 1);
    writer.number(payload.size(), length_bytes);
    writer.raw(mask);
    Bytes message = writer.take();
    const std::size_t head = message.size();
    message.resize(head + payload.size());
    for (std::size_t i = 0; i < payload.size(); ++i)
        message[head + i] = static_cast<std::uint8_t>(payload[i] ^ mask[i % 4]);
    return message;
}

// Takes one whole message off the front of `bytes` and gives its payload; none if it has not come whole.
std::optional<ByteView> take_message(ByteView& bytes) {
    if (bytes.size() < 2) return std::nullopt;
    if (bytes[0] != binary_message) throw std::runtime_error("the relay closes, or pings: the machine is too busy");
    const std::size_t length_bytes = bytes[1] < 126 ? 0 : bytes[1] == 126 ? 2 : 8;
    if (bytes.size() < 2 + length_bytes) return std::nullopt;
    tls::Reader reader(bytes.subspan(1));
    std::uint64_t length = reader.number(1);
    if (length_bytes != 0) length = reader.number(length_bytes);
    if (reader.remaining() < length) return std::nullopt;
    const ByteView payload = reader.raw(length);
    bytes = bytes.subspan(1 + reader.offset());
    return payload;
}

// ---- one frame at a time, waiting for each answer ----

class Visitor {
public:
    explicit Visitor(std::uint16_t port) {
        member_.socket = connect_to(port);
        send_all(member_.socket, as_bytes("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                                          "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                          "Sec-WebSocket-Version: 13\r\n\r\n"));
        std::string_view head;
        do {
            receive();
            head = as_text(member_.unread);
        } while (head.find("\r\n\r\n") == std::string_view::npos);
        member_.unread.erase(member_.unread.begin(),
                             member_.unread.begin() + static_cast<std::ptrdiff_t>(head.find("\r\n\r\n") + 4));
        challenge_ = await<ServerHello>(RequestId{}).challenge;
        ask<Done>(ClientHello{});
    }

    const Challenge& challenge() const { return challenge_; }
    Member leave_behind() && { return std::move(member_); }

    template <class Wanted, class Frame>
    Wanted ask(const Frame& frame) {
        const RequestId request{++member_.said};
        send_all(member_.socket, masked_message(encode_frame(frame, request)));
        return await<Wanted>(request);
    }

private:
    void receive() {
        std::array<std::uint8_t, 16 * 1024> some;
        const ssize_t count = ::recv(member_.socket, some.data(), some.size(), 0);
        if (count <= 0) throw std::runtime_error("the relay does not answer");
        append(member_.unread, ByteView(some).first(static_cast<std::size_t>(count)));
    }

    template <class Wanted>
    Wanted await(RequestId request) {
        for (;;) {
            ByteView bytes = member_.unread;
            const auto message = take_message(bytes);
            if (!message) {
                receive();
                continue;
            }
            const auto frames = decode_server_message(*message);
            VERANDA_ASSERT(frames.has_value());
            member_.unread = to_bytes(bytes);
            for (const auto& received : *frames) {
                const auto* frame = std::get_if<ServerFrame>(&received.frame);
                if (!frame || received.request != request) continue;
                if (const auto* refused = std::get_if<Refused>(frame))
                    throw std::runtime_error("refused: " + std::string(name(refused->refusal)));
                if (const auto* wanted = std::get_if<Wanted>(frame)) return *wanted;
            }
        }
    }

    Member member_;
    Challenge challenge_;
};

// ---- one room ----

Bytes mls_message(const RoomId& room, Epoch epoch, MlsContentType type) {
    constexpr std::size_t head_bytes = 4 + 1 + RoomId::size + 8 + 1 + 1;
    constexpr std::size_t sender_data_bytes = 28;  // what MLS has there
    tls::Writer writer;
    writer.number(1, 2);  // mls10
    writer.number(2, 2);  // PrivateMessage
    writer.vector(room);
    writer.number(epoch.value, 8);
    writer.number(static_cast<std::uint64_t>(type), 1);
    writer.vector({});  // authenticated_data
    writer.vector(Bytes(sender_data_bytes, 0x5d));
    writer.vector(Bytes(message_bytes - head_bytes - 1 - sender_data_bytes - 2, 0xc7));
    VERANDA_ASSERT(writer.bytes().size() == message_bytes);
    return writer.take();
}

struct Newcomer {
    MemberId id;
    crypto::SigningKey access_key;
};

class Host {
public:
    Host(crypto::RandomSource& random, const client::StaffKeys& staff, std::uint16_t port)
        : random_(random), port_(port), session_key_(crypto::SigningKey::generate(random)) {
        room_ = RoomId::from(random.array<RoomId::size>());
        const UnixSeconds now = now_seconds();
        SessionStatement statement;
        statement.room = room_;
        statement.certificate = crypto::hash_of(staff.certificate);
        statement.session_key = session_key_.public_key();
        statement.role = Role::facilitator;
        statement.kind = RoomKind::group;
        statement.not_before = UnixSeconds{now.value - 60};
        statement.not_after = UnixSeconds{now.value + 3600};
        credential_ = {staff.certificate, crypto::sign(statement, staff.key)};
    }

    void open_and_fill(const Shape& shape, std::vector<Member>& all) {
        const Newcomer host = newcomer();
        Visitor hosts(port_);
        open(hosts, host, shape.members);
        std::vector<Newcomer> others;
        for (std::size_t i = 1; i < shape.members; ++i) others.push_back(newcomer());
        const Sequence admitted = admit(hosts, host, others);
        for (std::size_t i = 0; i < others.size(); ++i) {
            Visitor visitor(port_);
            visitor.ask<Entered>(Enter{proof(visitor, others[i]), admitted});
            settle(std::move(visitor), others[i], i < shape.in_flight, all);
        }
        settle(std::move(hosts), host, false, all);
    }

private:
    Newcomer newcomer() {
        return {MemberId::from(random_.array<MemberId::size>()), crypto::SigningKey::generate(random_)};
    }

    Signed<AccessProof> proof(const Visitor& visitor, const Newcomer& who) const {
        const std::string origin = "http://127.0.0.1:" + std::to_string(port_);
        return crypto::sign(
            AccessProof{room_, origin, visitor.challenge(), AccessKey{who.access_key.public_key().bytes}},
            who.access_key);
    }

    Signed<Admission> admission(const Newcomer& host, const Newcomer& who) {
        Admission body;
        body.room = room_;
        body.admitted_by = host.id;
        body.member = who.id;
        body.access_key = AccessKey{who.access_key.public_key().bytes};
        body.level = Level::speaks;
        if (who.id == host.id) {
            body.leaf_key = session_key_.public_key();
            body.staff = credential_;
        } else {
            body.leaf_key = SignatureKey::from(random_.array<SignatureKey::size>());
            body.knock = KnockId::from(random_.array<KnockId::size>());
        }
        return crypto::sign(body, session_key_);
    }

    void open(Visitor& hosts, const Newcomer& host, std::size_t members) {
        const UnixSeconds now = now_seconds();
        Genesis genesis;
        genesis.room = room_;
        genesis.kind = RoomKind::group;
        genesis.opened_at = now;
        genesis.ends_at = UnixSeconds{now.value + 1800};
        genesis.policies.members_max = static_cast<std::uint16_t>(members);
        hosts.ask<Entered>(OpenRoom{crypto::sign(genesis, session_key_), admission(host, host), proof(hosts, host)});
    }

    Sequence admit(Visitor& hosts, const Newcomer& host, const std::vector<Newcomer>& others) {
        Admit admit;
        admit.submission = SubmissionId::from(random_.array<SubmissionId::size>());
        admit.commit = mls_message(room_, Epoch{0}, MlsContentType::commit);
        for (const Newcomer& who : others) admit.members.push_back({admission(host, who), Bytes(300, 0x3e)});
        admit.welcome_tail = Bytes(600, 0x7a);
        return hosts.ask<Accepted>(admit).sequence;
    }

    void settle(Visitor visitor, const Newcomer& who, bool speaks, std::vector<Member>& all) const {
        Member member = std::move(visitor).leave_behind();
        member.room = room_;
        member.id = who.id;
        member.speaks = speaks;
        all.push_back(std::move(member));
    }

    crypto::RandomSource& random_;
    std::uint16_t port_;
    RoomId room_;
    crypto::SigningKey session_key_;
    StaffCredential credential_;
};

// ---- the language ----

class VerandaLanguage final : public Language {
public:
    explicit VerandaLanguage(const std::filesystem::path& folder) : organisation_(random_) {
        organisation_.now = now_seconds();
        staff_.emplace(organisation_.certify("Bench"));
        std::ofstream(folder / "organisation.pub")
            << armour(armour_titles::organisation, tls::encode(organisation_.organisation));
        std::ofstream(folder / "staff.list") << armour(armour_titles::staff_list, tls::encode(organisation_.staff));
    }

    std::vector<Member> bring_in(const Shape& shape, std::uint16_t port) override {
        std::vector<Member> all;
        for (std::size_t i = 0; i < shape.rooms; ++i) Host(random_, *staff_, port).open_and_fill(shape, all);
        return all;
    }

    Bytes next_message(Member& member) override {
        Submit submit;
        submit.submission = SubmissionId::from(member.id.bytes);
        for (std::size_t i = 0; i < 4; ++i)
            submit.submission.bytes[i] = static_cast<std::uint8_t>(member.said >> (8 * i));
        submit.message = mls_message(member.room, Epoch{1}, MlsContentType::application);
        return masked_message(encode_frame(submit, RequestId{++member.said}));
    }

    Heard hear(const Member& member, ByteView& bytes) override {
        Heard heard;
        while (const auto message = take_message(bytes)) hear_frames(member, *message, heard);
        return heard;
    }

private:
    static void hear_frames(const Member& member, ByteView message, Heard& heard) {
        for (tls::Reader frames(message); frames.remaining() > 0;) {
            frames.number(2);
            const auto type = static_cast<FrameType>(frames.number(2));
            frames.number(4);
            tls::Reader body(frames.vector());
            if (type == FrameType::refused || type == FrameType::fault || type == FrameType::room_gone)
                throw std::runtime_error("the relay refuses");
            if (type != FrameType::entry) continue;
            body.raw(16);
            const ByteView sender = body.raw(MemberId::size);
            if (static_cast<EntryKind>(body.number(1)) != EntryKind::application) continue;
            VERANDA_ASSERT(body.vector().size() == message_bytes && body.remaining() == 0);
            ++heard.messages;
            if (same_bytes(sender, member.id)) ++heard.own;
        }
    }

    crypto::SystemRandom random_;
    tests::SmallOrganisation organisation_;
    std::optional<client::StaffKeys> staff_;
};

}  // namespace

std::unique_ptr<Language> veranda_language(std::string folder) {
    return std::make_unique<VerandaLanguage>(std::move(folder));
}

}  // namespace veranda::bench
