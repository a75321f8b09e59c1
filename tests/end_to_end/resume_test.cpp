// A wire that is cut: in a conversation, while waiting, again and again. Nothing is lost, nothing doubled, and all see
// the same order. The cut is a real one, of TCP, between a real terminal and a real server.
#include "tests/support/cutting_proxy.hpp"
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

using Messages = std::vector<std::string>;

// Amara comes by a wire of her own, Iris by one that is cut.
class Resume : public testing::Test {
protected:
    Resume() : house_(Kept::in_the_server, 0) {
        house_.start_server("origins = [\"" + amaras_wire_.url() + "\", \"" + iriss_wire_.url() + "\"]\n");
        amaras_wire_.forward_to(house_.port());
        iriss_wire_.forward_to(house_.port());
        amara_ = &house_.host(amaras_wire_.url());
    }

    TerminalProcess& knock(const std::string& name, CuttingProxy& wire) {
        return house_.join_by_link(House::at(wire.url(), house_.invite(*amara_).text("link")), name);
    }
    TerminalProcess& join(const std::string& name, CuttingProxy& wire) {
        TerminalProcess& joiner = knock(name, wire);
        House::let_in(*amara_, joiner, name);
        return joiner;
    }
    static void expect_in_order(TerminalProcess& who) {
        std::uint64_t last = 0;
        for (const TerminalEvent& event : who.events()) {
            EXPECT_FALSE(event.is("gap")) << who.transcript();
            if (!event.is("message")) continue;
            EXPECT_GT(event.number("seq"), last) << who.transcript();
            last = event.number("seq");
        }
    }

    CuttingProxy amaras_wire_;
    CuttingProxy iriss_wire_;
    House house_;
    TerminalProcess* amara_ = nullptr;
};

TEST_F(Resume, LosesAndDoublesNothingOfAConversation) {
    TerminalProcess& iris = join("Iris", iriss_wire_);
    iris.type("one");
    ASSERT_TRUE(amara_->wait_for_message("one")) << iris.transcript();

    iriss_wire_.cut_and_refuse();
    ASSERT_TRUE(iris.wait_for_state("reconnecting")) << iris.transcript();
    iris.type("two, while away");
    iris.type("three, while away");
    amara_->type("four, while she is away");
    ASSERT_TRUE(amara_->wait_for_message("four, while she is away"));
    const std::size_t tried = iriss_wire_.accepted();
    iriss_wire_.restore();
    ASSERT_TRUE(iris.wait_for_state("in_group")) << iris.transcript();
    EXPECT_GT(iriss_wire_.accepted(), tried);
    ASSERT_TRUE(amara_->wait_for_message("three, while away")) << amara_->transcript();
    ASSERT_TRUE(iris.wait_for_message("three, while away")) << iris.transcript();

    const Messages all{"Iris: one", "Amara: four, while she is away", "Iris: two, while away",
                       "Iris: three, while away"};
    EXPECT_EQ(iris.messages(), all);
    EXPECT_EQ(amara_->messages(), all);
    expect_in_order(iris);
    expect_in_order(*amara_);
}

TEST_F(Resume, FollowsTheCommitsThatWereMadeMeanwhile) {
    TerminalProcess& iris = join("Iris", iriss_wire_);
    iriss_wire_.cut_and_refuse();
    ASSERT_TRUE(iris.wait_for_state("reconnecting")) << iris.transcript();
    TerminalProcess& joy = join("Joy", amaras_wire_);
    TerminalProcess& kemi = join("Kemi", amaras_wire_);
    kemi.type("hello");
    ASSERT_TRUE(joy.wait_for_message("hello")) << joy.transcript();
    amara_->type("/remove Joy");
    ASSERT_TRUE(joy.wait_for_state("removed")) << joy.transcript();
    iris.type("where were we?");
    iriss_wire_.restore();
    ASSERT_TRUE(iris.wait_for_message("where were we?")) << iris.transcript();
    ASSERT_TRUE(kemi.wait_for_message("where were we?")) << kemi.transcript();
    EXPECT_EQ(iris.messages(), (Messages{"Kemi: hello", "Iris: where were we?"}));
    EXPECT_EQ(joy.messages(), Messages{"Kemi: hello"});
}

