// A modified client: it knocks and comes in like a member, and then keeps every key it ever had. It takes part in
// nothing that a member is asked to do, such as forgetting. For tests only.
#pragma once

#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "client-lib/client/client_state.hpp"
#include "client-lib/mls/group.hpp"
#include "tests/support/evening.hpp"

namespace veranda::tests {

class Keeper final : public relay::Connection {
public:
    // Knocks. Caller must: let her in under this name, and then call `enter`.
    // `spoil` may change what it knocks with.
    Keeper(Evening& evening, std::string_view link, std::string name,
           std::function<void(mls::OwnKeyPackage&)> spoil = {})
        : evening_(evening),
          name_(std::move(name)),
          spoil_(std::move(spoil)),
          pass_(circle::Pass::from(circle::read_link(link)->entropy)),
          trust_(evening.harbour.anchor()) {
        begin();
    }
    // The same of staff.
    Keeper(Evening& evening, std::string_view link, const client::StaffKeys& keys)
        : evening_(evening),
          name_(keys.certificate.body.name),
          pass_(circle::Pass::from(circle::read_link(link)->entropy)),
          trust_(evening.harbour.anchor()),
          keys_(clone(keys)) {
        begin();
    }
    void begin() {
        id_ = evening_.relay_now->opened(*this, evening_.now.wall);
        evening_.settle();
        read();
    }
    ~Keeper() { leave_wire(); }
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    // Takes in what has come. Every Group stays, of every epoch.
    void read() {
        for (bool more = true; more;) {
            more = !inbox_.empty();
            for (const Bytes& message : std::exchange(inbox_, {})) {
                const auto frames = decode_server_message(message);
                ASSERT_TRUE(frames);
                for (const auto& frame : *frames)
                    if (const auto* known = std::get_if<ServerFrame>(&frame.frame)) take(*known);
            }
            if (cut_) leave_wire();
            if (more) evening_.settle();
        }
    }

    // Does any key that it ever had open this message?
    bool opens(ByteView message) {
        for (mls::Group& group : groups)
            if (group.open(message)) return true;
        return false;
    }

    // Seals and sends whatever it likes, at any level. The id may be used twice, too.
    void submit(ContentKind kind, ByteView body, InnerId id) {
        const auto content = circle::wrap(kind, id, body);
        ASSERT_TRUE(content);
        auto sealed = groups.back().seal(*content, evening_.random);
        ASSERT_TRUE(sealed);
        ask(Submit{evening_.random_id<SubmissionId>(), *std::move(sealed)});
        evening_.settle();
        read();
    }
    InnerId submit(ContentKind kind, ByteView body) {
        const InnerId id = evening_.random_id<InnerId>();
        submit(kind, body, id);
        return id;
    }
    template <class Frame>
    void ask_for(const Frame& frame) {
        ask(frame);
        evening_.settle();
        read();
    }
    const MemberId& member() const { return member_; }
    const RoomId& room() const { return room_; }
    const crypto::SigningKey& leaf_key() const { return leaf_key_; }
    const crypto::KemKeyPair& lane_key() const { return staff_->lane_key; }
    std::vector<LaneDelivery> lane;  // what it was shown of the lane
    std::vector<Refusal> refusals;
    std::vector<Signed<Admission>> admissions;  // of the room, as `entered` said

    std::vector<mls::Group> groups;  // oldest first
    std::vector<std::string> texts;  // what it has read
    bool is_in() const { return !groups.empty(); }
    bool is_cut() const { return cut_; }

    void send(relay::SharedFrame frame, PriorityClass) override { inbox_.push_back(*frame); }
    std::size_t queued_bytes() const override { return 0; }
    void close(relay::CloseCode) override { cut_ = true; }

private:
    template <class Frame>
    void ask(const Frame& frame) {
        if (id_) evening_.relay_now->received(*id_, encode_frame(frame, RequestId{++last_request_}), evening_.now.wall);
    }
    template <std::size_t size>
    ByteArray<size> random_bytes() {
        ByteArray<size> bytes;
        evening_.random.fill(bytes);
        return bytes;
    }
    void leave_wire() {
        if (id_) evening_.relay_now->closed(*std::exchange(id_, std::nullopt), evening_.now.wall);
    }
    UnixSeconds today() const { return UnixSeconds{evening_.now.wall.value / 1000}; }

