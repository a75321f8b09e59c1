// docs/orders-and-roles.md is what the code answers: every order, content and thing said in the lane, by every role,
// each of them really tried on a room of the relay and on a room as a client believes it. Run with
// VERANDA_WRITE_DOCUMENTS=1 to write the page anew; its second half is tests/hostile/passed_on_test.cpp's.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "client-lib/circle/moderation/room_state.hpp"
#include "client-lib/circle/trust/roles.hpp"
#include "server/relay/room.hpp"
#include "tests/support/rooms.hpp"

namespace veranda::tests {
namespace {

using relay::Room;

constexpr Role roles[] = {Role::member, Role::facilitator, Role::counsellor, Role::mediator, Role::lead};

struct Named {
    std::string_view name;
    int value;
};
constexpr Named orders[] = {{"set_level", 1}, {"slow_mode", 2}, {"lock", 3}, {"remove", 4}, {"end", 5}, {"lift", 6}};
constexpr Named contents[] = {{"text", 1},       {"reply", 2},         {"hide (own)", 3},   {"hide (others')", 3},
                              {"pin", 4},        {"warned", 10},       {"held_release", 7}, {"closing", 8},
                              {"pulse", 0x8001}, {"liveness", 0x8002}, {"reaction", 0x8003}};
constexpr Named lanes[] = {{"raised_hand", 1}, {"private_note", 2}, {"not_safe", 4},      {"leaving", 6},
                           {"pass_secret", 8}, {"held_message", 9}, {"erased", 10},       {"return_pass", 11},
                           {"words_seen", 12}, {"book_entry", 13},  {"staff_ticket", 14}, {"pass_void", 15}};

// A group's room with one of each role in it, as the relay has it and as a client does.
class OrdersAndRoles : public ::testing::Test {
protected:
    void SetUp() override {
        for (const Role role : roles) {
            people_.push_back(role == Role::member ? world_.person("member")
                                                   : world_.staff(std::string(name(role)), role));
        }
        organisation_ = world_.organisation.current(UnixSeconds{noon.value});
        world_.connect(world_.amara);
        const OpenRoom open = world_.opening(world_.amara);
        const GenesisEntry genesis{open.genesis, open.opener};
        store::RoomSnapshot snapshot;
        snapshot.genesis_entry = tls::encode(genesis);
        snapshot.epoch = Epoch{7};
        snapshot.last = snapshot.oldest = Sequence{1};
        snapshot.admissions = {tls::encode(relay::AdmissionRecord{open.opener, true, {}})};
        trust_.emplace(circle::TrustAnchor{crypto::fingerprint(organisation_.organisation.body.root), std::nullopt});
        ASSERT_TRUE(trust_->accept_hello(organisation_.organisation, organisation_.staff.head));
        ASSERT_TRUE(trust_->accept_list(organisation_.staff));
        auto believed = circle::RoomState::open(genesis, *trust_, today());
        ASSERT_TRUE(believed);
        believed_.emplace(*std::move(believed));
        for (const Person& person : people_) {
            const auto admission = world_.admission(world_.amara, person, world_.random.id<KnockId>());
            snapshot.admissions.push_back(tls::encode(relay::AdmissionRecord{admission, true, {}}));
            ASSERT_TRUE(believed_->admit(admission, *trust_, today())) << person.name;
        }
        room_ = Room::from(world_.room, snapshot);
        ASSERT_TRUE(room_);
    }
    static UnixSeconds today() { return UnixSeconds{noon.value / 1'000}; }
    static relay::Sender sender(const Person& person) { return {person.member, person.access()}; }

    std::string order_cell(Person& by, OrderKind kind) {
        by.orders = 0;  // nothing of what is tried here is taken in
        Order order;
        order.kind = kind;
        if (kind == OrderKind::set_level || kind == OrderKind::remove || kind == OrderKind::lift)
            order.member = world_.iris.member;
        const OrderFrame frame = world_.order(by, order);
        const auto at_relay = room_->judge(sender(by), frame, noon);
        circle::RoomState believed = *believed_;
        const auto at_client = believed.obey(frame.order, {});
        EXPECT_EQ(at_relay.has_value(), at_client.has_value()) << "relay and clients agree";
        if (at_relay && at_client) return "yes";
        return "relay: " + std::string(at_relay ? "yes" : name(at_relay.error().refusal)) +
               "; clients: " + std::string(at_client ? "yes" : at_client.error().rule->name);
    }
    std::string content_cell(Person& by, const Named& content) {
        const auto message = mls_message(world_.room, Epoch{7}, MlsContentType::application, "sealed");
        const auto at_relay = room_->judge(sender(by), Submit{world_.random.id<SubmissionId>(), message}, noon);
        EXPECT_TRUE(at_relay) << "the relay cannot tell what it is";
        const circle::Person* person = believed_->by_member(by.member);
        const auto kind = static_cast<ContentKind>(content.value);
        const bool may = circle::may_send(kind, person->commits(), content.name != "hide (others')");
        return may ? "yes" : "clients: kind_not_allowed";
    }
    std::string lane_cell(Person& by, const Named& said) const {
        const circle::Person* person = believed_->by_member(by.member);
        const bool staff_only = circle::only_committing_staff(static_cast<LaneKind>(said.value));
        return !staff_only || person->commits() ? "yes" : "staff clients: passed over";
    }

    std::string page() {
        std::ostringstream out;
        out << "# Who may do what\n\n"
               "In a group and a debrief; in a session for two, counsellor and facilitator change places. Each order "
               "was\n"
               "tried on a relay's room and on a client's, each kind of content and of the lane asked of the rule "
               "that\n"
               "clients judge by, in the test that wrote this page\n"
               "([orders_and_roles_test.cpp](../tests/unit/relay/orders_and_roles_test.cpp)): \"yes\", or who refuses "
               "and by which\nname. What each thing is stands in [protocol.md](protocol.md).\n";
        const auto table = [&](std::string_view title, std::string_view words, const auto& rows, const auto& cell) {
            out << "\n## " << title << "\n\n" << words << "\n\n|";
            for (const Role role : roles) out << " | " << name(role);
            out << " |\n|--";
            for (std::size_t i = 0; i < std::size(roles); ++i) out << "|--";
            out << "|\n";
            for (const Named& row : rows) {
                out << "| " << row.name;
                for (Person& person : people_) out << " | " << cell(person, row);
                out << " |\n";
            }
        };
        table("Orders", "The relay enforces them, and so does every client (6.7).", orders,
              [&](Person& by, const Named& row) { return order_cell(by, static_cast<OrderKind>(row.value)); });
        table("Content", "The relay cannot tell one from another; every client judges what it opens (9).", contents,
              [&](Person& by, const Named& row) { return content_cell(by, row); });
        table("The lane", "Staff clients judge what they open (8.1).", lanes,
              [&](Person& by, const Named& row) { return lane_cell(by, row); });
        return out.str();
    }

    World world_;
    std::deque<Person> people_;
    relay::Organisation organisation_;
    std::optional<circle::TrustedStaff> trust_;
    std::optional<circle::RoomState> believed_;
    std::optional<Room> room_;
};

TEST_F(OrdersAndRoles, AreAsThePageSays) {
    const std::string path = VERANDA_SOURCE_DIR "/docs/orders-and-roles.md";
    const std::string now = page();
    constexpr std::string_view second_half = "\n# With a server that passes everything on\n";
    const auto read = [&] {
        std::ostringstream written;
        written << std::ifstream(path).rdbuf();
        return written.str();
    };
    if (std::getenv("VERANDA_WRITE_DOCUMENTS") != nullptr) {
        const std::string all = read();
        const auto at = std::min(all.find(second_half), all.size());
        std::ofstream(path) << now << all.substr(at);
    }
    const std::string all = read();
    EXPECT_EQ(all.substr(0, all.find(second_half)), now)
        << "run this test with VERANDA_WRITE_DOCUMENTS=1, and read what has changed";
}

TEST_F(OrdersAndRoles, LetOnlyFacilitatorsOrder) {
    for (Person& person : people_) {
        const bool is_facilitator = person.staff && person.staff->certificate.body.role == Role::facilitator;
        for (const Named& order : orders)
            EXPECT_EQ(order_cell(person, static_cast<OrderKind>(order.value)) == "yes", is_facilitator) << person.name;
    }
}

}  // namespace
}  // namespace veranda::tests
