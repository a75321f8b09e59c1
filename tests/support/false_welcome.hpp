// A Welcome into a group that is not the room's, sealed to a true key package. For tests only.
#pragma once

#include "tests/support/hostile_relay.hpp"

namespace veranda::tests {

// Whoever holds a card's secrets and is no facilitator any more, or gave them away: the card is Amara's own, the knock
// and the admission are in order, but the Welcome leads into a group that somebody else keeps. The relay hands it over.
class FalseWelcome : public HostileRelay {
protected:
    // A phone that has knocked on the card; its knock is taken off the wire, and opened.
    void SetUp() override {
        evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                                 evening_.now.wall);
        const auto link = circle::read_link(evening_.invite(amara_));
        const circle::Pass pass = circle::Pass::from(link->entropy);
        Card body;
        body.room = room();
        body.kind = CardKind::first_invite;
        body.issuer = credential(evening_.amara);
        body.issuer_member = amara_id();
        body.expires_at = UnixSeconds{test_time.value + 600};
        const CardId place = circle::card_id(pass.keys(), circle::day_of(evening_.now.wall, 0));
        auto card = circle::make_card(body, session_key_, pass.keys(), place, evening_.random);
        ASSERT_TRUE(card);
        lie_about<CardFrame>(iris_, [&](CardFrame) { return Frames{CardFrame{card->posted.sealed}}; });
        ASSERT_TRUE(iris_.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
        evening_.settle();
        ASSERT_TRUE(iris_.client.knock("Iris", evening_.now));
        circle::TrustedStaff trust{evening_.harbour.anchor()};
        ASSERT_TRUE(trust.accept_hello(evening_.harbour.organisation, evening_.harbour.staff.head));
        ASSERT_TRUE(trust.accept_list(evening_.harbour.staff));
        Genesis genesis;
        genesis.room = room();
        genesis.kind = RoomKind::group;
        for (const client::Action& action : iris_.client.take_actions()) {
            const auto* send = std::get_if<client::Send>(&action);
            if (send == nullptr) continue;
            for (const auto& received : client_frames(send->message))
                if (const auto* frame = std::get_if<KnockFrame>(&std::get<ClientFrame>(received.frame))) {
                    auto opened = circle::open_knock(frame->envelope, card->secrets, genesis, trust, test_time);
                    ASSERT_TRUE(opened);
                    knock_id_ = circle::knock_id(frame->envelope);
                    knock_.emplace(*std::move(opened));
                }
        }
        ASSERT_TRUE(knock_);
    }
    StaffCredential credential(const client::StaffKeys& keys) const {
        const SessionStatement body{.room = room(),
                                    .certificate = crypto::hash_of(keys.certificate),
                                    .session_key = session_key_.public_key(),
                                    .lane_key = keys.sealing.public_key,
                                    .role = keys.certificate.body.role,
                                    .kind = RoomKind::group,
                                    .not_before = UnixSeconds{test_time.value - 60},
                                    .not_after = UnixSeconds{test_time.value + 3600}};
        return {keys.certificate, crypto::sign(body, keys.key)};
    }
    // Sends her a Welcome from a leaf of this identity and key. What her client says to it.
    std::string welcomed_by(Bytes identity, const crypto::SigningKey& key) {
        auto own = mls::make_key_package(std::move(identity), key.clone(), UnixSeconds{test_time.value - 60},
                                         UnixSeconds{test_time.value + 3600}, evening_.random);
        const auto group = mls::Group::create(room(), std::move(own), evening_.random);
        const auto commit = group.commit({&knock_->key_package, 1}, {}, evening_.random);
        EXPECT_TRUE(commit);
        const Admission admission{.room = room(),
                                  .admitted_by = amara_id(),
                                  .member = MemberId{{9}},
                                  .access_key = knock_->knock.access_key,
                                  .leaf_key = leaf_key(),
                                  .level = Level::speaks,
                                  .knock = knock_id_,
                                  .staff = std::nullopt};
        iris_.events.clear();
        invent(iris_, Admitted{Sequence{1}, crypto::sign(admission, session_key_), commit->welcome.heads[0],
                               commit->welcome.tail});
        return iris_.last<client::ErrorEvent>().code;
    }
    SignatureKey leaf_key() const {
        SignatureKey key;
        std::copy_n(knock_->key_package.leaf.signature_key.begin(), SignatureKey::size, key.bytes.begin());
        return key;
    }

    crypto::SigningKey session_key_ = crypto::SigningKey::generate(evening_.random);
    crypto::SigningKey other_key_ = crypto::SigningKey::generate(evening_.random);
    client::StaffKeys mina_ = evening_.harbour.certify("Mina", Role::mediator);  // who commits in no group
    Phone& iris_ = evening_.phone();
    std::optional<circle::OpenedKnock> knock_;
    KnockId knock_id_;
};

}  // namespace veranda::tests
