// Erased keys are gone: a group lives through epochs, and what it has wiped is searched for in all memory of the
// process.
#include "crypto/sealed/aead.hpp"
#include "crypto/sealed/hkdf.hpp"
#include "tests/model/past_secrets.hpp"
#include "tests/unit/mls/full_people.hpp"

namespace veranda::mls {
namespace {

using tests::Circle;
using veranda::tests::Look;
using veranda::tests::LookNow;
using veranda::tests::watch;

Bytes nothing() { return {}; }

// A group's life in steps, and a look into memory after each: what stands on the stack is soon written over, and would
// not be seen later.
class Life {
public:
    explicit Life(const LookNow& look_now) : look_now_(look_now), circle_(5) {}

    void live() {
        look();
        talk();
        renew(2);
        talk();
        knock();
        let_in(1);
        talk();
        remove(0, 3);
        try_in_vain();
        for (std::size_t by = circle_.members.size(); by-- > 0;) renew(by);  // no key is of the time before
    }

private:
    void look() {
        look_now_([this] {
            Bytes living;
            for (const Group& member : circle_.members) append(living, tests::snapshot(member));
            for (const OwnKeyPackage& own : knocking_) {
                append(living, tls::encode(own.public_part));
                append(living, own.init_key.private_key.view());
                append(living, own.encryption_key.private_key.view());
            }
            if (undecided_) append(living, tests::snapshot(undecided_->next));
            return living;
        });
    }

    // The last message is heard first, and one is never heard.
    void talk() {
        Group& speaker = circle_[1];
        std::vector<Bytes> sealed;
        for (int i = 0; i < 3; ++i) sealed.push_back(*speaker.seal(as_bytes("a word"), circle_.random));
        look();
        for (const std::size_t heard : {2U, 0U}) {
            for (Group& reader : circle_.members)
                EXPECT_EQ(reader.open(sealed[heard]).has_value(), &reader != &speaker);
            look();
        }
        EXPECT_FALSE(circle_[0].open(sealed[0]).has_value());
        EXPECT_TRUE(speaker.export_secret("a label", as_bytes("a context"), 32).has_value());
        look();
    }

    void renew(std::size_t by) { decide(by, {}, {}, SIZE_MAX); }

    void remove(std::size_t by, std::size_t whom) {
        const LeafIndex leaf = circle_[whom].own_leaf();
        decide(by, {}, std::span(&leaf, 1), whom);
        circle_.members.erase(circle_.members.begin() + static_cast<std::ptrdiff_t>(whom));
        look();
    }

    void decide(std::size_t by, std::span<const KeyPackage> adds, std::span<const LeafIndex> removes,
                std::size_t leaving) {
        auto made = circle_[by].commit(adds, removes, circle_.random, PathPolicy::always);
        ASSERT_TRUE(made.has_value());
        undecided_ = std::move(*made);
        look();
        circle_.deliver(by, *undecided_, leaving);
        look();
        circle_[by] = std::move(undecided_->next);
        welcome_ = std::move(undecided_->welcome);
        undecided_.reset();
        look();
    }

    void knock() {
        for (int i = 0; i < 2; ++i) knocking_.push_back(tests::person("somebody " + std::to_string(i), circle_.random));
        look();
    }

    void let_in(std::size_t by) {
        std::vector<KeyPackage> adds;
        for (const OwnKeyPackage& own : knocking_) adds.push_back(own.public_part);
        decide(by, adds, {}, SIZE_MAX);
        for (std::size_t i = 0; i < knocking_.size(); ++i) {
            auto joined = Group::join(welcome_.whole(i), knocking_[i]);
            ASSERT_TRUE(joined.has_value());
            circle_.members.push_back(std::move(*joined));
            look();
        }
        knocking_.clear();
        look();
    }

    // A Commit that loses, and messages that are refused.
    void try_in_vain() {
        auto made = circle_[0].commit({}, {}, circle_.random);
        ASSERT_TRUE(made.has_value());
        for (std::size_t at = 0; at < made->message.size(); at += 97) {
            Bytes changed = made->message;
            changed[at] ^= 1;
            EXPECT_FALSE(circle_[1].open(changed).has_value());
        }
        EXPECT_TRUE(circle_[1].open(made->message).has_value());  // staged, and never accepted
        made = fail(rules::other_epoch);
        look();
    }

