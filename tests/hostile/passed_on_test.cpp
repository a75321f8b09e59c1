// What honest clients do with everything that a server could pass on: every order, handshake, content and thing said in
// the lane, by every role, really made with that role's keys and really brought to two honest clients. The second half
// of docs/orders-and-roles.md is what they answer; run with VERANDA_WRITE_DOCUMENTS=1 to write it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "client-lib/circle/moderation/staff_lane.hpp"
#include "client-lib/circle/trust/roles.hpp"
#include "client-lib/mls/public_message.hpp"
#include "tests/support/hostile_relay.hpp"
#include "tests/unit/mls/forge.hpp"

namespace veranda::tests {
namespace {

constexpr Role roles[] = {Role::member, Role::facilitator, Role::counsellor, Role::mediator, Role::lead};
constexpr std::string_view heading = "\n# With a server that passes everything on\n";

// Without a default: a kind that somebody adds does not compile until it has a name, and so a row.
std::string_view name_of(OrderKind kind) { return client::name(kind); }
std::string_view name_of(ContentKind kind) {
    switch (kind) {
        case ContentKind::text: return "text";
        case ContentKind::reply: return "reply";
        case ContentKind::warned: return "warned";
        case ContentKind::hide: return "hide (others')";
        case ContentKind::pin: return "pin";
        case ContentKind::round: return "round";
        case ContentKind::recap: return "recap";
        case ContentKind::held_release: return "held_release";
        case ContentKind::closing: return "closing";
        case ContentKind::hand_over: return "hand_over";
        case ContentKind::pulse: return "pulse";
        case ContentKind::liveness: return "liveness";
        case ContentKind::reaction: return "reaction";
        case ContentKind::hello: return "hello";
    }
    return {};
}
std::string_view name_of(LaneKind kind) {
    switch (kind) {
        case LaneKind::raised_hand: return "raised_hand";
        case LaneKind::private_note: return "private_note";
        case LaneKind::report: return "report";
        case LaneKind::not_safe: return "not_safe";
        case LaneKind::ask_counsellor: return "ask_counsellor";
        case LaneKind::leaving: return "leaving";
        case LaneKind::hand_over_consent: return "hand_over_consent";
        case LaneKind::pass_secret: return "pass_secret";
        case LaneKind::held_message: return "held_message";
        case LaneKind::erased: return "erased";
        case LaneKind::return_pass: return "return_pass";
        case LaneKind::words_seen: return "words_seen";
        case LaneKind::book_entry: return "book_entry";
        case LaneKind::staff_ticket: return "staff_ticket";
        case LaneKind::pass_void: return "pass_void";
    }
    return {};
}
enum class Handshake {
    commit,
    commit_in_the_clear,
    external_commit,
    proposal,
    proposal_in_the_clear,
    text_in_the_clear
};
std::string_view name_of(Handshake handshake) {
    switch (handshake) {
        case Handshake::commit: return "Commit";
        case Handshake::commit_in_the_clear: return "Commit as a PublicMessage";
        case Handshake::external_commit: return "external Commit";
        case Handshake::proposal: return "Proposal on its own";
        case Handshake::proposal_in_the_clear: return "Proposal as a PublicMessage";
        case Handshake::text_in_the_clear: return "text as a PublicMessage";
    }
    return {};
}
template <class Kind>
std::vector<Kind> every() {
    std::vector<Kind> all;
    for (unsigned number = 0; number <= 0x8fff; ++number)
        if (const auto kind = static_cast<Kind>(number);
            static_cast<unsigned>(kind) == number && !name_of(kind).empty())
            all.push_back(kind);
    return all;
}

// Amara's evening with Iris, and somebody of that role whose keys the test holds.
class Passing final : public HostileRelay {
public:
    explicit Passing(Role role) : keys_(evening_.harbour.certify("Joy", role == Role::member ? Role::lead : role)) {
        evening_.relay_now->organisation_changed({evening_.harbour.organisation, evening_.harbour.staff},
                                                 evening_.now.wall);
        amara_.cut(evening_.now);  // she is shown the new list
        evening_.wait(2);
        iris_ = &evening_.join(amara_, "Iris");
        const std::string link = evening_.invite(amara_, role != Role::member);
        role == Role::member ? joy_.emplace(evening_, link, "Joy") : joy_.emplace(evening_, link, keys_);
        EXPECT_TRUE(amara_.client.admit("Joy", evening_.now));
        settle();
        EXPECT_TRUE(joy_->is_in()) << name(role);
    }

