// The TLS presentation language (RFC 8446, 3) with the variable-length vectors of RFC 9420, 2.1.2: one notation for
// every byte of the system, MLS structures and wire frames alike.
//
// A structure lists its fields once, with VERANDA_FIELDS, and can then be encoded and decoded. Exactly one encoding of
// a value is accepted: shortest length prefixes, known enum values, presence bytes of 0 or 1, no bytes left over.
// Reading never passes the end of its input; a length is held against what remains before memory is asked for.
#pragma once

#include <algorithm>
#include <concepts>
#include <optional>
#include <type_traits>
#include <variant>

#include "protocol/bytes.hpp"
#include "protocol/result.hpp"

namespace veranda::tls {

// Errors of decoding. Detail: the offset, in bytes, at which the fault was found.
namespace faults {
inline constexpr Rule truncated{"truncated", "RFC 9420, 2.1.2"};
inline constexpr Rule length_not_shortest{"length_not_shortest", "RFC 9420, 2.1.2"};
inline constexpr Rule length_too_long{"length_too_long", "RFC 9420, 2.1.2"};
inline constexpr Rule unknown_value{"unknown_value", "RFC 8446, 3.5"};
inline constexpr Rule presence_byte{"presence_byte", "RFC 9420, 2.1.1"};
inline constexpr Rule trailing_bytes{"trailing_bytes", "docs/protocol.md, 2"};
inline constexpr Rule text_not_utf8{"text_not_utf8", "docs/protocol.md, 2"};
}  // namespace faults

// A vector's length has at most 30 bits: 0x3fffffff bytes (RFC 9420, 2.1.2).
inline constexpr std::size_t vector_bytes_max = (std::size_t{1} << 30) - 1;

class Writer {
public:
    void number(std::uint64_t value, std::size_t bytes);  // big-endian, the low `bytes` bytes
    void length(std::size_t value);                       // Caller must: value <= vector_bytes_max
    void raw(ByteView bytes) { append(out_, bytes); }
    void reserve(std::size_t bytes) { out_.reserve(bytes); }
    void vector(ByteView bytes) { length(bytes.size()), raw(bytes); }
    // A vector whose items are written in between, in place. One byte is kept for its length, which is enough for most;
    // else they make room for more once it is known.
    std::size_t begin_vector();
    void end_vector(std::size_t begin);

    const Bytes& bytes() const { return out_; }
    Bytes take() { return std::move(out_); }

private:
    Bytes out_;
};

// Reads from a view it does not own. The first fault stands; after it every read yields zeros, empty, false.
class Reader {
public:
    explicit Reader(ByteView input) : input_(input) {}

    std::uint64_t number(std::size_t bytes);
    std::size_t length();             // a length prefix, held against what remains
    ByteView raw(std::size_t count);  // a view into the input
    ByteView vector() { return raw(length()); }

