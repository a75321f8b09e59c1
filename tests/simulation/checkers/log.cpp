// The log is as the relay should keep it: no entry twice, one Commit an epoch, no message of another epoch or of one in
// which somebody was removed, nobody let in while the room is locked.
#include <optional>
#include <set>
#include <string>

#include "protocol/mls_envelope.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/people/infiltrator.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

struct Logged {
    bool is_whole = false;  // from its genesis
    std::set<Bytes> bodies;
    std::uint64_t epoch = 0;
    std::optional<std::uint64_t> closed_epoch;
    bool is_locked = false;
};

class Log final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "log"; }

    void logged(const RoomId& id, const LogEntry& entry) override {
        Logged& room = rooms_[id];
        room.is_whole = room.is_whole || entry.kind == EntryKind::genesis;
        if (!room.is_whole) return;
        at_ = " (entry " + std::to_string(entry.sequence.value) + ")";
        if (entry.kind != EntryKind::leave && !room.bodies.insert(entry.body).second && !is_infiltrators(entry))
            violated("the log has an entry twice" + at_);
        switch (entry.kind) {
            case EntryKind::genesis: return begin(room, entry);
            case EntryKind::application: return application(room, entry);
            case EntryKind::commit: return commit(room, entry.body);
            case EntryKind::admit: return admit(room, entry.body);
            case EntryKind::order: return order(room, entry.body);
            case EntryKind::leave:
            case EntryKind::held: return;
        }
    }

    // Rooms may be opened once more, with the same genesis.
    void forgotten() override { rooms_.clear(); }

private:
    // While she is in she may say the same bytes again, which nobody can read.
    bool is_infiltrators(const LogEntry& entry) const {
        for (const auto& person : world().people()) {
            auto* const she = dynamic_cast<Infiltrator*>(person.get());
            if (she == nullptr || entry.kind != EntryKind::application) continue;
            for (const Foothold& each : she->loot().footholds)
                if (each.member == entry.sender) return true;
        }
        return false;
    }

    static void begin(Logged& room, const LogEntry& entry) {
        const auto genesis = tls::decode<GenesisEntry>(entry.body);
        if (!genesis) return;
        room.is_locked = genesis->genesis.body.policies.locked;
    }

    void application(Logged& room, const LogEntry& entry) {
        const auto envelope = read_mls_envelope(entry.body);
        if (!envelope) return violated("the log has a message that is none" + at_);
        const std::uint64_t epoch = envelope->epoch.value;
        if (epoch != room.epoch)
            violated("a message of epoch " + std::to_string(epoch) + " stands in epoch " + std::to_string(room.epoch) +
                     at_);
        if (room.closed_epoch == epoch) violated("a message stands in an epoch in which somebody was removed" + at_);
    }

    void commit(Logged& room, const Bytes& body) {
        const auto envelope = read_mls_envelope(body);
        if (!envelope) return violated("the log has a Commit that is none" + at_);
        const std::uint64_t epoch = envelope->epoch.value;
        if (epoch != room.epoch)
            violated("a Commit of epoch " + std::to_string(epoch) + " stands in epoch " + std::to_string(room.epoch) +
                     at_);
        room.epoch = epoch + 1;
    }

    void admit(Logged& room, const Bytes& body) {
        const auto entry = tls::decode<AdmitEntry>(body);
        if (!entry) return violated("the log has an admission that is none" + at_);
        if (room.is_locked) violated("somebody is let into a room that is locked" + at_);
        commit(room, entry->commit);
    }

    static void order(Logged& room, const Bytes& body) {
        const auto order = tls::decode<Signed<Order>>(body);
        if (!order) return;
        const Order& said = order->body;
        if (said.kind == OrderKind::remove) room.closed_epoch = room.epoch;
        if (said.kind == OrderKind::lock) room.is_locked = said.flag;
    }

    std::map<RoomId, Logged> rooms_;
    std::string at_;
};

}  // namespace

std::unique_ptr<Checker> log_checker(World& world) { return std::make_unique<Log>(world); }

}  // namespace veranda::simulation
