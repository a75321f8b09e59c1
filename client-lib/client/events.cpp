// The names of phases, levels, signs and states, as they stand in JSON and in the browser.
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

std::string_view name(InviteStands stands) {
    switch (stands) {
        case InviteStands::unused: return "unused";
        case InviteStands::at_door: return "at_door";
        case InviteStands::let_in: return "let_in";
        case InviteStands::is_void: return "void";
    }
    VERANDA_ASSERT(false);
    return {};
}

std::string_view name(Level level) {
    switch (level) {
        case Level::speaks: return "speaks";
        case Level::held: return "held";
        case Level::listens: return "listens";
    }
    return "speaks";
}

std::string_view name(ReactionSign sign) {
    switch (sign) {
        case ReactionSign::none: return "none";
        case ReactionSign::heart: return "heart";
        case ReactionSign::thanks: return "thanks";
        case ReactionSign::hug: return "hug";
        case ReactionSign::strength: return "strength";
        case ReactionSign::sad: return "sad";
        case ReactionSign::yes: return "yes";
    }
    return "none";
}

std::string_view name(HeldEvent::State state) {
    switch (state) {
        case HeldEvent::State::waiting: return "waiting";
        case HeldEvent::State::shown: return "shown";
        case HeldEvent::State::not_passed_on: return "not_passed_on";
    }
    return "waiting";
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

std::string_view name(OrderKind kind) {
    switch (kind) {
        case OrderKind::set_level: return "set_level";
        case OrderKind::slow_mode: return "slow_mode";
        case OrderKind::lock: return "lock";
        case OrderKind::remove: return "remove";
        case OrderKind::end: return "end";
        case OrderKind::lift: return "lift";
    }
    return "";
}

}  // namespace veranda::client
