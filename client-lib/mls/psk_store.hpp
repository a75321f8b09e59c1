// The pre-shared keys that a member holds (RFC 9420, 8.4 and 8.6): external ones, which the application hands in, and
// the resumption secrets of the group's last epochs.
//
// Move-only. A copy goes with each undecided Commit by clone(); whoever drops a store wipes what it held.
#pragma once

#include <deque>

#include "client-lib/mls/psk.hpp"

namespace veranda::mls {

namespace tests {
struct Inspector;
}

class PskStore {
public:
    // A PSK that the members have from elsewhere, under an id of their own; takes the place of one of the same id.
    void hold(Bytes id, SecretBytes secret);
    void forget(ByteView id);

    // An epoch's resumption secret. Limit: resumption_secrets_max; the oldest goes first.
    void remember(ByteView group_id, Epoch epoch, const Secret32& resumption);

    [[nodiscard]] PskStore clone() const;

    const SecretBytes* find(const PreSharedKeyID& id) const;  // null if it is not here

private:
    friend struct tests::Inspector;
    struct External {
        Bytes id;
        SecretBytes secret;
    };
    struct Resumption {
        Bytes group_id;
        Epoch epoch;
        SecretBytes secret;
    };
    std::vector<External> external_;
    std::deque<Resumption> resumption_;  // oldest first
};

// The secret of the PSKs that a message names, in its order (8.4), each from the first store that has it; stores may be
// null. Errors: psk_nonce, psk_twice, psk_unknown.
Result<Secret32> psk_secret_of(const std::vector<PreSharedKeyID>& ids, std::initializer_list<const PskStore*> stores);

}  // namespace veranda::mls
