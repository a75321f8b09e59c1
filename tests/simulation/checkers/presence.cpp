// Whoever has been gone for longer than presence lives is away on every screen.
#include <string>

#include "client-lib/client/client_state.hpp"
#include "protocol/hex.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// A phone that sleeps is cut off after half a minute, and who is cut off counts as here for as long again; a heartbeat,
// and the way to a slow phone, and then some.
constexpr std::uint64_t gone_ms = 150'000;

class Presence final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "presence"; }

    // Whoever is let in counts as here, though she may turn away at the door.
    void logged(const RoomId&, const LogEntry& entry) override {
        if (entry.kind != EntryKind::admit) return;
        const auto admit = tls::decode<AdmitEntry>(entry.body);
        if (!admit) return;
        for (const auto& admission : admit->admissions)
            if (const auto known = there_.find(admission.body.member); known != there_.end())
                known->second = world().now_ms();
    }

    void each_second() override {
        for (const Device& device : world().devices()) {
            const client::Client* client = device.is_alive() ? device.client() : nullptr;
            if (client == nullptr || !client->state().self) continue;
            if (device.wire() != nullptr && !device.is_asleep())
                there_[client->state().self->member] = world().now_ms();
        }
    }

    void quiet() override {
        for (const Device& device : world().devices())
            if (device.is_in() && device.client() != nullptr && device.client()->state().session) look_at(device);
    }

private:
    void look_at(const Device& device) const {
        const client::Session& session = *device.client()->state().session;
        for (const mls::Member& member : session.group.roster()) {
            const circle::Person* person = session.room.by_leaf(member.signature_key);
            if (person == nullptr) continue;
            const auto last = there_.find(person->admission.member);
            const auto where = session.presence.find(person->admission.member);
            if (last == there_.end() || where == session.presence.end()) continue;
            if (world().now_ms() > last->second + gone_ms && where->second == Whereabouts::here)
                violated(device.name() + " shows member " + to_hex(person->admission.member).substr(0, 8) +
                         " as here, who has been gone for " +
                         std::to_string((world().now_ms() - last->second) / 1'000) + " s");
        }
    }

    std::map<MemberId, std::uint64_t> there_;  // when a phone of hers was last there
};

}  // namespace

std::unique_ptr<Checker> presence_checker(World& world) { return std::make_unique<Presence>(world); }

}  // namespace veranda::simulation
