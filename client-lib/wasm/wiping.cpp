// Keys live in types that wipe themselves; texts, names and events are plain strings. In the browser whatever is freed
// is wiped, and the stack too when all is to be forgotten: the module's memory is one array, and may outlive its use.
#include "client-lib/wasm/wiping.hpp"

#include <malloc.h>

#include <cstdint>
#include <cstdlib>
#include <new>

#include "crypto/sealed/secret.hpp"

extern "C" unsigned char __data_end;  // the linker's: where static data end, and the stack's far end is

void operator delete(void* memory) noexcept {
    if (memory == nullptr) return;
    veranda::crypto::wipe({static_cast<std::uint8_t*>(memory), malloc_usable_size(memory)});
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace veranda::wasm {

// The stack grows down: what lies below this call's own frame is over.
[[gnu::noinline]] void wipe_stack() {
    volatile unsigned char here = 0;
    for (volatile unsigned char* at = &__data_end; at < &here; ++at) *at = 0;
}

}  // namespace veranda::wasm
