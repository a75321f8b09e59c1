// A store between which and the relay lies a network: requests, answers and events each arrive in their order, but
// when, a test says. It can be out of reach, or have forgotten.
#pragma once

#include <deque>

#include "tests/support/passing_store.hpp"
#include "tests/support/rooms.hpp"

namespace veranda::tests {

class DelayedStore final : public PassingStore {
public:
    using PassingStore::PassingStore;

    // With trouble, requests are answered with it and never reach the store.
    std::optional<store::Trouble> trouble;

    bool is_quiet() const { return requests_.empty() && answers_.empty() && events_.empty(); }
    bool has_requests() const { return !requests_.empty(); }
    void deliver_requests() { drain(requests_); }
    void deliver_answers() { drain(answers_); }
    void deliver_events() { drain(events_); }
    // One thing arrives, of whichever kind the dice say. false: nothing was under way.
    bool step(TestRandom& dice) {
        std::vector<Queue*> waiting;
        for (Queue* queue : {&requests_, &answers_, &events_})
            if (!queue->empty()) waiting.push_back(queue);
        if (waiting.empty()) return false;
        pop(*waiting[dice.below(waiting.size())]);
        return true;
    }
    void settle() {
        while (!is_quiet()) {
            deliver_requests();
            deliver_events();
            deliver_answers();
        }
    }

private:
    using Queue = std::deque<Act>;

    void pass(Question question) override {
        if (trouble) {
            answers_.push_back([fail = std::move(question.fail), what = *trouble] { fail(what); });
            return;
        }
        requests_.push_back([this, carry_out = std::move(question.carry_out)] {
            carry_out([this](Act answer) { answers_.push_back(std::move(answer)); });
        });
    }
    void send(Act request) override {
        if (!trouble) requests_.push_back(std::move(request));
    }
    void let_go(Act request) override { requests_.push_back(std::move(request)); }
    void tell(Act event) override { events_.push_back(std::move(event)); }

    static void pop(Queue& queue) {
        const auto what = std::move(queue.front());
        queue.pop_front();
        what();
    }
    static void drain(Queue& queue) {
        while (!queue.empty()) pop(queue);
    }

    Queue requests_;
    Queue answers_;
    Queue events_;
};

}  // namespace veranda::tests
