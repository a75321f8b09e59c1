// Promise 3, against the worst member: one who never forgets a key, and to whom somebody passes everything that the
// log holds after her removal. She opens nothing of it.
#include <gtest/gtest.h>

#include "tests/support/keeper.hpp"

namespace veranda::client {
namespace {

using namespace tests;
using Texts = std::vector<std::string>;

class RemovedMember : public testing::Test {
protected:
    RemovedMember() : amara_(evening_.host(evening_.amara)), iris_(evening_.join(amara_, "Iris")) {}

    void SetUp() override {
        keeper_.emplace(evening_, evening_.invite(amara_), "Joy");
        ASSERT_TRUE(amara_.client.admit("Joy", evening_.now));
        settle();
        ASSERT_TRUE(keeper_->is_in());
        ASSERT_EQ(iris_.client.roster().size(), 3U);
    }
    void settle() {
        evening_.settle();
        keeper_->read();
        evening_.settle();
    }
    void say(Phone& who, std::string_view text) {
        evening_.say(who, text);
        settle();
    }

    // What was sealed from the order on that removed her: the application messages, and how many she opens.
    struct Later {
        std::size_t messages = 0;
        std::size_t opened = 0;
    };
    Later after_removal() {
        Later later;
        bool removed = false;
        for (const LogEntry& entry : log_heard_by(amara_)) {
            if (entry.kind == EntryKind::order) removed = true;
            if (!removed || entry.kind != EntryKind::application) continue;
            ++later.messages;
            later.opened += keeper_->opens(entry.body) ? 1 : 0;
        }
        return later;
    }

    Evening evening_;
    Phone& amara_;
    Phone& iris_;
    std::optional<Keeper> keeper_;
};

TEST_F(RemovedMember, ReadsWhatIsSaidWhileSheIsIn) {  // or the tests below would prove nothing
    say(amara_, "one");
    evening_.join(amara_, "Kemi");  // an epoch later
    settle();
    say(iris_, "two");
    EXPECT_EQ(keeper_->texts, (Texts{"one", "two"}));
    EXPECT_EQ(keeper_->groups.size(), 2U);
    ASSERT_TRUE(iris_.client.say("three", evening_.now));
    evening_.settle();  // it lies unread at her client
    EXPECT_TRUE(keeper_->opens(log_heard_by(amara_).back().body));
}

TEST_F(RemovedMember, OpensNothingSealedAfterwardsWithAnyKeySheEverHad) {
    say(iris_, "before");
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    settle();
    say(iris_, "is she gone?");
    say(amara_, "she is");
    Phone& kemi = evening_.join(amara_, "Kemi");
    say(kemi, "hello");
    evening_.wait(60);  // and pulses
    keeper_->read();
    EXPECT_EQ(keeper_->texts, Texts{"before"});
    const Later later = after_removal();
    EXPECT_GE(later.messages, 5U);
    EXPECT_EQ(later.opened, 0U);
}

TEST_F(RemovedMember, OpensNoTextThatWasTypedBeforeTheCommitThatRemovesHer) {
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    std::vector<Bytes> held_back;  // Iris hears of the order, and of no Commit yet
    iris_.hear = [&](Bytes& message) {
        const auto frames = decode_server_message(message);
        for (const auto& frame : *frames) {
            const auto* known = std::get_if<ServerFrame>(&frame.frame);
            const auto* entry = known == nullptr ? nullptr : std::get_if<EntryFrame>(known);
            if (entry == nullptr || entry->entry.kind != EntryKind::commit) continue;
            held_back.push_back(std::exchange(message, {}));
            return;
        }
    };
    settle();
    EXPECT_EQ(iris_.last<ComposerEvent>().why, "removal_under_way");
    EXPECT_FALSE(iris_.client.say("not now", evening_.now));
    ASSERT_EQ(held_back.size(), 1U);
    iris_.hear = {};
    iris_.client.received(held_back[0], evening_.now);
    settle();
    say(iris_, "now");
    EXPECT_EQ(amara_.texts(), Texts{"Iris: now"});
    const Later later = after_removal();
    EXPECT_GE(later.messages, 1U);
    EXPECT_EQ(later.opened, 0U);
}

}  // namespace
}  // namespace veranda::client
