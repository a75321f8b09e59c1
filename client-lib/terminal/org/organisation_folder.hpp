// An organisation as files: organisation.pub and staff.list go to the server and to people, root.key stays here.
//
//     DIR/organisation.pub   Signed<Organisation>
//     DIR/staff.list         StaffList; the server reads it again on SIGHUP
//     DIR/root.key           the root, sealed
//     DIR/issued/HASH.staff  each certificate that was issued, so that `org list` can say whose it is
#pragma once

#include "client-lib/terminal/org/sealed_keys.hpp"
#include "protocol/hex.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::terminal {

// organisation.pub, checked. Complains if its root has not signed it, or what it says breaks a limit.
Signed<Organisation> read_organisation(const Path& file);

struct NewOrganisation {
    std::string name;
    std::uint16_t zone_minutes = 0;  // as in Organisation
};

// Complains if DIR holds an organisation already. Returns the root's fingerprint.
Hash make_organisation(const Path& folder, const NewOrganisation& plan, ByteView passphrase,
                       crypto::RandomSource& random, UnixSeconds now);

// An existing organisation, opened for work: nobody else changes it meanwhile.
class OrganisationFolder {
public:
    // Complains if a file is missing, or does not hold against the root.
    explicit OrganisationFolder(const Path& folder);

    const Organisation& organisation() const { return organisation_; }
    const StaffList& list() const { return list_; }

    crypto::SigningKey unseal_root(ByteView passphrase) const;

    // Signs, lists, and gives the list 30 more days; all is written when this returns.
    // Caller must: request checked, 1 <= days <= 30, role not member.
    Signed<Certificate> issue(const CertificateRequest& request, Role role, std::uint64_t days,
                              const crypto::SigningKey& root, UnixSeconds now);
    // `hash`: of an issued certificate, or its first characters (8 or more). Returns the whole hash.
    Hash revoke(const std::string& hash, const crypto::SigningKey& root, UnixSeconds now);
    void renew(const crypto::SigningKey& root, UnixSeconds now);
    // Writes organisation.pub anew: the same organisation, with this key for what is left at the support desk.
    void set_desk_key(const SealingKey& key, const crypto::SigningKey& root);
    // And with this text for whoever is not safe, in place of the one in its language; an empty one takes that away.
    // Complains if there would be too many. Caller must: a language tag; a safe text within its limit.
    void set_not_safe(TextInLanguage text, const crypto::SigningKey& root);

    bool is_revoked(const Hash& certificate) const;
    // What is kept of an issued certificate; nothing if the file is gone.
    std::optional<Certificate> issued(const Hash& certificate) const;

private:
    void write_organisation(const crypto::SigningKey& root) const;
    void append(StaffListEvent event, const Hash& certificate, UnixSeconds now);
    void save(const crypto::SigningKey& root, UnixSeconds now);
    Path issued_file(const Hash& certificate) const;

    Path folder_;
    FolderLock lock_;
    Organisation organisation_;
    StaffList list_;
};

}  // namespace veranda::terminal
