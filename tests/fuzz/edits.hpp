// Changes to a structure, as a fuzzer's input says them: which part of it, and what becomes of that part. So a message
// can be wrong in its meaning and still be well formed, signed and sealed, and reach the checks behind those.
#pragma once

#include "tests/unit/mls/forge.hpp"

namespace veranda::mls::tests {

// The parts of a structure that has a codec of its own, in wire order.
inline auto parts(LeafNode& of) {
    return std::tie(of.encryption_key, of.signature_key, of.credential, of.capabilities, of.source, of.lifetime,
                    of.parent_hash, of.extensions, of.signature);
}
inline auto parts(Credential& of) { return std::tie(of.type, of.identity, of.certificates); }
inline auto parts(Proposal& of) { return std::tie(of.body); }
inline auto parts(ProposalOrRef& of) { return std::tie(of.content); }
inline auto parts(PreSharedKeyID& of) {
    return std::tie(of.type, of.psk_id, of.usage, of.psk_group_id, of.psk_epoch, of.psk_nonce);
}
inline auto parts(Sender& of) { return std::tie(of.type, of.index); }
inline auto parts(FramedContent& of) {
    return std::tie(of.group_id, of.epoch, of.sender, of.authenticated_data, of.content);
}
inline auto parts(ContentAuth& of) { return std::tie(of.signature, of.confirmation_tag); }
inline auto parts(AuthenticatedContent& of) { return std::tie(of.wire_format, of.content, of.auth); }
inline auto parts(TreeNode& of) { return std::tie(of.type, of.leaf, of.parent); }

template <class T>
concept HasParts = requires(T value) {
    parts(value);
};

// Reads the input to its end: each decision a byte or two, zeros once there are no more.
class Edits {
public:
    explicit Edits(ByteView input) : left_(input) {}

    bool done() const { return left_.empty(); }
    ByteView rest() const { return left_; }
    std::uint8_t byte() {
        if (left_.empty()) return 0;
        const std::uint8_t first = left_[0];
        left_ = left_.subspan(1);
        return first;
    }
    std::size_t below(std::size_t bound) {  // Caller must: bound > 0
        const std::size_t high = bound > 256 ? byte() : 0U;
        return (high << 8 | byte()) % bound;
    }

    // One change to one part, chosen among all.
    template <class T>
    void change(T& value) {
        Walk count{nullptr};
        count.visit(value);
        if (count.at == 0) return;
        Walk walk{this, 0, below(count.at)};
        walk.visit(value);
    }

private:
    // Goes through the parts in order; with edits, changes the one chosen and nothing after it.
    struct Walk {
        Edits* edits;
        std::size_t at = 0;
        std::size_t chosen = 0;

        bool is_chosen() { return at++ == chosen && edits != nullptr; }
        bool past() const { return edits != nullptr && at > chosen; }

        template <class T>
        void visit(T& value) {
            if (past()) return;
            if constexpr (HasParts<T>) {
                std::apply([this](auto&... part) { (this->visit(part), ...); }, parts(value));
            } else if constexpr (tls::Structure<T>) {
                value.visit_fields([this](auto&... field) { (this->visit(field), ...); });
            } else {
                visit_one(value);
            }
        }
        template <class T>
        void visit_one(T& value) {
            if (is_chosen()) edits->change_one(value);
        }
        template <class T>
        requires(!std::same_as<T, std::uint8_t>) void visit_one(std::vector<T>& list) {
            if (is_chosen()) return edits->change_list(list);
            for (T& item : list) visit(item);
        }
        template <class T>
        void visit_one(std::optional<T>& value) {
            if (is_chosen()) return edits->toggle(value);
            if (value) visit(*value);
        }
        template <class... Kinds>
        void visit_one(std::variant<Kinds...>& value) {
            if (is_chosen()) return edits->change_kind(value, std::index_sequence_for<Kinds...>());
            std::visit([this](auto& kind) { this->visit(kind); }, value);
        }
    };

    template <class T>
    requires(std::integral<T> || std::is_enum_v<T>) void change_one(T& value) {
        const auto before = static_cast<std::uint64_t>(value);
        const std::uint64_t values[] = {before + 1, before - 1, 0, ~std::uint64_t{0}, before ^ (1ULL << below(64)),
                                        byte()};
        value = static_cast<T>(values[below(std::size(values))]);
    }
    template <std::size_t N>
    void change_one(ByteArray<N>& value) {
        value[below(N)] ^= static_cast<std::uint8_t>(1U << below(8));
    }
    void change_one(Bytes& value) {
        switch (below(8)) {
            case 0: copied_ = value; break;
            case 1: value = copied_; break;
            case 2: value.clear(); break;
            case 3: value.assign(value.size(), byte()); break;
            case 4: value.resize(value.size() + 1 + below(3)); break;
            case 5: value.resize(value.size() - std::min(value.size(), 1 + below(3))); break;
            case 6: value.assign(below(128), byte()); break;
            default:
                if (!value.empty()) value[below(value.size())] ^= static_cast<std::uint8_t>(1U << below(8));
        }
    }
    template <class T>
    void change_list(std::vector<T>& list) {
        if (list.empty()) return list.push_back(T{});
        const std::size_t here = below(list.size());
        switch (below(4)) {
            case 0: list.push_back(T(list[here])); break;
            case 1: list.erase(list.begin() + static_cast<std::ptrdiff_t>(here)); break;
            case 2: std::swap(list[here], list[below(list.size())]); break;
            default: list.insert(list.begin() + static_cast<std::ptrdiff_t>(here), T{});
        }
    }
    template <class T>
    void toggle(std::optional<T>& value) {
        value ? value.reset() : void(value.emplace());
    }
    template <class... Kinds, std::size_t... I>
    void change_kind(std::variant<Kinds...>& value, std::index_sequence<I...>) {
        const std::size_t kind = below(sizeof...(Kinds));
        ((I == kind ? void(value.template emplace<I>()) : void()), ...);
    }

    ByteView left_;
    Bytes copied_;
};

}  // namespace veranda::mls::tests
