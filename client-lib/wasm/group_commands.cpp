// What anybody in a group can ask for, and the ways into it.
#include "client-lib/wasm/commands.hpp"

namespace veranda::wasm {
namespace {

using client::Client;

Result<void> open_invite(Call& call, const circle::PassEntropy& entropy, client::TrustAnchor anchor) {
    call.here.anchor = anchor;
    return call.here.open<Client>(call.channel, anchor).open_invite(circle::Pass::from(entropy), call.now);
}

Result<void> open_link(Call& call) {
    const circle::Link link = TRY(circle::read_fragment(call.here.origin, call.text()));
    return open_invite(call, link.entropy, {link.fingerprint, std::nullopt});
}

Result<void> open_words(Call& call) {
    const circle::PassEntropy entropy = TRY(words_of(call));
    return open_invite(call, entropy, TRY(organisation_of(call.here)));
}

Result<void> return_by(Call& call) {
    circle::Ticket ticket = TRY(circle::Ticket::decode(call.text()));
    if (ticket.origin != call.here.origin) return fail(circle::faults::ticket_form);
    call.here.anchor = client::TrustAnchor{ticket.fingerprint, std::nullopt};
    Client& client = call.here.open<Client>(call.channel, *call.here.anchor);
    if (call.here.staff) return client.return_as_staff(std::move(ticket), call.here.staff->clone(), call.now);
    return client.return_by(std::move(ticket), call.now);
}

constexpr Command commands[] = {
    {"open-link", 1, open_link},
    {"open-words", 1, open_words},
    {"return-by", 1, return_by},
    {"knock", 1, on<&Client::knock>},
    {"reply", 2, on<&Client::reply>},
    {"react", 2, on<&Client::react>},
    {"hide", 2, on<&Client::hide>},
    {"hand", 1, on<&Client::raise_hand>},
    {"note", 1, on<&Client::note>},
    {"not-safe", 1, on<&Client::not_safe>},
    {"return-words", 0, on<&Client::return_words>},
    {"words-seen", 0, on<&Client::words_seen>},
};

}  // namespace

Table group_commands() { return commands; }

}  // namespace veranda::wasm
