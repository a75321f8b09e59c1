// Memory: each allocation refused once, in every decoder and in a live Group, leaks nothing and changes nothing; and
// what a message makes us allocate is bounded by its own size.
#include "client-lib/mls/limits.hpp"
#include "client-lib/mls/public_message.hpp"
#include "tests/support/allocations.hpp"
#include "tests/unit/mls/stage.hpp"
#include "tests/unit/mls/structures.hpp"

namespace veranda::mls {
namespace {

using namespace tests;
namespace allocations = veranda::tests::allocations;

// What decoding may have allocated at any one time, a byte of the input; and beside it, for the smallest inputs. Every
// decoder is held to it, whatever the input. The worst is a Commit of references of no bytes: two bytes on the wire,
// and the room of a Proposal each, three times over at the moment when the list grows.
constexpr std::size_t decoded_bytes_per_byte_max = 640;
constexpr std::size_t decoded_bytes_beside = 4096;

// Refuses the first, the second, ... allocation of an action, until it gets by without those that are left.
template <class Action, class Check>
void refuse_each_allocation(Action&& action, Check&& check) {
    for (std::size_t n = 1;; ++n) {
        const std::size_t before = allocations::live();
        allocations::refuse(n);
        try {
            action();
        } catch (const std::bad_alloc&) {
        }
        if (!allocations::was_refused()) return;
        ASSERT_EQ(allocations::live(), before) << "leaked, when allocation " << n << " was refused";
        check(n);
    }
}

std::size_t peak_of(const std::function<void()>& action) {
    const std::size_t before = allocations::live_bytes();
    allocations::begin_peak();
    action();
    return allocations::peak_bytes() - before;
}

TEST(Allocations, RefusedInADecoderLeakNothing) {
    const std::vector<Sample> all = samples();
    for (const Sample& sample : all) {
        SCOPED_TRACE(sample.name);
        const DecodedStructure& structure = decoded_structures()[sample.structure];
        bool accepted = false;
        refuse_each_allocation([&] { accepted = structure.accepts(sample.bytes); }, [](std::size_t) {});
        EXPECT_TRUE(accepted);
    }
}

TEST(Allocations, RefusedInADecoderThatRefusesItsInputLeakNothing) {
    const std::vector<Sample> all = samples();
    for (const Sample& sample : all) {
        SCOPED_TRACE(sample.name);
        const DecodedStructure& structure = decoded_structures()[sample.structure];
        const ByteView cut = ByteView(sample.bytes).first(sample.bytes.size() - 1);
        refuse_each_allocation([&] { structure.accepts(cut); }, [](std::size_t) {});
    }
}

struct Receiving {
    Stage stage;
    Group group;

    explicit Receiving(Group (Stage::*who)() const) : group((stage.*who)()) {}

