// What people do, what the delivery service does with it, and how things settle. What they receive: world_receive.cpp.
#include "tests/model/world.hpp"

namespace veranda::mls::tests {
namespace {

constexpr std::size_t commits_kept = 6;  // by the delivery service; who is further behind cannot be helped

}  // namespace

World::World(std::uint64_t seed)
    : choice_(seed),
      random_(seed),
      drops_(one_of({0, 0.03, 0.06})),
      doubles_(one_of({0, 0.1, 0.2})),
      strays_(one_of({0, 0.5})),
      forgets_(one_of({0, 0.01})) {
    const std::size_t size = 3 + (any(4) == 0 ? any(members_max - 2) : any(8));
    Person& creator = people_[new_person()];
    creator.in_tree = true;
    creator.group = Group::create(as_bytes("group"), std::move(*creator.own), random_);
    creator.own.reset();
    std::vector<std::size_t> others;
    while (people_.size() < size) others.push_back(new_person());
    send_commit(0, others, {});
    decide_one();
}

std::size_t World::new_person() {
    Person& person = people_.emplace_back();
    person.name = "person " + std::to_string(people_.size() - 1);
    person.own = tests::person(person.name, random_);
    return people_.size() - 1;
}

std::vector<std::size_t> World::able() {
    std::vector<std::size_t> able;
    for (std::size_t i = 0; i < people_.size(); ++i)
        if (people_[i].group && !people_[i].removed) able.push_back(i);
    return able;
}

std::size_t World::members() const {
    return static_cast<std::size_t>(
        std::count_if(people_.begin(), people_.end(), [](const Person& person) { return person.in_tree; }));
}

// --- what people do

void World::live(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) step();
}

void World::step() {
    const std::vector<std::size_t> able = this->able();
    if (able.empty()) return deliver_one();
    const std::size_t who = able[any(able.size())];
    if (happens(forgets_)) {
        people_[who].group.reset();
        people_[who].undecided.reset();
        return;
    }
    switch (any(14)) {
        case 0:
        case 1: return speak(people_[who]);
        case 2:
        case 3:
        case 4: return commit(who);
        case 5:
        case 6: return decide_one();
        case 7: return void(catch_up(people_[who]));
        default:
            for (std::size_t i = 0; i < people_.size() / 2; ++i) deliver_one();
    }
}

void World::speak(Person& person) {
    const std::string text = person.name + " says " + std::to_string(spoken_++);
    const auto sealed = person.group->seal(as_bytes(text), random_);
    ASSERT_TRUE(sealed.has_value());
    broadcast(*sealed);
}

void World::commit(std::size_t by) {
    const Person& person = people_[by];
    if (person.undecided || person.committed_in == person.group->epoch()) return;
    switch (any(4)) {
        case 0: send_commit(by, choose_adds(person), {}); break;
        case 1: send_commit(by, {}, choose_removes(person)); break;
        case 2: send_commit(by, choose_adds(person), choose_removes(person)); break;
        default: send_commit(by, {}, {});
    }
}

// People whom nobody has added yet, as far as she knows; and new ones.
std::vector<std::size_t> World::choose_adds(const Person& by) {
    std::vector<std::size_t> adds;
    const std::size_t wanted = std::min(1 + any(3), members_max - std::min(members_max, by.group->roster().size()));
    for (std::size_t i = 0; i < people_.size() && adds.size() < wanted; ++i)
        if (people_[i].own && !people_[i].in_tree && !people_[i].removed) adds.push_back(i);
    while (adds.size() < wanted) adds.push_back(new_person());
    return adds;
}

std::vector<std::size_t> World::choose_removes(const Person& by) {
    const std::vector<Member> roster = by.group->roster();
    if (roster.size() < 4) return {};
    std::set<std::size_t> removes;
    for (std::size_t i = 1 + any(2); i > 0; --i) {
        const Member& member = roster[any(roster.size())];
        for (std::size_t who = 0; who < people_.size(); ++who)
            if (as_text(member.identity) == people_[who].name && &people_[who] != &by) removes.insert(who);
    }
    return {removes.begin(), removes.end()};
}

bool World::send_commit(std::size_t by, const std::vector<std::size_t>& adds, const std::vector<std::size_t>& removes) {
    Person& person = people_[by];
    std::vector<KeyPackage> key_packages;
    for (const std::size_t who : adds) key_packages.push_back(people_[who].own->public_part);
    std::vector<LeafIndex> leaves;
    for (const Member& member : person.group->roster())
        for (const std::size_t who : removes)
            if (as_text(member.identity) == people_[who].name) leaves.push_back(member.leaf);
    auto made =
        person.group->commit(key_packages, leaves, random_, any(2) ? PathPolicy::always : PathPolicy::if_required);
    EXPECT_TRUE(made.has_value()) << why(made);
    if (!made) return false;
    person.committed_in = person.group->epoch();
    on_the_way_.push_back({by, person.group->epoch(), made->message, std::move(made->welcome), adds, removes,
                           made->next.state().context});
    person.undecided = std::move(*made);
    return true;
}

// --- what the delivery service does

void World::decide_one() {
    if (on_the_way_.empty()) return;
    const std::size_t which = any(on_the_way_.size());
    Sent sent = std::move(on_the_way_[which]);
    on_the_way_.erase(on_the_way_.begin() + static_cast<std::ptrdiff_t>(which));
    if (sent.epoch == head()) return accept(std::move(sent));
    ++counts_.lost_races;
    Person& loser = people_[sent.by];
    if (loser.undecided && loser.undecided->message == sent.message) loser.undecided.reset();
    if (happens(strays_)) broadcast(sent.message);
}

