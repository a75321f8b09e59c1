// Enums on the wire: of each, every value that is known and no other is accepted. The lists are written out here, so
// that a value that comes by mistake is noticed.
#include "protocol/book.hpp"
#include "protocol/desk_frames.hpp"
#include "protocol/frames.hpp"
#include "protocol/mls_envelope.hpp"
#include "protocol/signed/joining.hpp"
#include "tests/support/known_values.hpp"

namespace veranda {
namespace {

using tests::expect_known;

TEST(WireEnums, OfStaff) {
    expect_known<Role>(0, 4);
    expect_known<RoomKind>(1, 3);
    expect_known<StaffListEvent>(1, 2);
}

TEST(WireEnums, OfRooms) {
    expect_known<Level>(1, 3);
    expect_known<OrderKind>(1, 6);
    expect_known<KnockRefusalReason>(1, 5);
    expect_known<EntryKind>(1, 7);
    expect_known<LeaseKind>(1, 2);
    expect_known<Whereabouts>(1, 2);
    expect_known<KnockEnd>(1, 4);
    expect_known<GoneReason>(1, 6);
}

TEST(WireEnums, OfJoiningAndTheDesk) {
    expect_known<CardKind>(1, 5);
    expect_known<KnockReason>(1, 5);
    expect_known<Urgency>(1, 4);
    expect_known<DeskStanding>(1, 3);
    expect_known<TalkKind>(1, 2);
    expect_known<MlsContentType>(1, 3);
    expect_known<ReactionSign>(0, 6);
}

// Kinds that a newer version may bring pass through.
TEST(WireEnums, OfWhatANewerVersionMayBringAcceptEverything) {
    expect_known<ContentKind>(0, 255);
    expect_known<LaneKind>(0, 255);
    expect_known<Refusal>(0, 255);
    EXPECT_TRUE(may_be_passed_over(ContentKind::pulse));
    EXPECT_FALSE(may_be_passed_over(ContentKind::text));
}

TEST(Names, OfRolesAndUrgenciesAreThoseOfTheEvents) {
    std::vector<std::string_view> roles;
    for (std::uint8_t role = 0; role < 6; ++role) roles.push_back(name(static_cast<Role>(role)));
    EXPECT_EQ(roles,
              (std::vector<std::string_view>{"member", "facilitator", "counsellor", "mediator", "lead", "member"}));
    std::vector<std::string_view> urgencies;
    for (std::uint8_t urgency = 1; urgency < 6; ++urgency) urgencies.push_back(name(static_cast<Urgency>(urgency)));
    EXPECT_EQ(urgencies, (std::vector<std::string_view>{"calm", "soon", "now", "not_safe", "?"}));
}

TEST(Roles, CommitInTheRoomsOfTheirKindAlone) {
    for (const RoomKind kind : {RoomKind::group, RoomKind::debrief, RoomKind::one_to_one}) {
        EXPECT_EQ(commits(Role::facilitator, kind), kind != RoomKind::one_to_one);
        EXPECT_EQ(commits(Role::counsellor, kind), kind == RoomKind::one_to_one);
        for (const Role role : {Role::member, Role::mediator, Role::lead}) EXPECT_FALSE(commits(role, kind));
    }
}

TEST(Padding, IsZerosToTheEnd) {
    const Content content{ContentKind::text, {}, {1, 2}, {40}};
    Bytes bytes = tls::encode(content);
    EXPECT_EQ(tls::decode<Content>(bytes)->padding.count, 40U);
    bytes.back() = 1;
    EXPECT_TRUE(tls::decode<Content>(bytes).error().is(faults::padding_not_zero));
}

// What each kind of order uses may be set, and every other field must be as it is when nothing is said.
TEST(Orders, OfEveryKindRefuseEveryFieldThatIsNotTheirs) {
    struct Field {
        const char* of;  // the kinds that use it, by their first letter
        void (*set)(Order&);
    };
    const Field fields[] = {
        {"srl", [](Order& order) { order.member = MemberId{{1}}; }},
        {"s", [](Order& order) { order.level = Level::listens; }},
        {"sm", [](Order& order) { order.seconds = 5; }},
        {"k", [](Order& order) { order.flag = true; }},
        {"k", [](Order& order) { order.clear = true; }},
    };
    const std::pair<OrderKind, char> kinds[] = {{OrderKind::set_level, 's'}, {OrderKind::slow_mode, 'm'},
                                                {OrderKind::lock, 'k'},      {OrderKind::remove, 'r'},
                                                {OrderKind::lift, 'l'},      {OrderKind::end, 'e'}};
    for (const auto& [kind, letter] : kinds) {
        Order order;
        order.kind = kind;
        if (std::string_view("srl").find(letter) != std::string_view::npos) order.member = MemberId{{1}};
        EXPECT_TRUE(is_well_formed(order)) << letter;
        for (const Field& field : fields) {
            Order with = order;
            field.set(with);
            EXPECT_EQ(is_well_formed(with), std::string_view(field.of).find(letter) != std::string_view::npos)
                << letter << " with a field of " << field.of;
        }
    }
}

}  // namespace
}  // namespace veranda