    std::string order_cell(OrderKind kind) {
        Order made = order(kind, joy_->member());
        if (kind == OrderKind::set_level || kind == OrderKind::remove || kind == OrderKind::lift)
            made.member = last_heard<Entered>(*iris_)->self;
        const auto signed_order = crypto::sign(made, joy_->leaf_key());
        mark();
        joy_->ask_for(OrderFrame{evening_.random_id<SubmissionId>(), signed_order});
        return cell([&] { pass_on(EntryKind::order, tls::encode(signed_order)); });
    }
    std::string handshake_cell(Handshake kind) {
        const Bytes message = made(kind);
        mark();
        joy_->ask_for(Submit{evening_.random_id<SubmissionId>(), message});
        return cell([&] {
            pass_on(kind == Handshake::text_in_the_clear ? EntryKind::application : EntryKind::commit, message);
        });
    }
    std::string content_cell(ContentKind kind) {
        evening_.say(amara_, "hello");
        joy_->read();
        const auto content = circle::wrap(kind, evening_.random_id<InnerId>(), body(kind));
        const Bytes message = *joy_->groups.back().seal(*content, evening_.random);
        mark();
        joy_->ask_for(Submit{evening_.random_id<SubmissionId>(), message});
        return cell([&] { pass_on(EntryKind::application, message); });
    }
    std::string lane_cell(LaneKind kind, bool says_another_sent_it) {
        const auto amaras = last_heard<Entered>(amara_)->genesis.opener.body.staff->statement.body.lane_key;
        const LaneContent content{joy_->room(), joy_->member(), kind, evening_.random_id<InnerId>(), body(kind)};
        const auto envelope = circle::seal_lane(content, joy_->leaf_key(), {&amaras, 1}, evening_.random);
        mark();
        if (says_another_sent_it) {
            invent(amara_, LaneDelivery{last_heard<Entered>(*iris_)->self, *envelope});
        } else {
            joy_->ask_for(LaneFrame{*envelope});
        }
        settle();
        return cell([] {});
    }

private:
    void TestBody() override {}

    void settle() {
        evening_.settle();
        if (joy_) joy_->read();
        evening_.settle();
    }
    void pass_on(EntryKind kind, const Bytes& bytes) {
        invent_entry(*iris_, kind, bytes, joy_->member());
        invent_entry(amara_, kind, bytes, joy_->member());
    }
    void mark() {
        joy_->refusals.clear();
        seen_ = {iris_->events.size(), amara_.events.size()};
    }
    // Whether the relay takes it; and if it does not, what clients say to it all the same.
    std::string cell(const std::function<void()>& pass_it_on) {
        settle();
        if (joy_->refusals.empty()) return joy_->is_cut() ? "relay: cut" : said();
        const std::string relay = "relay: " + std::string(name(joy_->refusals.front()));
        pass_it_on();
        return relay + "; clients: " + said();
    }
    std::string said() const {
        std::set<std::string> codes;
        bool shown = false;
        const auto look = [&](const Phone& phone, std::size_t from) {
            for (std::size_t i = from; i < phone.events.size(); ++i) {
                const client::Event& event = phone.events[i];
                if (const auto* error = std::get_if<client::ErrorEvent>(&event)) {
                    codes.insert(error->code);
                } else if (const auto* notice = std::get_if<client::NoticeEvent>(&event)) {
                    codes.insert(notice->code);
                } else {
                    shown = true;
                }
            }
        };
        look(*iris_, seen_.first);
        look(amara_, seen_.second);
        if (codes.empty()) return shown ? "yes" : "nothing to be seen";
        std::string all;
        for (const std::string& code : codes) all += (all.empty() ? "" : ", ") + code;
        return all;
    }

