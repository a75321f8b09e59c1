// Whatever a relay ever sends, sent at any moment: the client may refuse, complain or go, but it goes on or ends in
// order.
#include "tests/support/hostile_relay.hpp"

namespace veranda::client {
namespace {

using namespace tests;

// Everyone's keys come from one seed, so that signatures hold in every evening.
enum class Moment { greeted, invited, waiting, in_group, cut, hosting };

class AnyFrame : public testing::TestWithParam<Moment> {
protected:
    static const std::vector<Bytes>& recorded() {
        static const std::vector<Bytes> frames = [] {
            Evening evening;
            Phone& amara = evening.host(evening.amara);
            Phone& iris = evening.join(amara, "Iris");
            Phone& blessing = evening.join_staff(amara, evening.blessing);
            Phone& ivy = evening.knock(evening.invite(amara), "Ivy");
            EXPECT_TRUE(blessing.client.refuse("Ivy", evening.now));
            evening.settle();
            evening.say(iris, "hello");
            evening.wait(30);
            EXPECT_TRUE(iris.client.leave(evening.now));
            evening.wait(3);
            EXPECT_TRUE(amara.client.remove("Blessing", evening.now));
            evening.settle();
            EXPECT_TRUE(amara.client.end(evening.now));
            evening.settle();
            EXPECT_EQ(ivy.phase(), Phase::refused);
            std::vector<Bytes> all;
            for (const Phone& phone : evening.phones)
                for (const Bytes& message : phone.heard)
                    for (const auto& received : server_frames(message))
                        std::visit([&](const auto& body) { all.push_back(encode_frame(body)); },
                                   std::get<ServerFrame>(received.frame));
            for (const auto reason : {GoneReason::ended, GoneReason::removed, GoneReason::forgotten,
                                      GoneReason::elsewhere, GoneReason::left})
                all.push_back(encode_frame(RoomGone{reason}));
            all.push_back(encode_frame(Refused{Refusal::too_fast, 1}));
            all.push_back(encode_frame(Refused{Refusal::stale_epoch, 1}));
            all.push_back(encode_frame(Fault{"frame_body", 1}));
            std::sort(all.begin(), all.end());
            all.erase(std::unique(all.begin(), all.end()), all.end());
            return all;
        }();
        return frames;
    }

    // An evening of the same people, with one of them at the moment in question.
    static Phone& bring_to(Moment moment, Evening& evening) {
        Phone& amara = evening.host(evening.amara);
        if (moment == Moment::hosting) return amara;
        const std::string link = evening.invite(amara);
        if (moment == Moment::greeted) {
            Phone& iris = evening.phone();
            iris.hear = [](Bytes& message) {  // the card does not come
                const auto frames = server_frames(message);
                if (std::holds_alternative<CardFrame>(std::get<ServerFrame>(frames[0].frame))) message.clear();
            };
            EXPECT_TRUE(iris.client.open_invite(circle::Pass::from(circle::read_link(link)->entropy), evening.now));
            evening.settle();
            return iris;
        }
        Phone& iris = evening.open(link);
        if (moment == Moment::invited) return iris;
        EXPECT_TRUE(iris.client.knock("Iris", evening.now));
        evening.settle();
        if (moment == Moment::waiting) return iris;
        EXPECT_TRUE(amara.client.admit("Iris", evening.now));
        evening.settle();
        if (moment == Moment::cut) iris.hear = [](Bytes& message) { message.clear(); }, iris.cut(evening.now);
        return iris;
    }
};

INSTANTIATE_TEST_SUITE_P(When, AnyFrame,
                         testing::Values(Moment::greeted, Moment::invited, Moment::waiting, Moment::in_group,
                                         Moment::cut, Moment::hosting));

TEST_P(AnyFrame, AtAnyMomentBreaksNothing) {
    ASSERT_GE(recorded().size(), 50U);
    for (const Bytes& frame : recorded()) {
        Evening evening;
        Phone& phone = bring_to(GetParam(), evening);
        if (GetParam() == Moment::cut) evening.wait(2);  // it has dialled again, and heard nothing yet
        phone.client.received(frame, evening.now);
        phone.client.received(frame, evening.now);
        evening.settle();
        (void)phone.client.knock("Iris", evening.now);
        (void)phone.client.say("hello", evening.now);
        evening.wait(2);
        (void)phone.client.leave(evening.now);
        evening.settle();
    }
}

}  // namespace
}  // namespace veranda::client
