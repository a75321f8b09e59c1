// People and groups for tests of mls/: repeatable randomness, key packages, and a group whose members are all here.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "client-lib/mls/group_state.hpp"
#include "tests/unit/mls/refusals.hpp"

namespace veranda::mls::tests {

// The same bytes in every run.
class RepeatableRandom final : public crypto::RandomSource {
public:
    explicit RepeatableRandom(std::uint64_t seed = 1) : engine_(seed) { crypto::initialise(); }
    void fill(MutableByteView bytes) override {
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
    }

private:
    std::mt19937_64 engine_;
};

inline constexpr UnixSeconds monday{1'700'000'000};
inline constexpr UnixSeconds friday{1'700'400'000};

inline OwnKeyPackage person(std::string_view name, crypto::RandomSource& random) {
    return make_key_package(as_bytes(name), crypto::SigningKey::generate(random), monday, friday, random);
}

// All members of one group, in the order they came.
struct Circle {
    RepeatableRandom random;
    std::vector<Group> members;

    Group& operator[](std::size_t i) { return members[i]; }

    // A group of so many: the first creates it and adds the others in one Commit.
    explicit Circle(std::size_t size, std::uint64_t seed = 1, PathPolicy path = PathPolicy::if_required)
        : random(seed) {
        members.push_back(Group::create(as_bytes("group"), person("member 0", random), random));
        if (size > 1) add(0, size - 1, path);
    }

    // One member adds so many; all others follow.
    void add(std::size_t by, std::size_t count, PathPolicy path = PathPolicy::if_required) {
        std::vector<OwnKeyPackage> own;
        std::vector<KeyPackage> adds;
        for (std::size_t i = 0; i < count; ++i) {
            own.push_back(person("member " + std::to_string(members.size() + i), random));
            adds.push_back(own.back().public_part);
        }
        auto made = members[by].commit(adds, {}, random, path);
        ASSERT_TRUE(made.has_value()) << made.error().rule->name;
        deliver(by, *made);
        for (std::size_t i = 0; i < count; ++i) {
            auto joined = Group::join(made->welcome.whole(i), own[i]);
            ASSERT_TRUE(joined.has_value()) << joined.error().rule->name;
            members.push_back(*std::move(joined));
        }
        members[by] = std::move(made->next);
    }

    void remove(std::size_t by, std::size_t whom) {
        const LeafIndex leaf = members[whom].own_leaf();
        auto made = members[by].commit({}, std::span(&leaf, 1), random);
        ASSERT_TRUE(made.has_value()) << made.error().rule->name;
        deliver(by, *made, whom);
        members[by] = std::move(made->next);
        members.erase(members.begin() + static_cast<std::ptrdiff_t>(whom));
    }

    void renew(std::size_t by) {
        auto made = members[by].commit({}, {}, random);
        ASSERT_TRUE(made.has_value()) << made.error().rule->name;
        deliver(by, *made);
        members[by] = std::move(made->next);
    }

    // Everyone but the committer (and who is leaving) goes on to the next epoch.
    void deliver(std::size_t by, const OwnCommit& made, std::size_t leaving = SIZE_MAX) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i == by) continue;
            auto received = members[i].open(made.message);
            ASSERT_TRUE(received.has_value()) << received.error().rule->name << " at member " << i;
            auto& staged = std::get<StagedCommit>(*received);
            EXPECT_EQ(staged.removes_us(), i == leaving);
            EXPECT_EQ(staged.sender(), members[by].own_leaf());
            if (i != leaving) members[i] = members[i].after(std::move(staged));
        }
    }

    // Everyone is in one epoch with one tree, and reads everyone.
    void expect_agreement() {
        for (Group& member : members) {
            EXPECT_EQ(member.epoch(), members[0].epoch());
            EXPECT_TRUE(same_bytes(member.epoch_authenticator(), members[0].epoch_authenticator()));
            EXPECT_EQ(member.roster(), members[0].roster());
            const auto sealed = member.seal(as_bytes("hello"), random);
            ASSERT_TRUE(sealed.has_value());
            for (Group& reader : members) {
                if (&reader == &member) continue;
                const auto opened = reader.open(*sealed);
                ASSERT_TRUE(opened.has_value()) << opened.error().rule->name;
                EXPECT_EQ(as_text(std::get<Plaintext>(*opened).content), "hello");
                EXPECT_EQ(std::get<Plaintext>(*opened).sender, member.own_leaf());
            }
        }
    }
};

}  // namespace veranda::mls::tests
