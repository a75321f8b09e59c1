// A pass and the forms it is handed over in: words, or a link. 128 bits of entropy, from which both its key pairs come.
//
// The secret half lives with whoever was invited; a facilitator's client keeps the public half. Specification:
// docs/protocol.md, 7.1 (keys), 7.2 (links), 7.3 (words).
#pragma once

#include "crypto/sealed/kem.hpp"
#include "crypto/sealed/signing.hpp"
#include "protocol/signed/joining.hpp"

namespace veranda::circle {

inline constexpr std::size_t pass_entropy_bytes = 16;
using PassEntropy = crypto::Secret<pass_entropy_bytes>;

namespace faults {
inline constexpr Rule link_form{"link_form", "docs/protocol.md, 7.2"};          // not a Veranda link at all
inline constexpr Rule link_version{"link_version", "docs/protocol.md, 7.2"};    // of a newer Veranda; detail: version
inline constexpr Rule words_count{"words_count", "docs/protocol.md, 7.3"};      // detail: how many there are
inline constexpr Rule words_unknown{"words_unknown", "docs/protocol.md, 7.3"};  // see unknown_words
inline constexpr Rule words_do_not_fit{"words_do_not_fit", "docs/protocol.md, 7.3"};  // checksum, or of several lists
}  // namespace faults

struct Pass {
    crypto::SigningKey signing;
    crypto::KemKeyPair sealing;

    PassKeys keys() const { return {signing.public_key(), sealing.public_key}; }
    static Pass from(const PassEntropy& entropy);  // HKDF with a label for each half
    [[nodiscard]] Pass clone() const { return {signing.clone(), sealing.clone()}; }
};

// Of the card that says that a group has a room: whoever has its book, of whatever day, can find it.
Pass group_pass(const GroupId& group);

// Where a pass's card is found on a day: HMAC-SHA256 of the day under the pass's public half.
CardId card_id(const PassKeys& keys, Day day);

// The organisation's calendar day at `now`.
Day day_of(UnixMillis now, std::uint16_t zone_minutes);

// scheme://host[:port] with nothing after it: no path, no user, nothing that needs escaping.
bool is_origin(std::string_view text);

struct Link {
    std::string origin;  // scheme://host[:port], where the relay is
    PassEntropy entropy;
    Hash fingerprint;  // of the organisation's root
};

// `ORIGIN/join#1.` and base64url (no padding) of entropy and fingerprint: 64 characters.
std::string write_link(std::string_view origin, const PassEntropy& entropy, const Hash& fingerprint);
// Takes what mail filters make of a link too: %23 for #. Errors: link_form, link_version.
Result<Link> read_link(std::string_view text);
// The fragment alone, as the page has it. Errors: as read_link.
Result<Link> read_fragment(std::string_view origin, std::string_view fragment);

enum class WordLanguage : std::uint8_t { en, fr, it };

// The list for a BCP 47 tag; English where there is none.
WordLanguage words_language(std::string_view tag);

// Twelve words of the language's BIP39 list. Caller must: entropy made by new_entropy, so that reading the words back
// gives this entropy and no other list's.
std::string write_words(const PassEntropy& entropy, WordLanguage language);
// Words in any case, separated by spaces, with or without accents. When all twelve stand in several lists, the checksum
// decides, and if it fits in several, the first of en, fr, it. Errors: words_count, words_unknown, words_do_not_fit.
Result<PassEntropy> read_words(std::string_view words);
// Those that stand in no list, in order, for the message that names them.
std::vector<std::string> unknown_words(std::string_view words);

// Fresh entropy whose words in `language` read back as itself.
PassEntropy new_entropy(WordLanguage language, crypto::RandomSource& random);

}  // namespace veranda::circle
