// A model of Redis and of how RedisStore talks to it: commands and notifications travel on two channels, each of which
// can be slow or cut; a server that was promoted or restarted has another memory, and whoever reaches it first drops
// what another incarnation left. What is kept is the embedded store's.
#pragma once

#include <list>
#include <map>
#include <memory>

#include "server/store/memory/memory.hpp"
#include "tests/simulation/agenda.hpp"
#include "tests/simulation/dice.hpp"
#include "tests/support/passing_store.hpp"

namespace veranda::simulation {

class SimulatedRedis {
public:
    explicit SimulatedRedis(store::Lifetimes lifetimes = {}) : memory(std::make_shared<store::Memory>(lifetimes)) {}

    const std::shared_ptr<store::Memory> memory;
    std::uint64_t incarnation = 1;

    // What a replica has got so far. To be kept, and given to fail_over.
    struct Replica {
        store::MapOf<RoomId, store::MemoryRoom> rooms;
        store::MapOf<CardId, store::MemoryCard> cards;
        store::MapOf<RoomId, store::MemorySuccessor> successors;
        store::MemoryDesk desk;
    };
    Replica replica() const { return {memory->rooms, memory->cards, memory->successors, memory->desk}; }

    // Another server takes its place, with what it has; an empty one: Redis was restarted.
    void fail_over(Replica with) {
        ++incarnation;
        become(std::move(with));
    }
    // By whoever is connected: what another incarnation left goes.
    void begin() {
        if (std::exchange(begun_, incarnation) != incarnation) become({});
    }

private:
    void become(Replica other) {
        memory->rooms = std::move(other.rooms);
        memory->cards = std::move(other.cards);
        memory->successors = std::move(other.successors);
        memory->desk = std::move(other.desk);
    }

    std::uint64_t begun_ = 1;
};

// One node's two connections to it, and what RedisStore does when they are cut.
class RedisLink final : public tests::PassingStore {
public:
    RedisLink(SimulatedRedis& redis, Agenda& agenda, Dice dice);
    ~RedisLink() override;
    RedisLink(const RedisLink&) = delete;
    RedisLink& operator=(const RedisLink&) = delete;

    // Both connections are gone for so long.
    void go_down(std::uint64_t ms);
    // Only notifications get lost; whoever is told of them reads the log when they are back.
    void lose_notifications(std::uint64_t ms);
    bool is_up() const { return up_; }

    void watch(RoomId room, store::Then<std::optional<store::RoomSnapshot>> then) override;
    void open_room(store::NewRoom room, store::Then<bool> then) override;
    void unwatch(RoomId room) override;
    void watch_desk(store::Then<store::Nothing> then) override;
    void unwatch_desk() override;

private:
    struct Asked {
        Question question;
        bool carried_out = false;
        bool over = false;
    };

    void pass(Question question) override;
    void send(Act request) override;
    void let_go(Act request) override;
    void tell(Act event) override;
    void on_entry(RoomId room, const LogEntry& entry) override;
    void on_forgotten() override {}  // each link finds out by itself

    void carry_out(const std::shared_ptr<Asked>& asked);
    void answer(const std::shared_ptr<Asked>& asked, Act act);
    void fail_all(bool only_told);
    void come_up();
    void resubscribe();
    void catch_up(const RoomId& room);
    void retell(const RoomId& room);
    void retell_desk();
    void forget();
    std::uint64_t delay();

    SimulatedRedis& redis_;
    Agenda& agenda_;
    Dice dice_;
    Channel commands_;
    Channel answers_;
    Channel notifications_;
    std::uint64_t known_;
    bool up_ = true;
    bool subscribed_ = true;
    std::list<std::shared_ptr<Asked>> open_;
    std::map<RoomId, Sequence> delivered_;  // of every room that the relay watches
    bool watches_desk_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace veranda::simulation
