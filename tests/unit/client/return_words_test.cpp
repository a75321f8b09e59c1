// Return words: another evening or another phone, always by a person's decision, until somebody has seen them.
#include <gtest/gtest.h>

#include "tests/unit/client/books.hpp"

namespace veranda::client {
namespace {

class ReturnWords : public Books {};

TEST_F(ReturnWords, WordsAreMadeWhenSheAsksAndGoodWhenAFacilitatorsBookHasThem) {
    Phone& iris = evening_.join(amara_, "Iris");
    EXPECT_TRUE(iris.all<ReturnWordsEvent>().empty());
    const std::string words = words_of(iris);
    EXPECT_TRUE(circle::read_words(words));
    EXPECT_EQ(iris.last<LaneEvent>().kind, LaneKind::return_pass);
    EXPECT_EQ(iris.last<LaneEvent>().progress, LaneProgress::seen);
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris (words)"});
    EXPECT_TRUE(amara_.client.return_words(evening_.now).error().is(faults::not_now)) << "staff come by certificate";
}

TEST_F(ReturnWords, NextWeekAPersonLetsHerInByHerWords) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    end_session(amara_);
    Phone& amara = next_week(amara_);
    ASSERT_EQ(amara.phase(), Phase::in_group);
    EXPECT_EQ(amara.last<GroupNameEvent>().name, iris.last<InvitationEvent>().group) << "she gave it no other";
    Phone& again = open_words(words);
    EXPECT_EQ(again.last<InvitationEvent>().group, "") << "found words open no group's name";
    EXPECT_EQ(again.last<InvitationEvent>().facilitator, "Amara");
    EXPECT_TRUE(again.all<GroupNameEvent>().empty()) << "before a person has let her in";
    ASSERT_TRUE(again.client.knock("Ivy", evening_.now));
    evening_.wait(10);
    EXPECT_EQ(again.phase(), Phase::waiting) << "a person decides";
    const KnockEvent knock = amara.last<KnockEvent>();
    EXPECT_EQ(knock.name, "Ivy");
    EXPECT_EQ(knock.known_as, "Iris");
    EXPECT_TRUE(knock.returning);
    EXPECT_FALSE(knock.was_removed);
    admit(amara, "Ivy");
    EXPECT_EQ(again.phase(), Phase::in_group);
    EXPECT_EQ(names_in_book_of(amara), Names{"Ivy (words)"}) << "the same person";
    EXPECT_EQ(again.last<GroupNameEvent>().name, iris.last<InvitationEvent>().group);
    EXPECT_TRUE(again.texts().empty()) << "of no evening that she was not at";
    evening_.say(again, "I am back");
    Phone& thief = open_words(words);
    EXPECT_FALSE(thief.all<InvitationEvent>().empty()) << "a used card is there anew";
}

TEST_F(ReturnWords, ASecondSessionOfTheSameDayHasItsOwnCardForHerWords) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    end_session(amara_);
    Phone& amara = host_by_book(evening_.amara, book_of(amara_));
    Phone& again = knock_by_words(words, "Iris");
    EXPECT_EQ(amara.last<KnockEvent>().known_as, "Iris");
    EXPECT_EQ(again.phase(), Phase::waiting);
}

TEST_F(ReturnWords, TheOrderOfCardsSaysNothingOfWhoseTheyAre) {
    for (const char* name : {"Iris", "Joy", "Kemi", "Lola", "Mona"}) words_of(evening_.join(amara_, name));
    const GroupBook book = book_of(amara_);
    end_session(amara_);
    Phone& amara = evening_.phone();
    std::vector<CardId> posted;
    amara.say = [&](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (const auto* known = std::get_if<ClientFrame>(&received.frame))
                if (const auto* cards = std::get_if<PostCards>(known); cards != nullptr && cards->cards.size() > 1)
                    for (const PostedCard& card : cards->cards) posted.push_back(card.id);
    };
    ASSERT_TRUE(amara.client.bring_book(*GroupBook::from(book.body(), root())));
    ASSERT_TRUE(amara.client.host(clone(evening_.amara), {}, evening_.now));
    evening_.wait(3);
    EXPECT_EQ(posted.size(), 5U);
    EXPECT_TRUE(std::is_sorted(posted.begin(), posted.end()));
}

TEST_F(ReturnWords, AnotherPhoneInTheSameEveningHasHerOldPlace) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    ASSERT_TRUE(amara_.client.set_level("Iris", Level::held, 0, evening_.now));
    evening_.settle();
    const MemberId before = id_of(iris);
    Phone& again = knock_by_words(words, "Iris");
    EXPECT_EQ(again.phase(), Phase::waiting) << "her own name is not too like hers";
    EXPECT_EQ(amara_.last<KnockEvent>().known_as, "Iris");
    evening_.wait(5);
    EXPECT_EQ(again.phase(), Phase::waiting) << "always a person decides";
    admit(amara_, "Iris");
    ASSERT_EQ(again.phase(), Phase::in_group);
    EXPECT_EQ(id_of(again), before);
    EXPECT_EQ(again.last<ComposerEvent>().why, "held") << "her level came with her";
    EXPECT_EQ(amara_.client.roster().size(), 2U) << "her old leaf went in the same Commit";
    EXPECT_TRUE(iris.saw("elsewhere"));
    EXPECT_EQ(iris.phase(), Phase::left);
}

TEST_F(ReturnWords, SomebodyElsesNameIsRefusedThoughTheWordsAreGood) {
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.join(amara_, "Joy");
    const std::string words = words_of(iris);
    Phone& again = knock_by_words(words, "Joy");
    EXPECT_NE(again.phase(), Phase::waiting);
    EXPECT_TRUE(again.saw("pseudonym_taken"));
}

