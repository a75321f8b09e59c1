// Sealing of application messages (RFC 9420, 6.3).
#include "client-lib/mls/group_state.hpp"
#include "client-lib/mls/limits.hpp"

namespace veranda::mls {

Result<Bytes> Group::seal(ByteView content, crypto::RandomSource& random) {
    GroupState& state = *state_;
    if (content.size() > content_bytes_max) return fail(rules::content_too_long, content_bytes_max);
    SecretTree::Use use = TRY(state.secret_tree.next(state.own, RatchetKind::application));
    AuthenticatedContent message;
    message.content = {
        state.context.group_id, state.context.epoch, {SenderType::member, state.own.value}, {}, to_bytes(content)};
    sign_content(message, state.signing_key, state.encoded_context);
    Bytes sealed = encode_message(seal_private_message(message, use, state.secrets.sender_data, random));
    state.secret_tree.consume(std::move(use));
    return sealed;
}

}  // namespace veranda::mls
