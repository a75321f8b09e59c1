// The server's certificate and key, from files, and again from the same files when asked.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <stdexcept>

namespace veranda::net {

class TlsError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct TlsFiles {
    std::filesystem::path certificate;  // PEM, the chain
    std::filesystem::path key;          // PEM
};

// TLS 1.2 and 1.3; no session is remembered, since a remembered session links two visits.
// Errors: TlsError, in one line that names the file.
std::shared_ptr<boost::asio::ssl::context> load_tls(const TlsFiles& files);

}  // namespace veranda::net
