// Keeps the chain, and before it has begun, the entries it will run over.
#include "client-lib/circle/moderation/running_hash.hpp"

#include "crypto/verify/hash.hpp"

namespace veranda::circle {
namespace {

Hash next(const Hash& before, ByteView entry) {
    tls::Writer label;
    label.vector(as_bytes(Pulse::chain_label));
    return crypto::Sha256().add(label.bytes()).add(before).add(entry).finish();
}

}  // namespace

RunningHash RunningHash::from_genesis() {
    RunningHash chain;
    chain.begun_ = true;
    chain.links_.push_back({Sequence{0}, {}, Hash{}});
    return chain;
}

void RunningHash::add(const LogEntry& entry) {
    Bytes bytes = tls::encode(entry);
    Link link{entry.sequence, {}, {}};
    if (begun_) {
        link.hash = next(links_.back().hash, bytes);
    } else {
        link.entry = std::move(bytes);
    }
    links_.push_back(std::move(link));
    if (links_.size() > history_max) links_.pop_front();
}

void RunningHash::begin(std::size_t at, const Hash& hash) {
    begun_ = true;
    links_[at].hash = hash;
    for (std::size_t i = at + 1; i < links_.size(); ++i) links_[i].hash = next(links_[i - 1].hash, links_[i].entry);
    for (Link& link : links_) link.entry = {};
    links_.erase(links_.begin(), links_.begin() + static_cast<std::ptrdiff_t>(at));
}

Result<void> RunningHash::check(Sequence position, const Hash& hash) {
    if (links_.empty() || position < links_.front().sequence || position > links_.back().sequence) return {};
    const std::size_t at = static_cast<std::size_t>(position.value - links_.front().sequence.value);
    if (!begun_) {
        begin(at, hash);
        return {};
    }
    if (links_[at].hash != hash) return fail(faults::log_forked, position.value);
    return {};
}

std::optional<std::pair<Sequence, Hash>> RunningHash::head() const {
    if (!begun_) return std::nullopt;
    return std::pair(links_.back().sequence, links_.back().hash);
}

}  // namespace veranda::circle
