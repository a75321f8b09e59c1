// libqrencode finds the modules; two of them, one above the other, are one character.
#include "client-lib/terminal/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace veranda::terminal {
namespace {

constexpr int quiet_zone = 2;  // modules of white around; the standard's four do not fit a small terminal
constexpr std::string_view black_on_white = "\x1b[30;107m";
constexpr std::string_view plain = "\x1b[0m";

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

bool dark(const QRcode& code, int x, int y) {
    if (x < 0 || y < 0 || x >= code.width || y >= code.width) return false;
    return (code.data[y * code.width + x] & 1) != 0;
}

std::string_view half_blocks(bool upper, bool lower) {
    return upper ? (lower ? "\u2588" : "\u2580") : (lower ? "\u2584" : " ");
}

}  // namespace

std::string qr_code(std::string_view text) {
    const std::string terminated(text);
    const std::unique_ptr<QRcode, FreeCode> code(
        QRcode_encodeString(terminated.c_str(), 0, QR_ECLEVEL_L, QR_MODE_8, 1));
    if (!code) return {};
    std::string out;
    for (int y = -quiet_zone; y < code->width + quiet_zone; y += 2) {
        out += black_on_white;
        for (int x = -quiet_zone; x < code->width + quiet_zone; ++x)
            out += half_blocks(dark(*code, x, y), dark(*code, x, y + 1));
        out += plain;
        out += '\n';
    }
    return out;
}

}  // namespace veranda::terminal
