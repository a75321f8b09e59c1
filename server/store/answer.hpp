// How a store answers: with what was asked for, or with the world's fault.
#pragma once

#include <chrono>
#include <functional>
#include <variant>

namespace veranda::store {

using std::chrono::milliseconds;

// The world's fault, never the request's. After either, nothing of the request may be taken as done.
enum class Trouble {
    unreachable,  // no answer; the request may be made again (doubles are found)
    forgotten,    // the store is not the one that it was: its rooms are gone
};

template <class T>
using Answer = std::variant<T, Trouble>;

// Called exactly once, from the loop's thread. It may be called before the call that took it returns.
template <class T>
using Then = std::function<void(Answer<T>)>;

struct Nothing {};

}  // namespace veranda::store
