// A whole evening with the programs that people run: two facilitators and two members in terminals, over one server
// with its own memory, and over two servers with a Redis between them. Everyone ends, and with the right exit code.
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

using Messages = std::vector<std::string>;

// Amara has opened a group at the first server. Whoever comes later comes by the last one.
class Terminals : public testing::TestWithParam<Place> {
protected:
    Terminals() : house_(GetParam().kept, GetParam().servers), amara_(house_.host(house_.url())) {}

    std::string other() const { return house_.url(house_.servers() - 1); }
    std::string link_of(const TerminalEvent& invite) const { return House::at(other(), invite.text("link")); }

    TerminalProcess& second_facilitator() {
        TerminalProcess& blessing = house_.host_by_link(link_of(house_.invite(amara_, true)));
        House::let_in(amara_, blessing, "Blessing");
        return blessing;
    }
    TerminalProcess& member(const std::string& name) {
        TerminalProcess& joiner = house_.join_by_link(link_of(house_.invite(amara_)), name);
        House::let_in(amara_, joiner, name);
        return joiner;
    }
    static void say(TerminalProcess& who, std::string_view text, const std::vector<TerminalProcess*>& everyone) {
        who.type(text);
        for (TerminalProcess* each : everyone) ASSERT_TRUE(each->wait_for_message(text)) << each->transcript();
    }

    House house_;
    TerminalProcess& amara_;
};

INSTANTIATE_TEST_SUITE_P(Over, Terminals, testing::ValuesIn(every_place), name_of_place);

TEST_P(Terminals, TwoFacilitatorsAndTwoMembersConverse) {
    TerminalProcess& blessing = second_facilitator();
    TerminalProcess& iris = member("Iris");
    const TerminalEvent invite = house_.invite(blessing);
    TerminalProcess& joy = house_.join_by_words(invite.text("words"), "Joy", house_.url());
    House::let_in(blessing, joy, "Joy");

    const std::vector<TerminalProcess*> everyone{&amara_, &blessing, &iris, &joy};
    say(amara_, "Welcome, all", everyone);
    say(blessing, "Good evening", everyone);
    say(iris, "Thank you", everyone);
    say(joy, "Ciao a tutte \xC3\xA8 \"bello\"", everyone);

    const Messages all{"Amara: Welcome, all", "Blessing: Good evening", "Iris: Thank you",
                       "Joy: Ciao a tutte \xC3\xA8 \"bello\""};
    std::vector<std::vector<std::uint64_t>> sequences;
    for (TerminalProcess* each : everyone) {
        EXPECT_EQ(each->messages(), all);
        sequences.emplace_back();
        for (const TerminalEvent& event : each->events()) {
            EXPECT_FALSE(event.is("error")) << event.line;
            if (!event.is("message")) continue;
            const std::string from = event.text("from");
            EXPECT_EQ(event.text("role"), from == "Amara" || from == "Blessing" ? "facilitator" : "member");
            sequences.back().push_back(event.number("seq"));
        }
    }
    EXPECT_TRUE(std::is_sorted(sequences[0].begin(), sequences[0].end()));
    for (const auto& each : sequences) EXPECT_EQ(each, sequences[0]);
}

TEST_P(Terminals, TheInvitationSaysWhoseGroupItIs) {
    TerminalProcess& iris = member("Iris");
    const auto invitation = iris.wait_for("invitation");
    ASSERT_TRUE(invitation) << iris.transcript();
    EXPECT_EQ(invitation->text("group"), "Evening group");
    EXPECT_EQ(invitation->text("rules"), "Be kind.");
    EXPECT_EQ(invitation->text("organisation"), "Harbour");
    EXPECT_EQ(invitation->text("facilitator"), "Amara");
}

TEST_P(Terminals, WhoNamesEveryone) {
    TerminalProcess& iris = member("Iris");
    member("Joy");
    const auto names_all = [](const TerminalEvent& e) {
        for (const std::string_view name : {"Amara", "Iris", "Joy"})
            if (e.line.find("\"name\":\"" + std::string(name) + '"') == std::string::npos) return false;
        return true;
    };
    ASSERT_TRUE(iris.wait_for("roster", names_all)) << iris.transcript();
    iris.type("/who");
    const auto who = iris.wait_for("roster", names_all);
    ASSERT_TRUE(who) << iris.transcript();
    EXPECT_EQ(who->line.find("\"vouched\":false"), std::string::npos) << who->line;
}

