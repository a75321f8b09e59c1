// One encoding for every value, and a named fault with its place for everything else.
#include "protocol/tls_syntax.hpp"

#include <gtest/gtest.h>

#include "protocol/identifiers.hpp"

namespace veranda::tls {
namespace {

struct Sample {
    std::uint16_t number = 0;
    std::string text;
    std::vector<Hash> hashes;
    std::optional<Epoch> epoch;
    friend bool operator==(const Sample&, const Sample&) = default;
    VERANDA_FIELDS(number, text, hashes, epoch)
};

template <class T>
std::string fault_of(const Bytes& bytes) {
    const auto decoded = decode<T>(bytes);
    return decoded ? "" : std::string(decoded.error().rule->name);
}

TEST(TlsSyntax, ReadsBackWhatItWrote) {
    const Sample sample{7, "ciao", {Hash{{1}}, Hash{{2}}}, Epoch{9}};
    const Bytes bytes = encode(sample);
    const auto decoded = decode<Sample>(bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(*decoded, sample);
    EXPECT_EQ(encode(*decoded), bytes);
}

TEST(TlsSyntax, RefusesEveryTruncationAndEveryTrailingByte) {
    Bytes bytes = encode(Sample{7, "ciao", {Hash{{1}}}, Epoch{9}});
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(decode<Sample>(ByteView(bytes).first(length))) << length;
    bytes.push_back(0);
    EXPECT_EQ(fault_of<Sample>(bytes), faults::trailing_bytes.name);
}

TEST(TlsSyntax, WritesTheShortestLengthAtEveryBoundary) {
    for (const auto& [size, prefix] : {std::pair{0U, 1U}, {0x3fU, 1U}, {0x40U, 2U}, {0x3fffU, 2U}, {0x4000U, 4U}}) {
        const Bytes bytes = encode(Bytes(size));
        EXPECT_EQ(bytes.size(), size + prefix);
        EXPECT_TRUE(decode<Bytes>(bytes));
    }
}

TEST(TlsSyntax, RefusesLengthsThatAreNotShortestTooLongOrBeyondTheInput) {
    EXPECT_EQ(fault_of<Bytes>({0x40, 0x01, 0xaa}), faults::length_not_shortest.name);
    EXPECT_EQ(fault_of<Bytes>({0x80, 0x00, 0x00, 0x01, 0xaa}), faults::length_not_shortest.name);
    EXPECT_EQ(fault_of<Bytes>({0xc0, 0, 0, 0, 0, 0, 0, 0}), faults::length_too_long.name);
    EXPECT_EQ(fault_of<Bytes>({0x05, 0xaa}), faults::truncated.name);
    EXPECT_EQ(fault_of<Bytes>({0xbf, 0xff, 0xff, 0xff}), faults::truncated.name);
}

TEST(TlsSyntax, RefusesPresenceBytesOtherThanZeroAndOne) {
    EXPECT_EQ(fault_of<std::optional<Epoch>>({2}), faults::presence_byte.name);
    EXPECT_EQ(fault_of<bool>({2}), faults::presence_byte.name);
}

TEST(TlsSyntax, RefusesTextThatIsNotUtf8) {
    for (const Bytes& text : {Bytes{0xff}, Bytes{0xc0, 0x80}, Bytes{0xed, 0xa0, 0x80}, Bytes{0xf4, 0x90, 0x80, 0x80},
                              Bytes{0xe2, 0x82}, Bytes{0x80}, Bytes{0xe0, 0x80, 0x80}, Bytes{0xf0, 0x8f, 0xbf, 0xbf}}) {
        EXPECT_EQ(fault_of<std::string>(encode(text)), faults::text_not_utf8.name);
    }
    EXPECT_EQ(fault_of<std::string>(encode(std::string("é€😀"))), "");
}

TEST(TlsSyntax, RefusesAVectorWhoseLastItemPassesItsEnd) {
    Bytes items = encode(std::vector<Hash>{Hash{{1}}});
    items[0] -= 1;
    EXPECT_FALSE(decode<std::vector<Hash>>(items));
}

TEST(TlsSyntax, SaysWhereTheFaultIs) {
    const auto decoded = decode<Sample>(Bytes{0, 7, 1, 0xff});
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().detail, 4U);
}

}  // namespace
}  // namespace veranda::tls
