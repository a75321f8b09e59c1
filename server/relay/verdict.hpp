// How the relay decides: with what was asked for, or with the Refused that says why not.
#pragma once

#include <tl/expected.hpp>

#include "protocol/frames.hpp"

namespace veranda::relay {

template <class T>
using Verdict = tl::expected<T, Refused>;

inline tl::unexpected<Refused> refuse(Refusal refusal, std::uint64_t detail = 0) {
    return tl::unexpected<Refused>(Refused{refusal, detail});
}

}  // namespace veranda::relay
