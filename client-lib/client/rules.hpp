// What a command of a person can be refused for by her own client.
#pragma once

#include "protocol/result.hpp"

namespace veranda::client::faults {

inline constexpr Rule not_now{"not_now", "client.hpp"};  // the command does not fit what is going on
inline constexpr Rule composer_closed{"composer_closed", "docs/protocol.md, 9.2"};
inline constexpr Rule knock_form{"knock_form", "client.hpp"};           // no knock's id
inline constexpr Rule outbox_full{"outbox_full", "client_limits.hpp"};  // detail: texts that wait
inline constexpr Rule nobody_of_that_name{"nobody_of_that_name", "client.hpp"};
inline constexpr Rule only_staff{"only_staff", "client.hpp"};
inline constexpr Rule plan_invalid{"plan_invalid", "docs/protocol.md, 6.5"};  // a name, rules or duration beyond limits
inline constexpr Rule proof_of_work_too_hard{"proof_of_work_too_hard", "docs/protocol.md, 4.2"};  // detail: the bits
inline constexpr Rule invite_seen_twice{"invite_seen_twice", "docs/protocol.md, 7.4"};  // said again, it is meant
inline constexpr Rule no_such_invite{"no_such_invite", "docs/protocol.md, 8.1"};        // open; detail: the number
inline constexpr Rule slow_mode{"slow_mode", "docs/protocol.md, 9.2"};                  // detail: milliseconds to wait
inline constexpr Rule held_outstanding{"held_outstanding", "docs/protocol.md, 8.2"};
inline constexpr Rule levels_bind_no_staff{"levels_bind_no_staff", "docs/protocol.md, 6.7"};
inline constexpr Rule no_such_message{"no_such_message", "docs/protocol.md, 9.1"};  // none of this number is here
inline constexpr Rule not_ones_own{"not_ones_own", "docs/protocol.md, 9.1"};        // only staff hide others' messages
inline constexpr Rule nothing_to_undo{"nothing_to_undo", "client.hpp"};
inline constexpr Rule cannot_be_undone{"cannot_be_undone", "client.hpp"};  // a removal, the end
inline constexpr Rule staff_list_differs{"staff_list_differs", "docs/protocol.md, 9.2"};
inline constexpr Rule room_full{"room_full", "docs/protocol.md, 6.5"};  // detail: members at most
inline constexpr Rule message_not_read{"message_not_read", "docs/protocol.md, 9"};

// the support desk
inline constexpr Rule only_counsellors{"only_counsellors", "docs/protocol.md, 14"};
inline constexpr Rule no_such_number{"no_such_number", "desk_client.hpp"};           // detail: the number
inline constexpr Rule too_many_at_once{"too_many_at_once", "docs/protocol.md, 14"};  // detail: how many she may have
inline constexpr Rule no_desk_key{"no_desk_key", "docs/protocol.md, 14"};
inline constexpr Rule other_desk_key{"other_desk_key", "docs/protocol.md, 14"};  // than the organisation's
inline constexpr Rule nothing_to_answer{"nothing_to_answer", "desk_client.hpp"};
inline constexpr Rule nobody_on_duty{"nobody_on_duty", "docs/protocol.md, 14"};      // of that name
inline constexpr Rule hand_over_missed{"hand_over_missed", "docs/protocol.md, 14"};  // detail: how many she may have
inline constexpr Rule hand_over_not_asked{"hand_over_not_asked", "docs/protocol.md, 14"};
inline constexpr Rule hand_over_other_counsellor{"hand_over_other_counsellor", "docs/protocol.md, 14"};  // knocks
inline constexpr Rule counsellor_unasked{"counsellor_unasked", "docs/protocol.md, 14"};                  // a notice
inline constexpr Rule card_of_another{"card_of_another", "docs/protocol.md, 14"};  // than who proved that she is there

}  // namespace veranda::client::faults
