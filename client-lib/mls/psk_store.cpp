// Holding, finding and combining pre-shared keys.
#include "client-lib/mls/psk_store.hpp"

#include "client-lib/mls/limits.hpp"

namespace veranda::mls {

void PskStore::hold(Bytes id, SecretBytes secret) {
    forget(id);
    external_.push_back({std::move(id), std::move(secret)});
}

void PskStore::forget(ByteView id) {
    std::erase_if(external_, [id](const External& psk) { return same_bytes(psk.id, id); });
}

void PskStore::remember(ByteView group_id, Epoch epoch, const Secret32& resumption) {
    resumption_.push_back({to_bytes(group_id), epoch, SecretBytes::copy_of(resumption.view())});
    while (resumption_.size() > resumption_secrets_max) resumption_.pop_front();
}

const SecretBytes* PskStore::find(const PreSharedKeyID& id) const {
    if (id.type == PskType::external) {
        for (const External& psk : external_)
            if (psk.id == id.psk_id) return &psk.secret;
    } else {
        for (const Resumption& psk : resumption_)
            if (psk.group_id == id.psk_group_id && psk.epoch == id.psk_epoch) return &psk.secret;
    }
    return nullptr;
}

PskStore PskStore::clone() const {
    PskStore copy;
    for (const External& psk : external_) copy.external_.push_back({psk.id, psk.secret.clone()});
    for (const Resumption& psk : resumption_) copy.resumption_.push_back({psk.group_id, psk.epoch, psk.secret.clone()});
    return copy;
}

Result<Secret32> psk_secret_of(const std::vector<PreSharedKeyID>& ids, std::initializer_list<const PskStore*> stores) {
    std::vector<Psk> psks;
    for (const PreSharedKeyID& id : ids) {
        if (id.psk_nonce.size() != hash_bytes) return fail(rules::psk_nonce);
        if (std::any_of(psks.begin(), psks.end(), [&id](const Psk& psk) { return psk.id == id; }))
            return fail(rules::psk_twice);
        const SecretBytes* secret = nullptr;
        for (const PskStore* store : stores)
            if (secret == nullptr && store != nullptr) secret = store->find(id);
        if (secret == nullptr) return fail(rules::psk_unknown);
        psks.push_back({id, secret->clone()});
    }
    return psk_secret(psks);
}

}  // namespace veranda::mls
