// An evening in one process: a real relay, an embedded store, and as many real client cores as a test asks for, on
// simulated time and with real cryptography. Only the sockets are missing. For tests only.
#pragma once

#include <deque>
#include <list>
#include <map>

#include "client-lib/client/client.hpp"
#include "protocol/frame_codec.hpp"
#include "server/relay/relay.hpp"
#include "server/store/memory/memory_store.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::tests {

inline const std::string test_origin = "http://relay.test";

// What a client core has shown so far.
struct ShownEvents {
    std::vector<client::Event> events;

    template <class Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const auto& event : events)
            if (const auto* kind = std::get_if<Kind>(&event)) found.push_back(*kind);
        return found;
    }
    template <class Kind>
    Kind last() const {
        const auto found = all<Kind>();
        return found.empty() ? Kind{} : found.back();
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> found;
        for (const auto& message : all<client::MessageEvent>()) found.push_back(message.from + ": " + message.text);
        return found;
    }
    bool saw(std::string_view code) const {
        for (const auto& event : all<client::NoticeEvent>())
            if (event.code == code) return true;
        for (const auto& event : all<client::ErrorEvent>())
            if (event.code == code) return true;
        return false;
    }
};

// One client core and its side of a wire that can be cut.
class Phone final : public relay::Connection, public ShownEvents {
public:
    Phone(client::Client core, relay::Relay*& relay) : client(std::move(core)), relay_(relay) {}

    client::Client client;
    bool keeps_rosters = true;                 // in a large room they are many, and long
    bool offline = false;                      // Connect is left undone
    std::function<void(Bytes& message)> hear;  // may change what the relay sends
    std::function<void(Bytes& message)> say;   // may change what she sends; empty: it is withheld
    std::vector<Bytes> heard;                  // everything the relay ever sent, raw
    std::vector<GroupBookBody> saved;          // her group book, each time that it was to be written
    std::vector<std::string> done;             // "save" and "send", in order

    client::Phase phase() const { return last<client::StateEvent>().phase; }

    void send(relay::SharedFrame frame, PriorityClass) override { inbox_.push_back(*frame); }
    std::size_t queued_bytes() const override { return 0; }
    void close(relay::CloseCode) override { closing_ = true; }

    // One round of everything that can happen without time passing. true: something did.
    bool turn(client::Now now) {
        bool busy = false;
        for (const client::Action& action : client.take_actions()) busy = carry_out(action, now) || busy;
        std::deque<Bytes> messages = std::exchange(inbox_, {});
        for (Bytes& message : messages) {
            heard.push_back(message);
            if (hear) hear(message);
            if (id_ && !message.empty()) client.received(message, now);
            busy = true;
        }
        while (auto event = client.next_event()) {
            if (std::getenv("VERANDA_TEST_TRACE") != nullptr)
                std::printf("%p %s\n", static_cast<void*>(this), client::to_json(*event).c_str());
            busy = true;
            if (keeps_rosters || !std::holds_alternative<client::RosterEvent>(*event))
                events.push_back(*std::move(event));
        }
        if (closing_) cut(now), busy = true;
        return busy;
    }

    // The wire is gone, on both sides; what was under way is lost.
    void cut(client::Now now) {
        closing_ = false;
        inbox_.clear();
        if (!id_) return;
        relay_->closed(*std::exchange(id_, std::nullopt), now.wall);
        client.disconnected(now);
    }

    // As if the phone sent these bytes by itself.
    void send_raw(const Bytes& message, client::Now now) {
        if (id_) relay_->received(*id_, message, now.wall);
    }

private:
    bool carry_out(const client::Action& action, client::Now now) {
        if (std::holds_alternative<client::Connect>(action)) {
            if (offline) return client.disconnected(now), false;
            client.connected(now);
            id_ = relay_->opened(*this, now.wall);
        } else if (const auto* save = std::get_if<client::SaveBook>(&action)) {
            const auto body = tls::decode<GroupBookBody>(save->body);
            EXPECT_TRUE(body);
            if (body) saved.push_back(*body);
            done.emplace_back("save");
        } else if (const auto* message = std::get_if<client::Send>(&action)) {
            done.emplace_back("send");
            Bytes bytes = message->message;
            if (say) say(bytes);
            if (id_ && !bytes.empty()) relay_->received(*id_, bytes, now.wall);
        } else if (id_) {
            inbox_.clear();
            relay_->closed(*std::exchange(id_, std::nullopt), now.wall);
        }
        return true;
    }

