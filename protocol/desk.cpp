// The names of urgencies, as the clients' events write them.
#include "protocol/desk.hpp"

namespace veranda {

std::string_view name(Urgency urgency) {
    switch (urgency) {
        case Urgency::calm: return "calm";
        case Urgency::soon: return "soon";
        case Urgency::now: return "now";
        case Urgency::not_safe: return "not_safe";
    }
    return "?";
}

}  // namespace veranda
