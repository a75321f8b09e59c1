// GroupInfoTBS.
#include "client-lib/mls/group_info.hpp"

namespace veranda::mls {
namespace {

Bytes to_be_signed(const GroupInfo& info) {
    tls::Writer writer;
    tls::write(writer, info.context);
    tls::write(writer, info.extensions);
    tls::write(writer, info.confirmation_tag);
    tls::write(writer, info.signer);
    return writer.take();
}

}  // namespace

void sign_group_info(GroupInfo& info, const crypto::SigningKey& key) {
    info.signature = sign_with_label(key, "GroupInfoTBS", to_be_signed(info));
}

bool group_info_signature_ok(const GroupInfo& info, ByteView key) {
    return verify_with_label(key, "GroupInfoTBS", to_be_signed(info), info.signature);
}

}  // namespace veranda::mls
