// Orders hold on both sides: the log has no message of somebody who might not write when it was appended, and at the
// end every screen goes by the same orders.
#include "client-lib/client/client_state.hpp"
#include "protocol/signed/room.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Orders final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "orders"; }

    void logged(const RoomId& room, const LogEntry& entry) override {
        Room& here = rooms_[room];
        switch (entry.kind) {
            case EntryKind::genesis: return begin(here, entry);
            case EntryKind::admit: return admit(here, entry);
            case EntryKind::order: return order(here, entry);
            case EntryKind::application: return message(here, entry);
            default: return;
        }
    }

    void quiet() override {
        for (const Device& device : world().devices()) {
            if (!device.is_in() || device.client() == nullptr || !device.client()->state().session) continue;
            compare(device, *device.client()->state().session);
        }
    }

private:
    struct Given {
        Level level{};
        std::uint64_t until_ms = 0;  // 0: until another order
    };
    struct Room {
        std::map<MemberId, Level> admitted;
        std::map<MemberId, Given> given;
        std::set<MemberId> staff;
        std::set<MemberId> removed;
        std::map<MemberId, std::uint64_t> spoke_ms;
        std::uint64_t slow_ms = 0;
        bool is_whole = false;  // from its genesis
    };

    static void begin(Room& room, const LogEntry& entry) {
        const auto genesis = tls::decode<GenesisEntry>(entry.body);
        if (!genesis) return;
        room.is_whole = true;
        room.staff.insert(genesis->opener.body.member);
        room.slow_ms = std::uint64_t{genesis->genesis.body.policies.slow_mode_seconds} * 1'000;
        for (const MemberLevel& carried : genesis->genesis.body.levels) room.given[carried.member] = {carried.level, 0};
        room.removed.insert(genesis->genesis.body.removed.begin(), genesis->genesis.body.removed.end());
    }
    void admit(Room& room, const LogEntry& entry) const {
        const auto admit = tls::decode<AdmitEntry>(entry.body);
        if (!admit) return;
        for (const Signed<Admission>& admission : admit->admissions) {
            const MemberId member = admission.body.member;
            if (room.removed.contains(member)) violated("somebody who was removed was let in again as who she was");
            room.admitted[member] = admission.body.level;
            if (admission.body.staff && commits(admission.body.staff->certificate.body.role, RoomKind::group))
                room.staff.insert(member);
        }
    }
    static void order(Room& room, const LogEntry& entry) {
        const auto signed_order = tls::decode<Signed<Order>>(entry.body);
        if (!signed_order) return;
        const Order& order = signed_order->body;
        const std::uint64_t seconds = order.seconds;
        if (order.kind == OrderKind::set_level)
            room.given[order.member] = {order.level, seconds == 0 ? 0 : entry.received_at.value + seconds * 1'000};
        if (order.kind == OrderKind::lift) room.given.erase(order.member);
        if (order.kind == OrderKind::slow_mode) room.slow_ms = seconds * 1'000;
        if (order.kind == OrderKind::remove) room.removed.insert(order.member);
    }
    void message(Room& room, const LogEntry& entry) const {
        const MemberId& from = entry.sender;
        if (!room.is_whole || room.staff.contains(from)) return;
        if (room.removed.contains(from)) violated("a message of somebody who was removed is in the log");
        if (level_of(room, from, entry.received_at.value) != Level::speaks)
            violated("a message of somebody who may not write is in the log, entry " +
                     std::to_string(entry.sequence.value));
        // A relay that begins to watch a room does not know who wrote just before (docs/found-by-simulation.md).
        if (world().plan().over_redis) return;
        const auto spoke = room.spoke_ms.find(from);
        if (spoke != room.spoke_ms.end() && entry.received_at.value < spoke->second + room.slow_ms)
            violated("somebody wrote twice within the pause of slow mode");
        room.spoke_ms[from] = entry.received_at.value;
    }
    static Level level_of(const Room& room, const MemberId& member, std::uint64_t at_ms) {
        const auto given = room.given.find(member);
        if (given != room.given.end() && (given->second.until_ms == 0 || at_ms < given->second.until_ms))
            return given->second.level;
        const auto admitted = room.admitted.find(member);
        return admitted == room.admitted.end() ? Level::speaks : admitted->second;
    }

    // A level that is for a time ends a little later on a phone than at the relay.
    void compare(const Device& device, const client::Session& session) const {
        const auto found = rooms_.find(session.room.room());
        if (found == rooms_.end() || !found->second.is_whole) return;
        const Room& room = found->second;
        for (const auto& [member, level] : room.admitted) {
            const auto given = room.given.find(member);
            const bool is_for_a_time = given != room.given.end() && given->second.until_ms != 0;
            if (is_for_a_time || room.staff.contains(member) || session.room.by_member(member) == nullptr) continue;
            if (session.room.is_removed(member) != room.removed.contains(member))
                violated(device.name() + " does not know of a removal");
            if (room.removed.contains(member)) continue;
            if (session.room.level_of(member) != level_of(room, member, world().wall().value))
                violated(device.name() + " holds somebody to another level than was ordered");
        }
        if (std::uint64_t{session.room.slow_mode_seconds()} * 1'000 != room.slow_ms)
            violated(device.name() + " goes by another slow mode than was ordered");
    }

    std::map<RoomId, Room> rooms_;
};

}  // namespace

std::unique_ptr<Checker> orders_checker(World& world) { return std::make_unique<Orders>(world); }

}  // namespace veranda::simulation
