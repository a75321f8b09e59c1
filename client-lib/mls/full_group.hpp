// One member's view of one MLS group, with everything of RFC 9420 that cipher suite 3 has: every kind of proposal, by
// value and by reference; PublicMessages and PrivateMessages; senders and joiners from outside; PSKs; successors.
//
// Veranda's rooms use Group (group.hpp), which accepts Adds and Removes by value in PrivateMessages and refuses the
// rest by name. The two share everything below the lists of proposals (transition.hpp, the tree, the key schedule).
// They are two types, and not one with a switch, so that what a room accepts is settled when compiling, and whoever
// uses Group alone links nothing of this.
//
// As with a Group: a value, move-only; a Commit makes the FullGroup of the next epoch beside this one; on any error it
// is as it was, byte for byte. What changes in place: a message key is erased as it is used; a standalone proposal is
// kept until its epoch ends.
//
// Not here: whether somebody was allowed to propose or commit something; whether a credential is good (of x509 ones
// none is); lifetimes of key packages; that group ids are unique among one's groups.
#pragma once

#include "client-lib/mls/external_senders.hpp"
#include "client-lib/mls/group.hpp"
#include "client-lib/mls/proposal_list.hpp"
#include "client-lib/mls/psk_store.hpp"

namespace veranda::mls {

struct FullState;
struct OwnFullCommit;
class FullGroup;

// A proposal sent alone, verified, kept until its epoch ends.
struct PendingProposal {
    Hash reference;  // ProposalRef (5.2)
    Sender sender;   // of type new_member_proposal it is from anyone: whether she may come in, the application says
    Proposal proposal;
};

// A Commit verified and applied to a copy, not yet accepted. Only FullGroup makes one.
class FullStagedCommit {
public:
    LeafIndex sender() const { return sender_; }
    bool is_external() const { return is_external_; }  // then the sender is new, and among added()
    bool has_path() const { return has_path_; }
    const std::vector<Member>& added() const { return changes_.added; }
    const std::vector<Member>& removed() const { return changes_.removed; }
    const ListEffects& effects() const { return effects_; }
    const std::vector<PreSharedKeyID>& psks() const { return psks_; }
    const Bytes& authenticated_data() const { return authenticated_data_; }
    bool removes_us() const { return next_ == nullptr; }  // then there is no FullGroup after it

    FullStagedCommit(FullStagedCommit&&) noexcept;
    FullStagedCommit& operator=(FullStagedCommit&&) noexcept;
    ~FullStagedCommit();

private:
    friend class FullGroup;
    FullStagedCommit() = default;

    LeafIndex sender_;
    bool is_external_ = false;
    bool has_path_ = false;
    Changes changes_;
    ListEffects effects_;
    std::vector<PreSharedKeyID> psks_;
    Bytes authenticated_data_;
    std::unique_ptr<FullState> next_;
};

using FullReceived = std::variant<Plaintext, PendingProposal, FullStagedCommit>;

enum class TreePlace { inside, beside };  // of the ratchet tree: in the GroupInfo, or for the caller to hand over

// What a Commit of ours holds, and how it is made.
struct CommitWith {
    std::vector<Hash> by_reference;  // of pending()
    std::vector<Proposal> by_value;  // after those, in the Commit's order
    PathPolicy path = PathPolicy::if_required;
    std::optional<crypto::SigningKey> new_signing_key;  // from the next epoch on; makes a path
    WireFormat wire_format = WireFormat::private_message;
    Bytes authenticated_data;
    TreePlace tree = TreePlace::inside;
    Extensions info_extensions;  // more for the Welcome's GroupInfo, GREASE for instance
};

// What a joiner may have from elsewhere. A group that is reinitialized or branched from another is joined with that one
// at hand (11.2, 11.3).
struct JoinWith {
    std::optional<ByteView> ratchet_tree;
    const PskStore* psks = nullptr;  // and the new group keeps a copy
    const FullGroup* parent = nullptr;
};

struct ExternalJoinWith {
    std::optional<ByteView> ratchet_tree;
    const PskStore* psks = nullptr;
    std::vector<PreSharedKeyID> psk_ids;  // to be named in the Commit
    std::optional<LeafIndex> resync;      // our old leaf, to be removed
    Bytes authenticated_data;
};

class FullGroup {
public:
    // A group of one, in epoch 0 (11). Errors: group_extensions, required_capabilities, those of check_key_package.
    static Result<FullGroup> create(ByteView group_id, Extensions extensions, OwnKeyPackage&& own,
                                    crypto::RandomSource& random);

    // Joins by MLSMessage(Welcome) (12.4.3.1). Errors: those of Group::join, psk_twice, psk_nonce, psk_usage and those
    // that begin with successor_.
    static Result<FullGroup> join(ByteView welcome_message, const OwnKeyPackage& own, const JoinWith& with);

    // Joins by MLSMessage(GroupInfo), which has external_pub in it, and an external Commit (12.4.3.2): a PublicMessage
    // that every member must accept before the group returned is real. Of the key package the leaf and signing key are
    // used. Errors: those of group_state.hpp's checks of a GroupInfo, external_pub, those of apply_external_list,
    // psk_unknown, duplicate_key, required_capabilities.
    static Result<OwnFullCommit> join_externally(ByteView group_info_message, const OwnKeyPackage& own,
                                                 const ExternalJoinWith& with, crypto::RandomSource& random);

    // As Group::seal(). Errors besides: proposals_pending, unless all of them are new members' own; reinit_done.
    Result<Bytes> seal(ByteView content, crypto::RandomSource& random, Bytes authenticated_data = {});

