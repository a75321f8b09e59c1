// Killed terminals and a Redis that forgets everything in the middle: real processes, and everyone is back.
#include <algorithm>
#include <csignal>
#include <functional>

#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

using Messages = std::vector<std::string>;

class WayBack : public testing::Test {
protected:
    TerminalProcess& join(TerminalProcess& host, const std::string& name, std::size_t server = 0) {
        TerminalProcess& joiner =
            house_.join_by_link(House::at(house_.url(server), house_.invite(host).text("link")), name);
        House::let_in(host, joiner, name);
        return joiner;
    }
    TerminalProcess& join_blessing(TerminalProcess& host, std::size_t server = 0) {
        TerminalProcess& second =
            house_.host_by_link(House::at(house_.url(server), house_.invite(host, true).text("link")));
        House::let_in(host, second, "Blessing");
        return second;
    }
    static std::string ticket_of(TerminalProcess& who) {
        const auto event = who.wait_for("ticket");
        EXPECT_TRUE(event) << who.transcript();
        return event ? event->text("ticket") : std::string();
    }
    static void kill(TerminalProcess& who) {
        ::kill(who.id(), SIGKILL);
        who.wait_for_exit();
    }
    static void may_write(TerminalProcess& who) {
        ASSERT_TRUE(who.wait_for("composer", [](const TerminalEvent& e) { return e.truth("open"); }))
            << who.transcript();
    }

    // Eight in a room over two servers, of which Redis forgets everything in the middle of a message.
    void everyone_comes_back_when(const std::function<void()>& redis_forgets);

    House house_{Kept::in_redis, 2};
};

TEST_F(WayBack, AKilledMemberComesBackByHerTicketWithoutBeingAskedAfter) {
    TerminalProcess& amara = house_.host(house_.url());
    TerminalProcess& iris = join(amara, "Iris");
    const std::string ticket = ticket_of(iris);
    iris.type("before");
    ASSERT_TRUE(amara.wait_for_message("before"));
    amara.forget_events();
    kill(iris);
    TerminalProcess& again = house_.join_by_ticket(ticket);
    ASSERT_TRUE(again.wait_for_state("in_group")) << again.transcript() << amara.transcript();
    may_write(again);
    again.type("back");
    ASSERT_TRUE(amara.wait_for_message("back")) << amara.transcript();
    EXPECT_EQ(amara.messages(), (Messages{"Iris: before", "Iris: back"}));
    for (const TerminalEvent& event : amara.events()) {
        EXPECT_FALSE(event.is("knock") && event.truth("returning")) << "nobody was asked: " << event.line;
    }
    EXPECT_NE(ticket_of(again), ticket);
}

TEST_F(WayBack, AKilledFacilitatorComesBackByTicketAndKeys) {
    TerminalProcess& amara = house_.host(house_.url());
    const std::string ticket = ticket_of(amara);
    TerminalProcess& blessing = join_blessing(amara, 1);
    TerminalProcess& iris = join(amara, "Iris");
    amara.type("before");
    ASSERT_TRUE(blessing.wait_for_message("before"));
    kill(amara);
    TerminalProcess& again = house_.host_by_ticket(ticket, "Amara");
    ASSERT_TRUE(again.wait_for_state("in_group")) << again.transcript() << blessing.transcript();
    may_write(again);
    TerminalProcess& joy = join(again, "Joy", 1);
    joy.type("hello");
    ASSERT_TRUE(iris.wait_for_message("hello")) << iris.transcript();
}

void WayBack::everyone_comes_back_when(const std::function<void()>& redis_forgets) {
    TerminalProcess& amara = house_.host(house_.url());
    TerminalProcess& blessing = join_blessing(amara, 1);
    std::vector<TerminalProcess*> everyone{&amara, &blessing};
    for (const char* name : {"Iris", "Joy", "Kemi", "Lola", "Mina", "Nora"})
        everyone.push_back(&join(everyone.size() % 2 == 0 ? amara : blessing, name, everyone.size() % 2));
    TerminalProcess& iris = *everyone[2];
    iris.type("before");
    for (TerminalProcess* each : everyone) ASSERT_TRUE(each->wait_for_message("before")) << each->transcript();
    for (TerminalProcess* each : everyone) each->forget_events();

    redis_forgets();
    iris.type("in the middle of it");
    for (TerminalProcess* each : everyone)
        ASSERT_TRUE(each->wait_for_code("notice", "room_remade")) << each->transcript() << amara.transcript();
    ASSERT_TRUE(amara.wait_for_message("in the middle of it")) << iris.transcript();
    TerminalProcess& nora = *everyone.back();
    may_write(nora);
    nora.type("after");
    for (TerminalProcess* each : everyone) {
        ASSERT_TRUE(each->wait_for_message("after")) << each->transcript();
        const Messages seen = each->messages();
        const auto times = [&](const char* text) { return std::count(seen.begin(), seen.end(), text); };
        EXPECT_EQ(times("Iris: before"), 1) << each->transcript();
        EXPECT_EQ(times("Nora: after"), 1) << each->transcript();
        // Said as soon as Iris was back: whoever came back after her has missed it, and nobody has it twice.
        EXPECT_LE(times("Iris: in the middle of it"), 1) << each->transcript();
    }
    for (TerminalProcess* each : {&amara, &iris}) {
        const Messages seen = each->messages();
        EXPECT_EQ(std::count(seen.begin(), seen.end(), "Iris: in the middle of it"), 1) << each->transcript();
    }
}

TEST_F(WayBack, RedisForgetsEverythingAndEveryoneIsBackWithEachTextOnce) {
    everyone_comes_back_when([this] { house_.redis().ask("FLUSHALL"); });
}

// The new primary has everything that the old one had, and may lack what was acknowledged last: it counts as nothing.
TEST_F(WayBack, RedisFailsOverAndEveryoneIsBackWithEachTextOnce) {
    everyone_comes_back_when([this] { house_.redis().fail_over(); });
}

}  // namespace
}  // namespace veranda::tests
