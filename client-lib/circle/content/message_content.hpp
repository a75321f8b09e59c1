// What goes into an MLS application message and comes out of it: a kind, a random id, a body, padded to a size class.
// Specification: docs/protocol.md, 9.
#pragma once

#include "client-lib/circle/rules.hpp"
#include "protocol/content.hpp"
#include "protocol/limits.hpp"

namespace veranda::circle {

// The content, filled with zeros to the smallest class it fits. Errors: content_size, detail: bytes at most.
Result<Bytes> wrap(ContentKind kind, const InnerId& id, ByteView body);

// Errors: content_size, if it is of no class; and those of tls::decode.
Result<Content> unwrap(ByteView padded);

// What a person may say in one message. Errors: text_empty; text_too_long, detail: bytes at most; text_not_utf8.
Result<void> check_text(std::string_view text);

// Errors: text_empty; text_too_long, detail: bytes at most; text_not_utf8.
Result<Bytes> wrap_text(std::string_view text, const InnerId& id);

}  // namespace veranda::circle
