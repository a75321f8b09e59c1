// One good value of every signed thing of the protocol, and who judges it. For tests only.
#pragma once

#include <functional>
#include <set>

#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/circle/joining/talk.hpp"
#include "client-lib/circle/moderation/room_state.hpp"
#include "tests/support/rule_of.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::tests {

// A signed thing, the key that signed it, and the code that believes it: the name of the rule that it breaks, or none.
template <class Body>
struct Judged {
    Signed<Body> good;
    const crypto::SigningKey& signer;
    std::function<std::string_view(const Signed<Body>&)> judge;
    std::set<std::string_view> names;  // by which a change may be refused
};

// An organisation, a room of Amara's as a client believes it, and Iris at its door.
struct SignedWorld {
    SeededRandom random{3};
    SmallOrganisation harbour{random};
    client::StaffKeys amara = harbour.certify("Amara");
    client::StaffKeys celia = harbour.certify("Celia", Role::counsellor);
    crypto::SigningKey session_key = crypto::SigningKey::generate(random);
    crypto::KemKeyPair lane_key = crypto::KemKeyPair::generate(random);
    crypto::SigningKey leaf_key = crypto::SigningKey::generate(random);
    circle::Pass pass = circle::Pass::from(crypto::random_secret<16>(random));
    circle::Pass ticket = circle::Pass::from(crypto::random_secret<16>(random));
    circle::TrustedStaff trust{harbour.anchor()};
    RoomId room{{1, 2, 3}};
    MemberId amara_id{{7}};
    MemberId iris_id{{8}};
    CardId card_id{{4, 5, 6}};

    SignedWorld() {
        const bool believed =
            trust.accept_hello(harbour.organisation, harbour.staff.head) && trust.accept_list(harbour.staff);
        EXPECT_TRUE(believed);
    }

    StaffCredential credential() const { return {amara.certificate, crypto::sign(statement(), amara.key)}; }
    SessionStatement statement() const {
        return {.room = room,
                .certificate = crypto::hash_of(amara.certificate),
                .session_key = session_key.public_key(),
                .lane_key = lane_key.public_key,
                .role = Role::facilitator,
                .kind = RoomKind::group,
                .not_before = UnixSeconds{test_time.value - 60},
                .not_after = UnixSeconds{test_time.value + 3600}};
    }
    GenesisEntry genesis() const {
        Genesis body;
        body.room = room;
        body.kind = RoomKind::group;
        body.opened_at = test_time;
        body.ends_at = UnixSeconds{test_time.value + 3600};
        body.levels = {{iris_id, Level::held}};
        body.removed = {MemberId{{9}}};
        Admission opener = admission();
        opener.member = amara_id;
        opener.leaf_key = session_key.public_key();
        opener.staff = credential();
        return {crypto::sign(body, session_key), crypto::sign(opener, session_key)};
    }
    Admission admission() const {
        return {.room = room,
                .admitted_by = amara_id,
                .member = iris_id,
                .access_key = AccessKey{leaf_key.public_key().bytes},
                .leaf_key = leaf_key.public_key(),
                .level = Level::speaks,
                .knock = {},
                .staff = std::nullopt};
    }
    circle::RoomState state() const { return *circle::RoomState::open(genesis(), trust, test_time); }
    Card card() const {
        Card made;
        made.room = room;
        made.kind = CardKind::first_invite;
        made.issuer = credential();
        made.issuer_member = amara_id;
        made.expires_at = UnixSeconds{test_time.value + 600};
        made.staff = {crypto::sign(statement(), amara.key)};
        made.welcome = GroupWelcome{"Evening group", "Be kind.", "en"};
        return made;
    }
};

}  // namespace veranda::tests
