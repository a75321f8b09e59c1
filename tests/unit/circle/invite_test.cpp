// Passes, links and words: published vectors, and everything that comes of a link or of words on their way.
#include "client-lib/circle/joining/invite.hpp"

#include <gtest/gtest.h>

#include "client-lib/circle/joining/word_list.hpp"

namespace veranda::circle {
namespace {

PassEntropy entropy_from(std::string_view hex) {
    PassEntropy entropy;
    for (std::size_t i = 0; i < pass_entropy_bytes; ++i)
        entropy.writable()[i] = static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(2 * i, 2)), nullptr, 16));
    return entropy;
}

std::string hex_of(ByteView bytes) {
    std::string hex;
    for (const std::uint8_t byte : bytes) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    return hex;
}

// github.com/trezor/python-mnemonic, vectors.json: the English ones of twelve words.
struct Vector {
    std::string_view entropy;
    std::string_view words;
};
constexpr Vector published[] = {
    {"00000000000000000000000000000000",
     "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"},
    {"7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f", "legal winner thank year wave sausage worth useful legal winner thank yellow"},
    {"80808080808080808080808080808080",
     "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"},
    {"ffffffffffffffffffffffffffffffff", "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"},
    {"9e885d952ad362caeb4efe34a8e91bd2",
     "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic"},
    {"c0ba5a8e914111210f2bd131f3d5e08d", "scheme spot photo card baby mountain device kick cradle pact join borrow"},
    {"23db8160a31d3e0dca3688ed941adbf3", "cat swing flag economy stadium alone churn speed unique patch report train"},
    {"f30f8c1da665478f49b001d94c5fc452",
     "vessel ladder alter error federal sibling chat ability sun glass valve picture"},
};

TEST(Words, AreThoseOfTheStandard) {
    for (const Vector& vector : published) {
        EXPECT_EQ(write_words(entropy_from(vector.entropy), WordLanguage::en), vector.words);
        const auto entropy = read_words(vector.words);
        ASSERT_TRUE(entropy) << vector.words;
        EXPECT_EQ(hex_of(entropy->view()), vector.entropy);
    }
}

TEST(Words, ReadBackInEveryLanguage) {
    crypto::SystemRandom random;
    for (const WordLanguage language : word_languages) {
        for (int i = 0; i < 10; ++i) {
            const PassEntropy entropy = new_entropy(language, random);
            const auto read_back = read_words(write_words(entropy, language));
            ASSERT_TRUE(read_back);
            EXPECT_TRUE(*read_back == entropy);
        }
    }
}

TEST(Words, ReadInAnyCaseWithAnySpacesWithoutAccents) {
    const auto entropy = read_words(" LEGAL winner\nThank year wave\tsausage worth useful legal  winner thank YELLOW ");
    ASSERT_TRUE(entropy);
    EXPECT_EQ(hex_of(entropy->view()), published[1].entropy);

    const PassEntropy other = entropy_from("0120480900000000000000000000000a");
    const std::string french = write_words(other, WordLanguage::fr);
    std::string plain;
    for (const std::string& word : split_words(french)) plain += word + ' ';
    const auto from_plain = read_words(plain);
    ASSERT_TRUE(from_plain) << french;
    EXPECT_TRUE(*from_plain == other);
}

TEST(Words, AreCounted) {
    EXPECT_EQ(read_words("").error(), (Error{&faults::words_count, 0}));
    EXPECT_EQ(read_words("zoo zoo").error(), (Error{&faults::words_count, 2}));
    const std::string thirteen = std::string(published[3].words) + " zoo";
    EXPECT_EQ(read_words(thirteen).error(), (Error{&faults::words_count, 13}));
}

TEST(Words, ThatNoListHasAreNamed) {
    constexpr std::string_view text = "legal winner thank Yeer wave sausage worth useful legal winner thánk yelow";
    EXPECT_TRUE(read_words(text).error().is(faults::words_unknown));
    EXPECT_EQ(unknown_words(text), (std::vector<std::string>{"yeer", "yelow"}));
    EXPECT_TRUE(unknown_words("abaisser abaco abandon").empty());
}

TEST(Words, WithAWrongChecksumDoNotFitTogether) {
    EXPECT_TRUE(read_words("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo").error().is(faults::words_do_not_fit));
}

TEST(Words, OfSeveralListsDoNotFitTogether) {
    EXPECT_TRUE(read_words("legal winner thank year wave sausage worth useful legal winner abaco zuppa")
                    .error()
                    .is(faults::words_do_not_fit));
}

