// Every signed thing of the protocol, field by field: whichever field is changed, whoever believes the thing refuses
// it, and a signature that was made for one kind of thing is none for another. A signed thing without a row here fails.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "client-lib/circle/joining/group_book.hpp"
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "tests/hostile/signed_fields.hpp"
#include "tests/support/rooms.hpp"
#include "tests/support/sealed_to.hpp"

namespace veranda::tests {
namespace {

namespace fs = std::filesystem;

struct Row {
    std::string_view name;  // as the structure is called
    void (*run)();
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

// ---- staff ----

void try_organisation() {
    const SignedWorld world;
    expect_all_signed(Judged<Organisation>{world.harbour.organisation,
                                           world.harbour.root,
                                           [](const auto& it) { return rule_of(crypto::check_organisation(it)); },
                                           {"organisation_signature"}});
}

void try_certificate_request() {
    const SignedWorld world;
    const CertificateRequest body{world.amara.key.public_key(), world.amara.sealing.public_key, "Amara"};
    expect_all_signed(Judged<CertificateRequest>{crypto::sign(body, world.amara.key),
                                                 world.amara.key,
                                                 [](const auto& it) { return rule_of(crypto::check_request(it)); },
                                                 {"request_signature"}});
}

void try_certificate() {
    const SignedWorld world;
    const auto root = world.harbour.root.public_key();
    expect_all_signed(Judged<Certificate>{
        world.amara.certificate,
        world.harbour.root,
        [&](const auto& it) { return rule_of(crypto::check_certificate(it, root, world.harbour.staff, test_time)); },
        {"certificate_root", "certificate_signature"}});
}

void try_staff_list_head() {
    const SignedWorld world;
    const auto root = world.harbour.root.public_key();
    expect_all_signed(Judged<StaffListHead>{world.harbour.staff.head,
                                            world.harbour.root,
                                            [&](const auto& it) {
                                                StaffList list = world.harbour.staff;
                                                list.head = it;
                                                return rule_of(crypto::check_staff_list(list, root));
                                            },
                                            {"staff_list_signature", "staff_list_chain"}});
}

void try_session_statement() {
    const SignedWorld world;
    expect_all_signed(Judged<SessionStatement>{
        world.credential().statement,
        world.amara.key,
        [&](const auto& it) {
            return rule_of(world.trust.check({world.amara.certificate, it}, world.room, test_time));
        },
        {"statement_signature", "statement_other_certificate", "statement_other_room", "statement_role"}});
}

// ---- the room, as a client believes it ----

void try_genesis() {
    const SignedWorld world;
    const GenesisEntry good = world.genesis();
    expect_all_signed(
        Judged<Genesis>{good.genesis,
                        world.session_key,
                        [&](const auto& it) {
                            return rule_of(circle::RoomState::open({it, good.opener}, world.trust, test_time));
                        },
                        {"genesis_invalid", "statement_other_room"}});
}

void try_admission() {
    const SignedWorld world;
    expect_all_signed(Judged<Admission>{crypto::sign(world.admission(), world.session_key),
                                        world.session_key,
                                        [&](const auto& it) {
                                            auto state = world.state();
                                            return rule_of(state.admit(it, world.trust, test_time));
                                        },
                                        {"admission_signer", "admission_invalid"}});
}

void try_order() {
    const SignedWorld world;
    Order order;
    order.room = world.room;
    order.signer = world.amara_id;
    order.number = SignerNumber{1};
    order.kind = OrderKind::set_level;
    order.member = world.iris_id;
    order.level = Level::listens;
    order.seconds = 60;
    expect_all_signed(Judged<Order>{crypto::sign(order, world.session_key),
                                    world.session_key,
                                    [&](const auto& it) {
                                        auto state = world.state();
                                        return rule_of(state.obey(it, {}));
                                    },
                                    {"order_signer"}});
}

void try_lane_content() {
    const SignedWorld world;
    const LaneContent body{world.room, world.iris_id, LaneKind::private_note, InnerId{{1}}, tls::encode(Text{"help"})};
    expect_all_signed(Judged<LaneContent>{
        crypto::sign(body, world.leaf_key),
        world.leaf_key,
        [&](const auto& it) { return rule_of(circle::check_lane_sender(it, world.room, world.leaf_key.public_key())); },
        {"lane_signature", "lane_other_room"}});
}

// ---- at the door ----

void try_card() {
    SignedWorld world;
    expect_all_signed(Judged<Card>{
        crypto::sign(world.card(), world.session_key),
        world.session_key,
        [&](const auto& it) {
            const Bytes sealed = sealed_to(world.pass.keys().sealing_key, "Veranda 1 card seal", world.card_id,
                                           tls::encode(PaddedCard{it, {}}), limits::card_plain_bytes, world.random);
            return rule_of(circle::open_card(sealed, world.pass, world.card_id, world.trust, test_time));
        },
        {"card_signature", "certificate_root", "certificate_signature", "statement_signature",
         "statement_other_certificate", "statement_other_room", "statement_role"}});
}

void try_knock() {
    SignedWorld world;
    auto made = circle::make_card(world.card(), world.session_key, world.pass.keys(), world.card_id, world.random);
    ASSERT_TRUE(made);
    const auto own =
        mls::make_key_package(circle::member_identity("Iris"), world.leaf_key.clone(),
                              UnixSeconds{test_time.value - 60}, UnixSeconds{test_time.value + 3600}, world.random);
    const Knock knock{.room = world.room,
                      .card = made->secrets.sealed_hash,
                      .pass = world.pass.keys(),
                      .key_package = tls::encode(own.public_part),
                      .access_key = AccessKey{world.leaf_key.public_key().bytes},
                      .ticket = world.ticket.keys(),
                      .pseudonym = "Iris",
                      .reason = KnockReason::first_visit,
                      .staff = std::nullopt,
                      .from = std::nullopt};
    expect_all_signed(
        Judged<Knock>{crypto::sign(knock, world.pass.signing),
                      world.pass.signing,
                      [&](const auto& it) {
                          const Bytes plain = tls::encode(it);
                          KnockEnvelope envelope{
                              world.card_id, sealed_to(made->secrets.knock_sealing.public_key, "Veranda 1 knock seal",
                                                       made->secrets.sealed_hash, plain, plain.size(), world.random)};
                          return rule_of(circle::open_knock({envelope, {}}, made->secrets, world.genesis().genesis.body,
                                                            world.trust, test_time));
                      },
                      {"knock_pass_signature", "knock_other_card", "knock_other_pass", "knock_not_opened"}});
}

// By staff, to the one who knocks; and the other way.
void try_talk() {
    SignedWorld world;
    auto made = circle::make_card(world.card(), world.session_key, world.pass.keys(), world.card_id, world.random);
    ASSERT_TRUE(made);
    const auto card = circle::open_card(made->posted.sealed, world.pass, world.card_id, world.trust, test_time);
    ASSERT_TRUE(card);
    const KnockId id{{6}};
    TalkContent content{world.room, id, world.credential(), 1, TalkKind::text, *circle::talk_text("Who are you?")};
    const auto sealed = [&](const Signed<TalkContent>& it, const SealingKey& to) {
        const auto size = it.body.kind == TalkKind::recap ? limits::recap_plain_bytes : limits::talk_plain_bytes;
        return sealed_to(to, TalkContent::seal_info, id, tls::encode(PaddedTalk{it, {}}), size, world.random);
    };
    const std::set<std::string_view> names{"talk_signature", "talk_other_knock", "talk_speaker", "talk_not_opened"};
    expect_all_signed(Judged<TalkContent>{crypto::sign(content, world.session_key), world.session_key,
                                          [&](const auto& it) {
                                              return rule_of(circle::open_talk_from_staff(
                                                  sealed(it, world.ticket.keys().sealing_key), world.ticket, id, *card,
                                                  world.trust, test_time));
                                          },
                                          names});
    content.speaker.reset();
    Knock knock;
    knock.room = world.room;
    knock.ticket = world.ticket.keys();
    expect_all_signed(Judged<TalkContent>{crypto::sign(content, world.ticket.signing), world.ticket.signing,
                                          [&](const auto& it) {
                                              return rule_of(circle::open_talk_from_joiner(
                                                  sealed(it, made->secrets.knock_sealing.public_key),
                                                  made->secrets.knock_sealing, id, knock));
                                          },
                                          names});
}

// ---- as the relay judges ----

class AtTheRelay {
public:
    AtTheRelay() {
        world.open();
        card = world.card();
        world.amara.ask(PostCards{{card}}, world.now);
        joiner = world.knock(card.id);
        world.greet(world.iris);
        EXPECT_TRUE(is<Done>(world.iris.ask(joiner, world.now)));
    }
    template <class Frame>
    std::string_view asked(Person& who, const Frame& frame) {
        world.pass(200);  // it paces requests
        return refusal(who.ask(frame, world.now));
    }
    static std::string_view refusal(const ServerFrame& answer) {
        const auto* refused = std::get_if<Refused>(&answer);
        return refused == nullptr ? std::string_view() : name(refused->refusal);
    }

