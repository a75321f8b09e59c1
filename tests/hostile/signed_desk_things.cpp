// The signed things of the support desk, each with who believes it.
#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/circle/desk/desk_request.hpp"
#include "client-lib/circle/desk/duty.hpp"
#include "client-lib/circle/desk/hand_over.hpp"
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "tests/hostile/signed_fields.hpp"
#include "tests/support/sealed_to.hpp"

namespace veranda::tests {
namespace {

struct OnDuty : SignedWorld {
    circle::Duty duty{celia.certificate, {{"en"}}, random};
    const Signed<DutyStatement>& statement = duty.state(test_time, celia.key);

    Result<crypto::DutyStanding> standing(const Signed<DutyStatement>& of) const {
        return crypto::check_duty(of, harbour.root.public_key(), harbour.staff, test_time);
    }
};

}  // namespace

void try_duty_statement() {
    const OnDuty at;
    expect_all_signed(Judged<DutyStatement>{
        at.statement,
        at.celia.key,
        [&](const auto& it) { return rule_of(at.standing(it)); },
        {"duty_signature", "duty_form", "duty_role", "duty_lifetime", "certificate_root", "certificate_signature"}});
}

void try_duty_proof() {
    const OnDuty at;
    const Challenge nonce{{5}};
    const auto standing = at.standing(at.statement);
    ASSERT_TRUE(standing);
    expect_all_signed(
        Judged<DutyProof>{at.duty.prove(nonce, at.celia.key),
                          at.celia.key,
                          [&](const auto& it) { return rule_of(crypto::check_duty_proof(it, *standing, nonce)); },
                          {"duty_proof_signature", "duty_other_statement", "duty_other_nonce"}});
}

void try_duty_access() {
    const OnDuty at;
    const Challenge challenge{{5}};
    const auto standing = at.standing(at.statement);
    ASSERT_TRUE(standing);
    expect_all_signed(
        Judged<DutyAccess>{at.duty.access("https://veranda.test", challenge, at.celia.key),
                           at.celia.key,
                           [&](const auto& it) { return rule_of(crypto::check_duty_access(it, *standing, challenge)); },
                           {"duty_access"}});
}

void try_desk_request() {
    SignedWorld world;
    DeskRequest body;
    body.asker = world.pass.keys();
    body.language = "en";
    body.urgency = Urgency::soon;
    body.note = "hello";
    body.asked_at = test_time;
    expect_all_signed(Judged<DeskRequest>{crypto::sign(body, world.pass.signing),
                                          world.pass.signing,
                                          [&](const auto& it) -> std::string_view {
                                              const auto sealed =
                                                  circle::seal_envelope(tls::encode(PaddedDeskRequest{it, {}}),
                                                                        {&world.lane_key.public_key, 1}, world.random);
                                              return rule_of(circle::open_desk_request(*sealed, world.lane_key));
                                          },
                                          {"desk_request_signature"}});
}

void try_desk_answer() {
    OnDuty at;
    DeskAnswer body;
    body.certificate = at.celia.certificate;
    body.asker = at.pass.keys();
    body.asked_at = test_time;
    body.answered_at = test_time;
    body.text = "Call us.";
    expect_all_signed(Judged<DeskAnswer>{
        crypto::sign(body, at.celia.key),
        at.celia.key,
        [&](const auto& it) {
            const Bytes sealed =
                sealed_to(at.pass.keys().sealing_key, DeskAnswer::seal_info, circle::answer_id(at.pass.keys()),
                          tls::encode(PaddedDeskAnswer{it, {}}), limits::desk_answer_plain_bytes, at.random);
            return rule_of(circle::open_desk_answer(sealed, at.pass, at.trust, test_time));
        },
        {"desk_answer_signature", "desk_answer_other_request", "desk_answer_time", "desk_answer_role",
         "desk_answer_form", "certificate_root", "certificate_signature"}});
}

void try_hand_over() {
    OnDuty at;
    const Hash turn = at.standing(at.statement)->turn();
    HandOver body{at.celia.certificate, turn, {}, test_time};
    expect_all_signed(Judged<HandOver>{
        crypto::sign(body, at.celia.key),
        at.celia.key,
        [&](const auto& it) {
            const Bytes sealed =
                sealed_to(at.duty.key().public_key, HandOver::seal_info, turn, tls::encode(PaddedHandOver{it, {}}),
                          limits::hand_over_plain_bytes, at.random);
            return rule_of(circle::open_hand_over(sealed, at.duty.key(), turn, at.trust, test_time));
        },
        {"hand_over_signature", "hand_over_other_turn", "hand_over_time", "hand_over_role", "certificate_root",
         "certificate_signature"}});
}

}  // namespace veranda::tests
