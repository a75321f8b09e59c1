// How a function says that it could not: a Result, whose Error names the rule that was broken.
//
// Only for faults of a peer or a caller. A bug of ours is an assertion (VERANDA_ASSERT, on in release too); what the
// world does to us (a socket that closes) is an event. Works without exceptions; tl::expected does the storage.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace veranda {

#ifdef __wasi__
// In the browser nobody looks a rule up: its name is told, and the text of where it stands is not downloaded.
struct RuleSection {
    constexpr RuleSection(std::string_view) {}
    constexpr operator std::string_view() const { return {}; }
};
#else
using RuleSection = std::string_view;
#endif

// A rule that input can break. Every part lists its rules as constants of this type in one header (rules.hpp or
// faults.hpp); two rules are the same if they are the same object. `section` says where the rule stands: an RFC's or
// docs/protocol.md's.
struct Rule {
    std::string_view name;
    RuleSection section;

    Rule(const Rule&) = delete;
    Rule& operator=(const Rule&) = delete;
    constexpr Rule(std::string_view rule_name, std::string_view rule_section)
        : name(rule_name), section(rule_section) {}
};

struct Error {
    const Rule* rule;
    std::uint64_t detail = 0;  // what the rule's comment says it is: an offset, a current epoch, a limit

    bool is(const Rule& other) const { return rule == &other; }
    friend bool operator==(const Error&, const Error&) = default;
};

[[noreturn]] inline void assertion_failed(const char* what, const char* file, int line) {
    std::fprintf(stderr, "veranda: broken assertion: %s (%s:%d)\n", what, file, line);
    std::abort();
}

#ifdef __wasi__
// In the browser there is nobody to print for: a trap, and no text of ours (nor a path of the builder's) in the module.
#define VERANDA_ASSERT(condition) (static_cast<bool>(condition) ? void(0) : __builtin_trap())
#else
#define VERANDA_ASSERT(condition) \
    (static_cast<bool>(condition) ? void(0) : ::veranda::assertion_failed(#condition, __FILE__, __LINE__))
#endif

class Failure {
public:
    explicit Failure(Error error) : error_(error) {}
    Error error() const { return error_; }

private:
    Error error_;
};

inline Failure fail(const Rule& rule, std::uint64_t detail = 0) { return Failure(Error{&rule, detail}); }

// A value, or the Error that says why there is none. `*` on an error is a bug of the caller's and aborts.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : held_(std::move(value)) {}
    Result(Failure failure) : held_(tl::unexpect, failure.error()) {}

    bool has_value() const { return held_.has_value(); }
    explicit operator bool() const { return held_.has_value(); }

    T& operator*() & { return checked(), *held_; }
    const T& operator*() const& { return checked(), *held_; }
    T&& operator*() && { return checked(), *std::move(held_); }
    T* operator->() { return checked(), &*held_; }
    const T* operator->() const { return checked(), &*held_; }

    Error error() const {
        VERANDA_ASSERT(!held_.has_value());
        return held_.error();
    }

private:
    void checked() const { VERANDA_ASSERT(held_.has_value()); }
    tl::expected<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Failure failure) : held_(tl::unexpect, failure.error()) {}

    bool has_value() const { return held_.has_value(); }
    explicit operator bool() const { return held_.has_value(); }
    void operator*() const { VERANDA_ASSERT(held_.has_value()); }

    Error error() const {
        VERANDA_ASSERT(!held_.has_value());
        return held_.error();
    }

private:
    tl::expected<void, Error> held_;
};

// The value of `expression`, or a return of its Error from the enclosing function. Not in coroutines.
#define TRY(expression) VERANDA_TRY_NAMED(expression, __COUNTER__)
#define VERANDA_TRY_NAMED(expression, number) VERANDA_TRY_NUMBERED(expression, number)
#define VERANDA_TRY_NUMBERED(expression, number)                                        \
    ({                                                                                  \
        auto try_##number = (expression);                                               \
        if (!try_##number.has_value()) return ::veranda::Failure(try_##number.error()); \
        *std::move(try_##number);                                                       \
    })

}  // namespace veranda
