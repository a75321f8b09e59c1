// What is left at the support desk and answered later, and a session that is handed over; with real processes, over the
// embedded store, and over Redis with two servers.
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

class DeskKeyProcesses : public testing::TestWithParam<Place> {
protected:
    static std::string beside_organisation(const std::string& name) {
        return (std::filesystem::path(StaffFiles::of_this_process().organisation()).parent_path() / name).string();
    }
    static void SetUpTestSuite() {
        const StaffFiles& files = StaffFiles::of_this_process();
        for (const char* name : {"Celia", "Dora"})
            if (!std::filesystem::exists(files.staff(name))) files.certify(name, "counsellor");
        if (std::filesystem::exists(beside_organisation("leads.desk"))) return;
        TerminalProcess made(VERANDA_TERMINAL,
                             {"org", "desk-key", beside_organisation(""), "--out", beside_organisation("leads.desk"),
                              "--passphrase-file", files.passphrase(), "--new-passphrase-file", files.passphrase()});
        ASSERT_EQ(made.wait_for_exit(), 0) << made.transcript();
    }

    House house{GetParam().kept, GetParam().servers};

    TerminalProcess& on_duty(std::string_view name, std::size_t server, bool with_desk_key = false) {
        std::vector<std::string> arguments{
            "desk",        "--json", "--server",          house.url(server),       "--staff", house.files.staff(name),
            "--languages", "en",     "--passphrase-file", house.files.passphrase()};
        if (with_desk_key) arguments.insert(arguments.end(), {"--desk-key", beside_organisation("leads.desk")});
        TerminalProcess& made = house.terminal(arguments);
        EXPECT_TRUE(made.wait_for("duty", [](const TerminalEvent& e) { return e.text("state") == "on_duty"; }))
            << made.transcript();
        return made;
    }
    TerminalProcess& asks(std::vector<std::string> more) {
        std::vector<std::string> arguments{"ask",       "--json",         "--server",
                                           house.url(), "--organisation", house.files.organisation()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return house.terminal(arguments);
    }
    // By a process of its own, through the other server. The exit code goes with the state.
    std::string looks(const std::string& words, int code) {
        TerminalProcess& reader = house.terminal({"ask", "--json", "--server", house.url(house.servers() - 1),
                                                  "--organisation", house.files.organisation(), "--words", words});
        const auto answer = reader.wait_for("answer");
        EXPECT_EQ(reader.wait_for_exit(), code) << reader.transcript();
        return answer ? answer->text("state") + answer->text("text") : reader.transcript();
    }
    static bool hears(TerminalProcess& who, std::string_view state) {
        return who.wait_for("hand_over", [&](const TerminalEvent& e) { return e.text("state") == state; }).has_value();
    }
};

INSTANTIATE_TEST_SUITE_P(Over, DeskKeyProcesses, testing::ValuesIn(every_place), name_of_place);

TEST_P(DeskKeyProcesses, WhatIsLeftIsReadWithTheDeskKeyAnsweredAndReadWithTheWords) {
    TerminalProcess& asker = asks({"--leave", "--note", "Can somebody write to me?", "--urgency", "soon"});
    const auto left = asker.wait_for("desk", [](const TerminalEvent& e) { return e.text("state") == "left"; });
    ASSERT_TRUE(left) << asker.transcript();
    const std::string words = left->text("words");
    EXPECT_EQ(asker.wait_for_exit(), 0) << asker.transcript();
    EXPECT_EQ(looks(words, 1), "not_answered");

    TerminalProcess& dora = on_duty("Dora", 0);
    TerminalProcess& celia = on_duty("Celia", house.servers() - 1, true);
    const auto request = celia.wait_for("request");
    ASSERT_TRUE(request) << celia.transcript();
    EXPECT_TRUE(request->truth("left"));
    EXPECT_EQ(request->text("note"), "Can somebody write to me?");
    celia.type("/take " + std::to_string(request->number("number")));
    ASSERT_TRUE(celia.wait_for_code("notice", "request_to_answer")) << celia.transcript();
    celia.type("/answer Yes. We are there on Tuesday.");
    EXPECT_TRUE(celia.wait_for("request_gone", [](const TerminalEvent& e) { return e.text("why") == "answered"; }))
        << celia.transcript();
    EXPECT_EQ(looks(words, 0), "answeredYes. We are there on Tuesday.");
    EXPECT_EQ(looks("abandon amount liar amount expire adjust cage candy arch gather drum buyer", 1), "no_such_answer");
    dora.type("/off");
    EXPECT_EQ(dora.wait_for_exit(), 0) << dora.transcript();
    EXPECT_EQ(dora.transcript().find("\"request\""), std::string::npos) << "without the desk key it is not shown";
}

TEST_P(DeskKeyProcesses, ASessionIsHandedOverWithHerConsent) {
    TerminalProcess& celia = on_duty("Celia", 0);
    TerminalProcess& asker = asks({"--name", "Iris"});
    ASSERT_TRUE(celia.wait_for("request")) << celia.transcript();
    celia.type("/take 1");
    ASSERT_TRUE(asker.wait_for_state("in_group")) << asker.transcript() << celia.transcript();
    TerminalProcess& dora = on_duty("Dora", house.servers() - 1);
    asker.type("hello");
    ASSERT_TRUE(celia.wait_for_message("hello")) << asker.transcript() << celia.transcript();

    celia.type("/hand-over Dora");
    ASSERT_TRUE(hears(asker, "asked")) << asker.transcript() << celia.transcript();
    asker.type("/yes");
    ASSERT_TRUE(hears(dora, "handed")) << dora.transcript() << celia.transcript();
    ASSERT_TRUE(hears(asker, "here")) << asker.transcript() << dora.transcript() << celia.transcript();
    ASSERT_TRUE(celia.wait_for_state("left")) << celia.transcript();
    asker.type("are you there?");
    ASSERT_TRUE(dora.wait_for_message("are you there?")) << dora.transcript() << asker.transcript();
    dora.type("I am.");
    ASSERT_TRUE(asker.wait_for_message("I am.")) << dora.transcript() << asker.transcript();

    celia.type("/off");
    EXPECT_EQ(celia.wait_for_exit(), 0) << celia.transcript();
    dora.type("/end");
    EXPECT_TRUE(asker.wait_for_state("ended")) << asker.transcript();
    EXPECT_EQ(asker.wait_for_exit(), 0) << asker.transcript();
}

}  // namespace
}  // namespace veranda::tests