    Bytes made(Handshake kind) {
        mls::Group& group = joy_->groups.back();
        if (kind == Handshake::commit) return group.commit({}, {}, evening_.random, mls::PathPolicy::always)->message;
        mls::tests::Forge forge(group);
        const mls::Proposal removal = mls::tests::removal(1);
        if (kind == Handshake::proposal) return forge.message(removal);
        mls::Commit commit;
        commit.proposals.push_back(
            {kind == Handshake::external_commit ? mls::Proposal{mls::ExternalInit{Bytes(32, 1)}} : removal});
        mls::Content content = commit;
        if (kind == Handshake::proposal_in_the_clear) content = removal;
        if (kind == Handshake::text_in_the_clear) content = to_bytes(as_bytes("hello"));
        auto message = forge.signed_content(std::move(content));
        if (kind == Handshake::external_commit) message.content.sender = {mls::SenderType::new_member_commit, 0};
        return mls::encode_message(mls::PublicMessage{message.content, message.auth, Bytes(32)});
    }
    Bytes body(ContentKind kind) const {
        const MessageRef amaras{amara_id(), last_id()};
        switch (kind) {
            case ContentKind::text: return tls::encode(Text{"hello"});
            case ContentKind::reply: return tls::encode(Reply{amaras, "hello"});
            case ContentKind::warned: return tls::encode(Warned{amaras, "hello"});
            case ContentKind::hide: return tls::encode(Hide{amaras, true});
            case ContentKind::pin: return tls::encode(Pin{"Be kind."});
            case ContentKind::closing: return tls::encode(Closing{"Good night.", 0});
            case ContentKind::hand_over: return tls::encode(HandOverQuestion{});
            case ContentKind::reaction: return tls::encode(Reaction{amaras, ReactionSign::heart});
            case ContentKind::pulse: {
                Pulse pulse;
                pulse.epoch = joy_->groups.back().epoch();
                pulse.staff_list_head = evening_.harbour.staff.head.body.hash;
                pulse.ends_at = last_heard<Entered>(amara_)->genesis.genesis.body.ends_at.value;
                return tls::encode(pulse);
            }
            case ContentKind::held_release: {
                HeldRelease release;
                release.author.body.level = Level::speaks;
                return tls::encode(release);
            }
            case ContentKind::round:
            case ContentKind::recap:
            case ContentKind::liveness:
            case ContentKind::hello: return {};
        }
        return {};
    }
    static Bytes body(LaneKind kind) {
        switch (kind) {
            case LaneKind::raised_hand: return tls::encode(RaisedHand{true});
            case LaneKind::private_note:
            case LaneKind::not_safe:
            case LaneKind::held_message: return tls::encode(Text{"hello"});
            case LaneKind::pass_void:
            case LaneKind::return_pass: return tls::encode(PassKeys{});
            case LaneKind::report:
            case LaneKind::ask_counsellor:
            case LaneKind::leaving:
            case LaneKind::hand_over_consent:
            case LaneKind::pass_secret:
            case LaneKind::erased:
            case LaneKind::words_seen:
            case LaneKind::book_entry:
            case LaneKind::staff_ticket: return {};
        }
        return {};
    }
    InnerId last_id() const {
        InnerId id;
        const std::string hex = amara_.last<client::MessageEvent>().id;
        for (std::size_t i = 0; i + 1 < hex.size() && i / 2 < InnerId::size; i += 2)
            id.bytes[i / 2] = static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16));
        return id;
    }

