// An organisation's files: what is made holds against the protocol's own checks, and nothing is lost or overwritten.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "client-lib/terminal/org/commands.hpp"
#include "client-lib/terminal/org/organisation_folder.hpp"
#include "client-lib/terminal/org/passphrase.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/staff_check.hpp"

namespace veranda::terminal {
namespace {

UnixSeconds now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count())};
}

class Org : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "veranda-org-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        write("pass", "correct horse\n");
        write("other", "wrong horse\n");
        testing::internal::CaptureStdout();
        run(OrgInit{at("org"), "Example", 60, at("pass")});
        run(StaffNew{"Ada", at("ada.request"), at("pass")});
    }
    void TearDown() override {
        testing::internal::GetCapturedStdout();
        std::filesystem::remove_all(folder_);
    }

    Path at(const std::string& name) const { return folder_ / name; }
    void write(const std::string& name, const std::string& text) const { std::ofstream(at(name)) << text; }
    mode_t mode(const std::string& name) const {
        struct stat status {};
        EXPECT_EQ(::stat(at(name).c_str(), &status), 0) << name;
        return status.st_mode & 0777;
    }
    void certify(std::uint64_t days = 30) const {
        run(OrgCertify{at("org"), at("ada.request"), Role::facilitator, at("ada.staff"), days, at("pass")});
    }
    Signed<Certificate> certificate() const {
        return read_armoured<Signed<Certificate>>(at("ada.staff"), armour_titles::staff_certificate);
    }
    Signed<Organisation> organisation() const {
        return read_armoured<Signed<Organisation>>(at("org/organisation.pub"), armour_titles::organisation);
    }
    StaffList list() const { return read_armoured<StaffList>(at("org/staff.list"), armour_titles::staff_list); }

    template <class Call>
    std::string complaint(Call call) const {
        try {
            call();
        } catch (const Complaint& complaint) {
            return complaint.what();
        }
        ADD_FAILURE() << "no complaint";
        return {};
    }

private:
    Path folder_;
};

TEST_F(Org, IsMadeWithAnEmptyListGoodForThirtyDays) {
    EXPECT_TRUE(crypto::check_organisation(organisation()));
    EXPECT_EQ(organisation().body.name, "Example");
    EXPECT_EQ(organisation().body.zone_minutes, 60);
    EXPECT_TRUE(crypto::check_staff_list(list(), organisation().body.root));
    EXPECT_TRUE(list().entries.empty());
    EXPECT_GT(list().head.body.good_until.value, now().value + 29 * 24 * 3600);
    EXPECT_LE(list().head.body.good_until.value, now().value + limits::staff_list_seconds_max);
}

TEST_F(Org, KeepsSecretsForTheirOwner) {
    EXPECT_EQ(mode("org/root.key"), 0600U);
    EXPECT_EQ(mode("ada.keys"), 0600U);
}

TEST_F(Org, IsNotOverwritten) {
    const std::string before = read_file(at("org/root.key"));
    EXPECT_NE(complaint([&] { run(OrgInit{at("org"), "Other", 0, at("pass")}); }).find("already"), std::string::npos);
    EXPECT_EQ(read_file(at("org/root.key")), before);
    EXPECT_NE(complaint([&] {
                  run(StaffNew{"Ada", at("ada.request"), at("pass")});
              }).find("already"),
              std::string::npos);
}

TEST_F(Org, CertifiesSoThatTheChainHolds) {
    certify();
    EXPECT_TRUE(crypto::check_certificate(certificate(), organisation().body.root, list(), now()));
    EXPECT_EQ(certificate().body.name, "Ada");
    EXPECT_EQ(certificate().body.role, Role::facilitator);
}

TEST_F(Org, CertifiesForAsManyDaysAsSaid) {
    certify(2);
    EXPECT_TRUE(crypto::check_certificate(certificate(), organisation().body.root, list(), now()));
    const UnixSeconds later{now().value + 2 * 24 * 3600};
    EXPECT_FALSE(crypto::check_certificate(certificate(), organisation().body.root, list(), later));
}

