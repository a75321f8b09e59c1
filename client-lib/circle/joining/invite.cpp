// Entropy to keys, to a link and to words, and back.
#include "client-lib/circle/joining/invite.hpp"

#include <array>

#include "client-lib/circle/joining/base64url.hpp"
#include "client-lib/circle/joining/word_list.hpp"
#include "crypto/sealed/hkdf.hpp"
#include "crypto/verify/hash.hpp"
#include "crypto/verify/mac.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {
namespace {

constexpr std::string_view signing_label = "Veranda 1 pass signing";
constexpr std::string_view sealing_label = "Veranda 1 pass sealing";
constexpr std::string_view card_id_label = "Veranda 1 card id";
constexpr std::string_view group_label = "Veranda 1 group card";

constexpr std::size_t words_of_pass = 12;
constexpr std::size_t checksum_bits = 4;
static_assert(words_of_pass * word_bits == pass_entropy_bytes * 8 + checksum_bits);

constexpr std::string_view link_path = "/join";
constexpr std::string_view link_version = "1.";
constexpr std::size_t secret_part_bytes = pass_entropy_bytes + Hash::size;
constexpr std::size_t secret_part_characters = secret_part_bytes / 3 * 4;
static_assert(secret_part_bytes % 3 == 0, "so base64url needs no padding and has no spare bits");

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    while (!text.empty() && space.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
    while (!text.empty() && space.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
    return text;
}

struct Fragment {
    std::string_view before;
    std::string_view after;
};

std::optional<Fragment> split_at_hash(std::string_view text) {
    for (const std::string_view mark : {"#", "%23"}) {
        const std::size_t at = text.find(mark);
        if (at != std::string_view::npos) return Fragment{text.substr(0, at), text.substr(at + mark.size())};
    }
    return std::nullopt;
}

// The version of a fragment that has the form `NUMBER.`; 0 when it has not.
std::uint64_t version_of(std::string_view fragment) {
    std::uint64_t version = 0;
    for (std::size_t i = 0; i < fragment.size() && i < 5; ++i) {
        const char c = fragment[i];
        if (c == '.') return version;
        if (c < '0' || c > '9') return 0;
        version = version * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return 0;
}

// A stream of bits, highest first: what words are made of. Bit `i` of entropy followed by its checksum.
bool bit_at(ByteView entropy, std::uint8_t checksum, std::size_t i) {
    const std::uint8_t byte = i / 8 < entropy.size() ? entropy[i / 8] : checksum;
    return (byte >> (7 - i % 8) & 1) != 0;
}

// The first four bits of the hash, where they stand in their byte.
std::uint8_t checksum_of(const PassEntropy& entropy) { return crypto::sha256(entropy.view()).bytes[0] & 0xf0; }

using Indices = std::array<std::size_t, words_of_pass>;

std::optional<Indices> indices_in(WordLanguage language, const std::vector<std::string>& words) {
    Indices indices{};
    for (std::size_t i = 0; i < words_of_pass; ++i) {
        const auto index = index_of(language, words[i]);
        if (!index) return std::nullopt;
        indices[i] = *index;
    }
    return indices;
}

std::optional<PassEntropy> entropy_of(const Indices& indices) {
    PassEntropy entropy;
    std::uint8_t checksum = 0;
    for (std::size_t i = 0; i < words_of_pass * word_bits; ++i) {
        if ((indices[i / word_bits] >> (word_bits - 1 - i % word_bits) & 1) == 0) continue;
        const auto bit = static_cast<std::uint8_t>(0x80U >> i % 8);
        (i / 8 < pass_entropy_bytes ? entropy.writable()[i / 8] : checksum) |= bit;
    }
    if (checksum != checksum_of(entropy)) return std::nullopt;
    return entropy;
}

bool stands_in_a_list(std::string_view word) {
    for (const WordLanguage language : word_languages)
        if (index_of(language, word)) return true;
    return false;
}

}  // namespace

bool is_origin(std::string_view text) {
    if (text.size() > limits::origin_bytes_max) return false;
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) continue;
        text.remove_prefix(scheme.size());
        if (text.empty() || text.front() == ':') return false;
        for (const char c : text)
            if (c <= ' ' || c > '~' || std::string_view("/\\?#@%\"<>").find(c) != std::string_view::npos) return false;
        return true;
    }
    return false;
}

Pass Pass::from(const PassEntropy& entropy) {
    const auto key = crypto::hkdf_extract({}, entropy.view());
    const auto seed = crypto::hkdf_expand<32>(key.view(), as_bytes(signing_label));
    const auto key_material = crypto::hkdf_expand<32>(key.view(), as_bytes(sealing_label));
    return {crypto::SigningKey::from_seed(seed), crypto::KemKeyPair::derive(key_material)};
}