    // Opens an MLSMessage(PrivateMessage) or MLSMessage(PublicMessage) of this epoch (6). Limit: standalone proposals
    // are kept up to pending_proposals_max, and from outside pending_from_outside_max. One that comes twice is kept
    // once. Errors: those of Group::open but for the kinds it does not take; reinit_done, application_in_public,
    // membership_tag, sender_content, external_sender_unknown, external_proposal_kind, proposals_too_many,
    // proposal_unknown, those of check_proposal, apply_list and apply_external_list, psk_unknown, external_init.
    Result<FullReceived> open(ByteView message);

    // A proposal of ours, kept as pending too. Not an Update (propose_update) nor an ExternalInit. Returns the
    // MLSMessage. Errors: those of check_proposal, proposals_too_many, reinit_done, sender_content for an Update.
    Result<Bytes> propose(Proposal proposal, crypto::RandomSource& random,
                          WireFormat wire_format = WireFormat::private_message);

    // Our leaf with a new encryption key, whose private half waits here until another member commits it or the epoch
    // ends; with a new signing key too, if one is handed in. Errors: as propose().
    Result<Bytes> propose_update(crypto::RandomSource& random, WireFormat wire_format = WireFormat::private_message,
                                 std::optional<crypto::SigningKey> new_signing_key = std::nullopt);

    const std::vector<PendingProposal>& pending() const;
    std::vector<Hash> pending_references() const;  // in the order they came
    // Those that go together in a Commit of ours, where they cannot all (12.2): Removes rather than Updates, the most
    // recent Update, anything rather than a ReInit. One that the group cannot meet is still refused.
    std::vector<Hash> committable() const;
    bool discard(const Hash& reference);  // of one that the application refuses; false if it is not here

    // Our own Commit, and the FullGroup it leads to (12.4.1). Const, as Group::commit(). Errors: proposal_unknown,
    // reinit_done, those of check_proposal, apply_list and make_commit, psk_unknown, init_key, generations_used_up.
    Result<OwnFullCommit> commit(CommitWith with, crypto::RandomSource& random) const;

    // The FullGroup after another's Commit. Caller must: as Group::after().
    [[nodiscard]] FullGroup after(FullStagedCommit&& commit) const;

    // MLSMessage(GroupInfo) by which others may join externally (12.4.3.2).
    Bytes group_info(TreePlace tree = TreePlace::inside, Extensions more = {}) const;
    Bytes ratchet_tree() const;  // as the extension's data, to be handed over beside a GroupInfo or Welcome

    // After a Commit of a ReInit: the new group that it asks for, whose other members are given by their new key
    // packages (11.2). Any member may make it; all but one are in vain. Errors: successor_parameters without a ReInit;
    // version or cipher_suite, if it asks for what is not ours; successor_members; those of commit().
    Result<OwnFullCommit> reinitialize(OwnKeyPackage&& own, std::span<const KeyPackage> others,
                                       crypto::RandomSource& random) const;
    // A new group of some of our members (11.3). Errors: successor_members, those of create() and commit().
    Result<OwnFullCommit> branch(ByteView group_id, Extensions extensions, OwnKeyPackage&& own,
                                 std::span<const KeyPackage> others, crypto::RandomSource& random) const;

    // PSKs that may be named by proposals (8.4). Past epochs' are held already.
    void hold_psk(Bytes id, SecretBytes secret);
    void forget_psk(ByteView id);

    ByteView group_id() const;
    Epoch epoch() const;
    LeafIndex own_leaf() const;
    const Extensions& extensions() const;  // of the GroupContext
    std::vector<Member> roster() const;
    ByteView epoch_authenticator() const;
    const std::optional<ReInit>& reinit() const;  // set once such a Commit has ended this group
    Result<SecretBytes> export_secret(std::string_view label, ByteView context, std::size_t length) const;

    // The state inside, for tests alone: full_state.hpp is included nowhere else.
    const FullState& state() const { return *state_; }

    explicit FullGroup(std::unique_ptr<FullState> state);
    FullGroup(FullGroup&&) noexcept;
    FullGroup& operator=(FullGroup&&) noexcept;
    ~FullGroup();

private:
    Result<FullReceived> judge(AuthenticatedContent& message) const;
    Result<FullStagedCommit> stage(const AuthenticatedContent& message) const;

    std::unique_ptr<FullState> state_;
};

struct OwnFullCommit {
    Bytes message;         // MLSMessage(PrivateMessage) or MLSMessage(PublicMessage)
    SplitWelcome welcome;  // heads in the order of the Adds; empty without Adds
    std::vector<Member> added;
    std::vector<Member> removed;
    ListEffects effects;
    FullGroup next;
};

// What outsiders send (12.1.8), as MLSMessage(PublicMessage). An external sender is named by its place in the group's
// external_senders; a new member proposes herself. Caller must: the kind is one of 12.1.8.
Bytes propose_from_outside(ByteView group_id, Epoch epoch, std::uint32_t sender_index, const crypto::SigningKey& key,
                           Proposal proposal);
Bytes propose_oneself(ByteView group_id, Epoch epoch, const OwnKeyPackage& own);

// MLSMessage(KeyPackage), as people publish theirs: encode_message(), decode_message(), then check_key_package().
struct KeyPackageMessage {
    static constexpr WireFormat wire_format = WireFormat::key_package;

    KeyPackage key_package;
    VERANDA_FIELDS(key_package)
};

// A PreSharedKeyID with a fresh nonce, for a proposal.
PreSharedKeyID external_psk(Bytes id, crypto::RandomSource& random);
PreSharedKeyID resumption_psk(ByteView group_id, Epoch epoch, crypto::RandomSource& random);

}  // namespace veranda::mls
