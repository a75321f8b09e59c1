// The door, with the programs that people run: talk before admission, words that agree, somebody let in to listen, a
// hand, and an alarm from the waiting room that a person has seen. Over one server's memory, and over two servers and a
// Redis.
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

// Amara has opened a group at the first server; whoever comes, comes by the last one.
class Door : public testing::TestWithParam<Place> {
protected:
    Door() : house_(GetParam().kept, GetParam().servers), amara_(house_.host(house_.url())) {}

    TerminalProcess& knock(const std::string& name) {
        const std::string link = House::at(house_.url(house_.servers() - 1), house_.invite(amara_).text("link"));
        TerminalProcess& joiner = house_.join_by_link(link, name);
        EXPECT_TRUE(joiner.wait_for_state("waiting")) << joiner.transcript();
        EXPECT_TRUE(amara_.wait_for("knock", [&](const auto& e) { return e.text("name") == name; }))
            << amara_.transcript();
        return joiner;
    }
    static testing::AssertionResult talks(TerminalProcess& who, std::string_view from, std::string_view text) {
        const auto talk = who.wait_for("talk", [&](const auto& e) { return e.text("text") == text; });
        if (!talk || talk->text("from") != from) return testing::AssertionFailure() << who.transcript();
        return testing::AssertionSuccess();
    }
    static testing::AssertionResult lane(TerminalProcess& who, std::string_view kind, std::string_view state) {
        const auto came =
            who.wait_for("lane", [&](const auto& e) { return e.text("kind") == kind && e.text("state") == state; });
        if (!came) return testing::AssertionFailure() << who.transcript();
        return testing::AssertionSuccess();
    }

    House house_;
    TerminalProcess& amara_;
};

INSTANTIATE_TEST_SUITE_P(Over, Door, testing::ValuesIn(every_place), name_of_place);

TEST_P(Door, FromTalkAtTheDoorToAHandInTheGroup) {
    TerminalProcess& iris = knock("Iris");
    iris.type("Is this the Tuesday group?");
    EXPECT_TRUE(talks(iris, "Iris", "Is this the Tuesday group?"));
    EXPECT_TRUE(talks(amara_, "Iris", "Is this the Tuesday group?"));
    amara_.type("/talk Iris It is. Read me your words on the telephone.");
    EXPECT_TRUE(talks(iris, "Amara", "It is. Read me your words on the telephone."));

    const auto hers = iris.wait_for("agreed_word");
    const auto amaras = amara_.wait_for("agreed_word", [](const auto& e) { return e.text("name") == "Iris"; });
    ASSERT_TRUE(hers && amaras) << iris.transcript() << amara_.transcript();
    EXPECT_FALSE(hers->text("words").empty());
    EXPECT_EQ(hers->text("words"), amaras->text("words"));

    amara_.type("/admit Iris listens");
    ASSERT_TRUE(iris.wait_for_state("in_group")) << iris.transcript();
    EXPECT_TRUE(iris.wait_for("composer", [](const auto& e) { return e.text("why") == "listens_only"; }))
        << iris.transcript();
    iris.type("/hand");
    EXPECT_TRUE(amara_.wait_for("hands", [](const auto& e) { return e.line.find("Iris") != std::string::npos; }))
        << amara_.transcript();
    EXPECT_TRUE(lane(iris, "raised_hand", "seen"));
    iris.type("/hand down");
    EXPECT_TRUE(amara_.wait_for("hands", [](const auto& e) { return e.line.find("Iris") == std::string::npos; }))
        << amara_.transcript();
}

TEST_P(Door, AnAlarmFromTheWaitingRoomIsSeenByAPerson) {
    TerminalProcess& iris = knock("Iris");
    iris.type("/note please hurry");
    EXPECT_TRUE(lane(iris, "private_note", "seen"));
    iris.type("/notsafe he is outside");
    const auto alarm = amara_.wait_for("alarm");
    ASSERT_TRUE(alarm) << amara_.transcript();
    EXPECT_EQ(alarm->text("from"), "Iris");
    EXPECT_EQ(alarm->text("text"), "he is outside");
    EXPECT_TRUE(alarm->truth("waiting"));
    EXPECT_TRUE(alarm->truth("open"));
    EXPECT_TRUE(lane(iris, "not_safe", "at_server"));
    amara_.type("/seen Iris");
    const auto seen = iris.wait_for("lane", [](const auto& e) { return e.text("state") == "seen"; });
    ASSERT_TRUE(seen) << iris.transcript();
    EXPECT_EQ(seen->text("kind"), "not_safe");
    EXPECT_EQ(seen->text("by"), "Amara");
}

TEST_P(Door, AClosedDoorSaysSo) {
    amara_.type("/lock");
    const std::string link = House::at(house_.url(house_.servers() - 1), house_.invite(amara_).text("link"));
    TerminalProcess& iris = house_.join_by_link(link, "Iris");
    EXPECT_TRUE(iris.wait_for_code("notice", "room_locked")) << iris.transcript();
    EXPECT_EQ(iris.wait_for_exit(), 3);
    amara_.type("/unlock");
    TerminalProcess& again = house_.join_by_link(link, "Iris");
    ASSERT_TRUE(again.wait_for_state("waiting")) << again.transcript();
}

}  // namespace
}  // namespace veranda::tests
