// An evening of Amara's with a real relay whose lies can be switched off. For tests only.
#pragma once

#include "client-lib/client/client_limits.hpp"
#include "tests/hostile/attack.hpp"
#include "tests/support/hostile_relay.hpp"

namespace veranda::tests {

using Texts = std::vector<std::string>;

// Everything among her events that says that something is wrong.
inline std::set<std::string> signs_of(const ShownEvents& shown) {
    std::set<std::string> signs;
    const auto add = [&](std::string_view kind, std::string_view code) {
        signs.insert(std::string(kind) + " " + std::string(code));
    };
    for (const client::Event& event : shown.events) {
        if (const auto* error = std::get_if<client::ErrorEvent>(&event)) add("error", error->code);
        if (const auto* notice = std::get_if<client::NoticeEvent>(&event)) add("notice", notice->code);
        if (const auto* composer = std::get_if<client::ComposerEvent>(&event);
            composer != nullptr && !composer->open && composer->why != "not_in_group")
            add("composer", composer->why);
        if (const auto* state = std::get_if<client::StateEvent>(&event);
            state != nullptr && state->phase >= client::Phase::reconnecting)
            add("state", client::name(state->phase));
        if (const auto* lane = std::get_if<client::LaneEvent>(&event);
            lane != nullptr && lane->progress == client::LaneProgress::nobody)
            add("lane", "nobody");
        if (const auto* desk = std::get_if<client::DeskEvent>(&event)) add("desk", desk->state);
        if (std::holds_alternative<client::GapEvent>(event)) add("gap", "shown");
    }
    return signs;
}

class AttackedEvening : public HostileRelay {
public:
    explicit AttackedEvening(bool is_hostile) : hostile(is_hostile) { watch("Amara", amara_); }

    using HostileRelay::amara_;
    using HostileRelay::amara_id;
    using HostileRelay::evening_;
    using HostileRelay::last_heard;
    using HostileRelay::order;
    using HostileRelay::room;

    const bool hostile;

    Phone& watch(const std::string& name, Phone& phone) {
        watched_[name] = &phone;
        return phone;
    }
    Phone& join(const std::string& name) { return watch(name, evening_.join(amara_, name)); }
    Phone& join_blessing() { return watch("Blessing", evening_.join_staff(amara_, evening_.blessing)); }
    void sign(const std::string& who, const std::string& what) { said_[who].insert(what); }
    Signs signs() const {
        Signs all = said_;
        for (const auto& [name, phone] : watched_) all[name].merge(signs_of(*phone));
        return all;
    }
    void until_pulse() { evening_.wait(limits::pulse_ms / 1'000 + 2); }
    void until_missing() { evening_.wait(limits::pulse_missing_ms / 1'000 + 2); }

    // ---- lies; none of them without the attack ----

    template <class Frame>
    void lie(Phone& phone, std::function<Frames(Frame)> how) {
        if (hostile) lie_about<Frame>(phone, std::move(how));
    }
    void lie_entries(Phone& phone, std::function<std::vector<LogEntry>(LogEntry)> how) {
        if (hostile) lie_about_entries(phone, std::move(how));
    }
    // What comes is numbered so that nothing seems to be missing, or too much.
    void rewrite_log(Phone& phone, std::function<std::vector<LogEntry>(LogEntry)> how) {
        auto next = std::make_shared<Sequence>();
        lie_entries(phone, [next, how = std::move(how)](LogEntry entry) {
            if (next->value == 0) *next = entry.sequence;
            std::vector<LogEntry> made = how(std::move(entry));
            for (LogEntry& each : made) each.sequence = *next, *next = next->next();
            return made;
        });
    }
    // Puts an entry into her log right before whatever comes next, and says that something so it comes.
    void insert(Phone& phone, EntryKind kind, Bytes body, MemberId sender = {}) {
        const LogEntry made{{}, evening_.now.wall, sender, kind, std::move(body)};
        auto once = std::make_shared<bool>(false);
        rewrite_log(phone, [once, made](LogEntry entry) {
            if (std::exchange(*once, true)) return std::vector<LogEntry>{std::move(entry)};
            return std::vector<LogEntry>{made, std::move(entry)};
        });
    }
    template <class Frame>
    void invent(Phone& phone, const Frame& frame) {
        if (hostile) HostileRelay::invent(phone, frame);
    }
    void withhold_log(Phone& phone) {
        lie<EntryFrame>(phone, [](const EntryFrame&) { return Frames{}; });
    }

private:
    void TestBody() override {}

    std::map<std::string, const ShownEvents*> watched_;
    Signs said_;
};

}  // namespace veranda::tests