    World world;
    PostedCard card;
    KnockFrame joiner;
};

void try_knock_refusal() {
    AtTheRelay at;
    const KnockId id{crypto::sha256(tls::encode(at.joiner.envelope)).bytes};
    expect_all_signed(Judged<KnockRefusal>{at.world.refusal(at.world.amara, id),
                                           at.world.amara.leaf_key,
                                           [&](const auto& it) { return at.asked(at.world.amara, RefuseKnock{it}); },
                                           {"order_signature"}});
}

void try_lane_acknowledgement() {
    AtTheRelay at;
    const LaneFrame lane = at.world.lane();
    at.world.let_in(at.world.iris);
    at.world.iris.ask(lane, at.world.now);
    expect_all_signed(
        Judged<LaneAcknowledgement>{at.world.acknowledgement(at.world.amara, lane),
                                    at.world.amara.leaf_key,
                                    [&](const auto& it) { return at.asked(at.world.amara, AcknowledgeLane{it}); },
                                    {"order_signature"}});
}

void try_access_proof() {
    AtTheRelay at;
    at.world.let_in(at.world.iris);
    at.world.greet(at.world.iris);
    expect_all_signed(Judged<AccessProof>{at.world.proof(at.world.iris),
                                          at.world.iris.access_key,
                                          [&](const auto& it) {
                                              return at.asked(at.world.iris, Enter{it, {}});
                                          },
                                          {"access_signature"}});
}

void try_knock_envelope() {
    AtTheRelay at;
    expect_all_signed(Judged<KnockEnvelope>{at.joiner.envelope,
                                            at.world.knock_key,
                                            [&](const auto& it) { return at.asked(at.world.iris, KnockFrame{it}); },
                                            {"knock_signature", "no_such_card"}});
}

// ---- the book ----

void try_book_entry() {
    SignedWorld world;
    const circle::BookPen pen{world.amara.certificate, world.amara.key};
    const auto book = circle::GroupBook::start({"Evening group", "Be kind.", "en"}, pen, test_time, world.random);
    const BookEntry body{book.group(),          test_time,     crypto::hash_of(world.amara.certificate),
                         BookEntryKind::person, PersonId{{3}}, tls::encode(Text{"Iris"})};
    expect_all_signed(
        Judged<BookEntry>{crypto::sign(body, world.amara.key),
                          world.amara.key,
                          [&](const auto& it) {
                              circle::GroupBook taken = book;
                              return rule_of(taken.take(it, world.amara.certificate, world.harbour.root.public_key()));
                          },
                          {"book_entry_signature", "book_other_group", "book_entry_writer"}});
}

constexpr Row rows[] = {
    {"Organisation", try_organisation},
    {"CertificateRequest", try_certificate_request},
    {"Certificate", try_certificate},
    {"StaffListHead", try_staff_list_head},
    {"SessionStatement", try_session_statement},
    {"Genesis", try_genesis},
    {"Admission", try_admission},
    {"Order", try_order},
    {"KnockRefusal", try_knock_refusal},
    {"LaneAcknowledgement", try_lane_acknowledgement},
    {"AccessProof", try_access_proof},
    {"KnockEnvelope", try_knock_envelope},
    {"Card", try_card},
    {"Knock", try_knock},
    {"TalkContent", try_talk},
    {"LaneContent", try_lane_content},
    {"DutyStatement", try_duty_statement},
    {"DutyProof", try_duty_proof},
    {"DutyAccess", try_duty_access},
    {"DeskRequest", try_desk_request},
    {"DeskAnswer", try_desk_answer},
    {"HandOver", try_hand_over},
    {"BookEntry", try_book_entry},
};

class SignedFields : public testing::TestWithParam<Row> {};

TEST_P(SignedFields, AreAllUnderTheSignature) { GetParam().run(); }

INSTANTIATE_TEST_SUITE_P(Every, SignedFields, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(SignedThings, HaveEachARowHereAndInTheDocumentAndALabelOfTheirOwn) {
    const auto all = labelled();
    std::set<std::string> tried;
    for (const Row& row : rows) tried.emplace(row.name);
    std::set<std::string> labels;
    std::ostringstream document;
    document << std::ifstream(VERANDA_SOURCE_DIR "/docs/protocol.md").rdbuf();
    for (const auto& [name, label] : all) {
        EXPECT_TRUE(tried.contains(name)) << name << " has no row in this test";
        EXPECT_TRUE(labels.insert(label).second) << label << " is of two things";
        const std::string row = "| " + name + ": " + label.substr(std::string("Veranda 1 ").size()) + " |";
        EXPECT_NE(document.str().find(row), std::string::npos) << row << " is not in docs/protocol.md, 6";
    }
    EXPECT_EQ(tried.size(), all.size()) << "a row is of a thing that is not there";
}

// What is written Signed<...> anywhere in our code is one of them.
TEST(SignedThings, AreWhateverTheCodeCallsSigned) {
    const auto all = labelled();
    const std::regex form(R"(\bSigned<(\w+)>)");
    std::size_t seen = 0;
    for (const char* folder : {"/protocol", "/crypto", "/client-lib", "/server"}) {
        for (const auto& file : fs::recursive_directory_iterator(std::string(VERANDA_SOURCE_DIR) + folder)) {
            if (file.path().extension() != ".hpp" && file.path().extension() != ".cpp") continue;
            std::ostringstream text;
            text << std::ifstream(file.path()).rdbuf();
            const std::string code = text.str();
            for (std::sregex_iterator at(code.begin(), code.end(), form), end; at != end; ++at, ++seen) {
                const std::string name = (*at)[1];
                EXPECT_TRUE(name == "Body" || all.contains(name)) << name << " in " << file.path();
            }
        }
    }
    EXPECT_GT(seen, 100U);
}

}  // namespace
}  // namespace veranda::tests
