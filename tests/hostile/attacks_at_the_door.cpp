// What a server can try with whoever comes in: whose it is, cards, knocks, answers, Welcomes.
#include "client-lib/circle/rules.hpp"
#include "tests/hostile/attacked_evening.hpp"
#include "tests/support/false_welcome.hpp"

namespace veranda::tests {
namespace {

Phone& opens(AttackedEvening& at, Phone& phone, std::string_view link) {
    const auto read = circle::read_link(link);
    EXPECT_TRUE(phone.client.open_invite(circle::Pass::from(read->entropy), at.evening_.now));
    at.evening_.settle();
    return at.watch("Iris", phone);
}
Phone& knocks(AttackedEvening& at) {
    return at.watch("Iris", at.evening_.knock(at.evening_.invite(at.amara_), "Iris"));
}
void admit(AttackedEvening& at, std::string_view name = "Iris") {
    EXPECT_TRUE(at.amara_.client.admit(name, at.evening_.now));
    at.evening_.settle();
}

Signs organisation_swapped(bool hostile) {
    AttackedEvening at(hostile);
    SmallOrganisation other(at.evening_.random, "Harbour");
    Phone& iris = at.evening_.phone();
    at.lie<ServerHello>(iris, [&](ServerHello hello) {
        hello.organisation = other.organisation;
        hello.staff_list = other.staff.head;
        return Frames{hello};
    });
    opens(at, iris, at.evening_.invite(at.amara_));
    EXPECT_EQ(iris.phase(), hostile ? client::Phase::refused : client::Phase::connected);
    return at.signs();
}

// The server has found the link, and makes a card for it, by staff of an organisation of its own.
Signs card_under_another_root(bool hostile) {
    AttackedEvening at(hostile);
    auto& evening = at.evening_;
    SmallOrganisation other(evening.random, "Harbour");
    const client::StaffKeys false_amara = other.certify("Amara");
    const std::string link = evening.invite(at.amara_);
    const circle::Pass pass = circle::Pass::from(circle::read_link(link)->entropy);
    const crypto::SigningKey session_key = crypto::SigningKey::generate(evening.random);
    const auto self =
        client::make_staff_self(false_amara, at.room(), RoomKind::group, session_key, test_time, evening.random);
    Card card;
    card.room = at.room();
    card.kind = CardKind::first_invite;
    card.issuer = self.credential;
    card.issuer_member = at.amara_id();
    card.expires_at = UnixSeconds{test_time.value + 600};
    card.welcome = GroupWelcome{"Evening group", "", "en"};
    const CardId id = circle::card_id(pass.keys(), circle::day_of(evening.now.wall, 0));
    const auto made = circle::make_card(card, session_key, pass.keys(), id, evening.random);
    EXPECT_TRUE(made);
    Phone& iris = evening.phone();
    at.lie<CardFrame>(iris, [&](const CardFrame&) { return Frames{CardFrame{made->posted.sealed}}; });
    opens(at, iris, link);
    EXPECT_EQ(iris.all<client::InvitationEvent>().empty(), hostile);
    return at.signs();
}

Signs staff_list_of_before(bool hostile) {
    AttackedEvening at(hostile);
    auto& evening = at.evening_;
    const StaffList before = evening.harbour.staff;
    (void)evening.harbour.certify("Chidi");
    evening.relay_now->organisation_changed({evening.harbour.organisation, evening.harbour.staff}, evening.now.wall);
    Phone& iris = at.join("Iris");
    at.lie<ServerHello>(iris, [&](ServerHello hello) {
        hello.staff_list = before.head;
        return Frames{hello};
    });
    iris.cut(evening.now);
    evening.wait(5);
    EXPECT_EQ(iris.phase(), hostile ? client::Phase::refused : client::Phase::in_group);
    return at.signs();
}

Signs staff_list_run_out(bool hostile) {
    AttackedEvening at(hostile);
    StaffList old = at.evening_.harbour.staff;
    old.head.body.good_until = UnixSeconds{test_time.value - 60};
    old.head = crypto::sign(old.head.body, at.evening_.harbour.root);  // as it was signed, a month ago
    Phone& iris = at.evening_.phone();
    if (hostile)
        iris.hear = [&](Bytes& message) {
            Bytes changed;
            for (const auto& received : server_frames(message)) {
                ServerFrame frame = std::get<ServerFrame>(received.frame);
                if (auto* hello = std::get_if<ServerHello>(&frame)) hello->staff_list = old.head;
                if (auto* list = std::get_if<StaffListFrame>(&frame)) list->list = old;
                std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, frame);
            }
            message = changed;
        };
    opens(at, iris, at.evening_.invite(at.amara_));
    return at.signs();
}

// Somebody is dismissed. Everyone is shown the new list but Iris, who is told for ever that the old one is the newest.
Signs revocation_withheld(bool hostile) {
    AttackedEvening at(hostile);
    auto& evening = at.evening_;
    const client::StaffKeys chidi = evening.harbour.certify("Chidi");
    evening.relay_now->organisation_changed({evening.harbour.organisation, evening.harbour.staff}, evening.now.wall);
    at.amara_.cut(evening.now);
    evening.wait(2);
    Phone& iris = at.join("Iris");
    const StaffList before = evening.harbour.staff;
    evening.harbour.revoke(chidi);
    evening.relay_now->organisation_changed({evening.harbour.organisation, evening.harbour.staff}, evening.now.wall);
    at.lie<StaffListFrame>(iris, [&](const StaffListFrame&) { return Frames{StaffListFrame{before}}; });
    at.amara_.cut(evening.now);  // she is shown it once she is back
    evening.wait(2);
    at.until_pulse();
    return at.signs();
}

Signs card_swapped(bool hostile) {
    AttackedEvening at(hostile);
    at.evening_.open(at.evening_.invite(at.amara_));
    const auto other = at.last_heard<CardFrame>(at.evening_.phones.back());
    Phone& iris = at.evening_.phone();
    at.lie<CardFrame>(iris, [&](const CardFrame&) { return Frames{*other}; });
    opens(at, iris, at.evening_.invite(at.amara_));
    EXPECT_EQ(iris.all<client::InvitationEvent>().empty(), hostile);
    return at.signs();
}

// The server has a knock of its own, by another invite, with a key package whose keys it holds: it puts that into hers.
Signs key_package_swapped(bool hostile) {
    AttackedEvening at(hostile);
    at.evening_.knock(at.evening_.invite(at.amara_), "Mallory");
    const auto own = at.last_heard<KnockWaiting>(at.amara_);
    at.lie<KnockWaiting>(at.amara_, [&](KnockWaiting hers) {
        hers.envelope.body.sealed = own->envelope.body.sealed;
        return Frames{hers};
    });
    Phone& iris = knocks(at);
    EXPECT_EQ(at.amara_.last<client::KnockEvent>().name, hostile ? "Mallory" : "Iris") << "hers is not shown";
    EXPECT_EQ(iris.phase(), client::Phase::waiting);
    return at.signs();
}

// It has found the link. Hers is withheld, its own is shown under her name: nothing in it is wrong but the five words.
Signs knock_replaced_by_whoever_has_the_link(bool hostile) {
    AttackedEvening at(hostile);
    auto& evening = at.evening_;
    const std::string link = evening.invite(at.amara_);
    if (hostile) {
        evening.knock(link, "Iris");  // the server's
        at.lie<KnockWaiting>(at.amara_, [](const KnockWaiting&) { return Frames{}; });
    }
    Phone& iris = at.watch("Iris", evening.knock(link, "Iris"));
    evening.wait(10);
    const auto hers = iris.last<client::AgreedWordEvent>().words;
    const auto amaras = at.amara_.last<client::AgreedWordEvent>().words;
    EXPECT_FALSE(hers.empty());
    EXPECT_FALSE(amaras.empty());
    if (hers != amaras) {
        at.sign("Iris", "agreed_word differs");
        at.sign("Amara", "agreed_word differs");
    }
    return at.signs();
}

Signs refusal_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = knocks(at);
    const KnockId knock = circle::knock_id(at.last_heard<KnockWaiting>(at.amara_)->envelope);
    const StaffCredential amaras = *at.last_heard<Entered>(at.amara_)->genesis.opener.body.staff;
    const crypto::SigningKey own_key = crypto::SigningKey::generate(at.evening_.random);
    at.invent(iris, KnockRefused{crypto::sign(
                        KnockRefusal{at.room(), knock, KnockRefusalReason::not_now, "Go away.", amaras}, own_key)});
    EXPECT_EQ(iris.phase(), client::Phase::waiting);
    admit(at);
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    return at.signs();
}

