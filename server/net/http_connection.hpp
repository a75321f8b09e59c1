// A connection from its acceptance: TLS if there is a context for it, then requests, until one of them is a
// WebSocket's.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "server/net/shared.hpp"

namespace veranda::net {

struct Accepted {
    Socket socket;
    bool peer_is_local = false;
};

void serve_plain(Accepted accepted, Shared& shared);
void serve_tls(Accepted accepted, const std::shared_ptr<asio::ssl::context>& context, Shared& shared);

}  // namespace veranda::net
