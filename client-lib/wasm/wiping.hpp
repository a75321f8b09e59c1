// That nothing of a conversation stays behind in the module's memory (wiping.cpp).
#pragma once

namespace veranda::wasm {

// What calls that are over have left on the stack. Whatever is freed is wiped without being told to.
void wipe_stack();

}  // namespace veranda::wasm
