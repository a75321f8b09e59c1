// An optional that a build for members alone never has anything in.
#pragma once

#include <optional>

namespace veranda::client {

// What only staff have. A build for members alone (the browser's first download, VERANDA_MEMBERS_ONLY) has in its place
// something that is always empty, so that the linker finds out by itself what is never done and leaves it out.
#ifdef VERANDA_MEMBERS_ONLY
template <class T>
class StaffOnly {
public:
    constexpr explicit operator bool() const { return false; }
    constexpr bool has_value() const { return false; }
    template <class... Args>
    [[noreturn]] T& emplace(Args&&...) {
        __builtin_trap();
    }
    void reset() {}
    [[noreturn]] T* operator->() { __builtin_trap(); }
    [[noreturn]] const T* operator->() const { __builtin_trap(); }
    [[noreturn]] T& operator*() { __builtin_trap(); }
    [[noreturn]] const T& operator*() const { __builtin_trap(); }
};
#else
template <class T>
using StaffOnly = std::optional<T>;
#endif

}  // namespace veranda::client
