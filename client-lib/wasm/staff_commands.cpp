// What only staff can ask for: their keys and group book, which belong to no channel, and a facilitator's commands.
#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/trust/sealed_keys.hpp"
#include "client-lib/wasm/commands.hpp"
#include "crypto/verify/staff_check.hpp"
#include "protocol/armour.hpp"
#include "protocol/hex.hpp"

namespace veranda::wasm {
namespace {

using client::Client;

Result<client::StaffKeys> own_keys(const Instance& here) {
    if (!here.staff) return fail(faults::not_signed_in);
    return here.staff->clone();
}

// A phone's clock may be wrong by a day; by whether a certificate is still good others judge too.
constexpr std::uint64_t clock_wrong_seconds = 24 * 3600;

template <class T>
Result<T> read_file(std::string_view title, std::string_view text) {
    const Bytes bytes = TRY(unarmour(title, with_armour_line_ends(std::string(text))));
    return tls::decode<T>(bytes);
}

// What is kept of it is in its file: the keys are not signed in by this.
Result<void> make_keys(Call& call) {
    const std::string_view name = call.text();
    const ByteView passphrase = as_bytes(call.text());
    if (name.empty() || name.size() > limits::pseudonym_bytes_max || !circle::is_safe_text(name))
        return fail(circle::faults::pseudonym_form);
    if (passphrase.empty()) return fail(faults::command_form);
    const circle::NewStaff made = TRY(circle::make_staff(name, passphrase, call.here.random));
    call.answer = {armour(armour_titles::staff_request, tls::encode(made.request)),
                   armour(armour_titles::sealed_keys, tls::encode(made.keys)), to_hex(made.request.body.key)};
    return {};
}

Result<void> sign_in(Call& call) {
    auto certificate = TRY(read_file<Signed<Certificate>>(armour_titles::staff_certificate, call.text()));
    const auto keys = TRY(read_file<circle::SealedKeys>(armour_titles::sealed_keys, call.text()));
    const std::uint64_t today = call.now.wall.value / 1'000;
    TRY(circle::check_own_certificate(certificate, {today - std::min(today, clock_wrong_seconds)}));
    circle::StaffSecrets secrets = TRY(circle::open_staff(keys, as_bytes(call.text())));
    TRY(circle::check_own_keys(certificate, secrets));
    const Certificate& body = certificate.body;
    call.answer = {circle::safe_text(body.name), std::string(name(body.role)), std::to_string(body.not_after.value)};
    call.here.staff.emplace(
        client::StaffKeys{std::move(certificate), std::move(secrets.key), std::move(secrets.sealing)});
    return {};
}

Result<void> desk_key(Call& call) {
    const auto keys = TRY(read_file<circle::SealedKeys>(armour_titles::sealed_keys, call.text()));
    call.here.desk_key.emplace(TRY(circle::open_desk_key(keys, as_bytes(call.text()))));
    return {};
}

Result<void> open_book(Call& call) {
    if (!call.here.staff) return fail(faults::not_signed_in);
    const std::string_view file = call.text();
    const ByteView passphrase = as_bytes(call.text());
    if (passphrase.empty()) return fail(faults::command_form);
    std::optional<circle::GroupBook> book;
    if (!file.empty()) {
        const Bytes bytes = TRY(unarmour(armour_titles::group_book, with_armour_line_ends(std::string(file))));
        book = TRY(circle::open_book(bytes, passphrase, call.here.staff->certificate.body.root));
    }
    call.here.book.emplace(OpenedBook{std::move(book), crypto::SecretBytes::copy_of(passphrase)});
    return {};
}

Result<void> sign_out(Call& call) {
    call.here.sign_out();
    return {};
}

// Argument by argument, as Plan in web-client/src/core/commands.ts has them.
Result<void> host(Call& call) {
    client::StaffKeys keys = TRY(own_keys(call.here));
    client::GroupPlan plan;
    plan.name = call.text();
    plan.rules = call.text();
    plan.language = call.text();
    plan.seconds = number_of(call) * 60;
    plan.members_max = static_cast<std::uint16_t>(number_of(call));
    plan.newcomers = named<Level>(call);
    plan.slow_mode_seconds = static_cast<std::uint16_t>(number_of(call));
    if (call.malformed) return fail(faults::command_form);
    Client& client = *TRY(open_group(call, {crypto::fingerprint(keys.certificate.body.root), std::nullopt}));
    const auto hosted = client.host(std::move(keys), std::move(plan), call.now);
    if (hosted) call.here.book.reset();
    return hosted;
}

Result<void> knock_as_staff(Call& call) {
    client::StaffKeys keys = TRY(own_keys(call.here));
    const auto channel = call.here.channels.find(call.channel);
    auto* client = channel == call.here.channels.end() ? nullptr : std::get_if<Client>(&channel->second.core);
    if (client == nullptr) return fail(faults::not_started);
    return client->knock_as_staff(std::move(keys), call.now);
}

constexpr Command commands[] = {
    {"make-keys", 2, make_keys},
    {"sign-in", 3, sign_in},
    {"desk-key", 2, desk_key},
    {"open-book", 2, open_book},
    {"sign-out", 0, sign_out},
    {"host", 7, with_words<host>},
    {"knock-as-staff", 0, with_words<knock_as_staff>},
    {"invite", 1, with_words<on<&Client::invite>>},
    {"revoke-invite", 1, on<&Client::revoke_invite>},
    {"revoke-invites", 0, on<&Client::revoke_invites>},
    {"admit", 2, on<&Client::admit>},
    {"refuse", 2, on<&Client::refuse>},
    {"agreed-word", 1, on<&Client::agreed_word>},
    {"wrong-word", 1, on<&Client::wrong_word>},
    {"talk", 2, on<&Client::talk>},
    {"seen", 1, on<&Client::seen>},
    {"lock", 2, on<&Client::lock>},
    {"remove", 1, on<&Client::remove>},
    {"set-level", 3, on<&Client::set_level>},
    {"lift", 1, on<&Client::lift>},
    {"slow-mode", 1, on<&Client::slow_mode>},
    {"pin", 1, on<&Client::pin>},
    {"release", 1, on<&Client::release>},
    {"decline", 1, on<&Client::decline>},
    {"undo", 0, on<&Client::undo>},
    {"make-anew", 0, on<&Client::make_anew>},
    {"end", 1, on<static_cast<Result<void> (Client::*)(std::string_view, client::Now)>(&Client::end)>},
};

}  // namespace

Table staff_commands() { return commands; }

}  // namespace veranda::wasm
