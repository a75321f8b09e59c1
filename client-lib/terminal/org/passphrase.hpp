// Passphrases: from a prompt with the echo off, or from a file. Never from an argument, which every user of the machine
// could read.
#pragma once

#include <optional>

#include "client-lib/terminal/org/files.hpp"
#include "crypto/sealed/secret.hpp"

namespace veranda::terminal {

// The first line of `file` if there is one; otherwise asked for on the terminal itself, so that standard input stays
// free. Complains about an empty one.
crypto::SecretBytes passphrase(const std::string& prompt, const std::optional<Path>& file);

// For sealing: asked for twice.
crypto::SecretBytes new_passphrase(const std::string& prompt, const std::optional<Path>& file);

}  // namespace veranda::terminal
