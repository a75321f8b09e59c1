// Where the relay is: what a person types, or a link holds, as what is dialled and what access proofs name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace veranda::terminal {

struct ServerUrl {
    bool tls = true;
    std::string host;  // an IPv6 address stands in brackets
    std::string port;

    // scheme://host[:port] as http or https, without a port that the scheme implies (RFC 6454).
    std::string origin() const;
    // What the Host header says.
    std::string authority() const;
    // The host as a resolver wants it: without brackets.
    std::string host_to_resolve() const;
};

// http, https, ws or wss; a lone / at the end is passed over. Nothing else may follow the port.
std::optional<ServerUrl> server_url(std::string_view text);

}  // namespace veranda::terminal
