// The lists themselves: complete, unambiguous however they are typed, and how much they share.
#include "client-lib/circle/joining/word_list.hpp"

#include <gtest/gtest.h>

#include <set>

namespace veranda::circle {
namespace {

std::set<std::string> folded_list(WordLanguage language) {
    std::set<std::string> words;
    for (std::size_t i = 0; i < word_count_of_list; ++i) words.insert(fold_word(word_at(language, i)));
    return words;
}

std::size_t shared(WordLanguage a, WordLanguage b) {
    const auto other = folded_list(b);
    std::size_t count = 0;
    for (const std::string& word : folded_list(a)) count += other.count(word);
    return count;
}

TEST(WordList, HasTwoThousandFortyEightWordsThatStayApartWhenFolded) {
    for (const WordLanguage language : word_languages) EXPECT_EQ(folded_list(language).size(), word_count_of_list);
}

TEST(WordList, FindsEveryWordWhereItStands) {
    for (const WordLanguage language : word_languages)
        for (const std::size_t i : {0U, 1U, 18U, 1023U, 2046U, 2047U})
            EXPECT_EQ(index_of(language, fold_word(word_at(language, i))), i) << word_at(language, i);
}

TEST(WordList, BeginsAndEndsAsPublished) {
    EXPECT_EQ(word_at(WordLanguage::en, 0), "abandon");
    EXPECT_EQ(word_at(WordLanguage::en, 2047), "zoo");
    EXPECT_EQ(word_at(WordLanguage::fr, 0), "abaisser");
    EXPECT_EQ(word_at(WordLanguage::fr, 2047), "zoologie");
    EXPECT_EQ(word_at(WordLanguage::it, 0), "abaco");
    EXPECT_EQ(word_at(WordLanguage::it, 2047), "zuppa");
}

TEST(WordList, SharesOnlySoMuchBetweenLanguages) {
    EXPECT_EQ(shared(WordLanguage::en, WordLanguage::fr), 123U);
    EXPECT_EQ(shared(WordLanguage::fr, WordLanguage::it), 2U);
    EXPECT_EQ(shared(WordLanguage::en, WordLanguage::it), 0U);
}

TEST(WordList, DoesNotFindWhatIsNotInIt) {
    EXPECT_FALSE(index_of(WordLanguage::en, ""));
    EXPECT_FALSE(index_of(WordLanguage::en, "abando"));
    EXPECT_FALSE(index_of(WordLanguage::it, "abandon"));
    EXPECT_FALSE(index_of(WordLanguage::fr, std::string_view("abandon\0", 8)));
}

TEST(FoldWord, TakesCaseAndAccentsAwayHoweverTheyAreWritten) {
    EXPECT_EQ(fold_word("Académie"), "academie");
    EXPECT_EQ(fold_word("ACAD\u00c9MIE"), "academie");   // composed
    EXPECT_EQ(fold_word("acade\u0301mie"), "academie");  // e, combining acute
    EXPECT_EQ(fold_word("ACADE\u0301MIE"), "academie");
    EXPECT_EQ(fold_word("\u0153uvre \u00e7\u00e0"), "oeuvre ca");
}

TEST(FoldWord, LeavesWhatIsNotLatinAndSurvivesWhatIsNotUtf8) {
    EXPECT_EQ(fold_word("كلمة"), "كلمة");
    EXPECT_EQ(fold_word("\u00d7\u00df"), "\u00d7\u00df");
    EXPECT_EQ(fold_word("a\xff\xc3"), "a\xff\xc3");
    EXPECT_EQ(fold_word(""), "");
}

TEST(SplitWords, TakesWhateverSpaceStandsBetween) {
    const std::vector<std::string> expected{"zoo", "wrong", "legal", "zone"};
    EXPECT_EQ(split_words("  Zoo,wrong\r\n\tlegal\u00a0ZONE "), expected);
    EXPECT_TRUE(split_words(" \n\u202f").empty());
    EXPECT_TRUE(split_words("").empty());
}

}  // namespace
}  // namespace veranda::circle
