// The three queues of an outbox, and how a batch is put together from them.
#include "server/relay/outbox.hpp"

namespace veranda::relay {
namespace {
constexpr std::size_t idle_frames_max = 64;  // an idle connection's queue keeps no more memory than these need
}

bool Outbox::push(SharedFrame frame, PriorityClass priority) {
    VERANDA_ASSERT(frame && !frame->empty() && is_known(priority));
    if (frame->size() > bytes_max_ - bytes_) return false;
    bytes_ += frame->size();
    queues_[static_cast<std::size_t>(priority)].push(std::move(frame));
    return true;
}

void Outbox::take_batch(Bytes& batch, std::size_t bytes_max) {
    std::size_t taken_bytes = 0;
    std::size_t taken = 0;
    for (Queue& queue : queues_) {
        while (!queue.empty()) {
            const Bytes& frame = *queue.frames[queue.next];
            const std::size_t size = frame.size();
            if (taken == limits::frames_per_message_max || (taken > 0 && taken_bytes + size > bytes_max)) return;
            append(batch, frame);
            queue.pop();
            bytes_ -= size;
            taken_bytes += size;
            ++taken;
        }
    }
}

void Outbox::clear() {
    queues_ = {};
    bytes_ = 0;
}

void Outbox::Queue::push(SharedFrame frame) {
    // What was taken is let go of before memory grows for it.
    if (frames.size() == frames.capacity() && next > frames.size() / 2) {
        frames.erase(frames.begin(), frames.begin() + static_cast<std::ptrdiff_t>(next));
        next = 0;
    }
    frames.push_back(std::move(frame));
}

void Outbox::Queue::pop() {
    frames[next++].reset();
    if (!empty()) return;
    next = 0;
    if (frames.capacity() > idle_frames_max)
        std::vector<SharedFrame>().swap(frames);
    else
        frames.clear();
}

}  // namespace veranda::relay