    relay::Relay*& relay_;
    std::optional<relay::ConnectionId> id_;
    std::deque<Bytes> inbox_;
    bool closing_ = false;
};

class Evening {
public:
    explicit Evening(std::uint64_t seed = 1)
        : random(seed), harbour(random), amara(harbour.certify("Amara")), blessing(harbour.certify("Blessing")) {
        store.advance(now.wall);
        relay::Settings settings;
        settings.origins = {test_origin};
        settings.members_max = limits::members_max;
        relay_ = std::make_unique<relay::Relay>(settings, relay::Organisation{harbour.organisation, harbour.staff},
                                                store, random);
        relay_now = relay_.get();
    }

    SeededRandom random;
    SmallOrganisation harbour;
    client::StaffKeys amara;
    client::StaffKeys blessing;
    client::Now now{UnixMillis{test_time.value * 1000}, 1'000'000};
    store::MemoryStore store;
    relay::Relay* relay_now = nullptr;
    std::list<Phone> phones;

    Phone& phone() { return phones.emplace_back(client::Client(test_origin, harbour.anchor(), random), relay_now); }

    // Runs until nothing more happens without time passing.
    void settle() {
        for (bool busy = true; busy;) {
            busy = false;
            for (Phone& each : phones) busy = each.turn(now) || busy;
        }
    }
    // Lets time pass, a second at a time.
    void wait(std::uint64_t seconds) {
        for (std::uint64_t i = 0; i < seconds; ++i) {
            now.wall.value += 1'000;
            now.steady_ms += 1'000;
            store.advance(now.wall);
            relay_now->tick(now.wall);
            for (Phone& each : phones) each.client.tick(now);
            settle();
        }
    }

    template <class Id>
    Id random_id() {
        return Id{random.array<Id::size>()};
    }

    Phone& host(const client::StaffKeys& keys, std::string name = "Evening group") {
        client::GroupPlan plan;
        plan.name = std::move(name);
        return host(keys, plan);
    }
    Phone& host(const client::StaffKeys& keys, client::GroupPlan plan) {
        Phone& facilitator = phone();
        plan.rules = "Be kind.";
        EXPECT_TRUE(facilitator.client.host(clone(keys), plan, now));
        settle();
        return facilitator;
    }
    std::string invite(Phone& facilitator, bool for_staff = false) {
        EXPECT_TRUE(facilitator.client.invite(for_staff, now));
        settle();
        return facilitator.last<client::InviteEvent>().link;
    }
    Phone& open(std::string_view link) {
        Phone& joiner = phone();
        const auto read = circle::read_link(link);
        EXPECT_TRUE(read);
        if (read) {
            EXPECT_TRUE(joiner.client.open_invite(circle::Pass::from(read->entropy), now));
        }
        settle();
        return joiner;
    }
    Phone& knock(std::string_view link, std::string_view name) {
        Phone& joiner = open(link);
        EXPECT_TRUE(joiner.client.knock(name, now));
        settle();
        return joiner;
    }
    Phone& join(Phone& facilitator, std::string_view name) {
        Phone& joiner = knock(invite(facilitator), name);
        EXPECT_TRUE(facilitator.client.admit(name, now));
        settle();
        return joiner;
    }
    Phone& join_staff(Phone& facilitator, const client::StaffKeys& keys) {
        Phone& second = open(invite(facilitator, true));
        EXPECT_TRUE(second.client.knock_as_staff(clone(keys), now));
        settle();
        EXPECT_TRUE(facilitator.client.admit(keys.certificate.body.name, now));
        settle();
        return second;
    }
    void say(Phone& who, std::string_view text) {
        const auto said = who.client.say(text, now);
        EXPECT_TRUE(said) << (said ? "" : said.error().rule->name);
        settle();
    }

private:
    std::unique_ptr<relay::Relay> relay_;
};

}  // namespace veranda::tests
