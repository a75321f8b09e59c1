// The order of writing is the order of safety: a certificate is on the list before anyone is handed it.
#include "client-lib/terminal/org/organisation_folder.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/staff_check.hpp"
#include "protocol/limits.hpp"

namespace veranda::terminal {
namespace {

constexpr auto organisation_file = "organisation.pub";
constexpr auto staff_list_file = "staff.list";
constexpr auto root_file = "root.key";
constexpr auto issued_folder = "issued";

// A certificate is good from a little before it was made: the phones and the server it meets have other clocks.
constexpr std::uint64_t clock_margin_seconds = 300;
constexpr std::size_t hash_characters_min = 8;

Signed<StaffListHead> signed_head(const std::vector<StaffListEntry>& entries, const crypto::SigningKey& root,
                                  UnixSeconds now) {
    StaffListHead head;
    for (const StaffListEntry& entry : entries) head.hash = crypto::next_staff_list_hash(head.hash, entry);
    head.number = static_cast<std::uint32_t>(entries.size());
    head.good_until = {now.value + limits::staff_list_seconds_max};
    return crypto::sign(head, root);
}

}  // namespace

Signed<Organisation> read_organisation(const Path& file) {
    auto organisation = read_armoured<Signed<Organisation>>(file, armour_titles::organisation);
    const auto checked = crypto::check_organisation(organisation);
    if (checked) return organisation;
    if (checked.error().is(crypto::faults::organisation_texts))
        throw Complaint(file.string() + ": what it says to whoever is not safe is too much, or twice in one language");
    throw Complaint(file.string() + ": its signature does not hold");
}

Hash make_organisation(const Path& folder, const NewOrganisation& plan, ByteView passphrase,
                       crypto::RandomSource& random, UnixSeconds now) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw Complaint("cannot make " + folder.string() + ": " + error.message());
    for (const char* file : {root_file, organisation_file, staff_list_file})
        if (std::filesystem::exists(folder / file))
            throw Complaint(folder.string() + " holds an organisation already (" + file + "); nothing was changed");

    const Seed seed = crypto::random_secret<32>(random);
    const auto root = crypto::SigningKey::from_seed(seed);
    Organisation organisation{root.public_key(), plan.name, plan.zone_minutes, std::nullopt, {}};
    const StaffList list{{}, signed_head({}, root, now)};
    create_file(folder / root_file,
                armoured(armour_titles::sealed_keys, sealed_or_complain(circle::seal_root(seed, passphrase, random))),
                Access::owner);
    create_file(folder / organisation_file,
                armoured(armour_titles::organisation, crypto::sign(std::move(organisation), root)), Access::everyone);
    create_file(folder / staff_list_file, armoured(armour_titles::staff_list, list), Access::everyone);
    return crypto::fingerprint(root.public_key());
}

OrganisationFolder::OrganisationFolder(const Path& folder) : folder_(folder), lock_(folder / root_file) {
    organisation_ = read_organisation(folder_ / organisation_file).body;
    list_ = read_armoured<StaffList>(folder_ / staff_list_file, armour_titles::staff_list);
    if (!crypto::check_staff_list(list_, organisation_.root))
        throw Complaint((folder_ / staff_list_file).string() + ": it does not hold against this organisation's root");
}

crypto::SigningKey OrganisationFolder::unseal_root(ByteView passphrase) const {
    const Path file = folder_ / root_file;
    auto root = open_root(read_armoured<SealedKeys>(file, armour_titles::sealed_keys), passphrase, file);
    if (root.public_key() != organisation_.root)
        throw Complaint(file.string() + ": this root is not that of " + organisation_file);
    return root;
}

