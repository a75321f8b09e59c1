// The facilitator's side of the door: levels, kind words, a full room, a closed one, names, agreed words; and that one
// bad KeyPackage keeps nobody else out.
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "tests/support/hostile_relay.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {
namespace {

using namespace tests;

class Admitting : public HostileRelay {
protected:
    Phone& knock(std::string_view name) { return evening_.knock(evening_.invite(amara_), name); }
    Phone& host(const GroupPlan& plan) {
        Phone& facilitator = evening_.phone();
        EXPECT_TRUE(facilitator.client.host(clone(evening_.blessing), plan, evening_.now));
        evening_.settle();
        return facilitator;
    }
    std::string_view admit(std::string_view name, std::optional<Level> level = std::nullopt) {
        const auto admitted = amara_.client.admit(name, evening_.now, level);
        evening_.settle();
        return rule_of(admitted);
    }
};

TEST_F(Admitting, SomebodyIsLetInToListen) {
    Phone& iris = knock("Iris");
    ASSERT_EQ(admit("Iris", Level::listens), "");
    evening_.wait(1);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(rule_of(iris.client.say("hello", evening_.now)), faults::composer_closed.name);
    EXPECT_EQ(iris.last<ComposerEvent>().why, "listens_only");
    evening_.say(amara_, "welcome");
    EXPECT_EQ(iris.texts(), std::vector<std::string>{"Amara: welcome"});
    Phone& joy = evening_.join(amara_, "Joy");
    evening_.say(joy, "hello");
    EXPECT_EQ(iris.texts().back(), "Joy: hello");
}

TEST_F(Admitting, TheRoomsLevelForNewcomersCountsWhereNobodySaysOtherwise) {
    GroupPlan plan;
    plan.name = "Quiet";
    plan.newcomers = Level::held;
    Phone& blessing = host(plan);
    Phone& iris = evening_.knock(evening_.invite(blessing), "Iris");
    Phone& joy = evening_.knock(evening_.invite(blessing), "Joy");
    ASSERT_TRUE(blessing.client.admit("Iris", evening_.now));
    ASSERT_TRUE(blessing.client.admit("Joy", evening_.now, Level::speaks));
    evening_.settle();
    evening_.wait(1);
    EXPECT_EQ(iris.last<ComposerEvent>().why, "held");
    EXPECT_TRUE(joy.last<ComposerEvent>().open);
    Phone& second = evening_.join_staff(blessing, evening_.amara);
    evening_.wait(25);
    EXPECT_TRUE(second.last<ComposerEvent>().open) << "levels bind no staff";
}

TEST_F(Admitting, ARefusalCarriesTheFacilitatorsOwnWords) {
    Phone& iris = knock("Iris");
    EXPECT_EQ(rule_of(amara_.client.refuse("Iris", evening_.now, std::string(limits::talk_text_bytes_max + 1, 'x'))),
              circle::faults::text_too_long.name);
    ASSERT_EQ(rule_of(amara_.client.refuse("Iris", evening_.now, "We are full tonight. Come on Tuesday.")), "");
    evening_.settle();
    EXPECT_EQ(iris.phase(), Phase::refused);
    EXPECT_EQ(iris.last<NoticeEvent>().text, "We are full tonight. Come on Tuesday.");
}

TEST_F(Admitting, WhoKnocksAtAFullRoomWaitsUntilSomebodyLeaves) {
    GroupPlan plan;
    plan.name = "Small";
    plan.members_max = 2;
    Phone& blessing = host(plan);
    Phone& iris = evening_.join(blessing, "Iris");
    EXPECT_FALSE(blessing.saw("room_full"));
    Phone& joy = evening_.knock(evening_.invite(blessing), "Joy");
    EXPECT_TRUE(blessing.saw("room_full"));
    EXPECT_EQ(rule_of(blessing.client.admit("Joy", evening_.now)), faults::room_full.name);
    EXPECT_EQ(rule_of(blessing.client.admit("*", evening_.now)), faults::room_full.name);
    evening_.settle();
    EXPECT_EQ(joy.phase(), Phase::waiting);
    ASSERT_TRUE(iris.client.leave(evening_.now));
    evening_.wait(5);
    EXPECT_EQ(rule_of(blessing.client.admit("Joy", evening_.now)), "");
    evening_.settle();
    EXPECT_EQ(joy.phase(), Phase::in_group);
}

TEST_F(Admitting, EverybodyGoesInAsFarAsThereIsRoom) {
    GroupPlan plan;
    plan.name = "Small";
    plan.members_max = 3;
    Phone& blessing = host(plan);
    std::vector<Phone*> waiting;
    for (const std::string_view name : {"Iris", "Joy", "Mina"})
        waiting.push_back(&evening_.knock(evening_.invite(blessing), name));
    ASSERT_EQ(rule_of(blessing.client.admit("*", evening_.now)), "");
    evening_.settle();
    const auto in = std::count_if(waiting.begin(), waiting.end(),
                                  [](const Phone* phone) { return phone->phase() == Phase::in_group; });
    EXPECT_EQ(in, 2);
    EXPECT_TRUE(blessing.saw("room_full"));
}

TEST_F(Admitting, AClosedRoomSaysSoAndLetsHerTryAgain) {
    const std::string link = evening_.invite(amara_);
    Phone& waiting = knock("Joy");
    ASSERT_EQ(rule_of(amara_.client.lock(true, false, evening_.now)), "");
    evening_.settle();
    Phone& iris = evening_.knock(link, "Iris");
    EXPECT_TRUE(iris.saw("room_locked"));
    EXPECT_EQ(iris.phase(), Phase::connected);
    EXPECT_EQ(waiting.phase(), Phase::waiting);
    ASSERT_EQ(rule_of(amara_.client.lock(true, true, evening_.now)), "");
    evening_.settle();
    EXPECT_TRUE(waiting.saw("sent_away"));
    EXPECT_EQ(waiting.phase(), Phase::connected);
    ASSERT_EQ(rule_of(amara_.client.lock(false, false, evening_.now)), "");
    evening_.settle();
    for (auto [phone, name] : {std::pair{&iris, "Iris"}, std::pair{&waiting, "Joy"}}) {
        ASSERT_EQ(rule_of(phone->client.knock(name, evening_.now)), "");
        evening_.settle();
        ASSERT_EQ(admit(name), "");
        EXPECT_EQ(phone->phase(), Phase::in_group);
    }
    EXPECT_EQ(rule_of(iris.client.lock(true, false, evening_.now)), faults::only_staff.name);
}

TEST_F(Admitting, NamesThatLookLikeAnothersOrLikeStaffAreRefusedKindlyAndNeighboursPass) {
    evening_.join(amara_, "Anna");
    for (const std::string_view name : {"ANNA", "Аnna", "Amara", "Аmаrа", "Arnara"}) {
        Phone& joiner = knock(name);
        EXPECT_TRUE(joiner.saw("pseudonym_taken")) << name;
        EXPECT_EQ(joiner.phase(), Phase::connected) << name;
        EXPECT_NE(joiner.last<NoticeEvent>().text.find("looks like it"), std::string::npos);
    }
    Phone& ana = knock("Ana");
    EXPECT_EQ(ana.phase(), Phase::waiting);
    Phone& again = knock("Аna");  // Cyrillic: of one who waits
    EXPECT_TRUE(again.saw("pseudonym_taken"));
    EXPECT_EQ(rule_of(again.client.knock("Moderator", evening_.now)), circle::faults::pseudonym_of_staff.name);
    EXPECT_EQ(rule_of(again.client.knock("Olga", evening_.now)), "");
    evening_.settle();
    ASSERT_EQ(admit("Olga"), "");
    EXPECT_EQ(again.phase(), Phase::in_group);
}

TEST_F(Admitting, AModifiedClientThatCallsItselfStaffIsRefused) {
    Keeper keeper(evening_, evening_.invite(amara_), "Facilitator");
    evening_.settle();
    EXPECT_EQ(admit("*"), faults::nobody_of_that_name.name);
}

// Whoever a facilitator refused, or whose words were others, went on waiting on that facilitator's own screen.
TEST_F(Admitting, WhoIsRefusedWaitsNoLongerOnTheScreenOfWhoeverRefused) {
    const auto waits = [&](std::string_view name) {
        std::optional<bool> last;
        for (const KnockEvent& each : amara_.all<KnockEvent>())
            if (each.name == name) last = each.waiting;
        return last;
    };
    knock("Iris");
    knock("Joy");
    ASSERT_EQ(waits("Iris"), true);
    ASSERT_EQ(waits("Joy"), true);
    ASSERT_EQ(rule_of(amara_.client.refuse("Iris", evening_.now)), "");
    evening_.settle();
    EXPECT_EQ(waits("Iris"), false);
    EXPECT_EQ(waits("Joy"), true);
    ASSERT_EQ(rule_of(amara_.client.wrong_word("Joy")), "");
    evening_.settle();
    EXPECT_EQ(waits("Joy"), false);
}

// ---- the agreed word ----

// Bug: whoever was let in by another facilitator stayed on the screen if the log was faster than the relay's word.
TEST_F(Admitting, WhoIsLetInByAnotherWaitsNoLongerOnTheScreen) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    lie_about<KnockGone>(amara_, [](const KnockGone&) { return Frames{}; });
    knock("Iris");
    ASSERT_TRUE(amara_.last<KnockEvent>().waiting);
    ASSERT_TRUE(blessing.client.admit("Iris", evening_.now));
    evening_.wait(3);
    EXPECT_FALSE(amara_.last<KnockEvent>().waiting);
}

