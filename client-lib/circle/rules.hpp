// Every rule of circle/ that a peer, a relay or a caller can break. Section numbers are those of docs/protocol.md.
#pragma once

#include "protocol/result.hpp"

namespace veranda::circle::faults {

// trust
inline constexpr Rule fingerprint_differs{"fingerprint_differs", "docs/protocol.md, 7.2"};
inline constexpr Rule staff_list_went_back{"staff_list_went_back", "docs/protocol.md, 6.3"};
inline constexpr Rule staff_list_forked{"staff_list_forked", "docs/protocol.md, 6.3"};
inline constexpr Rule no_staff_list{"no_staff_list", "docs/protocol.md, 6.3"};
inline constexpr Rule leaf_identity{"leaf_identity", "docs/protocol.md, 6.12"};

// joining
inline constexpr Rule card_not_ours{"card_not_ours", "docs/protocol.md, 6.10"};  // not sealed to this pass, or changed
inline constexpr Rule card_signature{"card_signature", "docs/protocol.md, 6.10"};
inline constexpr Rule card_issuer{"card_issuer", "docs/protocol.md, 6.10"};
inline constexpr Rule card_run_out{"card_run_out", "docs/protocol.md, 6.10"};
inline constexpr Rule card_too_long{"card_too_long", "docs/protocol.md, 6.10"};
inline constexpr Rule knock_not_opened{"knock_not_opened", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_other_card{"knock_other_card", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_other_pass{"knock_other_pass", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_pass_signature{"knock_pass_signature", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_key_package{"knock_key_package", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_lifetime{"knock_lifetime", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_identity{"knock_identity", "docs/protocol.md, 6.11"};
inline constexpr Rule knock_staff{"knock_staff", "docs/protocol.md, 6.11"};
inline constexpr Rule pseudonym_form{"pseudonym_form", "docs/protocol.md, 7.4"};
inline constexpr Rule ticket_form{"ticket_form", "docs/protocol.md, 7.8"};           // not a whole ticket
inline constexpr Rule other_successor{"other_successor", "docs/protocol.md, 7.10"};  // not made anew from our room
inline constexpr Rule pseudonym_of_staff{"pseudonym_of_staff", "docs/protocol.md, 7.4"};
inline constexpr Rule welcome_other_room{"welcome_other_room", "docs/protocol.md, 7.5"};
inline constexpr Rule welcome_signer{"welcome_signer", "docs/protocol.md, 7.5"};
inline constexpr Rule welcome_twice{"welcome_twice", "docs/protocol.md, 7.5"};

// talk before admission
inline constexpr Rule talk_too_long{"talk_too_long", "docs/protocol.md, 7.6"};
inline constexpr Rule talk_not_opened{"talk_not_opened", "docs/protocol.md, 7.6"};  // not for us, changed, or no talk
inline constexpr Rule talk_other_knock{"talk_other_knock", "docs/protocol.md, 7.6"};
inline constexpr Rule talk_speaker{"talk_speaker", "docs/protocol.md, 7.6"};
inline constexpr Rule talk_signature{"talk_signature", "docs/protocol.md, 7.6"};

// the room
inline constexpr Rule genesis_invalid{"genesis_invalid", "docs/protocol.md, 6.5"};
inline constexpr Rule admission_invalid{"admission_invalid", "docs/protocol.md, 6.6"};
inline constexpr Rule admission_signer{"admission_signer", "docs/protocol.md, 6.6"};
inline constexpr Rule order_signer{"order_signer", "docs/protocol.md, 6.7"};
inline constexpr Rule order_form{"order_form", "docs/protocol.md, 6.7"};
inline constexpr Rule only_staff_commit{"only_staff_commit", "docs/protocol.md, 5.3"};
inline constexpr Rule held_kind{"held_kind", "docs/protocol.md, 8.2"};  // a lane content that was not to be passed on
inline constexpr Rule held_other_room{"held_other_room", "docs/protocol.md, 8.2"};
inline constexpr Rule held_admission{"held_admission", "docs/protocol.md, 8.2"};
inline constexpr Rule held_level{"held_level", "docs/protocol.md, 8.2"};
inline constexpr Rule held_signature{"held_signature", "docs/protocol.md, 8.2"};
inline constexpr Rule held_twice{"held_twice", "docs/protocol.md, 8.2"};
inline constexpr Rule kind_not_allowed{"kind_not_allowed", "docs/protocol.md, 9"};
inline constexpr Rule log_forked{"log_forked", "docs/protocol.md, 9.2"};

// content and lane
inline constexpr Rule content_size{"content_size", "docs/protocol.md, 9"};
inline constexpr Rule text_too_long{"text_too_long", "docs/protocol.md, 9.1"};
inline constexpr Rule text_empty{"text_empty", "docs/protocol.md, 9.1"};
inline constexpr Rule lane_not_for_us{"lane_not_for_us", "docs/protocol.md, 8"};
inline constexpr Rule lane_commitment{"lane_commitment", "docs/protocol.md, 8"};
inline constexpr Rule lane_signature{"lane_signature", "docs/protocol.md, 8"};
inline constexpr Rule lane_other_room{"lane_other_room", "docs/protocol.md, 8"};
inline constexpr Rule lane_too_long{"lane_too_long", "docs/protocol.md, 8"};

// the support desk
inline constexpr Rule desk_request_form{"desk_request_form", "docs/protocol.md, 14"};  // its language or its note
inline constexpr Rule desk_request_signature{"desk_request_signature", "docs/protocol.md, 14"};
inline constexpr Rule desk_answer_form{"desk_answer_form", "docs/protocol.md, 14"};          // detail: bytes at most
inline constexpr Rule desk_answer_not_ours{"desk_answer_not_ours", "docs/protocol.md, 14"};  // does not open: the seal
inline constexpr Rule desk_answer_other_request{"desk_answer_other_request", "docs/protocol.md, 14"};
inline constexpr Rule desk_answer_time{"desk_answer_time", "docs/protocol.md, 14"};  // detail: when it says it was made
inline constexpr Rule desk_answer_role{"desk_answer_role", "docs/protocol.md, 14"};  // not a counsellor
inline constexpr Rule desk_answer_signature{"desk_answer_signature", "docs/protocol.md, 14"};
inline constexpr Rule hand_over_not_ours{"hand_over_not_ours", "docs/protocol.md, 14"};  // does not open: the seal
inline constexpr Rule hand_over_other_turn{"hand_over_other_turn", "docs/protocol.md, 14"};
inline constexpr Rule hand_over_time{"hand_over_time", "docs/protocol.md, 14"};  // detail: when it says it was made
inline constexpr Rule hand_over_role{"hand_over_role", "docs/protocol.md, 14"};  // not a counsellor
inline constexpr Rule hand_over_signature{"hand_over_signature", "docs/protocol.md, 14"};
inline constexpr Rule consent_other_member{"consent_other_member", "docs/protocol.md, 14"};
inline constexpr Rule consent_other_question{"consent_other_question", "docs/protocol.md, 14"};
inline constexpr Rule consent_other_name{"consent_other_name", "docs/protocol.md, 14"};
inline constexpr Rule desk_nobody{"desk_nobody", "docs/protocol.md, 14"};  // no key to seal it to

}  // namespace veranda::circle::faults
