// Members whose clients keep no rule, against a real relay and honest clients. Each test sees both sides: what the
// relay refuses, and by which name; and that the others go on and say what they have to.
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"
#include "crypto/sealed/aead.hpp"
#include "crypto/sealed/hpke.hpp"
#include "server/relay/limits.hpp"
#include "tests/support/hostile_relay.hpp"

namespace veranda::tests {
namespace {

using client::AlarmEvent;
using client::ComposerEvent;
using client::KnockEvent;
using client::NoteEvent;
using client::Phase;
using Texts = std::vector<std::string>;
using Refusals = std::vector<Refusal>;

// Of an MLSMessage(PrivateMessage) in a room: where the clear part says what it is.
constexpr std::size_t wire_format_at = 3;
constexpr std::size_t content_type_at = 2 + 2 + 1 + 16 + 8;

// A connection that says whatever it likes, and reads only how it is answered.
class Stranger final : public relay::Connection {
public:
    explicit Stranger(Evening& evening) : evening_(evening) {
        id_ = evening_.relay_now->opened(*this, evening_.now.wall);
        ask(ClientHello{});
    }
    ~Stranger() { evening_.relay_now->closed(id_, evening_.now.wall); }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;

    template <class Frame>
    void ask(const Frame& frame) {
        evening_.relay_now->received(id_, encode_frame(frame, RequestId{++last_}), evening_.now.wall);
    }
    bool was(Refusal refusal) const { return std::find(refusals.begin(), refusals.end(), refusal) != refusals.end(); }

    Refusals refusals;
    std::size_t done = 0;
    bool is_cut = false;

    void send(relay::SharedFrame frame, PriorityClass) override {
        for (const auto& received : server_frames(*frame)) {
            const auto& known = std::get<ServerFrame>(received.frame);
            if (const auto* refused = std::get_if<Refused>(&known)) refusals.push_back(refused->refusal);
            if (std::holds_alternative<Done>(known)) ++done;
        }
    }
    std::size_t queued_bytes() const override { return 0; }
    void close(relay::CloseCode) override { is_cut = true; }

private:
    Evening& evening_;
    relay::ConnectionId id_;
    std::uint32_t last_ = 0;
};

// Amara's evening with Iris, who is honest, and Joy, who is not.
class ModifiedClient : public HostileRelay {
protected:
    ModifiedClient() : iris_(evening_.join(amara_, "Iris")) {}

    void SetUp() override {
        joy_.emplace(evening_, evening_.invite(amara_), "Joy");
        ASSERT_TRUE(amara_.client.admit("Joy", evening_.now));
        settle();
        ASSERT_TRUE(joy_->is_in());
    }
    void settle() {
        evening_.settle();
        joy_->read();
        evening_.settle();
    }
    void pass(std::uint64_t seconds) {
        evening_.wait(seconds);
        settle();
    }
    void text(std::string_view words) { joy_->submit(ContentKind::text, tls::encode(Text{std::string(words)})); }
    bool was(Refusal refusal) const {
        const auto& all = joy_->refusals;
        return std::find(all.begin(), all.end(), refusal) != all.end();
    }
    Bytes sealed_text(std::string_view words) {
        const auto content =
            circle::wrap(ContentKind::text, evening_.random_id<InnerId>(), tls::encode(Text{std::string(words)}));
        return *joy_->groups.back().seal(*content, evening_.random);
    }
    void submit(Bytes message) { joy_->ask_for(Submit{evening_.random_id<SubmissionId>(), std::move(message)}); }
    // Whoever is honest still talks, and nothing of the other's is on a screen.
    void expect_the_others_go_on(const Texts& before = {}) {
        evening_.say(iris_, "we go on");
        evening_.say(amara_, "so we do");
        Texts all = before;
        all.insert(all.end(), {"Iris: we go on", "Amara: so we do"});
        for (const Phone* each : {&iris_, &amara_}) {
            EXPECT_EQ(each->texts(), all);
            EXPECT_EQ(each->phase(), Phase::in_group);
            EXPECT_TRUE(each->last<ComposerEvent>().open) << each->last<ComposerEvent>().why;
        }
    }
    Phone& come_back(circle::Ticket ticket) {
        Phone& again = evening_.phone();
        EXPECT_TRUE(again.client.return_by(std::move(ticket), evening_.now));
        evening_.wait(2);
        return again;
    }
    LaneEnvelope lane(LaneKind kind, Bytes body, const std::vector<SealingKey>& to) {
        const LaneContent content{joy_->room(), joy_->member(), kind, evening_.random_id<InnerId>(), std::move(body)};
        return *circle::seal_lane(content, joy_->leaf_key(), to, evening_.random);
    }
    SealingKey lane_key_of(const MemberId& staff) const {
        for (const auto& entry : log_heard_by(amara_))
            if (entry.kind == EntryKind::admit)
                for (const AdmitEntry admit = *tls::decode<AdmitEntry>(entry.body);
                     const auto& admission : admit.admissions)
                    if (admission.body.member == staff) return admission.body.staff->statement.body.lane_key;
        return last_heard<Entered>(amara_)->genesis.opener.body.staff->statement.body.lane_key;
    }

