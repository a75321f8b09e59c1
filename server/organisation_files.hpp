// The organisation's public file and its staff list, read and checked: what is returned is signed by its root.
#pragma once

#include <filesystem>

#include "server/relay/relay.hpp"
#include "server/start_error.hpp"

namespace veranda::server {

// Errors: StartError, which names the file and the rule.
relay::Organisation load_organisation(const std::filesystem::path& organisation,
                                      const std::filesystem::path& staff_list, UnixSeconds now);

}  // namespace veranda::server
