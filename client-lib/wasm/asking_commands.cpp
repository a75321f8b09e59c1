// What somebody can ask for who wants to talk to one person alone.
#include <algorithm>

#include "client-lib/circle/joining/base64url.hpp"
#include "client-lib/wasm/commands.hpp"

namespace veranda::wasm {
namespace {

using client::AnswerReader;
using client::AskingClient;

// What the page's own server says of the organisation has to fit the link that she came by.
Result<void> of_organisation(Call& call) {
    const std::string_view text = call.text();
    Bytes named(text.size() / 4 * 3);
    const bool is_named = named.size() == named_organisation_bytes && circle::from_base64url(named, text);
    if (!is_named && !text.empty()) return fail(faults::command_form);
    client::TrustAnchor anchor = TRY(organisation_of(call.here));
    if (is_named) std::copy_n(named.begin(), Hash::size, anchor.fingerprint.emplace().bytes.begin());
    call.here.anchor = std::move(anchor);
    return {};
}

// Whoever is in a group asks the organisation that her group is of.
Result<void> ask(Call& call) {
    client::AskPlan plan;
    plan.language = call.text();
    plan.urgency = named<Urgency>(call);
    plan.note = call.text();
    plan.name = call.text();
    if (call.malformed) return fail(faults::command_form);
    const client::TrustAnchor anchor = call.here.anchor ? *call.here.anchor : TRY(organisation_of(call.here));
    return call.here.open<AskingClient>(call.channel, anchor).ask(std::move(plan), call.now);
}

Result<void> read_answer(Call& call) {
    const circle::PassEntropy entropy = TRY(circle::read_words(call.text()));
    const client::TrustAnchor anchor = call.here.anchor ? *call.here.anchor : TRY(organisation_of(call.here));
    return call.here.open<AnswerReader>(call.channel, anchor).read(circle::Pass::from(entropy), call.now);
}

constexpr Command commands[] = {
    {"of", 1, of_organisation},
    {"ask", 4, with_words<ask>},
    {"leave-request", 0, on<&AskingClient::leave_request>},
    {"read-answer", 1, with_words<read_answer>},
};

}  // namespace

Table asking_commands() { return commands; }

}  // namespace veranda::wasm
