// operator new and delete over malloc, with the size in front of what they give.
#include "tests/support/allocations.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t head_bytes = alignof(std::max_align_t);

std::size_t live_count = 0;
std::size_t bytes_now = 0;
std::size_t bytes_peak = 0;
std::size_t until_refusal = 0;  // 0: none is to be refused
bool refused = false;

void* allocate(std::size_t size) {
    if (until_refusal > 0 && --until_refusal == 0) {
        refused = true;
        throw std::bad_alloc();
    }
    void* head = std::malloc(head_bytes + size);
    if (head == nullptr) throw std::bad_alloc();
    *static_cast<std::size_t*>(head) = size;
    ++live_count;
    bytes_now += size;
    bytes_peak = std::max(bytes_peak, bytes_now);
    return static_cast<std::byte*>(head) + head_bytes;
}

void release(void* memory) {
    if (memory == nullptr) return;
    void* head = static_cast<std::byte*>(memory) - head_bytes;
    --live_count;
    bytes_now -= *static_cast<std::size_t*>(head);
    std::free(head);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

namespace veranda::tests::allocations {

std::size_t live() { return live_count; }
std::size_t live_bytes() { return bytes_now; }
std::size_t peak_bytes() { return bytes_peak; }
void begin_peak() { bytes_peak = bytes_now; }

void refuse(std::size_t n) {
    until_refusal = n;
    refused = false;
}
bool was_refused() {
    until_refusal = 0;
    return refused;
}

}  // namespace veranda::tests::allocations
