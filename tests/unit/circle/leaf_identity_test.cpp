// What an MLS leaf may say of who it is: a pseudonym or a credential, exactly one of the two, and nothing after it.
#include "client-lib/circle/trust/leaf_identity.hpp"

#include <gtest/gtest.h>

namespace veranda::circle {
namespace {

std::string_view rule(ByteView identity) {
    const auto read = read_identity(identity);
    return read ? "" : read.error().rule->name;
}

TEST(LeafIdentities, AreAPseudonymOrStaff) {
    const auto member = read_identity(member_identity("Iris"));
    ASSERT_TRUE(member);
    EXPECT_EQ(member->pseudonym, "Iris");
    EXPECT_FALSE(member->staff);
    StaffCredential credential;
    credential.certificate.body.name = "Amara";
    credential.certificate.body.role = credential.statement.body.role = Role::facilitator;
    credential.statement.body.kind = RoomKind::group;
    const auto staff = read_identity(staff_identity(credential));
    ASSERT_TRUE(staff);
    EXPECT_FALSE(staff->pseudonym);
    EXPECT_EQ(staff->staff, credential);
}

TEST(LeafIdentities, ThatAreBothOrNeitherAreRefused) {
    StaffCredential credential;
    credential.certificate.body.role = credential.statement.body.role = Role::facilitator;
    credential.statement.body.kind = RoomKind::group;
    EXPECT_EQ(rule(tls::encode(LeafIdentity{"Iris", credential})), faults::leaf_identity.name);
    EXPECT_EQ(rule(tls::encode(LeafIdentity{std::nullopt, std::nullopt})), faults::leaf_identity.name);
}

TEST(LeafIdentities, ThatAreNoEncodingAreRefused) {
    Bytes identity = member_identity("Iris");
    for (std::size_t length = 0; length < identity.size(); ++length)
        EXPECT_EQ(rule(ByteView(identity).first(length)), faults::leaf_identity.name) << length;
    identity.push_back(0);
    EXPECT_EQ(rule(identity), faults::leaf_identity.name);
    EXPECT_EQ(rule(as_bytes("Iris")), faults::leaf_identity.name);
}

}  // namespace
}  // namespace veranda::circle
