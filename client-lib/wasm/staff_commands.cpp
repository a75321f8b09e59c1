// What only staff can ask for.
#include "client-lib/wasm/commands.hpp"

#include "crypto/verify/staff_check.hpp"

namespace veranda::wasm {
namespace {

using client::Client;

Result<client::StaffKeys> own_keys(const Instance& here) {
    if (!here.staff) return fail(faults::not_signed_in);
    return here.staff->clone();
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
    call.here.anchor = client::TrustAnchor{crypto::fingerprint(keys.certificate.body.root), std::nullopt};
    return call.here.open<Client>(call.channel, *call.here.anchor).host(std::move(keys), std::move(plan), call.now);
}

Result<void> knock_as_staff(Call& call) {
    client::StaffKeys keys = TRY(own_keys(call.here));
    const auto channel = call.here.channels.find(call.channel);
    auto* client = channel == call.here.channels.end() ? nullptr : std::get_if<Client>(&channel->second.core);
    if (client == nullptr) return fail(faults::not_started);
    return client->knock_as_staff(std::move(keys), call.now);
}

constexpr Command commands[] = {
    {"host", 7, host},
    {"knock-as-staff", 0, knock_as_staff},
    {"invite", 1, on<&Client::invite>},
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
