// Seals and opens talk. A text has one size and a recap another; nothing else is a talk.
#include "client-lib/circle/joining/talk.hpp"

#include "crypto/sealed/hpke.hpp"
#include "crypto/sealed/signed_make.hpp"

namespace veranda::circle {
namespace {

std::size_t plain_bytes(TalkKind kind) {
    return kind == TalkKind::recap ? limits::recap_plain_bytes : limits::talk_plain_bytes;
}

Result<Bytes> seal(const Signed<TalkContent>& content, const SealingKey& to, crypto::RandomSource& random) {
    const std::size_t size = plain_bytes(content.body.kind);
    Bytes plain = tls::encode(PaddedTalk{content, {}});
    if (plain.size() > size) return fail(faults::talk_too_long, size);
    plain.resize(size);
    const auto sealed = crypto::hpke_seal(to, crypto::HpkeInfo(as_bytes(TalkContent::seal_info)),
                                          ByteView(content.body.knock), plain, random);
    crypto::wipe(plain);
    if (!sealed) return Failure(sealed.error());
    Bytes bytes = to_bytes(sealed->encapsulation);
    append(bytes, sealed->ciphertext);
    return bytes;
}

Result<Signed<TalkContent>> unseal(ByteView sealed, const crypto::KemKeyPair& own, const KnockId& id) {
    constexpr std::size_t encapsulated = 32;
    if (sealed.size() < encapsulated) return fail(faults::talk_not_opened);
    const auto plain =
        crypto::hpke_open(own, sealed.first(encapsulated), crypto::HpkeInfo(as_bytes(TalkContent::seal_info)),
                          ByteView(id), sealed.subspan(encapsulated));
    if (!plain) return fail(faults::talk_not_opened);
    auto padded = tls::decode<PaddedTalk>(plain->view());
    if (!padded || plain->size() != plain_bytes(padded->content.body.kind)) return fail(faults::talk_not_opened);
    return std::move(padded->content);
}

Result<void> check_text(const TalkContent& content) {
    if (content.kind != TalkKind::text) return {};
    const auto text = tls::decode<Text>(content.body);
    if (!text) return fail(faults::talk_not_opened);
    TRY(talk_text(text->text));
    return {};
}

}  // namespace

Result<Bytes> talk_text(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fail(faults::text_empty);
    if (text.size() > limits::talk_text_bytes_max) return fail(faults::text_too_long, limits::talk_text_bytes_max);
    if (!tls::is_utf8(as_bytes(text))) return fail(tls::faults::text_not_utf8);
    return tls::encode(Text{std::string(text)});
}

Result<Bytes> seal_talk_to_staff(const TalkContent& content, const Pass& ticket, const SealingKey& knock_sealing_key,
                                 crypto::RandomSource& random) {
    VERANDA_ASSERT(!content.speaker);
    return seal(crypto::sign(content, ticket.signing), knock_sealing_key, random);
}

Result<Bytes> seal_talk_to_joiner(const TalkContent& content, const crypto::SigningKey& session_key,
                                  const SealingKey& ticket, crypto::RandomSource& random) {
    VERANDA_ASSERT(content.speaker);
    return seal(crypto::sign(content, session_key), ticket, random);
}

Result<TalkContent> open_talk_from_joiner(ByteView sealed, const crypto::KemKeyPair& knock_sealing, const KnockId& id,
                                          const Knock& knock) {
    auto content = TRY(unseal(sealed, knock_sealing, id));
    if (content.body.room != knock.room || content.body.knock != id) return fail(faults::talk_other_knock);
    if (content.body.speaker) return fail(faults::talk_speaker);
    if (!crypto::signature_holds(content, knock.ticket.signature_key)) return fail(faults::talk_signature);
    TRY(check_text(content.body));
    return std::move(content.body);
}

Result<StaffTalk> open_talk_from_staff(ByteView sealed, const Pass& ticket, const KnockId& id, const OpenedCard& card,
                                       const TrustedStaff& trust, UnixSeconds now) {
    auto content = TRY(unseal(sealed, ticket.sealing, id));
    const RoomId& room = card.card().room;
    if (content.body.room != room || content.body.knock != id) return fail(faults::talk_other_knock);
    if (!content.body.speaker) return fail(faults::talk_speaker);
    auto speaker = trust.check(*content.body.speaker, room, now);
    if (!speaker || !speaker->commits() || speaker->kind() != card.issuer().kind()) return fail(faults::talk_speaker);
    if (!crypto::signature_holds(content, speaker->session_key())) return fail(faults::talk_signature);
    TRY(check_text(content.body));
    return StaffTalk{std::move(content.body), *std::move(speaker)};
}

}  // namespace veranda::circle