    // Opens a message, each allocation refused in turn; at last it is opened, or refused as it must be.
    std::string_view opens(ByteView message) {
        std::string_view reason;
        const Bytes before = snapshot(group);
        refuse_each_allocation([&] { reason = why(group.open(message)); },
                               [&](std::size_t n) {
                                   ASSERT_TRUE(snapshot(group) == before)
                                       << "the state changed, when allocation " << n << " was refused";
                               });
        return reason;
    }
};

TEST(Allocations, RefusedWhileAMessageIsOpenedLeaveTheGroupAsItWas) {
    for (const auto who : {&Stage::committer, &Stage::joined}) {
        const std::size_t messages = Stage().bases.size();
        for (std::size_t i = 0; i < messages; ++i) {
            Receiving receiving(who);
            const Stage::Base base = receiving.stage.bases[i];
            SCOPED_TRACE(base.name);
            EXPECT_EQ(receiving.opens(base.message), base.name == "proposal" ? "standalone_proposal" : "accepted");
        }
    }
}

TEST(Allocations, RefusedWhileAMessageIsRefusedLeaveTheGroupAsItWas) {
    Receiving receiving(&Stage::committer);
    AuthenticatedContent spoiled = receiving.stage.bases[1].content;
    spoiled.auth.confirmation_tag[0] ^= 1;
    EXPECT_EQ(receiving.opens(encode_message(Forge(receiving.stage.forger()).sealed(spoiled))), "confirmation_tag");
    spoiled.auth.signature[0] ^= 1;
    EXPECT_EQ(receiving.opens(encode_message(Forge(receiving.stage.forger()).sealed(spoiled))), "message_signature");
}

TEST(Allocations, RefusedWhileJoiningLeakNothing) {
    const Stage stage;
    std::string_view reason;
    refuse_each_allocation([&] { reason = why(Group::join(stage.welcome, stage.newcomer)); }, [](std::size_t) {});
    EXPECT_EQ(reason, "accepted");
}

TEST(Allocations, RefusedWhileSealingAndCommittingLeaveTheGroupAsItWas) {
    Receiving receiving(&Stage::joined);
    RepeatableRandom random;
    const Bytes before = snapshot(receiving.group);
    const auto unchanged = [&](std::size_t n) { ASSERT_TRUE(snapshot(receiving.group) == before) << n; };
    const auto another = person("another", random);
    const LeafIndex gone{4};
    refuse_each_allocation(
        [&] { (void)receiving.group.commit(std::span(&another.public_part, 1), std::span(&gone, 1), random); },
        unchanged);
    unchanged(0);
    refuse_each_allocation([&] { (void)receiving.group.seal(as_bytes("hello"), random); }, unchanged);
}

void expect_bounded(const DecodedStructure& structure, ByteView bytes) {
    const std::size_t peak = peak_of([&] { structure.accepts(bytes); });
    EXPECT_LE(peak, bytes.size() * decoded_bytes_per_byte_max + decoded_bytes_beside) << structure.name;
}

TEST(Allocations, OfARealMessageAreBoundedByItsSize) {
    for (const Sample& sample : samples()) expect_bounded(decoded_structures()[sample.structure], sample.bytes);
}

// A length is held against what is there before memory is asked for.
TEST(Allocations, OfALengthThatIsALieAreBoundedByWhatIsThere) {
    for (const Sample& sample : samples()) {
        for (std::size_t at = 0; at < sample.bytes.size(); ++at) {
            Bytes lying(sample.bytes.begin(), sample.bytes.begin() + static_cast<std::ptrdiff_t>(at));
            append(lying, Bytes{0xbf, 0xff, 0xff, 0xff});
            expect_bounded(decoded_structures()[sample.structure], lying);
        }
    }
}

// So many of the smallest item that there is.
Bytes list_of(const Bytes& item, std::size_t count) {
    Bytes items;
    for (std::size_t i = 0; i < count; ++i) append(items, item);
    tls::Writer list;
    list.vector(items);
    return list.take();
}

struct Flood {
    const char* what;
    const char* structure;
    Bytes before;  // the list, within its structure
    Bytes item;
    Bytes after;
};

std::vector<Flood> floods() {
    const Bytes no_path{0};
    return {
        {"blank nodes", "ratchet_tree", {}, {0}, {}},
        {"the smallest leaves", "ratchet_tree", {}, {1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0}, {}},
        {"the smallest parents", "ratchet_tree", {}, {1, 2, 0, 0, 0}, {}},
        {"unmerged leaves", "parent_node", {0, 0}, {0, 0, 0, 1}, {}},
        {"references of nothing", "commit", {}, {2, 0}, no_path},
        {"external inits of nothing", "commit", {}, {1, 0, 6, 0}, no_path},
        {"removes", "commit", {}, {1, 0, 3, 0, 0, 0, 1}, no_path},
        {"extensions of nothing", "extensions", {}, {0x2a, 0x2a, 0}, {}},
        {"certificates of nothing", "credential", {0, 2}, {0}, {}},
        {"PSKs of nothing", "pre_shared_key_ids", {}, {1, 0, 0}, {}},
        {"secrets of nothing", "welcome", {0, 3}, {0, 0, 0}, {0}},
    };
}

const DecodedStructure& structure_named(std::string_view name) {
    const auto all = decoded_structures();
    return *std::find_if(all.begin(), all.end(), [name](const auto& structure) { return structure.name == name; });
}

TEST(Allocations, OfAFloodOfTheSmallestItemsAreBoundedByItsSize) {
    for (const Flood& flood : floods()) {
        double worst = 0;
        for (const std::size_t count : std::initializer_list<std::size_t>{1, 100, 1025, 4097, 16385}) {
            Bytes bytes = flood.before;
            append(bytes, list_of(flood.item, count));
            append(bytes, flood.after);
            const DecodedStructure& structure = structure_named(flood.structure);
            expect_bounded(structure, bytes);
            if (count < 100) continue;
            const std::size_t peak = peak_of([&] { structure.accepts(bytes); });
            worst = std::max(worst, static_cast<double>(peak) / static_cast<double>(bytes.size()));
        }
        std::printf("%-26s %6.0f bytes a byte\n", flood.what, worst);
    }
}

}  // namespace
}  // namespace veranda::mls
