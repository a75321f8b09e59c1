// Decoders: of every structure a real one is read and written again, cut at every place, and changed at every byte.
// What is accepted has one encoding only. The fuzz targets go on from here.
#include "tests/unit/mls/structures.hpp"

#include <set>

#include "tests/support/known_values.hpp"

namespace veranda::mls {
namespace {

using namespace tests;

TEST(Structures, HaveARealOneEachThatIsReadAndWrittenAgain) {
    std::set<std::size_t> seen;
    for (const Sample& sample : samples()) {
        SCOPED_TRACE(sample.name);
        seen.insert(sample.structure);
        EXPECT_EQ(decoded_structures()[sample.structure].encode_again(sample.bytes), sample.bytes);
    }
    EXPECT_EQ(seen.size(), decoded_structures().size());
}

TEST(Structures, AreRefusedWhenCutOrFollowedByAnything) {
    for (const Sample& sample : samples()) {
        SCOPED_TRACE(sample.name);
        const DecodedStructure& structure = decoded_structures()[sample.structure];
        for (std::size_t size = 0; size < sample.bytes.size(); ++size)
            EXPECT_FALSE(structure.accepts(ByteView(sample.bytes).first(size))) << size;
        Bytes longer = sample.bytes;
        longer.push_back(0);
        EXPECT_FALSE(structure.accepts(longer));
    }
}

TEST(Structures, HaveOneEncodingOnlyWhateverByteIsChanged) {
    for (const Sample& sample : samples()) {
        SCOPED_TRACE(sample.name);
        if (std::string_view(decoded_structures()[sample.structure].name) == "key_package_checked") continue;  // slow
        for (std::size_t at = 0; at < sample.bytes.size(); ++at)
            for (const std::uint8_t change : ByteArray<5>{1, 2, 4, 0x40, 0x80}) {
                Bytes changed = sample.bytes;
                changed[at] ^= change;
                const auto again = decoded_structures()[sample.structure].encode_again(changed);
                EXPECT_TRUE(!again || *again == changed) << "byte " << at;
            }
    }
}

using veranda::tests::expect_known;

TEST(Structures, KnowTheValuesOfTheirEnumsAndNoOthers) {
    expect_known<ContentType>(1, 3);
    expect_known<SenderType>(1, 4);
    expect_known<LeafNodeSource>(1, 3);
    expect_known<PskType>(1, 2);
    expect_known<ResumptionUsage>(1, 3);
}

// RFC 9420, 13: types that every implementation has are not listed in capabilities.
TEST(Structures, CountTheDefaultTypesAsSupported) {
    Capabilities listed;
    listed.extensions = {ExtensionType{0x2a2a}};
    listed.proposals = {ProposalType{0x4a4a}};
    for (std::uint16_t type = 0; type < 10; ++type) {
        EXPECT_EQ(listed.supports(ExtensionType{type}), type >= 1 && type <= 5) << type;
        EXPECT_EQ(listed.supports(ProposalType{type}), type >= 1 && type <= 7) << type;
    }
    EXPECT_TRUE(listed.supports(ExtensionType{0x2a2a}));
    EXPECT_TRUE(listed.supports(ProposalType{0x4a4a}));
}

TEST(Structures, KeepTheSenderOfEachKind) {
    for (const SenderType type : {SenderType::member, SenderType::external}) {
        const Bytes bytes = tls::encode(Sender{type, 7});
        EXPECT_EQ(bytes.size(), 5U);
        EXPECT_EQ(*tls::decode<Sender>(bytes), (Sender{type, 7}));
    }
    for (const SenderType type : {SenderType::new_member_proposal, SenderType::new_member_commit})
        EXPECT_EQ(tls::encode(Sender{type, 7}).size(), 1U);
}

}  // namespace
}  // namespace veranda::mls