    bool ok() const { return fault_ == nullptr; }
    std::size_t offset() const { return offset_; }
    std::size_t remaining() const { return input_.size() - offset_; }
    void fault(const Rule& rule);
    Result<void> finish();  // Errors: the first fault, or trailing_bytes.

private:
    ByteView input_;
    std::size_t offset_ = 0;
    std::size_t fault_offset_ = 0;
    const Rule* fault_ = nullptr;
};

bool is_utf8(ByteView bytes);  // RFC 3629: no surrogates, no overlong forms, at most U+10FFFF

// The fields of a structure, in wire order. Says everything the codec needs.
#define VERANDA_FIELDS(...)                      \
    template <class Visitor>                     \
    void visit_fields(Visitor&& visitor) {       \
        visitor(__VA_ARGS__);                    \
    }                                            \
    template <class Visitor>                     \
    void visit_fields(Visitor&& visitor) const { \
        visitor(__VA_ARGS__);                    \
    }
#define VERANDA_NO_FIELDS           \
    template <class Visitor>        \
    void visit_fields(Visitor&&) {} \
    template <class Visitor>        \
    void visit_fields(Visitor&&) const {}

namespace detail {
struct AnyVisitor {
    template <class... Fields>
    void operator()(Fields&&...) const {}
};
}  // namespace detail

template <class T>
concept Structure = requires(const T value) {
    value.visit_fields(detail::AnyVisitor{});
};

// An enum on the wire offers `bool is_known(E)`, found by argument-dependent lookup. An enum whose unknown values must
// pass (extension types, content kinds) answers true to all.
template <class T>
concept WireEnum = std::is_enum_v<T> && requires(T value) {
    { is_known(value) } -> std::same_as<bool>;
};

// A type with an encoding of its own offers `void write(Writer&) const` and `void read(Reader&)`.
template <class T>
concept SelfCoded = requires(const T constant, T value, Writer& writer, Reader& reader) {
    constant.write(writer);
    value.read(reader);
};

inline void write(Writer& writer, bool value) { writer.number(value ? 1 : 0, 1); }
template <std::unsigned_integral T>
void write(Writer& writer, T value) {
    writer.number(value, sizeof(T));
}
template <WireEnum T>
void write(Writer& writer, T value) {
    writer.number(static_cast<std::uint64_t>(value), sizeof(T));
}
template <std::size_t N>
void write(Writer& writer, const ByteArray<N>& value) {
    writer.raw(value);
}
inline void write(Writer& writer, const Bytes& value) { writer.vector(value); }
inline void write(Writer& writer, const std::string& value) { writer.vector(as_bytes(value)); }
template <SelfCoded T>
void write(Writer& writer, const T& value) {
    value.write(writer);
}
template <Structure T>
void write(Writer& writer, const T& value);
template <class T>
void write(Writer& writer, const std::optional<T>& value);
template <class T>
requires(!std::same_as<T, std::uint8_t>) void write(Writer& writer, const std::vector<T>& value);

template <Structure T>
void write(Writer& writer, const T& value) {
    value.visit_fields([&writer](const auto&... fields) { (tls::write(writer, fields), ...); });
}
template <class T>
void write(Writer& writer, const std::optional<T>& value) {
    tls::write(writer, value.has_value());
    if (value) tls::write(writer, *value);
}
template <class T>
requires(!std::same_as<T, std::uint8_t>) void write(Writer& writer, const std::vector<T>& value) {
    const std::size_t begin = writer.begin_vector();
    for (const T& item : value) tls::write(writer, item);
    writer.end_vector(begin);
}

inline void read(Reader& reader, bool& value) {
    const auto byte = reader.number(1);
    if (byte > 1) reader.fault(faults::presence_byte);
    value = byte == 1;
}
template <std::unsigned_integral T>
requires(!std::same_as<T, bool>) void read(Reader& reader, T& value) {
    value = static_cast<T>(reader.number(sizeof(T)));
}
template <WireEnum T>
void read(Reader& reader, T& value) {
    value = static_cast<T>(reader.number(sizeof(T)));
    if (reader.ok() && !is_known(value)) reader.fault(faults::unknown_value);
}
template <std::size_t N>
void read(Reader& reader, ByteArray<N>& value) {
    const ByteView bytes = reader.raw(N);
    if (bytes.size() == N) std::copy(bytes.begin(), bytes.end(), value.begin());
}
inline void read(Reader& reader, Bytes& value) { value = to_bytes(reader.vector()); }
inline void read(Reader& reader, std::string& value) {
    const ByteView bytes = reader.vector();
    if (!is_utf8(bytes)) return reader.fault(faults::text_not_utf8);
    value = as_text(bytes);
}
template <SelfCoded T>
void read(Reader& reader, T& value) {
    value.read(reader);
}
template <Structure T>
void read(Reader& reader, T& value);
template <class T>
void read(Reader& reader, std::optional<T>& value);
template <class T>
requires(!std::same_as<T, std::uint8_t>) void read(Reader& reader, std::vector<T>& value);

template <Structure T>
void read(Reader& reader, T& value) {
    value.visit_fields([&reader](auto&... fields) { (tls::read(reader, fields), ...); });
}
template <class T>
void read(Reader& reader, std::optional<T>& value) {
    bool present = false;
    tls::read(reader, present);
    value.reset();
    if (present) tls::read(reader, value.emplace());
}
// Cost: memory grows with what was read, an item at a time; never asked for ahead on the word of a length.
template <class T>
requires(!std::same_as<T, std::uint8_t>) void read(Reader& reader, std::vector<T>& value) {
    const std::size_t length = reader.length();
    const std::size_t end = reader.offset() + length;
    value.clear();
    while (reader.ok() && reader.offset() < end) tls::read(reader, value.emplace_back());
    if (reader.ok() && reader.offset() != end) reader.fault(faults::truncated);
}

template <class T>
Bytes encode(const T& value) {
    Writer writer;
    tls::write(writer, value);
    return writer.take();
}

// Errors: every rule of `faults`.
template <class T>
Result<T> decode(ByteView input) {
    Reader reader(input);
    T value{};
    tls::read(reader, value);
    TRY(reader.finish());
    return value;
}

}  // namespace veranda::tls
