#include "tests/simulation/checkers/remains.hpp"

#include <string>

#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Remains final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "remains"; }

    void after_all() override {
        const store::Memory& memory = *world().redis().memory;
        for (const auto& [id, room] : memory.rooms) look_at(room);
        for (const auto& [id, card] : memory.cards)
            if (!memory.rooms.contains(card.card.room)) violated("the store has a card of a room that is gone");
        if (!memory.successors.empty()) violated("the store knows what was made in whose place");
        for (const auto& node : world().nodes())
            if (node->is_up() && node->relay().counts().rooms != 0) violated(node->name() + " still holds a room");
    }

private:
    // One that nobody could end is there until its own end, as bare as that.
    void look_at(const store::MemoryRoom& room) const {
        if (room.ended) violated("the store has a room that was ended");
        if (!room.log.empty()) violated("the store has what was said");
        if (!room.knocks.empty() || !room.talks.empty()) violated("the store has somebody's knock");
        if (!room.mail.empty()) violated("the store has an answer to somebody's knock");
        if (!room.here.empty()) violated("the store has somebody as here");
    }
};

}  // namespace

std::unique_ptr<Checker> remains_checker(World& world) { return std::make_unique<Remains>(world); }

}  // namespace veranda::simulation
