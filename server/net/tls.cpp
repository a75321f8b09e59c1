// An OpenSSL context, made whole before the old one is let go.
#include "server/net/tls.hpp"

namespace veranda::net {

namespace ssl = boost::asio::ssl;

std::shared_ptr<ssl::context> load_tls(const TlsFiles& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    boost::system::error_code error;
    context->use_certificate_chain_file(files.certificate.string(), error);
    if (error) throw TlsError("cannot use the certificate file " + files.certificate.string());
    context->use_private_key_file(files.key.string(), ssl::context::pem, error);
    if (error) throw TlsError("cannot use the key file " + files.key.string() + " with that certificate");

    SSL_CTX* const raw = context->native_handle();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_options(
        raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(raw, 0);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
    return context;
}

}  // namespace veranda::net
