// Sealing and opening of a Welcome's two parts.
#include "client-lib/mls/welcome.hpp"

#include "client-lib/mls/limits.hpp"
#include "crypto/sealed/aead.hpp"

namespace veranda::mls {
namespace {

// A secret in a vector<V>, read straight into the type that wipes it.
std::optional<Secret32> read_secret(tls::Reader& reader) {
    const ByteView bytes = reader.vector();
    if (bytes.size() != hash_bytes) return std::nullopt;
    return Secret32::copy_of(bytes.first<hash_bytes>());
}

}  // namespace

Bytes SplitWelcome::whole(std::size_t i) const {
    Bytes message = heads[i];
    append(message, tail);
    return message;
}

SecretBytes GroupSecrets::encode() const {
    const ByteArray<1> length{hash_bytes};
    const ByteArray<1> present{static_cast<std::uint8_t>(path ? 1 : 0)};
    const Bytes psk_ids = tls::encode(psks);
    if (!path) return SecretBytes::joined({length, joiner.view(), present, psk_ids});
    return SecretBytes::joined({length, joiner.view(), present, length, path->view(), psk_ids});
}

Result<GroupSecrets> GroupSecrets::decode(ByteView bytes) {
    tls::Reader reader(bytes);
    GroupSecrets secrets;
    std::optional<Secret32> joiner_secret = read_secret(reader);
    if (!joiner_secret) return fail(rules::welcome_secrets);
    secrets.joiner = *std::move(joiner_secret);
    bool has_path = false;
    tls::read(reader, has_path);
    if (has_path) secrets.path = read_secret(reader);
    if (has_path && !secrets.path) return fail(rules::welcome_secrets);
    tls::read(reader, secrets.psks);
    if (!reader.finish()) return fail(rules::welcome_secrets);
    return secrets;
}

crypto::HpkeInfo welcome_context(ByteView encrypted_group_info) {
    return encrypt_context("Welcome", encrypted_group_info);
}

Result<Bytes> welcome_head(const KeyPackage& joiner, const GroupSecrets& secrets, const crypto::HpkeInfo& context,
                           crypto::RandomSource& random) {
    auto sealed = encrypt_with(context, joiner.init_key, secrets.encode().view(), random);
    if (!sealed) return fail(rules::init_key);
    const std::vector<EncryptedGroupSecrets> entries{{to_bytes(joiner.reference()), *std::move(sealed)}};
    tls::Writer head;
    tls::write(head, our_version);
    tls::write(head, Welcome::wire_format);
    tls::write(head, our_suite);
    tls::write(head, entries);
    return head.take();
}

Bytes welcome_tail(ByteView encrypted_group_info) {
    tls::Writer tail;
    tail.reserve(encrypted_group_info.size() + 4);
    tail.vector(encrypted_group_info);
    return tail.take();
}

Result<GroupSecrets> open_group_secrets(const Welcome& welcome, const OwnKeyPackage& own) {
    if (welcome.cipher_suite != our_suite) return fail(rules::cipher_suite);
    const Hash reference = own.public_part.reference();
    for (const EncryptedGroupSecrets& entry : welcome.secrets) {
        if (!same_bytes(entry.new_member, reference)) continue;
        const auto opened =
            decrypt_with(welcome_context(welcome.encrypted_group_info), own.init_key, entry.encrypted_group_secrets);
        if (!opened) return fail(rules::welcome_secrets);
        return GroupSecrets::decode(opened->view());
    }
    return fail(rules::welcome_not_for_us);
}

Bytes seal_group_info(ByteView encoded, const WelcomeKey& key) {
    return crypto::aead_seal(key.key, key.nonce, {}, encoded);
}

Result<GroupInfo> open_group_info(ByteView sealed, const WelcomeKey& key) {
    const auto opened = crypto::aead_open(key.key, key.nonce, {}, sealed);
    if (!opened) return fail(rules::group_info);
    return tls::decode<GroupInfo>(opened->view());
}

}  // namespace veranda::mls
