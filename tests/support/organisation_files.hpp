// An organisation for tests: a root key, and the two files that a server is started with.
#pragma once

#include "protocol/signed/staff.hpp"
#include "tests/support/temporary_folder.hpp"

namespace veranda::tests {

class TestOrganisation {
public:
    TestOrganisation();  // every one has a root of its own

    const SignatureKey& root() const { return root_; }
    Signed<Organisation> organisation() const;
    StaffList staff_list(UnixSeconds good_until) const;  // without entries
    Signature sign(ByteView message) const;

    // organisation.pub and staff.list, good for a day.
    void write_to(const TemporaryFolder& folder) const;
    void write_staff_list(const TemporaryFolder& folder, UnixSeconds good_until) const;

private:
    SignatureKey root_;
    ByteArray<64> secret_{};
};

UnixSeconds now_seconds();

}  // namespace veranda::tests
