// What a counsellor answers to a request that was left, and what is handed over to another: opened by whom it is for,
// and refused by name when anything of it is another's or was changed.
#include <gtest/gtest.h>

#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/circle/desk/duty.hpp"
#include "client-lib/circle/desk/hand_over.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "tests/support/rule_of.hpp"
#include "tests/support/sealed_to.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::circle {
namespace {

using namespace tests;
namespace rules = crypto::faults;

UnixSeconds later(std::uint64_t seconds) { return UnixSeconds{test_time.value + seconds}; }

class DeskAnswers : public testing::Test {
protected:
    SeededRandom random{31};
    SmallOrganisation harbour{random};
    client::StaffKeys celia = harbour.certify("Celia", Role::counsellor);
    client::StaffKeys amara = harbour.certify("Amara");
    Pass iris = Pass::from(crypto::random_secret<pass_entropy_bytes>(random));
    Pass noor = Pass::from(crypto::random_secret<pass_entropy_bytes>(random));
    TrustedStaff trust{harbour.anchor()};
    DeskAnswer answer{{}, iris.keys(), test_time, later(3600), "We read it. Come on Tuesday."};

    void SetUp() override { believe(); }
    void believe() {
        trust = TrustedStaff(harbour.anchor());
        ASSERT_TRUE(trust.accept_hello(harbour.organisation, harbour.staff.head));
        ASSERT_TRUE(trust.accept_list(harbour.staff));
    }
    Bytes sealed(const DeskAnswer& body, const client::StaffKeys& by) {
        return *seal_desk_answer(body, by.certificate, by.key, random);
    }
    // What a client of another make seals: anything, to anyone, under any id.
    Bytes sealed_as_it_is(const Signed<DeskAnswer>& signed_answer,
                          std::size_t bytes = limits::desk_answer_plain_bytes) {
        return sealed_to(iris.sealing.public_key, DeskAnswer::seal_info, answer_id(iris.keys()),
                         tls::encode(PaddedDeskAnswer{signed_answer, {}}), bytes, random);
    }
    std::string_view opened(ByteView bytes, UnixSeconds at = later(7200)) {
        return rule_of(open_desk_answer(bytes, iris, trust, at));
    }
    Signed<DeskAnswer> signed_by(const client::StaffKeys& by) {
        answer.certificate = by.certificate;
        return crypto::sign(answer, by.key);
    }
};

TEST_F(DeskAnswers, AreOpenedByThePassAndSayWhoAnsweredWhatAndWhen) {
    const Bytes bytes = sealed(answer, celia);
    EXPECT_EQ(bytes.size(), limits::desk_answer_sealed_bytes);
    const auto read = open_desk_answer(bytes, iris, trust, later(7200));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->name(), "Celia");
    EXPECT_EQ(read->text(), answer.text);
    EXPECT_EQ(read->asked_at(), test_time);
    EXPECT_EQ(read->answered_at(), later(3600));
    EXPECT_EQ(rule_of(open_desk_answer(bytes, noor, trust, later(7200))), faults::desk_answer_not_ours.name);
}

TEST_F(DeskAnswers, HaveOneSizeWhateverIsSaid) {
    answer.text = "x";
    const auto short_one = sealed(answer, celia);
    answer.text.assign(limits::desk_answer_text_bytes_max, 'x');
    EXPECT_EQ(short_one.size(), sealed(answer, celia).size());
}

TEST_F(DeskAnswers, AreFoundUnderAnIdOfTheirPassAlone) {
    EXPECT_EQ(answer_id(iris.keys()), answer_id(iris.keys()));
    EXPECT_NE(answer_id(iris.keys()), answer_id(noor.keys()));
    EXPECT_NE(answer_id(iris.keys()).bytes, card_id(iris.keys(), Day{0}).bytes);
}

TEST_F(DeskAnswers, RefuseAFormBeyondTheLimits) {
    for (const std::string& text : {std::string(), std::string(" \n"), std::string("\xff"),
                                    std::string(limits::desk_answer_text_bytes_max + 1, 'x')}) {
        answer.text = text;
        EXPECT_EQ(rule_of(seal_desk_answer(answer, celia.certificate, celia.key, random)),
                  faults::desk_answer_form.name);
    }
    answer.text = " ";
    EXPECT_EQ(opened(sealed_as_it_is(signed_by(celia))), faults::desk_answer_form.name);
}

