// Numbers of the client that are not of the wire, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "protocol/limits.hpp"

namespace veranda::client {

inline constexpr std::uint64_t retry_ms_first = 250;   // a lost radio cell is back in a moment
inline constexpr std::uint64_t retry_ms_max = 10'000;  // and a relay that restarts is not stormed
inline constexpr std::uint64_t turn_ms = 2'000;        // between two facilitators' clients who would commit the same
inline constexpr std::uint8_t proof_of_work_bits_max = 22;       // some seconds on a cheap phone; more is an attack
inline constexpr std::uint64_t refused_retry_ms = 1'000;         // after "too many requests" without a time
inline constexpr std::size_t outbox_max = 64;                    // texts written while offline
inline constexpr std::uint64_t text_waits_ms_max = 10 * 60'000;  // then it may no longer be meant: it is offered back
inline constexpr std::size_t seen_ids_max = 1'024;               // a member, to find doubles
inline constexpr std::uint64_t statement_seconds = 12ULL * 3600 - 600;  // limits::session_seconds_max, less the margins
inline constexpr std::uint64_t statement_early_seconds = 300;
inline constexpr std::uint64_t key_package_seconds =
    3ULL * 24 * 3600;                                     // on both sides of now: phones' clocks are wrong
inline constexpr std::uint64_t lane_again_ms = 30'000;    // what staff have not answered the relay is told again
inline constexpr std::uint64_t held_answer_ms = 5'000;    // from the acknowledgement: the release may come after it
inline constexpr std::uint64_t closing_waits_ms = 5'000;  // the end waits so long for its last words to be in the log
inline constexpr std::uint64_t order_seconds_max = 12ULL * 3600;  // no mute is longer than a session
inline constexpr std::size_t knock_refusals_a_second = 10;  // half of what a relay takes of a connection, for good
inline constexpr std::uint64_t lease_margin_ms = 5'000;     // a lease with less left is renewed before it is relied on
inline constexpr std::uint64_t lease_retry_ms = 1'000;      // while another facilitator is admitting

inline constexpr std::size_t others_invites_listed_max = 512;  // of this room: a list is looked through each second

inline constexpr std::uint32_t agreed_word_hashes_a_tick = 65'536;  // 25 ms here, four times that in a browser
inline constexpr std::size_t agreed_words_unasked_max = 3;          // who wait together; of more, when asked for

inline constexpr std::size_t lane_said_max = 32;               // that no staff have seen yet
inline constexpr std::uint64_t lane_retry_ms = 3'000;          // after a refusal that should not have come
inline constexpr std::uint64_t knocks_told_within_ms = 5'000;  // after an entrance
inline constexpr std::size_t errands_max = 1'024;    // asked of the relay and not answered; more are asked once
inline constexpr std::size_t lane_seen_max = 1'024;  // acknowledged, to find doubles
inline constexpr std::size_t knocked_max = 400;      // whose leaf keys staff keep, for their alarms

// The group book, as facilitators tell each other of it. The relay lets a member ask 20 times a second; half of that
// is left for everything else.
inline constexpr std::uint64_t book_pace_ms = 100;
inline constexpr std::uint64_t book_burst_ms = 2'000;       // so 20 at once
inline constexpr std::size_t book_at_once_max = 20;         // unacknowledged, to one of them
inline constexpr std::uint64_t book_again_ms = 15'000;      // unacknowledged for so long
inline constexpr std::uint64_t book_save_ms = 5'000;        // what others wrote: each time costs a slow hash
inline constexpr std::uint64_t book_settle_ms = 10'000;     // whoever is in and not in the book
inline constexpr std::uint64_t book_cards_wait_ms = 5'000;  // for the card of a pass that another wrote

// The card that says that a group has a room: how long after its last facilitator another may be opened, and how much
// traffic (2 KiB each time) that costs.
inline constexpr std::uint64_t group_card_seconds = 300;
inline constexpr std::uint64_t group_card_again_ms = 120'000;
static_assert(group_card_again_ms * 2 < group_card_seconds * 1'000);  // one may be lost

// The support desk
inline constexpr std::size_t requests_at_once_max = 4;      // whom one person can listen to, and a phone keep open
inline constexpr std::uint64_t duty_proof_wait_ms = 3'000;  // a proof that takes longer comes from nobody who is there
inline constexpr std::uint64_t duty_look_ms = 30'000;       // who is on duty may change while she waits
inline constexpr std::uint64_t card_look_ms = 2'000;        // for the claimer's card, until it is there
inline constexpr std::uint64_t hand_over_ms_max = 120'000;  // for the survivor to answer, then for the other to come
inline constexpr std::uint16_t for_two_members_max = 3;     // one more, for a hand-over
// Looking for the card of a ticket (docs/protocol.md, 7.10).
inline constexpr std::uint64_t look_ms_first = 2'000;
inline constexpr std::uint32_t looks_first = 15;  // half a minute: by then a room that is made anew is there
inline constexpr std::uint64_t look_ms_later = 10'000;
inline constexpr std::uint64_t looking_ms_max = limits::leaf_silent_ms_max;  // without staff: nobody is coming any more
inline constexpr std::uint64_t by_itself_ms = 3'000;  // who was not let in by then waits for a person, and is told so
inline constexpr std::uint64_t remade_admit_ms = 1'000;  // in a room made anew: one Commit a second for all who wait

}  // namespace veranda::client
