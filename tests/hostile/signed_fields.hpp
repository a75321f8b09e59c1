// A signed thing, field by field: whichever is changed, its judge refuses it, and another thing's label is none for it.
// For tests only.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/hostile/changed_field.hpp"
#include "tests/hostile/signed_things.hpp"

namespace veranda::tests {

// Every structure with a label, and its label, as the headers of the protocol say.
inline std::map<std::string, std::string> labelled() {
    std::map<std::string, std::string> found;
    const std::regex form(R"re(struct (\w+) \{\s*static constexpr std::string_view label = "([^"]+)")re");
    for (const auto& file : std::filesystem::recursive_directory_iterator(VERANDA_SOURCE_DIR "/protocol")) {
        if (file.path().extension() != ".hpp") continue;
        std::ostringstream text;
        text << std::ifstream(file.path()).rdbuf();
        const std::string all = text.str();
        for (std::sregex_iterator at(all.begin(), all.end(), form), end; at != end; ++at) found[(*at)[1]] = (*at)[2];
    }
    return found;
}

template <class Body>
Signature signed_as(std::string_view label, const Body& body, const crypto::SigningKey& key) {
    tls::Writer writer;
    writer.vector(as_bytes(label));
    tls::write(writer, body);
    return key.sign(writer.bytes());
}

template <class Body>
void expect_all_signed(const Judged<Body>& row) {
    std::size_t places = 0;
    while (const auto body = changed_at(row.good.body, places)) {
        const Signed<Body> changed{*body, row.good.signature};
        ASSERT_NE(tls::encode(changed), tls::encode(row.good)) << Body::label << ", place " << places;
        EXPECT_FALSE(crypto::signature_holds(changed, row.signer.public_key())) << Body::label << ", place " << places;
        const std::string_view why = row.judge(changed);
        EXPECT_TRUE(row.names.contains(why)) << Body::label << ", place " << places << ": " << why;
        ++places;
    }
    EXPECT_GE(places, 2U);
    for (const std::size_t byte : {std::size_t{0}, Signature::size - 1}) {
        Signed<Body> changed = row.good;
        changed.signature.bytes[byte] ^= 1;
        EXPECT_TRUE(row.names.contains(row.judge(changed))) << Body::label << ", signature";
    }
    for (const auto& [name, label] : labelled()) {
        if (label == Body::label) continue;
        const Signed<Body> other{row.good.body, signed_as(label, row.good.body, row.signer)};
        EXPECT_TRUE(row.names.contains(row.judge(other))) << label << " taken for " << Body::label;
    }
    const Signed<Body> bare{row.good.body, row.signer.sign(tls::encode(row.good.body))};
    EXPECT_TRUE(row.names.contains(row.judge(bare))) << "without a label";
    EXPECT_EQ(row.judge(row.good), "") << Body::label << ": or the rest would prove nothing";
}

// signed_desk_things.cpp
void try_duty_statement();
void try_duty_proof();
void try_duty_access();
void try_desk_request();
void try_desk_answer();
void try_hand_over();

}  // namespace veranda::tests
