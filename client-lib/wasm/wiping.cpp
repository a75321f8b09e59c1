// The modules' memory. Keys live in types that wipe themselves; texts, names and events are plain strings. In the
// browser whatever is freed is wiped, and the stack too when all is to be forgotten: memory is one array there, and may
// outlive its use.
//
// The allocator is ours because it is 8 KB smaller than wasi-libc's, in the first thing that everybody downloads.
// Blocks have sizes of powers of two; a freed one waits in the list of its size. Nothing is given back, for WebAssembly
// takes nothing back.
#include "client-lib/wasm/wiping.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" unsigned char __data_end;   // the linker's: where static data end, and the stack's far end is
extern "C" unsigned char __heap_base;  // and where nothing is yet

namespace {

constexpr std::size_t page_bytes = 65'536;
constexpr std::size_t largest = std::size_t{1} << 30;

// Stands before what is handed out, and keeps it aligned for anything.
struct alignas(16) Block {
    std::size_t bytes;  // with this
    Block* next;        // while it is free
};

Block* freed[32];
std::uintptr_t unused = 0;  // from here on; 0: not begun

Block* take_new(std::size_t bytes) {
    if (unused == 0) unused = (reinterpret_cast<std::uintptr_t>(&__heap_base) + 15) & ~std::uintptr_t{15};
    const std::size_t end = unused + bytes;
    const std::size_t have = __builtin_wasm_memory_size(0) * page_bytes;
    if (end > have && __builtin_wasm_memory_grow(0, (end - have + page_bytes - 1) / page_bytes) == SIZE_MAX)
        return nullptr;
    auto* block = reinterpret_cast<Block*>(unused);
    unused = end;
    block->bytes = bytes;
    return block;
}

Block* block_of(void* memory) { return static_cast<Block*>(memory) - 1; }

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
    if (size > largest) return nullptr;
    const std::size_t bytes = std::bit_ceil(size + sizeof(Block));
    Block*& list = freed[std::countr_zero(bytes)];
    Block* block = list;
    if (block != nullptr)
        list = block->next;
    else
        block = take_new(bytes);
    return block == nullptr ? nullptr : block + 1;
}

void free(void* memory) {
    if (memory == nullptr) return;
    Block* block = block_of(memory);
    auto* from = static_cast<volatile std::uint64_t*>(memory);
    for (std::size_t i = 0; i < (block->bytes - sizeof(Block)) / 8; ++i) from[i] = 0;
    Block*& list = freed[std::countr_zero(block->bytes)];
    block->next = list;
    list = block;
}

void* calloc(std::size_t count, std::size_t size) {
    if (size != 0 && count > largest / size) return nullptr;
    void* memory = malloc(count * size);
    if (memory != nullptr) std::memset(memory, 0, count * size);
    return memory;
}

void* realloc(void* memory, std::size_t size) {
    if (memory == nullptr) return malloc(size);
    const std::size_t had = block_of(memory)->bytes - sizeof(Block);
    if (size <= had) return memory;
    void* larger = malloc(size);
    if (larger == nullptr) return nullptr;
    std::memcpy(larger, memory, had);
    free(memory);
    return larger;
}

// What wasi-libc calls them itself.
void* __libc_malloc(std::size_t size) { return malloc(size); }
void* __libc_calloc(std::size_t count, std::size_t size) { return calloc(count, size); }
void __libc_free(void* memory) { free(memory); }

// Of libsodium's guarded memory, which nothing here uses.
int posix_memalign(void**, std::size_t, std::size_t) { return ENOMEM; }
void* aligned_alloc(std::size_t, std::size_t) { return nullptr; }

}  // extern "C"

namespace veranda::wasm {

// The stack grows down: what lies below this call's own frame is over.
[[gnu::noinline]] void wipe_stack() {
    volatile unsigned char here = 0;
    for (volatile unsigned char* at = &__data_end; at < &here; ++at) *at = 0;
}

}  // namespace veranda::wasm
