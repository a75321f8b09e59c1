// Every message that the log has reaches every member who stayed, once and in order, or a gap is named.
#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

// What one device has shown of one room.
struct Shown {
    std::uint64_t first = 0;  // where it came in
    std::map<std::uint64_t, std::string> texts;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> gaps;
    std::uint64_t last = 0;
};

class Messages final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "messages"; }

    void shown(const Device& device, const client::Event& event) override {
        const client::Client* client = device.client();
        if (client == nullptr) return;
        // A session that is lost in the same breath has shown its last before we hear of it.
        if (const auto& session = client->state().session) room_of_[&device] = session->room.room();
        const auto room = room_of_.find(&device);
        if (room == room_of_.end()) return;
        Shown& mine = shown_[room->second][&device];
        if (mine.first == 0 && client->state().session) mine.first = client->state().session->last.value + 1;
        if (const auto* gap = std::get_if<client::GapEvent>(&event)) mine.gaps.emplace_back(gap->from_seq, gap->to_seq);
        const auto* hide = std::get_if<client::HiddenEvent>(&event);
        if (hide != nullptr && hide->hidden) hidden_.emplace(room->second, hide->seq);
        const auto* message = std::get_if<client::MessageEvent>(&event);
        if (message == nullptr) return;
        has_shown_[&device].insert(message->text);
        if (message->seq < mine.first) return;  // told again by a recap
        if (!mine.texts.emplace(message->seq, message->text).second)
            violated(device.name() + " shows message " + std::to_string(message->seq) + " twice");
        else if (message->seq < mine.last)
            violated(device.name() + " shows message " + std::to_string(message->seq) + " out of order");
        mine.last = std::max(mine.last, message->seq);
    }

    void quiet() override {
        for (const auto& [room, devices] : shown_) check(room, devices);
    }

private:
    using OfRoom = OfDevice<Shown>;

    void check(const RoomId& room, const OfRoom& devices) const {
        std::map<std::uint64_t, std::string> said;
        for (const auto& [device, mine] : devices) {
            for (const auto& [seq, text] : mine.texts) {
                const auto [known, is_new] = said.emplace(seq, text);
                if (!is_new && known->second != text)
                    violated(device->name() + " shows another message " + std::to_string(seq) + " than others");
            }
        }
        for (const auto& [device, mine] : devices)
            if (device->is_in() && room_of_.at(device) == room) check(*device, mine, said);
    }
    void check(const Device& device, const Shown& mine, const std::map<std::uint64_t, std::string>& said) const {
        for (const auto& [seq, text] : said) {
            if (seq < mine.first || mine.texts.contains(seq)) continue;
            if (hidden_.contains({room_of_.at(&device), seq})) continue;  // who comes back is not told of it
            if (has_shown_.at(&device).contains(text)) continue;          // in the room before, and sent again in this
            const bool is_named = std::any_of(mine.gaps.begin(), mine.gaps.end(), [&, at = seq](const auto& gap) {
                return gap.first <= at && at <= gap.second;
            });
            if (!is_named) violated(device.name() + " never showed message " + std::to_string(seq) + ", " + text);
        }
    }

    OfDevice<RoomId> room_of_;
    OfDevice<std::set<std::string>> has_shown_;  // in whichever room
    std::map<RoomId, OfRoom> shown_;
    std::set<std::pair<RoomId, std::uint64_t>> hidden_;  // by anybody's screen
};

}  // namespace

std::unique_ptr<Checker> messages_checker(World& world) { return std::make_unique<Messages>(world); }

}  // namespace veranda::simulation
