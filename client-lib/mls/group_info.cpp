// GroupInfoTBS.
#include "client-lib/mls/group_info.hpp"

namespace veranda::mls {
namespace {

constexpr std::string_view signed_label = "GroupInfoTBS";
constexpr std::size_t more_bytes = 512;  // than the extensions, mostly; beyond it, the tree is copied once more

tls::Writer to_be_signed(const GroupInfo& info) {
    tls::Writer writer;
    std::size_t bytes = more_bytes;
    for (const Extension& extension : info.extensions) bytes += extension.data.size();
    writer.reserve(bytes);
    tls::write(writer, info.context);
    tls::write(writer, info.extensions);
    tls::write(writer, info.confirmation_tag);
    tls::write(writer, info.signer);
    return writer;
}

}  // namespace

Bytes sign_group_info(GroupInfo& info, const crypto::SigningKey& key) {
    tls::Writer writer = to_be_signed(info);
    info.signature = sign_with_label(key, signed_label, writer.bytes());
    tls::write(writer, info.signature);
    return writer.take();
}

bool group_info_signature_ok(const GroupInfo& info, ByteView key) {
    return verify_with_label(key, signed_label, to_be_signed(info).bytes(), info.signature);
}

}  // namespace veranda::mls
