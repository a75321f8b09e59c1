// The chain of trust, link by link, from the root down.
#include "crypto/verify/staff_check.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace veranda::crypto {

Hash fingerprint(const SignatureKey& root) { return sha256(root); }

namespace {

bool texts_have_form(const std::vector<TextInLanguage>& texts) {
    if (texts.size() > limits::not_safe_texts_max) return false;
    for (auto one = texts.begin(); one != texts.end(); ++one) {
        const bool has_form = is_language_tag(one->language.tag) && !one->text.empty() &&
                              one->text.size() <= limits::not_safe_text_bytes_max;
        const auto is_same = [&one](const TextInLanguage& before) { return before.language == one->language; };
        if (!has_form || std::any_of(texts.begin(), one, is_same)) return false;
    }
    return true;
}

}  // namespace

Result<void> check_organisation(const Signed<Organisation>& organisation) {
    if (!signature_holds(organisation, organisation.body.root)) return fail(faults::organisation_signature);
    if (!texts_have_form(organisation.body.not_safe)) return fail(faults::organisation_texts);
    return {};
}

Result<void> check_request(const Signed<CertificateRequest>& request) {
    if (!signature_holds(request, request.body.key)) return fail(faults::request_signature);
    return {};
}

Hash next_staff_list_hash(const Hash& before, const StaffListEntry& entry) {
    tls::Writer writer;
    writer.vector(as_bytes(StaffListHead::chain_label));
    tls::write(writer, before);
    tls::write(writer, entry);
    return sha256(writer.bytes());
}

Result<void> check_staff_list(const StaffList& list, const SignatureKey& root) {
    Hash hash;
    std::uint32_t number = 0;
    for (const StaffListEntry& entry : list.entries) {
        if (entry.number != ++number) return fail(faults::staff_list_chain, entry.number);
        hash = next_staff_list_hash(hash, entry);
    }
    const StaffListHead& head = list.head.body;
    if (head.number != number || head.hash != hash) return fail(faults::staff_list_chain, head.number);
    if (!signature_holds(list.head, root)) return fail(faults::staff_list_signature);
    return {};
}

namespace {

// Once revoked, a certificate stays revoked, whatever is listed after it.
Result<void> check_listed(const Hash& certificate, const StaffList& list, UnixSeconds now) {
    if (now > list.head.body.good_until) return fail(faults::staff_list_run_out, list.head.body.good_until.value);
    bool issued = false;
    for (const StaffListEntry& entry : list.entries) {
        if (entry.certificate != certificate) continue;
        if (entry.event == StaffListEvent::revoked) return fail(faults::certificate_revoked);
        issued = true;
    }
    if (!issued) return fail(faults::certificate_not_listed);
    return {};
}

bool lives(UnixSeconds from, UnixSeconds until, UnixSeconds now, std::uint64_t seconds_max) {
    return from <= until && until.value - from.value <= seconds_max && from <= now && now <= until;
}

}  // namespace

Result<void> check_certificate(const Signed<Certificate>& certificate, const SignatureKey& root, const StaffList& list,
                               UnixSeconds now) {
    const Certificate& body = certificate.body;
    if (body.root != root) return fail(faults::certificate_root);
    if (!signature_holds(certificate, root)) return fail(faults::certificate_signature);
    if (body.role == Role::member || !lives(body.not_before, body.not_after, now, limits::certificate_seconds_max))
        return fail(faults::certificate_lifetime, body.not_after.value);
    return check_listed(hash_of(certificate), list, now);
}

Result<StaffStanding> check_staff(const StaffCredential& credential, const RoomId& room, const SignatureKey& root,
                                  const StaffList& list, UnixSeconds now) {
    TRY(check_certificate(credential.certificate, root, list, now));
    const Certificate& certificate = credential.certificate.body;
    const SessionStatement& statement = credential.statement.body;
    const Hash certificate_hash = hash_of(credential.certificate);
    if (statement.certificate != certificate_hash) return fail(faults::statement_other_certificate);
    if (!signature_holds(credential.statement, certificate.key)) return fail(faults::statement_signature);
    if (statement.room != room) return fail(faults::statement_other_room);
    if (statement.role != certificate.role) return fail(faults::statement_role);
    if (!lives(statement.not_before, statement.not_after, now, limits::session_seconds_max))
        return fail(faults::statement_lifetime, statement.not_after.value);

    StaffStanding standing;
    standing.name_ = certificate.name;
    standing.role_ = certificate.role;
    standing.kind_ = statement.kind;
    standing.session_key_ = statement.session_key;
    standing.lane_key_ = statement.lane_key;
    standing.certificate_ = certificate_hash;
    return standing;
}

}  // namespace veranda::crypto
