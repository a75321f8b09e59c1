// Runners for the primitives: labels, the key schedule, PSKs, the secret tree, transcript hashes, length prefixes.
#include "client-lib/mls/group_context.hpp"
#include "client-lib/mls/key_schedule.hpp"
#include "client-lib/mls/private_message.hpp"
#include "client-lib/mls/psk.hpp"
#include "client-lib/mls/transcript.hpp"
#include "crypto/verify/mac.hpp"
#include "tests/vectors/vectors.hpp"

namespace veranda::mls::vectors {
namespace {

void expect_tree_secret(const Json& one) {
    SecretBytes out(one["length"].get<std::size_t>());
    derive_tree_secret(out.writable(), secret_of(one["secret"]), one["label"].get<std::string>(),
                       one["generation"].get<std::uint32_t>());
    EXPECT_BYTES(out.view(), one["out"]);
}

void expect_signing(const Json& one) {
    const auto label = one["label"].get<std::string>();
    const Bytes content = bytes_of(one["content"]);
    const auto key = crypto::SigningKey::from_seed(secret_of(one["priv"]));
    EXPECT_BYTES(key.public_key(), one["pub"]);
    EXPECT_TRUE(verify_with_label(key.public_key(), label, content, bytes_of(one["signature"])));
    EXPECT_TRUE(verify_with_label(key.public_key(), label, content, sign_with_label(key, label, content)));
    EXPECT_FALSE(verify_with_label(key.public_key(), label + "x", content, bytes_of(one["signature"])));
}

void expect_encryption(const Json& one) {
    const auto own = crypto::KemKeyPair::from_private(secret_of(one["priv"]));
    EXPECT_BYTES(own.public_key, one["pub"]);
    const auto context = encrypt_context(one["label"].get<std::string>(), bytes_of(one["context"]));
    const HPKECiphertext sealed{bytes_of(one["kem_output"]), bytes_of(one["ciphertext"])};
    EXPECT_BYTES(must(decrypt_with(context, own, sealed)).view(), one["plaintext"]);
    crypto::SystemRandom random;
    const auto again = must(encrypt_with(context, own.public_key, bytes_of(one["plaintext"]), random));
    EXPECT_BYTES(must(decrypt_with(context, own, again)).view(), one["plaintext"]);
}

GroupContext context_of(const Json& group_id, std::uint64_t epoch, const Json& one) {
    GroupContext context;
    context.group_id = bytes_of(group_id);
    context.epoch = {epoch};
    context.tree_hash = bytes_of(one["tree_hash"]);
    context.confirmed_transcript_hash = bytes_of(one["confirmed_transcript_hash"]);
    return context;
}

}  // namespace

void crypto_basics(const Json& one) {
    const Json& ref = one["ref_hash"];
    EXPECT_BYTES(ref_hash(ref["label"].get<std::string>(), bytes_of(ref["value"])), ref["out"]);
    const Json& expand = one["expand_with_label"];
    SecretBytes out(expand["length"].get<std::size_t>());
    expand_with_label(out.writable(), bytes_of(expand["secret"]), expand["label"].get<std::string>(),
                      bytes_of(expand["context"]));
    EXPECT_BYTES(out.view(), expand["out"]);
    const Json& derive = one["derive_secret"];
    EXPECT_BYTES(derive_secret(secret_of(derive["secret"]), derive["label"].get<std::string>()).view(), derive["out"]);
    expect_tree_secret(one["derive_tree_secret"]);
    expect_signing(one["sign_with_label"]);
    expect_encryption(one["encrypt_with_label"]);
}

// A header says a length; the bytes after it are not there, so only the length itself can be read and written.
void deserialization(const Json& one) {
    const Bytes header = bytes_of(one["vlbytes_header"]);
    const auto length = one["length"].get<std::size_t>();
    tls::Writer writer;
    writer.length(length);
    EXPECT_EQ(to_hex(writer.bytes()), to_hex(header));
    if (length > (std::size_t{1} << 20)) {  // a gigabyte that is not there must be refused for that, not be asked for
        tls::Reader reader(header);
        reader.length();
        EXPECT_EQ(reader.finish().error().rule, &tls::faults::truncated);
        return;
    }
    Bytes whole = header;
    append(whole, Bytes(length));
    EXPECT_EQ(must(tls::decode<Bytes>(whole)).size(), length);
}

void key_schedule(const Json& one) {
    Secret32 init = secret_of(one["initial_init_secret"]);
    std::uint64_t number = 0;
    for (const Json& epoch : one["epochs"]) {
        SCOPED_TRACE("epoch " + std::to_string(number));
        const Bytes context = tls::encode(context_of(one["group_id"], number++, epoch));
        EXPECT_BYTES(context, epoch["group_context"]);
        const Secret32 joiner = joiner_secret(init, secret_of(epoch["commit_secret"]), context);
        EXPECT_BYTES(joiner.view(), epoch["joiner_secret"]);
        const Secret32 psk = secret_of(epoch["psk_secret"]);
        EXPECT_BYTES(welcome_secret(joiner, psk).view(), epoch["welcome_secret"]);
        EpochSecrets secrets = EpochSecrets::from_joiner(joiner, psk, context);
        EXPECT_BYTES(secrets.init.view(), epoch["init_secret"]);
        EXPECT_BYTES(secrets.sender_data.view(), epoch["sender_data_secret"]);
        EXPECT_BYTES(secrets.encryption.view(), epoch["encryption_secret"]);
        EXPECT_BYTES(secrets.exporter.view(), epoch["exporter_secret"]);
        EXPECT_BYTES(secrets.authenticator.view(), epoch["epoch_authenticator"]);
        EXPECT_BYTES(secrets.external.view(), epoch["external_secret"]);
        EXPECT_BYTES(secrets.confirmation.view(), epoch["confirmation_key"]);
        EXPECT_BYTES(secrets.membership.view(), epoch["membership_key"]);
        EXPECT_BYTES(secrets.resumption.view(), epoch["resumption_psk"]);
        EXPECT_BYTES(crypto::KemKeyPair::derive(secrets.external).public_key, epoch["external_pub"]);
        const Json& exported = epoch["exporter"];
        EXPECT_BYTES(secrets
                         .export_secret(exported["label"].get<std::string>(), bytes_of(exported["context"]),
                                        exported["length"].get<std::size_t>())
                         .view(),
                     exported["secret"]);
        init = std::move(secrets.init);
    }
}

void psk_secrets(const Json& one) {
    std::vector<Psk> psks;
    for (const Json& psk : one["psks"]) {
        PreSharedKeyID id;
        id.psk_id = bytes_of(psk["psk_id"]);
        id.psk_nonce = bytes_of(psk["psk_nonce"]);
        psks.push_back({std::move(id), SecretBytes::copy_of(bytes_of(psk["psk"]))});
    }
    EXPECT_BYTES(psk_secret(psks).view(), one["psk_secret"]);
}

void secret_tree(const Json& one) {
    const Json& sender = one["sender_data"];
    const MessageKey key = sender_data_key(secret_of(sender["sender_data_secret"]), bytes_of(sender["ciphertext"]));
    EXPECT_BYTES(key.key.view(), sender["key"]);
    EXPECT_BYTES(key.nonce.view(), sender["nonce"]);
    const auto leaves = static_cast<std::uint32_t>(one["leaves"].size());
    SecretTree tree(secret_of(one["encryption_secret"]), tree_math::width_for(leaves));
    for (std::uint32_t leaf = 0; leaf < leaves; ++leaf) {
        for (const Json& expected : one["leaves"][leaf]) {
            const auto generation = expected["generation"].get<std::uint32_t>();
            auto application = must(tree.find({leaf}, RatchetKind::application, generation));
            EXPECT_BYTES(application.key().key.view(), expected["application_key"]);
            EXPECT_BYTES(application.key().nonce.view(), expected["application_nonce"]);
            tree.consume(std::move(application));
            auto handshake = must(tree.find({leaf}, RatchetKind::handshake, generation));
            EXPECT_BYTES(handshake.key().key.view(), expected["handshake_key"]);
            EXPECT_BYTES(handshake.key().nonce.view(), expected["handshake_nonce"]);
            tree.consume(std::move(handshake));
        }
    }
}

void transcript_hashes(const Json& one) {
    const Bytes encoded = bytes_of(one["authenticated_content"]);
    const auto commit = must(tls::decode<AuthenticatedContent>(encoded));
    EXPECT_EQ(to_hex(tls::encode(commit)), to_hex(encoded));
    const Hash confirmed = confirmed_transcript_hash(bytes_of(one["interim_transcript_hash_before"]), commit);
    EXPECT_BYTES(confirmed, one["confirmed_transcript_hash_after"]);
    EXPECT_TRUE(crypto::mac_ok(bytes_of(one["confirmation_key"]), confirmed, commit.auth.confirmation_tag));
    EXPECT_BYTES(interim_transcript_hash(confirmed, commit.auth.confirmation_tag),
                 one["interim_transcript_hash_after"]);
}

}  // namespace veranda::mls::vectors
