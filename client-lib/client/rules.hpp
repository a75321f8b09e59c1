// What a command of a person can be refused for by her own client.
#pragma once

#include "protocol/result.hpp"

namespace veranda::client::faults {

inline constexpr Rule not_now{"not_now", "client.hpp"};  // the command does not fit what is going on
inline constexpr Rule composer_closed{"composer_closed", "docs/protocol.md, 9.2"};
inline constexpr Rule outbox_full{"outbox_full", "client_limits.hpp"};  // detail: texts that wait
inline constexpr Rule nobody_of_that_name{"nobody_of_that_name", "client.hpp"};
inline constexpr Rule only_staff{"only_staff", "client.hpp"};
inline constexpr Rule plan_invalid{"plan_invalid", "docs/protocol.md, 6.5"};  // a name, rules or duration beyond limits
inline constexpr Rule proof_of_work_too_hard{"proof_of_work_too_hard", "docs/protocol.md, 4.2"};  // detail: the bits
inline constexpr Rule invite_seen_twice{"invite_seen_twice", "docs/protocol.md, 7.4"};  // said again, it is meant
inline constexpr Rule room_full{"room_full", "docs/protocol.md, 6.5"};                  // detail: members at most
inline constexpr Rule message_not_read{"message_not_read", "docs/protocol.md, 9"};

}  // namespace veranda::client::faults
