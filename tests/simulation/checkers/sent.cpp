// Whatever somebody has written is in the log once it shows as sent, comes back to her, or is given up in plain words:
// nothing that her screen took is lost in silence.
#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Sent final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "sent"; }

    void wants(const Device& device, std::string_view what, bool done) override {
        constexpr std::string_view say = "say ", reply = "reply ";
        if (!done || device.client() == nullptr) return;
        if (what.starts_with(say)) said_[std::string(what.substr(say.size()))] = &device;
        if (what.starts_with(reply)) said_[std::string(what.substr(reply.size()))] = &device;
    }
    void shown(const Device&, const client::Event& event) override {
        if (const auto* message = std::get_if<client::MessageEvent>(&event)) said_.erase(message->text);
        if (const auto* held = std::get_if<client::HeldEvent>(&event); held && held->own) said_.erase(held->text);
        const auto* notice = std::get_if<client::NoticeEvent>(&event);
        if (notice != nullptr && notice->code == "not_sent") said_.erase(notice->text);
    }
    void dies(const Device& device) override {
        std::erase_if(said_, [&](const auto& each) { return each.second == &device; });
    }
    void quiet() override {
        for (const auto& [text, device] : said_) {
            if (!device->is_in()) continue;
            const auto& outbox = device->client()->state().outbox;
            const bool waits = std::any_of(outbox.begin(), outbox.end(),
                                           [&, &said = text](const auto& each) { return each.text == said; });
            if (!waits) violated(device->name() + " was never told what became of: " + text);
        }
    }

private:
    std::map<std::string, const Device*> said_;
};

}  // namespace

std::unique_ptr<Checker> sent_checker(World& world) { return std::make_unique<Sent>(world); }

}  // namespace veranda::simulation
