// As world.hpp, of FullGroups: proposals of every kind travel alone and are committed by reference, in either framing;
// and who lost her group comes back by an external Commit. The delivery service delays, reorders, doubles and drops,
// and lets Commits race; it keeps each epoch's proposals and Commit for who missed them.
#pragma once

#include <deque>
#include <set>

#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls::tests {

class FullWorld {
public:
    static constexpr std::size_t members_max = 12;

    explicit FullWorld(std::uint64_t seed);

    void live(int steps);
    void settle();  // everything arrives, everybody catches up or comes back, and all agree

    struct Counts {
        std::size_t commits = 0, by_reference = 0, lost_races = 0, proposals = 0, read = 0, refused = 0, dropped = 0,
                    repaired = 0, returned = 0, removed = 0, attacks = 0;
    };
    const Counts& counts() const { return counts_; }

private:
    struct Person {
        std::string name;
        std::optional<OwnKeyPackage> own;  // of who is not in yet, or is coming back
        std::optional<FullGroup> group;
        std::optional<OwnFullCommit> undecided;
        std::optional<Epoch> committed_in;
        std::vector<Bytes> inbox;
        std::set<std::string> read;
        bool in_tree = false;
        bool removed = false;
    };
    struct Sent {
        std::size_t by = 0;
        Epoch epoch;
        Bytes message;
        SplitWelcome welcome;
        std::vector<Member> added, removed;
        GroupContext next;
    };

    bool happens(double probability) { return std::uniform_real_distribution<>(0, 1)(choice_) < probability; }
    std::size_t any(std::size_t count) { return choice_() % count; }
    WireFormat framing() { return any(2) ? WireFormat::public_message : WireFormat::private_message; }
    Epoch head() const { return {log_.size()}; }
    std::size_t new_person();
    Person& named(ByteView identity);
    std::vector<std::size_t> able();  // who can act in the present epoch

    void step();
    void speak(Person& person);
    void propose(Person& person);
    void commit(std::size_t by);
    void send(std::size_t by, Epoch epoch, OwnFullCommit&& made);
    bool come_back(std::size_t who);

    void decide_one();
    void accept(Sent&& sent);
    void broadcast(const Bytes& message);
    void deliver_one();
    void deliver_all();

    void receive(Person& person, const Bytes& message);
    void receive_as_newcomer(Person& person, const Bytes& message);
    void open(Person& person, const Bytes& message);
    void follow(Person& person, const Bytes& message, FullStagedCommit&& commit);
    void attack(Person& person);
    bool catch_up(Person& person);
    void expect_agreement();

    std::mt19937_64 choice_;
    RepeatableRandom random_;
    double drops_;
    std::deque<Person> people_;
    std::vector<Sent> on_the_way_;
    std::vector<Sent> log_;                                 // the Commit that ends epoch i stands at i
    std::map<std::uint64_t, std::vector<Bytes>> proposed_;  // by epoch
    std::size_t spoken_ = 0;
    Counts counts_;
};

}  // namespace veranda::mls::tests
