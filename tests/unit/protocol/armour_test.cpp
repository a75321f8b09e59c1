// Armour: bytes as a text that is copied by hand, and every text that is not the one encoding.
#include "protocol/armour.hpp"

#include <gtest/gtest.h>

namespace veranda {
namespace {

Bytes some_bytes(std::size_t count) {
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + 3);
    return bytes;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const std::size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

const Rule* why_not(std::string_view text) {
    const auto bytes = unarmour("T", text);
    return bytes.has_value() ? nullptr : bytes.error().rule;
}

TEST(Armour, WritesBase64InLinesOf64ColumnsBetweenDashes) {
    EXPECT_EQ(armour("T", as_bytes("fooba")), "-----BEGIN T-----\nZm9vYmE=\n-----END T-----\n");
    const std::string two_lines = armour("T", some_bytes(49));
    EXPECT_EQ(two_lines.find('\n', 18), 18U + 64U);
}

TEST(Armour, ReadsWhatItWroteForEveryLength) {
    for (std::size_t count = 0; count < 200; ++count) {
        const auto bytes = unarmour("T", armour("T", some_bytes(count)));
        ASSERT_TRUE(bytes.has_value()) << count;
        EXPECT_EQ(*bytes, some_bytes(count));
    }
}

TEST(Armour, RefusesAnotherTitle) {
    EXPECT_EQ(why_not(armour("U", some_bytes(5))), &faults::armour_begin);
    EXPECT_EQ(why_not(""), &faults::armour_begin);
}

TEST(Armour, RefusesAnythingBeforeOrAfter) {
    EXPECT_EQ(why_not("\n" + armour("T", some_bytes(5))), &faults::armour_begin);
    EXPECT_EQ(why_not(armour("T", some_bytes(5)) + "\n"), &faults::armour_end);
    EXPECT_EQ(why_not(armour("T", some_bytes(5)) + armour("T", some_bytes(5))), &faults::armour_end);
}

TEST(Armour, RefusesAMissingOrForeignEnd) {
    EXPECT_EQ(why_not("-----BEGIN T-----\nZm9vYmE=\n"), &faults::armour_line);
    EXPECT_EQ(why_not("-----BEGIN T-----\n"), &faults::armour_end);
    EXPECT_EQ(why_not("-----BEGIN T-----\nZm9vYmE=\n-----END U-----\n"), &faults::armour_end);
    EXPECT_EQ(why_not("-----BEGIN T-----\nZm9vYmE=\n-----END T-----"), &faults::armour_end);
}

TEST(Armour, RefusesASecondEncodingOfTheSameBytes) {
    const std::string good = "-----BEGIN T-----\nZm9vYmE=\n-----END T-----\n";
    for (const std::string_view line : {"Zm9vYmF=", "Zm9vYmE", "Zm9v\nYmE=", "Zm9vYmE=\r", " Zm9vYmE=", "Zm9vYmE=\n",
                                        "Zm9=YmE=", "Zm9v-mE=", "Zm9v====", "Zm9v=mE="})
        EXPECT_EQ(why_not(replaced(good, "Zm9vYmE=", line)), &faults::armour_line) << line;
}

TEST(Armour, RefusesALineOfMoreThan64Columns) {
    EXPECT_EQ(why_not("-----BEGIN T-----\n" + std::string(68, 'A') + "\n-----END T-----\n"), &faults::armour_line);
}

TEST(Armour, RefusesATextThatNoFileOfOursIsAsLongAs) {
    EXPECT_EQ(why_not(std::string(armoured_bytes_max * 2, 'A')), &faults::armour_too_long);
}

TEST(Armour, TakesTheLineEndsThatAMailProgramMade) {
    const std::string good = armour("T", some_bytes(49));
    std::string mailed;
    for (const char c : good) mailed += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(with_armour_line_ends(mailed + "\n\n"), good);
    EXPECT_EQ(with_armour_line_ends(good.substr(0, good.size() - 1)), good);
    EXPECT_EQ(with_armour_line_ends(""), "\n");
}

}  // namespace
}  // namespace veranda
