// What people do in a group of everything, and what becomes of it.
#include "tests/model/full_world.hpp"

namespace veranda::mls::tests {
namespace {

const std::set<std::string_view> reasons{"own_message", "other_epoch", "generation_gone", "proposal_unknown"};

PskStore store_of_tea() {
    PskStore psks;
    psks.hold(to_bytes(as_bytes("tea")), SecretBytes(32));
    return psks;
}

// How many of the secrets in a Commit's path open to a key that this member holds, whomever they were meant for.
std::size_t opened_by(const FullGroup& group, const Bytes& message, const GroupContext& next) {
    const GroupState& state = *group.state().epoch;
    const auto opened = open_either(state, message);
    if (!opened) return 0;
    const auto& path = std::get<Commit>(opened->message.content.content).path;
    if (!path) return 0;
    GroupContext context = next;
    context.confirmed_transcript_hash = state.context.confirmed_transcript_hash;
    const crypto::HpkeInfo info = encrypt_context("UpdatePathNode", tls::encode(context));
    std::vector<const crypto::KemKeyPair*> keys;
    for (std::uint32_t i = 0; i < tree_math::node_count(state.tree.width()); ++i)
        if (const auto* key = state.path_keys.find({i})) keys.push_back(key);
    for (const OwnUpdate& update : group.state().own_updates) keys.push_back(&update.leaf_key);
    std::size_t opens = 0;
    for (const crypto::KemKeyPair* key : keys)
        for (const UpdatePathNode& node : path->nodes)
            for (const HPKECiphertext& ciphertext : node.encrypted_path_secret)
                opens += decrypt_with(info, *key, ciphertext).has_value();
    return opens;
}

}  // namespace

FullWorld::FullWorld(std::uint64_t seed) : choice_(seed), random_(seed), drops_(any(2) ? 0.05 : 0) {
    const std::size_t size = 3 + any(5);
    while (people_.size() < size) new_person();
    people_[0].group = *FullGroup::create(as_bytes("group"), {}, std::move(*people_[0].own), random_);
    people_[0].group->hold_psk(to_bytes(as_bytes("tea")), SecretBytes(32));
    people_[0].own.reset();
    people_[0].in_tree = true;
    CommitWith with;
    for (std::size_t i = 1; i < size; ++i) with.by_value.push_back(addition(people_[i].own->public_part));
    send(0, head(), *people_[0].group->commit(std::move(with), random_));
    decide_one();
}

std::size_t FullWorld::new_person() {
    Person& person = people_.emplace_back();
    person.name = "person " + std::to_string(people_.size() - 1);
    person.own = versatile_person(person.name, random_);
    return people_.size() - 1;
}

FullWorld::Person& FullWorld::named(ByteView identity) {
    return *std::find_if(people_.begin(), people_.end(),
                         [&](const Person& person) { return person.name == as_text(identity); });
}

std::vector<std::size_t> FullWorld::able() {
    std::vector<std::size_t> able;
    for (std::size_t i = 0; i < people_.size(); ++i)
        if (people_[i].in_tree && people_[i].group && people_[i].group->epoch() == head()) able.push_back(i);
    return able;
}

void FullWorld::live(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) step();
}

void FullWorld::step() {
    const std::vector<std::size_t> able = this->able();
    const std::size_t who = any(people_.size());
    if (std::find(able.begin(), able.end(), who) == able.end()) return deliver_one();
    switch (any(16)) {
        case 0: return speak(people_[who]);
        case 1:
        case 2: return propose(people_[who]);
        case 3:
        case 4: return commit(who);
        case 5: return decide_one();
        case 6:
            if (able.size() > 2 && happens(0.1)) people_[who].group.reset(), people_[who].undecided.reset();
            return;
        case 7: return void(come_back(any(people_.size())));
        default:
            for (std::size_t i = 0; i < people_.size(); ++i) deliver_one();
    }
}

void FullWorld::speak(Person& person) {
    const std::string text = person.name + " says " + std::to_string(spoken_++);
    const auto sealed = person.group->seal(as_bytes(text), random_);
    if (sealed) return broadcast(*sealed);
    EXPECT_EQ(why(sealed), "proposals_pending");
}

void FullWorld::propose(Person& person) {
    FullGroup& group = *person.group;
    const std::vector<Member> roster = group.roster();
    const auto message = [&]() -> Result<Bytes> {
        switch (any(5)) {
            case 0:
                return group.propose({PreSharedKey{external_psk(to_bytes(as_bytes("tea")), random_)}}, random_,
                                     framing());
            case 1:
                return group.propose({GroupContextExtensions{{{odd_extension, {std::uint8_t(any(9))}}}}}, random_,
                                     framing());
            case 2:
                if (roster.size() > 4)
                    return group.propose({Remove{roster[any(roster.size())].leaf}}, random_, framing());
                return group.propose(addition(people_[new_person()].own->public_part), random_, framing());
            default: return group.propose_update(random_, framing());
        }
    }();
    ASSERT_TRUE(message.has_value()) << why(message);
    ++counts_.proposals;
    proposed_[group.epoch().value].push_back(*message);
    broadcast(*message);
}