Pass group_pass(const GroupId& group) {
    const auto key = crypto::hkdf_extract({}, group.bytes);
    return Pass::from(crypto::hkdf_expand<pass_entropy_bytes>(key.view(), as_bytes(group_label)));
}

CardId card_id(const PassKeys& keys, Day day) {
    tls::Writer message;
    message.vector(as_bytes(card_id_label));
    message.number(day.value, sizeof(day.value));
    return CardId::from(crypto::mac(tls::encode(keys), message.bytes()).bytes);
}

Day day_of(UnixMillis now, std::uint16_t zone_minutes) {
    constexpr std::int64_t seconds_of_day = 24 * 3600;
    const std::int64_t east_seconds = std::int64_t{static_cast<std::int16_t>(zone_minutes)} * 60;
    const std::int64_t seconds = static_cast<std::int64_t>(now.value / 1000) + east_seconds;
    return {seconds < 0 ? 0 : static_cast<std::uint32_t>(seconds / seconds_of_day)};
}

std::string write_link(std::string_view origin, const PassEntropy& entropy, const Hash& fingerprint) {
    const auto secret_part = crypto::SecretBytes::joined({entropy.view(), fingerprint});
    std::string link(origin);
    link += link_path;
    link += '#';
    link += link_version;
    link += to_base64url(secret_part.view());
    return link;
}

Result<Link> read_link(std::string_view text) {
    const auto parts = split_at_hash(trimmed(text));
    if (!parts || !parts->before.ends_with(link_path)) return fail(faults::link_form);
    return read_fragment(parts->before.substr(0, parts->before.size() - link_path.size()), parts->after);
}

Result<Link> read_fragment(std::string_view origin, std::string_view fragment) {
    if (!is_origin(origin)) return fail(faults::link_form);
    const std::uint64_t version = version_of(fragment);
    if (version > 1) return fail(faults::link_version, version);
    if (!fragment.starts_with(link_version)) return fail(faults::link_form);
    fragment.remove_prefix(link_version.size());
    if (fragment.size() != secret_part_characters) return fail(faults::link_form);

    crypto::Secret<secret_part_bytes> bytes;
    if (!from_base64url(bytes.writable(), fragment)) return fail(faults::link_form);
    Link link{std::string(origin), PassEntropy{}, Hash{}};
    const auto entropy = bytes.view().first(pass_entropy_bytes);
    std::copy(entropy.begin(), entropy.end(), link.entropy.writable().begin());
    const auto fingerprint = bytes.view().last(Hash::size);
    std::copy(fingerprint.begin(), fingerprint.end(), link.fingerprint.bytes.begin());
    return link;
}

WordLanguage words_language(std::string_view tag) {
    if (tag.starts_with("fr")) return WordLanguage::fr;
    if (tag.starts_with("it")) return WordLanguage::it;
    return WordLanguage::en;
}

std::string write_words(const PassEntropy& entropy, WordLanguage language) {
    const std::uint8_t checksum = checksum_of(entropy);
    std::string words;
    for (std::size_t i = 0; i < words_of_pass; ++i) {
        std::size_t index = 0;
        for (std::size_t j = 0; j < word_bits; ++j)
            index = index << 1 | (bit_at(entropy.view(), checksum, i * word_bits + j) ? 1U : 0U);
        if (i != 0) words += ' ';
        words += word_at(language, index);
    }
    return words;
}

Result<PassEntropy> read_words(std::string_view text) {
    const std::vector<std::string> words = split_words(text);
    if (words.size() != words_of_pass) return fail(faults::words_count, words.size());
    for (const WordLanguage language : word_languages) {
        const auto indices = indices_in(language, words);
        if (!indices) continue;
        if (auto entropy = entropy_of(*indices)) return *std::move(entropy);
    }
    for (const std::string& word : words)
        if (!stands_in_a_list(word)) return fail(faults::words_unknown);
    return fail(faults::words_do_not_fit);
}

std::vector<std::string> unknown_words(std::string_view text) {
    std::vector<std::string> unknown;
    for (std::string& word : split_words(text))
        if (!stands_in_a_list(word)) unknown.push_back(std::move(word));
    return unknown;
}

PassEntropy new_entropy(WordLanguage language, crypto::RandomSource& random) {
    while (true) {
        auto entropy = crypto::random_secret<pass_entropy_bytes>(random);
        const auto read_back = read_words(write_words(entropy, language));
        VERANDA_ASSERT(read_back.has_value());
        if (*read_back == entropy) return entropy;
    }
}

}  // namespace veranda::circle
