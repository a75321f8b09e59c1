// Makes and opens cards.
#include "client-lib/circle/joining/card.hpp"

#include "crypto/sealed/hpke.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::circle {
namespace {

constexpr std::string_view card_info = "Veranda 1 card seal";

struct CardSecretsForm {
    CardId id;
    CardKind kind{};
    PassKeys pass;
    Hash sealed_hash;
    MemberId member;
    ByteArray<32> private_key{};
    VERANDA_FIELDS(id, kind, pass, sealed_hash, member, private_key)
};

}  // namespace

Bytes CardSecrets::encode() const {
    CardSecretsForm form{id, kind, pass, sealed_hash, member, {}};
    const ByteView key = knock_sealing.private_key.view();
    std::copy(key.begin(), key.end(), form.private_key.begin());
    Bytes bytes = tls::encode(form);
    crypto::wipe(form.private_key);
    return bytes;
}

Result<CardSecrets> CardSecrets::decode(ByteView bytes) {
    auto form = TRY(tls::decode<CardSecretsForm>(bytes));
    auto key = crypto::Secret<32>::copy_of(std::span<const std::uint8_t, 32>(form.private_key));
    crypto::wipe(form.private_key);
    return CardSecrets{form.id,          form.kind,   form.pass,
                       form.sealed_hash, form.member, crypto::KemKeyPair::from_private(key)};
}

Result<MadeCard> make_card(Card card, const crypto::SigningKey& session_key, const PassKeys& pass, const CardId& id,
                           crypto::RandomSource& random, const MemberId& member) {
    crypto::KemKeyPair knock_sealing = crypto::KemKeyPair::generate(random);
    const auto knock_seed = crypto::random_secret<32>(random);
    std::copy(knock_seed.view().begin(), knock_seed.view().end(), card.knock_key_seed.begin());
    card.knock_sealing_key = knock_sealing.public_key;
    const CardKind kind = card.kind;
    const UnixSeconds expires_at = card.expires_at;

    Bytes plain = tls::encode(PaddedCard{crypto::sign(std::move(card), session_key), {}});
    if (plain.size() > limits::card_plain_bytes) return fail(faults::card_too_long, limits::card_plain_bytes);
    plain.resize(limits::card_plain_bytes);
    const auto sealed =
        TRY(crypto::hpke_seal(pass.sealing_key, crypto::HpkeInfo(as_bytes(card_info)), ByteView(id), plain, random));
    crypto::wipe(plain);

    Bytes bytes = to_bytes(sealed.encapsulation);
    append(bytes, sealed.ciphertext);
    const KnockKey knock_key{crypto::SigningKey::from_seed(knock_seed).public_key().bytes};
    const Hash sealed_hash = crypto::sha256(bytes);
    return MadeCard{{id, knock_key, expires_at, std::move(bytes)},
                    {id, kind, pass, sealed_hash, member, std::move(knock_sealing)}};
}

namespace {

Result<Signed<Card>> unseal(ByteView sealed, const Pass& pass, const CardId& id) {
    if (sealed.size() != limits::card_sealed_bytes) return fail(faults::card_not_ours);
    const auto plain = crypto::hpke_open(pass.sealing, sealed.first(32), crypto::HpkeInfo(as_bytes(card_info)),
                                         ByteView(id), sealed.subspan(32));
    if (!plain) return fail(faults::card_not_ours);
    auto padded = tls::decode<PaddedCard>(plain->view());
    if (!padded) return fail(faults::card_not_ours);
    return std::move(padded->card);
}

}  // namespace

Result<OpenedCard> open_card(ByteView sealed, const Pass& pass, const CardId& id, const TrustedStaff& trust,
                             UnixSeconds now) {
    Signed<Card> card = TRY(unseal(sealed, pass, id));
    if (card.body.expires_at < now) return fail(faults::card_run_out, card.body.expires_at.value);
    crypto::StaffStanding issuer = TRY(trust.check(card.body.issuer, card.body.room, now));
    if (!issuer.commits()) return fail(faults::card_issuer);
    if (!crypto::signature_holds(card, issuer.session_key())) return fail(faults::card_signature);
    return OpenedCard(std::move(card.body), crypto::sha256(sealed), std::move(issuer));
}

}  // namespace veranda::circle
