// An evening with orders, with the programs that people run: one is muted, one speaks through a facilitator, a message
// is hidden, a sentence pinned, and at the end every phone says that it has forgotten. Over one server, and over two
// with a Redis between them.
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

class OrdersInTerminals : public testing::TestWithParam<Place> {
protected:
    OrdersInTerminals()
        : house_(GetParam().kept, GetParam().servers),
          amara_(house_.host(house_.url())),
          iris_(member("Iris")),
          joy_(member("Joy")) {}

    TerminalProcess& member(const std::string& name) {
        const std::string link = House::at(house_.url(house_.servers() - 1), house_.invite(amara_).text("link"));
        TerminalProcess& joiner = house_.join_by_link(link, name);
        House::let_in(amara_, joiner, name);
        return joiner;
    }
    static bool sees(TerminalProcess& who, std::string_view event, std::string_view key, std::string_view value) {
        return who.wait_for(event, [&](const TerminalEvent& each) { return each.text(key) == value; }).has_value();
    }

    House house_;
    TerminalProcess& amara_;
    TerminalProcess& iris_;
    TerminalProcess& joy_;
};

INSTANTIATE_TEST_SUITE_P(Over, OrdersInTerminals, testing::ValuesIn(every_place), name_of_place);

TEST_P(OrdersInTerminals, AreObeyedByEveryone) {
    amara_.type("/mute Iris 10");
    ASSERT_TRUE(sees(iris_, "composer", "why", "listens_only")) << iris_.transcript();
    iris_.type("but");
    ASSERT_TRUE(iris_.wait_for_code("error", "composer_closed")) << iris_.transcript();
    amara_.type("/undo");
    ASSERT_TRUE(sees(iris_, "composer", "why", "")) << iris_.transcript();

    amara_.type("/hold Iris");
    ASSERT_TRUE(sees(iris_, "composer", "why", "held")) << iris_.transcript();
    iris_.type("may I?");
    ASSERT_TRUE(sees(amara_, "held", "state", "waiting")) << amara_.transcript();
    amara_.type("/release Iris");
    ASSERT_TRUE(joy_.wait_for_message("may I?")) << joy_.transcript();
    ASSERT_TRUE(sees(iris_, "held", "state", "shown")) << iris_.transcript();
    iris_.type("nonsense");
    ASSERT_TRUE(sees(amara_, "held", "text", "nonsense")) << amara_.transcript();
    amara_.type("/decline Iris");
    ASSERT_TRUE(sees(iris_, "held", "state", "not_passed_on")) << iris_.transcript();

    joy_.type("my address is");
    const auto said = amara_.wait_for("message", [](const auto& each) { return each.text("from") == "Joy"; });
    ASSERT_TRUE(said) << amara_.transcript();
    amara_.type("/hide " + std::to_string(said->number("seq")));
    ASSERT_TRUE(sees(iris_, "hidden", "author", "Joy")) << iris_.transcript();
    amara_.type("/pin Be kind");
    ASSERT_TRUE(sees(joy_, "pinned", "text", "Be kind")) << joy_.transcript();
}

TEST_P(OrdersInTerminals, TheEndIsConfirmedByEveryPhone) {
    amara_.type("/end See you on Tuesday");
    for (TerminalProcess* member : {&iris_, &joy_}) {
        ASSERT_TRUE(sees(*member, "closing", "text", "See you on Tuesday")) << member->transcript();
        ASSERT_TRUE(member->wait_for_state("ended")) << member->transcript();
        EXPECT_EQ(member->wait_for_exit(), 0) << member->transcript();
    }
    const auto confirmed = amara_.wait_for("erasure", [](const auto& each) { return each.truth("final"); });
    ASSERT_TRUE(confirmed) << amara_.transcript();
    EXPECT_EQ(confirmed->number("confirmed"), 2U);
    EXPECT_EQ(confirmed->number("of"), 2U);
    EXPECT_EQ(amara_.wait_for_exit(), 0) << amara_.transcript();
}

}  // namespace
}  // namespace veranda::tests
