// A group whose members are all here, over a delivery service that goes wrong: it delays, reorders, doubles and drops
// messages, and lets Commits race. Everything follows from a seed.
//
// The service orders Commits: the first of an epoch wins, the others are told that they lost. It keeps the last few
// Commits for who missed one; who missed more, or lost her Group, is removed and added anew.
#pragma once

#include <deque>
#include <set>

#include "tests/unit/mls/forge.hpp"

namespace veranda::mls::tests {

class World {
public:
    static constexpr std::size_t members_max = 30;

    explicit World(std::uint64_t seed);

    void live(int steps);  // random steps, one after another
    void settle();         // everything arrives, everybody catches up, and all agree

    struct Counts {
        std::size_t commits = 0, lost_races = 0, refused = 0, read = 0, dropped = 0, doubled = 0;
        std::size_t repaired = 0, rejoined = 0, removed = 0, attacks = 0;
    };
    const Counts& counts() const { return counts_; }

private:
    struct Person {
        std::string name;
        std::optional<OwnKeyPackage> own;
        std::optional<Group> group;
        std::optional<OwnCommit> undecided;
        std::optional<Epoch> committed_in;  // one Commit an epoch: a second would use its message key again
        std::vector<Bytes> inbox;
        std::vector<Bytes> early;  // of epochs that she has not come to
        std::set<std::string> read;
        bool in_tree = false;
        bool removed = false;
        bool lost = false;  // being let in anew
    };

    // A Commit on its way to the service.
    struct Sent {
        std::size_t by = 0;
        Epoch epoch;
        Bytes message;
        SplitWelcome welcome;
        std::vector<std::size_t> adds;
        std::vector<std::size_t> removes;
        GroupContext next;  // for the attack of who is removed
    };

    bool happens(double probability) { return std::uniform_real_distribution<>(0, 1)(choice_) < probability; }
    double one_of(std::initializer_list<double> values) { return values.begin()[any(values.size())]; }
    std::size_t any(std::size_t count) { return choice_() % count; }

    std::size_t new_person();
    std::vector<std::size_t> able();  // whose Group is here, removed or not
    Epoch head() const { return {log_.size()}; }
    std::size_t members() const;

    void step();
    void speak(Person& person);
    void commit(std::size_t by);
    std::vector<std::size_t> choose_adds(const Person& by);
    std::vector<std::size_t> choose_removes(const Person& by);
    bool send_commit(std::size_t by, const std::vector<std::size_t>& adds, const std::vector<std::size_t>& removes);

    void decide_one();
    void accept(Sent&& sent);
    void leave_tree(Person& person);
    void broadcast(const Bytes& message);
    void post(Person& to, const Bytes& message);

    void deliver_one();
    void receive(Person& person, const Bytes& message);
    void receive_as_newcomer(Person& person, const Bytes& message);
    void receive_as_removed(Person& person, const PrivateMessage& message);
    void open(Person& person, const Bytes& message);
    void read(Person& person, const Plaintext& plaintext);
    void follow(Person& person, StagedCommit&& commit);
    void enter_next_epoch(Person& person, Group&& next);
    void expect_refusal(Person& person, const Bytes& message, std::string_view rule);
    std::optional<std::size_t> try_all_keys(const Group& group, const Bytes& message);

    bool catch_up(Person& person);
    void lose_what_cannot_be_repaired();
    void rejoin_the_lost();
    void expect_agreement();

    std::mt19937_64 choice_;
    RepeatableRandom random_;
    double drops_;
    double doubles_;
    double strays_;   // how often the Commit of a loser reaches others
    double forgets_;  // how often somebody loses her Group
    std::deque<Person> people_;
    std::vector<Sent> on_the_way_;
    std::vector<Sent> log_;  // the Commit that ends epoch i stands at i
    std::size_t spoken_ = 0;
    Counts counts_;
};

}  // namespace veranda::mls::tests