Signed<Certificate> OrganisationFolder::issue(const CertificateRequest& request, Role role, std::uint64_t days,
                                              const crypto::SigningKey& root, UnixSeconds now) {
    VERANDA_ASSERT(role != Role::member && days * 24 * 3600 <= limits::certificate_seconds_max);
    Certificate body{.root = root.public_key(),
                     .key = request.key,
                     .sealing_key = request.sealing_key,
                     .name = request.name,
                     .role = role,
                     .not_before = {now.value - clock_margin_seconds},
                     .not_after = {now.value - clock_margin_seconds + days * 24 * 3600}};
    auto certificate = crypto::sign(std::move(body), root);
    const Hash hash = crypto::hash_of(certificate);
    append(StaffListEvent::issued, hash, now);
    ::mkdir((folder_ / issued_folder).c_str(), 0700);
    replace_file(issued_file(hash), armoured(armour_titles::staff_certificate, certificate), Access::owner);
    save(root, now);
    return certificate;
}

Hash OrganisationFolder::revoke(const std::string& hash, const crypto::SigningKey& root, UnixSeconds now) {
    std::string wanted = hash;
    std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (wanted.size() < hash_characters_min)
        throw Complaint("give at least 8 characters of the certificate's hash (see veranda org list)");
    std::optional<Hash> found;
    for (const StaffListEntry& entry : list_.entries) {
        if (!to_hex(entry.certificate).starts_with(wanted) || found == entry.certificate) continue;
        if (found) throw Complaint("several certificates begin with " + hash);
        found = entry.certificate;
    }
    if (!found) throw Complaint("no certificate on the list begins with " + hash);
    if (is_revoked(*found)) throw Complaint("this certificate is revoked already");
    append(StaffListEvent::revoked, *found, now);
    save(root, now);
    return *found;
}

void OrganisationFolder::renew(const crypto::SigningKey& root, UnixSeconds now) { save(root, now); }

void OrganisationFolder::set_desk_key(const SealingKey& key, const crypto::SigningKey& root) {
    organisation_.desk_key = key;
    write_organisation(root);
}

void OrganisationFolder::set_not_safe(TextInLanguage text, const crypto::SigningKey& root) {
    auto& texts = organisation_.not_safe;
    const auto there = std::find_if(texts.begin(), texts.end(),
                                    [&text](const TextInLanguage& one) { return one.language == text.language; });
    if (there == texts.end() && !text.text.empty() && texts.size() == limits::not_safe_texts_max)
        throw Complaint("there are texts in " + std::to_string(texts.size()) + " languages already; take one away");
    if (there == texts.end()) {
        if (!text.text.empty()) texts.push_back(std::move(text));
    } else if (text.text.empty()) {
        texts.erase(there);
    } else {
        *there = std::move(text);
    }
    write_organisation(root);
}

void OrganisationFolder::write_organisation(const crypto::SigningKey& root) const {
    replace_file(folder_ / organisation_file, armoured(armour_titles::organisation, crypto::sign(organisation_, root)),
                 Access::everyone);
}

bool OrganisationFolder::is_revoked(const Hash& certificate) const {
    return std::any_of(list_.entries.begin(), list_.entries.end(), [&](const StaffListEntry& entry) {
        return entry.certificate == certificate && entry.event == StaffListEvent::revoked;
    });
}

std::optional<Certificate> OrganisationFolder::issued(const Hash& certificate) const {
    try {
        auto kept = read_armoured<Signed<Certificate>>(issued_file(certificate), armour_titles::staff_certificate);
        if (crypto::hash_of(kept) == certificate) return std::move(kept.body);
    } catch (const Complaint&) {  // a list is good without it
    }
    return std::nullopt;
}

void OrganisationFolder::append(StaffListEvent event, const Hash& certificate, UnixSeconds now) {
    if (list_.entries.size() >= limits::staff_list_entries_max) throw Complaint("the staff list is full");
    const auto number = static_cast<std::uint32_t>(list_.entries.size() + 1);
    list_.entries.push_back({number, event, certificate, now});
}

void OrganisationFolder::save(const crypto::SigningKey& root, UnixSeconds now) {
    list_.head = signed_head(list_.entries, root, now);
    replace_file(folder_ / staff_list_file, armoured(armour_titles::staff_list, list_), Access::everyone);
}

Path OrganisationFolder::issued_file(const Hash& certificate) const {
    return folder_ / issued_folder / (to_hex(certificate) + ".staff");
}

}  // namespace veranda::terminal