Signs welcome_replayed(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = knocks(at);
    at.lie<Admitted>(iris, [](Admitted admitted) { return Frames{admitted, admitted}; });
    admit(at);
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    at.invent(iris, *at.last_heard<Admitted>(iris));  // and once more, when she is in
    at.evening_.say(iris, "hello");
    EXPECT_EQ(at.amara_.texts(), Texts{"Iris: hello"});
    return at.signs();
}

// Somebody has the card's secrets and Amara's session key, so that knock and admission are in order; the group is led
// by a mediator's leaf. Without the attack it is led by Amara's.
class LedElsewhere : public FalseWelcome {
public:
    Signs evening(bool hostile) {
        SetUp();
        const std::string said = hostile
                                     ? welcomed_by(circle::staff_identity(credential(mina_)), session_key_)
                                     : welcomed_by(circle::staff_identity(credential(evening_.amara)), session_key_);
        Signs signs;
        signs["Iris"].insert("error " + said);
        EXPECT_NE(iris_.phase(), client::Phase::in_group);
        return signs;
    }

private:
    void TestBody() override {}
};

Signs welcome_of_another_room(bool hostile) {
    AttackedEvening at(hostile);
    Phone& other_room = at.evening_.host(at.evening_.blessing, "Another");
    Phone& joy = at.evening_.join(other_room, "Joy");
    const auto joys = at.last_heard<Admitted>(joy);
    Phone& iris = knocks(at);
    std::optional<Admitted> hers;
    at.lie<Admitted>(iris, [&](const Admitted& mine) {
        hers = mine;
        return Frames{*joys};
    });
    admit(at);
    if (hostile) {
        EXPECT_EQ(iris.phase(), client::Phase::waiting);
        iris.hear = {};
        at.invent(iris, *hers);  // her own is still good
    }
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    return at.signs();
}

