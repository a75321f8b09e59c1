// Asks for passphrases last, when everything else that can be wrong has been looked at.
#include "client-lib/terminal/org/commands.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>

#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/terminal/org/organisation_folder.hpp"
#include "client-lib/terminal/org/passphrase.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/staff_check.hpp"
#include "protocol/limits.hpp"

namespace veranda::terminal {
namespace {

UnixSeconds now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count())};
}

std::string date(UnixSeconds time) {
    const auto seconds = static_cast<std::time_t>(time.value);
    std::tm parts{};
    char text[32] = "?";
    if (gmtime_r(&seconds, &parts) != nullptr) std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
    return text;
}

void say(const std::string& line) { std::printf("%s\n", line.c_str()); }

void check_name(const std::string& name, std::size_t bytes_max) {
    if (name.empty() || name.size() > bytes_max || !circle::is_safe_text(name))
        throw Complaint("--name: a name has 1 to " + std::to_string(bytes_max) + " bytes and nothing unprintable");
}

void check_absent(const Path& path) {
    if (std::filesystem::exists(path)) throw Complaint(path.string() + " is there already; nothing was changed");
}

// A certificate may take the place of an older one for the same key, and of nothing else.
void check_may_write_certificate(const Path& path, const SignatureKey& key) {
    if (!std::filesystem::exists(path)) return;
    const auto old = read_armoured<Signed<Certificate>>(path, armour_titles::staff_certificate);
    if (old.body.key != key) throw Complaint(path.string() + " is somebody else's certificate; nothing was changed");
}

crypto::SigningKey ask_and_unseal(const OrganisationFolder& folder, const std::optional<Path>& passphrase_file) {
    const auto answer = passphrase("Passphrase for the root of " + folder.organisation().name, passphrase_file);
    return folder.unseal_root(answer.view());
}

}  // namespace

void run(const StaffNew& options) {
    check_name(options.name, limits::pseudonym_bytes_max);
    Path keys_file = options.out;
    keys_file.replace_extension(".keys");
    if (keys_file == options.out) throw Complaint("--out: name it FILE.request; FILE.keys is for the keys");
    check_absent(options.out);
    check_absent(keys_file);

    crypto::SystemRandom random;
    const auto secret_passphrase = new_passphrase("New passphrase for your keys", options.passphrase_file);
    const auto made = sealed_or_complain(circle::make_staff(options.name, secret_passphrase.view(), random));
    create_file(keys_file, armoured(armour_titles::sealed_keys, made.keys), Access::owner);
    create_file(options.out, armoured(armour_titles::staff_request, made.request), Access::everyone);
    say("Keys:    " + keys_file.string() + " (sealed; keep it, and tell nobody the passphrase)");
    say("Request: " + options.out.string() + " (send it to your organisation)");
    say("Key:     " + to_hex(made.request.body.key) + " (so that they can compare it with you by voice)");
}

void run(const OrgInit& options) {
    check_name(options.name, limits::group_name_bytes_max);
    check_absent(options.folder / "root.key");
    crypto::SystemRandom random;
    const auto secret_passphrase = new_passphrase("New passphrase for the root", options.passphrase_file);
    const Hash fingerprint = make_organisation(options.folder, {options.name, options.zone_minutes},
                                               secret_passphrase.view(), random, now());
    say("Made " + options.name + " in " + options.folder.string() +
        ": organisation.pub, staff.list, root.key (sealed)");
    say("Fingerprint: " + to_hex(fingerprint));
}

void run(const OrgCertify& options) {
    const auto request = read_armoured<Signed<CertificateRequest>>(options.request, armour_titles::staff_request);
    if (!crypto::check_request(request)) throw Complaint(options.request.string() + ": its signature does not hold");
    check_name(request.body.name, limits::pseudonym_bytes_max);
    check_may_write_certificate(options.out, request.body.key);
    OrganisationFolder folder(options.folder);
    const auto root = ask_and_unseal(folder, options.passphrase_file);
    const auto certificate = folder.issue(request.body, options.role, options.days, root, now());
    replace_file(options.out, armoured(armour_titles::staff_certificate, certificate), Access::everyone);
    say("Certified " + request.body.name + " as " + std::string(name(options.role)) + " until " +
        date(certificate.body.not_after));
    say("Key:         " + to_hex(request.body.key));
    say("Certificate: " + to_hex(crypto::hash_of(certificate)) + " in " + options.out.string());
    say("The staff list is good until " + date(folder.list().head.body.good_until) + "; give it to the server.");
}

