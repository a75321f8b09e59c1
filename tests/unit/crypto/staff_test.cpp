// What makes a member of staff good, and who is on duty: each test breaks one link. That clients and relay act on it is
// tested with them.
#include <gtest/gtest.h>

#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/duty_check.hpp"
#include "protocol/limits.hpp"

namespace veranda::crypto {
namespace {

constexpr UnixSeconds now{1'700'000'000};
constexpr UnixSeconds in_an_hour{now.value + 3600};
constexpr UnixSeconds end_of_turn{now.value + limits::duty_seconds_max};
const RoomId room{{7}};

struct House {
    SystemRandom random;
    SigningKey root = SigningKey::generate(random);
    SigningKey key = SigningKey::generate(random);
    SigningKey other = SigningKey::generate(random);
    StaffList list;

    Certificate certificate(Role role = Role::counsellor) {
        return {root.public_key(), key.public_key(), {}, "Amara", role, now, in_an_hour};
    }
    void add(StaffListEvent event, const Hash& of) {
        const auto number = static_cast<std::uint32_t>(list.entries.size() + 1);
        list.entries.push_back({number, event, of, now});
        list.head.body.hash = next_staff_list_hash(list.head.body.hash, list.entries.back());
        list.head.body.number = number;
        list.head.body.good_until = in_an_hour;
        list.head = sign(list.head.body, root);
    }
    Signed<Certificate> issued(const Certificate& body) {
        auto made = sign(body, root);
        add(StaffListEvent::issued, hash_of(made));
        return made;
    }
    template <class T>
    static std::string_view why(const Result<T>& result) {
        return result ? "" : result.error().rule->name;
    }
    std::string_view judges(const Signed<Certificate>& shown, UnixSeconds at = now) {
        return why(check_certificate(shown, root.public_key(), list, at));
    }
};

TEST(Organisation, IsSignedByTheRootThatItNames) {
    House house;
    Organisation body{house.root.public_key(), "Harbour", 0, std::nullopt, {}};
    EXPECT_EQ(House::why(check_organisation(sign(body, house.root))), "");
    EXPECT_EQ(House::why(check_organisation(sign(body, house.other))), "organisation_signature");
    EXPECT_EQ(fingerprint(body.root), sha256(body.root));
}

// Texts that were signed, but are more than a screen must take.
TEST(Organisation, SaysNoMoreToWhoeverIsNotSafeThanItsLimits) {
    House house;
    const auto judged = [&](std::vector<TextInLanguage> texts) {
        Organisation body{house.root.public_key(), "Harbour", 0, std::nullopt, std::move(texts)};
        return House::why(check_organisation(sign(body, house.root)));
    };
    const std::string longest(limits::not_safe_text_bytes_max, 'x');
    std::vector<TextInLanguage> most;
    for (char c = 'a'; most.size() < limits::not_safe_texts_max; ++c) most.push_back({{std::string(1, c)}, longest});
    EXPECT_EQ(judged({}), "");
    EXPECT_EQ(judged(most), "");
    most.push_back({{"z"}, "one more"});
    EXPECT_EQ(judged(most), "organisation_texts");
    EXPECT_EQ(judged({{{"en"}, longest + 'x'}}), "organisation_texts");
    EXPECT_EQ(judged({{{"en"}, ""}}), "organisation_texts");
    EXPECT_EQ(judged({{{""}, "Call 112."}}), "organisation_texts");
    EXPECT_EQ(judged({{{"not a tag"}, "Call 112."}}), "organisation_texts");
    EXPECT_EQ(judged({{{"en"}, "Call 112."}, {{"en"}, "Call 113."}}), "organisation_texts");
}

TEST(CertificateRequest, IsSignedByTheKeyThatItAsksFor) {
    House house;
    CertificateRequest body{house.key.public_key(), {}, "Amara"};
    EXPECT_EQ(House::why(check_request(sign(body, house.key))), "");
    EXPECT_EQ(House::why(check_request(sign(body, house.root))), "request_signature");
}

TEST(StaffList, IsAChainSignedAtItsHead) {
    House house;
    house.issued(house.certificate());
    house.add(StaffListEvent::revoked, Hash{{9}});
    const auto judged = [&](const StaffList& list) {
        return House::why(check_staff_list(list, house.root.public_key()));
    };
    EXPECT_EQ(judged(house.list), "");
    StaffList gap = house.list;
    gap.entries[1].number = 3;
    EXPECT_EQ(judged(gap), "staff_list_chain");
    StaffList cut = house.list;
    cut.entries.pop_back();
    EXPECT_EQ(judged(cut), "staff_list_chain");
    StaffList changed = house.list;
    changed.entries[0].certificate = Hash{{1}};
    EXPECT_EQ(judged(changed), "staff_list_chain");
    StaffList by_another = house.list;
    by_another.head = sign(by_another.head.body, house.other);
    EXPECT_EQ(judged(by_another), "staff_list_signature");
}

TEST(Certificate, IsSignedListedAndAlive) {
    House house;
    const auto good = house.issued(house.certificate());
    EXPECT_EQ(house.judges(good), "");
    Certificate of_another = house.certificate();
    of_another.root = house.other.public_key();
    EXPECT_EQ(house.judges(sign(of_another, house.root)), "certificate_root");
    EXPECT_EQ(house.judges(sign(house.certificate(), house.other)), "certificate_signature");
    EXPECT_EQ(house.judges(house.issued(house.certificate(Role::member))), "certificate_lifetime");
    EXPECT_EQ(house.judges(good, {now.value - 1}), "certificate_lifetime");
    EXPECT_EQ(house.judges(good, {in_an_hour.value + 1}), "certificate_lifetime");
    Certificate backwards = house.certificate();
    std::swap(backwards.not_before, backwards.not_after);
    EXPECT_EQ(house.judges(house.issued(backwards)), "certificate_lifetime");
    Certificate long_lived = house.certificate();
    long_lived.not_after = {now.value + limits::certificate_seconds_max + 1};
    EXPECT_EQ(house.judges(house.issued(long_lived)), "certificate_lifetime");
    EXPECT_EQ(house.judges(sign(house.certificate(Role::lead), house.root)), "certificate_not_listed");
}

TEST(Certificate, OnceRevokedStaysSo) {
    House house;
    const auto good = house.issued(house.certificate());
    house.add(StaffListEvent::revoked, hash_of(good));
    house.add(StaffListEvent::issued, hash_of(good));
    EXPECT_EQ(house.judges(good), "certificate_revoked");
}

TEST(Certificate, IsNotBelievedByAListThatHasRunOut) {
    House house;
    Certificate lasting = house.certificate();
    lasting.not_after = {in_an_hour.value + 3600};
    EXPECT_EQ(house.judges(house.issued(lasting), {in_an_hour.value + 1}), "staff_list_run_out");
}

struct Staff : House {
    Signed<Certificate> shown = issued(certificate());

    SessionStatement statement() {
        return {room, hash_of(shown), other.public_key(), {}, Role::counsellor, RoomKind::one_to_one, now, in_an_hour};
    }
    std::string_view judges_statement(const SessionStatement& body, const SigningKey& by) {
        return why(check_staff({shown, sign(body, by)}, room, root.public_key(), list, now));
    }
};

TEST(SessionStatement, TellsWhoThisIs) {
    Staff staff;
    const auto standing =
        check_staff({staff.shown, sign(staff.statement(), staff.key)}, room, staff.root.public_key(), staff.list, now);
    ASSERT_TRUE(standing.has_value());
    EXPECT_EQ(standing->name(), "Amara");
    EXPECT_EQ(standing->role(), Role::counsellor);
    EXPECT_EQ(standing->kind(), RoomKind::one_to_one);
    EXPECT_EQ(standing->session_key(), staff.other.public_key());
    EXPECT_EQ(standing->lane_key(), SealingKey{});
    EXPECT_EQ(standing->certificate(), hash_of(staff.shown));
    EXPECT_TRUE(standing->commits());
}

TEST(SessionStatement, IsRefusedWhenOneThingIsWrong) {
    Staff staff;
    const auto with = [&](auto&& spoil) {
        SessionStatement body = staff.statement();
        spoil(body);
        return staff.judges_statement(body, staff.key);
    };
    EXPECT_EQ(with([](auto& body) { body.certificate = {}; }), "statement_other_certificate");
    EXPECT_EQ(with([](auto& body) { body.room = {}; }), "statement_other_room");
    EXPECT_EQ(with([](auto& body) { body.role = Role::lead; }), "statement_role");
    EXPECT_EQ(with([](auto& body) { body.not_before.value += 1; }), "statement_lifetime");
    EXPECT_EQ(with([](auto& body) { body.not_after.value += limits::session_seconds_max; }), "statement_lifetime");
    EXPECT_EQ(staff.judges_statement(staff.statement(), staff.other), "statement_signature");
    staff.add(StaffListEvent::revoked, hash_of(staff.shown));
    EXPECT_EQ(with([](auto&) {}), "certificate_revoked");
}

struct Desk : House {
    Signed<Certificate> shown = issued(certificate());

    DutyStatement statement() { return {shown, SealingKey{{5}}, {{"en"}, {"pt-BR"}}, now, end_of_turn}; }
    Result<DutyStanding> standing(const DutyStatement& body, const SigningKey& by) {
        return check_duty(sign(body, by), root.public_key(), list, now);
    }
    std::string_view with(const std::function<void(DutyStatement&)>& spoil) {
        DutyStatement body = statement();
        spoil(body);
        return why(standing(body, key));
    }
};

TEST(Duty, TellsWhoIsThere) {
    Desk desk;
    const auto standing = desk.standing(desk.statement(), desk.key);
    ASSERT_TRUE(standing.has_value());
    EXPECT_EQ(standing->name(), "Amara");
    EXPECT_EQ(standing->duty_key(), SealingKey{{5}});
    EXPECT_EQ(standing->languages().size(), 2U);
    EXPECT_EQ(standing->not_after(), end_of_turn);
    EXPECT_EQ(standing->turn(), duty_turn(standing->certificate(), standing->duty_key()));
    EXPECT_NE(standing->turn(), duty_turn(standing->certificate(), SealingKey{{6}}));
}

TEST(Duty, IsRefusedWhenOneThingIsWrong) {
    Desk desk;
    EXPECT_EQ(desk.with([](auto& body) { body.languages.assign(limits::duty_languages_max + 1, {"en"}); }),
              "duty_form");
    for (const std::string tag : {"", "e n", "en_GB", "é"})
        EXPECT_EQ(desk.with([&](auto& body) { body.languages = {{tag}}; }), "duty_form") << tag;
    EXPECT_EQ(desk.with([](auto& body) { body.languages = {{std::string(limits::language_bytes_max + 1, 'a')}}; }),
              "duty_form");
    EXPECT_EQ(desk.with([](auto& body) { body.certificate.body.role = Role::lead; }), "duty_role");
    EXPECT_EQ(desk.with([](auto& body) { body.not_before.value += 1; }), "duty_lifetime");
    EXPECT_EQ(desk.with([](auto& body) { body.not_after.value = now.value - 1; }), "duty_lifetime");
    EXPECT_EQ(desk.with([](auto& body) { body.not_after.value += 1; }), "duty_lifetime");
    EXPECT_EQ(desk.with([](auto& body) { body.certificate.signature = {}; }), "certificate_signature");
    EXPECT_EQ(House::why(desk.standing(desk.statement(), desk.other)), "duty_signature");
    EXPECT_TRUE(is_language_tag("Az09-"));
}

TEST(Duty, IsProvedAfreshToEachWhoAsks) {
    Desk desk;
    const auto standing = *desk.standing(desk.statement(), desk.key);
    const Challenge nonce{{3}};
    const auto proves = [&](const DutyProof& proof, const SigningKey& by) {
        return House::why(check_duty_proof(sign(proof, by), standing, nonce));
    };
    EXPECT_EQ(standing.key(), desk.key.public_key());
    EXPECT_EQ(proves({standing.statement(), nonce}, desk.key), "");
    EXPECT_EQ(proves({{}, nonce}, desk.key), "duty_other_statement");
    EXPECT_EQ(proves({standing.statement(), {}}, desk.key), "duty_other_nonce");
    EXPECT_EQ(proves({standing.statement(), nonce}, desk.other), "duty_proof_signature");
}

TEST(Duty, IsBoundToOneConnection) {
    Desk desk;
    const auto standing = *desk.standing(desk.statement(), desk.key);
    const Challenge challenge{{3}};
    const auto binds = [&](const DutyAccess& access, const SigningKey& by) {
        return House::why(check_duty_access(sign(access, by), standing, challenge));
    };
    EXPECT_EQ(binds({standing.statement(), "o", challenge}, desk.key), "");
    EXPECT_EQ(binds({{}, "o", challenge}, desk.key), "duty_access");
    EXPECT_EQ(binds({standing.statement(), "o", {}}, desk.key), "duty_access");
    EXPECT_EQ(binds({standing.statement(), "o", challenge}, desk.other), "duty_access");
}

}  // namespace
}  // namespace veranda::crypto
