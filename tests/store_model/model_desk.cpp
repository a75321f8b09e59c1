// The contract of desk.hpp, an operation at a time.
#include <algorithm>

#include "tests/store_model/model.hpp"

namespace veranda::tests {

void Model::tell_desk(const std::function<void(Listener&)>& event) {
    for (const Relay relay : desk_watchers_) event(*listeners_.at(relay));
}

ModelRequest* Model::find_request(LaneId id) {
    for (ModelRequest& each : requests_)
        if (each.request.id == id) return &each;
    return nullptr;
}

void Model::remove_request(LaneId id) {
    std::erase_if(requests_, [&](const ModelRequest& each) { return each.request.id == id; });
    tell_desk([&](Listener& listener) { listener.on_desk_state(id, DeskStanding::gone, {}); });
}

// A claim that runs out leaves its request waiting, if its asker still does; then what waits in vain ends.
void Model::expire_desk() {
    std::erase_if(duty_, [&](const ModelDuty& each) { return each.until <= now_; });
    for (ModelRequest& each : requests_) {
        if (each.request.holder.is_zero() || each.claimed_until > now_) continue;
        each.request.holder = {};
        const LaneId id = each.request.id;
        if (each.until > now_)
            tell_desk([&](Listener& listener) { listener.on_desk_state(id, DeskStanding::waiting, {}); });
    }
    const std::vector<ModelRequest> all = requests_;
    for (const ModelRequest& each : all)
        if (each.request.holder.is_zero() && each.until <= now_) remove_request(each.request.id);
    std::erase_if(answers_, [&](const auto& of) { return of.second.until <= now_; });
}

void Model::put_duty(const StoredDuty& duty) {
    std::erase_if(duty_, [&](const ModelDuty& each) { return each.duty.turn == duty.turn; });
    duty_.push_back({duty, after(lifetimes_.presence)});
}

void Model::drop_duty(Hash turn) {
    std::erase_if(duty_, [&](const ModelDuty& each) { return each.duty.turn == turn; });
}

std::vector<StoredDuty> Model::list_duty() const {
    std::vector<StoredDuty> all;
    for (const ModelDuty& each : duty_) all.push_back(each.duty);
    return all;
}

void Model::announce_duty_nonce(Challenge nonce) {
    tell_desk([&](Listener& listener) { listener.on_duty_nonce(nonce); });
}

void Model::announce_duty_proof(Challenge nonce, const Bytes& proof) {
    tell_desk([&](Listener& listener) { listener.on_duty_proof(nonce, proof); });
}

void Model::announce_hand_over(Hash turn, const Bytes& sealed) {
    tell_desk([&](Listener& listener) { listener.on_hand_over(turn, sealed); });
}

RequestPut Model::put_request(const StoredRequest& request) {
    if (ModelRequest* const there = find_request(request.id)) {
        if (!there->request.left) there->until = after(lifetimes_.knock);
        return {true, there->request.holder};
    }
    std::size_t alike = 0;
    for (const ModelRequest& each : requests_)
        if (each.request.left == request.left) ++alike;
    if (alike >= limits::desk_waiting_max) return {false, {}};
    const milliseconds lives = request.left ? milliseconds(limits::desk_left_ms) : lifetimes_.knock;
    StoredRequest kept = request;
    kept.since = now_;
    kept.holder = {};
    kept.answer = {};
    requests_.push_back({kept, request.answer, after(lives), {}});
    tell_desk([&](Listener& listener) { listener.on_desk_request(kept); });
    return {true, {}};
}

std::vector<StoredRequest> Model::list_requests() const {
    std::vector<StoredRequest> all;
    for (const ModelRequest& each : requests_) all.push_back(each.request);
    return all;
}

Hash Model::claim_request(LaneId id, Hash holder, milliseconds lives) {
    ModelRequest* const there = find_request(id);
    if (!there) return {};
    const bool is_free = there->request.holder.is_zero();
    if (!is_free && there->request.holder != holder) return there->request.holder;
    there->request.holder = holder;
    there->claimed_until = after(lives);
    if (is_free) tell_desk([&](Listener& listener) { listener.on_desk_state(id, DeskStanding::claimed, holder); });
    return holder;
}

std::optional<Hash> Model::end_request(LaneId id, Hash holder) {
    const ModelRequest* const there = find_request(id);
    if (!there) return std::nullopt;
    if (!holder.is_zero() && there->request.holder != holder) return there->request.holder;
    remove_request(id);
    return holder;
}

AnswerPut Model::put_desk_answer(LaneId id, AnswerId answer, Hash holder, const Bytes& sealed, milliseconds lives) {
    const bool is_known = answers_.contains(answer);
    if (is_known && answers_[answer].sealed == sealed) return AnswerPut::kept;
    const ModelRequest* const there = find_request(id);
    if (!there || !there->request.left || there->answer != answer) return AnswerPut::no_such_request;
    if (there->request.holder.is_zero()) return AnswerPut::no_such_request;
    if (there->request.holder != holder) return AnswerPut::claimed;
    if (!is_known && answers_.size() >= limits::desk_answers_max) return AnswerPut::full;
    answers_[answer] = {sealed, after(lives)};
    remove_request(id);
    return AnswerPut::kept;
}

FoundAnswer Model::find_desk_answer(AnswerId answer) const {
    FoundAnswer found;
    if (const auto there = answers_.find(answer); there != answers_.end()) found.sealed = there->second.sealed;
    for (const ModelRequest& each : requests_)
        if (each.request.left && each.answer == answer) found.is_awaited = true;
    return found;
}

DeskMissing Model::refresh_desk(const std::vector<Hash>& duty, const std::vector<LaneId>& requests) {
    DeskMissing missing;
    for (const Hash& turn : duty) {
        const auto there =
            std::find_if(duty_.begin(), duty_.end(), [&](const ModelDuty& each) { return each.duty.turn == turn; });
        if (there == duty_.end())
            missing.duty.push_back(turn);
        else
            there->until = after(lifetimes_.presence);
    }
    for (const LaneId& id : requests) {
        ModelRequest* const there = find_request(id);
        if (!there)
            missing.requests.push_back(id);
        else if (!there->request.left)
            there->until = after(lifetimes_.knock);
    }
    return missing;
}

}  // namespace veranda::tests
