// Holds what the relay says about the organisation against what was known before.
#include "client-lib/circle/trust/trusted_staff.hpp"

namespace veranda::circle {

Result<void> TrustedStaff::accept_hello(const Signed<Organisation>& organisation, const Signed<StaffListHead>& head) {
    TRY(crypto::check_organisation(organisation));
    const SignatureKey& root = organisation.body.root;
    if (anchor_.organisation && anchor_.organisation->body.root != root)
        return fail(crypto::faults::other_organisation);
    if (anchor_.fingerprint && *anchor_.fingerprint != crypto::fingerprint(root))
        return fail(faults::fingerprint_differs);
    if (!anchor_.organisation && !anchor_.fingerprint) return fail(faults::fingerprint_differs);
    if (!crypto::signature_holds(head, root)) return fail(crypto::faults::staff_list_signature);
    if (head.body.number < head_.body.number) return fail(faults::staff_list_went_back, head.body.number);
    if (head.body.number == head_.body.number && head.body.hash != head_.body.hash)
        return fail(faults::staff_list_forked, head.body.number);
    anchor_.organisation = organisation;
    head_ = head;
    return {};
}

Result<void> TrustedStaff::accept_list(const StaffList& list) {
    if (!anchor_.organisation || list.head != head_) return fail(faults::no_staff_list);
    TRY(crypto::check_staff_list(list, organisation().root));
    if (list_) {  // entries that we have seen stay as they were
        const auto& before = list_->entries;
        if (list.entries.size() < before.size() || !std::equal(before.begin(), before.end(), list.entries.begin()))
            return fail(faults::staff_list_forked);
    }
    list_ = list;
    links_.clear();
    Hash link{};
    for (const StaffListEntry& entry : list.entries) links_.insert(link = crypto::next_staff_list_hash(link, entry));
    return {};
}

Result<void> TrustedStaff::accept_newer(const StaffList& list) {
    if (!anchor_.organisation) return fail(faults::no_staff_list);
    const Signed<StaffListHead> before = head_;
    TRY(accept_hello(*anchor_.organisation, list.head));
    const auto accepted = accept_list(list);
    if (!accepted) head_ = before;
    return accepted;
}

bool TrustedStaff::knows_head(const Hash& hash) const { return hash == list_head() || links_.contains(hash); }

Result<crypto::StaffStanding> TrustedStaff::check(const StaffCredential& credential, const RoomId& room,
                                                  UnixSeconds now) const {
    if (!anchor_.organisation || !list_) return fail(faults::no_staff_list);
    return crypto::check_staff(credential, room, organisation().root, *list_, now);
}

Result<crypto::DutyStanding> TrustedStaff::check_duty(const Signed<DutyStatement>& statement, UnixSeconds now) const {
    if (!anchor_.organisation || !list_) return fail(faults::no_staff_list);
    return crypto::check_duty(statement, organisation().root, *list_, now);
}

Result<void> TrustedStaff::check_certificate(const Signed<Certificate>& certificate, UnixSeconds at,
                                             UnixSeconds now) const {
    if (!anchor_.organisation || !list_) return fail(faults::no_staff_list);
    const UnixSeconds good_until = list_->head.body.good_until;
    if (good_until < now) return fail(crypto::faults::staff_list_run_out, good_until.value);
    return crypto::check_certificate(certificate, organisation().root, *list_, at);
}

}  // namespace veranda::circle
