// The support desk on a simulated evening: counsellors and askers with real client cores, each on a wire to a real
// relay, and the sessions for two that they open.
#pragma once

#include <gtest/gtest.h>

#include "client-lib/client/desk/answer_reader.hpp"
#include "client-lib/client/desk/asking_client.hpp"
#include "client-lib/client/desk/desk_client.hpp"
#include "tests/support/evening.hpp"
#include "tests/support/rule_of.hpp"

namespace veranda::client {

using namespace tests;

// A core of whichever kind, and its side of a wire.
template <class Core>
class Wire final : public relay::Connection, public ShownEvents {
public:
    Wire(Core its_core, relay::Relay*& relay) : core(std::move(its_core)), relay_(relay) {}
    ~Wire() { drop(); }
    Wire(const Wire&) = delete;

    Core core;
    std::function<bool(const ServerFrame&)> keep;  // false: the relay leaves it out
    std::vector<Bytes> heard;

    std::vector<std::string> desk_states() const {
        std::vector<std::string> found;
        for (const auto& event : all<DeskEvent>()) found.push_back(event.state);
        return found;
    }

    bool turn(Now now) {
        bool busy = false;
        for (const Action& action : core.take_actions()) carry_out(action, now), busy = true;
        for (const Bytes& message : std::exchange(inbox_, {})) {
            busy = true;
            heard.push_back(message);
            if (id_ && !is_left_out(message)) core.received(message, now);
        }
        while (auto event = core.next_event()) events.push_back(*std::move(event)), busy = true;
        return busy;
    }
    void cut(Now now) {
        drop();
        core.disconnected(now);
    }
    void drop() {
        inbox_.clear();
        if (id_ && relay_ != nullptr) relay_->closed(*std::exchange(id_, std::nullopt), last_);
    }

    void send(relay::SharedFrame frame, PriorityClass) override { inbox_.push_back(*frame); }
    std::size_t queued_bytes() const override { return 0; }
    void close(relay::CloseCode) override {}

private:
    bool is_left_out(const Bytes& message) const {
        const auto frames = decode_server_message(message);
        const auto* frame = frames ? std::get_if<ServerFrame>(&frames->at(0).frame) : nullptr;
        return keep && frame != nullptr && !keep(*frame);
    }
    void carry_out(const Action& action, Now now) {
        last_ = now.wall;
        if (std::holds_alternative<Connect>(action)) {
            drop();
            core.connected(now);
            id_ = relay_->opened(*this, now.wall);
        } else if (const auto* send = std::get_if<Send>(&action)) {
            if (id_) relay_->received(*id_, send->message, now.wall);
        } else if (std::holds_alternative<Disconnect>(action)) {
            drop();
        }
    }

    relay::Relay*& relay_;
    std::optional<relay::ConnectionId> id_;
    std::deque<Bytes> inbox_;
    UnixMillis last_{};
};

using Counsellor = Wire<DeskClient>;
using Asker = Wire<AskingClient>;
using Reader = Wire<AnswerReader>;

class DeskEvening : public testing::Test {
protected:
    Evening evening{21};
    StaffKeys celia = evening.harbour.certify("Celia", Role::counsellor);
    StaffKeys dora = evening.harbour.certify("Dora", Role::counsellor);
    std::list<Counsellor> counsellors;
    std::list<Asker> askers;
    std::list<Reader> readers;
    using Talk = std::pair<Counsellor*, std::uint64_t>;  // by the number of its request
    std::map<Talk, Phone*> talks;
    std::map<Counsellor*, Phone*> sessions;   // her latest
    std::map<Phone*, StaffKeys> comes_in_as;  // into a session that was handed over
    bool opens_sessions = true;

    void SetUp() override { tell_relay(); }
    void tell_relay() {
        evening.relay_now->organisation_changed(
            relay::Organisation{evening.harbour.organisation, evening.harbour.staff}, evening.now.wall);
    }
    void give_desk_key(const SealingKey& key) {
        Organisation body = evening.harbour.organisation.body;
        body.desk_key = key;
        evening.harbour.organisation = crypto::sign(body, evening.harbour.root);
        tell_relay();
    }

