// Makes knocks, and opens them layer by layer.
#include "client-lib/circle/joining/knock.hpp"

#include "client-lib/circle/trust/leaf_identity.hpp"
#include "crypto/sealed/hpke.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::circle {
namespace {
constexpr std::string_view knock_info = "Veranda 1 knock seal";
}

Result<Signed<KnockEnvelope>> make_knock(const OpenedCard& card, const CardId& id, const Pass& pass,
                                         KnockRequest request, crypto::RandomSource& random) {
    const Knock knock{.room = card.card().room,
                      .card = card.sealed_hash(),
                      .pass = pass.keys(),
                      .key_package = std::move(request.key_package),
                      .access_key = request.access_key,
                      .ticket = request.ticket,
                      .pseudonym = std::move(request.pseudonym),
                      .reason = request.reason,
                      .staff = std::move(request.staff),
                      .from = request.from};
    const Bytes plain = tls::encode(crypto::sign(knock, pass.signing));
    const auto sealed = TRY(crypto::hpke_seal(card.card().knock_sealing_key, crypto::HpkeInfo(as_bytes(knock_info)),
                                              ByteView(card.sealed_hash()), plain, random));
    Bytes bytes = to_bytes(sealed.encapsulation);
    append(bytes, sealed.ciphertext);
    const auto seed = crypto::Secret<32>::copy_of(std::span<const std::uint8_t, 32>(card.card().knock_key_seed));
    return crypto::sign(KnockEnvelope{id, std::move(bytes)}, crypto::SigningKey::from_seed(seed));
}

KnockId knock_id(const Signed<KnockEnvelope>& envelope) { return KnockId{crypto::sha256(tls::encode(envelope)).bytes}; }

namespace {

Result<Signed<Knock>> unseal(const Signed<KnockEnvelope>& envelope, const CardSecrets& card) {
    const ByteView sealed = envelope.body.sealed;
    if (envelope.body.card != card.id) return fail(faults::knock_other_card);
    if (sealed.size() < 32 || sealed.size() > limits::knock_sealed_bytes_max) return fail(faults::knock_not_opened);
    const auto plain = crypto::hpke_open(card.knock_sealing, sealed.first(32), crypto::HpkeInfo(as_bytes(knock_info)),
                                         ByteView(card.sealed_hash), sealed.subspan(32));
    if (!plain) return fail(faults::knock_not_opened);
    auto knock = tls::decode<Signed<Knock>>(plain->view());
    if (!knock) return fail(faults::knock_not_opened);
    return *std::move(knock);
}

Result<mls::KeyPackage> check_key_package(const Knock& knock, UnixSeconds now) {
    auto key_package = mls::decode_and_check_key_package(knock.key_package);
    if (!key_package) return fail(faults::knock_key_package);
    const auto& lifetime = key_package->leaf.lifetime;
    const std::uint64_t wrong = limits::clock_wrong_seconds_max;
    if (lifetime.not_before.value > now.value + wrong || lifetime.not_after.value + wrong < now.value)
        return fail(faults::knock_lifetime);
    return *std::move(key_package);
}

// The leaf has to say what the knock says: the same pseudonym, or the same credential and its session key.
Result<std::optional<crypto::StaffStanding>> check_identity(const Knock& knock, const mls::KeyPackage& key_package,
                                                            CardKind kind, const Genesis& room,
                                                            const TrustedStaff& trust, UnixSeconds now) {
    const auto identity = read_identity(key_package.leaf.credential.identity);
    if (!identity) return fail(faults::knock_identity);
    if (identity->staff != knock.staff) return fail(faults::knock_identity);
    // A ticket is of either; whether it is the certificate that she had is for the judge of returns to say.
    if (kind != CardKind::ticket && (kind == CardKind::staff_invite) != knock.staff.has_value())
        return fail(faults::knock_staff);
    if (!knock.staff) {
        if (identity->pseudonym != knock.pseudonym) return fail(faults::knock_identity);
        TRY(check_pseudonym(knock.pseudonym));
        return std::optional<crypto::StaffStanding>();
    }
    auto standing = trust.check(*knock.staff, room.room, now);
    if (!standing || standing->kind() != room.kind || standing->name() != knock.pseudonym)
        return fail(faults::knock_staff);
    if (!same_bytes(key_package.leaf.signature_key, standing->session_key())) return fail(faults::knock_identity);
    return std::optional<crypto::StaffStanding>(*std::move(standing));
}

}  // namespace

Result<OpenedKnock> open_knock(const Signed<KnockEnvelope>& envelope, const CardSecrets& card, const Genesis& room,
                               const TrustedStaff& trust, UnixSeconds now) {
    Signed<Knock> knock = TRY(unseal(envelope, card));
    if (knock.body.room != room.room || knock.body.card != card.sealed_hash) return fail(faults::knock_other_card);
    if (knock.body.pass != card.pass) return fail(faults::knock_other_pass);
    if (!crypto::signature_holds(knock, card.pass.signature_key)) return fail(faults::knock_pass_signature);
    mls::KeyPackage key_package = TRY(check_key_package(knock.body, now));
    auto staff = TRY(check_identity(knock.body, key_package, card.kind, room, trust, now));
    return OpenedKnock{std::move(knock.body), std::move(key_package), std::move(staff)};
}

}  // namespace veranda::circle
