// The gate: who is in is counted, called, and may leave while being called.
#include "server/net/drain.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace veranda::net {
namespace {

class Visitor final : public Guest {
public:
    using Guest::Guest;
    void sweep(Clock::time_point) override { ++swept; }
    void show_out() override { leave(); }
    void cut() override { leave(); }

    int swept = 0;
    std::unique_ptr<Visitor>* mine = nullptr;  // let go when it is called
    std::unique_ptr<Visitor>* another = nullptr;

private:
    void leave() {
        if (another != nullptr) another->reset();
        if (mine != nullptr) mine->reset();
    }
};

TEST(Gate, CountsWhoIsInside) {
    Gate gate;
    auto first = std::make_unique<Visitor>(gate);
    auto second = std::make_unique<Visitor>(gate);
    EXPECT_EQ(gate.inside(), 2U);
    first.reset();
    EXPECT_EQ(gate.inside(), 1U);
}

TEST(Gate, SweepsEveryoneOnce) {
    Gate gate;
    std::vector<std::unique_ptr<Visitor>> visitors;
    for (int i = 0; i < 5; ++i) visitors.push_back(std::make_unique<Visitor>(gate));
    visitors.erase(visitors.begin() + 1);
    gate.sweep({});
    for (const auto& visitor : visitors) EXPECT_EQ(visitor->swept, 1);
}

TEST(Gate, LetsAGuestLeaveWhileItIsShownOut) {
    Gate gate;
    std::vector<std::unique_ptr<Visitor>> visitors(5);
    for (auto& visitor : visitors) {
        visitor = std::make_unique<Visitor>(gate);
        visitor->mine = &visitor;
    }
    gate.show_out_all();
    EXPECT_EQ(gate.inside(), 0U);
}

TEST(Gate, LetsAGuestTakeAnotherAlong) {
    Gate gate;
    std::vector<std::unique_ptr<Visitor>> visitors(4);
    for (auto& visitor : visitors) visitor = std::make_unique<Visitor>(gate);
    visitors[3]->another = &visitors[1];
    gate.cut_all();
    EXPECT_EQ(gate.inside(), 3U);
}

TEST(GateDeathTest, DiesWithSomeoneInside) {
    EXPECT_DEATH(
        {
            auto gate = std::make_unique<Gate>();
            auto* const visitor = new Visitor(*gate);  // NOLINT: left behind on purpose
            gate.reset();
            visitor->sweep({});
        },
        "broken assertion");
}

}  // namespace
}  // namespace veranda::net
