#include "tests/simulation/checkers/log.hpp"

#include <optional>
#include <set>
#include <string>

#include "protocol/mls_envelope.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// A node that has just loaded a room does not know when anybody last spoke. Twice in a row is no such node.
constexpr int too_fast_allowed = 1;

struct Pace {
    std::optional<std::uint64_t> last_ms;
    int too_fast = 0;
};

struct Logged {
    std::set<Bytes> bodies;
    std::uint64_t epoch = 0;
    std::optional<std::uint64_t> closed_epoch;
    std::set<MemberId> staff;  // who commit
    std::set<MemberId> removed;
    std::map<MemberId, Pace> pace;
    std::uint64_t slow_mode_ms = 0;
    bool is_locked = false;
};

class Log final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "log"; }

    void logged(const RoomId& id, const LogEntry& entry) override {
        Logged& room = rooms_[id];
        at_ = " (entry " + std::to_string(entry.sequence.value) + ")";
        if (entry.kind != EntryKind::leave && !room.bodies.insert(entry.body).second)
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
    static void begin(Logged& room, const LogEntry& entry) {
        const auto genesis = tls::decode<GenesisEntry>(entry.body);
        if (!genesis) return;
        room.slow_mode_ms = std::uint64_t{genesis->genesis.body.policies.slow_mode_seconds} * 1'000;
        room.is_locked = genesis->genesis.body.policies.locked;
        room.removed.insert(genesis->genesis.body.removed.begin(), genesis->genesis.body.removed.end());
        room.staff.insert(entry.sender);
    }

    void application(Logged& room, const LogEntry& entry) {
        const auto envelope = read_mls_envelope(entry.body);
        if (!envelope) return violated("the log has a message that is none" + at_);
        const std::uint64_t epoch = envelope->epoch.value;
        if (epoch != room.epoch)
            violated("a message of epoch " + std::to_string(epoch) + " stands in epoch " + std::to_string(room.epoch) +
                     at_);
        if (room.closed_epoch == epoch) violated("a message stands in an epoch in which somebody was removed" + at_);
        keep_pace(room, entry);
    }

    void keep_pace(Logged& room, const LogEntry& entry) {
        if (room.staff.contains(entry.sender)) return;
        Pace& pace = room.pace[entry.sender];
        const std::uint64_t ms = entry.received_at.value;
        const bool is_too_fast = room.slow_mode_ms != 0 && pace.last_ms && ms < *pace.last_ms + room.slow_mode_ms;
        pace.too_fast = is_too_fast ? pace.too_fast + 1 : 0;
        if (pace.too_fast > too_fast_allowed) violated("somebody speaks faster than slow mode lets her" + at_);
        pace.last_ms = ms;
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
        for (const auto& admission : entry->admissions) {
            if (room.removed.contains(admission.body.member)) violated("somebody is in again who was removed" + at_);
            if (admission.body.staff && commits(admission.body.staff->certificate.body.role, RoomKind::group))
                room.staff.insert(admission.body.member);
        }
    }

    static void order(Logged& room, const Bytes& body) {
        const auto order = tls::decode<Signed<Order>>(body);
        if (!order) return;
        const Order& said = order->body;
        if (said.kind == OrderKind::remove) room.closed_epoch = room.epoch, room.removed.insert(said.member);
        if (said.kind == OrderKind::lock) room.is_locked = said.flag;
        if (said.kind != OrderKind::slow_mode) return;
        room.slow_mode_ms = std::uint64_t{said.seconds} * 1'000;
        for (auto& [member, pace] : room.pace) pace = {};
    }

    std::map<RoomId, Logged> rooms_;
    std::string at_;
};

}  // namespace

std::unique_ptr<Checker> log_checker(World& world) { return std::make_unique<Log>(world); }

}  // namespace veranda::simulation
