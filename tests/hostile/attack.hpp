// The attacks of a server: what each is called, what the server does, and what honest clients have to say to it. For
// tests only.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace veranda::tests {

enum class Attack {
    // at the door
    organisation_swapped,
    card_under_another_root,
    staff_list_of_before,
    staff_list_run_out,
    revocation_withheld,
    card_swapped,
    key_package_swapped,
    knock_replaced_by_whoever_has_the_link,
    refusal_forged,
    welcome_replayed,
    welcome_of_another_staff_key,
    welcome_of_another_room,
    admission_rewritten,
    genesis_of_another_room,
    entered_before_a_welcome,
    // who is in
    member_injected,
    admission_forged,
    admission_withheld,
    removed_member_registered_again,
    handshake_of_a_member_passed_on,
    // the log
    commit_forked,
    room_split,
    log_forked,
    log_forked_between_facilitators,
    last_of_an_epoch_dropped,
    removal_withheld,
    mute_withheld,
    end_withheld,
    message_dropped,
    messages_reordered,
    messages_reordered_and_numbered_anew,
    messages_doubled,
    message_replayed,
    sender_rewritten,
    pulses_withheld,
    garbage,
    // orders, and its own word
    order_forged,
    order_replayed,
    order_of_a_removed_facilitator,
    book_of_a_dismissed_facilitator,
    room_closed_by_its_word,
    amnesia_claimed,
    amnesia_claimed_to_one,
    successor_forged,
    // what staff alone hear
    lane_withheld,
    lane_forged,
    lane_replayed,
    acknowledgement_forged,
    talk_forged,
    // carried from another room
    message_carried,
    order_carried,
    admission_carried,
    lane_carried,
    // the support desk
    duty_statement_stale,
    claim_given_to_two,
    desk_card_of_another,
};

std::string_view name(Attack attack);  // empty: there is none of this number
std::vector<Attack> every_attack();

// What each honest person was shown that is worth a word: "error order_signer", "composer log_forked", "state refused".
using Signs = std::map<std::string, std::set<std::string>>;

struct Sign {
    std::string_view who;
    std::string_view what;
};

// One evening. With `hostile` the server does it; without, the same people do the same, and none of the signs may show.
struct AttackCase {
    Attack attack;
    std::string_view does;
    Signs (*evening)(bool hostile);
    std::vector<Sign> signs;       // that have to show; none: it comes to nothing, as the evening itself expects
    std::string_view remark = {};  // what a reader should know besides
};

std::vector<AttackCase> attacks_at_the_door();
std::vector<AttackCase> attacks_on_the_log();
std::vector<AttackCase> attacks_on_people();
std::vector<AttackCase> attacks_at_the_desk();

std::vector<AttackCase> every_case();

}  // namespace veranda::tests
