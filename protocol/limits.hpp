// Every number of the wire, with its reason. What the specification fixes (docs/protocol.md, 3) comes first; what is
// ours to tune comes second. Relations between them are asserted here.
#pragma once

#include <cstddef>
#include <cstdint>

namespace veranda::limits {

// The wire
inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::size_t frame_head_bytes = 8;  // version, class, type, request id
inline constexpr std::size_t ordinary_frame_bytes_max =
    32 * 1024;  // the largest content class and its MLS framing, twice
inline constexpr std::size_t admission_frame_bytes_max = 512 * 1024;  // a whole room of 200 in one Commit
inline constexpr std::size_t message_bytes_max =
    512 * 1024 + 1024;  // one WebSocket message: one frame of the largest kind
inline constexpr std::size_t frames_per_message_max = 256;

// Content. Every content is padded to one of these sizes, so that length says little.
inline constexpr std::size_t content_classes[] = {256, 1'024, 4'096, 16'384};
inline constexpr std::size_t content_bytes_max = 16'384;
inline constexpr std::size_t text_bytes_max = 8'000;            // one text of a person, UTF-8
inline constexpr std::size_t card_plain_bytes = 4 * 1024 - 48;  // HPKE adds 32 of encapsulated key and 16 of tag
inline constexpr std::size_t card_sealed_bytes = 4 * 1024;
inline constexpr std::size_t knock_sealed_bytes_max = 8 * 1024;
inline constexpr std::size_t lane_plain_bytes = 2 * 1024;  // one size, whatever is said
inline constexpr std::size_t lane_wraps_max = 16;          // staff of one room
inline constexpr std::size_t held_text_bytes_max = 1'200;  // a held message goes in one lane content
inline constexpr std::size_t note_bytes_max = 1'200;       // so does a note to staff
inline constexpr std::size_t talk_plain_bytes = 2 * 1024;
inline constexpr std::size_t talk_text_bytes_max = 1'000;  // beside the speaker's credential
inline constexpr std::size_t recap_plain_bytes = 16 * 1024;
inline constexpr std::size_t recap_texts_max = 50;          // what a returning member is told again
inline constexpr std::size_t recap_bytes_max = 32 * 1'024;  // of text

// People and rooms
inline constexpr std::size_t members_max = 200;  // a Commit with a path seals to every leaf
inline constexpr std::size_t members_default = 50;
inline constexpr std::size_t pseudonym_bytes_max = 64;
inline constexpr std::size_t pseudonym_characters_max = 24;
inline constexpr std::size_t group_name_bytes_max = 120;
inline constexpr std::size_t rules_bytes_max = 1'500;  // a first invite's card holds them
inline constexpr std::size_t language_bytes_max = 16;  // a BCP 47 tag
inline constexpr std::size_t not_safe_texts_max = 8;   // an organisation's own: one a language
inline constexpr std::size_t not_safe_text_bytes_max = 600;
inline constexpr std::size_t staff_in_card_max = 4;
inline constexpr std::size_t staff_list_entries_max = 4'096;
inline constexpr std::size_t waiting_knocks_max = 200;
inline constexpr std::size_t lane_waiting_max = 400;  // unacknowledged lane envelopes of a room
inline constexpr std::size_t talks_per_knock_max = 32;
inline constexpr std::size_t lane_of_waiting_max = 64;        // of those, of everyone in the waiting room together
inline constexpr std::uint32_t agreed_word_hashes = 262'144;  // some 0.1 s: what each guess at a second knock costs
inline constexpr std::size_t agreed_word_words = 5;           // 55 bits
inline constexpr std::uint32_t agreed_word_tries = 3;         // of one invite; then it is made anew
inline constexpr std::size_t cards_per_post_max = 100;
inline constexpr std::size_t cards_per_room_max = 512;
inline constexpr std::size_t origin_bytes_max = 255;

// Time
inline constexpr std::uint64_t certificate_seconds_max = 30ULL * 24 * 3600;
inline constexpr std::uint64_t staff_list_seconds_max = 30ULL * 24 * 3600;
inline constexpr std::uint64_t session_seconds_max = 12ULL * 3600;
inline constexpr std::uint64_t clock_wrong_seconds_max = 48ULL * 3600;  // of a phone, when a KeyPackage is judged
inline constexpr std::uint64_t pulse_ms = 20'000;
inline constexpr std::uint64_t pulse_missing_ms = 45'000;  // two missed pulses and a margin: the composer closes
inline constexpr std::uint64_t liveness_ms = 4 * 60'000;   // a silent client says that it lives
inline constexpr std::uint64_t ticket_ms = 5 * 60'000;     // after that a human decides
inline constexpr std::size_t ticket_returns_max = 3;       // by itself, within ticket_returns_ms
inline constexpr std::uint64_t ticket_returns_ms = 10 * 60'000;
inline constexpr std::uint64_t remake_ms_min = 5 * 60'000;  // between two rooms made anew by themselves
inline constexpr std::uint64_t farewell_ms = 10'000;        // after the end: for the lane to say "erased here"
inline constexpr std::uint64_t lane_unseen_ms = 60'000;     // then nobody has seen it, and the screen says so
inline constexpr std::uint64_t undo_ms = 10'000;            // a staff client offers to take back what it just did
inline constexpr std::uint64_t leaf_silent_ms_max = 15 * 60'000;
inline constexpr std::uint64_t lease_renew_ms = 10'000;
inline constexpr std::uint64_t lease_ms = 30'000;

// The support desk
inline constexpr std::uint64_t duty_seconds_max = 600;  // a duty statement's life; renewed while she is there
inline constexpr std::size_t duty_languages_max = 8;
inline constexpr std::size_t duty_shown_max = 15;          // one wrap of a request is left for the desk key
inline constexpr std::uint64_t find_duty_ms_min = 5'000;   // between two questions of a connection who is there
inline constexpr std::size_t desk_note_bytes_max = 1'000;  // goes in one lane content, beside keys and signature
inline constexpr std::size_t desk_waiting_max = 200;       // requests; those that were left are counted by themselves
inline constexpr std::uint64_t desk_left_ms = 7ULL * 24 * 3600 * 1000;
inline constexpr std::uint64_t claim_ms = 120'000;                // unless renewed, every quarter of it
inline constexpr std::size_t desk_answer_text_bytes_max = 2'000;  // leaves room for the certificate beside it
inline constexpr std::size_t desk_answer_plain_bytes = 4'048;     // an answer before sealing, as long as any other
inline constexpr std::size_t desk_answer_sealed_bytes = desk_answer_plain_bytes + 48;
inline constexpr std::uint64_t desk_answer_ms = 7ULL * 24 * 3600 * 1000;
inline constexpr std::size_t desk_answers_max = 1'000;  // kept at once: 4 MiB
inline constexpr std::size_t hand_over_plain_bytes = 2'048;
inline constexpr std::size_t hand_over_sealed_bytes = hand_over_plain_bytes + 48;
inline constexpr std::uint64_t hand_over_seconds_max = 120;  // what was handed over counts for so long
inline constexpr std::uint64_t find_answer_ms_min = 5'000;   // between two questions of a connection for an answer

static_assert(duty_shown_max + 1 == lane_wraps_max);
static_assert(desk_answer_text_bytes_max < desk_answer_plain_bytes / 2);
static_assert(content_classes[3] == content_bytes_max);
static_assert(text_bytes_max + 256 < content_bytes_max, "a text fits its content");
static_assert(ordinary_frame_bytes_max > content_bytes_max + 1'024, "content and its MLS framing fit a frame");
static_assert(ordinary_frame_bytes_max > 2 * not_safe_texts_max * (not_safe_text_bytes_max + language_bytes_max),
              "what an organisation says fits a hello, with room for the rest");
static_assert(message_bytes_max > admission_frame_bytes_max + frame_head_bytes);
static_assert(rules_bytes_max + group_name_bytes_max < card_plain_bytes / 2,
              "rules leave room for the staff on a card");
static_assert(pulse_ms * 2 < pulse_missing_ms);
static_assert(lease_renew_ms * 2 < lease_ms);

}  // namespace veranda::limits