// A hundred words and more stand in the English and in the French list. Twelve of those: the checksum decides.
TEST(Words, ThatStandInTwoListsAreDecidedByTheChecksum) {
    std::vector<std::size_t> both;
    for (std::size_t i = 0; i < word_count_of_list; ++i)
        if (index_of(WordLanguage::fr, word_at(WordLanguage::en, i))) both.push_back(i);
    ASSERT_FALSE(both.empty());
    std::string eleven;
    for (std::size_t i = 0; i < 11; ++i) eleven += std::string(word_at(WordLanguage::en, both[i])) + ' ';
    bool french_seen = false, english_seen = false, neither_seen = false;
    for (const std::size_t last : both) {
        const std::string text = eleven + std::string(word_at(WordLanguage::en, last));
        const auto entropy = read_words(text);
        if (!entropy) {
            EXPECT_TRUE(entropy.error().is(faults::words_do_not_fit));
            neither_seen = true;
        } else if (write_words(*entropy, WordLanguage::en) == text) {
            english_seen = true;
        } else {
            EXPECT_EQ(split_words(write_words(*entropy, WordLanguage::fr)), split_words(text));
            french_seen = true;
        }
    }
    EXPECT_TRUE(english_seen);
    EXPECT_TRUE(french_seen);
    EXPECT_TRUE(neither_seen);
}

// A source that gives the entropies it was told to, in order.
struct GivenAnswers final : crypto::RandomSource {
    std::vector<PassEntropy> answers;
    std::size_t asked = 0;
    void fill(MutableByteView bytes) override {
        const ByteView answer = answers.at(asked++).view();
        std::copy(answer.begin(), answer.end(), bytes.begin());
    }
};

// Entropy whose French words happen to be valid English words too would read back as another pass.
TEST(NewEntropy, PassesOverWhatWouldReadBackAsAnother) {
    std::vector<std::size_t> both;  // French indices
    for (std::size_t i = 0; i < word_count_of_list; ++i)
        if (index_of(WordLanguage::en, fold_word(word_at(WordLanguage::fr, i)))) both.push_back(i);
    std::optional<PassEntropy> misread;
    for (std::size_t a = 0; a < both.size() && !misread; ++a) {
        for (std::size_t b = 0; b < both.size() && !misread; ++b) {
            std::string text;
            for (std::size_t i = 0; i < 10; ++i) text += std::string(word_at(WordLanguage::fr, both[0])) + ' ';
            text += std::string(word_at(WordLanguage::fr, both[a])) + ' ';
            text += std::string(word_at(WordLanguage::fr, both[b]));
            const auto english = read_words(text);
            if (!english || split_words(write_words(*english, WordLanguage::en)) != split_words(text)) continue;
            // Fits as English. As French, its bits make an entropy whose own checksum fits one time in sixteen.
            PassEntropy french;
            const std::size_t indices[] = {both[0], both[a], both[b]};
            for (std::size_t bit = 0; bit < 128; ++bit) {
                const std::size_t word = bit / 11 < 10 ? 0 : bit / 11 == 10 ? 1 : 2;
                if ((indices[word] >> (10 - bit % 11) & 1) != 0)
                    french.writable()[bit / 8] |= static_cast<std::uint8_t>(0x80U >> bit % 8);
            }
            if (split_words(write_words(french, WordLanguage::fr)) == split_words(text)) misread = std::move(french);
        }
    }
    ASSERT_TRUE(misread) << "no such entropy among those tried";
    GivenAnswers random;
    random.answers.push_back(misread->clone());
    random.answers.push_back(entropy_from("000102030405060708090a0b0c0d0e0f"));
    EXPECT_EQ(hex_of(new_entropy(WordLanguage::fr, random).view()), "000102030405060708090a0b0c0d0e0f");
    EXPECT_EQ(random.asked, 2U);
}

// ---- links ----

constexpr std::string_view origin = "https://veranda.example:8443";

Hash some_fingerprint() {
    Hash hash;
    for (std::size_t i = 0; i < Hash::size; ++i) hash.bytes[i] = static_cast<std::uint8_t>(0xff - i);
    return hash;
}
std::string some_link() {
    return write_link(origin, entropy_from("000102030405060708090a0b0c0d0e0f"), some_fingerprint());
}

TEST(Links, AreWrittenAsTheSpecificationSays) {
    EXPECT_EQ(some_link(),
              "https://veranda.example:8443/join#1.AAECAwQFBgcICQoLDA0OD__-_fz7-vn49_b19PPy8fDv7u3s6-rp6Ofm5eTj4uHg");
}

void expect_some_link(std::string_view text) {
    const auto link = read_link(text);
    ASSERT_TRUE(link) << text;
    EXPECT_EQ(link->origin, origin);
    EXPECT_EQ(hex_of(link->entropy.view()), "000102030405060708090a0b0c0d0e0f");
    EXPECT_EQ(link->fingerprint, some_fingerprint());
}

TEST(Links, ReadBack) { expect_some_link(some_link()); }

TEST(Links, ReadBackWhenAMailFilterRewroteTheHashOrLeftSpaces) {
    std::string rewritten = some_link();
    rewritten.replace(rewritten.find('#'), 1, "%23");
    expect_some_link(rewritten);
    expect_some_link("  " + some_link() + "\r\n");
}

TEST(Links, ReadAsAFragmentAlone) {
    const std::string link = some_link();
    const auto read = read_fragment(origin, std::string_view(link).substr(link.find('#') + 1));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->fingerprint, some_fingerprint());
}