TEST_F(ReturnWords, ARemovedPersonsWordsShowAsSuchAndNeverComeBackByThemselves) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    const MemberId removed = id_of(iris);
    remove(amara_, "Iris");
    Phone& tonight = knock_by_words(words, "Iris");
    evening_.wait(5);
    EXPECT_EQ(tonight.phase(), Phase::waiting);
    EXPECT_TRUE(amara_.last<KnockEvent>().was_removed);
    EXPECT_EQ(amara_.last<KnockEvent>().known_as, "Iris");
    admit(amara_, "Iris");
    ASSERT_EQ(tonight.phase(), Phase::in_group);
    EXPECT_NE(id_of(tonight), removed) << "a removed place is nobody's";
    end_session(amara_);
    Phone& amara = next_week(amara_);
    Phone& again = knock_by_words(words, "Iris");
    evening_.wait(5);
    EXPECT_EQ(again.phase(), Phase::waiting);
    EXPECT_TRUE(amara.last<KnockEvent>().was_removed) << "a removal is for good, whoever let her in since";
}

TEST_F(ReturnWords, WordsThatWereSeenAreVoidAndWhoWaitsByThemIsSentAway) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    Phone& thief = knock_by_words(words, "Iris");
    ASSERT_EQ(thief.phase(), Phase::waiting);
    ASSERT_TRUE(iris.client.words_seen(evening_.now));
    evening_.settle();
    EXPECT_EQ(iris.last<LaneEvent>().kind, LaneKind::words_seen);
    EXPECT_EQ(iris.last<LaneEvent>().progress, LaneProgress::seen);
    EXPECT_EQ(names_in_book_of(amara_), Names{"Iris"});
    EXPECT_EQ(thief.phase(), Phase::refused);
    Phone& later = open_words(words);
    EXPECT_TRUE(later.saw("no_such_card"));
    end_session(amara_);
    next_week(amara_);
    Phone& next = open_words(words);
    EXPECT_TRUE(next.saw("no_such_card")) << "for good";
}

TEST_F(ReturnWords, NewWordsTakeThePlaceOfOldOnes) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string first = words_of(iris);
    const std::string second = words_of(iris);
    EXPECT_NE(first, second);
    EXPECT_TRUE(open_words(first).saw("no_such_card"));
    EXPECT_FALSE(open_words(second).all<InvitationEvent>().empty());
}

TEST_F(ReturnWords, OfTwoFacilitatorsOneWritesHerWordsAndEitherLetsHerIn) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(blessing, "Iris");
    const std::string words = words_of(iris);
    evening_.wait(3);
    EXPECT_EQ(names_in_book_of(blessing), Names{"Iris (words)"});
    EXPECT_EQ(book_of(blessing).entries(), book_of(amara_).entries());
    kill(amara_, evening_);
    Phone& again = knock_by_words(words, "Iris");
    EXPECT_EQ(blessing.last<KnockEvent>().known_as, "Iris");
    admit(blessing, "Iris");
    evening_.wait(2);
    EXPECT_EQ(again.phase(), Phase::in_group);
}

TEST_F(ReturnWords, AnotherFacilitatorNotesHerWordsIfTheFirstIsGone) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& iris = evening_.join(amara_, "Iris");
    evening_.wait(3);
    kill(amara_, evening_);
    const std::string words = words_of(iris);
    evening_.wait(turn_ms / 1'000 + 2);
    EXPECT_EQ(iris.last<LaneEvent>().progress, LaneProgress::seen);
    EXPECT_EQ(names_in_book_of(blessing), Names{"Iris (words)"});
    EXPECT_FALSE(open_words(words).all<InvitationEvent>().empty());
}

TEST_F(ReturnWords, PassesOfABookThatAnotherBringsHaveCardsSoon) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    GroupBook copy = book_of(amara_);
    end_session(amara_);
    days_pass(1);
    GroupBook thin = GroupBook::empty(copy.group());
    for (const auto& entry : copy.entries())
        if (entry.body.kind == BookEntryKind::group) {
            EXPECT_TRUE(thin.take(entry, evening_.amara.certificate, root()));
        }
    Phone& amara = host_by_book(evening_.amara, std::move(thin));
    EXPECT_TRUE(open_words(words).saw("no_such_card"));
    bring_staff(amara, evening_.blessing, std::move(copy));
    evening_.wait(book_cards_wait_ms / 1'000 + 3);
    EXPECT_FALSE(open_words(words).all<InvitationEvent>().empty());
}

TEST_F(ReturnWords, WordsHaveACardInTheNewDaysPlaceToo) {
    Phone& iris = evening_.join(amara_, "Iris");
    const std::string words = words_of(iris);
    end_session(amara_);
    const auto until = [&](std::uint64_t ms_before_midnight) {
        constexpr std::uint64_t day_ms = 24 * 3600 * 1'000ULL;
        evening_.now.wall.value += day_ms - evening_.now.wall.value % day_ms - ms_before_midnight;
        evening_.store.advance(evening_.now.wall);
    };
    until(3600 * 1'000);
    Phone& amara = host_by_book(evening_.amara, book_of(amara_));
    ASSERT_EQ(amara.phase(), Phase::in_group);
    until(1'000);
    evening_.wait(3);
    EXPECT_FALSE(open_words(words).all<InvitationEvent>().empty());
}

}  // namespace
}  // namespace veranda::client
