// All members of an epoch agree: on its secrets, and on the log up to the same entry.
#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Epochs final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "epochs"; }

    void each_second() override {
        for (const Device& device : world().devices()) {
            const client::Client* client = device.client();
            if (!device.is_alive() || client == nullptr || !client->state().session) continue;
            look_at(device, *client->state().session);
        }
    }

private:
    struct Said {
        Bytes what;
        std::string by;
    };
    template <class Number>
    using OfRoom = std::map<std::pair<RoomId, Number>, Said>;

    void look_at(const Device& device, const client::Session& session) {
        const RoomId room = session.room.room();
        agree(authenticators_, {room, session.group.epoch()}, session.group.epoch_authenticator(), device,
              "on the secrets of epoch " + std::to_string(session.group.epoch().value));
        if (const auto head = session.log_hash.head())
            agree(hashes_, {room, head->first}, head->second, device,
                  "on the log up to entry " + std::to_string(head->first.value));
    }
    template <class Number>
    void agree(OfRoom<Number>& all, const std::pair<RoomId, Number>& at, ByteView what, const Device& device,
               const std::string& about) {
        const auto [known, is_new] = all.try_emplace(at, Said{Bytes(what.begin(), what.end()), device.name()});
        if (!is_new && !std::equal(what.begin(), what.end(), known->second.what.begin(), known->second.what.end()))
            violated(device.name() + " and " + known->second.by + " do not agree " + about);
    }

    OfRoom<Epoch> authenticators_;
    OfRoom<Sequence> hashes_;
};

}  // namespace

std::unique_ptr<Checker> epochs_checker(World& world) { return std::make_unique<Epochs>(world); }

}  // namespace veranda::simulation