    client::StaffKeys keys_;
    Phone* iris_ = nullptr;
    std::optional<Keeper> joy_;
    std::pair<std::size_t, std::size_t> seen_;
};

template <class Kind, class Cell>
void write_table(std::ostream& out, std::string_view title, std::string_view words, const Cell& cell) {
    out << "\n## " << title << "\n\n" << words << "\n\n|";
    for (const Role role : roles) out << " | " << name(role);
    out << " |\n|--";
    for (std::size_t i = 0; i < std::size(roles); ++i) out << "|--";
    out << "|\n";
    for (const Kind kind : every<Kind>()) {
        out << "| " << name_of(kind);
        for (const Role role : roles) {
            Passing passing(role);
            out << " | " << cell(passing, kind);
        }
        out << " |\n";
    }
}

std::string half_a_page() {
    std::ostringstream out;
    out << heading
        << "\nEach of these was made with the keys of somebody of that role, and sent to a real relay. What it refused "
           "was\nbrought to two honest clients all the same, as a server would that passes everything on: a member's "
           "and "
           "a\nfacilitator's. A cell says what the relay answers, if it refuses, and what the clients then say; "
           "\"yes\" "
           "where they\ntake it ([passed_on_test.cpp](../tests/hostile/passed_on_test.cpp)). `left_behind` is what a "
           "client says that drops what\nit cannot apply and comes back by its ticket. \"Nothing to be seen\": no "
           "screen "
           "shows anything of it.\n";
    write_table<OrderKind>(out, "Orders passed on", "None of another role's is obeyed.",
                           [](Passing& at, OrderKind kind) { return at.order_cell(kind); });
    write_table<Handshake>(out, "Handshakes passed on",
                           "A facilitator's Commit as a PrivateMessage is all there is (5.3).",
                           [](Passing& at, Handshake kind) { return at.handshake_cell(kind); });
    write_table<ContentKind>(out, "Content passed on", "No server can tell one from another.",
                             [](Passing& at, ContentKind kind) { return at.content_cell(kind); });
    write_table<LaneKind>(out, "The lane passed on", "As the facilitator's client shows it.",
                          [](Passing& at, LaneKind kind) { return at.lane_cell(kind, false); });
    write_table<LaneKind>(out, "The lane passed on in another's name", "The server says that somebody else sent it.",
                          [](Passing& at, LaneKind kind) { return at.lane_cell(kind, true); });
    return out.str();
}

TEST(WhateverIsPassedOn, IsAnsweredAsThePageSays) {
    const std::string path = VERANDA_SOURCE_DIR "/docs/orders-and-roles.md";
    const auto read = [&] {
        std::ostringstream written;
        written << std::ifstream(path).rdbuf();
        return written.str();
    };
    const std::string now = half_a_page();
    if (std::getenv("VERANDA_WRITE_DOCUMENTS") != nullptr) {
        const std::string first = read().substr(0, read().find(heading));
        std::ofstream(path) << first << now;
    }
    const std::string all = read();
    ASSERT_NE(all.find(heading), std::string::npos);
    EXPECT_EQ(all.substr(all.find(heading)), now)
        << "run this test with VERANDA_WRITE_DOCUMENTS=1, and read what has changed";
}

TEST(WhateverIsPassedOn, OfAnOrderOrCommitCountsAFacilitatorsAlone) {
    for (const Role role : roles) {
        const bool counts = role == Role::facilitator;
        EXPECT_EQ(Passing(role).order_cell(OrderKind::lock) == "yes", counts) << name(role);
        EXPECT_EQ(Passing(role).order_cell(OrderKind::end).find("order_signer") == std::string::npos, counts);
        EXPECT_EQ(Passing(role).handshake_cell(Handshake::commit).find("only_staff_commit") == std::string::npos,
                  counts);
    }
}

}  // namespace
}  // namespace veranda::tests