TEST_F(DeskAnswers, RefuseWhatWasChangedOnItsWayOrHasAnotherSize) {
    const Bytes bytes = sealed(answer, celia);
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
        Bytes changed = bytes;
        changed[at] ^= 1;
        EXPECT_EQ(opened(changed), faults::desk_answer_not_ours.name) << at;
    }
    EXPECT_EQ(opened(ByteView(bytes).first(bytes.size() - 1)), faults::desk_answer_not_ours.name);
    EXPECT_EQ(opened(sealed_as_it_is(signed_by(celia), limits::desk_answer_plain_bytes + 1)),
              faults::desk_answer_not_ours.name);
}

// Each field once, with the signature that was for another.
TEST_F(DeskAnswers, RefuseWhateverWasChangedSinceItWasSigned) {
    const auto good = signed_by(celia);
    EXPECT_EQ(opened(sealed_as_it_is(good)), "");
    auto changed = good;
    changed.body.certificate = harbour.certify("Dora", Role::counsellor).certificate;
    believe();
    EXPECT_EQ(opened(sealed_as_it_is(changed)), faults::desk_answer_signature.name);
    changed = good;
    changed.body.asked_at.value += 1;
    EXPECT_EQ(opened(sealed_as_it_is(changed)), faults::desk_answer_signature.name);
    changed = good;
    changed.body.answered_at.value += 1;
    EXPECT_EQ(opened(sealed_as_it_is(changed)), faults::desk_answer_signature.name);
    changed = good;
    changed.body.text += ".";
    EXPECT_EQ(opened(sealed_as_it_is(changed)), faults::desk_answer_signature.name);
    changed = good;
    changed.signature.bytes[0] ^= 1;
    EXPECT_EQ(opened(sealed_as_it_is(changed)), faults::desk_answer_signature.name);
    changed = good;
    changed.body.asker = noor.keys();
    EXPECT_EQ(opened(sealed_as_it_is(changed)), faults::desk_answer_other_request.name);
}

TEST_F(DeskAnswers, RefuseWhatWasAnsweredToAnother) {
    answer.asker = noor.keys();
    EXPECT_EQ(opened(sealed_as_it_is(signed_by(celia))), faults::desk_answer_other_request.name);
}

TEST_F(DeskAnswers, RefuseWhoIsNoCounsellor) {
    EXPECT_EQ(opened(sealed(answer, amara)), faults::desk_answer_role.name);
}

TEST_F(DeskAnswers, RefuseAnotherRootARevokedOneAndAListThatHasRunOut) {
    SmallOrganisation other(random, "Other");
    EXPECT_EQ(opened(sealed(answer, other.certify("Eve", Role::counsellor))), rules::certificate_root.name);
    EXPECT_EQ(rule_of(open_desk_answer(sealed(answer, celia), iris, TrustedStaff(harbour.anchor()), later(7200))),
              faults::no_staff_list.name);
    answer.answered_at = later(limits::staff_list_seconds_max);
    EXPECT_EQ(opened(sealed(answer, celia), later(limits::staff_list_seconds_max + 1)), rules::staff_list_run_out.name);
    answer.answered_at = later(3600);
    const Bytes bytes = sealed(answer, celia);
    harbour.revoke(celia);
    believe();
    EXPECT_EQ(opened(bytes), rules::certificate_revoked.name);
}

// A certificate may run out while the answer waits; what was signed while it was good stands.
TEST_F(DeskAnswers, AreJudgedByWhenTheyWereWritten) {
    answer.answered_at = later(6 * 24 * 3600);
    EXPECT_EQ(opened(sealed(answer, celia), later(10 * 24 * 3600)), "");
    answer.answered_at = later(8 * 24 * 3600);
    EXPECT_EQ(opened(sealed(answer, celia), later(8 * 24 * 3600)), rules::certificate_lifetime.name);
    answer.answered_at = later(3600);
    EXPECT_EQ(opened(sealed(answer, celia), later(9 * 24 * 3600)), faults::desk_answer_time.name) << "kept too long";
    answer.answered_at = later(24 * 3600);
    EXPECT_EQ(opened(sealed(answer, celia), later(3600)), faults::desk_answer_time.name) << "of the future";
}

class HandOvers : public DeskAnswers {
protected:
    client::StaffKeys dora = harbour.certify("Dora", Role::counsellor);
    Duty duty{dora.certificate, {}, random};
    PassEntropy entropy = crypto::random_secret<pass_entropy_bytes>(random);

