// Signs with libsodium itself: tests of the server do not link what clients seal with.
#include "tests/support/organisation_files.hpp"

#include <sodium.h>

#include <chrono>

#include "protocol/armour.hpp"

namespace veranda::tests {

TestOrganisation::TestOrganisation() {
    VERANDA_ASSERT(sodium_init() >= 0);
    crypto_sign_keypair(root_.bytes.data(), secret_.data());
}

Signature TestOrganisation::sign(ByteView message) const {
    Signature signature;
    crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(), secret_.data());
    return signature;
}

Signed<Organisation> TestOrganisation::organisation() const {
    Organisation body;
    body.root = root_;
    body.name = "Test House";
    return {body, sign(signed_bytes(body))};
}

StaffList TestOrganisation::staff_list(UnixSeconds good_until) const {
    StaffList list;
    list.head.body.good_until = good_until;
    list.head.signature = sign(signed_bytes(list.head.body));
    return list;
}

void TestOrganisation::write_to(const TemporaryFolder& folder) const {
    folder.write("organisation.pub", armour(armour_titles::organisation, tls::encode(organisation())));
    write_staff_list(folder, UnixSeconds{now_seconds().value + 24 * 3600});
}

void TestOrganisation::write_staff_list(const TemporaryFolder& folder, UnixSeconds good_until) const {
    folder.write("staff.list", armour(armour_titles::staff_list, tls::encode(staff_list(good_until))));
}

UnixSeconds now_seconds() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return UnixSeconds{static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count())};
}

}  // namespace veranda::tests