    const LookNow& look_now_;
    Circle circle_;
    std::vector<OwnKeyPackage> knocking_;
    std::optional<OwnCommit> undecided_;
    SplitWelcome welcome_;
};

void expect_nothing_left(const std::vector<Look>& looks) {
    for (std::size_t i = 0; i < looks.size(); ++i)
        for (const veranda::tests::Leak& leak : looks[i].leaks)
            ADD_FAILURE() << "look " << i << ": of a secret of " << leak.secret_bytes << " bytes in " << leak.region
                          << "; wiped by " << leak.wiped_by;
}

bool hpke_round_trip(crypto::RandomSource& random) {
    const auto own = crypto::KemKeyPair::generate(random);
    const crypto::HpkeInfo info(as_bytes("info"));
    const auto sealed = crypto::hpke_seal(own.public_key, info, {}, as_bytes("a message"), random);
    return sealed && crypto::hpke_open(own, sealed->encapsulation, info, {}, sealed->ciphertext).has_value();
}

TEST(ErasedKeys, AreNowhereInMemoryAfterAnyStepOfAGroupsLife) {
    const auto looks = watch([](const LookNow& look_now) { Life(look_now).live(); });
    if (!looks) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    ASSERT_GE(looks->size(), 40U);
    EXPECT_GT(looks->back().secrets, 500U);
    expect_nothing_left(*looks);
}

TEST(ErasedKeys, OfAGroupThatHasEndedAreNowhereInMemory) {
    const auto looks = watch([](const LookNow& look_now) {
        const LookNow not_yet = [](const auto&) {};
        Life(not_yet).live();
        look_now(nothing);
    });
    if (!looks) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    ASSERT_EQ(looks->size(), 1U);
    expect_nothing_left(*looks);
}

// A group of everything: Updates that are committed, or in vain; PSKs; who comes in by herself, and comes back.
class FullLife {
public:
    explicit FullLife(const LookNow& look_now) : look_now_(look_now), circle_(4) {}

    void live() {
        look();
        circle_.propose_update(1);
        circle_.propose_update(2);
        look();
        circle_.commit_pending(0);
        look();
        circle_.propose_update(3);
        renew(0);  // without what was proposed
        circle_.commit(2, tests::holding({{PreSharedKey{tests::psk_named("tea")}}}));
        look();
        come_in();
        for (std::size_t by = circle_.members.size(); by-- > 0;) renew(by);
    }

private:
    void look() {
        look_now_([this] {
            Bytes living;
            for (const FullGroup& member : circle_.members) append(living, tests::snapshot(member));
            return living;
        });
    }

    void renew(std::size_t by) {
        circle_.commit(by, {});
        look();
    }

    void come_in() {
        auto made = FullGroup::join_externally(circle_[0].group_info(), tests::person("by herself", circle_.random), {},
                                               circle_.random);
        ASSERT_TRUE(made.has_value());
        circle_.let_in(std::move(*made));
        look();
    }

    const LookNow& look_now_;
    tests::FullCircle circle_;
};

TEST(ErasedKeys, AreNowhereInMemoryAfterAnyStepOfAFullGroupsLife) {
    const auto looks = watch([](const LookNow& look_now) {
        FullLife(look_now).live();
        look_now(nothing);
    });
    if (!looks) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    ASSERT_GE(looks->size(), 10U);
    expect_nothing_left(*looks);
}

// The primitives by themselves: nothing that comes after them has written over their stack.
TEST(ErasedKeys, OfAPrimitiveAreNowhereInMemoryAfterIt) {
    const auto looks = watch([](const LookNow& look_now) {
        tests::RepeatableRandom random;
        std::vector<std::function<void()>> primitives{
            [&] { crypto::SigningKey::generate(random); },
            [&] { crypto::SigningKey::generate(random).sign(as_bytes("a message")); },
            [&] { crypto::KemKeyPair::generate(random); },
            [&] { EXPECT_TRUE(hpke_round_trip(random)); },
            [&] { crypto::hkdf_extract(crypto::random_secret<32>(random).view(), as_bytes("input")); },
            [&] { derive_secret(crypto::random_secret<32>(random), "label"); },
            [&] {
                crypto::aead_seal(crypto::random_secret<32>(random), crypto::random_secret<12>(random), {}, Bytes(99));
            },
            [&] { SecretTree(crypto::random_secret<32>(random), 8).next({5}, RatchetKind::application).has_value(); },
            [&] { EpochSecrets::from(crypto::random_secret<32>(random)).confirmation_tag({}); },
        };
        for (const auto& primitive : primitives) {
            primitive();
            look_now(nothing);
        }
    });
    if (!looks) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    ASSERT_EQ(looks->size(), 9U);
    expect_nothing_left(*looks);
}

// The search can fail: or finding nothing above would mean nothing.
TEST(ErasedKeys, TheSearchFindsASecretThatWasKept) {
    const auto looks = watch([](const LookNow& look_now) {
        tests::RepeatableRandom random;
        Bytes on_the_heap;
        ByteArray<16> on_the_stack{};
        {
            const auto secret = crypto::random_secret<32>(random);
            const auto other = crypto::random_secret<32>(random);
            on_the_heap = to_bytes(secret.view());
            for (std::size_t i = 0; i < 16; ++i) on_the_stack[i] = other.view()[i + 1];
        }
        look_now(nothing);
        crypto::wipe(on_the_heap);
        crypto::wipe(on_the_stack);
        look_now(nothing);
    });
    if (!looks) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    ASSERT_EQ(looks->size(), 2U);
    const auto found_in = [&looks](std::string_view region) {
        const auto& leaks = looks->front().leaks;
        return std::count_if(leaks.begin(), leaks.end(), [&](const auto& leak) { return leak.region == region; });
    };
    EXPECT_EQ(looks->front().secrets, 2U);
    EXPECT_EQ(looks->front().leaks.size(), 3U);  // both halves of the one, a half of the other
    EXPECT_GE(found_in("[stack]"), 1);
    EXPECT_TRUE(looks->back().leaks.empty());
}

}  // namespace
}  // namespace veranda::mls
