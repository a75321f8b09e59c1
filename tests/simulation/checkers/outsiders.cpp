// Nobody outside an epoch opens anything of it. An infiltrator who kept every key reads nothing that was said before
// she was let in or after she was ordered out, and nothing that she sends from outside is taken or shown; nor what she
// sends from inside, when her level forbids it.
#include "protocol/hex.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/people/infiltrator.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// One of her memberships, as the log alone tells it.
struct Standing {
    bool is_in = false;
    Level admitted{};
    std::optional<Level> carried{};  // from the room before
    std::optional<Level> ordered{};
    UnixMillis ordered_until{};  // 0: until it is lifted

    // As the specification has it: an order stands above what was carried over, and that above the admission.
    Level level(UnixMillis at) const {
        if (ordered && (ordered_until.value == 0 || at < ordered_until)) return *ordered;
        return carried.value_or(admitted);
    }
};

class Outsiders final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "outsiders"; }

    void logged(const RoomId& room, const LogEntry& entry) override {
        Infiltrator* const she = infiltrator();
        if (she == nullptr) return;
        OfRoom& here = rooms_[room];
        Hers& hers = here.hers;
        switch (entry.kind) {
            case EntryKind::genesis: opened(here, entry); break;
            case EntryKind::admit:
                if (const auto admit = tls::decode<AdmitEntry>(entry.body))
                    for (const auto& admission : admit->admissions) admitted(here, admission.body);
                break;
            case EntryKind::order:
                if (const auto order = tls::decode<Signed<Order>>(entry.body)) ordered(here, order->body, entry);
                break;
            case EntryKind::application: said(room, hers, entry); break;
            default: break;
        }
        const bool may_do_this = entry.kind == EntryKind::application || entry.kind == EntryKind::leave;
        if (hers.contains(entry.sender) && !may_do_this) violated(of(room, entry) + " is the infiltrator's");
        she->loot().leaked(room, entry);
    }

    void shown(const Device& device, const client::Event& event) override {
        const auto* message = std::get_if<client::MessageEvent>(&event);
        if (message == nullptr || infiltrator() == nullptr || !message->text.starts_with(infiltrator()->mark())) return;
        shown_.emplace_back(device.name(), message->text);
    }

    // By now the log says what they had a right to show.
    void each_second() override {
        for (const auto& [device, text] : std::exchange(shown_, {}))
            if (!rightly_said_.contains(text))
                violated(device + " shows what the infiltrator had no right to say: " + text);
        if (infiltrator() == nullptr) return;
        for (const std::string& what : std::exchange(infiltrator()->loot().found, {})) violated(what);
    }

    // With all that she has, at everything that she was not meant to read.
    void ended() override {
        if (infiltrator() == nullptr) return;
        Loot& loot = infiltrator()->loot();
        for (const auto& [room, log] : loot.log())
            for (const LogEntry& entry : log)
                if (closed_to_her_.contains({room, entry.sequence}) && loot.opens(room, entry))
                    violated(of(room, entry) + " is open to the infiltrator, who was not in");
    }

private:
    using Hers = std::map<MemberId, Standing>;
    struct OfRoom {
        Hers hers;
        std::map<MemberId, Standing> expected{};  // anybody's who may still come, as it would be
    };

    static std::string of(const RoomId& room, const LogEntry& entry) {
        return "entry " + std::to_string(entry.sequence.value) + " of room " + to_hex(room).substr(0, 8);
    }

    Infiltrator* infiltrator() {
        if (found_ || !world().plan().has_infiltrator) return found_;
        for (const auto& person : world().people())
            if (found_ == nullptr) found_ = dynamic_cast<Infiltrator*>(person.get());
        return found_;
    }

    static void opened(OfRoom& here, const LogEntry& entry) {
        const auto genesis = tls::decode<GenesisEntry>(entry.body);
        if (!genesis) return;
        for (const MemberLevel& each : genesis->genesis.body.levels) here.expected[each.member].carried = each.level;
    }
    void admitted(OfRoom& here, const Admission& admission) {
        const auto known = here.hers.find(admission.member);
        if (!infiltrator()->loot().leaf_keys.contains(admission.leaf_key)) {
            if (known != here.hers.end()) known->second.is_in = false;  // another is in her place
            return;
        }
        Standing& standing = here.hers.try_emplace(admission.member, here.expected[admission.member]).first->second;
        standing.is_in = true;
        standing.admitted = admission.level;
    }
    static void ordered(OfRoom& here, const Order& order, const LogEntry& entry) {
        const auto known = here.hers.find(order.member);
        Standing& standing = known == here.hers.end() ? here.expected[order.member] : known->second;
        if (order.kind == OrderKind::remove) standing.is_in = false;
        if (order.kind != OrderKind::set_level && order.kind != OrderKind::lift) return;
        standing.carried.reset();
        standing.ordered.reset();
        if (order.kind == OrderKind::lift) return;
        standing.ordered = order.level;
        const std::uint64_t until = entry.received_at.value + std::uint64_t{order.seconds} * 1'000;
        standing.ordered_until = UnixMillis{order.seconds == 0 ? 0 : until};
    }

    void said(const RoomId& room, const Hers& hers, const LogEntry& entry) {
        const auto by = hers.find(entry.sender);
        const bool is_in = std::any_of(hers.begin(), hers.end(), [](const auto& each) { return each.second.is_in; });
        if (!is_in) closed_to_her_.insert({room, entry.sequence});
        const auto& said = infiltrator()->loot().said;
        const auto text = said.find(entry.body);
        if (by == hers.end()) {
            if (text != said.end()) violated(of(room, entry) + " is the infiltrator's, under another's name");
            return;
        }
        if (!by->second.is_in) return violated(of(room, entry) + " is the infiltrator's, who was ordered out");
        if (by->second.level(entry.received_at) != Level::speaks)
            return violated(of(room, entry) + " is the infiltrator's, whose level forbids it");
        if (text != said.end()) rightly_said_.insert(text->second);
    }

    Infiltrator* found_ = nullptr;
    std::map<RoomId, OfRoom> rooms_;
    std::set<std::pair<RoomId, Sequence>> closed_to_her_;
    std::set<std::string> rightly_said_;
    std::vector<std::pair<std::string, std::string>> shown_;
};

}  // namespace

std::unique_ptr<Checker> outsiders_checker(World& world) { return std::make_unique<Outsiders>(world); }

}  // namespace veranda::simulation