TEST_F(Org, CertifiesAgainInThePlaceOfTheOldCertificateOnly) {
    certify();
    certify();
    EXPECT_EQ(list().entries.size(), 2U);
    run(StaffNew{"Bea", at("bea.request"), at("pass")});
    const auto over_ada = [&] {
        run(OrgCertify{at("org"), at("bea.request"), Role::facilitator, at("ada.staff"), 30, at("pass")});
    };
    EXPECT_NE(complaint(over_ada).find("somebody else's"), std::string::npos);
    EXPECT_EQ(list().entries.size(), 2U);
}

TEST_F(Org, ChangesNothingUnderAWrongPassphrase) {
    const std::string before = read_file(at("org/staff.list"));
    const auto wrong = [&] {
        run(OrgCertify{at("org"), at("ada.request"), Role::lead, at("ada.staff"), 30, at("other")});
    };
    EXPECT_EQ(complaint(wrong), "wrong passphrase for " + at("org/root.key").string());
    EXPECT_EQ(read_file(at("org/staff.list")), before);
    EXPECT_FALSE(std::filesystem::exists(at("ada.staff")));
}

TEST_F(Org, RefusesARequestThatWasChanged) {
    auto request = read_armoured<Signed<CertificateRequest>>(at("ada.request"), armour_titles::staff_request);
    request.body.name = "Eve";
    write("eve.request", armoured(armour_titles::staff_request, request));
    const auto changed = [&] {
        run(OrgCertify{at("org"), at("eve.request"), Role::lead, at("eve.staff"), 30, at("pass")});
    };
    EXPECT_NE(complaint(changed).find("signature does not hold"), std::string::npos);
}

TEST_F(Org, ReadsWhatMailProgramsMakeOfAFile) {
    std::string text = read_file(at("ada.request"));
    for (std::size_t i = 0; (i = text.find('\n', i)) != std::string::npos; i += 2) text.insert(i, "\r");
    write("ada.request", text + "\r\n");
    certify();
    EXPECT_EQ(certificate().body.name, "Ada");
}

TEST_F(Org, RefusesFilesThatAreSomethingElseOrDamaged) {
    const auto with = [&](const Path& request) {
        return complaint([&] { run(OrgCertify{at("org"), request, Role::lead, at("x.staff"), 30, at("pass")}); });
    };
    EXPECT_NE(with(at("org/organisation.pub")).find("VERANDA STAFF REQUEST"), std::string::npos);
    EXPECT_NE(with(at("nothing.request")).find("cannot read"), std::string::npos);
    std::string text = read_file(at("ada.request"));
    text[60] = '!';
    write("damaged.request", text);
    EXPECT_NE(with(at("damaged.request")).find("damaged in line 2"), std::string::npos);
}

TEST_F(Org, RevokesByTheBeginningOfAHash) {
    certify();
    const Hash hash = crypto::hash_of(certificate());
    const auto revoke = [&](const std::string& text) { run(OrgRevoke{at("org"), text, at("pass")}); };
    complaint([&] { revoke(to_hex(hash).substr(0, 7)); });
    complaint([&] { revoke("00000000000000"); });
    EXPECT_EQ(list().entries.size(), 1U);
    revoke(to_hex(hash).substr(0, 12));
    const auto checked = crypto::check_certificate(certificate(), organisation().body.root, list(), now());
    ASSERT_FALSE(checked);
    EXPECT_TRUE(checked.error().is(crypto::faults::certificate_revoked));
    EXPECT_NE(complaint([&] { revoke(to_hex(hash)); }).find("already"), std::string::npos);
    run(OrgList{at("org")});
}

