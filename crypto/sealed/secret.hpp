// The types that secrets live in: they wipe themselves when destroyed or moved from, are never copied unless clone()
// says so, cannot be printed, and compare in constant time.
//
// Warning: a view of a secret is only as safe as what is done with it; don't keep one, don't copy from one.
#pragma once

#include <initializer_list>
#include <memory>

#include "crypto/verify/random.hpp"
#include "protocol/bytes.hpp"

namespace veranda::crypto {

void wipe(MutableByteView bytes);
bool equal_secrets(ByteView a, ByteView b);  // constant time

// A secret of a length that is known when compiling: keys, seeds, epoch secrets.
template <std::size_t N>
class Secret {
public:
    Secret() = default;  // zeros, to be filled through writable()
    ~Secret() { wipe(bytes_); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            wipe(other.bytes_);
        }
        return *this;
    }

    // Caller must: bytes.size() == N. The original stays for its owner to wipe.
    static Secret copy_of(std::span<const std::uint8_t, N> bytes) {
        Secret secret;
        for (std::size_t i = 0; i < N; ++i) secret.bytes_[i] = bytes[i];
        return secret;
    }

    // A second secret of the same value, for where two owners need it.
    [[nodiscard]] Secret clone() const { return copy_of(bytes_); }

    static constexpr std::size_t size() { return N; }
    ByteView view() const { return bytes_; }
    MutableByteView writable() { return bytes_; }

    friend bool operator==(const Secret& a, const Secret& b) { return equal_secrets(a.bytes_, b.bytes_); }

private:
    ByteArray<N> bytes_{};
};

// A secret of any length. Its memory is of exactly that size: it never grows, so no copy is left behind by growing.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);  // zeros, to be filled through writable()
    ~SecretBytes();
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;

    static SecretBytes copy_of(ByteView bytes) { return joined({bytes}); }
    static SecretBytes joined(std::initializer_list<ByteView> parts);
    [[nodiscard]] SecretBytes clone() const { return copy_of(view()); }

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    ByteView view() const { return {bytes_.get(), size_}; }
    MutableByteView writable() { return {bytes_.get(), size_}; }

    friend bool operator==(const SecretBytes& a, const SecretBytes& b) { return equal_secrets(a.view(), b.view()); }

private:
    std::unique_ptr<std::uint8_t[]> bytes_;
    std::size_t size_ = 0;
};

// Printing a secret does not compile, into whatever stream.
template <class Stream, std::size_t N>
Stream& operator<<(Stream&, const Secret<N>&) = delete;
template <class Stream>
Stream& operator<<(Stream&, const SecretBytes&) = delete;

template <std::size_t N>
Secret<N> random_secret(RandomSource& random) {
    Secret<N> secret;
    random.fill(secret.writable());
    return secret;
}

}  // namespace veranda::crypto
