// Content and its padding; and what another person's text may not do to a screen.
#include <gtest/gtest.h>

#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/trust/roles.hpp"

namespace veranda::circle {
namespace {

const InnerId id{{1, 2, 3}};

TEST(Content, HasOneOfFourSizesWhateverIsSaid) {
    for (const std::size_t length : {1, 100, 230, 240, 900, 1'200, 3'000, 8'000}) {
        const auto wrapped = wrap_text(std::string(length, 'a'), id);
        ASSERT_TRUE(wrapped);
        const auto& classes = limits::content_classes;
        EXPECT_NE(std::find(std::begin(classes), std::end(classes), wrapped->size()), std::end(classes));
        const auto content = unwrap(*wrapped);
        ASSERT_TRUE(content);
        EXPECT_EQ(content->kind, ContentKind::text);
        EXPECT_EQ(content->id, id);
    }
}

TEST(Content, RefusesPaddingThatIsNotZeroAndSizesThatAreNoClass) {
    Bytes wrapped = *wrap_text("hello", id);
    wrapped.back() = 1;
    const auto not_zero = unwrap(wrapped);
    ASSERT_FALSE(not_zero);
    EXPECT_TRUE(not_zero.error().is(veranda::faults::padding_not_zero));
    wrapped.pop_back();
    const auto odd = unwrap(wrapped);
    ASSERT_FALSE(odd);
    EXPECT_TRUE(odd.error().is(faults::content_size));
}

TEST(Content, RefusesTextsThatAreEmptyTooLongOrNotUtf8) {
    EXPECT_TRUE(wrap_text(" \n\t ", id).error().is(faults::text_empty));
    EXPECT_TRUE(wrap_text(std::string(limits::text_bytes_max, 'a'), id));
    EXPECT_TRUE(wrap_text(std::string(limits::text_bytes_max + 1, 'a'), id).error().is(faults::text_too_long));
    EXPECT_TRUE(wrap_text("a\xff", id).error().is(tls::faults::text_not_utf8));
    EXPECT_TRUE(wrap(ContentKind::text, id, Bytes(limits::content_bytes_max)).error().is(faults::content_size));
}

TEST(Content, KeepsAKindItDoesNotKnowForTheReaderToName) {
    const auto content = unwrap(*wrap(static_cast<ContentKind>(999), id, {}));
    ASSERT_TRUE(content);
    EXPECT_FALSE(may_be_passed_over(content->kind));
    EXPECT_FALSE(only_committing_staff(content->kind));
    EXPECT_TRUE(may_be_passed_over(static_cast<ContentKind>(0x8fff)));
    EXPECT_TRUE(only_committing_staff(ContentKind::pulse));
}

TEST(SafeText, ReplacesWhatCouldMoveACursorOrTurnTheWriting) {
    EXPECT_EQ(safe_text("a\x1b[2Jb"), "a\xEF\xBF\xBD[2Jb");
    EXPECT_EQ(safe_text("abc\xE2\x80\xAE"
                        "def"),
              "abc\xEF\xBF\xBD"
              "def");
    EXPECT_EQ(safe_text("a\xC2\x9B"
                        "b"),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(safe_text("a\xffz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(safe_text(std::string_view("a\0b", 3)),
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(safe_text("one\ntwo"), "one two");
    EXPECT_EQ(safe_text("one\ntwo", true), "one\ntwo");
    EXPECT_EQ(safe_text("\xE2\x80\xA8"), "\xEF\xBF\xBD");
}

TEST(SafeText, IsCutBetweenCharacters) {
    EXPECT_EQ(beginning_of("abc", 3), "abc");
    EXPECT_EQ(beginning_of("abc", 2), "ab");
    EXPECT_EQ(beginning_of("a\u00e9", 2), "a") << "half of it would be no UTF-8";
    EXPECT_EQ(beginning_of("\u20ac", 2), "");
    EXPECT_EQ(beginning_of("", 0), "");
}

TEST(SafeText, LeavesOrdinaryWritingAlone) {
    for (const std::string_view text :
         {"Ciao, è tardi", "ça va", "أهلا", "می‌خواهم", "👩‍👧", "Wetin dey happen?"})
        EXPECT_EQ(safe_text(text), text);
    EXPECT_EQ(code_points("أمل"), 3U);
}

}  // namespace
}  // namespace veranda::circle