TEST_F(Org, RenewsTheListWithoutChangingWhatIsOnIt) {
    certify();
    const StaffList before = list();
    run(OrgRenew{at("org"), at("pass")});
    EXPECT_EQ(list().entries, before.entries);
    EXPECT_GE(list().head.body.good_until, before.head.body.good_until);
}

TEST_F(Org, NoticesAListThatWasTamperedWith) {
    certify();
    StaffList changed = list();
    changed.entries.clear();
    write("org/staff.list", armoured(armour_titles::staff_list, changed));
    EXPECT_NE(complaint([&] { run(OrgRenew{at("org"), at("pass")}); }).find("does not hold"), std::string::npos);
}

TEST_F(Org, LetsOnlyOneAtWork) {
    const OrganisationFolder first(at("org"));
    EXPECT_NE(complaint([&] { run(OrgRenew{at("org"), at("pass")}); }).find("at work"), std::string::npos);
}

TEST_F(Org, FindsTheKeysBesideTheCertificate) {
    certify();
    const auto same_name = load_staff(at("ada.staff"), at("pass"));
    EXPECT_EQ(same_name.key.public_key(), certificate().body.key);
    EXPECT_EQ(same_name.sealing.public_key, certificate().body.sealing_key);

    run(StaffNew{"Bea", at("bea.request"), at("pass")});  // other keys that must not be taken
    std::filesystem::rename(at("ada.keys"), at("zz.keys"));
    EXPECT_EQ(load_staff(at("ada.staff"), at("pass")).key.public_key(), certificate().body.key);
    std::filesystem::remove(at("zz.keys"));
    EXPECT_NE(complaint([&] { load_staff(at("ada.staff"), at("pass")); }).find("are not beside it"), std::string::npos);
}

TEST_F(Org, OpensKeysUnderTheirPassphraseOnly) {
    certify();
    EXPECT_EQ(complaint([&] { load_staff(at("ada.staff"), at("other")); }),
              "wrong passphrase for " + at("ada.keys").string());
}

TEST_F(Org, TakesAPassphraseFromAFilesFirstLine) {
    write("two", "first line\r\nsecond\n");
    write("empty", "\n");
    EXPECT_EQ(as_text(passphrase("?", at("two")).view()), "first line");
    complaint([&] { passphrase("?", at("empty")); });
    complaint([&] { passphrase("?", at("none")); });
}

TEST_F(Org, MakesADeskKeyThatOrganisationPubNamesAndItsPassphraseOpens) {
    EXPECT_FALSE(organisation().body.desk_key);
    const Signed<Organisation> before = organisation();
    run(OrgDeskKey{at("org"), at("leads.desk"), false, at("pass"), at("other")});
    EXPECT_EQ(mode("leads.desk"), 0600U);
    const auto key = load_desk_key(at("leads.desk"), at("other"));
    EXPECT_TRUE(crypto::check_organisation(organisation()));
    EXPECT_EQ(organisation().body.desk_key, key.public_key);
    EXPECT_EQ(organisation().body.root, before.body.root) << "so that its fingerprint stays";
    EXPECT_NE(complaint([&] { (void)load_desk_key(at("leads.desk"), at("pass")); }).find("wrong passphrase"),
              std::string::npos);
    const auto as_root = [&] {
        (void)open_root(read_armoured<SealedKeys>(at("leads.desk"), armour_titles::sealed_keys), as_bytes("x"), "it");
    };
    EXPECT_NE(complaint(as_root).find("not an organisation's keys"), std::string::npos);
    EXPECT_NE(complaint([&] { (void)load_desk_key(at("ada.keys"), at("pass")); }).find("not a desk key"),
              std::string::npos);
}

