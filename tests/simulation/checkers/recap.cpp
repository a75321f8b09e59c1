// Nobody's screen shows what was said before she was let in, and none shows one text twice, whoever tells it again.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// Texts are found again by what they say: people say nothing twice. What was on a screen before somebody was let in
// was in the log before that. What the log has from her admission on she may read, though two facilitators have passed
// it on, one of them before she came.
class Recaps final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "recap"; }

    void logged(const RoomId& room, const LogEntry& entry) override {
        if (entry.kind == EntryKind::genesis) came_in(entry.sender, room, entry);
        if (entry.kind != EntryKind::admit) return;
        const auto admit = tls::decode<AdmitEntry>(entry.body);
        if (!admit) return;
        for (const auto& admission : admit->admissions) came_in(admission.body.member, room, entry);
    }

    void shown(const Device& device, const client::Event& event) override {
        const auto* message = std::get_if<client::MessageEvent>(&event);
        if (message == nullptr || device.client() == nullptr || !device.client()->state().self) return;
        const std::uint64_t now = world().wall().value;
        first_shown_.try_emplace(message->text, now);
        const MemberId& member = device.client()->state().self->member;
        members_[&device.person()].insert(member);
        const auto& session = device.client()->state().session;
        if (session) told_.push_back({&device, {session->room.room(), member}, message->seq, message->text});
        if (!texts_[&device].insert(message->text).second)
            violated(device.name() + " shows \"" + message->text + "\" twice");
    }

    // By then every log has been looked at.
    void quiet() override {
        for (const Told& told : told_) {
            const auto entry = entry_.find(told.where);
            if (entry != entry_.end() && told.seq > entry->second.value) continue;  // read in the log
            const auto since = in_since(told.device->person());
            if (since && first_shown_.at(told.text) < *since)
                violated(told.device->name() + " shows \"" + told.text + "\", which was said before she was let in");
        }
    }

private:
    using Where = std::pair<RoomId, MemberId>;
    struct Told {
        const Device* device;
        Where where;
        std::uint64_t seq;
        std::string text;
    };

    void came_in(const MemberId& member, const RoomId& room, const LogEntry& entry) {
        entry_.try_emplace({room, member}, entry.sequence);
        const auto [known, is_new] = in_.try_emplace(member, entry.received_at.value);
        if (!is_new) known->second = std::min(known->second, entry.received_at.value);
    }

    // None: a log that nobody looked at in time knew.
    std::optional<std::uint64_t> in_since(const Person& person) const {
        std::optional<std::uint64_t> first;
        for (const MemberId& member : members_.at(&person)) {
            const auto known = in_.find(member);
            if (known == in_.end()) return std::nullopt;
            if (!first || known->second < *first) first = known->second;
        }
        return first;
    }

    std::map<MemberId, std::uint64_t> in_;  // when the relay first took her in
    std::map<std::string, std::uint64_t> first_shown_;
    std::map<const Person*, std::set<MemberId>> members_;
    OfDevice<std::set<std::string>> texts_;
    std::map<Where, Sequence> entry_;  // her admission
    std::vector<Told> told_;
};

}  // namespace

std::unique_ptr<Checker> recap_checker(World& world) { return std::make_unique<Recaps>(world); }

}  // namespace veranda::simulation
