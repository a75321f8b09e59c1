// Which of the pending proposals go together in a Commit of ours: those that RFC 9420, 12.2, tells a committer to
// prefer.
#include "client-lib/mls/full_state.hpp"

namespace veranda::mls {
namespace {

// Judges one proposal by those that came before and after it.
class Choice {
public:
    explicit Choice(const FullState& state) : state_(state), pending_(state.pending) {}

    bool takes(std::size_t at) const {
        return std::visit([this, at](const auto& kind) { return goes(kind, at); }, pending_[at].proposal.body);
    }

private:
    bool goes(const Add& add, std::size_t at) const {
        const Bytes& key = add.key_package.leaf.signature_key;
        const auto present = state_.epoch->tree.find_signer(key);
        const auto same = [&key](const Add& other) { return other.key_package.leaf.signature_key == key; };
        return (!present || is_removed(*present)) && !any<Add>(0, at, same);
    }
    // The most recent of a member who stays; never our own, which our path replaces.
    bool goes(const Update&, std::size_t at) const {
        const std::uint32_t sender = pending_[at].sender.index;
        if (LeafIndex{sender} == state_.epoch->own || is_removed({sender})) return false;
        for (std::size_t i = at + 1; i < pending_.size(); ++i)
            if (std::holds_alternative<Update>(pending_[i].proposal.body) && pending_[i].sender.index == sender)
                return false;
        return true;
    }
    bool goes(const Remove& remove, std::size_t at) const {
        return remove.removed != state_.epoch->own &&
               !any<Remove>(0, at, [&remove](const Remove& other) { return other.removed == remove.removed; });
    }
    bool goes(const PreSharedKey& psk, std::size_t at) const {
        return state_.psks.find(psk.psk) != nullptr &&
               !any<PreSharedKey>(0, at, [&psk](const PreSharedKey& other) { return other == psk; });
    }
    // All others are preferred to a ReInit, which can be sent again.
    bool goes(const ReInit&, std::size_t at) const {
        for (std::size_t i = 0; i < pending_.size(); ++i)
            if (!std::holds_alternative<ReInit>(pending_[i].proposal.body) && takes(i)) return false;
        return !any<ReInit>(at + 1, pending_.size(), [](const ReInit&) { return true; });
    }
    bool goes(const ExternalInit&, std::size_t) const { return false; }
    bool goes(const GroupContextExtensions&, std::size_t at) const {
        return !any<GroupContextExtensions>(at + 1, pending_.size(),
                                            [](const GroupContextExtensions&) { return true; });
    }

    bool is_removed(LeafIndex leaf) const {
        return leaf != state_.epoch->own &&
               any<Remove>(0, pending_.size(), [leaf](const Remove& remove) { return remove.removed == leaf; });
    }
    template <class Kind, class Matches>
    bool any(std::size_t from, std::size_t to, Matches matches) const {
        for (std::size_t i = from; i < to; ++i) {
            const auto* one = std::get_if<Kind>(&pending_[i].proposal.body);
            if (one != nullptr && matches(*one)) return true;
        }
        return false;
    }

    const FullState& state_;
    const std::vector<PendingProposal>& pending_;
};

}  // namespace

std::vector<Hash> FullGroup::committable() const {
    const Choice choice(*state_);
    std::vector<Hash> references;
    for (std::size_t i = 0; i < state_->pending.size(); ++i)
        if (choice.takes(i)) references.push_back(state_->pending[i].reference);
    return references;
}

}  // namespace veranda::mls