    crypto::DutyStanding standing() { return *trust.check_duty(duty.state(test_time, dora.key), test_time); }
    Bytes handed(const client::StaffKeys& by) {
        return *seal_hand_over(entropy, standing(), by.certificate, by.key, test_time, random);
    }
    std::string_view taken(ByteView bytes, UnixSeconds at = later(5)) {
        return rule_of(open_hand_over(bytes, duty.key(), duty.turn(), trust, at));
    }
    Signed<HandOver> signed_by(const client::StaffKeys& by) {
        return crypto::sign(HandOver{by.certificate, duty.turn(), {}, test_time}, by.key);
    }
    Bytes sealed_as_it_is(const Signed<HandOver>& hand_over) {
        return sealed_to(duty.key().public_key, HandOver::seal_info, duty.turn(),
                         tls::encode(PaddedHandOver{hand_over, {}}), limits::hand_over_plain_bytes, random);
    }
};

TEST_F(HandOvers, AreOpenedByTheTurnThatTheyAreFor) {
    const Bytes bytes = handed(celia);
    EXPECT_EQ(bytes.size(), limits::hand_over_sealed_bytes);
    const auto opened = open_hand_over(bytes, duty.key(), duty.turn(), trust, later(5));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->pass.keys(), Pass::from(entropy).keys());
    EXPECT_EQ(opened->certificate, crypto::hash_of(celia.certificate));
    EXPECT_EQ(opened->name, "Celia");
    const Duty another(dora.certificate, {}, random);
    EXPECT_EQ(rule_of(open_hand_over(bytes, another.key(), another.turn(), trust, later(5))),
              faults::hand_over_not_ours.name);
    EXPECT_EQ(taken(ByteView(bytes).first(100)), faults::hand_over_not_ours.name);
}

TEST_F(HandOvers, RefuseWhateverWasChangedSinceItWasSigned) {
    const auto good = signed_by(celia);
    EXPECT_EQ(taken(sealed_as_it_is(good)), "");
    auto changed = good;
    changed.body.certificate = dora.certificate;
    EXPECT_EQ(taken(sealed_as_it_is(changed)), faults::hand_over_signature.name);
    changed = good;
    changed.body.pass[0] ^= 1;
    EXPECT_EQ(taken(sealed_as_it_is(changed)), faults::hand_over_signature.name);
    changed = good;
    changed.body.at.value += 1;
    EXPECT_EQ(taken(sealed_as_it_is(changed)), faults::hand_over_signature.name);
    changed = good;
    changed.signature.bytes[0] ^= 1;
    EXPECT_EQ(taken(sealed_as_it_is(changed)), faults::hand_over_signature.name);
    changed = good;
    changed.body.turn.bytes[0] ^= 1;
    EXPECT_EQ(taken(sealed_as_it_is(changed)), faults::hand_over_other_turn.name);
}

TEST_F(HandOvers, RefuseWhoIsNoCounsellorAnotherRootAndAnOldOne) {
    EXPECT_EQ(taken(handed(amara)), faults::hand_over_role.name);
    SmallOrganisation other(random, "Other");
    EXPECT_EQ(taken(handed(other.certify("Eve", Role::counsellor))), rules::certificate_root.name);
    EXPECT_EQ(taken(handed(celia), later(limits::hand_over_seconds_max + 121)), faults::hand_over_time.name);
}

// Of the three things that a consent is for, each once another's.
TEST(Consents, AreForOneQuestionOneCounsellorAndOfTheOneWhoWasAsked) {
    const HandOverAsk asked{InnerId{{1}}, Hash{{2}}, MemberId{{3}}};
    EXPECT_EQ(rule_of(check_consent({InnerId{{1}}, Hash{{2}}, true}, MemberId{{3}}, asked)), "");
    EXPECT_EQ(rule_of(check_consent({InnerId{{1}}, Hash{{2}}, true}, MemberId{{4}}, asked)),
              faults::consent_other_member.name);
    EXPECT_EQ(rule_of(check_consent({InnerId{{9}}, Hash{{2}}, true}, MemberId{{3}}, asked)),
              faults::consent_other_question.name);
    EXPECT_EQ(rule_of(check_consent({InnerId{{1}}, Hash{{9}}, true}, MemberId{{3}}, asked)),
              faults::consent_other_name.name);
}

}  // namespace
}  // namespace veranda::circle
