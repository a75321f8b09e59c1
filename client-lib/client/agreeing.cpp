// The agreed word: worked out a little with each tick, on both sides of the door, and compared by people.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/joining/word_list.hpp"
#include "client-lib/client/client_state.hpp"

namespace veranda::client {

void Client::State::begin_agreeing(const Hash& card, const KnockId& knock, std::string name) {
    agreeing.try_emplace(knock, Agreeing{circle::AgreedWord(card, knock), std::move(name)});
}

// One after another, so that many who knock cost no more than one.
void Client::State::work_at_agreed_words() {
    if (agreeing.empty() || !circle::have_words()) return;  // a page brings the words in later
    const auto first = agreeing.begin();
    if (!first->second.word.work(agreed_word_hashes_a_tick)) return;
    events.push_back(AgreedWordEvent{std::move(first->second.name), first->second.word.words()});
    agreeing.erase(first);
}

Result<void> Client::State::agreed_word(std::string_view pseudonym) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    bool found = false;
    for (const auto& [id, waiting] : hosting->waiting) {
        if (!waiting.opened || !circle::same_pseudonym(waiting.opened->knock.pseudonym, pseudonym)) continue;
        begin_agreeing(waiting.opened->knock.card, id, circle::safe_text(waiting.opened->knock.pseudonym));
        found = true;
    }
    if (!found) return fail(faults::nobody_of_that_name);
    return {};
}

// The words that she reads out are others than ours: somebody else's knock, or another card. Each miss is one more try
// that a thief of the invite could have made.
Result<void> Client::State::wrong_word(std::string_view pseudonym) {
    if (!hosting || !session) return fail(hosting ? faults::not_now : faults::only_staff);
    std::vector<KnockId> wrong;
    for (const auto& [id, waiting] : hosting->waiting)
        if (waiting.opened && circle::same_pseudonym(waiting.opened->knock.pseudonym, pseudonym)) wrong.push_back(id);
    if (wrong.empty()) return fail(faults::nobody_of_that_name);
    for (const KnockId& id : wrong) {
        const Bytes pass = to_bytes(hosting->waiting.at(id).opened->knock.pass.signature_key);
        refuse_knock(id, KnockRefusalReason::other,
                     "The words on your two screens were not the same. Please call whoever invited you.");
        if (++hosting->wrong_words[pass] < limits::agreed_word_tries) continue;
        notice("agreed_word_wrong_thrice",
               "The words of this invite were wrong three times. Somebody else may have it: /revoke, and make a new "
               "one.");
    }
    return {};
}

}  // namespace veranda::client
