// RFC 5869, 2.2 and 2.3.
#include "crypto/sealed/hkdf.hpp"

#include <algorithm>

#include "crypto/verify/mac.hpp"
#include "protocol/result.hpp"

namespace veranda::crypto {

Secret<32> hkdf_extract(ByteView salt, std::initializer_list<ByteView> key_material_parts) {
    Secret<32> key;
    mac_into(key.writable(), salt, key_material_parts);
    return key;
}

void hkdf_expand(MutableByteView out, ByteView key, ByteView info) {
    VERANDA_ASSERT(out.size() <= hkdf_output_bytes_max);
    Secret<32> block;
    ByteView previous;
    for (std::uint8_t counter = 1; !out.empty(); ++counter) {
        mac_into(block.writable(), key, {previous, info, ByteView(&counter, 1)});
        const std::size_t taken = std::min(out.size(), block.size());
        std::copy_n(block.view().begin(), taken, out.begin());
        out = out.subspan(taken);
        previous = block.view();
    }
}

}  // namespace veranda::crypto