Signs admission_rewritten(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = knocks(at);
    at.lie<Admitted>(iris, [](Admitted mine) {
        mine.admission.body.level = Level::listens;
        return Frames{mine};
    });
    admit(at);
    return at.signs();
}

Signs genesis_of_another_room(bool hostile) {
    AttackedEvening at(hostile);
    const auto others = at.last_heard<Entered>(at.evening_.host(at.evening_.blessing, "Another"));
    Phone& iris = knocks(at);
    at.lie<Entered>(iris, [&](Entered mine) {
        mine.genesis = others->genesis;
        return Frames{mine};
    });
    admit(at);
    return at.signs();
}

Signs entered_before_a_welcome(bool hostile) {
    AttackedEvening at(hostile);
    const auto joys = at.last_heard<Entered>(at.join("Joy"));
    Phone& iris = knocks(at);
    at.invent(iris, *joys);
    EXPECT_EQ(iris.phase(), client::Phase::waiting);
    admit(at);
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    return at.signs();
}

}  // namespace

std::vector<AttackCase> attacks_at_the_door() {
    return {
        {Attack::organisation_swapped,
         "says hello in the name of another organisation",
         organisation_swapped,
         {{"Iris", "error fingerprint_differs"}, {"Iris", "state refused"}}},
        {Attack::card_under_another_root,
         "has found the link, and shows a card that staff under a root of its own issued",
         card_under_another_root,
         {{"Iris", "error certificate_root"}}},
        {Attack::staff_list_of_before,
         "shows a list of staff from before the one that she has seen",
         staff_list_of_before,
         {{"Iris", "error staff_list_went_back"}, {"Iris", "state refused"}}},
        {Attack::staff_list_run_out,
         "shows a list that has run out",
         staff_list_run_out,
         {{"Iris", "error staff_list_run_out"}}},
        {Attack::revocation_withheld,
         "shows everyone a newer list of staff, and the old one to her",
         revocation_withheld,
         {{"Iris", "notice staff_list_differs"}}},
        {Attack::card_swapped,
         "answers with the card of another invite",
         card_swapped,
         {{"Iris", "error card_not_ours"}}},
        {Attack::key_package_swapped,
         "puts a key package of its own into her knock",
         key_package_swapped,
         {{"Amara", "error knock_not_opened"}}},
        {Attack::knock_replaced_by_whoever_has_the_link,
         "has found the link, withholds her knock and knocks in her name",
         knock_replaced_by_whoever_has_the_link,
         {{"Iris", "agreed_word differs"}, {"Amara", "agreed_word differs"}},
         "people have to compare the words"},
        {Attack::refusal_forged,
         "turns her away in the facilitator's name",
         refusal_forged,
         {{"Iris", "notice refusal_unsigned"}}},
        {Attack::welcome_replayed,
         "sends her Welcome again, and once more later",
         welcome_replayed,
         {{"Iris", "error welcome_twice"}}},
        {Attack::welcome_of_another_staff_key,
         "passes on a Welcome into a group that is led by another key of staff",
         [](bool hostile) { return LedElsewhere().evening(hostile); },
         {{"Iris", "error welcome_signer"}}},
        {Attack::welcome_of_another_room,
         "sends her the admission and Welcome of another room",
         welcome_of_another_room,
         {{"Iris", "error welcome_other_room"}}},
        {Attack::admission_rewritten,
         "changes the level in her admission",
         admission_rewritten,
         {{"Iris", "error admission_signer"}, {"Iris", "state refused"}}},
        {Attack::genesis_of_another_room,
         "tells her the beginning of another room",
         genesis_of_another_room,
         {{"Iris", "error genesis_invalid"}, {"Iris", "state refused"}}},
        {Attack::entered_before_a_welcome,
         "says that she is in before anybody let her in",
         entered_before_a_welcome,
         {}},
    };
}

}  // namespace veranda::tests
