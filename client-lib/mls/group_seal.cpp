// Sealing of application messages (RFC 9420, 6.3).
#include "client-lib/mls/group_state.hpp"
#include "client-lib/mls/limits.hpp"

namespace veranda::mls {

Result<Bytes> Group::seal(ByteView content, crypto::RandomSource& random) {
    GroupState& state = *state_;
    if (content.size() > content_bytes_max) return fail(rules::content_too_long, content_bytes_max);
    SecretTree::Use use = TRY(state.secret_tree.next(state.own, RatchetKind::application));
    const AuthenticatedContent message = sign_as_member(state, to_bytes(content));
    Bytes sealed = encode_message(seal_private_message(message, use, state.secrets.sender_data, random));
    state.secret_tree.consume(std::move(use));
    return sealed;
}

}  // namespace veranda::mls