void FullWorld::commit(std::size_t by) {
    Person& person = people_[by];
    if (person.undecided || person.committed_in == person.group->epoch()) return;
    CommitWith with;
    with.by_reference = person.group->committable();
    const bool is_alone = with.by_reference.empty();
    if (is_alone && any(3) == 0 && person.group->roster().size() < members_max)
        with.by_value.push_back(addition(people_[new_person()].own->public_part));
    with.wire_format = framing();
    auto made = person.group->commit(std::move(with), random_);
    ASSERT_TRUE(made.has_value()) << why(made);
    counts_.by_reference += !is_alone;
    person.committed_in = person.group->epoch();
    send(by, person.group->epoch(), *std::move(made));
}

void FullWorld::send(std::size_t by, Epoch epoch, OwnFullCommit&& made) {
    on_the_way_.push_back(
        {by, epoch, made.message, std::move(made.welcome), made.added, made.removed, made.next.state().epoch->context});
    people_[by].undecided = std::move(made);
}

// Who lost her group joins externally, and her old leaf goes.
bool FullWorld::come_back(std::size_t who) {
    Person& person = people_[who];
    const std::vector<std::size_t> able = this->able();
    if (!person.in_tree || person.group || person.undecided || person.own || able.empty()) return false;
    const FullGroup& host = *people_[able[any(able.size())]].group;
    const PskStore psks = store_of_tea();
    ExternalJoinWith with;
    with.psks = &psks;
    if (any(2)) with.psk_ids = {external_psk(to_bytes(as_bytes("tea")), random_)};
    for (const Member& member : host.roster())
        if (as_text(member.identity) == person.name) with.resync = member.leaf;
    auto made = FullGroup::join_externally(host.group_info(), versatile_person(person.name, random_), with, random_);
    EXPECT_TRUE(made.has_value()) << why(made);
    if (made) send(who, host.epoch(), *std::move(made));
    return made.has_value();
}

// --- the delivery service: the first Commit of an epoch wins

void FullWorld::decide_one() {
    if (on_the_way_.empty()) return;
    const auto which = on_the_way_.begin() + static_cast<std::ptrdiff_t>(any(on_the_way_.size()));
    Sent sent = std::move(*which);
    on_the_way_.erase(which);
    if (sent.epoch == head()) return accept(std::move(sent));
    ++counts_.lost_races;
    Person& loser = people_[sent.by];
    if (loser.undecided && loser.undecided->message == sent.message) loser.undecided.reset();
    broadcast(sent.message);  // it reaches the others all the same
}

void FullWorld::accept(Sent&& sent) {
    ++counts_.commits;
    for (const Member& member : sent.removed) named(member.identity).in_tree = false;
    for (const Member& member : sent.added) named(member.identity).in_tree = true;
    for (std::size_t i = 0; i < sent.welcome.heads.size(); ++i)
        named(sent.added[i].identity).inbox.push_back(sent.welcome.whole(i));
    Person& winner = people_[sent.by];
    log_.push_back(std::move(sent));
    if (winner.undecided && winner.undecided->message == log_.back().message) {
        counts_.returned += !winner.group;
        winner.group = std::move(winner.undecided->next);
        winner.undecided.reset();
    }
    broadcast(log_.back().message);
}

void FullWorld::broadcast(const Bytes& message) {
    for (Person& person : people_) {
        if ((!person.in_tree && !person.group) || person.removed) continue;
        if (happens(drops_)) {
            ++counts_.dropped;
            continue;
        }
        for (std::size_t copies = any(8) == 0 ? 2 : 1; copies > 0; --copies) person.inbox.push_back(message);
    }
}

void FullWorld::deliver_one() {
    Person& person = people_[any(people_.size())];
    if (person.inbox.empty()) return;
    const auto which = person.inbox.begin() + static_cast<std::ptrdiff_t>(any(person.inbox.size()));
    const Bytes message = std::move(*which);
    person.inbox.erase(which);
    receive(person, message);
}

void FullWorld::deliver_all() {
    const auto has_mail = [](const Person& person) { return !person.inbox.empty(); };
    while (std::any_of(people_.begin(), people_.end(), has_mail) && !testing::Test::HasFailure()) deliver_one();
}

// --- what reaches people

void FullWorld::receive(Person& person, const Bytes& message) {
    if (!person.group) return receive_as_newcomer(person, message);
    if (person.removed || decode_message<Welcome>(message)) return;
    open(person, message);
}

void FullWorld::receive_as_newcomer(Person& person, const Bytes& message) {
    if (!person.own || !decode_message<Welcome>(message)) return;
    const PskStore psks = store_of_tea();
    JoinWith with;
    with.psks = &psks;
    auto joined = FullGroup::join(message, *person.own, with);
    ASSERT_TRUE(joined.has_value()) << why(joined);
    person.own.reset();
    person.group = *std::move(joined);
}

