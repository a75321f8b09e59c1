// The support desk with real processes: one who asks, two counsellors, one of them killed in the middle; over the
// embedded store, and over Redis with two servers.
#include <csignal>

#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

class DeskProcesses : public testing::TestWithParam<Place> {
protected:
    static void SetUpTestSuite() {
        const StaffFiles& files = StaffFiles::of_this_process();
        for (const char* name : {"Celia", "Dora"})
            if (!std::filesystem::exists(files.staff(name))) files.certify(name, "counsellor");
    }

    House house{GetParam().kept, 0};

    void SetUp() override {
        for (std::size_t i = 0; i < GetParam().servers; ++i) house.start_server("[limits]\nclaim_seconds = 10\n");
    }
    TerminalProcess& on_duty(std::string_view name, std::size_t server) {
        TerminalProcess& made =
            house.terminal({"desk", "--json", "--server", house.url(server), "--staff", house.files.staff(name),
                            "--languages", "en,it", "--passphrase-file", house.files.passphrase()});
        EXPECT_TRUE(made.wait_for("duty", [](const TerminalEvent& e) { return e.text("state") == "on_duty"; }))
            << made.transcript();
        return made;
    }
    TerminalProcess& asks(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{
            "ask", "--json", "--server", house.url(), "--organisation", house.files.organisation(), "--name", "Iris"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return house.terminal(arguments);
    }
    static std::optional<TerminalEvent> desk(TerminalProcess& asker, std::string_view state) {
        return asker.wait_for("desk", [&](const TerminalEvent& e) { return e.text("state") == state; });
    }
    static void talk(TerminalProcess& asker, TerminalProcess& counsellor, const std::string& words) {
        ASSERT_TRUE(asker.wait_for_state("in_group")) << asker.transcript() << counsellor.transcript();
        ASSERT_TRUE(asker.wait_for("composer", [](const TerminalEvent& e) { return e.truth("open"); }))
            << asker.transcript();
        asker.type(words);
        ASSERT_TRUE(counsellor.wait_for_message(words)) << asker.transcript() << counsellor.transcript();
        counsellor.type("I hear: " + words);
        ASSERT_TRUE(asker.wait_for_message("I hear: " + words)) << asker.transcript() << counsellor.transcript();
    }
};

INSTANTIATE_TEST_SUITE_P(Over, DeskProcesses, testing::ValuesIn(every_place), name_of_place);

TEST_P(DeskProcesses, OneOfTwoGetsItDiesAndTheOtherGoesOn) {
    TerminalProcess& celia = on_duty("Celia", 0);
    TerminalProcess& dora = on_duty("Dora", house.servers() - 1);
    TerminalProcess& asker =
        asks({"--language", "it", "--urgency", "soon", "--note", "Can we talk?", "--patience", "3"});
    const auto waiting = desk(asker, "waiting");
    ASSERT_TRUE(waiting) << asker.transcript();
    EXPECT_EQ(waiting->number("counsellors"), 2U);
    for (TerminalProcess* each : {&celia, &dora}) {
        const auto request = each->wait_for("request");
        ASSERT_TRUE(request) << each->transcript();
        EXPECT_EQ(request->number("number"), 1U);
        EXPECT_EQ(request->text("language"), "it");
        EXPECT_EQ(request->text("urgency"), "soon");
        EXPECT_EQ(request->text("note"), "Can we talk?");
        each->type("/take 1");
    }

    const auto named = desk(asker, "counsellor");
    ASSERT_TRUE(named) << asker.transcript() << celia.transcript() << dora.transcript();
    const bool is_celia = named->text("name") == "Celia";
    TerminalProcess& first = is_celia ? celia : dora;
    TerminalProcess& second = is_celia ? dora : celia;
    EXPECT_TRUE(second.wait_for("request_gone", [](const TerminalEvent& e) { return e.text("why") == "taken"; }))
        << second.transcript();
    talk(asker, first, "hello");

    ::kill(first.id(), SIGKILL);
    // The server says that she went once her presence has run out, after half a minute.
    ASSERT_TRUE(desk(asker, "broken_off") || desk(asker, "broken_off") || desk(asker, "broken_off"))
        << asker.transcript();
    const auto again = second.wait_for("request", [](const TerminalEvent& e) { return e.truth("continuing"); });
    ASSERT_TRUE(again) << second.transcript() << asker.transcript();
    second.type("/take " + std::to_string(again->number("number")));
    const auto other = desk(asker, "counsellor");
    ASSERT_TRUE(other) << asker.transcript() << second.transcript();
    EXPECT_EQ(other->text("name"), is_celia ? "Dora" : "Celia");
    talk(asker, second, "are you there?");

    second.type("/end");
    EXPECT_TRUE(asker.wait_for_state("ended")) << asker.transcript();
    EXPECT_EQ(asker.wait_for_exit(), 0);
    EXPECT_TRUE(second.wait_for("request_gone", [](const TerminalEvent& e) { return e.text("why") == "ended"; }))
        << second.transcript();
    second.type("/off");
    EXPECT_EQ(second.wait_for_exit(), 0) << second.transcript();
}

// A request in the first second of a server's life was counted as waiting since 1970, and was gone with the second.
TEST_P(DeskProcesses, ARequestOfTheFirstSecondWaitsSinceThen) {
    TerminalProcess& celia = on_duty("Celia", 0);
    asks();
    const auto request = celia.wait_for("request");
    ASSERT_TRUE(request) << celia.transcript();
    EXPECT_LT(request->number("waiting_s"), 60U);
}

TEST_P(DeskProcesses, WithNobodyOnDutyTheTruthIsTold) {
    TerminalProcess& asker = asks();
    const auto nobody = desk(asker, "nobody");
    ASSERT_TRUE(nobody) << asker.transcript();
    EXPECT_FALSE(nobody->truth("can_leave")) << "this organisation has no desk key";
    asker.type("/leave-request");
    EXPECT_TRUE(asker.wait_for_code("error", "no_desk_key")) << asker.transcript();
    asker.type("/quit");
    EXPECT_EQ(asker.wait_for_exit(), 0) << asker.transcript();
}

}  // namespace
}  // namespace veranda::tests
