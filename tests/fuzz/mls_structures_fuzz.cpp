// Fuzzes every decoder of client-lib/mls: none crashes, and what one accepts has exactly that one encoding. The first
// byte of the input says which.
#include <cstdlib>

#include "tests/unit/mls/structures.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool ready = (veranda::crypto::initialise(), true);
    const auto structures = veranda::mls::tests::decoded_structures();
    if (!ready || size == 0 || data[0] >= structures.size()) return 0;
    const veranda::ByteView bytes(data + 1, size - 1);
    const auto again = structures[data[0]].encode_again(bytes);
    if (again && !veranda::same_bytes(*again, bytes)) {
        std::fprintf(stderr, "%s: encoded again, it is another\n", structures[data[0]].name);
        std::abort();
    }
    return 0;
}
