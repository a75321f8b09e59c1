// Changes one field of a value, whatever its type: by the same list of fields that the codec reads (VERANDA_FIELDS), so
// that a field which somebody adds is changed too. For tests only.
#pragma once

#include "protocol/padding.hpp"

namespace veranda::tests {

// Counts the places at which a value can be changed, and changes the one that is asked for.
class FieldChanger {
public:
    explicit FieldChanger(std::size_t place) : place_(place) {}
    bool has_changed() const { return seen_ > place_; }

    void visit(bool& value) {
        if (is_here()) value = !value;
    }
    template <std::unsigned_integral T>
    void visit(T& value) {
        if (is_here()) value ^= 1;
    }
    template <tls::WireEnum T>
    void visit(T& value) {
        if (!is_here()) return;
        const T before = value;
        for (unsigned next = 0; next <= 0xff; ++next) {
            value = static_cast<T>(next);
            if (value != before && is_known(value)) return;
        }
    }
    template <std::size_t N>
    void visit(ByteArray<N>& value) {
        if (is_here()) value[0] ^= 1;
        if (is_here()) value[N - 1] ^= 0x80;
    }
    void visit(Bytes& value) {
        if (is_here()) value.push_back(0);
        if (!value.empty() && is_here()) value[0] ^= 1;
    }
    void visit(std::string& value) {
        if (is_here()) value += 'x';
        if (!value.empty() && is_here()) value[0] = value[0] == 'a' ? 'b' : 'a';
    }
    template <class T>
    void visit(std::optional<T>& value) {
        if (value) visit(*value);
        if (!is_here()) return;
        value ? value.reset() : void(value.emplace());
    }
    template <class T>
    requires(!std::same_as<T, std::uint8_t>) void visit(std::vector<T>& value) {
        if (!value.empty()) visit(value[0]);
        if (!is_here()) return;
        value.empty() ? void(value.emplace_back()) : value.pop_back();
    }
    void visit(Padding&) {}  // what it may be is not for a signature to say
    template <tls::Structure T>
    void visit(T& value) {
        value.visit_fields([this](auto&... fields) { (visit(fields), ...); });
    }

private:
    bool is_here() { return seen_++ == place_; }

    std::size_t place_;
    std::size_t seen_ = 0;
};

// The value with one thing about it changed; nothing, when it has fewer places.
template <class T>
std::optional<T> changed_at(T value, std::size_t place) {
    FieldChanger changer(place);
    changer.visit(value);
    if (!changer.has_changed()) return std::nullopt;
    return value;
}

}  // namespace veranda::tests
