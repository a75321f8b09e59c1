// The room that these tests are about.
#pragma once

#include "protocol/identifiers.hpp"

namespace veranda::tests {

inline const RoomId room{{1, 2, 3}};

}  // namespace veranda::tests