// Bug: whoever had gone, or had been answered, while a facilitator's phone was away stayed on its screen for good, and
// one tap there let in somebody who waits no more.
TEST_F(Admitting, WhoHasGoneWhileAFacilitatorWasAwayIsNotLetIn) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    evening_.wait(1);
    Phone& iris = knock("Iris");
    Phone& joy = knock("Joy");
    amara_.offline = true;
    amara_.cut(evening_.now);
    ASSERT_TRUE(blessing.client.refuse("Iris", evening_.now));
    evening_.settle();
    ASSERT_TRUE(amara_.client.admit("*", evening_.now));
    amara_.offline = false;
    evening_.wait(knocks_told_within_ms / 1'000 + 10);
    EXPECT_FALSE(amara_.last<KnockEvent>().waiting);
    EXPECT_NE(iris.phase(), Phase::in_group);
    EXPECT_EQ(joy.phase(), Phase::in_group);
    EXPECT_EQ(rule_of(amara_.client.admit("Iris", evening_.now)), faults::nobody_of_that_name.name);
}

// Bug: whoever knocked by an invite just after another had come in by it waited for ever, and no facilitator saw her.
TEST_F(Admitting, WhoComesByAnInviteThatWasUsedIsShownWithAWarning) {
    const std::string link = evening_.invite(amara_);
    const auto open = [&]() -> Phone& {
        Phone& phone = evening_.phone();
        EXPECT_TRUE(phone.client.open_invite(circle::Pass::from(circle::read_link(link)->entropy), evening_.now));
        evening_.settle();
        return phone;
    };
    Phone& iris = open();
    Phone& joy = open();
    ASSERT_TRUE(iris.client.knock("Iris", evening_.now));
    evening_.settle();
    ASSERT_EQ(admit("Iris"), "");
    ASSERT_EQ(iris.phase(), Phase::in_group);
    ASSERT_TRUE(joy.client.knock("Joy", evening_.now));
    evening_.settle();
    EXPECT_EQ(amara_.last<KnockEvent>().name, "Joy");
    EXPECT_TRUE(amara_.saw("invite_seen_twice"));
    EXPECT_EQ(admit("Joy"), faults::invite_seen_twice.name);
    EXPECT_NE(joy.phase(), Phase::in_group);
    EXPECT_EQ(admit("Joy"), "") << "she knows who it is";
    EXPECT_EQ(joy.phase(), Phase::in_group);
}