    void settle() {
        for (bool busy = true; busy;) {
            busy = false;
            for (auto& each : counsellors) {
                busy = each.turn(evening.now) || busy;
                if (!opens_sessions) continue;
                while (auto session = each.core.take_session()) {
                    Phone& phone = evening.phone();
                    EXPECT_TRUE(phone.client.host(std::move(session->keys), std::move(session->plan), evening.now));
                    sessions[&each] = talks[{&each, session->number}] = &phone;
                    busy = true;
                }
                busy = hand_over(each) || busy;
            }
            for (auto& each : readers) busy = each.turn(evening.now) || busy;
            for (auto& each : askers) busy = each.turn(evening.now) || busy;
            for (auto& phone : evening.phones) busy = phone.turn(evening.now) || busy;
        }
    }
    // As a counsellor's client does it: between her desk and her sessions.
    bool hand_over(Counsellor& each) {
        bool busy = false;
        while (auto handed = each.core.take_handed_over()) {
            Phone& phone = evening.phone();
            EXPECT_TRUE(phone.client.open_invite_of(std::move(handed->pass), {handed->issuer}, evening.now));
            comes_in_as.emplace(&phone, std::move(handed->keys));
            sessions[&each] = talks[{&each, handed->number}] = &phone;
            busy = true;
        }
        if (auto colleague = each.core.take_colleague()) {
            const Talk talk{&each, colleague->number};
            told_to_room = rule_of(talks.at(talk)->client.ask_to_hand_over(colleague->certificate, evening.now));
            if (told_to_room.empty()) successors.insert_or_assign(talk, *std::move(colleague));
            busy = true;
        }
        for (const auto& [talk, phone] : talks) busy = (talk.first == &each && hand_over(talk, *phone)) || busy;
        return busy;
    }
    bool hand_over(const Talk& talk, Phone& phone) {
        bool busy = false;
        if (const auto pass = phone.client.take_hand_over()) {
            told_to_desk = rule_of(talk.first->core.hand_over(successors.at(talk), *pass, evening.now));
            busy = true;
        }
        if (!phone.all<InvitationEvent>().empty() && comes_in_as.contains(&phone)) {
            EXPECT_TRUE(phone.client.knock_as_staff(std::move(comes_in_as.at(&phone)), evening.now));
            comes_in_as.erase(&phone);
            busy = true;
        }
        return busy;
    }
    std::map<Talk, Colleague> successors;
    std::string_view told_to_room;
    std::string_view told_to_desk;

    void wait(std::uint64_t seconds) {
        for (std::uint64_t i = 0; i < seconds; ++i) {
            evening.now.wall.value += 1'000;
            evening.now.steady_ms += 1'000;
            evening.store.advance(evening.now.wall);
            evening.relay_now->tick(evening.now.wall);
            for (auto& each : counsellors) each.core.tick(evening.now);
            for (auto& each : askers) each.core.tick(evening.now);
            for (auto& each : readers) each.core.tick(evening.now);
            for (auto& phone : evening.phones) phone.client.tick(evening.now);
            settle();
        }
    }

    Counsellor& on_duty(const StaffKeys& keys, std::optional<crypto::KemKeyPair> desk_key = std::nullopt) {
        auto& made = counsellors.emplace_back(DeskClient(test_origin, evening.harbour.anchor(), evening.random),
                                              evening.relay_now);
        EXPECT_EQ(rule_of(made.core.go_on_duty(clone(keys), {"en", "it"}, evening.now, std::move(desk_key))), "");
        settle();
        EXPECT_EQ(made.last<DutyEvent>().state, "on_duty");
        return made;
    }
    Asker& asks(AskPlan plan = {}) {
        auto& made =
            askers.emplace_back(AskingClient(test_origin, evening.harbour.anchor(), evening.random), evening.relay_now);
        EXPECT_EQ(rule_of(made.core.ask(std::move(plan), evening.now)), "");
        settle();
        return made;
    }
    Reader& reads(std::string_view words) {
        const auto entropy = circle::read_words(words);
        EXPECT_TRUE(entropy);
        auto& made = readers.emplace_back(AnswerReader(test_origin, evening.harbour.anchor(), evening.random),
                                          evening.relay_now);
        EXPECT_EQ(rule_of(made.core.read(circle::Pass::from(*entropy), evening.now)), "");
        settle();
        return made;
    }
    void take(Counsellor& who, std::uint64_t number) {
        EXPECT_EQ(rule_of(who.core.take(number, evening.now)), "");
        settle();
        wait(3);
    }
    void say(Asker& who, std::string_view text) {
        EXPECT_EQ(rule_of(who.core.say(text, evening.now)), "");
        settle();
    }
};

}  // namespace veranda::client
