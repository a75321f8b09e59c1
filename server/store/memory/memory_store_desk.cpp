// The contract of desk.hpp, step by step, over plain containers.
#include "server/store/memory/memory.hpp"
#include "server/store/memory/memory_store.hpp"

namespace veranda::store {

MemoryRequest* MemoryDesk::find(const LaneId& id) {
    const auto found = std::find_if(requests.begin(), requests.end(),
                                    [&](const MemoryRequest& each) { return each.request.id == id; });
    return found == requests.end() ? nullptr : &*found;
}

Listener* Memory::watching_desk(MemoryStore* store) {
    if (std::find(desk.watchers.begin(), desk.watchers.end(), store) == desk.watchers.end()) return nullptr;
    const auto found = listeners_.find(store);
    return found == listeners_.end() ? nullptr : found->second;
}

namespace {

void tell_state(Memory& memory, const LaneId& id, DeskStanding standing, const Hash& holder = {}) {
    memory.tell_desk([=](Listener& listener) { listener.on_desk_state(id, standing, holder); });
}

bool is_claimed(const MemoryRequest& each) { return !each.request.holder.is_zero(); }

}  // namespace

void Memory::expire_desk() {
    std::erase_if(desk.duty, [&](const MemoryDuty& each) { return each.until <= now; });
    for (MemoryRequest& each : desk.requests) {
        if (!is_claimed(each) || each.claimed_until > now) continue;
        each.request.holder = {};
        if (each.until > now) tell_state(*this, each.request.id, DeskStanding::waiting);
    }
    std::erase_if(desk.requests, [&](const MemoryRequest& each) {
        if (is_claimed(each) || each.until > now) return false;
        tell_state(*this, each.request.id, DeskStanding::gone);
        return true;
    });
    std::erase_if(desk.answers, [&](const auto& item) { return item.second.until <= now; });
}

void MemoryStore::watch_desk(Then<Nothing> then) {
    auto& watchers = memory_->desk.watchers;
    if (std::find(watchers.begin(), watchers.end(), this) == watchers.end()) watchers.push_back(this);
    answer<Nothing>(std::move(then), {});
}

void MemoryStore::unwatch_desk() { std::erase(memory_->desk.watchers, this); }

void MemoryStore::put_duty(StoredDuty duty, Then<Nothing> then) {
    auto& all = memory_->desk.duty;
    const UnixMillis until = memory_->after(memory_->lifetimes.presence);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const MemoryDuty& each) { return each.duty.turn == duty.turn; });
    if (found == all.end())
        all.push_back({std::move(duty), until});
    else
        *found = {std::move(duty), until};
    answer<Nothing>(std::move(then), {});
}

void MemoryStore::drop_duty(Hash turn, Then<Nothing> then) {
    std::erase_if(memory_->desk.duty, [&](const MemoryDuty& each) { return each.duty.turn == turn; });
    answer<Nothing>(std::move(then), {});
}

void MemoryStore::list_duty(Then<std::vector<StoredDuty>> then) {
    std::vector<StoredDuty> all;
    for (const MemoryDuty& each : memory_->desk.duty) all.push_back(each.duty);
    answer<std::vector<StoredDuty>>(std::move(then), std::move(all));
}

void MemoryStore::announce_duty_nonce(Challenge nonce) {
    memory_->tell_desk([=](Listener& listener) { listener.on_duty_nonce(nonce); });
    memory_->run();
}

void MemoryStore::announce_duty_proof(Challenge nonce, Bytes proof) {
    memory_->tell_desk([=, proof = std::move(proof)](Listener& listener) { listener.on_duty_proof(nonce, proof); });
    memory_->run();
}

void MemoryStore::announce_hand_over(Hash turn, Bytes sealed) {
    memory_->tell_desk([=, sealed = std::move(sealed)](Listener& listener) { listener.on_hand_over(turn, sealed); });
    memory_->run();
}

void MemoryStore::put_request(StoredRequest request, Then<RequestPut> then) {
    const UnixMillis until = memory_->after(memory_->lifetimes.knock);
    if (MemoryRequest* const found = memory_->desk.find(request.id)) {
        if (!found->request.left) found->until = until;
        return answer<RequestPut>(std::move(then), {true, found->request.holder});
    }
    auto& all = memory_->desk.requests;
    const auto others = std::count_if(all.begin(), all.end(),
                                      [&](const MemoryRequest& each) { return each.request.left == request.left; });
    if (static_cast<std::size_t>(others) >= limits::desk_waiting_max) return answer<RequestPut>(std::move(then), {});
    request.since = memory_->now;
    request.holder = {};
    const AnswerId at = std::exchange(request.answer, {});
    all.push_back({request, at, request.left ? memory_->after(milliseconds(limits::desk_left_ms)) : until, {}});
    memory_->tell_desk([request = std::move(request)](Listener& listener) { listener.on_desk_request(request); });
    answer<RequestPut>(std::move(then), {true, {}});
}

