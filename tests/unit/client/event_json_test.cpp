// Every event as the one line of JSON that scripts and the browser read.
#include <gtest/gtest.h>

#include "client-lib/client/events.hpp"

namespace veranda::client {
namespace {

TEST(EventJson, WritesEveryEventWithItsFieldsInOrder) {
    EXPECT_EQ(to_json(StateEvent{Phase::in_group}), R"({"event":"state","state":"in_group"})");
    EXPECT_EQ(to_json(InvitationEvent{"Tuesday", "Be kind.", "en", "Example", "Ada"}),
              R"({"event":"invitation","group":"Tuesday","rules":"Be kind.","language":"en",)"
              R"("organisation":"Example","facilitator":"Ada"})");
    EXPECT_EQ(to_json(NotSafeTextsEvent{{{{"en"}, "Call 112.\nAsk for us."}, {{"it"}, "Chiama il 112."}}}),
              R"({"event":"not_safe_texts","texts":[{"language":"en","text":"Call 112.\nAsk for us."},)"
              R"({"language":"it","text":"Chiama il 112."}]})");
    EXPECT_EQ(to_json(NotSafeTextsEvent{}), R"({"event":"not_safe_texts","texts":[]})");
    EXPECT_EQ(to_json(GroupNameEvent{"Tuesday"}), R"({"event":"group_name","name":"Tuesday"})");
    EXPECT_EQ(to_json(KnockedEvent{"0aff", "t"}), R"({"event":"knocked","id":"0aff","ticket":"t"})");
    EXPECT_EQ(
        to_json(InviteEvent{"https://x.example/join#1.A", "zoo zoo", true}),
        R"({"event":"invite","link":"https://x.example/join#1.A","words":"zoo zoo","for_staff":true,"number":0})");
    EXPECT_EQ(to_json(InviteStandsEvent{3, InviteStands::at_door, {"Robin", "Sam"}, false, true}),
              R"({"event":"invite_stands","number":3,"state":"at_door","names":["Robin","Sam"],)"
              R"("for_staff":false,"own":true})");
    EXPECT_EQ(to_json(InviteStandsEvent{4, InviteStands::is_void, {}, true, false}),
              R"({"event":"invite_stands","number":4,"state":"void","names":[],"for_staff":true,"own":false})");
    EXPECT_EQ(to_json(KnockEvent{"Robin", Role::member, true}),
              R"({"event":"knock","name":"Robin","role":"member","waiting":true,)"
              R"("returning":false,"was_removed":false,"known_as":""})");
    EXPECT_EQ(to_json(ReturnWordsEvent{"zoo zoo"}), R"({"event":"return_words","words":"zoo zoo"})");
    EXPECT_EQ(to_json(LaneEvent{LaneKind::return_pass, LaneProgress::seen, "Ada"}),
              R"({"event":"lane","kind":"return_pass","state":"seen","by":"Ada"})");
    EXPECT_EQ(to_json(LaneEvent{LaneKind::words_seen, LaneProgress::sent, ""}),
              R"({"event":"lane","kind":"words_seen","state":"sent","by":""})");
    EXPECT_EQ(to_json(MessageEvent{"Ada", Role::facilitator, "Hello", 18'446'744'073'709'551'615ULL, false}),
              R"({"event":"message","from":"Ada","role":"facilitator","text":"Hello",)"
              R"("seq":18446744073709551615,"own":false,"id":"","reply_to":0,"through":"","warned":false})");
    EXPECT_EQ(to_json(NoticeEvent{"room_remade", "The room was made anew."}),
              R"({"event":"notice","code":"room_remade","text":"The room was made anew."})");
    EXPECT_EQ(to_json(TalkEvent{"Ada", "One moment.", true, "Robin"}),
              R"({"event":"talk","from":"Ada","text":"One moment.","own":true,"name":"Robin"})");
    EXPECT_EQ(to_json(AgreedWordEvent{"Robin", "one two three four five"}),
              R"({"event":"agreed_word","name":"Robin","words":"one two three four five"})");
    EXPECT_EQ(to_json(LaneEvent{LaneKind::not_safe, LaneProgress::seen, "Ada"}),
              R"({"event":"lane","kind":"not_safe","state":"seen","by":"Ada"})");
    EXPECT_EQ(to_json(LaneEvent{LaneKind::raised_hand, LaneProgress::nobody, ""}),
              R"({"event":"lane","kind":"raised_hand","state":"nobody","by":""})");
    EXPECT_EQ(to_json(HandsEvent{{"Robin", "Sam"}}), R"({"event":"hands","names":["Robin","Sam"]})");
    EXPECT_EQ(to_json(HandsEvent{}), R"({"event":"hands","names":[]})");
    EXPECT_EQ(to_json(NoteEvent{"Robin", "a word", true}),
              R"({"event":"note","from":"Robin","text":"a word","waiting":true})");
    EXPECT_EQ(to_json(AlarmEvent{"Robin", "", false, true}),
              R"({"event":"alarm","from":"Robin","text":"","waiting":false,"open":true})");
    EXPECT_EQ(to_json(GapEvent{3, 7}), R"({"event":"gap","from_seq":3,"to_seq":7})");
    EXPECT_EQ(to_json(ComposerEvent{false, "no_facilitator"}),
              R"({"event":"composer","open":false,"why":"no_facilitator","wait_ms":0})");
    EXPECT_EQ(to_json(OrderEvent{"set_level", "Ada", "Robin", true, Level::listens, 60, false}),
              R"({"event":"order","kind":"set_level","by":"Ada","name":"Robin","self":true,"level":"listens",)"
              R"("seconds":60,"flag":false})");
    EXPECT_EQ(to_json(HiddenEvent{"Robin", 7, "0a", true}),
              R"({"event":"hidden","author":"Robin","seq":7,"id":"0a","hidden":true})");
    EXPECT_EQ(to_json(PinnedEvent{"Be kind.", "Ada"}), R"({"event":"pinned","text":"Be kind.","from":"Ada"})");
    EXPECT_EQ(to_json(ReactionEvent{"Robin", 7, ReactionSign::heart, false}),
              R"({"event":"reaction","from":"Robin","seq":7,"sign":"heart","own":false})");
    EXPECT_EQ(to_json(ClosingEvent{"Bye.", "Ada", 9}),
              R"({"event":"closing","text":"Bye.","from":"Ada","next_session":9})");
    EXPECT_EQ(to_json(HeldEvent{"Robin", "May I?", 2, HeldEvent::State::waiting, false}),
              R"({"event":"held","from":"Robin","text":"May I?","number":2,"state":"waiting","own":false})");
    EXPECT_EQ(to_json(ErasureEvent{7, 8, true}), R"({"event":"erasure","confirmed":7,"of":8,"final":true})");
    EXPECT_EQ(to_json(TicketEvent{"https://x.example/back#1.A"}),
              R"({"event":"ticket","ticket":"https://x.example/back#1.A"})");
    EXPECT_EQ(to_json(ErrorEvent{"text_empty", "There is nothing to send."}),
              R"({"event":"error","code":"text_empty","text":"There is nothing to send."})");
}

TEST(EventJson, WritesTheRosterAsAList) {
    EXPECT_EQ(to_json(RosterEvent{}), R"({"event":"roster","members":[]})");
    EXPECT_EQ(to_json(RosterEvent{
                  {{"Ada", Role::facilitator, true, true, true}, {"Robin", Role::member, false, false, false}}}),
              R"({"event":"roster","members":[)"
              R"({"name":"Ada","role":"facilitator","presence":"here","self":true,"vouched":true},)"
              R"({"name":"Robin","role":"member","presence":"away","self":false,"vouched":false}]})");
}

std::string text_of(std::string_view text) {
    const std::string json = to_json(ErrorEvent{"c", std::string(text)});
    constexpr std::string_view head = R"({"event":"error","code":"c","text":)";
    return json.substr(head.size(), json.size() - head.size() - 1);
}

TEST(EventJson, WritesALevelOnlyWhereItIsTold) {
    RosterMember member{"Robin", Role::member, true, false, true};
    member.level = Level::held;
    EXPECT_NE(to_json(RosterEvent{{member}}).find(R"("vouched":true,"level":"held"})"), std::string::npos);
}

TEST(EventJson, EscapesWhatMustBeEscapedAndStaysOnOneLine) {
    EXPECT_EQ(text_of("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(text_of("two\nlines\r"), R"("two\nlines\u000d")");
    EXPECT_EQ(text_of(std::string_view("\0\x1b[31m\x7f", 7)), R"("\u0000\u001b[31m\u007f")");
    EXPECT_EQ(text_of("</script>"), R"("</script>")");
}

TEST(EventJson, KeepsUtf8AndReplacesWhatIsNot) {
    EXPECT_EQ(text_of("caffè سلام 🌿"), "\"caffè سلام 🌿\"");
    EXPECT_EQ(text_of("a\xff"
                      "b"),
              "\"a\xef\xbf\xbd"
              "b\"");
}

TEST(Phases, HaveTheNamesOfTheSpecification) {
    EXPECT_EQ(name(Phase::connecting), "connecting");
    EXPECT_EQ(name(Phase::connected), "connected");
    EXPECT_EQ(name(Phase::waiting), "waiting");
    EXPECT_EQ(name(Phase::in_group), "in_group");
    EXPECT_EQ(name(Phase::reconnecting), "reconnecting");
    EXPECT_EQ(name(Phase::removed), "removed");
    EXPECT_EQ(name(Phase::refused), "refused");
    EXPECT_EQ(name(Phase::ended), "ended");
    EXPECT_EQ(name(Phase::left), "left");
}

TEST(EventJson, WritesTheSupportDesksEvents) {
    EXPECT_EQ(to_json(DutyEvent{"on_duty"}), R"({"event":"duty","state":"on_duty"})");
    EXPECT_EQ(to_json(RequestEvent{3, 61, "it", Urgency::not_safe, "a \"note\"", true, false}),
              R"({"event":"request","number":3,"waiting_s":61,"language":"it","urgency":"not_safe",)"
              R"("note":"a \"note\"","continuing":true,"left":false})");
    EXPECT_EQ(to_json(TalkOpenedEvent{3, 8}), R"({"event":"talk_opened","number":3,"channel":8})");
    EXPECT_EQ(to_json(RequestGoneEvent{3, "taken"}), R"({"event":"request_gone","number":3,"why":"taken"})");
    EXPECT_EQ(to_json(DeskEvent{"waiting", 2, false, "", ""}),
              R"({"event":"desk","state":"waiting","counsellors":2,"can_leave":false,"name":"","words":""})");
    AnswerEvent answer;
    answer.state = "answered";
    answer.name = "Celia";
    answer.text = "come";
    answer.asked_at = 5;
    answer.answered_at = 6;
    EXPECT_EQ(to_json(answer),
              R"({"event":"answer","state":"answered","name":"Celia","text":"come","asked_at":5,"answered_at":6})");
    EXPECT_EQ(to_json(HandOverEvent{"asked", "Dora", "Celia"}),
              R"({"event":"hand_over","state":"asked","name":"Dora","by":"Celia"})");
}

}  // namespace
}  // namespace veranda::client
