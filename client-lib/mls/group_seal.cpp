// Sealing of application messages (RFC 9420, 6.3).
#include "client-lib/mls/limits.hpp"
#include "client-lib/mls/transition.hpp"

namespace veranda::mls {

Result<Bytes> seal_application(GroupState& state, ByteView content, Bytes authenticated_data,
                               crypto::RandomSource& random) {
    if (content.size() > content_bytes_max) return fail(rules::content_too_long, content_bytes_max);
    SecretTree::Use use = TRY(state.secret_tree.next(state.own, RatchetKind::application));
    const Voice voice{
        {SenderType::member, state.own.value}, WireFormat::private_message, std::move(authenticated_data)};
    const AuthenticatedContent message = sign_as(voice, state, to_bytes(content));
    Bytes sealed = encode_message(seal_private_message(message, use, state.secrets.sender_data, random));
    state.secret_tree.consume(std::move(use));
    return sealed;
}

Result<Bytes> Group::seal(ByteView content, crypto::RandomSource& random) {
    return seal_application(*state_, content, {}, random);
}

}  // namespace veranda::mls
