// What may stand as a person's name, and which names a hurried reader takes for one another. Whoever is admitted under
// a name that looks like another's can speak in her place. Specification: docs/protocol.md, 7.4.
#pragma once

#include <string_view>

#include "client-lib/circle/rules.hpp"

namespace veranda::circle {

// A name that can be shown: 1 to 24 characters, no controls, not only spaces. Errors: pseudonym_form.
Result<void> check_pseudonym(std::string_view pseudonym);

// The same name, as somebody types it again: case and spaces aside.
bool same_pseudonym(std::string_view a, std::string_view b);

// Do the two look alike? Letters of Latin, Cyrillic and Greek script that share a shape; accents, case, width, spaces
// and small signs aside; 0 and O; 1, l and I; rn and m. Never for whole words of two scripts that merely sound alike.
bool looks_like(std::string_view a, std::string_view b);

// For a member's name. Errors: pseudonym_of_staff, if one of its words is what staff are called, in a language that we
// speak, or looks like it.
Result<void> check_not_of_staff(std::string_view pseudonym);

}  // namespace veranda::circle