// Bug: when two facilitators let in two different people by one invite in the same seconds, both came in without a
// word.
TEST_F(Admitting, ASecondByOneInviteIsDoubtedThoughSheWasToBeLetInBefore) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    const std::string link = evening_.invite(amara_);
    Phone& joy = evening_.knock(link, "Joy");
    Phone& iris = evening_.open(link);
    Phone& kemi = evening_.knock(evening_.invite(amara_), "Kemi");
    lie_about<Lease>(amara_, [](Lease lease) { return Frames{Lease{lease.kind, 0}}; });
    ASSERT_EQ(admit("Kemi"), "");  // the lease is hers, but for her not knowing it: Blessing has to wait
    ASSERT_TRUE(blessing.client.admit("Joy", evening_.now));
    ASSERT_TRUE(iris.client.knock("Iris", evening_.now));
    evening_.settle();
    ASSERT_EQ(admit("Iris"), faults::invite_seen_twice.name);
    ASSERT_EQ(admit("Iris"), "");
    amara_.hear = {};
    evening_.wait(10);
    EXPECT_EQ(kemi.phase(), Phase::in_group);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(joy.phase(), Phase::waiting);
    EXPECT_TRUE(blessing.saw("invite_seen_twice"));
    EXPECT_EQ(blessing.last<KnockEvent>().name, "Joy");
}