    Phone& iris_;
    std::optional<Keeper> joy_;
};

TEST_F(ModifiedClient, WhoIsSilencedIsRefusedAndOnNoScreen) {
    ASSERT_TRUE(amara_.client.set_level("Joy", Level::listens, 0, evening_.now));
    settle();
    text("I speak all the same");
    EXPECT_TRUE(was(Refusal::listens_only));
    ASSERT_TRUE(amara_.client.set_level("Joy", Level::held, 0, evening_.now));
    settle();
    text("and past the facilitator");
    EXPECT_TRUE(was(Refusal::held));
    invent_entry(iris_, EntryKind::application, sealed_text("by the relay's help"));  // which lets it through
    EXPECT_TRUE(iris_.texts().empty());
}

TEST_F(ModifiedClient, WhoIsRemovedIsRefusedWhateverSheAsks) {
    ASSERT_TRUE(amara_.client.remove("Joy", evening_.now));
    settle();
    text("still here");
    joy_->ask_for(Leave{evening_.random_id<SubmissionId>()});
    EXPECT_EQ(joy_->refusals, (Refusals{Refusal::member_removed, Refusal::member_removed}));
    pass(3);
    expect_the_others_go_on();
    EXPECT_EQ(amara_.client.roster().size(), 2U);
}

TEST_F(ModifiedClient, WhoIsTooFastIsSlowedAndThenCut) {
    ASSERT_TRUE(amara_.client.slow_mode(30, evening_.now));
    settle();
    text("one");
    text("two");
    EXPECT_TRUE(was(Refusal::too_fast));
    ASSERT_TRUE(amara_.client.slow_mode(0, evening_.now));
    settle();
    for (int i = 0; i < 600 && !joy_->is_cut(); ++i) joy_->ask_for(GetStaffList{});
    EXPECT_TRUE(was(Refusal::too_many_requests));
    EXPECT_TRUE(joy_->is_cut());
    expect_the_others_go_on({"Joy: one"});
}

TEST_F(ModifiedClient, WhoPostsOrdersOrClaimsWithoutBeingStaffIsRefused) {
    const Order end = order(OrderKind::end, joy_->member());
    joy_->ask_for(OrderFrame{evening_.random_id<SubmissionId>(), crypto::sign(end, joy_->leaf_key())});
    joy_->ask_for(PostCards{});
    joy_->ask_for(WithdrawCards{});
    joy_->ask_for(ClaimLease{LeaseKind::admitting, false});
    joy_->ask_for(AcknowledgeLane{});
    EXPECT_EQ(joy_->refusals, Refusals(5, Refusal::only_staff));
    expect_the_others_go_on();
}

TEST_F(ModifiedClient, WhoReturnsByHerTicketAgainAndAgainIsShownToAPerson) {
    Phone* kemi = &evening_.join(amara_, "Kemi");
    auto first = kemi->client.ticket();
    std::size_t by_herself = 0;
    for (int i = 0; i < 6 && kemi->phase() == Phase::in_group; ++i) {
        auto ticket = kemi->client.ticket();
        ASSERT_TRUE(ticket);
        kemi = &come_back(*std::move(ticket));
        by_herself += kemi->phase() == Phase::in_group ? 1 : 0;
    }
    EXPECT_EQ(by_herself, limits::ticket_returns_max);
    evening_.wait(5);
    EXPECT_EQ(kemi->phase(), Phase::waiting);
    EXPECT_TRUE(amara_.last<KnockEvent>().returning);
    const Phone& loop = come_back(*std::move(first));  // and the first one, which is spent, opens nothing
    EXPECT_NE(loop.phase(), Phase::in_group);
    EXPECT_EQ(last_heard<Refused>(loop)->refusal, Refusal::no_such_card);
    expect_the_others_go_on();
}

// Blessing's client has let her in again by itself; before that reaches the relay, Amara removes her.
TEST_F(ModifiedClient, WhoReturnsWhileSheIsRemovedIsRefusedByTheRelay) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    Phone& kemi = evening_.join(blessing, "Kemi");
    evening_.wait(2);
    auto ticket = kemi.client.ticket();
    ASSERT_TRUE(ticket);
    lie_about<KnockWaiting>(amara_, [](const KnockWaiting&) { return Frames{}; });
    Bytes admit;
    blessing.say = [&](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (admit.empty() && std::holds_alternative<Admit>(std::get<ClientFrame>(received.frame)))
                return admit.swap(message);
    };
    const Phone& again = come_back(*std::move(ticket));
    ASSERT_FALSE(admit.empty());
    ASSERT_TRUE(amara_.client.remove("Kemi", evening_.now));
    evening_.settle();
    blessing.say = {};
    blessing.send_raw(admit, evening_.now);
    evening_.settle();
    EXPECT_TRUE(last_heard<Refused>(blessing));
    evening_.wait(10);
    EXPECT_NE(again.phase(), Phase::in_group);
    for (const Phone* each : {&amara_, &iris_, &blessing}) {
        const auto roster = each->client.roster();
        EXPECT_TRUE(std::none_of(roster.begin(), roster.end(), [](auto& member) { return member.name == "Kemi"; }));
    }
    expect_the_others_go_on();
}

// Whoever holds an invite can sign knocks on its card, and fill the waiting room with them. A bug: her client turned
// all of them away at once, was refused for that, and at last cut off by the relay itself.
TEST_F(ModifiedClient, AFloodOfKnocksIsPacedAndFillsTheWaitingRoomForNobodyElseForLong) {
    const std::string link = evening_.invite(amara_);
    const circle::Pass pass = circle::Pass::from(circle::read_link(link)->entropy);
    const auto sealed = last_heard<CardFrame>(evening_.open(link));
    circle::TrustedStaff trust(evening_.harbour.anchor());
    ASSERT_TRUE(trust.accept_hello(evening_.harbour.organisation, evening_.harbour.staff.head));
    ASSERT_TRUE(trust.accept_list(evening_.harbour.staff));
    const CardId id = circle::card_id(pass.keys(), circle::day_of(evening_.now.wall, 0));
    const auto card = circle::open_card(sealed->sealed, pass, id, trust, test_time);
    ASSERT_TRUE(card);
    const auto seed = crypto::Secret<32>::copy_of(std::span<const std::uint8_t, 32>(card->card().knock_key_seed));
    const auto knock_key = crypto::SigningKey::from_seed(seed);
    const auto knock = [&] { return KnockFrame{crypto::sign(KnockEnvelope{id, Bytes(64, 7)}, knock_key)}; };
    const auto another = [&] {
        return KnockFrame{crypto::sign(KnockEnvelope{id, to_bytes(evening_.random.array<64>())}, knock_key)};
    };

    Stranger fast(evening_);
    for (int i = 0; i < 600 && !fast.is_cut; ++i) fast.ask(another());
    EXPECT_TRUE(fast.was(Refusal::too_many_requests));
    EXPECT_TRUE(fast.is_cut);
    evening_.settle();
    std::list<Stranger> many;  // before Amara's client has looked at any
    for (std::size_t i = 0; i < limits::waiting_knocks_max + 5; ++i) many.emplace_back(evening_).ask(another());
    EXPECT_TRUE(many.back().was(Refusal::waiting_room_full));
    many.back().ask(KnockFrame{crypto::sign(knock().envelope.body, crypto::SigningKey::generate(evening_.random))});
    EXPECT_TRUE(many.back().was(Refusal::knock_signature));
    evening_.settle();
    EXPECT_TRUE(amara_.saw("knock_not_opened"));
    EXPECT_LE(amara_.all<client::ErrorEvent>().size(), 3 * client::knock_refusals_a_second);
    EXPECT_FALSE(amara_.saw(name(Refusal::too_many_requests)));
    ASSERT_TRUE(amara_.client.revoke_invites(evening_.now));
    evening_.settle();
    many.emplace_back(evening_).ask(another());
    EXPECT_TRUE(many.back().was(Refusal::no_such_card)) << "the invite is void";
    evening_.wait(30);
    EXPECT_FALSE(amara_.saw(name(Refusal::too_many_requests)));
    Phone& kemi = evening_.join(amara_, "Kemi");
    EXPECT_EQ(kemi.phase(), Phase::in_group);
    expect_the_others_go_on();
}

TEST_F(ModifiedClient, AMemberCannotMakeAnInviteVoid) {
    const std::string link = evening_.invite(amara_);
    const auto pass = circle::Pass::from(circle::read_link(link)->entropy).keys();
    joy_->ask_for(LaneFrame{lane(LaneKind::pass_void, tls::encode(pass), {lane_key_of(amara_id())})});
    evening_.wait(1);
    EXPECT_EQ(evening_.open(link).phase(), client::Phase::connected) << "it still opens";
    expect_the_others_go_on();
}

TEST_F(ModifiedClient, AFloodOfAlarmsIsPacedAndHidesNobodyElses) {
    const std::vector<SealingKey> to{lane_key_of(amara_id())};
    for (int i = 0; i < 30; ++i) joy_->ask_for(LaneFrame{lane(LaneKind::not_safe, tls::encode(Text{"help"}), to)});
    EXPECT_GE(std::count(joy_->refusals.begin(), joy_->refusals.end(), Refusal::too_many_requests), 15);
    for (int second = 0; second < 40; ++second) {  // and then as fast as she may
        evening_.wait(1);
        joy_->ask_for(LaneFrame{lane(LaneKind::not_safe, tls::encode(Text{std::to_string(second)}), to)});
    }
    ASSERT_TRUE(iris_.client.not_safe("he is here", evening_.now));
    settle();
    std::set<std::string> open;
    for (const AlarmEvent& alarm : amara_.all<AlarmEvent>()) open.insert(alarm.from);
    EXPECT_EQ(open, (std::set<std::string>{"Iris", "Joy"})) << "one open alarm a person";
    EXPECT_EQ(amara_.last<AlarmEvent>().text, "he is here");
    ASSERT_TRUE(amara_.client.seen("Iris", evening_.now));
    settle();
    EXPECT_EQ(iris_.last<client::LaneEvent>().progress, client::LaneProgress::seen);
    expect_the_others_go_on();
}

TEST_F(ModifiedClient, AnIdThatIsUsedAgainSaysNothingMoreAlsoAfterTheRoomWasMadeAnew) {
    const InnerId inner = evening_.random_id<InnerId>();
    joy_->submit(ContentKind::text, tls::encode(Text{"once"}), inner);
    joy_->submit(ContentKind::text, tls::encode(Text{"twice"}), inner);
    const SubmissionId submission = evening_.random_id<SubmissionId>();
    joy_->ask_for(Submit{submission, sealed_text("this")});
    joy_->ask_for(Submit{submission, sealed_text("and that")});
    const Texts before{"Joy: once", "Joy: this"};
    for (const Phone* each : {&iris_, &amara_}) EXPECT_EQ(each->texts(), before);

    const Bytes old = sealed_text("from before");
    const std::string invite = evening_.invite(amara_);
    evening_.store.forget();
    pass(20);
    ASSERT_EQ(iris_.phase(), Phase::in_group);
    joy_->refusals.clear();
    submit(old);
    ASSERT_FALSE(joy_->refusals.empty());
    EXPECT_TRUE(was(Refusal::not_in_room) || was(Refusal::no_such_room)) << name(joy_->refusals.back());
    Keeper again(evening_, invite, "Joy");
    ASSERT_TRUE(amara_.client.admit("Joy", evening_.now));
    evening_.settle();
    again.read();
    ASSERT_TRUE(again.is_in());
    again.ask_for(Submit{submission, old});  // the same ids in the room made anew
    EXPECT_EQ(again.refusals, Refusals{Refusal::other_group});
    again.submit(ContentKind::text, tls::encode(Text{"new"}), inner);
    again.submit(ContentKind::text, tls::encode(Text{"and newer"}), inner);
    expect_the_others_go_on({"Joy: once", "Joy: this", "Joy: new"});
}

TEST_F(ModifiedClient, GarbageThatCallsItselfAHandshakeIsRefusedAndOtherGarbageIsOneUnreadMessage) {
    const auto disguised = [&](std::size_t at, std::uint8_t value) {
        Bytes message = sealed_text("garbage");
        message[at] = value;
        joy_->refusals.clear();
        submit(std::move(message));
        return joy_->refusals.empty() ? Refusal{} : joy_->refusals.back();
    };
    EXPECT_EQ(disguised(content_type_at, 3), Refusal::only_staff);
    EXPECT_EQ(disguised(content_type_at, 2), Refusal::proposal);
    EXPECT_EQ(disguised(content_type_at, 9), Refusal::not_a_private_message);
    EXPECT_EQ(disguised(wire_format_at, 1), Refusal::not_a_private_message);  // a PublicMessage
    EXPECT_EQ(disguised(content_type_at - 1, 99), Refusal::stale_epoch);
    EXPECT_EQ(disguised(6, 99), Refusal::other_group);
    EXPECT_FALSE(iris_.saw("message_not_read"));
    Bytes message = sealed_text("garbage");
    message.back() ^= 1;
    submit(std::move(message));  // the relay cannot tell
    EXPECT_TRUE(iris_.saw("message_not_read"));
    EXPECT_TRUE(amara_.saw("message_not_read"));
    expect_the_others_go_on();
}

TEST_F(ModifiedClient, GenerationsThatAreSkippedCostTheOthersNothingButHerOwnMessages) {
    const auto skip = [&](int count) {
        for (int i = 0; i < count; ++i) (void)sealed_text("never sent");
    };
    skip(200);
    text("after a few");
    EXPECT_EQ(iris_.texts(), Texts{"Joy: after a few"});
    skip(2'000);
    text("after too many");
    EXPECT_TRUE(iris_.saw("message_not_read"));
    EXPECT_TRUE(amara_.saw("message_not_read"));
    EXPECT_TRUE(joy_->refusals.empty()) << "the relay cannot tell";
    evening_.join(amara_, "Kemi");  // the next epoch
    settle();
    text("and now");
    expect_the_others_go_on({"Joy: after a few", "Joy: and now"});
}

// For Amara a wrap of the content key, for Blessing one of another: so that each could be told something else, did the
// header not commit to one key.
TEST_F(ModifiedClient, WrapsThatOpenToOtherKeysForDifferentStaffShowThemOneTextOrNone) {
    Phone& blessing = evening_.join_staff(amara_, evening_.blessing);
    settle();
    const SealingKey blessings_key = lane_key_of(last_heard<Entered>(blessing)->self);
    const LaneContent content{joy_->room(), joy_->member(), LaneKind::private_note, evening_.random_id<InnerId>(),
                              tls::encode(Text{"for Amara"})};
    Bytes plain = tls::encode(PaddedLaneContent{crypto::sign(content, joy_->leaf_key()), {}});
    plain.resize(limits::lane_plain_bytes);
    const auto committed = crypto::random_secret<32>(evening_.random);
    const auto other = crypto::random_secret<32>(evening_.random);
    tls::Writer label;
    label.vector(as_bytes(LaneHeader::commitment_label));
    LaneEnvelope envelope;
    envelope.header.commitment = crypto::Sha256().add(label.bytes()).add(committed.view()).finish();
    const auto wrap = [&](const SealingKey& to, const crypto::Secret<32>& key) {
        const auto sealed = crypto::hpke_seal(to, crypto::HpkeInfo(as_bytes(LaneHeader::wrap_info)),
                                              ByteView(envelope.header.commitment), key.view(), evening_.random);
        LaneWrap made{to, sealed->encapsulation.bytes, {}};
        std::copy(sealed->ciphertext.begin(), sealed->ciphertext.end(), made.sealed_key.begin());
        envelope.header.wraps.push_back(made);
    };
    wrap(lane_key_of(amara_id()), committed);
    wrap(blessings_key, other);
    envelope.sealed = crypto::aead_seal(committed, crypto::AeadNonce(), tls::encode(envelope.header), plain);
    joy_->ask_for(LaneFrame{envelope});
    EXPECT_TRUE(joy_->refusals.empty()) << "the relay cannot tell";
    ASSERT_EQ(amara_.all<NoteEvent>().size(), 1U);
    EXPECT_EQ(amara_.last<NoteEvent>().text, "for Amara");
    EXPECT_TRUE(blessing.all<NoteEvent>().empty());
    ASSERT_TRUE(iris_.client.note("for both", evening_.now));
    settle();
    EXPECT_EQ(blessing.last<NoteEvent>().text, "for both");
    expect_the_others_go_on();
}

}  // namespace
}  // namespace veranda::tests
