// An organisation with a root, a staff list and as many members of staff as a test asks for. For tests only.
#pragma once

#include "client-lib/client/client.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "crypto/verify/staff_check.hpp"

namespace veranda::tests {

inline constexpr UnixSeconds test_time{1'800'000'000};  // 2027-01-15

struct SmallOrganisation {
    crypto::RandomSource& random;
    crypto::SigningKey root;
    Signed<Organisation> organisation;
    StaffList staff;
    UnixSeconds now = test_time;

    explicit SmallOrganisation(crypto::RandomSource& source, std::string name = "Harbour")
        : random(source), root(crypto::SigningKey::generate(source)) {
        Organisation body;
        body.root = root.public_key();
        body.name = std::move(name);
        organisation = crypto::sign(body, root);
        sign_list();
    }

    client::StaffKeys certify(std::string_view name, Role role = Role::facilitator) {
        client::StaffKeys keys{{}, crypto::SigningKey::generate(random), crypto::KemKeyPair::generate(random)};
        const Certificate body{.root = root.public_key(),
                               .key = keys.key.public_key(),
                               .sealing_key = keys.sealing.public_key,
                               .name = std::string(name),
                               .role = role,
                               .not_before = UnixSeconds{now.value - 3600},
                               .not_after = UnixSeconds{now.value + 7 * 24 * 3600}};
        keys.certificate = crypto::sign(body, root);
        list(StaffListEvent::issued, crypto::hash_of(keys.certificate));
        return keys;
    }

    void revoke(const client::StaffKeys& keys) { list(StaffListEvent::revoked, crypto::hash_of(keys.certificate)); }

    void list(StaffListEvent event, const Hash& certificate) {
        const StaffListEntry entry{static_cast<std::uint32_t>(staff.entries.size() + 1), event, certificate, now};
        chain_ = crypto::next_staff_list_hash(chain_, entry);
        staff.entries.push_back(entry);
        sign_list();
    }

    client::TrustAnchor anchor() const { return {crypto::fingerprint(root.public_key()), std::nullopt}; }

private:
    void sign_list() {
        staff.head = crypto::sign(StaffListHead{static_cast<std::uint32_t>(staff.entries.size()), chain_,
                                                UnixSeconds{now.value + limits::staff_list_seconds_max}},
                                  root);
    }
    Hash chain_;
};

inline client::StaffKeys clone(const client::StaffKeys& keys) {
    return {keys.certificate, keys.key.clone(), keys.sealing.clone()};
}

}  // namespace veranda::tests
