// What the server reads of an MLS message: its head, and nothing behind it.
#include "protocol/mls_envelope.hpp"

#include <gtest/gtest.h>

namespace veranda {
namespace {

struct Message {
    std::uint16_t version = 1;
    std::uint16_t wire_format = 2;
    Bytes group_id{1, 2, 3};
    Epoch epoch{7};
    MlsContentType content_type = MlsContentType::commit;
    Bytes authenticated_data{};
    Bytes encrypted_sender_data{4};
    Bytes ciphertext{5, 6};
    VERANDA_FIELDS(version, wire_format, group_id, epoch, content_type, authenticated_data, encrypted_sender_data,
                   ciphertext)
};

std::string_view why_not(const Message& message) {
    const auto envelope = read_mls_envelope(tls::encode(message));
    return envelope ? "" : envelope.error().rule->name;
}

TEST(MlsEnvelope, TellsGroupEpochAndKind) {
    const auto envelope = read_mls_envelope(tls::encode(Message{}));
    ASSERT_TRUE(envelope.has_value());
    EXPECT_EQ(envelope->group_id, (Bytes{1, 2, 3}));
    EXPECT_EQ(envelope->epoch, Epoch{7});
    EXPECT_EQ(envelope->content_type, MlsContentType::commit);
}

TEST(MlsEnvelope, RefusesAnythingElse) {
    EXPECT_EQ(why_not({.version = 2}), "not_a_private_message");
    EXPECT_EQ(why_not({.wire_format = 1}), "not_a_private_message");
    EXPECT_EQ(why_not({.content_type = MlsContentType{0}}), "unknown_value");
    EXPECT_EQ(why_not({.authenticated_data = {1}}), "authenticated_data_not_empty");
}

TEST(MlsEnvelope, IsReadToItsLastByte) {
    Bytes bytes = tls::encode(Message{});
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(read_mls_envelope(ByteView(bytes).first(size))) << size;
    bytes.push_back(0);
    EXPECT_TRUE(read_mls_envelope(bytes).error().is(tls::faults::trailing_bytes));
}

}  // namespace
}  // namespace veranda