void MemoryStore::list_requests(Then<std::vector<StoredRequest>> then) {
    std::vector<StoredRequest> all;
    for (const MemoryRequest& each : memory_->desk.requests) all.push_back(each.request);
    answer<std::vector<StoredRequest>>(std::move(then), std::move(all));
}

void MemoryStore::claim_request(LaneId id, Hash holder, milliseconds lives, Then<Hash> then) {
    MemoryRequest* const found = memory_->desk.find(id);
    if (!found) return answer<Hash>(std::move(then), {});
    const bool is_free = !is_claimed(*found);
    if (!is_free && found->request.holder != holder) return answer<Hash>(std::move(then), found->request.holder);
    found->request.holder = holder;
    found->claimed_until = memory_->after(lives);
    if (is_free) tell_state(*memory_, id, DeskStanding::claimed, holder);
    answer<Hash>(std::move(then), holder);
}

void MemoryStore::end_request(LaneId id, Hash holder, Then<std::optional<Hash>> then) {
    const MemoryRequest* const found = memory_->desk.find(id);
    if (!found) return answer<std::optional<Hash>>(std::move(then), std::nullopt);
    if (!holder.is_zero() && found->request.holder != holder)
        return answer<std::optional<Hash>>(std::move(then), found->request.holder);
    std::erase_if(memory_->desk.requests, [&](const MemoryRequest& each) { return each.request.id == id; });
    tell_state(*memory_, id, DeskStanding::gone);
    answer<std::optional<Hash>>(std::move(then), holder);
}

void MemoryStore::put_desk_answer(LaneId id, AnswerId at, Hash holder, Bytes sealed, milliseconds lives,
                                  Then<AnswerPut> then) {
    auto& desk = memory_->desk;
    const auto kept = desk.answers.find(at);
    if (kept != desk.answers.end() && kept->second.sealed == sealed)
        return answer<AnswerPut>(std::move(then), AnswerPut::kept);
    const MemoryRequest* const found = desk.find(id);
    if (!found || !found->request.left || found->answer != at || !is_claimed(*found))
        return answer<AnswerPut>(std::move(then), AnswerPut::no_such_request);
    if (found->request.holder != holder) return answer<AnswerPut>(std::move(then), AnswerPut::claimed);
    if (desk.answers.size() >= limits::desk_answers_max && kept == desk.answers.end())
        return answer<AnswerPut>(std::move(then), AnswerPut::full);
    desk.answers.insert_or_assign(at, MemoryAnswer{std::move(sealed), memory_->after(lives)});
    std::erase_if(desk.requests, [&](const MemoryRequest& each) { return each.request.id == id; });
    tell_state(*memory_, id, DeskStanding::gone);
    answer<AnswerPut>(std::move(then), AnswerPut::kept);
}

void MemoryStore::find_desk_answer(AnswerId at, Then<FoundAnswer> then) {
    const auto& desk = memory_->desk;
    FoundAnswer found;
    found.is_awaited = std::any_of(desk.requests.begin(), desk.requests.end(),
                                   [&](const MemoryRequest& each) { return each.request.left && each.answer == at; });
    if (const auto kept = desk.answers.find(at); kept != desk.answers.end()) found.sealed = kept->second.sealed;
    answer<FoundAnswer>(std::move(then), std::move(found));
}

void MemoryStore::refresh_desk(std::vector<Hash> duty, std::vector<LaneId> requests, Then<DeskMissing> then) {
    DeskMissing missing;
    for (const Hash& turn : duty) {
        auto& all = memory_->desk.duty;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const MemoryDuty& each) { return each.duty.turn == turn; });
        if (found == all.end())
            missing.duty.push_back(turn);
        else
            found->until = memory_->after(memory_->lifetimes.presence);
    }
    for (const LaneId& id : requests) {
        MemoryRequest* const found = memory_->desk.find(id);
        if (!found)
            missing.requests.push_back(id);
        else if (!found->request.left)
            found->until = memory_->after(memory_->lifetimes.knock);
    }
    memory_->expire_desk();
    answer<DeskMissing>(std::move(then), std::move(missing));
}

}  // namespace veranda::store
