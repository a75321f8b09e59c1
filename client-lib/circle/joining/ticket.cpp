// A ticket to one line and back.
#include "client-lib/circle/joining/ticket.hpp"

#include "client-lib/circle/joining/base64url.hpp"
#include "crypto/verify/hash.hpp"

namespace veranda::circle {
namespace {

constexpr std::string_view ticket_path = "/back#1.";
constexpr std::size_t check_bytes = 2;  // a line that was cut or mistyped is not looked for at the relay
constexpr std::size_t parts_bytes = pass_entropy_bytes + Hash::size + RoomId::size + MemberId::size + 8;
constexpr std::size_t ticket_bytes = parts_bytes + check_bytes;
static_assert(ticket_bytes % 3 == 0, "so base64url needs no padding and has no spare bits");

ByteView check_of(const Hash& hash) { return ByteView(hash).first(check_bytes); }

}  // namespace

std::string Ticket::encode() const {
    const Bytes number = tls::encode(last);
    const auto parts = crypto::SecretBytes::joined({entropy.view(), fingerprint, room, member, number});
    const Hash hash = crypto::sha256(parts.view());
    const auto whole = crypto::SecretBytes::joined({parts.view(), check_of(hash)});
    return origin + std::string(ticket_path) + to_base64url(whole.view());
}

Result<Ticket> Ticket::decode(std::string_view text) {
    const std::size_t at = text.find(ticket_path);
    if (at == std::string_view::npos || !is_origin(text.substr(0, at))) return fail(faults::ticket_form);
    const std::string_view secret = text.substr(at + ticket_path.size());
    crypto::Secret<ticket_bytes> bytes;
    if (secret.size() != ticket_bytes / 3 * 4 || !from_base64url(bytes.writable(), secret))
        return fail(faults::ticket_form);
    const Hash hash = crypto::sha256(bytes.view().first(parts_bytes));
    if (!same_bytes(bytes.view().last(check_bytes), check_of(hash))) return fail(faults::ticket_form);

    Ticket ticket{std::string(text.substr(0, at)), {}, {}, {}, {}, {}};
    ByteView rest = bytes.view();
    const auto take = [&](MutableByteView out) {
        std::copy_n(rest.begin(), out.size(), out.begin());
        rest = rest.subspan(out.size());
    };
    take(ticket.entropy.writable());
    take(ticket.fingerprint.bytes);
    take(ticket.room.bytes);
    take(ticket.member.bytes);
    for (const std::uint8_t byte : rest.first(8)) ticket.last.value = ticket.last.value << 8 | byte;
    return ticket;
}

}  // namespace veranda::circle
