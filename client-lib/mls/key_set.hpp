// Public keys to be held against many others: whether they are distinct, and whether a given one is among them.
#pragma once

#include <algorithm>
#include <bitset>

#include "protocol/bytes.hpp"

namespace veranda::mls {

// Views only; the keys stay where they are. Cost: a sort; the first byte answers most look-ups.
class KeySet {
public:
    explicit KeySet(std::vector<ByteView> keys) : keys_(std::move(keys)) {
        std::sort(keys_.begin(), keys_.end(), less);
        for (const ByteView key : keys_)
            if (!key.empty()) first_bytes_.set(key[0]);
    }

    bool distinct() const { return std::adjacent_find(keys_.begin(), keys_.end(), same_bytes) == keys_.end(); }
    bool has(ByteView key) const {
        return !key.empty() && first_bytes_.test(key[0]) && std::binary_search(keys_.begin(), keys_.end(), key, less);
    }

private:
    static bool less(ByteView a, ByteView b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    }

    std::vector<ByteView> keys_;
    std::bitset<256> first_bytes_;
};

}  // namespace veranda::mls
