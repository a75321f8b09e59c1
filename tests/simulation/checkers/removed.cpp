// Whoever was removed has no leaf in the group any more, so she opens nothing that is said from then on.
#include <string>

#include "client-lib/client/client_state.hpp"
#include "tests/simulation/checkers/checkers.hpp"
#include "tests/simulation/world.hpp"

namespace veranda::simulation {
namespace {

class Removed final : public Checker {
public:
    using Checker::Checker;
    std::string_view name() const override { return "removed"; }

    // By then somebody has committed, or everyone still waits for it and seals nothing.
    void quiet() override {
        for (const Device& device : world().devices())
            if (device.is_in() && device.client() != nullptr && device.client()->state().session)
                look_at(device, *device.client()->state().session);
    }

private:
    void look_at(const Device& device, const client::Session& session) const {
        for (const mls::Member& member : session.group.roster()) {
            const circle::Person* person = session.room.by_leaf(member.signature_key);
            if (person == nullptr || !session.room.is_removed(person->admission.member)) continue;
            if (!session.being_removed.contains(person->admission.member))
                violated(device.name() + " seals to somebody who was removed");
        }
    }
};

}  // namespace

std::unique_ptr<Checker> removed_checker(World& world) { return std::make_unique<Removed>(world); }

}  // namespace veranda::simulation