TEST_P(Terminals, ARefusedKnockEndsWithTurnedAway) {
    TerminalProcess& iris = house_.join_by_link(link_of(house_.invite(amara_)), "Iris");
    ASSERT_TRUE(iris.wait_for_state("waiting")) << iris.transcript();
    ASSERT_TRUE(amara_.wait_for("knock")) << amara_.transcript();
    amara_.type("/refuse Iris");
    EXPECT_TRUE(iris.wait_for_state("refused")) << iris.transcript();
    EXPECT_EQ(iris.wait_for_exit(), 3);
}

TEST_P(Terminals, AUsedInviteOpensNothing) {
    const TerminalEvent invite = house_.invite(amara_);
    TerminalProcess& iris = house_.join_by_link(link_of(invite), "Iris");
    House::let_in(amara_, iris, "Iris");
    TerminalProcess& thief = house_.join_by_link(link_of(invite), "Ivy");
    EXPECT_TRUE(thief.wait_for_code("error", "no_such_card")) << thief.transcript();
    EXPECT_EQ(thief.wait_for_exit(), 1);
    TerminalProcess& by_words = house_.join_by_words(invite.text("words"), "Ivy", house_.url());
    EXPECT_TRUE(by_words.wait_for_code("error", "no_such_card")) << by_words.transcript();
    EXPECT_EQ(by_words.wait_for_exit(), 1);
}

TEST_P(Terminals, ARemovedMemberIsOutAndTheOthersGoOn) {
    TerminalProcess& iris = member("Iris");
    TerminalProcess& joy = member("Joy");
    say(joy, "before", {&amara_, &iris, &joy});
    House::type_and_miss(amara_, "/remove Joy", "Joy", {&amara_, &iris});
    EXPECT_TRUE(joy.wait_for_state("removed")) << joy.transcript();
    EXPECT_EQ(joy.wait_for_exit(), 3);
    say(iris, "are we alone?", {&amara_, &iris});
    EXPECT_EQ(joy.messages(), Messages{"Joy: before"});
}

TEST_P(Terminals, ASecondFacilitatorRemovesToo) {
    TerminalProcess& blessing = second_facilitator();
    TerminalProcess& joy = member("Joy");
    say(joy, "before", {&amara_, &blessing, &joy});
    House::type_and_miss(blessing, "/remove Joy", "Joy", {&amara_, &blessing});
    EXPECT_EQ(joy.wait_for_exit(), 3) << joy.transcript();
    say(amara_, "after", {&amara_, &blessing});
}

TEST_P(Terminals, WhoLeavesIsGoneForTheOthers) {
    TerminalProcess& iris = member("Iris");
    TerminalProcess& joy = member("Joy");
    say(joy, "I have to go", {&amara_, &iris, &joy});
    House::type_and_miss(joy, "/leave", "Joy", {&amara_, &iris});
    EXPECT_TRUE(joy.wait_for_state("left")) << joy.transcript();
    EXPECT_EQ(joy.wait_for_exit(), 0);
    say(iris, "bye Joy", {&amara_, &iris});
}

TEST_P(Terminals, TheEndOfInputSaysWhatWasTypedAndLeaves) {
    TerminalProcess& iris = member("Iris");
    iris.type("one");
    iris.type("two");
    iris.end_input();
    EXPECT_EQ(iris.wait_for_exit(), 0) << iris.transcript();
    EXPECT_TRUE(amara_.wait_for_message("two")) << amara_.transcript();
    EXPECT_EQ(amara_.messages(), (Messages{"Iris: one", "Iris: two"}));
}

TEST_P(Terminals, TheEndIsForEveryone) {
    TerminalProcess& blessing = second_facilitator();
    TerminalProcess& iris = member("Iris");
    const TerminalEvent late = house_.invite(amara_);
    amara_.type("/end");
    for (TerminalProcess* each : {&amara_, &blessing, &iris}) {
        EXPECT_TRUE(each->wait_for_state("ended")) << each->transcript();
        EXPECT_EQ(each->wait_for_exit(), 0);
    }
    TerminalProcess& joy = house_.join_by_link(link_of(late), "Joy");
    EXPECT_EQ(joy.wait_for_exit(), 1) << joy.transcript();
}

}  // namespace
}  // namespace veranda::tests