    void take(const ServerFrame& frame) {
        if (const auto* hello = std::get_if<ServerHello>(&frame)) return on(*hello);
        if (const auto* list = std::get_if<StaffListFrame>(&frame)) return void(trust_.accept_list(list->list));
        if (const auto* card = std::get_if<CardFrame>(&frame)) return on(*card);
        if (const auto* admitted = std::get_if<Admitted>(&frame)) return on(*admitted);
        if (const auto* entry = std::get_if<EntryFrame>(&frame)) return on(entry->entry);
        if (const auto* delivery = std::get_if<LaneDelivery>(&frame)) return lane.push_back(*delivery);
        if (const auto* refused = std::get_if<Refused>(&frame)) return refusals.push_back(refused->refusal);
        if (const auto* entered = std::get_if<Entered>(&frame)) admissions = entered->admissions;
    }
    void on(const ServerHello& hello) {
        challenge_ = hello.challenge;
        ASSERT_TRUE(trust_.accept_hello(hello.organisation, hello.staff_list));
        card_id_ = circle::card_id(pass_.keys(), circle::day_of(hello.now, hello.organisation.body.zone_minutes));
        ask(ClientHello{});
        ask(GetStaffList{});
        ask(FindCard{card_id_});
    }
    void on(const CardFrame& frame) {
        const auto card = circle::open_card(frame.sealed, pass_, card_id_, trust_, today());
        ASSERT_TRUE(card);
        room_ = card->card().room;
        Bytes identity = circle::member_identity(name_);
        if (keys_) {
            staff_.emplace(
                client::make_staff_self(*keys_, room_, card->issuer().kind(), leaf_key_, today(), evening_.random));
            identity = circle::staff_identity(staff_->credential);
        }
        key_package_.emplace(mls::make_key_package(identity, leaf_key_.clone(), UnixSeconds{today().value - 3600},
                                                   UnixSeconds{today().value + 3600}, evening_.random));
        if (spoil_) spoil_(*key_package_);
        circle::KnockRequest request;
        request.key_package = tls::encode(key_package_->public_part);
        request.access_key = AccessKey{access_key_.public_key().bytes};
        request.ticket = pass_.keys();
        request.pseudonym = name_;
        request.reason = keys_ ? KnockReason::staff : KnockReason::first_visit;
        if (staff_) request.staff = staff_->credential;
        const auto envelope = circle::make_knock(*card, card_id_, pass_, std::move(request), evening_.random);
        ASSERT_TRUE(envelope);
        ask(KnockFrame{*envelope});
    }
    void on(const Admitted& admitted) {
        Bytes welcome = admitted.welcome_head;
        append(welcome, admitted.welcome_tail);
        auto group = mls::Group::join(welcome, *key_package_);
        ASSERT_TRUE(group);
        groups.push_back(*std::move(group));
        member_ = admitted.admission.body.member;
        admissions.push_back(admitted.admission);
        const AccessProof proof{room_, test_origin, challenge_, AccessKey{access_key_.public_key().bytes}};
        ask(Enter{crypto::sign(proof, access_key_), admitted.sequence});
    }
    void on(const LogEntry& entry) {
        if (entry.kind == EntryKind::application) return read_text(entry.body);
        Bytes commit = entry.body;
        if (entry.kind == EntryKind::admit) {
            const auto admit = tls::decode<AdmitEntry>(entry.body);
            ASSERT_TRUE(admit);
            commit = admit->commit;
        } else if (entry.kind != EntryKind::commit) {
            return;
        }
        auto opened = groups.back().open(commit);
        auto* staged = opened ? std::get_if<mls::StagedCommit>(&*opened) : nullptr;
        if (staged == nullptr || staged->removes_us()) return;
        mls::Group next = groups.back().after(std::move(*staged));
        groups.push_back(std::move(next));
    }
    void read_text(ByteView message) {
        auto opened = groups.back().open(message);
        const auto* plain = opened ? std::get_if<mls::Plaintext>(&*opened) : nullptr;
        if (plain == nullptr) return;
        const auto content = circle::unwrap(plain->content);
        if (!content || content->kind != ContentKind::text) return;
        if (const auto text = tls::decode<Text>(content->body)) texts.push_back(text->text);
    }

    Evening& evening_;
    std::string name_;
    std::function<void(mls::OwnKeyPackage&)> spoil_;
    circle::Pass pass_;
    circle::TrustedStaff trust_;
    crypto::SigningKey leaf_key_ = crypto::SigningKey::generate(evening_.random);
    crypto::SigningKey access_key_ = crypto::SigningKey::generate(evening_.random);
    std::optional<mls::OwnKeyPackage> key_package_;  // kept too, against the rule
    std::optional<client::StaffKeys> keys_{};
    std::optional<client::StaffSelf> staff_{};
    CardId card_id_;
    RoomId room_;
    MemberId member_;
    Challenge challenge_;
    std::optional<relay::ConnectionId> id_;
    std::deque<Bytes> inbox_;
    std::uint32_t last_request_ = 0;
    bool cut_ = false;
};

// Every log entry that this phone was ever sent, once, in order.
inline std::vector<LogEntry> log_heard_by(const Phone& phone) {
    std::map<std::uint64_t, LogEntry> entries;
    for (const Bytes& message : phone.heard) {
        const auto frames = decode_server_message(message);
        if (!frames) continue;
        for (const auto& frame : *frames) {
            const auto* known = std::get_if<ServerFrame>(&frame.frame);
            const auto* entry = known == nullptr ? nullptr : std::get_if<EntryFrame>(known);
            if (entry != nullptr) entries.emplace(entry->entry.sequence.value, entry->entry);
        }
    }
    std::vector<LogEntry> log;
    for (auto& [sequence, entry] : entries) log.push_back(std::move(entry));
    return log;
}

}  // namespace veranda::tests
