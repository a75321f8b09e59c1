// Nothing remains on the server once the log's time to live is over: no room, no card, no knock, no answer.
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Remains final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "remains"; }

    void ended() override { has_ended_ = is_over(); }
    void after_all() override {
        const store::Memory& memory = *world().redis().memory;
        for (const auto& node : world().nodes()) {
            const relay::Counts counts = node->relay().counts();
            if (counts.connections != 0) violated(node->name() + " still has connections");
            if (counts.rooms != 0 && has_ended_) violated(node->name() + " still has rooms");
        }
        for (const auto& [id, room] : memory.rooms) {
            if (!room.log.empty()) violated("a log outlives its time");
            if (!room.knocks.empty() || !room.mail.empty() || !room.here.empty()) violated("somebody still knocks");
        }
        if (!has_ended_) return;  // a room that nobody ended lives until its session is over
        if (!memory.rooms.empty()) violated("a room outlives its end");
        if (!memory.cards.empty()) violated("a card outlives its room");
        const UnixMillis longest{world().wall().value + limits::session_seconds_max * 1'000};
        for (const auto& [room, successor] : memory.successors)
            if (successor.until > longest) violated("a succession outlives its session");
    }

private:
    bool is_over() const {
        for (const auto& [id, room] : world().redis().memory->rooms)
            if (!room.ended && !room.remade) return false;
        return true;
    }
    bool has_ended_ = false;
};

}  // namespace

std::unique_ptr<Checker> remains_checker(World& world) { return std::make_unique<Remains>(world); }

}  // namespace veranda::simulation