void FullWorld::open(Person& person, const Bytes& message) {
    FullGroup& group = *person.group;
    const Bytes before = snapshot(group);
    const std::uint64_t epoch = group.epoch().value;
    const bool won = epoch < log_.size() && log_[epoch].message == message;
    const std::size_t opens = won ? opened_by(group, message, log_[epoch].next) : 0;
    auto received = group.open(message);
    if (!received) {
        ++counts_.refused;
        EXPECT_TRUE(reasons.contains(why(received))) << why(received);
        EXPECT_TRUE(snapshot(group) == before) << "the state changed: " << why(received);
        return;
    }
    if (const auto* plaintext = std::get_if<Plaintext>(&*received)) {
        ++counts_.read;
        const std::string text(as_text(plaintext->content));
        EXPECT_TRUE(person.read.insert(text).second) << "read twice: " << text;
    } else if (auto* commit = std::get_if<FullStagedCommit>(&*received)) {
        if (!won) return;  // a loser's is good, and leads nowhere
        if (commit->has_path()) {
            EXPECT_EQ(opens, commit->removes_us() ? 0U : 1U) << "of the path's secrets";
        }
        follow(person, message, std::move(*commit));
    }
}

void FullWorld::follow(Person& person, const Bytes& message, FullStagedCommit&& commit) {
    if (commit.removes_us()) {
        person.removed = !person.in_tree;
        ++counts_.removed;
        if (person.removed) return;
        return person.group.reset();  // it was she who came back
    }
    person.group = person.group->after(std::move(commit));
    person.undecided.reset();
    EXPECT_EQ(refused(*person.group, message), "other_epoch") << "a Commit that comes again";
}

// Who was removed tries the Commits that came later, as of her last epoch.
void FullWorld::attack(Person& person) {
    for (std::uint64_t epoch = person.group->epoch().value + 1; epoch < log_.size(); ++epoch) {
        ++counts_.attacks;
        EXPECT_EQ(refused(*person.group, log_[epoch].message), "other_epoch");
        auto relabelled = decode_message<PrivateMessage>(log_[epoch].message);
        if (!relabelled) continue;
        relabelled->epoch = person.group->epoch();
        EXPECT_EQ(refused(*person.group, encode_message(*relabelled)), "sender_data");
    }
}

// --- how things settle

bool FullWorld::catch_up(Person& person) {
    while (person.in_tree && person.group && person.group->epoch() != head() && !testing::Test::HasFailure()) {
        ++counts_.repaired;
        const std::uint64_t epoch = person.group->epoch().value;
        const std::vector<Bytes> proposals = proposed_[epoch];
        for (const Bytes& proposal : proposals) open(person, proposal);
        open(person, log_[epoch].message);
        if (person.group && person.group->epoch().value == epoch) return false;
    }
    return person.group.has_value();
}

void FullWorld::settle() {
    while (!on_the_way_.empty()) decide_one();
    deliver_all();
    for (Person& person : people_) {
        person.undecided.reset();
        if (person.in_tree && !catch_up(person)) person.group.reset(), person.own.reset();
    }
    for (std::size_t who = 0; who < people_.size() && !testing::Test::HasFailure(); ++who) {
        if (!come_back(who)) continue;
        decide_one();
        for (Person& person : people_) catch_up(person);
    }
    const std::vector<std::size_t> able = this->able();
    if (able.empty() || testing::Test::HasFailure()) return;
    people_[able[0]].committed_in.reset();
    commit(able[0]);
    decide_one();
    deliver_all();
    for (Person& person : people_) catch_up(person);
    if (!testing::Test::HasFailure()) expect_agreement();
}

void FullWorld::expect_agreement() {
    std::vector<Person*> together;
    for (Person& person : people_) {
        person.inbox.clear();
        if (person.in_tree) together.push_back(&person);
        if (person.removed) attack(person);
    }
    const FullGroup& first = *together.front()->group;
    ASSERT_EQ(first.roster().size(), together.size());
    for (Person* person : together) {
        ASSERT_TRUE(person->group.has_value()) << person->name;
        EXPECT_EQ(person->group->epoch(), head()) << person->name;
        EXPECT_TRUE(same_bytes(person->group->epoch_authenticator(), first.epoch_authenticator())) << person->name;
        EXPECT_EQ(person->group->roster(), first.roster());
        EXPECT_EQ(person->group->extensions(), first.extensions());
    }
    const double drops = std::exchange(drops_, 0);
    for (Person* person : together) {
        const std::size_t before = counts_.read;
        speak(*person);
        deliver_all();
        EXPECT_EQ(counts_.read, before + together.size() - 1) << "of " << person->name;
    }
    drops_ = drops;
}

}  // namespace veranda::mls::tests
