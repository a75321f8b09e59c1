// The formulas, from the smallest parts to whole operations.
#include "tests/bench/mls_least.hpp"

#include <algorithm>
#include <bit>

namespace veranda::bench {

Work operator+(const Work& a, const Work& b) {
    return {a.verify + b.verify,
            a.sign + b.sign,
            a.signing_key + b.signing_key,
            a.dh + b.dh,
            a.base + b.base,
            a.hmac + b.hmac,
            a.sha256_blocks + b.sha256_blocks,
            a.sha512_bytes + b.sha512_bytes,
            a.aead + b.aead,
            a.aead_bytes + b.aead_bytes};
}

Work operator*(double n, const Work& w) {
    return {n * w.verify, n * w.sign,          n * w.signing_key,  n * w.dh,   n * w.base,
            n * w.hmac,   n * w.sha256_blocks, n * w.sha512_bytes, n * w.aead, n * w.aead_bytes};
}

std::uint32_t Shape::depth() const { return static_cast<std::uint32_t>(std::countr_zero(std::bit_ceil(members))); }

namespace least {
namespace {

constexpr std::size_t key_bytes = 32;     // also of a hash, and of a secret
constexpr std::size_t vector_bytes = 33;  // one of them behind its length
constexpr std::size_t signature_bytes = 66;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t sender_data_bytes = 12;
constexpr double label_bytes = 24;  // "MLS 1.0 ...", with its length

double real(std::size_t value) { return static_cast<double>(value); }

// SHA-256 appends nine bytes at least.
double blocks(std::size_t bytes) { return real((bytes + 9 + 63) / 64); }

Work hash(std::size_t bytes) { return {.sha256_blocks = blocks(bytes)}; }

// Of a message that is longer than the rest of one block.
Work hmac(std::size_t bytes) { return {.hmac = 1, .sha256_blocks = blocks(bytes) - 1}; }

Work sign(std::size_t bytes) { return {.sign = 1, .sha512_bytes = 2 * (real(bytes) + label_bytes)}; }
Work verify(std::size_t bytes) { return {.verify = 1, .sha512_bytes = real(bytes) + label_bytes}; }
Work aead(std::size_t bytes) { return {.aead = 1, .aead_bytes = real(bytes)}; }

// HPKE (RFC 9180): of its five HMACs three are over a second block.
Work seal(std::size_t bytes) { return Work{.dh = 1, .base = 1, .hmac = 5, .sha256_blocks = 3} + aead(bytes); }
Work open(std::size_t bytes) { return Work{.dh = 1, .hmac = 5, .sha256_blocks = 3} + aead(bytes); }
Work info_hash(std::size_t bytes) { return hmac(7 + 10 + 9 + 24 + bytes); }

// A node's key pair from its path secret, and the path secret after it.
Work node_key() { return {.base = 1, .hmac = 4}; }

// TreeHashInput and ParentHashInput (7.8, 7.9).
Work leaf_hash(std::size_t leaf_bytes) { return hash(6 + leaf_bytes); }
Work blank_leaf_hash() { return hash(6); }
Work set_parent_hash(std::size_t unmerged = 0) {
    return hash(2 + 2 * vector_bytes + 1 + 4 * unmerged + 2 * vector_bytes);
}
Work set_root_hash(std::size_t unmerged = 0) { return hash(2 + vector_bytes + 2 + 4 * unmerged + 2 * vector_bytes); }
Work blank_parent_hash() { return hash(2 + 2 * vector_bytes); }
Work parent_hash() { return hash(3 * vector_bytes); }

// A leaf of a Commit has a parent hash in place of a lifetime.
std::size_t commit_leaf_bytes(const Shape& shape) { return shape.leaf_bytes + vector_bytes - 16; }

// From the init secret to the next epoch's secrets and confirmation tag, and the two transcript hashes (8, 8.2).
Work schedule(const Shape& shape, std::size_t message_bytes) {
    const Work joiner_and_epoch = 2 * hmac(shape.context_bytes + 20);
    const Work transcript = hash(key_bytes + message_bytes) + hash(key_bytes + vector_bytes);
    return Work{.hmac = 2 + 9 + 1} + joiner_and_epoch + transcript;
}

// A PrivateMessage: the key, nonce and next secret of its ratchet, the key and nonce of its sender data, two AEADs.
Work frame(std::size_t message_bytes) { return Work{.hmac = 5} + aead(message_bytes) + aead(sender_data_bytes); }

// The way down the secret tree to one leaf. Whoever then uses it up needs the secrets beside that way as well, and the
// other ratchet.
Work way_to_ratchet(const Shape& shape) { return {.hmac = real(shape.depth()) + 1}; }
Work way_erased(const Shape& shape) { return {.hmac = real(shape.depth()) + 1}; }

// Tree hashes and parent hashes after an UpdatePath of leaf 0.
Work path_hashes(const Shape& shape, std::uint32_t depth) {
    if (depth == 0) return leaf_hash(commit_leaf_bytes(shape) - key_bytes);
    return leaf_hash(commit_leaf_bytes(shape)) + (depth - 1) * set_parent_hash() + set_root_hash() +
           depth * parent_hash();
}

Work commit_with_path(const Shape& shape, std::size_t message_bytes, std::uint32_t depth, std::uint32_t seals) {
    return Work{.base = 1} + depth * node_key() + seals * seal(key_bytes) + info_hash(shape.context_bytes) +
           sign(commit_leaf_bytes(shape)) + sign(message_bytes + shape.context_bytes) + path_hashes(shape, depth) +
           schedule(shape, message_bytes) + way_to_ratchet(shape) + frame(message_bytes);
}

Work handle_path(const Shape& shape, std::size_t message_bytes, std::uint32_t depth, std::uint32_t shared) {
    return verify(message_bytes + shape.context_bytes) + verify(commit_leaf_bytes(shape)) +
           open(key_bytes + tag_bytes) + info_hash(shape.context_bytes) + shared * node_key() +
           path_hashes(shape, depth) + schedule(shape, message_bytes) + way_to_ratchet(shape) + way_erased(shape) +
           frame(message_bytes);
}

std::uint32_t all_copath(const Shape& shape) { return shape.populated ? shape.depth() : shape.members - 1; }

// The level of the copath node of leaf 0 that a leaf is below.
std::uint32_t level_beside_first(std::uint32_t leaf) { return static_cast<std::uint32_t>(std::bit_width(leaf)) - 1; }

// Removing may halve the tree; of our sizes only a pair does.
std::uint32_t depth_after_removal(const Shape& shape) { return shape.members == 2 ? 0 : shape.depth(); }

// What a removed leaf leaves blank below the copath of leaf 0, hashed anew.
Work removed_hashes(const Shape& shape, std::uint32_t removed) {
    if (shape.members == 2) return {};
    return blank_leaf_hash() + level_beside_first(removed) * blank_parent_hash();
}

// Hashes above the leaves before..after, which are new; nodes that the tree did not have before are hashed too.
Work hashes_of_adds(const Shape& before, std::uint32_t after) {
    Work work;
    const std::uint32_t width = std::bit_ceil(after);
    const std::uint32_t old_width = std::bit_ceil(before.members);
    work = work + (after - before.members) * leaf_hash(before.leaf_bytes);
    if (width > old_width) work = work + (width - after) * blank_leaf_hash();
    for (std::uint32_t size = 2; size <= width; size *= 2) {
        const std::uint32_t last = (after - 1) / size;
        const std::uint32_t end = width > old_width ? width / size : last + 1;
        for (std::uint32_t i = before.members / size; i < end; ++i) {
            const bool was_there = size <= old_width && i * size + size / 2 < before.members;
            const bool set = before.populated && was_there;
            const Work parent = size == old_width ? set_root_hash(after - before.members) : set_parent_hash(1);
            work = work + (set ? parent : blank_parent_hash());
        }
    }
    return work;
}

}  // namespace

Work new_identity() { return {.signing_key = 1}; }

Work key_package(const Shape& shape) {
    return Work{.base = 2} + sign(shape.leaf_bytes - signature_bytes) +
           sign(shape.leaf_bytes + 2 + 2 + vector_bytes + 1);
}

Work key_package_check(const Shape& shape) {
    return verify(shape.leaf_bytes - signature_bytes) + verify(shape.leaf_bytes + 2 + 2 + vector_bytes + 1);
}

Work update(const Shape& shape, std::size_t message_bytes) {
    return commit_with_path(shape, message_bytes, shape.depth(), all_copath(shape));
}

Work handle_update(const Shape& shape, std::size_t message_bytes, std::uint32_t shared) {
    return handle_path(shape, message_bytes, shape.depth(), shared);
}

std::uint32_t seals_after_removal(const Shape& shape, std::uint32_t removed) {
    if (!shape.populated) return shape.members - 2;
    std::uint32_t seals = shape.depth() - 1;
    for (std::uint32_t level = 0; level < level_beside_first(removed); ++level) {
        const std::uint32_t beside = ((removed >> level) ^ 1U) << level;
        if (beside < shape.members) ++seals;
    }
    return seals;
}

Work remove(const Shape& shape, std::size_t message_bytes, std::uint32_t removed) {
    return commit_with_path(shape, message_bytes, depth_after_removal(shape), seals_after_removal(shape, removed)) +
           removed_hashes(shape, removed);
}

Work handle_remove(const Shape& shape, std::size_t message_bytes, std::uint32_t removed, std::uint32_t shared) {
    return handle_path(shape, message_bytes, depth_after_removal(shape), shared) + removed_hashes(shape, removed);
}

Work add(const Shape& before, std::uint32_t adds, std::size_t message_bytes, std::size_t info_bytes) {
    Shape after = before;
    after.members += adds;
    const Work welcome = Work{.hmac = 4} + aead(info_bytes) + sign(info_bytes) + info_hash(info_bytes + tag_bytes);
    const Work each = seal(2 * vector_bytes) + hash(before.leaf_bytes + 160);
    return hashes_of_adds(before, after.members) + sign(message_bytes + before.context_bytes) +
           schedule(before, message_bytes) + way_to_ratchet(before) + frame(message_bytes) + welcome + adds * each;
}

Work handle_add(const Shape& before, std::uint32_t adds, std::size_t message_bytes) {
    return adds * key_package_check(before) + verify(message_bytes + before.context_bytes) +
           hashes_of_adds(before, before.members + adds) + schedule(before, message_bytes) + way_to_ratchet(before) +
           way_erased(before) + frame(message_bytes);
}

Work join(const Shape& shape, std::size_t info_bytes) {
    const std::uint32_t width = std::bit_ceil(shape.members);
    const std::uint32_t set = shape.populated ? shape.members - 1 : 0;
    const std::uint32_t renewed = shape.populated ? shape.members / 2 : 0;  // every second leaf has committed
    const Work leaves =
        (shape.members - renewed) * leaf_hash(shape.leaf_bytes) + renewed * leaf_hash(commit_leaf_bytes(shape));
    return open(2 * vector_bytes) + info_hash(info_bytes + tag_bytes) + hash(shape.leaf_bytes + 160) +
           aead(info_bytes) + verify(info_bytes) + shape.members * verify(shape.leaf_bytes) + leaves +
           (width - shape.members) * blank_leaf_hash() + set * (set_parent_hash() + 1.5 * parent_hash()) +
           (width - 1 - set) * blank_parent_hash() + Work{.hmac = 4 + 11} + hmac(shape.context_bytes + 20) +
           hash(key_bytes + vector_bytes);
}

Work encrypt(const Shape& shape, std::size_t content_bytes) {
    return sign(content_bytes + shape.context_bytes) + frame(content_bytes);
}

Work decrypt(const Shape& shape, std::size_t content_bytes) {
    return verify(content_bytes + shape.context_bytes) + frame(content_bytes);
}

Work first_of_epoch(const Shape& shape) { return way_to_ratchet(shape) + way_erased(shape); }

}  // namespace least
}  // namespace veranda::bench
