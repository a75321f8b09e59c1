// What has become of the invites that were made in this room, ours and those of other facilitators: told to a person
// as it changes, and made void by her, one or all. Functions over the client's state. Specification: docs/protocol.md,
// 7.1 and 8.1.
//
// Only invites of a room for a group are listed, and only to staff who commit there. The list is in memory: whoever
// comes back on another device begins it anew, with what the others tell her of.
#pragma once

#include "client-lib/client/client_state.hpp"

namespace veranda::client {

// A new one: its number on this client's screen.
std::uint64_t list_invite(Client::State& state, const circle::CardSecrets& secrets, bool own);
// Somebody was let in by this pass: it is used up.
void invite_used(Client::State& state, const PassKeys& pass, std::string_view name);
// Says what is another than was said last. Called each second.
void tell_invites(Client::State& state, Now now);
std::vector<InviteStandsEvent> invites_as_they_stand(const Client::State& state, Now now);

// Nobody knocks by them any more; whoever waits already goes on waiting, to be let in or refused. Errors: only_staff,
// not_now; no_such_invite, if that one is used up, void or was never made.
Result<void> revoke_invite(Client::State& state, std::uint64_t number, Now now);
Result<void> revoke_invites(Client::State& state, Now now);  // every one that nobody was let in by
// Another facilitator has made one void.
void take_pass_void(Client::State& state, ByteView body);

}  // namespace veranda::client
