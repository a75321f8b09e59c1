// Cheap comparisons first, then the chain, then what it signs.
#include "server/relay/opening.hpp"

#include <algorithm>

namespace veranda::relay {
namespace {

bool is_sound(const Genesis& genesis, const RoomId& room, std::size_t members_max) {
    return genesis.room == room && !room.is_zero() && genesis.rule_version == 1 && genesis.policies.members_max >= 2 &&
           genesis.policies.members_max <= members_max;
}

bool ends_in_time(const Genesis& genesis, UnixSeconds now) {
    return genesis.opened_at < genesis.ends_at && now < genesis.ends_at &&
           genesis.ends_at.value - genesis.opened_at.value <= limits::session_seconds_max &&
           genesis.ends_at.value - now.value <= limits::session_seconds_max;
}

// The opener lets herself in, with the key that she now enters by.
bool is_of_opener(const Admission& admission, const AccessProof& proof) {
    return admission.room == proof.room && admission.access_key == proof.key && admission.knock.is_zero() &&
           !admission.member.is_zero() && admission.admitted_by == admission.member &&
           admission.level == Level::speaks && admission.staff;
}

store::NewRoom new_room(const OpenRoom& open, const Settings& settings, UnixMillis now) {
    const std::uint64_t ends_at_ms = open.genesis.body.ends_at.value * 1'000;
    const store::milliseconds until_end(static_cast<store::milliseconds::rep>(ends_at_ms - now.value));
    return {open.genesis.body.room,
            tls::encode(GenesisEntry{open.genesis, open.opener}),
            tls::encode(AdmissionRecord{open.opener, true, {}}),
            open.opener.body.member,
            now,
            until_end + settings.lifetimes.log};
}

}  // namespace

Verdict<store::NewRoom> judge_opening(const OpenRoom& open, const Organisation& organisation, const Settings& settings,
                                      UnixMillis now) {
    const Genesis& genesis = open.genesis.body;
    const Admission& opener = open.opener.body;
    if (!is_sound(genesis, open.proof.body.room, std::min(settings.members_max, limits::members_max)))
        return refuse(Refusal::genesis_invalid);
    if (!ends_in_time(genesis, seconds(now))) return refuse(Refusal::end_time_invalid);
    if (!is_of_opener(opener, open.proof.body)) return refuse(Refusal::admission_invalid);
    if (std::find(genesis.removed.begin(), genesis.removed.end(), opener.member) != genesis.removed.end())
        return refuse(Refusal::member_removed);
    const auto standing = staff_standing(*opener.staff, genesis.room, organisation, now);
    if (!standing) return tl::unexpected(standing.error());
    if (standing->kind() != genesis.kind) return refuse(Refusal::session_statement);
    if (!standing->commits()) return refuse(Refusal::only_staff);
    if (opener.leaf_key != standing->session_key()) return refuse(Refusal::admission_invalid);
    if (!crypto::signature_holds(open.genesis, standing->session_key())) return refuse(Refusal::genesis_invalid);
    if (!crypto::signature_holds(open.opener, standing->session_key())) return refuse(Refusal::admission_signature);
    return new_room(open, settings, now);
}

}  // namespace veranda::relay
