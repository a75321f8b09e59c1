// A link as a QR code made of half blocks, black on white whatever the terminal's colours are.
#pragma once

#include <string>
#include <string_view>

namespace veranda::terminal {

// Empty if the text does not fit a QR code.
std::string qr_code(std::string_view text);

}  // namespace veranda::terminal
