// What is going to happen, and when. The only clock of a simulated world: time passes by doing what is next.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <vector>

namespace veranda::simulation {

using Act = std::function<void()>;

class Agenda {
public:
    std::uint64_t now_ms() const { return now_ms_; }
    std::uint64_t done() const { return done_; }

    // Things of the same moment happen in the order in which they were entered.
    void at(std::uint64_t ms, Act act) { waiting_.push({ms < now_ms_ ? now_ms_ : ms, ++entered_, std::move(act)}); }
    void after(std::uint64_t ms, Act act) { at(now_ms_ + ms, std::move(act)); }

    // Does the next thing, if it is due by `until_ms`. false: there is none.
    bool step(std::uint64_t until_ms) {
        if (waiting_.empty() || waiting_.top().ms > until_ms) return false;
        now_ms_ = waiting_.top().ms;
        const Act act = std::move(const_cast<Entry&>(waiting_.top()).act);  // it is popped before anything compares it
        waiting_.pop();
        ++done_;
        act();
        return true;
    }

private:
    struct Entry {
        std::uint64_t ms = 0;
        std::uint64_t number = 0;
        Act act;
        friend bool operator<(const Entry& a, const Entry& b) {
            return a.ms != b.ms ? a.ms > b.ms : a.number > b.number;
        }
    };

    std::priority_queue<Entry> waiting_;
    std::uint64_t now_ms_ = 0;
    std::uint64_t entered_ = 0;
    std::uint64_t done_ = 0;
};

// What goes one way between two places: it arrives in the order in which it was sent, each thing some time later. A cut
// swallows what is on its way.
class Channel {
public:
    explicit Channel(Agenda& agenda) : agenda_(&agenda) {}

    void send(std::uint64_t delay_ms, Act arrives) {
        const std::uint64_t at = std::max(last_arrival_ms_, agenda_->now_ms() + delay_ms);
        last_arrival_ms_ = at;
        agenda_->at(at, [generation = generation_, sent_in = *generation_, arrives = std::move(arrives)] {
            if (*generation == sent_in) arrives();
        });
    }
    void cut() { ++*generation_; }

private:
    Agenda* agenda_;
    std::shared_ptr<std::uint64_t> generation_ = std::make_shared<std::uint64_t>(0);
    std::uint64_t last_arrival_ms_ = 0;
};

}  // namespace veranda::simulation
