// What anybody in a group can ask for, and the ways into it.
#include "client-lib/circle/joining/base64url.hpp"
#include "client-lib/wasm/commands.hpp"
#include "crypto/sealed/password.hpp"
#include "crypto/verify/staff_check.hpp"

namespace veranda::wasm {
namespace {

using client::Client;

constexpr std::size_t kept_bytes_max = 512;  // a ticket has 250 at most
// Salt, cost, length, and the tag of the seal.
constexpr std::size_t sealed_bytes = 16 + 8 + 2 + kept_bytes_max + 16;

// The book is brought to one group only.
Result<void> opened(Call& call, const Result<void>& result) {
    if (result && call.here.book) call.here.book.reset();
    return result;
}

Result<void> open_invite(Call& call, const circle::PassEntropy& entropy, client::TrustAnchor anchor) {
    Client& client = *TRY(open_group(call, std::move(anchor)));
    return opened(call, client.open_invite(circle::Pass::from(entropy), call.now));
}

Result<void> open_link(Call& call) {
    const circle::Link link = TRY(circle::read_fragment(call.here.origin, call.text()));
    return open_invite(call, link.entropy, {link.fingerprint, std::nullopt});
}

Result<void> open_words(Call& call) {
    const circle::PassEntropy entropy = TRY(circle::read_words(call.text()));
    return open_invite(call, entropy, TRY(organisation_of(call.here)));
}

Result<void> return_by(Call& call) {
    circle::Ticket ticket = TRY(circle::Ticket::decode(call.text()));
    if (ticket.origin != call.here.origin) return fail(circle::faults::ticket_form);
    Client& client = *TRY(open_group(call, {ticket.fingerprint, std::nullopt}));
    if (!call.here.staff) return client.return_by(std::move(ticket), call.now);
    return opened(call, client.return_as_staff(std::move(ticket), call.here.staff->clone(), call.now));
}

// The organisation that a link or a ticket named, by its root's fingerprint: for the module that talks to one person
// alone, which has come by none. Empty: she came by words.
Result<void> whose(Call& call) {
    const auto& anchor = call.here.anchor;
    if (!anchor || !anchor->fingerprint) return call.answer.emplace_back(), Result<void>{};
    Bytes fingerprint = to_bytes(anchor->fingerprint->bytes);
    fingerprint.resize(named_organisation_bytes);
    call.answer.push_back(circle::to_base64url(fingerprint));
    return {};
}

// What stays on a phone, if she wants it, under a PIN or words: always of one length, so that nothing shows by it.
Result<void> seal(Call& call) {
    const std::string_view secret = call.text();
    const std::string_view passphrase = call.text();
    if (secret.size() > kept_bytes_max) return fail(faults::secret_form);
    crypto::SecretBytes padded(kept_bytes_max);
    std::copy(secret.begin(), secret.end(), padded.writable().begin());
    Bytes sealed = TRY(crypto::password_seal(as_bytes(passphrase), padded.view(), call.here.random));
    sealed.resize((sealed.size() + 2) / 3 * 3);
    call.answer.push_back(circle::to_base64url(sealed));
    return {};
}

Result<void> unseal(Call& call) {
    const std::string_view text = call.text();
    const std::string_view passphrase = call.text();
    Bytes sealed(text.size() / 4 * 3);
    if (text.size() % 4 != 0 || !circle::from_base64url(sealed, text) || sealed.size() < sealed_bytes)
        return fail(faults::secret_form);
    sealed.resize(sealed_bytes);
    const crypto::SecretBytes padded = TRY(crypto::password_open(as_bytes(passphrase), sealed));
    const std::string_view secret = as_text(padded.view());
    call.answer.emplace_back(secret.substr(0, secret.find('\0')));
    return {};
}

constexpr Command commands[] = {
    {"open-link", 1, open_link},
    {"open-words", 1, with_words<open_words>},
    {"return-by", 1, return_by},
    {"whose", 0, whose},
    {"knock", 1, on<&Client::knock>},
    {"knock-anew", 2, on<&Client::knock_anew>},
    {"reply", 2, on<&Client::reply>},
    {"say-warned", 2, on<&Client::say_warned>},
    {"react", 2, on<&Client::react>},
    {"hide", 2, on<&Client::hide>},
    {"hand", 1, on<&Client::raise_hand>},
    {"note", 1, on<&Client::note>},
    {"not-safe", 1, on<&Client::not_safe>},
    {"return-words", 0, with_words<on<&Client::return_words>>},
    {"words-seen", 0, on<&Client::words_seen>},
    {"seal", 2, seal},
    {"unseal", 2, unseal},
};

}  // namespace

Table group_commands() { return commands; }

Result<Client*> open_group(Call& call, client::TrustAnchor anchor) {
    Instance& here = call.here;
    if (here.staff) {
        const Hash ours = crypto::fingerprint(here.staff->certificate.body.root);
        if (ours != anchor.fingerprint.value_or(ours)) return fail(crypto::faults::other_organisation);
    }
    Client& client = here.open<Client>(call.channel, anchor);
    here.anchor = std::move(anchor);
    if (!here.book) return &client;
    if (here.book->book) TRY(client.bring_book(*here.book->book));
    here.channels.find(call.channel)->second.book.emplace(BookKeeping{here.book->passphrase.clone()});
    return &client;
}

}  // namespace veranda::wasm
