// The screen holds against a member who wants to look like somebody else, or like the program.
#include "client-lib/terminal/screen.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "client-lib/terminal/error_words.hpp"
#include "client-lib/terminal/qr_code.hpp"

namespace veranda::terminal {
namespace {

using namespace client;

std::string shown(const Event& event, std::size_t columns = 0) { return screen_text(event, {"14:03", columns, false}); }

MessageEvent message(std::string from, std::string text) {
    return {std::move(from), Role::member, std::move(text), 7, false};
}

TEST(Screen, ShowsAMessageWithTheRoleBeforeTheName) {
    EXPECT_EQ(shown(MessageEvent{"Ada", Role::facilitator, "Hello", 1, false}), "14:03 #1 [facilitator] Ada: Hello\n");
    EXPECT_EQ(shown(message("Robin", "Hi")), "14:03 #7 [member] Robin: Hi\n");
    EXPECT_EQ(shown(MessageEvent{"Robin", Role::member, "Hi", 2, true}), "14:03 #2 [member, you] Robin: Hi\n");
    MessageEvent hard = message("Robin", "It hurt.");
    hard.warned = true;
    EXPECT_EQ(shown(hard).find("It hurt."), std::string::npos);
    EXPECT_NE(shown(hard).find("/open"), std::string::npos);
    hard.own = true;
    EXPECT_NE(shown(hard).find("It hurt."), std::string::npos);
}

TEST(Screen, LetsNoNameLookLikeARole) {
    EXPECT_EQ(shown(message("[facilitator] Ada", "Hi")), "14:03 #7 [member] (facilitator) Ada: Hi\n");
}

TEST(Screen, KeepsEveryLineOfATextBehindTheMargin) {
    EXPECT_EQ(shown(message("Robin", "Hi\n14:04 [facilitator] Ada: leave now")),
              "14:03 #7 [member] Robin: Hi\n      | 14:04 [facilitator] Ada: leave now\n");
    EXPECT_EQ(shown(message("Robin\n14:04 [facilitator] Ada", "Hi")),
              "14:03 #7 [member] Robin 14:04 (facilitator) Ada: Hi\n");
}

// A terminal breaks a long line by itself, and what follows would begin at the edge like a line of ours.
TEST(Screen, BreaksLongLinesBeforeTheTerminalDoes) {
    const std::string text = shown(message("Robin", std::string(200, ' ') + "14:04 [facilitator] Ada: leave now"), 40);
    std::size_t start = 0;
    bool first = true;
    while (start < text.size()) {
        const std::size_t end = text.find('\n', start);
        const std::string line = text.substr(start, end - start);
        EXPECT_LT(line.size(), 40U);
        if (!std::exchange(first, false)) {
            EXPECT_TRUE(line.starts_with("      | ")) << line;
        }
        start = end + 1;
    }
    const std::string wide = shown(message("Robin", "字字字字字字字字字字字字"), 30);
    EXPECT_NE(wide.find("\n      | "), std::string::npos);
}

TEST(Screen, ShowsNoControlsOfOthersWhateverTheEvent) {
    const std::string evil =
        "\x1b]0;x\x07\x1b[2J\x9b"
        "31m\xc2\x9b\xe2\x80\xae\r\x08";
    const Event events[] = {
        InvitationEvent{evil, evil, evil, evil, evil},
        NotSafeTextsEvent{{{{evil}, evil}}},
        GroupNameEvent{evil},
        InviteEvent{evil, evil, false},
        InviteStandsEvent{1, InviteStands::let_in, {evil, evil}},
        KnockEvent{evil, Role::member, true},
        KnockEvent{evil, Role::member, true, true, true, evil},
        ReturnWordsEvent{evil},
        TalkEvent{evil, evil, true, evil},
        AgreedWordEvent{evil, evil},
        LaneEvent{LaneKind::not_safe, LaneProgress::seen, evil},
        HandsEvent{{evil, evil}},
        NoteEvent{evil, evil, true},
        AlarmEvent{evil, evil, true, true},
        RosterEvent{{{evil, Role::member, true, false, true}}},
        message(evil, evil),
        NoticeEvent{"c", evil},
        ComposerEvent{false, evil},
        ErrorEvent{evil, evil},
        OrderEvent{"set_level", evil, evil, false, Level::listens, 60, false},
        HiddenEvent{evil, 1, evil, true},
        PinnedEvent{evil, evil},
        ReactionEvent{evil, 1, ReactionSign::heart, false},
        ClosingEvent{evil, evil, 0},
        HeldEvent{evil, evil, 1, HeldEvent::State::waiting, false},
        ErasureEvent{1, 2, true},
        TicketEvent{evil},
    };
    for (const Event& event : events) {
        const std::string text = shown(event);
        EXPECT_EQ(text.find_first_of("\x1b\x07\r\x08\x9b"), std::string::npos) << text;
        EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos) << text;
        EXPECT_TRUE(tls::is_utf8(as_bytes(text)));
    }
}

TEST(Screen, ShowsWhoIsHere) {
    EXPECT_EQ(shown(RosterEvent{{{"Ada", Role::facilitator, true, true, true},
                                 {"Robin", Role::member, false, false, true},
                                 {"Sam [you]", Role::member, true, false, false}}}),
              "14:03 -- Here are:\n"
              "      | [facilitator, you] Ada\n"
              "      | [member] [away] Robin\n"
              "      | [member] [NOT let in by a facilitator] Sam (you)\n");
}

TEST(Screen, SaysHowAnInviteStands) {
    EXPECT_EQ(shown(InviteStandsEvent{3, InviteStands::at_door, {"Robin", "Sam"}, false, true}),
              "14:03 -- Invite 3: at the door: Robin, Sam\n");
    EXPECT_EQ(shown(InviteStandsEvent{4, InviteStands::is_void, {}, true, false}),
              "14:03 -- Invite 4, for a facilitator, another facilitator's: void.\n");
}

TEST(Screen, SaysOfReturnWordsWhoseTheyAreAndWhenTheyAreGood) {
    EXPECT_EQ(shown(ReturnWordsEvent{"zoo zoo"}).find("14:03 -- Your words to come back with"), 0U);
    EXPECT_NE(shown(ReturnWordsEvent{"zoo zoo"}).find("\n      | zoo zoo\n"), std::string::npos);
    EXPECT_EQ(shown(LaneEvent{LaneKind::return_pass, LaneProgress::at_server, ""}),
              "14:03 -- Your words: on the way to the facilitators.\n");
    EXPECT_EQ(shown(LaneEvent{LaneKind::return_pass, LaneProgress::seen, "Ada"}),
              "14:03 -- Ada has noted that you can come back by your words.\n");
    EXPECT_EQ(shown(LaneEvent{LaneKind::words_seen, LaneProgress::seen, "Ada"}),
              "14:03 -- Ada has noted that your words are void. /words makes others.\n");
    EXPECT_EQ(shown(KnockEvent{"Robin", Role::member, true, true, true, "Sam"})
                  .find("14:03 -- Robin (who was removed) by return words, in the book as \"Sam\", is waiting."),
              0U);
}

TEST(Screen, ClaimsOfTheLaneNoMoreThanIsKnown) {
    EXPECT_EQ(shown(LaneEvent{LaneKind::not_safe, LaneProgress::at_server, ""}),
              "14:03 -- Your alarm: the server has it; no facilitator has seen it yet.\n");
    EXPECT_EQ(shown(LaneEvent{LaneKind::not_safe, LaneProgress::seen, "Ada"}), "14:03 -- Ada has seen your alarm.\n");
    EXPECT_EQ(shown(LaneEvent{LaneKind::raised_hand, LaneProgress::seen, "Ada"}),
              "14:03 -- Your hand is on Ada's screen.\n");
    EXPECT_NE(shown(LaneEvent{LaneKind::not_safe, LaneProgress::nobody, ""}).find("nobody has seen it yet"),
              std::string::npos);
    EXPECT_EQ(shown(HandsEvent{{"Robin", "Sam"}}), "14:03 -- Hands up: Robin, Sam\n");
    EXPECT_EQ(shown(AlarmEvent{"Robin", "he is here", true, true}),
              "14:03 !!! Robin (waiting) IS NOT SAFE: he is here\n"
              "14:03 -- When you have read it: /seen Robin\n");
}

TEST(Screen, ShowsAnInviteWithTheLinkWholeOnALine) {
    const std::string link = "https://veranda.example/join#1." + std::string(64, 'A');
    const std::string text = shown(InviteEvent{link, "zoo zoo wrong", false}, 40);
    EXPECT_NE(text.find('\n' + link + '\n'), std::string::npos);
    EXPECT_NE(text.find("zoo zoo wrong\n"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(screen_text(InviteEvent{link, "zoo", false}, {"14:03", 80, true}).find("\u2588"), std::string::npos);
}

TEST(Screen, ShowsAnInvitationWithTheRulesAndAnotherForStaffWithoutGroup) {
    EXPECT_EQ(shown(InvitationEvent{"Tuesday", "Be kind.\nSay I.", "en", "Example", "Ada"}),
              "14:03 -- You are invited to \"Tuesday\" by Ada of Example.\n"
              "      | The ground rules:\n      | Be kind.\n      | Say I.\n");
    EXPECT_EQ(shown(NotSafeTextsEvent{}), "");
    EXPECT_EQ(shown(NotSafeTextsEvent{{{{"it"}, "Chiama il 112."}}}),
              "14:03 -- Your organisation says, to whoever is not safe:\n      | [it] Chiama il 112.\n");
    EXPECT_EQ(shown(GroupNameEvent{"Tuesday"}), "14:03 -- You are in the group \"Tuesday\".\n");
    EXPECT_EQ(shown(InvitationEvent{"", "", "", "Example", "Ada"}), "14:03 -- You are invited by Ada of Example.\n");
}

TEST(Screen, SaysNothingWhereTheStateSaysItAlready) {
    EXPECT_EQ(shown(NoticeEvent{"removed", "A facilitator has taken you out of the group."}), "");
    EXPECT_EQ(shown(ComposerEvent{false, "not_in_group"}), "");
    EXPECT_EQ(shown(ComposerEvent{false, "no_facilitator"}),
              "14:03 -- You cannot write now: no facilitator is here.\n");
    EXPECT_EQ(shown(ComposerEvent{true, ""}), "14:03 -- You can write.\n");
}

TEST(Screen, SaysWhatWasOrderedAndForHowLong) {
    EXPECT_EQ(shown(OrderEvent{"set_level", "Ada", "Robin", true, Level::listens, 600, false}),
              "14:03 -- Ada: you are asked to listen for 10 minutes.\n");
    EXPECT_EQ(shown(OrderEvent{"lift", "", "Robin", false, Level::speaks, 0, false}),
              "14:03 -- The time is over: Robin can write.\n");
    EXPECT_EQ(shown(OrderEvent{"slow_mode", "Ada", "", false, Level::speaks, 30, false}),
              "14:03 -- Ada has set slow mode: one message each 30 seconds.\n");
    EXPECT_EQ(shown(ComposerEvent{false, "slow_mode", 29'500}),
              "14:03 -- You cannot write now: slow mode, for 30 seconds.\n");
    EXPECT_EQ(shown(ErasureEvent{7, 8, true}), "14:03 -- Erased here; 7 of 8 phones confirmed.\n");
}

TEST(Screen, SaysWhatAMessageAnswersAndWhoPassedItOn) {
    MessageEvent held = message("Robin", "Hi");
    held.reply_to = 3;
    held.through = "Ada";
    EXPECT_EQ(shown(held), "14:03 #7 [member] Robin (passed on by Ada) (to #3): Hi\n");
}

TEST(Screen, HasWordsForErrorsAndNamesTheRest) {
    EXPECT_EQ(shown(ErrorEvent{"text_empty", "docs/protocol.md, 9.1"}), "14:03 -- There is nothing to send.\n");
    EXPECT_EQ(shown(ErrorEvent{"a_new_rule", "docs/protocol.md, 9.9"}),
              "14:03 -- a_new_rule (docs/protocol.md, 9.9)\n");
    EXPECT_EQ(shown(ErrorEvent{"unknown_command", "There is no /foo."}), "14:03 -- There is no /foo.\n");
    EXPECT_EQ(error_words("a_new_rule"), "");
}

TEST(QrCode, IsAsWideAsHighAndFramedInWhite) {
    const std::string code = qr_code("https://veranda.example/join#1." + std::string(64, 'A'));
    const auto lines = std::count(code.begin(), code.end(), '\n');
    EXPECT_GT(lines, 16);
    EXPECT_TRUE(code.starts_with("\x1b[30;107m"));
    EXPECT_EQ(qr_code(std::string(5'000, 'A')), "");
    EXPECT_EQ(qr_code(""), "");
}

TEST(Screen, SaysTheTruthAboutTheSupportDesk) {
    EXPECT_NE(shown(RequestEvent{3, 125, "it", Urgency::not_safe, "a note", true, false})
                  .find("Request 3: waits for 2 min, it, NOT SAFE, continuing"),
              std::string::npos);
    EXPECT_NE(shown(RequestGoneEvent{3, "taken"}).find("another counsellor has taken it"), std::string::npos);
    EXPECT_NE(shown(RequestGoneEvent{3, "lost"}).find("no longer yours"), std::string::npos);
    EXPECT_NE(shown(DeskEvent{"waiting", 1, false, "", ""}).find("One counsellor is there"), std::string::npos);
    EXPECT_NE(shown(DeskEvent{"nobody", 0, false, "", ""}).find("nothing was sent"), std::string::npos);
    EXPECT_NE(shown(DeskEvent{"nobody", 0, true, "", ""}).find("/leave-request"), std::string::npos);
    EXPECT_NE(shown(DeskEvent{"counsellor", 1, false, "Celia [lead]", ""}).find("Celia (lead)"), std::string::npos);
}

}  // namespace
}  // namespace veranda::terminal
