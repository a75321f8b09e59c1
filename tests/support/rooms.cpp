// How the small world of the relay's tests signs, knocks and speaks.
#include "tests/support/rooms.hpp"

#include <gtest/gtest.h>

#include "protocol/mls_envelope.hpp"

namespace veranda::tests {

// ---- randomness and keys ----

void TestRandom::fill(MutableByteView bytes) {
    for (std::uint8_t& byte : bytes) {  // splitmix64
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        byte = static_cast<std::uint8_t>(z ^ (z >> 31));
    }
}

std::uint64_t TestRandom::below(std::uint64_t bound) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : array<8>()) value = value << 8 | byte;
    return value % bound;
}

TestOrganisation::TestOrganisation(TestRandom& random) : random_(random), root_(crypto::SigningKey::generate(random)) {}

TestStaff TestOrganisation::issue(std::string name, Role role, UnixSeconds now) {
    auto key = crypto::SigningKey::generate(random_);
    Certificate body;
    body.root = root_.public_key();
    body.key = key.public_key();
    body.name = std::move(name);
    body.role = role;
    body.not_before = UnixSeconds{now.value - 3'600};
    body.not_after = UnixSeconds{now.value + 7 * 24 * 3'600};
    auto certificate = crypto::sign(body, root_);
    const auto number = static_cast<std::uint32_t>(entries_.size() + 1);
    entries_.push_back({number, StaffListEvent::issued, crypto::hash_of(certificate), now});
    return {std::move(key), std::move(certificate)};
}

void TestOrganisation::revoke(const TestStaff& staff, UnixSeconds now) {
    const auto number = static_cast<std::uint32_t>(entries_.size() + 1);
    entries_.push_back({number, StaffListEvent::revoked, crypto::hash_of(staff.certificate), now});
}

relay::Organisation TestOrganisation::current(UnixSeconds good_until) const {
    Hash hash;
    for (const StaffListEntry& entry : entries_) hash = crypto::next_staff_list_hash(hash, entry);
    const StaffListHead head{static_cast<std::uint32_t>(entries_.size()), hash, good_until};
    veranda::Organisation body;
    body.root = root_.public_key();
    body.name = "Test";
    body.desk_key = desk_key;
    return {crypto::sign(body, root_), {entries_, crypto::sign(head, root_)}};
}

// ---- a connection that remembers ----

void TestConnection::send(relay::SharedFrame frame, PriorityClass priority) {
    if (closed_with) return;
    sent.push_back(frame);
    if (!outbox_.push(std::move(frame), priority)) close(relay::CloseCode::policy_violation);
}

void TestConnection::close(relay::CloseCode code) {
    if (!closed_with) closed_with = code;
}

std::vector<Received<ServerFrame>> TestConnection::read() {
    std::vector<Received<ServerFrame>> all;
    while (!outbox_.empty()) {
        Bytes message;
        outbox_.take_batch(message);
        auto frames = decode_server_message(message);
        EXPECT_TRUE(frames.has_value());
        if (frames) all.insert(all.end(), frames->begin(), frames->end());
    }
    return all;
}

// ---- people ----

Person::Person(std::string its_name, TestRandom& random)
    : name(std::move(its_name)),
      member(random.id<MemberId>()),
      access_key(crypto::SigningKey::generate(random)),
      leaf_key(crypto::SigningKey::generate(random)),
      random_(random) {}

void Person::connect(relay::Relay& relay, UnixMillis now) {
    if (is_connected()) disconnect(now);
    relay_ = &relay;
    connection_ = std::make_unique<TestConnection>();
    inbox.clear();
    answers.clear();
    id_ = relay.opened(*connection_, now);
    read();
    ASSERT_FALSE(inbox.empty());
    ASSERT_TRUE(is<ServerHello>(inbox.front()));
    hello_ = std::get<ServerHello>(inbox.front());
    inbox.pop_front();
}

void Person::disconnect(UnixMillis now) {
    if (!relay_) return;
    relay_->closed(id_, now);
    relay_ = nullptr;
    old_connections_.push_back(std::move(connection_));
}

void Person::send_bytes(const Bytes& message, UnixMillis now) {
    if (relay_) relay_->received(id_, message, now);
}

void Person::read() {
    if (!connection_) return;
    for (auto& [request, frame] : connection_->read()) {
        ASSERT_TRUE(std::holds_alternative<ServerFrame>(frame));
        ServerFrame& known = std::get<ServerFrame>(frame);
        if (request.value != 0) {
            EXPECT_TRUE(answers.emplace(request.value, known).second) << "a request was answered twice";
        } else {
            inbox.push_back(std::move(known));
        }
    }
}

ServerFrame Person::answer_to(RequestId request) {
    read();
    const auto found = answers.find(request.value);
    return found == answers.end() ? ServerFrame{Refused{}} : found->second;
}

std::vector<std::string> Person::heard() {
    std::vector<std::string> texts;
    for (const EntryFrame& frame : take<EntryFrame>())
        if (frame.entry.kind == EntryKind::application) texts.push_back(text_of(frame.entry));
    return texts;
}

// ---- messages ----

Bytes mls_message(const RoomId& room, Epoch epoch, MlsContentType type, std::string_view text) {
    tls::Writer writer;
    writer.number(1, 2);  // mls10
    writer.number(2, 2);  // PrivateMessage
    writer.vector(room);
    writer.number(epoch.value, 8);
    writer.number(static_cast<std::uint64_t>(type), 1);
    writer.vector({});                       // authenticated_data
    writer.vector(as_bytes("sender data"));  // encrypted_sender_data
    writer.vector(as_bytes(text));
    return writer.take();
}

std::string text_of(const LogEntry& entry) {
    tls::Reader reader(entry.body);
    reader.number(4);
    reader.vector();
    reader.raw(9);
    reader.vector();
    reader.vector();
    return std::string(as_text(reader.vector()));
}

Refused why(const ServerFrame& frame) {
    const auto* refused = std::get_if<Refused>(&frame);
    return refused ? *refused : Refused{};
}

// ---- the world ----

relay::Settings World::default_settings() {
    relay::Settings settings;
    settings.origins = {std::string(origin)};
    return settings;
}

World::World(relay::Settings settings)
    : organisation(random),
      room(random.id<RoomId>()),
      knock_key(crypto::SigningKey::generate(random)),
      amara(staff("amara")),
      iris("iris", random),
      settings_(std::move(settings)) {
    stores_.push_back(std::make_unique<store::MemoryStore>(settings_.lifetimes));
    stores_.front()->advance(now);
    relays_.push_back(std::make_unique<relay::Relay>(
        settings_, organisation.current(UnixSeconds{now.value / 1'000 + 30 * 24 * 3'600}), *stores_.front(), random));
}

void World::add_relay() {
    stores_.push_back(std::make_unique<store::MemoryStore>(stores_.front()->memory()));
    relays_.push_back(std::make_unique<relay::Relay>(
        settings_, organisation.current(UnixSeconds{now.value / 1'000 + 30 * 24 * 3'600}), *stores_.back(), random));
}

void World::add_relay(std::unique_ptr<store::Store> through) {
    others_.push_back(std::move(through));
    relays_.push_back(std::make_unique<relay::Relay>(
        settings_, organisation.current(UnixSeconds{now.value / 1'000 + 30 * 24 * 3'600}), *others_.back(), random));
}

std::unique_ptr<store::MemoryStore> World::another_store() {
    return std::make_unique<store::MemoryStore>(stores_.front()->memory());
}

void World::pass(std::uint64_t ms) {
    const UnixMillis end{now.value + ms};
    while (now < end) {
        now = UnixMillis{std::min(end.value, now.value + relay::limits::tick_ms)};
        stores_.front()->advance(now);
        for (const auto& relay : relays_) relay->tick(now);
    }
}

Person World::staff(std::string name, Role role) {
    Person person(name, random);
    person.staff = organisation.issue(std::move(name), role, UnixSeconds{now.value / 1'000});
    return person;
}

StaffCredential World::credential(const Person& person, RoomKind kind) const {
    SessionStatement statement;
    statement.room = room;
    statement.certificate = crypto::hash_of(person.staff->certificate);
    statement.session_key = person.leaf_key.public_key();
    statement.role = person.staff->certificate.body.role;
    statement.kind = kind;
    statement.not_before = UnixSeconds{now.value / 1'000 - 60};
    statement.not_after = UnixSeconds{now.value / 1'000 + 4 * 3'600};
    return {person.staff->certificate, crypto::sign(statement, person.staff->key)};
}

Signed<AccessProof> World::proof(const Person& person) const {
    return crypto::sign(AccessProof{room, std::string(origin), person.hello().challenge, person.access()},
                        person.access_key);
}

OpenRoom World::opening(const Person& person) const {
    Genesis genesis;
    genesis.room = room;
    genesis.kind = RoomKind::group;
    genesis.opened_at = UnixSeconds{now.value / 1'000};
    genesis.ends_at = UnixSeconds{now.value / 1'000 + 3 * 3'600};
    genesis.policies = policies;
    return {crypto::sign(genesis, person.leaf_key), admission(person, person, {}), proof(person)};
}

Signed<Admission> World::admission(const Person& by, const Person& whom, KnockId knock) const {
    Admission body;
    body.room = room;
    body.admitted_by = by.member;
    body.member = whom.member;
    body.access_key = whom.access();
    body.leaf_key = whom.leaf_key.public_key();
    body.level = Level::speaks;
    body.knock = knock;
    if (whom.staff) body.staff = credential(whom);
    return crypto::sign(body, by.leaf_key);
}

Submit World::says(std::string_view text, Epoch in) {
    return {random.id<SubmissionId>(), mls_message(room, in, MlsContentType::application, text)};
}

Submit World::commits(Epoch in) {
    return {random.id<SubmissionId>(), mls_message(room, in, MlsContentType::commit, "commit")};
}

Admit World::admit(const Person& by, const std::vector<const Person*>& whom, Epoch in) {
    Admit admit{random.id<SubmissionId>(), mls_message(room, in, MlsContentType::commit, "adds"), {}, {}, {}};
    for (const Person* person : whom)
        admit.members.push_back({admission(by, *person, random.id<KnockId>()), to_bytes(as_bytes("welcome, "))});
    admit.welcome_tail = to_bytes(as_bytes("all"));
    return admit;
}

OrderFrame World::order(Person& by, Order order) {
    order.room = room;
    order.signer = by.member;
    order.number = SignerNumber{++by.orders};
    return {random.id<SubmissionId>(), crypto::sign(order, by.leaf_key)};
}

LaneFrame World::lane() {
    LaneFrame lane;
    lane.envelope.header.commitment = random.id<Hash>();
    lane.envelope.header.wraps.resize(1);
    lane.envelope.sealed = Bytes(limits::lane_plain_bytes + 16, 7);
    return lane;
}

PostedCard World::card() {
    return {random.id<CardId>(), KnockKey{knock_key.public_key().bytes}, UnixSeconds{now.value / 1'000 + 3'600},
            Bytes(limits::card_sealed_bytes, 3)};
}

KnockFrame World::knock(const CardId& card) {
    return {crypto::sign(KnockEnvelope{card, to_bytes(random.array<64>())}, knock_key)};
}

Signed<KnockRefusal> World::refusal(const Person& by, const KnockId& knock) const {
    return crypto::sign(
        KnockRefusal{room, knock, KnockRefusalReason::not_now, "not tonight", credential(by.staff ? by : amara)},
        by.leaf_key);
}

Signed<LaneAcknowledgement> World::acknowledgement(const Person& by, const LaneFrame& lane) const {
    const LaneId id{crypto::sha256(tls::encode(lane.envelope)).bytes};
    return crypto::sign(LaneAcknowledgement{room, by.member, id}, by.leaf_key);
}

// ---- whole steps ----

void World::connect(Person& person, std::size_t relay_index) { person.connect(relay(relay_index), now); }

void World::greet(Person& person, std::size_t relay_index) {
    connect(person, relay_index);
    ASSERT_TRUE(is<Done>(person.ask(ClientHello{}, now)));
}

void World::open() {
    greet(amara);
    const auto answer = amara.ask(opening(amara), now);
    ASSERT_TRUE(is<Entered>(answer)) << name(why(answer).refusal);
}

void World::let_in(Person& person, std::size_t relay_index) {
    const auto answer = amara.ask(admit(amara, {&person}, epoch), now);
    ASSERT_TRUE(is<Accepted>(answer)) << name(why(answer).refusal);
    epoch = epoch.next();
    enter(person, std::get<Accepted>(answer).sequence, relay_index);
}

void World::enter(Person& person, Sequence after, std::size_t relay_index) {
    greet(person, relay_index);
    const auto answer = person.ask(entrance(person, after), now);
    ASSERT_TRUE(is<Entered>(answer)) << name(why(answer).refusal);
}

}  // namespace veranda::tests
