// What somebody can ask for who wants to talk to one person alone.
#include "client-lib/wasm/commands.hpp"

namespace veranda::wasm {
namespace {

using client::AnswerReader;
using client::AskingClient;

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
    const client::TrustAnchor anchor = TRY(organisation_of(call.here));
    return call.here.open<AnswerReader>(call.channel, anchor).read(circle::Pass::from(entropy), call.now);
}

constexpr Command commands[] = {
    {"ask", 4, with_words<ask>},
    {"leave-request", 0, on<&AskingClient::leave_request>},
    {"read-answer", 1, with_words<read_answer>},
};

}  // namespace

Table asking_commands() { return commands; }

}  // namespace veranda::wasm