TEST(Links, ThatAreBrokenAreRefused) {
    const std::string link = some_link();
    const std::string fragment = link.substr(link.find('#') + 1);
    for (const std::string& text : {
             std::string(),
             std::string("hello"),
             std::string("https://veranda.example/join"),
             std::string("https://veranda.example/join#"),
             std::string("https://veranda.example/join#1."),
             link.substr(0, link.size() - 1),
             link + "A",
             link + "=",
             "https://veranda.example/other#" + fragment,
             "https://veranda.example#" + fragment,
             "https:///join#" + fragment,
             "ftp://veranda.example/join#" + fragment,
             "veranda.example/join#" + fragment,
             "https://user@veranda.example/join#" + fragment,
             "https://veranda.example/a/join#" + fragment,
             "https://veranda.example/join#0." + fragment.substr(2),
             "https://veranda.example/join#" + fragment.substr(2),
             "https://veranda.example/join#x." + fragment.substr(2),
             "https://veranda.example/join#01." + fragment.substr(2),
             "https://" + std::string(300, 'a') + "/join#" + fragment,
         })
        EXPECT_TRUE(!read_link(text) && read_link(text).error().is(faults::link_form)) << text;
    for (const char bad : {'+', '/', '=', ' ', '\0'}) {
        std::string changed = link;
        changed[changed.size() - 5] = bad;
        EXPECT_TRUE(!read_link(changed) && read_link(changed).error().is(faults::link_form)) << changed;
    }
}

TEST(Links, OfANewerVersionSaySo) {
    std::string link = some_link();
    link.replace(link.find("#1."), 3, "#2.");
    EXPECT_EQ(read_link(link).error(), (Error{&faults::link_version, 2}));
}

// ---- passes and cards ----

TEST(Passes, ComeFromTheirEntropyAlone) {
    const auto keys = Pass::from(entropy_from(published[1].entropy)).keys();
    EXPECT_EQ(keys, Pass::from(entropy_from(published[1].entropy)).keys());
    EXPECT_EQ(keys, Pass::from(entropy_from(published[1].entropy)).clone().keys());
    EXPECT_NE(keys.signature_key, Pass::from(entropy_from(published[2].entropy)).keys().signature_key);
    EXPECT_NE(keys.sealing_key, Pass::from(entropy_from(published[2].entropy)).keys().sealing_key);
}

// Made once by a few lines of Python on its own hmac, from docs/protocol.md, 7.1.
TEST(Passes, AreThoseOfTheSpecification) {
    const auto keys = Pass::from(entropy_from("000102030405060708090a0b0c0d0e0f")).keys();
    EXPECT_EQ(hex_of(keys.signature_key), "5ea7416a08e47645d784b58841246af2e9af745908db341100ff3437a659e241");
    EXPECT_EQ(hex_of(keys.sealing_key), "7a503e32c162559f98cc91f23e79ae042cac1258849d0a928eec8b37c6cc0210");
    EXPECT_EQ(hex_of(card_id(keys, Day{20'000})), "ed8c3b71e2dbfe925a0a66a36d5ea2489f225127b34b0b0da73341595e7c48bb");
}

// The entropy by the same means.
TEST(Passes, OfAGroupComesFromItsIdAlone) {
    GroupId group;
    for (std::uint8_t i = 0; i < GroupId::size; ++i) group.bytes[i] = i;
    EXPECT_EQ(group_pass(group).keys(), Pass::from(entropy_from("c31769870a5e1e4f75145a134c21a999")).keys());
    EXPECT_NE(group_pass(group).keys(), Pass::from(entropy_from("000102030405060708090a0b0c0d0e0f")).keys());
}

TEST(CardIds, DifferByDayAndByPass) {
    const auto keys = Pass::from(entropy_from(published[1].entropy)).keys();
    const auto others = Pass::from(entropy_from(published[2].entropy)).keys();
    EXPECT_EQ(card_id(keys, Day{20'000}), card_id(keys, Day{20'000}));
    EXPECT_NE(card_id(keys, Day{20'000}), card_id(keys, Day{20'001}));
    EXPECT_NE(card_id(keys, Day{20'000}), card_id(others, Day{20'000}));
}

TEST(Days, AreTheOrganisationsOwn) {
    constexpr std::uint64_t midnight = 20'000ULL * 24 * 3600 * 1000;
    const auto west = static_cast<std::uint16_t>(-60);
    EXPECT_EQ(day_of(UnixMillis{midnight}, 0).value, 20'000U);
    EXPECT_EQ(day_of(UnixMillis{midnight - 1}, 0).value, 19'999U);
    EXPECT_EQ(day_of(UnixMillis{midnight - 3'600'000}, 60).value, 20'000U);
    EXPECT_EQ(day_of(UnixMillis{midnight - 3'600'001}, 60).value, 19'999U);
    EXPECT_EQ(day_of(UnixMillis{midnight}, west).value, 19'999U);
    EXPECT_EQ(day_of(UnixMillis{midnight + 3'600'000}, west).value, 20'000U);
    EXPECT_EQ(day_of(UnixMillis{0}, west).value, 0U);
}

}  // namespace
}  // namespace veranda::circle
