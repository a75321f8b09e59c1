// The agreed word: the same on both sides, another for another card or knock, and never done early.
#include "client-lib/circle/joining/agreed_word.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

std::string words_of(const Hash& card, const KnockId& knock, std::uint32_t at_once) {
    AgreedWord word(card, knock);
    while (!word.work(at_once)) continue;
    return word.words();
}

TEST(AgreedWord, IsTheSameHoweverItIsWorkedOut) {
    const Hash card{{1}};
    const KnockId knock{{2}};
    const std::string words = words_of(card, knock, limits::agreed_word_hashes);
    EXPECT_EQ(std::count(words.begin(), words.end(), ' '), 4);
    EXPECT_EQ(words_of(card, knock, 99'999), words);
    EXPECT_EQ(words_of(card, knock, limits::agreed_word_hashes + 1), words);
}

TEST(AgreedWord, IsAnotherForAnotherCardOrKnock) {
    const std::string words = words_of(Hash{{1}}, KnockId{{2}}, limits::agreed_word_hashes);
    EXPECT_NE(words_of(Hash{{3}}, KnockId{{2}}, limits::agreed_word_hashes), words);
    EXPECT_NE(words_of(Hash{{1}}, KnockId{{3}}, limits::agreed_word_hashes), words);
}

TEST(AgreedWord, IsDoneWhenAllOfItIs) {
    AgreedWord word(Hash{{1}}, KnockId{{2}});
    EXPECT_FALSE(word.work(limits::agreed_word_hashes - 1));
    EXPECT_TRUE(word.work(1));
    EXPECT_TRUE(word.work(1));
}

}  // namespace
}  // namespace veranda::circle
