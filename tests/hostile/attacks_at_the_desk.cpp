// What a server can try at the support desk.
#include "client-lib/client/rules.hpp"
#include "tests/hostile/attacked_evening.hpp"
#include "tests/unit/client/desk_evening.hpp"

namespace veranda::tests {
namespace {

using client::Asker;
using client::Counsellor;

class DeskOfAnEvening : public client::DeskEvening {
public:
    DeskOfAnEvening() { tell_relay(); }
    using DeskEvening::asks;
    using DeskEvening::celia;
    using DeskEvening::counsellors;
    using DeskEvening::dora;
    using DeskEvening::evening;
    using DeskEvening::on_duty;
    using DeskEvening::sessions;
    using DeskEvening::settle;
    using DeskEvening::take;
    using DeskEvening::wait;

private:
    void TestBody() override {}
};

Signs signs_of_both(const Asker& asker) { return {{"Asker", signs_of(asker)}}; }

// It has kept a statement of Celia's, and shows it though she is gone: she never hears the asker's nonce.
Signs duty_statement_stale(bool hostile) {
    DeskOfAnEvening at;
    Counsellor& celia = at.on_duty(at.celia);
    if (hostile) celia.keep = [](const ServerFrame& frame) { return !std::holds_alternative<DutyNonce>(frame); };
    const Asker& asker = at.asks();
    at.wait(client::duty_proof_wait_ms / 1'000 + 1);
    EXPECT_EQ(asker.last<client::DeskEvent>().state, hostile ? "nobody" : "waiting");
    return signs_of_both(asker);
}

// Both are told that the request is theirs. Both open a session; there is one card of hers, so one comes of it.
Signs claim_given_to_two(bool hostile) {
    DeskOfAnEvening at;
    Counsellor& celia = at.on_duty(at.celia);
    Counsellor& dora = at.on_duty(at.dora);
    const Asker& asker = at.asks();
    std::optional<LaneId> request;
    if (hostile)
        dora.keep = [](const ServerFrame& frame) {
            const auto* refused = std::get_if<Refused>(&frame);
            return refused == nullptr || refused->refusal != Refusal::request_claimed;
        };
    EXPECT_EQ(rule_of(celia.core.take(1, at.evening.now)), "");
    EXPECT_EQ(rule_of(dora.core.take(1, at.evening.now)), "");
    at.settle();
    for (const Bytes& message : std::vector<Bytes>(dora.heard))
        for (const auto& received : server_frames(message)) {
            const auto& frame = std::get<ServerFrame>(received.frame);
            if (const auto* shown = std::get_if<DeskRequestFrame>(&frame)) request = circle::lane_id(shown->envelope);
            if (std::holds_alternative<Refused>(frame) && hostile)
                dora.core.received(encode_frame(DeskClaim{*request, 120'000}, received.request), at.evening.now);
        }
    at.settle();
    at.wait(5);
    EXPECT_EQ(at.sessions.size(), hostile ? 2U : 1U);
    EXPECT_EQ(asker.last<client::StateEvent>().phase, client::Phase::in_group);
    EXPECT_EQ(asker.last<client::DeskEvent>().name, "Celia");
    std::size_t with_her = 0;
    for (const auto& [counsellor, session] : at.sessions) with_her += session->client.roster().size() == 2 ? 1 : 0;
    EXPECT_EQ(with_her, 1U) << "one of them has her";
    at.wait(60);
    Signs signs = signs_of_both(asker);
    signs["Celia"] = signs_of(celia);
    signs["Dora"] = signs_of(dora);
    for (const auto& [counsellor, session] : at.sessions)
        signs[counsellor == &celia ? "Celia" : "Dora"].merge(signs_of(*session));
    return signs;
}

// A counsellor to whom the request was never sealed answers in the other's place.
Signs desk_card_of_another(bool hostile) {
    DeskOfAnEvening at;
    Counsellor& celia = at.on_duty(at.celia);
    const Asker& asker = at.asks();
    EXPECT_EQ(rule_of(celia.core.take(1, at.evening.now)), "");
    celia.turn(at.evening.now);
    celia.turn(at.evening.now);
    auto session = celia.core.take_session();
    if (!session) return ADD_FAILURE() << "no session", Signs{};
    Phone& phone = at.evening.phone();
    EXPECT_TRUE(phone.client.host(clone(hostile ? at.dora : at.celia), session->plan, at.evening.now));
    at.wait(5);
    EXPECT_EQ(asker.last<client::DeskEvent>().state, hostile ? "claimed" : "counsellor");
    return signs_of_both(asker);
}

}  // namespace

std::vector<AttackCase> attacks_at_the_desk() {
    return {
        {Attack::duty_statement_stale,
         "shows a statement of a counsellor who is gone",
         duty_statement_stale,
         {{"Asker", "desk nobody"}}},
        {Attack::claim_given_to_two,
         "tells two counsellors that the request is theirs",
         claim_given_to_two,
         {{"Dora", "notice request_yours"}},
         "one has her; the other sits alone in a session"},
        {Attack::desk_card_of_another,
         "leads her to a counsellor who did not prove that she is there",
         desk_card_of_another,
         {{"Asker", "error card_of_another"}}},
    };
}

}  // namespace veranda::tests
