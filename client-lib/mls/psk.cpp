// The chain of section 8.4.
#include "client-lib/mls/psk.hpp"

#include "crypto/sealed/hkdf.hpp"

namespace veranda::mls {

void PreSharedKeyID::write(tls::Writer& writer) const {
    tls::write(writer, type);
    if (type == PskType::external) {
        tls::write(writer, psk_id);
    } else {
        tls::write(writer, usage);
        tls::write(writer, psk_group_id);
        tls::write(writer, psk_epoch);
    }
    tls::write(writer, psk_nonce);
}

void PreSharedKeyID::read(tls::Reader& reader) {
    tls::read(reader, type);
    if (type == PskType::external) {
        tls::read(reader, psk_id);
    } else {
        tls::read(reader, usage);
        tls::read(reader, psk_group_id);
        tls::read(reader, psk_epoch);
    }
    tls::read(reader, psk_nonce);
}

Secret32 psk_secret(std::span<const Psk> psks) {
    Secret32 secret;
    const Secret32 zeros;
    for (std::size_t i = 0; i < psks.size(); ++i) {
        const Secret32 extracted = crypto::hkdf_extract(zeros.view(), psks[i].secret.view());
        tls::Writer label;  // PSKLabel
        tls::write(label, psks[i].id);
        label.number(i, 2);
        label.number(psks.size(), 2);
        const Secret32 input = expand_with_label<32>(extracted, "derived psk", label.bytes());
        secret = crypto::hkdf_extract(input.view(), secret.view());
    }
    return secret;
}

}  // namespace veranda::mls
