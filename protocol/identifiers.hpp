// Every identifier and number of the protocol as a type of its own, so that none can stand where another is meant.
#pragma once

#include <compare>
#include <cstring>

#include "protocol/tls_syntax.hpp"

namespace veranda {

// A fixed number of opaque bytes. Public: it prints nowhere by itself, compares in plain time.
template <class Tag, std::size_t N>
struct Identifier {
    static constexpr std::size_t size = N;
    ByteArray<N> bytes{};

    static Identifier from(const ByteArray<N>& array) { return Identifier{array}; }
    operator ByteView() const { return bytes; }  // NOLINT: an identifier is its bytes wherever bytes are asked for
    bool is_zero() const { return *this == Identifier{}; }
    friend bool operator==(const Identifier&, const Identifier&) = default;
    // Not defaulted: the browser's libc++ 14 has no <=> for std::array.
    friend std::strong_ordering operator<=>(const Identifier& a, const Identifier& b) {
        return std::memcmp(a.bytes.data(), b.bytes.data(), N) <=> 0;
    }
    VERANDA_FIELDS(bytes)
};

// The hash of an identifier, for unordered containers. The bytes are random or hashed, so the first eight do.
struct IdentifierHash {
    template <class Tag, std::size_t N>
    std::size_t operator()(const Identifier<Tag, N>& id) const {
        std::size_t hash = 0;
        for (std::size_t i = 0; i < sizeof(std::size_t); ++i) hash = hash << 8 | id.bytes[i];
        return hash;
    }
};

template <class Tag, class Integer = std::uint64_t>
struct Number {
    Integer value{};

    Number next() const { return Number{static_cast<Integer>(value + 1)}; }
    friend auto operator<=>(const Number&, const Number&) = default;
    VERANDA_FIELDS(value)
};

using RoomId = Identifier<struct RoomIdTag, 16>;              // the MLS group id too
using MemberId = Identifier<struct MemberIdTag, 16>;          // random, one a person and session
using SubmissionId = Identifier<struct SubmissionIdTag, 16>;  // random, doubles are found by it
using GroupId = Identifier<struct GroupIdTag, 16>;            // random, in the group book alone
using PersonId = Identifier<struct PersonIdTag, 16>;          // random, in the group book alone
using InnerId = Identifier<struct InnerIdTag, 16>;            // random, inside the encrypted content
using LaneId = Identifier<struct LaneIdTag, 32>;              // SHA-256 of the encoded LaneEnvelope
using CardId = Identifier<struct CardIdTag, 32>;              // HMAC of a pass's public half and the day
using AnswerId = Identifier<struct AnswerIdTag, 32>;          // HMAC of a pass's public half: an answer of the desk
using KnockId = Identifier<struct KnockIdTag, 32>;            // SHA-256 of the encoded Signed<KnockEnvelope>
using Hash = Identifier<struct HashTag, 32>;                  // SHA-256
using Challenge = Identifier<struct ChallengeTag, 32>;        // random, one a connection
using Signature = Identifier<struct SignatureTag, 64>;        // Ed25519
using SignatureKey = Identifier<struct SignatureKeyTag, 32>;  // Ed25519 public key: root, certificate, session, leaf
using AccessKey = Identifier<struct AccessKeyTag, 32>;        // Ed25519 public key, known to the server
using KnockKey = Identifier<struct KnockKeyTag, 32>;          // Ed25519 public key beside a card
using SealingKey = Identifier<struct SealingKeyTag, 32>;      // X25519 public key of HPKE

using Epoch = Number<struct EpochTag>;                // RFC 9420
using Sequence = Number<struct SequenceTag>;          // place in a room's log; the genesis is 1
using OrderNumber = Number<struct OrderNumberTag>;    // how many orders a room's log holds
using SignerNumber = Number<struct SignerNumberTag>;  // a signer's own count of orders, from 1

using UnixSeconds = Number<struct UnixSecondsTag>;
using UnixMillis = Number<struct UnixMillisTag>;
using Day = Number<struct DayTag, std::uint32_t>;  // days since 1970-01-01 in the organisation's zone

}  // namespace veranda
