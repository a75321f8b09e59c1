// The derivations of section 8, in the order of its figure.
#include "client-lib/mls/key_schedule.hpp"

#include "crypto/sealed/hkdf.hpp"
#include "crypto/verify/hash.hpp"
#include "crypto/verify/mac.hpp"

namespace veranda::mls {
namespace {

Secret32 member_secret(const Secret32& joiner, const Secret32& psk) {
    return crypto::hkdf_extract(joiner.view(), psk.view());
}

}  // namespace

Secret32 joiner_secret(const Secret32& init, const Secret32& commit, ByteView group_context) {
    return expand_with_label<32>(crypto::hkdf_extract(init.view(), commit.view()), "joiner", group_context);
}

EpochSecrets EpochSecrets::from_joiner(const Secret32& joiner, const Secret32& psk, ByteView group_context) {
    return from(expand_with_label<32>(member_secret(joiner, psk), "epoch", group_context));
}

EpochSecrets EpochSecrets::from(const Secret32& epoch_secret) {
    return {
        .sender_data = derive_secret(epoch_secret, "sender data"),
        .encryption = derive_secret(epoch_secret, "encryption"),
        .exporter = derive_secret(epoch_secret, "exporter"),
        .external = derive_secret(epoch_secret, "external"),
        .confirmation = derive_secret(epoch_secret, "confirm"),
        .membership = derive_secret(epoch_secret, "membership"),
        .resumption = derive_secret(epoch_secret, "resumption"),
        .authenticator = derive_secret(epoch_secret, "authentication"),
        .init = derive_secret(epoch_secret, "init"),
    };
}

Hash EpochSecrets::confirmation_tag(ByteView confirmed_transcript_hash) const {
    return crypto::mac(confirmation.view(), confirmed_transcript_hash);
}

SecretBytes EpochSecrets::export_secret(std::string_view label, ByteView context, std::size_t length) const {
    const Secret32 of_label = derive_secret(exporter, label);
    SecretBytes out(length);
    expand_with_label(out.writable(), of_label.view(), "exported", crypto::sha256(context));
    return out;
}

Secret32 welcome_secret(const Secret32& joiner, const Secret32& psk) {
    return derive_secret(member_secret(joiner, psk), "welcome");
}

WelcomeKey WelcomeKey::from_joiner(const Secret32& joiner, const Secret32& psk) {
    const Secret32 welcome = welcome_secret(joiner, psk);
    return {expand_with_label<32>(welcome, "key", {}), expand_with_label<12>(welcome, "nonce", {})};
}

}  // namespace veranda::mls
