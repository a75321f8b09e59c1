// Running, comparing and shrinking; and the embedded store as what is run.
#include "tests/store_model/runner.hpp"

#include <algorithm>

#include "server/store/memory/memory_store.hpp"
#include "tests/store_model/model_store.hpp"

namespace veranda::tests {
namespace {

std::string first_words(const std::string& answer) {
    return answer.substr(0, std::min(answer.find_first_of("#'[0123456789,"), answer.size()));
}

class Run {
public:
    Run(Lifetimes lifetimes, Subject& subject) : subject_(subject), model_(lifetimes, subject.begin()) {
        for (Relay relay = 0; relay < relays; ++relay) {
            expected_.push_back(std::make_unique<Told>(subject.precision()));
            models_.emplace_back(model_, relay);
            models_.back().listen(*expected_.back());
        }
    }

    Outcome all(const std::vector<Command>& script) {
        subject_.pass(model_.now());
        for (std::size_t at = 0; at < script.size(); ++at) {
            const std::string what = one(script[at]);
            outcome_.was_too_slow = subject_.is_late();
            if (outcome_.was_too_slow) break;
            if (what.empty()) continue;
            outcome_.difference = Difference{at, what};
            break;
        }
        return std::move(outcome_);
    }

private:
    // What differs, or nothing.
    std::string one(const Command& command) {
        if (command.forgets) {
            subject_.forget();
            model_.forget();
        } else if (command.passes.count() > 0) {
            pass(command.passes);
            for (const Command& each : subject_.regularly())
                if (auto what = asked(each); !what.empty()) return each.operation + ": " + what;
        } else if (auto what = asked(command); !what.empty()) {
            return what;
        }
        return heard();
    }

    // Where a relay sees that a room is over, it unwatches it.
    void pass(milliseconds time) {
        const std::vector<RoomId> before = model_.rooms();
        const UnixMillis now{model_.now().value + static_cast<std::uint64_t>(time.count())};
        subject_.pass(now);
        model_.advance(now);
        for (const RoomId& room : before)
            for (Relay relay = 0; relay < relays && !model_.room(room); ++relay) subject_.store(relay).unwatch(room);
    }

    std::string asked(const Command& command) {
        std::vector<std::string> answers, expected;
        std::size_t entries_at_answer = 0;
        command.ask({subject_.store(command.relay), model_.now(), subject_.precision(), [&](std::string answer) {
                         answers.push_back(std::move(answer));
                         entries_at_answer = subject_.told(command.relay).entries;
                     }});
        if (!subject_.settle(command.relay, [&] { return !answers.empty(); })) return "no answer";
        command.ask({models_[command.relay], model_.now(), subject_.precision(),
                     [&](std::string answer) { expected.push_back(std::move(answer)); }});
        ++outcome_.answers[command.operation + ": " + first_words(expected[0])];
        if (answers.size() > 1) return "answered twice";
        if (answers != expected) return "it answers\n  " + answers[0] + "\nand not\n  " + expected[0];
        if (command.operation == "append" && entries_at_answer < expected_[command.relay]->entries)
            return "answered before its own relay heard of the entry";
        return {};
    }

    std::string heard() {
        for (Relay relay = 0; relay < relays; ++relay) {
            const auto heard = std::exchange(subject_.told(relay).heard, {});
            const auto expected = std::exchange(expected_[relay]->heard, {});
            if (heard != expected)
                return "relay " + std::to_string(relay) + " hears" + lines(heard) + "\nand not" + lines(expected);
        }
        return {};
    }

    static std::string lines(const std::map<std::string, std::vector<std::string>>& heard) {
        std::string all;
        for (const auto& [about, events] : heard)
            for (const std::string& event : events) all += "\n  " + about + ": " + event;
        return all.empty() ? "\n  nothing" : all;
    }

    Subject& subject_;
    Model model_;
    std::vector<std::unique_ptr<Told>> expected_;
    std::vector<ModelStore> models_;
    Outcome outcome_;
};

class MemorySubject final : public Subject {
public:
    MemorySubject(Lifetimes lifetimes, const Wrap& wrap) : first_(lifetimes) {
        for (std::size_t relay = 0; relay < relays; ++relay) {
            told_.push_back(std::make_unique<Told>(Precision::exact));
            std::unique_ptr<Store> store = std::make_unique<MemoryStore>(first_.memory());
            stores_.push_back(wrap ? wrap(std::move(store)) : std::move(store));
            stores_.back()->listen(*told_.back());
        }
        first_.advance(begin());
    }

    Precision precision() const override { return Precision::exact; }
    UnixMillis begin() const override { return {1'780'000'000'000}; }
    Store& store(std::size_t relay) override { return *stores_[relay]; }
    Told& told(std::size_t relay) override { return *told_[relay]; }
    bool settle(std::size_t, const std::function<bool()>& is_answered) override { return is_answered(); }
    void pass(UnixMillis now) override { first_.advance(now); }
    void forget() override { first_.forget(); }

private:
    MemoryStore first_;
    std::vector<std::unique_ptr<Told>> told_;
    std::vector<std::unique_ptr<Store>> stores_;
};

}  // namespace

Outcome run(const std::vector<Command>& script, Lifetimes lifetimes, Subject& subject) {
    return Run(lifetimes, subject).all(script);
}

std::vector<Command> shrunk(std::vector<Command> script, Lifetimes lifetimes, const MakeSubject& make) {
    const auto ends_at = [&](const std::vector<Command>& tried) {
        const auto difference = run(tried, lifetimes, *make()).difference;
        return difference ? std::optional(difference->at + 1) : std::nullopt;
    };
    for (std::size_t part = script.size(); part > 0; part /= 2) {
        for (std::size_t from = 0; from < script.size();) {
            std::vector<Command> fewer = script;
            const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
            fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(part, script.size() - from)));
            const auto end = ends_at(fewer);
            if (end) {
                fewer.resize(*end);
                script = std::move(fewer);
            } else {
                from += part;
            }
        }
    }
    return script;
}

std::string told(const std::vector<Command>& script, std::size_t last) {
    std::string all;
    for (std::size_t at = script.size() - std::min(last, script.size()); at < script.size(); ++at)
        all +=
            "  relay " + std::to_string(script[at].relay) + ": " + script[at].operation + " " + script[at].words + "\n";
    return all;
}

std::unique_ptr<Subject> memory_subject(Lifetimes lifetimes, Wrap wrap) {
    return std::make_unique<MemorySubject>(lifetimes, wrap);
}

}  // namespace veranda::tests
