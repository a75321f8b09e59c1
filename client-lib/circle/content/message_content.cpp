// Wraps and unwraps content. Every size on the wire is one of four.
#include "client-lib/circle/content/message_content.hpp"

namespace veranda::circle {

Result<Bytes> wrap(ContentKind kind, const InnerId& id, ByteView body) {
    Bytes content = tls::encode(Content{kind, id, to_bytes(body), {}});
    for (const std::size_t size : limits::content_classes) {
        if (content.size() > size) continue;
        content.resize(size);
        return content;
    }
    return fail(faults::content_size, limits::content_bytes_max);
}

Result<Content> unwrap(ByteView padded) {
    const auto& classes = limits::content_classes;
    if (std::find(std::begin(classes), std::end(classes), padded.size()) == std::end(classes))
        return fail(faults::content_size, padded.size());
    return tls::decode<Content>(padded);
}

Result<void> check_text(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fail(faults::text_empty);
    if (text.size() > limits::text_bytes_max) return fail(faults::text_too_long, limits::text_bytes_max);
    if (!tls::is_utf8(as_bytes(text))) return fail(tls::faults::text_not_utf8);
    return {};
}

Result<Bytes> wrap_text(std::string_view text, const InnerId& id) {
    TRY(check_text(text));
    return wrap(ContentKind::text, id, tls::encode(Text{std::string(text)}));
}

}  // namespace veranda::circle