TEST_F(Resume, LosesNothingWhenTheWireIsCutAgainAndAgainWhileBothSpeak) {
    TerminalProcess& iris = join("Iris", iriss_wire_);
    constexpr int rounds = 8;
    for (int i = 0; i < rounds; ++i) {
        const std::string number = std::to_string(i);
        iris.type("iris " + number);
        amara_->type("amara " + number);
        iriss_wire_.cut();  // at whatever moment that is
        ASSERT_TRUE(amara_->wait_for_message("iris " + number)) << iris.transcript() << amara_->transcript();
        ASSERT_TRUE(iris.wait_for_message("amara " + number)) << iris.transcript();
    }
    ASSERT_TRUE(iris.wait_for_message("iris " + std::to_string(rounds - 1))) << iris.transcript();
    ASSERT_TRUE(amara_->wait_for_message("amara " + std::to_string(rounds - 1)));
    EXPECT_EQ(iris.messages().size(), 2U * rounds) << iris.transcript();
    EXPECT_EQ(iris.messages(), amara_->messages());
    expect_in_order(iris);
    expect_in_order(*amara_);
}

TEST_F(Resume, AFacilitatorComesBackToo) {
    TerminalProcess& iris = join("Iris", iriss_wire_);
    amaras_wire_.cut_and_refuse();
    ASSERT_TRUE(amara_->wait_for_state("reconnecting")) << amara_->transcript();
    iris.type("are you there?");
    ASSERT_TRUE(iris.wait_for_message("are you there?")) << iris.transcript();
    amaras_wire_.restore();
    ASSERT_TRUE(amara_->wait_for_message("are you there?")) << amara_->transcript();
    TerminalProcess& joy = join("Joy", amaras_wire_);  // and she can still let people in
    joy.type("hello");
    EXPECT_TRUE(iris.wait_for_message("hello")) << iris.transcript();
}

TEST_F(Resume, FindsItsAnswerWhenItWasCutWhileWaiting) {
    TerminalProcess& iris = knock("Iris", iriss_wire_);
    ASSERT_TRUE(iris.wait_for_state("waiting")) << iris.transcript();
    ASSERT_TRUE(amara_->wait_for("knock")) << amara_->transcript();
    iriss_wire_.cut_and_refuse();
    ASSERT_TRUE(iris.wait_for_state("reconnecting")) << iris.transcript();
    amara_->type("/admit Iris");
    ASSERT_TRUE(amara_->wait_for("roster", [](const TerminalEvent& e) {
        return e.line.find("Iris") != std::string::npos;
    })) << amara_->transcript();
    amara_->type("welcome");
    ASSERT_TRUE(amara_->wait_for_message("welcome"));
    iriss_wire_.restore();
    ASSERT_TRUE(iris.wait_for_state("in_group")) << iris.transcript();
    ASSERT_TRUE(iris.wait_for_message("welcome")) << iris.transcript();
}

TEST_F(Resume, StillWaitsWhenItWasCutBeforeAnyAnswer) {
    TerminalProcess& iris = knock("Iris", iriss_wire_);
    ASSERT_TRUE(iris.wait_for_state("waiting")) << iris.transcript();
    iriss_wire_.cut();
    ASSERT_TRUE(iris.wait_for_state("reconnecting")) << iris.transcript();
    ASSERT_TRUE(iris.wait_for_state("waiting")) << iris.transcript();
    House::let_in(*amara_, iris, "Iris");
    iris.type("at last");
    EXPECT_TRUE(amara_->wait_for_message("at last")) << amara_->transcript();
}

TEST_F(Resume, AnInviteIsOpenedWhenTheWireComesUpAtLast) {
    const std::string link = House::at(iriss_wire_.url(), house_.invite(*amara_).text("link"));
    iriss_wire_.cut_and_refuse();
    TerminalProcess& iris = house_.join_by_link(link, "Iris");
    ASSERT_TRUE(iris.wait_for_code("notice", "cannot_connect")) << iris.transcript();
    iriss_wire_.restore();
    House::let_in(*amara_, iris, "Iris");
}

}  // namespace
}  // namespace veranda::tests
