// The least work of each operation of MLS, counted in primitives of cipher suite 3 (RFC 9420). What it is from the
// protocol alone: nothing here looks at how client-lib/mls goes about it. mls_bench puts prices on it, mls_count_test
// holds the calls that are really made against it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace veranda::bench {

// How often each primitive is needed. A signature, a check, an HMAC and an AEAD are counted for a short input; what a
// longer one costs on top is in blocks and bytes.
struct Work {
    double verify = 0;
    double sign = 0;
    double signing_key = 0;  // Ed25519, from a seed
    double dh = 0;           // X25519 with a peer's point
    double base = 0;         // X25519 with the base point
    double hmac = 0;         // key and message of one block each
    double sha256_blocks = 0;
    double sha512_bytes = 0;  // inside signatures: once to check, twice to sign
    double aead = 0;
    double aead_bytes = 0;

    friend Work operator+(const Work& a, const Work& b);
    friend Work operator*(double times, const Work& work);
};

// A group of n in a tree without gaps. Populated: every parent is set that has members on both sides, and nobody is
// unmerged. Fresh: all were added by one Commit, and no parent is set. Whoever commits is leaf 0.
struct Shape {
    std::uint32_t members = 0;
    bool populated = false;
    std::size_t leaf_bytes = 0;     // one leaf node of a key package, encoded
    std::size_t context_bytes = 0;  // the GroupContext, encoded

    std::uint32_t depth() const;  // of the tree that has room for them
};

namespace least {

Work new_identity();
Work key_package(const Shape& shape);  // of an identity that there is
Work key_package_check(const Shape& shape);

// `message_bytes`: the PrivateMessage that carries the Commit. `shared`: nodes above both the committer and us.
Work update(const Shape& shape, std::size_t message_bytes);
Work handle_update(const Shape& shape, std::size_t message_bytes, std::uint32_t shared);
Work remove(const Shape& shape, std::size_t message_bytes, std::uint32_t removed);
Work handle_remove(const Shape& shape, std::size_t message_bytes, std::uint32_t removed, std::uint32_t shared);

// Adds without a path. `info_bytes`: the GroupInfo, encoded. Key packages checked by key_package_check() beforehand.
Work add(const Shape& before, std::uint32_t adds, std::size_t message_bytes, std::size_t info_bytes);
Work handle_add(const Shape& before, std::uint32_t adds, std::size_t message_bytes);
Work join(const Shape& shape, std::size_t info_bytes);

Work encrypt(const Shape& shape, std::size_t content_bytes);
Work decrypt(const Shape& shape, std::size_t content_bytes);
Work first_of_epoch(const Shape& shape);  // on top of either

// How many a path of leaf 0 is sealed to, once `removed` is gone.
std::uint32_t seals_after_removal(const Shape& shape, std::uint32_t removed);

}  // namespace least
}  // namespace veranda::bench
