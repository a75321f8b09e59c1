// The encodings behind the labels: KDFLabel, SignContent, EncryptContext, RefHashInput.
#include "client-lib/mls/labels.hpp"

#include "crypto/sealed/hkdf.hpp"
#include "crypto/verify/hash.hpp"
#include "crypto/verify/signature_check.hpp"

namespace veranda::mls {
namespace {

constexpr std::string_view prefix = "MLS 1.0 ";
constexpr std::size_t lengths_bytes = 5;  // of a label and of a content, at most

void write_label(tls::Writer& writer, std::string_view label) {
    writer.length(prefix.size() + label.size());
    writer.raw(as_bytes(prefix));
    writer.raw(as_bytes(label));
}

Bytes labelled(std::string_view label, ByteView content) {
    tls::Writer writer;
    writer.reserve(prefix.size() + label.size() + content.size() + lengths_bytes);
    write_label(writer, label);
    writer.vector(content);
    return writer.take();
}

}  // namespace

Hash ref_hash(std::string_view label, ByteView value) {
    tls::Writer writer;
    writer.vector(as_bytes(label));
    writer.length(value.size());
    return crypto::Sha256().add(writer.bytes()).add(value).finish();
}

void expand_with_label(MutableByteView out, ByteView secret, std::string_view label, ByteView context) {
    tls::Writer kdf_label;
    kdf_label.number(out.size(), 2);
    write_label(kdf_label, label);
    kdf_label.vector(context);
    crypto::hkdf_expand(out, secret, kdf_label.bytes());
}

Secret32 derive_secret(const Secret32& secret, std::string_view label) {
    return expand_with_label<32>(secret, label, {});
}

void derive_tree_secret(MutableByteView out, const Secret32& secret, std::string_view label, std::uint32_t generation) {
    expand_with_label(out, secret.view(), label, tls::encode(generation));
}

Bytes sign_with_label(const crypto::SigningKey& key, std::string_view label, ByteView content) {
    return to_bytes(key.sign(labelled(label, content)));
}

bool verify_with_label(ByteView key, std::string_view label, ByteView content, ByteView signature) {
    return crypto::signature_ok(key, labelled(label, content), signature);
}

crypto::HpkeInfo encrypt_context(std::string_view label, ByteView context) {
    return crypto::HpkeInfo(labelled(label, context));
}

Result<HPKECiphertext> encrypt_with(const crypto::HpkeInfo& context, ByteView public_key, ByteView plaintext,
                                    crypto::RandomSource& random) {
    crypto::HpkeSealed sealed = TRY(crypto::hpke_seal(public_key, context, {}, plaintext, random));
    return HPKECiphertext{to_bytes(sealed.encapsulation), std::move(sealed.ciphertext)};
}

Result<SecretBytes> decrypt_with(const crypto::HpkeInfo& context, const crypto::KemKeyPair& own,
                                 const HPKECiphertext& sealed) {
    return crypto::hpke_open(own, sealed.kem_output, context, {}, sealed.ciphertext);
}

}  // namespace veranda::mls
