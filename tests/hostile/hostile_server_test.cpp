// Every attack of a server that we know how to name: one evening with it, in which each honest client says what it has
// to, and the same evening without, in which none says that. What they say stands in docs/attacks.md, which this test
// holds; run with VERANDA_WRITE_DOCUMENTS=1 to write the page anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/hostile/attack.hpp"

namespace veranda::tests {

std::string_view name(Attack attack) {
    switch (attack) {
        case Attack::organisation_swapped: return "organisation_swapped";
        case Attack::card_under_another_root: return "card_under_another_root";
        case Attack::staff_list_of_before: return "staff_list_of_before";
        case Attack::staff_list_run_out: return "staff_list_run_out";
        case Attack::revocation_withheld: return "revocation_withheld";
        case Attack::card_swapped: return "card_swapped";
        case Attack::key_package_swapped: return "key_package_swapped";
        case Attack::knock_replaced_by_whoever_has_the_link: return "knock_replaced_by_whoever_has_the_link";
        case Attack::refusal_forged: return "refusal_forged";
        case Attack::welcome_replayed: return "welcome_replayed";
        case Attack::welcome_of_another_staff_key: return "welcome_of_another_staff_key";
        case Attack::welcome_of_another_room: return "welcome_of_another_room";
        case Attack::admission_rewritten: return "admission_rewritten";
        case Attack::genesis_of_another_room: return "genesis_of_another_room";
        case Attack::entered_before_a_welcome: return "entered_before_a_welcome";
        case Attack::member_injected: return "member_injected";
        case Attack::admission_forged: return "admission_forged";
        case Attack::admission_withheld: return "admission_withheld";
        case Attack::removed_member_registered_again: return "removed_member_registered_again";
        case Attack::handshake_of_a_member_passed_on: return "handshake_of_a_member_passed_on";
        case Attack::commit_forked: return "commit_forked";
        case Attack::room_split: return "room_split";
        case Attack::log_forked: return "log_forked";
        case Attack::log_forked_between_facilitators: return "log_forked_between_facilitators";
        case Attack::last_of_an_epoch_dropped: return "last_of_an_epoch_dropped";
        case Attack::removal_withheld: return "removal_withheld";
        case Attack::mute_withheld: return "mute_withheld";
        case Attack::end_withheld: return "end_withheld";
        case Attack::message_dropped: return "message_dropped";
        case Attack::messages_reordered: return "messages_reordered";
        case Attack::messages_reordered_and_numbered_anew: return "messages_reordered_and_numbered_anew";
        case Attack::messages_doubled: return "messages_doubled";
        case Attack::message_replayed: return "message_replayed";
        case Attack::sender_rewritten: return "sender_rewritten";
        case Attack::pulses_withheld: return "pulses_withheld";
        case Attack::garbage: return "garbage";
        case Attack::order_forged: return "order_forged";
        case Attack::order_replayed: return "order_replayed";
        case Attack::order_of_a_removed_facilitator: return "order_of_a_removed_facilitator";
        case Attack::book_of_a_dismissed_facilitator: return "book_of_a_dismissed_facilitator";
        case Attack::room_closed_by_its_word: return "room_closed_by_its_word";
        case Attack::amnesia_claimed: return "amnesia_claimed";
        case Attack::amnesia_claimed_to_one: return "amnesia_claimed_to_one";
        case Attack::successor_forged: return "successor_forged";
        case Attack::lane_withheld: return "lane_withheld";
        case Attack::lane_forged: return "lane_forged";
        case Attack::lane_replayed: return "lane_replayed";
        case Attack::acknowledgement_forged: return "acknowledgement_forged";
        case Attack::talk_forged: return "talk_forged";
        case Attack::message_carried: return "message_carried";
        case Attack::order_carried: return "order_carried";
        case Attack::admission_carried: return "admission_carried";
        case Attack::lane_carried: return "lane_carried";
        case Attack::duty_statement_stale: return "duty_statement_stale";
        case Attack::claim_given_to_two: return "claim_given_to_two";
        case Attack::desk_card_of_another: return "desk_card_of_another";
    }
    return {};
}

std::vector<Attack> every_attack() {
    std::vector<Attack> all;
    for (int number = 0; !name(static_cast<Attack>(number)).empty(); ++number)
        all.push_back(static_cast<Attack>(number));
    return all;
}

std::vector<AttackCase> every_case() {
    std::vector<AttackCase> all;
    for (const auto& part : {attacks_at_the_door(), attacks_on_people(), attacks_on_the_log(), attacks_at_the_desk()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

namespace {

const AttackCase* case_of(Attack attack) {
    static const std::vector<AttackCase> all = every_case();
    for (const AttackCase& each : all)
        if (each.attack == attack) return &each;
    return nullptr;
}

std::string said(const Signs& signs) {
    std::string all;
    for (const auto& [who, what] : signs)
        for (const std::string& each : what) all += "  " + who + ": " + each + "\n";
    return all;
}

// What shows only because of the attack.
Signs without(Signs signs, const Signs& honest) {
    for (const auto& [who, what] : honest)
        for (const std::string& each : what) signs[who].erase(each);
    std::erase_if(signs, [](const auto& each) { return each.second.empty(); });
    return signs;
}

class HostileServer : public testing::TestWithParam<Attack> {};

TEST_P(HostileServer, IsNamedByWhomItAttacksAndByNobodyElse) {
    const AttackCase* tried = case_of(GetParam());
    ASSERT_NE(tried, nullptr) << name(GetParam()) << " has no case";
    const Signs attacked = tried->evening(true);
    const Signs honest = tried->evening(false);
    for (const auto& [who, what] : tried->signs) {
        const auto shown = attacked.find(std::string(who));
        EXPECT_TRUE(shown != attacked.end() && shown->second.contains(std::string(what)))
            << who << " is not told: " << what << "\n"
            << said(attacked);
        const auto falsely = honest.find(std::string(who));
        EXPECT_FALSE(falsely != honest.end() && falsely->second.contains(std::string(what)))
            << who << " is told without an attack: " << what << "\n"
            << said(honest);
    }
    if (tried->signs.empty()) {
        EXPECT_EQ(said(without(attacked, honest)), "") << "it comes to nothing";
    }
}

INSTANTIATE_TEST_SUITE_P(Attack, HostileServer, testing::ValuesIn(every_attack()),
                         [](const auto& attack) { return std::string(name(attack.param)); });

TEST(HostileServers, HaveACaseForEveryAttack) {
    for (const Attack attack : every_attack()) EXPECT_NE(case_of(attack), nullptr) << name(attack);
    EXPECT_EQ(every_case().size(), every_attack().size()) << "one each";
    EXPECT_GT(every_attack().size(), 50U);
}

std::string page() {
    std::ostringstream out;
    out << "# What a server can try, and what honest clients say\n\n"
           "Each attack was really made, in the evening of the test that wrote this page\n"
           "([hostile_server_test.cpp](../tests/hostile/hostile_server_test.cpp)): a real relay, real clients, and a "
           "lie\non the way. What stands behind a name is what that person's client says with the attack and does not "
           "say in\nthe same evening without it: an error or a notice by its code, a closed composer by its reason, a "
           "state.\n\"Nothing\" means that it is passed over, and that the evening goes on. What the words mean stands "
           "in\n[protocol.md](protocol.md).\n\n"
           "| attack | the server | clients say |\n|--|--|--|\n";
    for (const Attack attack : every_attack()) {
        const AttackCase* tried = case_of(attack);
        if (tried == nullptr) continue;
        out << "| " << name(attack) << " | " << tried->does << " | ";
        std::string cell;
        for (const auto& [who, what] : without(tried->evening(true), tried->evening(false))) {
            cell += (cell.empty() ? "" : "; ") + who + ": ";
            for (const std::string& each : what) cell += (each == *what.begin() ? "" : ", ") + each;
        }
        out << (cell.empty() ? "nothing" : cell);
        if (!tried->remark.empty()) out << " (" << tried->remark << ")";
        out << " |\n";
    }
    return out.str();
}

TEST(HostileServers, AreAsThePageSays) {
    const std::string path = VERANDA_SOURCE_DIR "/docs/attacks.md";
    const std::string now = page();
    if (std::getenv("VERANDA_WRITE_DOCUMENTS") != nullptr) std::ofstream(path) << now;
    std::ostringstream written;
    written << std::ifstream(path).rdbuf();
    EXPECT_EQ(written.str(), now) << "run this test with VERANDA_WRITE_DOCUMENTS=1, and read what has changed";
}

}  // namespace
}  // namespace veranda::tests