// Bug: a knock that the relay told of once more, after it had been answered, was answered once more, and took her place
// from her who was in.
TEST_F(Admitting, AKnockThatIsToldOfAgainIsNotLetInTwice) {
    Phone& iris = evening_.join(amara_, "Iris");
    const auto told = last_heard<KnockWaiting>(amara_);
    ASSERT_TRUE(told);
    const std::size_t shown = amara_.all<KnockEvent>().size();
    invent(amara_, *told);
    EXPECT_EQ(amara_.all<KnockEvent>().size(), shown);
    EXPECT_EQ(admit("Iris"), faults::nobody_of_that_name.name);
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

// Bug: a Commit that the relay was too busy to answer for was forgotten; when it was in the log all the same, whoever
// had made it lost her place.
TEST_F(Admitting, ACommitThatTheRelayWasTooBusyForMayHaveBeenTaken) {
    std::vector<EntryFrame> late;
    bool is_busy = true;
    amara_.hear = [&](Bytes& message) {
        Bytes changed;
        for (const auto& received : server_frames(message)) {
            auto frame = std::get<ServerFrame>(received.frame);
            if (is_busy && std::holds_alternative<Accepted>(frame)) frame = Refused{Refusal::busy};
            if (const auto* entry = std::get_if<EntryFrame>(&frame))
                late.push_back(*entry);
            else
                std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); }, frame);
        }
        message = std::move(changed);
    };
    Phone& iris = evening_.knock(evening_.invite(amara_), "Iris");
    ASSERT_EQ(admit("Iris"), "");
    ASSERT_FALSE(late.empty());
    is_busy = false;
    evening_.wait(2);
    amara_.hear = {};
    for (const EntryFrame& entry : late) invent(amara_, entry);
    EXPECT_FALSE(amara_.saw("left_behind"));
    EXPECT_EQ(amara_.phase(), Phase::in_group);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(amara_.client.roster().size(), 2U);
}

// Bug: when the relay was busy just then, an invite was shown to nobody, and a way back led nowhere.
TEST_F(Admitting, CardsArePostedAgainWhileTheRelayIsBusy) {
    lie_about<Done>(amara_, [](const Done&) { return Frames{Refused{Refusal::busy, 100}}; });
    ASSERT_TRUE(amara_.client.invite(false, evening_.now));
    evening_.settle();
    EXPECT_TRUE(amara_.all<InviteEvent>().empty());
    amara_.hear = {};
    evening_.wait(5);
    ASSERT_EQ(amara_.all<InviteEvent>().size(), 1U);
    const auto link = circle::read_link(amara_.last<InviteEvent>().link);
    ASSERT_TRUE(link);
    Phone& iris = evening_.phone();
    ASSERT_TRUE(iris.client.open_invite(circle::Pass::from(link->entropy), evening_.now));
    evening_.settle();
    ASSERT_TRUE(iris.client.knock("Iris", evening_.now));
    evening_.settle();
    ASSERT_EQ(admit("Iris"), "");
    evening_.wait(1);
    EXPECT_EQ(iris.phase(), Phase::in_group);
}

