// The life of a group: people come, speak, renew their keys and go, and all agree in every epoch.
#include "client-lib/mls/group.hpp"

#include "tests/unit/mls/people.hpp"

namespace veranda::mls {
namespace {

using tests::Circle;

TEST(Group, BeginsWithItsCreatorAlone) {
    Circle circle(1);
    EXPECT_EQ(circle[0].epoch(), Epoch{0});
    ASSERT_EQ(circle[0].roster().size(), 1U);
    EXPECT_EQ(as_text(circle[0].roster()[0].identity), "member 0");
    EXPECT_EQ(circle[0].welcome_signer(), circle[0].own_leaf());
}

TEST(Group, AddsOneWithoutAPath) {
    Circle circle(2);
    EXPECT_EQ(circle[1].epoch(), Epoch{1});
    EXPECT_EQ(circle[1].welcome_signer(), LeafIndex{0});
    circle.expect_agreement();
}

TEST(Group, AddsManyAtOnceWithAPath) {
    Circle circle(9, 1, PathPolicy::always);
    circle.expect_agreement();
}

TEST(Group, FollowsRenewalsFromEveryLeafOfATreeThatIsNoPowerOfTwo) {
    Circle circle(5);
    for (std::size_t by = 0; by < 5; ++by) circle.renew(by);
    circle.expect_agreement();
    circle.add(3, 2);
    circle.renew(6);
    circle.expect_agreement();
}

TEST(Group, GoesOnWithoutARemovedMember) {
    Circle circle(7);
    circle.renew(6);
    circle.remove(0, 3);
    circle.expect_agreement();
    circle.remove(1, 5);
    circle.remove(4, 3);
    circle.add(2, 1);
    circle.expect_agreement();
}

TEST(Group, LivesThroughAnEveningOfRandomChange) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Circle circle(3, seed);
        std::mt19937_64 choice(seed);
        for (int step = 0; step < 25; ++step) {
            const std::size_t by = choice() % circle.members.size();
            const std::size_t whom = choice() % circle.members.size();
            switch (choice() % 3) {
                case 0:
                    circle.add(by, 1 + choice() % 3, choice() % 2 ? PathPolicy::always : PathPolicy::if_required);
                    break;
                case 1: circle.renew(by); break;
                default:
                    if (whom != by) circle.remove(by, whom);
            }
            ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << ", step " << step;
        }
        circle.expect_agreement();
    }
}

}  // namespace
}  // namespace veranda::mls
