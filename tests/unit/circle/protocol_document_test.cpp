// The known answers of docs/protocol.md, 11, held against the code: what a stranger is told is what we do.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/circle/joining/agreed_word.hpp"
#include "client-lib/circle/joining/invite.hpp"
#include "client-lib/circle/moderation/running_hash.hpp"
#include "client-lib/client/proof_of_work.hpp"
#include "crypto/verify/staff_check.hpp"
#include "protocol/frame_codec.hpp"

namespace veranda::circle {
namespace {

// The fenced block of known answers, without the white space between its parts.
const std::string& document() {
    static const std::string text = [] {
        std::ifstream in(VERANDA_SOURCE_DIR "/docs/protocol.md");
        std::ostringstream whole;
        whole << in.rdbuf();
        std::string found = whole.str();
        const std::size_t begin = found.find("```vectors");
        if (begin == std::string::npos) return std::string();
        found = found.substr(begin, found.find("```", begin + 3) - begin);
        std::string packed;
        for (const char c : found)
            if (c != ' ' && c != '\n') packed += c;
        return packed;
    }();
    return text;
}

bool says(std::string_view known_answer) {
    std::string packed;
    for (const char c : known_answer)
        if (c != ' ') packed += c;
    return document().find(packed) != std::string::npos;
}

std::string hex(ByteView bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

// Bytes that count up from the first, as the document writes "20 to 2f".
template <class Id>
Id counting_from(std::uint8_t first) {
    Id id;
    for (std::uint8_t& byte : id.bytes) byte = first++;
    return id;
}

template <class Id>
Id all_of(std::uint8_t value) {
    Id id;
    id.bytes.fill(value);
    return id;
}

PassEntropy the_entropy() {
    const auto bytes = counting_from<InnerId>(0);
    return PassEntropy::copy_of(std::span<const std::uint8_t, 16>(bytes.bytes));
}

CardId the_card_id() { return card_id(Pass::from(the_entropy()).keys(), Day{20'000}); }

TEST(ProtocolDocument, SaysWhatAPassIs) {
    const PassKeys keys = Pass::from(the_entropy()).keys();
    EXPECT_TRUE(says("words, English " + write_words(the_entropy(), WordLanguage::en)));
    EXPECT_TRUE(says("signing key " + hex(keys.signature_key)));
    EXPECT_TRUE(says("sealing key " + hex(keys.sealing_key)));
    EXPECT_TRUE(says("card id, day 20000 " + hex(the_card_id())));
    EXPECT_TRUE(says("answer id " + hex(answer_id(keys))));
}

TEST(ProtocolDocument, SaysWhatALinkIs) {
    const Hash fingerprint = crypto::fingerprint(all_of<SignatureKey>(0x11));
    EXPECT_TRUE(says("fingerprint " + hex(fingerprint)));
    EXPECT_TRUE(says(write_link("https://veranda.example", the_entropy(), fingerprint)));
}

TEST(ProtocolDocument, SaysWhatAFrameIs) {
    EXPECT_TRUE(says(hex(encode_frame(FindCard{the_card_id()}, RequestId{1}))));
}

TEST(ProtocolDocument, SaysWhatASignatureCovers) {
    const AccessProof proof{counting_from<RoomId>(0x20), "https://veranda.example", all_of<Challenge>(0xaa),
                            all_of<AccessKey>(0xbb)};
    EXPECT_TRUE(says(hex(signed_bytes(proof))));
}

TEST(ProtocolDocument, SaysHowTheRunningHashRuns) {
    const LogEntry entry{Sequence{1}, UnixMillis{1'000}, counting_from<MemberId>(0x30), EntryKind::leave, {}};
    RunningHash chain = RunningHash::from_genesis();
    chain.add(entry);
    EXPECT_TRUE(says(hex(tls::encode(entry))));
    EXPECT_TRUE(says("running hash(1) " + hex(chain.head()->second)));
}

TEST(ProtocolDocument, SaysHowTheStaffListIsChained) {
    const StaffListEntry entry{1, StaffListEvent::issued, all_of<Hash>(0xcc), UnixSeconds{1'000}};
    EXPECT_TRUE(says("hash(1) " + hex(crypto::next_staff_list_hash(Hash{}, entry))));
}

TEST(ProtocolDocument, SaysWhatContentIs) {
    const auto content = wrap_text("hello", counting_from<InnerId>(0x40));
    ASSERT_TRUE(content.has_value());
    EXPECT_EQ(content->size(), 256U);
    EXPECT_TRUE(says(hex(ByteView(*content).first(25))));
}

TEST(ProtocolDocument, SaysWhatAnAgreedWordIs) {
    AgreedWord word(all_of<Hash>(0xcc), all_of<KnockId>(0xdd));
    ASSERT_TRUE(word.work(limits::agreed_word_hashes));
    EXPECT_TRUE(says("the five words " + word.words()));
}

TEST(ProtocolDocument, SaysWhatWorkIs) {
    EXPECT_TRUE(says("the least " + hex(client::solve_proof_of_work(all_of<Challenge>(0xaa), 8))));
}

}  // namespace
}  // namespace veranda::circle
