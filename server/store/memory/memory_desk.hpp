// What the support desk of an embedded store is made of. The steps are in memory_store_desk.cpp.
#pragma once

#include <unordered_map>

#include "server/store/desk.hpp"

namespace veranda::store {

class MemoryStore;

struct MemoryDuty {
    StoredDuty duty;
    UnixMillis until;
};

struct MemoryRequest {
    StoredRequest request;
    AnswerId answer;           // of one that was left
    UnixMillis until;          // then its asker is gone
    UnixMillis claimed_until;  // while somebody has claimed it
};

struct MemoryAnswer {
    Bytes sealed;
    UnixMillis until;
};

struct MemoryDesk {
    std::vector<MemoryDuty> duty;
    std::vector<MemoryRequest> requests;  // in the order in which they came
    std::unordered_map<AnswerId, MemoryAnswer, IdentifierHash> answers;
    std::vector<MemoryStore*> watchers;

    MemoryRequest* find(const LaneId& id);
};

}  // namespace veranda::store