void run(const OrgList& options) {
    const OrganisationFolder folder(options.folder);
    say(folder.organisation().name + ", fingerprint " + to_hex(crypto::fingerprint(folder.organisation().root)));
    say("The list is good until " + date(folder.list().head.body.good_until));
    for (const StaffListEntry& entry : folder.list().entries) {
        const auto certificate = folder.issued(entry.certificate);
        const bool is_issue = entry.event == StaffListEvent::issued;
        std::string line = std::to_string(entry.number) + "  " + (is_issue ? "issued " : "revoked") + "  " +
                           date(entry.at) + "  " + to_hex(entry.certificate);
        if (certificate)
            line += "  " + circle::safe_text(certificate->name) + ", " + std::string(name(certificate->role)) +
                    ", until " + date(certificate->not_after);
        if (is_issue && folder.is_revoked(entry.certificate)) line += " (revoked since)";
        say(line);
    }
}

void run(const OrgRevoke& options) {
    OrganisationFolder folder(options.folder);
    const auto root = ask_and_unseal(folder, options.passphrase_file);
    const Hash hash = folder.revoke(options.certificate, root, now());
    say("Revoked " + to_hex(hash) + ". Give the staff list to the server now (SIGHUP).");
}

void run(const OrgRenew& options) {
    OrganisationFolder folder(options.folder);
    const auto root = ask_and_unseal(folder, options.passphrase_file);
    folder.renew(root, now());
    say("The staff list is good until " + date(folder.list().head.body.good_until) + "; give it to the server.");
}

// The file is there before organisation.pub names its key: nothing can be left that nobody can read.
void run(const OrgDeskKey& options) {
    check_absent(options.out);
    OrganisationFolder folder(options.folder);
    if (folder.organisation().desk_key && !options.replace)
        throw Complaint(
            "this organisation has a desk key already; --replace makes another, and what was left for "
            "the one it has cannot be read any more");
    const auto root = ask_and_unseal(folder, options.passphrase_file);
    crypto::SystemRandom random;
    const auto secret_passphrase = new_passphrase("New passphrase for the desk key", options.new_passphrase_file);
    const auto key = crypto::KemKeyPair::generate(random);
    const auto sealed = sealed_or_complain(circle::seal_desk_key(key, secret_passphrase.view(), random));
    create_file(options.out, armoured(armour_titles::sealed_keys, sealed), Access::owner);
    folder.set_desk_key(key.public_key, root);
    say("Desk key: " + options.out.string() + " (sealed; for the leads who read what is left at the support desk)");
    say("organisation.pub now names it. Give it to the server again (SIGHUP).");
}

namespace {

std::string not_safe_text_of(const Path& file) {
    std::string text = read_file(file);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty() || text.size() > limits::not_safe_text_bytes_max || circle::safe_text(text, true) != text)
        throw Complaint(file.string() + ": the text has 1 to " + std::to_string(limits::not_safe_text_bytes_max) +
                        " bytes of UTF-8 and nothing unprintable");
    return text;
}

}  // namespace

void run(const OrgNotSafe& options) {
    if (!is_language_tag(options.language)) throw Complaint("--language: not a language tag: " + options.language);
    std::string text = options.text ? not_safe_text_of(*options.text) : std::string();
    OrganisationFolder folder(options.folder);
    const auto root = ask_and_unseal(folder, options.passphrase_file);
    folder.set_not_safe({{options.language}, std::move(text)}, root);
    for (const TextInLanguage& one : folder.organisation().not_safe)
        say("[" + one.language.tag + "] " + circle::safe_text(one.text, true));
    say("This is what organisation.pub now says to whoever is not safe. Give it to the server again (SIGHUP).");
}

}  // namespace veranda::terminal
