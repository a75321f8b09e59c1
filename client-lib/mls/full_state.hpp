// What a FullGroup holds, and what its files share. Included by the full_*.cpp files, and by tests.
#pragma once

#include "client-lib/mls/full_group.hpp"
#include "client-lib/mls/public_message.hpp"
#include "client-lib/mls/transition.hpp"

namespace veranda::mls {

// The private half of an Update of ours. Wiped with its epoch, unless a Commit takes it over.
struct OwnUpdate {
    crypto::KemKeyPair leaf_key;
    std::optional<crypto::SigningKey> signing_key;
};

struct FullState {
    std::unique_ptr<GroupState> epoch;
    PskStore psks;
    std::optional<ReInit> reinit;  // of the Commit that began this epoch, which is then the last
    std::vector<PendingProposal> pending;
    std::vector<OwnUpdate> own_updates;
};

// The state in which an epoch begins: its resumption secret remembered, nothing pending.
std::unique_ptr<FullState> begin_full(std::unique_ptr<GroupState> epoch, PskStore psks, std::optional<ReInit> reinit);

// Errors: reinit_done.
Result<void> check_alive(const FullState& state);

// A proposal alone, once its signature is checked; keep_pending() keeps it, if it is not kept already. Errors: those of
// check_proposal; proposals_too_many.
Result<PendingProposal> check_standalone(const FullState& state, const AuthenticatedContent& message);
void keep_pending(FullState& state, PendingProposal pending);

// The proposals that a Commit means. Errors: proposal_unknown.
Result<std::vector<ListedProposal>> resolve(const FullState& state, const std::vector<ProposalOrRef>& entries,
                                            const Sender& committer);

// Verifies either framing (6). Nothing is consumed yet: a PrivateMessage brings the key that it used.
struct OpenedEither {
    AuthenticatedContent message;
    std::optional<SecretTree::Use> use;
};
Result<OpenedEither> open_either(const GroupState& state, ByteView message);

// Frames what we signed, as its wire format says. Errors: generations_used_up.
struct Framed {
    Bytes bytes;
    std::optional<SecretTree::Use> use;  // to be consumed, if it is sent before the epoch ends
};
Result<Framed> frame(const GroupState& state, const AuthenticatedContent& message, crypto::RandomSource& random);

// A Commit of ours, or a successor's first. `parent` has PSKs besides our own; null if there is none.
Result<OwnFullCommit> commit_full(const FullState& state, CommitWith&& with, PskUsages usages, const PskStore* parent,
                                  crypto::RandomSource& random);

// A GroupInfo of an epoch, signed (12.4.3).
GroupInfo make_group_info(const GroupState& epoch, Extensions extensions);

// The key pair of an epoch that outsiders seal to (8.3), and the init secret that an ExternalInit agrees on.
crypto::KemKeyPair external_key(const EpochSecrets& secrets);
Result<Secret32> open_external_init(const EpochSecrets& secrets, ByteView kem_output);  // Errors: external_init

}  // namespace veranda::mls
