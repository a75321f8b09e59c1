// Five words that both screens show, to be compared outside of the chat: they prove that the knock which staff see was
// made with the card that they posted. Slow on purpose, so that each try at a second knock with the same words is as
// slow. Specification: docs/protocol.md, 7.7.
#pragma once

#include <string>

#include "protocol/identifiers.hpp"

namespace veranda::circle {

// Worked out step by step, so that nobody's screen stands still for it.
class AgreedWord {
public:
    static constexpr std::string_view label = "Veranda 1 agreed word";

    AgreedWord(const Hash& card, const KnockId& knock);

    // Goes on by at most `hashes`. true: it is done. Cost: a hash each; some 0.1 s for all of them.
    bool work(std::uint32_t hashes);

    // Caller must: work() said that it is done, and the English words are here (have_words).
    std::string words() const;

private:
    Hash at_;
    std::uint32_t done_ = 0;
};

}  // namespace veranda::circle
