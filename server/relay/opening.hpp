// May this room be opened? A pure question: the organisation's chain, the genesis, the opener's own admission.
#pragma once

#include "server/relay/relay.hpp"
#include "server/relay/room.hpp"
#include "server/relay/verdict.hpp"

namespace veranda::relay {

// Errors, in this order: genesis_invalid, end_time_invalid, admission_invalid, member_removed, staff_certificate,
// session_statement, only_staff, genesis_invalid (its signature), admission_signature. The access proof is checked
// before. Cost: four signature checks.
Verdict<store::NewRoom> judge_opening(const OpenRoom& open, const Organisation& organisation, const Settings& settings,
                                      UnixMillis now);

}  // namespace veranda::relay
