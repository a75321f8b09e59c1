// The way down to a leaf's ratchet is hashed when its first message is looked at, and used when that proved genuine.
// Meanwhile other leaves may have taken the upper part of that way.
#include "client-lib/mls/secret_tree.hpp"

#include <gtest/gtest.h>

namespace veranda::mls {
namespace {

constexpr std::uint32_t width = 8;

SecretTree tree() {
    const ByteArray<32> root{1, 2, 3};
    return SecretTree(Secret32::copy_of(root), width);
}

Bytes key_of(const SecretTree& tree, LeafIndex leaf, RatchetKind kind, std::uint32_t generation) {
    const auto use = tree.find(leaf, kind, generation);
    return use ? to_bytes(use->key().key.view()) : Bytes{};
}

TEST(SecretTree, GivesTheSameKeysInWhateverOrderLeavesAreHeardOf) {
    for (std::uint32_t first = 0; first < width; ++first) {
        for (std::uint32_t second = 0; second < width; ++second) {
            SecretTree used = tree();
            auto early = used.find({first}, RatchetKind::application, 0);
            auto late = used.find({second}, RatchetKind::handshake, 0);
            ASSERT_TRUE(early && late);
            used.consume(*std::move(late));
            if (first != second) used.consume(*std::move(early));
            for (std::uint32_t leaf = 0; leaf < width; ++leaf) {
                EXPECT_EQ(key_of(used, {leaf}, RatchetKind::application, 1),
                          key_of(tree(), {leaf}, RatchetKind::application, 1));
                EXPECT_EQ(key_of(used, {leaf}, RatchetKind::handshake, 1),
                          key_of(tree(), {leaf}, RatchetKind::handshake, 1));
            }
            EXPECT_EQ(key_of(used, {second}, RatchetKind::handshake, 0), Bytes{});
        }
    }
}

}  // namespace
}  // namespace veranda::mls
