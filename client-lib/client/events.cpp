// The names of phases, as they stand in JSON and in the browser.
#include "client-lib/client/events.hpp"

namespace veranda::client {

std::string_view name(Phase phase) {
    switch (phase) {
        case Phase::connecting: return "connecting";
        case Phase::connected: return "connected";
        case Phase::waiting: return "waiting";
        case Phase::in_group: return "in_group";
        case Phase::reconnecting: return "reconnecting";
        case Phase::removed: return "removed";
        case Phase::refused: return "refused";
        case Phase::ended: return "ended";
        case Phase::left: return "left";
    }
    VERANDA_ASSERT(false);
    return {};
}

std::string_view name(LaneProgress progress) {
    switch (progress) {
        case LaneProgress::sent: return "sent";
        case LaneProgress::at_server: return "at_server";
        case LaneProgress::seen: return "seen";
        case LaneProgress::nobody: return "nobody";
    }
    return "";
}

}  // namespace veranda::client