TEST_F(Admitting, BothScreensShowTheSameFiveWordsAndAnotherKnockOthers) {
    Phone& iris = knock("Iris");
    Phone& joy = knock("Joy");
    evening_.wait(20);
    const auto hers = iris.last<AgreedWordEvent>();
    EXPECT_EQ(std::count(hers.words.begin(), hers.words.end(), ' '), 4);
    std::map<std::string, std::string> seen;
    for (const auto& word : amara_.all<AgreedWordEvent>()) seen[word.name] = word.words;
    EXPECT_EQ(seen["Iris"], hers.words);
    EXPECT_EQ(seen["Joy"], joy.last<AgreedWordEvent>().words);
    EXPECT_NE(seen["Iris"], seen["Joy"]);
    EXPECT_EQ(iris.all<AgreedWordEvent>().size(), 1U);
}

TEST_F(Admitting, OfManyWhoWaitTheWordIsWorkedOutWhenItIsAskedFor) {
    for (std::size_t i = 0; i <= agreed_words_unasked_max; ++i) knock("Iris " + std::to_string(i + 2));
    evening_.wait(20);
    EXPECT_EQ(amara_.all<AgreedWordEvent>().size(), agreed_words_unasked_max);
    ASSERT_EQ(rule_of(amara_.client.agreed_word("Iris " + std::to_string(agreed_words_unasked_max + 2))), "");
    evening_.wait(5);
    EXPECT_EQ(amara_.all<AgreedWordEvent>().size(), agreed_words_unasked_max + 1);
    EXPECT_EQ(rule_of(amara_.client.agreed_word("Nobody")), faults::nobody_of_that_name.name);
}

TEST_F(Admitting, ThreeWrongWordsOnAnInviteAreEnough) {
    const std::string link = evening_.invite(amara_);
    for (std::uint32_t i = 1; i <= limits::agreed_word_tries; ++i) {
        EXPECT_FALSE(amara_.saw("agreed_word_wrong_thrice"));
        Phone& thief = evening_.knock(link, "Iris");
        ASSERT_EQ(rule_of(amara_.client.wrong_word("Iris")), "");
        evening_.settle();
        EXPECT_EQ(thief.phase(), Phase::refused);
    }
    EXPECT_TRUE(amara_.saw("agreed_word_wrong_thrice"));
    EXPECT_EQ(rule_of(amara_.client.wrong_word("Iris")), faults::nobody_of_that_name.name);
}

// ---- poisoned key packages ----

struct Poison {
    std::string name;
    std::function<void(mls::OwnKeyPackage&)> spoil;
    bool signed_anew = true;
};

class Poisoned : public Admitting, public testing::WithParamInterface<Poison> {};

TEST_P(Poisoned, StopsAtTheAdmittingClientAndKeepsNobodyElseOut) {
    Phone& iris = knock("Iris");
    Keeper poisoner(evening_, evening_.invite(amara_), "Mallory", [](mls::OwnKeyPackage& own) {
        GetParam().spoil(own);
        if (!GetParam().signed_anew) return;
        mls::sign_key_package(own.public_part, own.signing_key);
    });
    evening_.settle();
    Phone& joy = knock("Joy");
    ASSERT_EQ(admit("*"), "");
    evening_.wait(1);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(joy.phase(), Phase::in_group);
    EXPECT_FALSE(poisoner.is_in());
    EXPECT_EQ(admit("Mallory"), faults::nobody_of_that_name.name);
    evening_.say(iris, "hello");
    EXPECT_EQ(joy.texts(), std::vector<std::string>{"Iris: hello"});
}

