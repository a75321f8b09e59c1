// A room with a card in it, and somebody who has greeted the relay and may knock. For tests of the relay only.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/rooms.hpp"

namespace veranda::tests {

class AtTheDoor : public ::testing::Test {
protected:
    void SetUp() override {
        world.open();
        card = world.card();
        ASSERT_TRUE(is<Done>(amara.ask(PostCards{{card}}, world.now)));
        world.greet(iris);
    }

    World world;
    Person& amara = world.amara;
    Person& iris = world.iris;
    PostedCard card;
};

}  // namespace veranda::tests
