// Every frame, in the order of docs/protocol.md, 4. One WebSocket message carries one to many frames.
//
// A frame is a head of eight bytes (version, priority class, type, request id) and a body<V>. A request of a client has
// an id that is not zero; the answer to it bears the same. What the relay sends unasked has request id zero.
#pragma once

#include <variant>

#include "protocol/desk_frames.hpp"
#include "protocol/lane.hpp"
#include "protocol/limits.hpp"
#include "protocol/log_entry.hpp"
#include "protocol/refusals.hpp"
#include "protocol/talk.hpp"

namespace veranda {

// ---- client to relay ----

// The first frame of every connection. `proof_of_work` is empty unless the server's hello asks for bits: then eight
// bytes, so that SHA-256("Veranda 1 proof of work" as opaque<V>, challenge, proof_of_work) begins with that many zero
// bits.
struct ClientHello {
    static constexpr FrameType type = FrameType::client_hello;
    Bytes proof_of_work;
    friend bool operator==(const ClientHello&, const ClientHello&) = default;
    VERANDA_FIELDS(proof_of_work)
};

struct GetStaffList {  // answer: StaffListFrame
    static constexpr FrameType type = FrameType::get_staff_list;
    friend bool operator==(const GetStaffList&, const GetStaffList&) = default;
    VERANDA_NO_FIELDS
};

struct FindCard {  // answer: CardFrame, or no_such_card. One id a connection.
    static constexpr FrameType type = FrameType::find_card;
    CardId card;
    friend bool operator==(const FindCard&, const FindCard&) = default;
    VERANDA_FIELDS(card)
};

// Answer: Done; later Admitted or KnockRefused. Sent again byte for byte after a cut, it finds its answer waiting.
struct KnockFrame {
    static constexpr FrameType type = FrameType::knock;
    Signed<KnockEnvelope> envelope;
    friend bool operator==(const KnockFrame&, const KnockFrame&) = default;
    VERANDA_FIELDS(envelope)
};

struct WithdrawKnock {  // answer: Done
    static constexpr FrameType type = FrameType::withdraw_knock;
    KnockId knock;
    friend bool operator==(const WithdrawKnock&, const WithdrawKnock&) = default;
    VERANDA_FIELDS(knock)
};

struct OpenRoom {  // answer: Entered; the room exists and the opener is in it
    static constexpr FrameType type = FrameType::open_room;
    Signed<Genesis> genesis;
    Signed<Admission> opener;
    Signed<AccessProof> proof;
    friend bool operator==(const OpenRoom&, const OpenRoom&) = default;
    VERANDA_FIELDS(genesis, opener, proof)
};

// Answer: Entered, then every entry after `after` that the log still holds.
struct Enter {
    static constexpr FrameType type = FrameType::enter;
    Signed<AccessProof> proof;
    Sequence after;
    friend bool operator==(const Enter&, const Enter&) = default;
    VERANDA_FIELDS(proof, after)
};

struct Submit {  // answer: Accepted. An application message, or a Commit without adds
    static constexpr FrameType type = FrameType::submit;
    SubmissionId submission;
    Bytes message;  // MLSMessage(PrivateMessage)
    friend bool operator==(const Submit&, const Submit&) = default;
    VERANDA_FIELDS(submission, message)
};

// One person's part of an admission. `welcome_head` and the shared tail, put together, are her Welcome.
struct NewMember {
    Signed<Admission> admission;
    Bytes welcome_head;
    friend bool operator==(const NewMember&, const NewMember&) = default;
    VERANDA_FIELDS(admission, welcome_head)
};

struct Admit {  // answer: Accepted
    static constexpr FrameType type = FrameType::admit;
    SubmissionId submission;
    Bytes commit;
    std::vector<NewMember> members;
    Bytes welcome_tail;
    std::vector<CardId> spent;
    friend bool operator==(const Admit&, const Admit&) = default;
    VERANDA_FIELDS(submission, commit, members, welcome_tail, spent)
};

struct RefuseKnock {  // answer: Done
    static constexpr FrameType type = FrameType::refuse_knock;
    Signed<KnockRefusal> refusal;
    friend bool operator==(const RefuseKnock&, const RefuseKnock&) = default;
    VERANDA_FIELDS(refusal)
};

struct OrderFrame {  // answer: Accepted
    static constexpr FrameType type = FrameType::order;
    SubmissionId submission;
    Signed<Order> order;
    friend bool operator==(const OrderFrame&, const OrderFrame&) = default;
    VERANDA_FIELDS(submission, order)
};

struct PostedCard {
    CardId id;
    KnockKey knock_key;
    UnixSeconds expires_at;
    Bytes sealed;  // card_sealed_bytes
    friend bool operator==(const PostedCard&, const PostedCard&) = default;
    VERANDA_FIELDS(id, knock_key, expires_at, sealed)
};

struct PostCards {  // answer: Done. A card under an id that the room has posted before replaces it
    static constexpr FrameType type = FrameType::post_cards;
    std::vector<PostedCard> cards;
    friend bool operator==(const PostCards&, const PostCards&) = default;
    VERANDA_FIELDS(cards)
};

struct WithdrawCards {  // answer: Done
    static constexpr FrameType type = FrameType::withdraw_cards;
    std::vector<CardId> cards;
    friend bool operator==(const WithdrawCards&, const WithdrawCards&) = default;
    VERANDA_FIELDS(cards)
};

enum class LeaseKind : std::uint8_t { admitting = 1, remaking = 2 };
inline bool is_known(LeaseKind kind) { return kind == LeaseKind::admitting || kind == LeaseKind::remaking; }

struct ClaimLease {  // answer: Lease, or lease_held. Claimed again by its holder, it is renewed
    static constexpr FrameType type = FrameType::claim_lease;
    LeaseKind kind{};
    bool release = false;
    friend bool operator==(const ClaimLease&, const ClaimLease&) = default;
    VERANDA_FIELDS(kind, release)
};

struct LaneFrame {  // answer: Done: the relay has it. Only LaneAcknowledged says that staff have it
    static constexpr FrameType type = FrameType::lane;
    LaneEnvelope envelope;
    friend bool operator==(const LaneFrame&, const LaneFrame&) = default;
    VERANDA_FIELDS(envelope)
};

struct AcknowledgeLane {  // answer: Done
    static constexpr FrameType type = FrameType::acknowledge_lane;
    Signed<LaneAcknowledgement> acknowledgement;
    friend bool operator==(const AcknowledgeLane&, const AcknowledgeLane&) = default;
    VERANDA_FIELDS(acknowledgement)
};

struct Leave {  // answer: Accepted. The relay forgets the access key; a `leave` entry says so to all
    static constexpr FrameType type = FrameType::leave;
    SubmissionId submission;
    friend bool operator==(const Leave&, const Leave&) = default;
    VERANDA_FIELDS(submission)
};

// Answer: Done. Between one who knocks and staff; kept while the knock waits, and as long as its answer.
struct Talk {
    static constexpr FrameType type = FrameType::talk;
    KnockId knock;
    Bytes sealed;  // PaddedTalk
    friend bool operator==(const Talk&, const Talk&) = default;
    VERANDA_FIELDS(knock, sealed)
};

// Answer: Done. A text of a member who speaks through a facilitator, under the gates of a message; the envelope is one
// of the lane's and waits there until staff acknowledge it. One a member may wait.
struct Hold {
    static constexpr FrameType type = FrameType::hold;
    LaneEnvelope envelope;
    friend bool operator==(const Hold&, const Hold&) = default;
    VERANDA_FIELDS(envelope)
};

// ---- relay to client ----

// The first frame of every connection, sent unasked.
struct ServerHello {
    static constexpr FrameType type = FrameType::server_hello;
    UnixMillis now;
    Challenge challenge;
    std::uint8_t proof_of_work_bits = 0;
    Signed<Organisation> organisation;
    Signed<StaffListHead> staff_list;
    friend bool operator==(const ServerHello&, const ServerHello&) = default;
    VERANDA_FIELDS(now, challenge, proof_of_work_bits, organisation, staff_list)
};

struct StaffListFrame {
    static constexpr FrameType type = FrameType::staff_list;
    StaffList list;
    friend bool operator==(const StaffListFrame&, const StaffListFrame&) = default;
    VERANDA_FIELDS(list)
};

struct CardFrame {
    static constexpr FrameType type = FrameType::card;
    Bytes sealed;
    friend bool operator==(const CardFrame&, const CardFrame&) = default;
    VERANDA_FIELDS(sealed)
};

struct Done {
    static constexpr FrameType type = FrameType::done;
    friend bool operator==(const Done&, const Done&) = default;
    VERANDA_NO_FIELDS
};

struct Accepted {
    static constexpr FrameType type = FrameType::accepted;
    Sequence sequence;
    friend bool operator==(const Accepted&, const Accepted&) = default;
    VERANDA_FIELDS(sequence)
};

struct Refused {
    static constexpr FrameType type = FrameType::refused;
    Refusal refusal{};
    std::uint64_t detail = 0;
    friend bool operator==(const Refused&, const Refused&) = default;
    VERANDA_FIELDS(refusal, detail)
};

// A frame broke the wire's rules; the connection closes after it. `rule` is a name of docs/protocol.md, 2.
struct Fault {
    static constexpr FrameType type = FrameType::fault;
    std::string rule;
    std::uint64_t offset = 0;
    friend bool operator==(const Fault&, const Fault&) = default;
    VERANDA_FIELDS(rule, offset)
};

enum class Whereabouts : std::uint8_t { here = 1, away = 2 };
inline bool is_known(Whereabouts value) { return value == Whereabouts::here || value == Whereabouts::away; }

struct MemberPresence {
    MemberId member;
    Whereabouts whereabouts{};
    friend bool operator==(const MemberPresence&, const MemberPresence&) = default;
    VERANDA_FIELDS(member, whereabouts)
};

// The room as the relay knows it at `last`. Entries after the client's own point follow in frames of their own.
struct Entered {
    static constexpr FrameType type = FrameType::entered;
    MemberId self;
    Epoch epoch;  // after `last`
    Sequence last;
    Sequence oldest;  // the log's first entry that can still be had
    GenesisEntry genesis;
    std::vector<Signed<Admission>> admissions;  // of everyone in the room now, and earlier ones (docs/protocol.md, 5.4)
    std::vector<Signed<Order>> orders;          // those in force, oldest first
    std::vector<MemberPresence> presence;
    friend bool operator==(const Entered&, const Entered&) = default;
    VERANDA_FIELDS(self, epoch, last, oldest, genesis, admissions, orders, presence)
};

struct EntryFrame {
    static constexpr FrameType type = FrameType::entry;
    LogEntry entry;
    friend bool operator==(const EntryFrame&, const EntryFrame&) = default;
    VERANDA_FIELDS(entry)
};

struct KnockWaiting {  // to staff who commit
    static constexpr FrameType type = FrameType::knock_waiting;
    Signed<KnockEnvelope> envelope;
    friend bool operator==(const KnockWaiting&, const KnockWaiting&) = default;
    VERANDA_FIELDS(envelope)
};

enum class KnockEnd : std::uint8_t { withdrawn = 1, admitted = 2, refused = 3, sent_away = 4 };
inline bool is_known(KnockEnd end) { return end >= KnockEnd::withdrawn && end <= KnockEnd::sent_away; }

struct KnockGone {  // to staff who commit; `sent_away` to the joiner too
    static constexpr FrameType type = FrameType::knock_gone;
    KnockId knock;
    KnockEnd end{};
    friend bool operator==(const KnockGone&, const KnockGone&) = default;
    VERANDA_FIELDS(knock, end)
};

struct Admitted {  // to the joiner, from her mailbox
    static constexpr FrameType type = FrameType::admitted;
    Sequence sequence;  // of the admit entry: enter after this one
    Signed<Admission> admission;
    Bytes welcome_head;
    Bytes welcome_tail;
    friend bool operator==(const Admitted&, const Admitted&) = default;
    VERANDA_FIELDS(sequence, admission, welcome_head, welcome_tail)
};

struct KnockRefused {
    static constexpr FrameType type = FrameType::knock_refused;
    Signed<KnockRefusal> refusal;
    friend bool operator==(const KnockRefused&, const KnockRefused&) = default;
    VERANDA_FIELDS(refusal)
};

struct Lease {
    static constexpr FrameType type = FrameType::lease;
    LeaseKind kind{};
    std::uint32_t ms_left = 0;
    friend bool operator==(const Lease&, const Lease&) = default;
    VERANDA_FIELDS(kind, ms_left)
};

struct PresenceFrame {
    static constexpr FrameType type = FrameType::presence;
    std::vector<MemberPresence> members;
    friend bool operator==(const PresenceFrame&, const PresenceFrame&) = default;
    VERANDA_FIELDS(members)
};

struct LaneDelivery {  // to staff who commit
    static constexpr FrameType type = FrameType::lane_delivery;
    MemberId from;
    LaneEnvelope envelope;
    friend bool operator==(const LaneDelivery&, const LaneDelivery&) = default;
    VERANDA_FIELDS(from, envelope)
};

struct LaneAcknowledged {
    static constexpr FrameType type = FrameType::lane_acknowledged;
    Signed<LaneAcknowledgement> acknowledgement;
    friend bool operator==(const LaneAcknowledged&, const LaneAcknowledged&) = default;
    VERANDA_FIELDS(acknowledgement)
};

// `remade`: staff have opened a room that names this one as its predecessor; a card waits for every ticket.
enum class GoneReason : std::uint8_t { ended = 1, removed = 2, forgotten = 3, elsewhere = 4, left = 5, remade = 6 };
inline bool is_known(GoneReason reason) { return reason >= GoneReason::ended && reason <= GoneReason::remade; }

// The connection is no longer in the room. `removed` and `ended` count only with the signed order, which came before.
struct RoomGone {
    static constexpr FrameType type = FrameType::room_gone;
    GoneReason reason{};
    friend bool operator==(const RoomGone&, const RoomGone&) = default;
    VERANDA_FIELDS(reason)
};

struct TalkDelivery {  // to staff who commit, and to the one who knocks; everything said so far comes again to a
                       // newcomer
    static constexpr FrameType type = FrameType::talk_delivery;
    KnockId knock;
    bool from_staff = false;
    Bytes sealed;
    friend bool operator==(const TalkDelivery&, const TalkDelivery&) = default;
    VERANDA_FIELDS(knock, from_staff, sealed)
};

using ClientFrame =
    std::variant<ClientHello, GetStaffList, FindCard, KnockFrame, WithdrawKnock, OpenRoom, Enter, Submit, Admit,
                 RefuseKnock, OrderFrame, PostCards, WithdrawCards, ClaimLease, LaneFrame, AcknowledgeLane, Leave, Talk,
                 Hold, GoOnDuty, GoOffDuty, FindDuty, ProveDuty, AskDesk, ClaimRequest, EndRequest, WithdrawRequest,
                 AnswerRequest, FindAnswer, HandOverFrame>;

using ServerFrame = std::variant<ServerHello, StaffListFrame, CardFrame, Done, Accepted, Refused, Fault, Entered,
                                 EntryFrame, KnockWaiting, KnockGone, Admitted, KnockRefused, Lease, PresenceFrame,
                                 LaneDelivery, LaneAcknowledged, RoomGone, TalkDelivery, Duty, DutyNonce,
                                 DutyProofFrame, DeskRequestFrame, DeskState, DeskClaim, DeskAnswerFrame, HandedOver>;

}  // namespace veranda