void World::accept(Sent&& sent) {
    ++counts_.commits;
    for (const std::size_t who : sent.removes) leave_tree(people_[who]);
    for (std::size_t i = 0; i < sent.adds.size(); ++i) {
        Person& newcomer = people_[sent.adds[i]];
        newcomer.in_tree = true;
        post(newcomer, sent.welcome.whole(i));
    }
    broadcast(sent.message);
    if (happens(strays_ / 2) && !on_the_way_.empty()) broadcast(on_the_way_.front().message);
    log_.push_back(std::move(sent));
}

// Who has not come yet never comes. (Or she is let in anew by the same Commit, and has another key package by now.)
void World::leave_tree(Person& person) {
    person.in_tree = false;
    if (!person.group && person.own && !person.lost) person.removed = true;
    if (person.removed) person.own.reset();
}

void World::broadcast(const Bytes& message) {
    for (Person& person : people_)
        if (person.in_tree || person.group) post(person, message);
}

void World::post(Person& to, const Bytes& message) {
    if (happens(drops_)) {
        ++counts_.dropped;
        return;
    }
    to.inbox.push_back(message);
    if (!happens(doubles_)) return;
    ++counts_.doubled;
    to.inbox.push_back(message);
}

void World::deliver_one() {
    Person& person = people_[any(people_.size())];
    if (person.inbox.empty()) return;
    const std::size_t which = any(person.inbox.size());
    const Bytes message = std::move(person.inbox[which]);
    person.inbox.erase(person.inbox.begin() + static_cast<std::ptrdiff_t>(which));
    receive(person, message);
}

// --- how things settle

void World::settle() {
    while (!on_the_way_.empty()) decide_one();
    const auto has_mail = [](const Person& person) { return !person.inbox.empty(); };
    while (std::any_of(people_.begin(), people_.end(), has_mail) && !testing::Test::HasFailure()) deliver_one();
    for (Person& person : people_)
        if (!catch_up(person)) person.group.reset();
    lose_what_cannot_be_repaired();
    rejoin_the_lost();
    if (!testing::Test::HasFailure()) expect_agreement();
}

// Whether she is in the present epoch, or removed, after asking for the Commits that she missed.
bool World::catch_up(Person& person) {
    if (!person.group || person.removed) return true;
    while (person.group->epoch() != head() && !person.removed) {
        const std::uint64_t epoch = person.group->epoch().value;
        if (epoch + commits_kept < head().value) return false;
        ++counts_.repaired;
        receive(person, log_[epoch].message);
        if (testing::Test::HasFailure()) return false;
        if (!person.removed && person.group->epoch().value == epoch) return false;  // it cannot be opened any more
    }
    return true;
}

void World::lose_what_cannot_be_repaired() {
    for (Person& person : people_) {
        person.inbox.clear();
        person.early.clear();
        person.undecided.reset();
        if (!person.in_tree && !person.own) person.removed = true;
    }
}

// In one Commit: their old leaves go, new ones come.
void World::rejoin_the_lost() {
    std::vector<std::size_t> lost;
    std::optional<std::size_t> by;
    for (std::size_t i = 0; i < people_.size(); ++i) {
        if (!people_[i].in_tree) continue;
        if (people_[i].group)
            by = i;
        else
            lost.push_back(i);
    }
    if (lost.empty() || !by) return;
    counts_.rejoined += lost.size();
    for (const std::size_t who : lost) {
        people_[who].own = tests::person(people_[who].name, random_);
        people_[who].lost = true;
    }
    people_[*by].committed_in.reset();
    const double drops = std::exchange(drops_, 0);
    if (send_commit(*by, lost, lost)) decide_one();
    const auto has_mail = [](const Person& person) { return !person.inbox.empty(); };
    while (std::any_of(people_.begin(), people_.end(), has_mail) && !testing::Test::HasFailure()) deliver_one();
    for (const std::size_t who : lost) people_[who].lost = false;
    drops_ = drops;
}

void World::expect_agreement() {
    std::vector<Person*> together;
    for (Person& person : people_)
        if (person.in_tree) together.push_back(&person);
    ASSERT_FALSE(together.empty());
    const Person& first = *together.front();
    if (!first.group) return;  // everybody lost everything: that group is over
    ASSERT_EQ(first.group->roster().size(), together.size());
    for (Person* person : together) {
        ASSERT_TRUE(person->group.has_value()) << person->name;
        EXPECT_EQ(person->group->epoch(), head()) << person->name;
        EXPECT_TRUE(same_bytes(person->group->epoch_authenticator(), first.group->epoch_authenticator()));
        EXPECT_EQ(person->group->roster(), first.group->roster());
    }
    const double drops = std::exchange(drops_, 0);
    for (Person* person : together) speak(*person);
    drops_ = drops;
    std::size_t unread = 0;
    for (Person& person : people_)
        while (!person.inbox.empty()) {
            const std::size_t before = person.read.size();
            const Bytes message = std::move(person.inbox.back());
            person.inbox.pop_back();
            receive(person, message);
            if (person.in_tree && person.read.size() == before) ++unread;
        }
    EXPECT_GE(unread, together.size());  // her own, of each; and what came twice
    for (Person* person : together)
        for (std::size_t i = spoken_ - together.size(); i < spoken_; ++i) {
            const std::string ending = " says " + std::to_string(i);
            const bool own = person == together[i - (spoken_ - together.size())];
            EXPECT_NE(own, person->read.contains(together[i - (spoken_ - together.size())]->name + ending));
        }
}

}  // namespace veranda::mls::tests
