// One member's view of one MLS group in one epoch (RFC 9420).
//
// A Group is a value, move-only because it holds secrets. A Commit, ours or another's, makes the Group of the next
// epoch beside this one; the caller keeps both until the room's log says which is real. Only the secret tree changes in
// place: a message key is erased as it is used (section 9.2). Nothing here is ever stored: who loses it knocks again.
//
// Not here: who may do what (circle/trust/roles.hpp), which Commit came first (the log), time, sockets.
// On any error the Group is as it was, byte for byte.
#pragma once

#include "client-lib/mls/proposal_rules.hpp"
#include "client-lib/mls/welcome.hpp"

namespace veranda::mls {

struct GroupState;
struct OwnCommit;

// A member's message, decrypted and verified. Whoever seals puts nothing into authenticated_data: the server can read
// it.
struct Plaintext {
    LeafIndex sender;
    Bytes content;
    Bytes authenticated_data;
};

// A Commit decrypted, verified and applied to a copy, not yet accepted (12.4.2). Only Group makes one: to hold it is
// proof that the Commit is valid. Whether this committer was allowed to make it is for circle/ to say.
class StagedCommit {
public:
    LeafIndex sender() const { return sender_; }
    const std::vector<Member>& added() const { return changes_.added; }
    const std::vector<Member>& removed() const { return changes_.removed; }
    bool has_path() const { return has_path_; }
    bool removes_us() const { return next_ == nullptr; }  // then there is no Group after it

    StagedCommit(StagedCommit&&) noexcept;
    StagedCommit& operator=(StagedCommit&&) noexcept;
    ~StagedCommit();

private:
    friend class Group;
    StagedCommit(LeafIndex sender, Changes&& changes, bool has_path, std::unique_ptr<GroupState> next);

    LeafIndex sender_;
    Changes changes_;
    bool has_path_ = false;
    std::unique_ptr<GroupState> next_;
};

using Received = std::variant<Plaintext, StagedCommit>;

enum class PathPolicy { if_required, always };  // 12.4: a Commit of Adds alone need not carry a path

class Group {
public:
    // A group of one, in epoch 0 (11). Its member is the key package's.
    static Group create(ByteView group_id, OwnKeyPackage&& own, crypto::RandomSource& random);

    // Joins by MLSMessage(Welcome) with the tree inside (12.4.3.1). The caller then checks that welcome_signer() is
    // staff of that room, and that the group id is the room's. Cost: a signature check a member. Errors: every rule of
    // rules.hpp under Structures, Trees and Welcome.
    static Result<Group> join(ByteView welcome_message, const OwnKeyPackage& own);

    // Seals content, already padded, as MLSMessage(PrivateMessage) (6.3). Limit: content_bytes_max, 16 KiB.
    // Errors: content_too_long; generations_used_up, after 2^32 messages in one epoch.
    Result<Bytes> seal(ByteView content, crypto::RandomSource& random);

    // Opens an MLSMessage(PrivateMessage) of this epoch (6.3.2). Limit: keys are held for skipped_generations_max, 256,
    // missing messages of one sender. Errors: other_epoch, generation_gone, decryption, message_signature, and for a
    // Commit every rule of 12.2 and 12.4.2: rules.hpp lists them, with a test for each.
    Result<Received> open(ByteView message);

    // Our own Commit, and the Group it leads to (12.4.1). Const, so that losing the race to the log costs nothing; made
    // twice in one epoch, both are sealed with one key, and only their reuse guards (32 random bits) tell them apart.
    // Caller must: adds come from decode_and_check_key_package. Errors: those of apply_proposals, duplicate_key,
    // path_keys, init_key, generations_used_up.
    Result<OwnCommit> commit(std::span<const KeyPackage> adds, std::span<const LeafIndex> removes,
                             crypto::RandomSource& random, PathPolicy path = PathPolicy::if_required) const;

    // The Group after another member's Commit. Cannot fail: open() did everything that can.
    // Caller must: the Commit was opened by this Group and does not remove us.
    [[nodiscard]] Group after(StagedCommit&& commit) const;

    ByteView group_id() const;
    Epoch epoch() const;
    LeafIndex own_leaf() const;
    LeafIndex welcome_signer() const;      // who let us in; ourselves, if we created the group
    std::vector<Member> roster() const;    // non-blank leaves, by ascending leaf index
    ByteView epoch_authenticator() const;  // 8.7: equal for all members of an epoch; a secret to others

    // MLS-Exporter (8.5). Errors: export_too_long.
    Result<SecretBytes> export_secret(std::string_view label, ByteView context, std::size_t length) const;

    // The state inside, for tests alone: group_state.hpp is included nowhere else.
    const GroupState& state() const { return *state_; }

    explicit Group(std::unique_ptr<GroupState> state);
    Group(Group&&) noexcept;
    Group& operator=(Group&&) noexcept;
    ~Group();

private:
    std::unique_ptr<GroupState> state_;
};

struct OwnCommit {
    Bytes message;              // MLSMessage(PrivateMessage)
    SplitWelcome welcome;       // heads in the order of the Adds; empty without Adds
    std::vector<Member> added;  // in the order of the Adds
    Group next;
};

}  // namespace veranda::mls
