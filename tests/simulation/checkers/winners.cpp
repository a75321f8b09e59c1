// One winner for every claim: one Commit an epoch, one room in the place of another, one admission a knock and one
// person an invite or ticket, one counsellor a request.
#include <set>

#include "protocol/hex.hpp"
#include "protocol/mls_envelope.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// Two counsellors may both believe that a request is theirs while one of them has not heard that her claim ran out: a
// claim's life, a heartbeat of the relay, and a cut that takes its time to be noticed.
constexpr std::uint64_t both_claim_s_max = limits::claim_ms / 1'000 + 60;

// An admission that was in the log just before it was forgotten may have been heard of by nobody.
constexpr std::uint64_t heard_of_ms = 10'000;

template <class Id>
std::string short_name(const Id& id) {
    return to_hex(id).substr(0, 8);
}

class Winners final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "winners"; }

    void logged(const RoomId& room, const LogEntry& entry) override {
        if (entry.kind == EntryKind::genesis) return opened(room, entry);
        if (entry.kind == EntryKind::commit) return committed(room, entry, entry.body);
        if (entry.kind != EntryKind::admit) return;
        const auto admit = tls::decode<AdmitEntry>(entry.body);
        if (!admit) return violated("an admit entry of room " + short_name(room) + " is none");
        committed(room, entry, admit->commit);
        for (const auto& admission : admit->admissions) admitted(admission.body);
    }

    // What was won is forgotten too, and may be won again.
    void forgotten() override {
        successors_.clear();
        requests_.clear();
        std::erase_if(let_in_, [&](const auto& each) { return world().now_ms() < each.second.at_ms + heard_of_ms; });
    }

    void each_second() override {
        look_at_knocks();
        look_at_requests();
        look_at_counsellors();
    }

private:
    struct LetIn {
        MemberId member;
        std::uint64_t at_ms;
    };
    struct Held {
        Hash holder;
        UnixMillis until;
    };

    // It stands for as long as the store remembers it, and while its room goes on.
    struct Successor {
        RoomId room;
        UnixMillis until;
    };
    bool stands(const Successor& successor) const {
        const store::MemoryRoom* room = world().redis().memory->find(successor.room);
        return world().wall() < successor.until || (room != nullptr && !room->ended && !room->remade);
    }
    std::uint64_t succession_ms() const {
        return static_cast<std::uint64_t>(world().redis().memory->lifetimes.log.count());
    }

    void opened(const RoomId& room, const LogEntry& entry) {
        const auto genesis = tls::decode<GenesisEntry>(entry.body);
        if (!genesis || !genesis->genesis.body.predecessor) return;
        const RoomId& before = *genesis->genesis.body.predecessor;
        const auto known = successors_.find(before);
        const UnixMillis lives_until{world().wall().value + succession_ms()};
        if (known != successors_.end() && known->second.room != room && stands(known->second))
            violated("room " + short_name(before) + " has two successors, " + short_name(known->second.room) + " and " +
                     short_name(room));
        successors_.insert_or_assign(before, Successor{room, lives_until});
    }

    void committed(const RoomId& room, const LogEntry& entry, const Bytes& commit) {
        const auto envelope = read_mls_envelope(commit);
        if (!envelope) return violated("a Commit of room " + short_name(room) + " is none");
        const std::string which = " in epoch " + std::to_string(envelope->epoch.value) + " of room " + short_name(room);
        if (!commits_[room].insert(envelope->epoch).second) violated("two Commits" + which);
        if (envelope->content_type != MlsContentType::commit)
            violated("entry " + std::to_string(entry.sequence.value) + which + " is no Commit");
    }

    void admitted(const Admission& admission) {
        if (!knocks_.insert(admission.knock).second)
            violated("a knock was let in twice: " + short_name(admission.knock));
        const auto card = card_of_.find(admission.knock);
        if (card == card_of_.end()) return;  // it came and was answered within a second
        const auto [known, is_new] = let_in_.emplace(card->second, LetIn{admission.member, world().now_ms()});
        if (!is_new && known->second.member != admission.member)
            violated("two people came in by card " + short_name(card->second) + ", members " +
                     short_name(known->second.member) + " and " + short_name(admission.member));
    }

    void look_at_knocks() {
        for (const auto& [id, room] : world().redis().memory->rooms)
            for (const auto& waiting : room.knocks) {
                if (card_of_.contains(waiting.knock.id)) continue;
                const auto envelope = tls::decode<Signed<KnockEnvelope>>(waiting.knock.envelope);
                if (envelope) card_of_.emplace(waiting.knock.id, envelope->body.card);
            }
    }

    // Nobody takes what another has, while she has it.
    void look_at_requests() {
        std::set<LaneId> seen;
        for (const auto& each : world().redis().memory->desk.requests) {
            const LaneId& id = each.request.id;
            if (!seen.insert(id).second) violated("request " + short_name(id) + " stands at the desk twice");
            const auto before = requests_.find(id);
            const bool is_other = before != requests_.end() && !before->second.holder.is_zero() &&
                                  before->second.holder != each.request.holder;
            if (is_other && world().wall() < before->second.until)
                violated("request " + short_name(id) + " was taken from a counsellor who had it");
            requests_.insert_or_assign(id, Held{each.request.holder, each.claimed_until});
        }
        std::erase_if(requests_,
                      [&](const auto& known) { return !seen.contains(known.first); });  // it may be asked again
    }

    void look_at_counsellors() {
        std::map<LaneId, std::size_t> claims;
        for (const Device& device : world().devices()) {
            const auto* desk = device.core<client::DeskClient>();
            if (desk == nullptr || !device.is_alive() || device.is_asleep()) continue;
            for (const LaneId& claim : desk->claims()) ++claims[claim];
        }
        std::map<LaneId, std::uint64_t> both;
        for (const auto& [request, count] : claims) {
            if (count < 2) continue;
            const std::uint64_t seconds = both_claim_[request] + 1;
            both.emplace(request, seconds);
            if (seconds == both_claim_s_max)
                violated("two counsellors go on believing that request " + short_name(request) + " is theirs");
        }
        both_claim_ = std::move(both);
    }

    std::map<RoomId, std::set<Epoch>> commits_;
    std::map<RoomId, Successor> successors_;  // by predecessor
    std::set<KnockId> knocks_;                // let in
    std::map<KnockId, CardId> card_of_;
    std::map<CardId, LetIn> let_in_;
    std::map<LaneId, Held> requests_;
    std::map<LaneId, std::uint64_t> both_claim_;  // for how many seconds already
};

}  // namespace

std::unique_ptr<Checker> winners_checker(World& world) { return std::make_unique<Winners>(world); }

}  // namespace veranda::simulation
