// File, armour, encoding, signature, in this order; the first that does not hold is named.
#include "server/organisation_files.hpp"

#include <fstream>
#include <sstream>

#include "crypto/verify/staff_check.hpp"
#include "protocol/armour.hpp"

namespace veranda::server {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, Error error) {
    throw StartError(file.string() + " is not good: " + std::string(error.rule->name));
}

template <class T>
T read_armoured(const fs::path& file, std::string_view title) {
    std::error_code error;
    if (!fs::is_regular_file(file, error)) throw StartError("there is no file " + file.string());
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw StartError("cannot read " + file.string());
    const auto bytes = unarmour(title, text.str());
    if (!bytes) refuse(file, bytes.error());
    auto decoded = tls::decode<T>(*bytes);
    if (!decoded) refuse(file, decoded.error());
    return *std::move(decoded);
}

}  // namespace

relay::Organisation load_organisation(const fs::path& organisation, const fs::path& staff_list, UnixSeconds now) {
    relay::Organisation loaded;
    loaded.organisation = read_armoured<Signed<Organisation>>(organisation, armour_titles::organisation);
    const auto signature = crypto::check_organisation(loaded.organisation);
    if (!signature) refuse(organisation, signature.error());

    loaded.staff = read_armoured<StaffList>(staff_list, armour_titles::staff_list);
    const auto list = crypto::check_staff_list(loaded.staff, loaded.organisation.body.root);
    if (!list) refuse(staff_list, list.error());
    if (loaded.staff.head.body.good_until < now)
        throw StartError(staff_list.string() + " has run out: a new one is needed");
    return loaded;
}

}  // namespace veranda::server