TEST_F(Org, SaysToWhoeverIsNotSafeWhatItsTextsSay) {
    write("en", "Call 112.\nAsk for Harbour.\n\n");
    write("it", "Chiama il 112.");
    run(OrgNotSafe{at("org"), "en", at("en"), at("pass")});
    run(OrgNotSafe{at("org"), "it", at("it"), at("pass")});
    EXPECT_TRUE(crypto::check_organisation(organisation()));
    EXPECT_EQ(organisation().body.not_safe,
              (std::vector<TextInLanguage>{{{"en"}, "Call 112.\nAsk for Harbour."}, {{"it"}, "Chiama il 112."}}));
    run(OrgNotSafe{at("org"), "en", at("it"), at("pass")});
    EXPECT_EQ(organisation().body.not_safe[0].text, "Chiama il 112.") << "in place of the older one";
    run(OrgNotSafe{at("org"), "en", std::nullopt, at("pass")});
    run(OrgNotSafe{at("org"), "fr", std::nullopt, at("pass")});
    EXPECT_EQ(organisation().body.not_safe, (std::vector<TextInLanguage>{{{"it"}, "Chiama il 112."}}));
}

TEST_F(Org, ComplainsOfAnOrganisationThatIsNotAsItsRootMaySignIt) {
    Organisation body = organisation().body;
    body.not_safe = {{{"en"}, "Call 112."}, {{"en"}, "Call 113."}};
    const auto root = open_root(read_armoured<SealedKeys>(at("org/root.key"), armour_titles::sealed_keys),
                                as_bytes("correct horse"), "it");
    write("twice.pub", armoured(armour_titles::organisation, crypto::sign(body, root)));
    EXPECT_NE(complaint([&] { (void)read_organisation(at("twice.pub")); }).find("twice in one language"),
              std::string::npos);
    Signed<Organisation> changed = organisation();
    changed.body.not_safe = {{{"en"}, "Call him."}};
    write("changed.pub", armoured(armour_titles::organisation, changed));
    EXPECT_NE(complaint([&] { (void)read_organisation(at("changed.pub")); }).find("signature does not hold"),
              std::string::npos);
}

TEST_F(Org, TakesNoTextThatCouldNotBeShownWhole) {
    const auto refused = [&](const std::string& text, const std::string& language = "en") {
        write("text", text);
        return complaint([&] { run(OrgNotSafe{at("org"), language, at("text"), at("pass")}); });
    };
    EXPECT_NE(refused("").find("600 bytes"), std::string::npos);
    EXPECT_NE(refused(std::string(601, 'x')).find("600 bytes"), std::string::npos);
    EXPECT_NE(refused("call \x1b[2J").find("unprintable"), std::string::npos);
    EXPECT_NE(refused("call \xff").find("unprintable"), std::string::npos);
    EXPECT_NE(refused("call", "en_GB").find("language tag"), std::string::npos);
    write("text", std::string(600, 'x'));
    for (const char* language : {"a", "b", "c", "d", "e", "f", "g", "h"})
        run(OrgNotSafe{at("org"), language, at("text"), at("pass")});
    EXPECT_NE(refused("call", "i").find("8 languages"), std::string::npos);
    EXPECT_EQ(organisation().body.not_safe.size(), 8U);
    EXPECT_TRUE(crypto::check_organisation(organisation()));
}

TEST_F(Org, ReplacesADeskKeyOnlyWhenToldTo) {
    run(OrgDeskKey{at("org"), at("leads.desk"), false, at("pass"), at("pass")});
    const auto first = organisation().body.desk_key;
    EXPECT_NE(complaint([&] {
                  run(OrgDeskKey{at("org"), at("new.desk"), false, at("pass"), at("pass")});
              }).find("--replace"),
              std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(at("new.desk")));
    EXPECT_NE(complaint([&] {
                  run(OrgDeskKey{at("org"), at("leads.desk"), true, at("pass"), at("pass")});
              }).find("is there already"),
              std::string::npos);
    EXPECT_EQ(organisation().body.desk_key, first);
    run(OrgDeskKey{at("org"), at("new.desk"), true, at("pass"), at("pass")});
    EXPECT_NE(organisation().body.desk_key, first);
}

}  // namespace
}  // namespace veranda::terminal
