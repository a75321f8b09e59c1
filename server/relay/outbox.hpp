#pragma once
#include "server/relay/connection.hpp"
namespace veranda::relay {
class Outbox {
public:
    bool push(SharedFrame frame, PriorityClass priority) { (void)priority; if (q.size() > 1000) return false; q.push_back(std::move(frame)); return true; }
    bool empty() const { return q.empty(); }
    std::vector<SharedFrame> take_batch(std::size_t) { return std::exchange(q, {}); }
private:
    std::vector<SharedFrame> q;
};
}
