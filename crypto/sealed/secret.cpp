// The wiping itself, and the secret of variable length.
#include "crypto/sealed/secret.hpp"

#include <sodium/utils.h>

#include <algorithm>
#include <utility>

#include "crypto/verify/equal.hpp"

namespace veranda::crypto {

void wipe(MutableByteView bytes) {
    if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

bool equal_secrets(ByteView a, ByteView b) { return equal(a, b); }

SecretBytes::SecretBytes(std::size_t size) : bytes_(new std::uint8_t[size]()), size_(size) {}

SecretBytes::~SecretBytes() { wipe(writable()); }

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe(writable());
        bytes_ = std::move(other.bytes_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

SecretBytes SecretBytes::joined(std::initializer_list<ByteView> parts) {
    std::size_t size = 0;
    for (const ByteView part : parts) size += part.size();
    SecretBytes secret(size);
    auto to = secret.writable().begin();
    for (const ByteView part : parts) to = std::copy(part.begin(), part.end(), to);
    return secret;
}

}  // namespace veranda::crypto
