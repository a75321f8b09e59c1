// An alarm that nobody of the group's staff has seen for a minute: it goes to the support desk, with real processes,
// over the embedded store and over Redis with two servers.
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

class Alarms : public testing::TestWithParam<Place> {
protected:
    static void SetUpTestSuite() { StaffFiles::of_this_process().certify("Celia", "counsellor"); }

    House house_{GetParam().kept, GetParam().servers};
    TerminalProcess& celia_ =
        house_.terminal({"desk", "--json", "--server", house_.url(house_.servers() - 1), "--staff",
                         house_.files.staff("Celia"), "--passphrase-file", house_.files.passphrase()});
    TerminalProcess& amara_ = house_.host(house_.url());

    TerminalProcess& member(const std::string& name) {
        TerminalProcess& joiner = house_.join_by_link(house_.invite(amara_).text("link"), name);
        House::let_in(amara_, joiner, name);
        return joiner;
    }
    // A minute is longer than a test's patience.
    static bool reaches_desk(TerminalProcess& who) {
        for (int patience = 0; patience < 4; ++patience)
            if (at_desk(who, "waiting")) return true;
        return false;
    }
    static std::optional<TerminalEvent> at_desk(TerminalProcess& who, std::string_view state) {
        return who.wait_for("desk",
                            [&](const TerminalEvent& e) { return e.text("state") == state && e.truth("desk"); });
    }
};

INSTANTIATE_TEST_SUITE_P(Over, Alarms, testing::ValuesIn(every_place), name_of_place);

TEST_P(Alarms, ThatNobodySawGoToTheDeskUntilSomebodyHas) {
    ASSERT_TRUE(celia_.wait_for("duty", [](const TerminalEvent& e) { return e.text("state") == "on_duty"; }))
        << celia_.transcript();
    TerminalProcess& iris = member("Iris");
    TerminalProcess& joy = member("Joy");
    iris.type("/desk hello");
    EXPECT_TRUE(iris.wait_for_code("error", "not_at_desk")) << iris.transcript();
    iris.type("/notsafe he is outside");
    joy.type("/notsafe");
    ASSERT_TRUE(amara_.wait_for("alarm", [](const TerminalEvent& e) { return e.text("from") == "Iris"; }))
        << amara_.transcript();
    ASSERT_TRUE(reaches_desk(iris)) << iris.transcript();
    ASSERT_TRUE(reaches_desk(joy)) << joy.transcript();
    const auto of_iris =
        celia_.wait_for("request", [](const TerminalEvent& e) { return e.text("note") == "he is outside"; });
    ASSERT_TRUE(of_iris) << celia_.transcript();
    EXPECT_EQ(of_iris->text("urgency"), "not_safe");

    amara_.type("/seen Joy");
    EXPECT_TRUE(celia_.wait_for("request_gone", [](const TerminalEvent& e) { return e.text("why") == "withdrawn"; }))
        << celia_.transcript() << joy.transcript();

    celia_.type("/take " + std::to_string(of_iris->number("number")));
    ASSERT_TRUE(at_desk(iris, "counsellor")) << iris.transcript() << celia_.transcript();
    ASSERT_TRUE(iris.wait_for("composer", [](const TerminalEvent& e) { return e.truth("open") && e.truth("desk"); }))
        << iris.transcript();
    iris.type("/desk I am in the kitchen");
    EXPECT_TRUE(celia_.wait_for_message("I am in the kitchen")) << celia_.transcript() << iris.transcript();

    amara_.type("/end");
    EXPECT_TRUE(iris.wait_for_code("notice", "desk_goes_on")) << iris.transcript();
    iris.type("still here");
    EXPECT_TRUE(celia_.wait_for_message("still here")) << celia_.transcript() << iris.transcript();
    EXPECT_EQ(joy.wait_for_exit(), 0) << joy.transcript();
    iris.type("/quit");
    EXPECT_EQ(iris.wait_for_exit(), 0) << iris.transcript();
    for (const std::string& line : amara_.messages())
        EXPECT_EQ(line.find("kitchen"), std::string::npos) << "what is said at the desk stays there";
}

}  // namespace
}  // namespace veranda::tests