INSTANTIATE_TEST_SUITE_P(
    ByEveryWay, Poisoned,
    testing::Values(
        Poison{"BadSignature", [](mls::OwnKeyPackage& own) { own.public_part.signature[3] ^= 1; }, false},
        Poison{"WrongSuite",
               [](mls::OwnKeyPackage& own) { own.public_part.cipher_suite = static_cast<mls::CipherSuite>(1); }},
        Poison{"NoVersionOfOurs",
               [](mls::OwnKeyPackage& own) { own.public_part.version = static_cast<mls::ProtocolVersion>(2); }},
        Poison{"InitKeyOfSmallOrder", [](mls::OwnKeyPackage& own) { own.public_part.init_key = Bytes(32); }},
        Poison{"InitKeyOfAnotherLength", [](mls::OwnKeyPackage& own) { own.public_part.init_key.pop_back(); }},
        Poison{"InitKeyThatIsTheLeafs",
               [](mls::OwnKeyPackage& own) { own.public_part.init_key = own.public_part.leaf.encryption_key; }},
        Poison{"UnsupportedCapability",
               [](mls::OwnKeyPackage& own) {
                   own.public_part.leaf.capabilities.cipher_suites.clear();
                   mls::sign_leaf(own.public_part.leaf, own.signing_key, {});
               }},
        Poison{"EncryptionKeyOfSmallOrder",
               [](mls::OwnKeyPackage& own) {
                   own.public_part.leaf.encryption_key = Bytes(32);
                   mls::sign_leaf(own.public_part.leaf, own.signing_key, {});
               }},
        Poison{"RunOut",
               [](mls::OwnKeyPackage& own) {
                   own.public_part.leaf.lifetime = {UnixSeconds{1}, UnixSeconds{2}};
                   mls::sign_leaf(own.public_part.leaf, own.signing_key, {});
               }}),
    [](const auto& poison) { return poison.param.name; });

// A client that takes this leaf key, and no fresh one.
std::function<void(mls::OwnKeyPackage&)> leaf_key(const crypto::SigningKey& key) {
    return [key = std::make_shared<crypto::SigningKey>(key.clone())](mls::OwnKeyPackage& own) {
        own.signing_key = key->clone();
        const SignatureKey public_key = key->public_key();
        own.public_part.leaf.signature_key = to_bytes(public_key);
        mls::sign_leaf(own.public_part.leaf, own.signing_key, {});
        mls::sign_key_package(own.public_part, own.signing_key);
    };
}

TEST_F(Admitting, TwoKnocksWithOneLeafKeyDoNotKeepTheThirdOut) {
    const auto same_key = leaf_key(crypto::SigningKey::generate(evening_.random));
    Keeper one(evening_, evening_.invite(amara_), "Mallory", same_key);
    Keeper two(evening_, evening_.invite(amara_), "Trudy", same_key);
    evening_.settle();
    Phone& iris = knock("Iris");
    ASSERT_EQ(admit("*"), "");
    evening_.wait(1);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(amara_.client.roster().size(), 3U) << "Amara, Iris, and one of the two";
}

TEST_F(Admitting, AKeyThatIsInTheTreeAlreadyKeepsNobodyElseOut) {
    const auto same_key = leaf_key(crypto::SigningKey::generate(evening_.random));
    Keeper one(evening_, evening_.invite(amara_), "Mallory", same_key);
    evening_.settle();
    ASSERT_EQ(admit("Mallory"), "");
    Keeper two(evening_, evening_.invite(amara_), "Trudy", same_key);
    evening_.settle();
    Phone& iris = knock("Iris");
    ASSERT_EQ(admit("*"), "");
    evening_.wait(1);
    EXPECT_EQ(iris.phase(), Phase::in_group);
    EXPECT_EQ(amara_.client.roster().size(), 3U);
}

}  // namespace
}  // namespace veranda::client
