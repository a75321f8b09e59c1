// A chain of hashes, and five places in the English list.
#include "client-lib/circle/joining/agreed_word.hpp"

#include <algorithm>

#include "client-lib/circle/joining/word_list.hpp"
#include "crypto/verify/hash.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {

AgreedWord::AgreedWord(const Hash& card, const KnockId& knock) {
    tls::Writer begun;
    begun.vector(as_bytes(label));
    at_ = crypto::Sha256().add(begun.bytes()).add(card).add(knock).finish();
}

bool AgreedWord::work(std::uint32_t hashes) {
    const std::uint32_t until = done_ + std::min(hashes, limits::agreed_word_hashes - done_);
    for (; done_ < until; ++done_) at_ = crypto::sha256(at_);
    return done_ == limits::agreed_word_hashes;
}

std::string AgreedWord::words() const {
    VERANDA_ASSERT(done_ == limits::agreed_word_hashes);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | at_.bytes[i];
    std::string words;
    for (std::size_t i = 1; i <= limits::agreed_word_words; ++i) {
        const std::size_t place = bits >> (64 - word_bits * i) & (word_count_of_list - 1);
        words += (words.empty() ? "" : " ") + std::string(word_at(WordLanguage::en, place));
    }
    return words;
}

}  // namespace veranda::circle
