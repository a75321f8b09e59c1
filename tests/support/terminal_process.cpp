// What a terminal says, line by line, and what is typed into it.
#include "tests/support/terminal_process.hpp"

namespace veranda::tests {
namespace {

// What stands after "key": at the first place where it is a key. Quotes inside of texts are escaped, so that no text
// looks like one.
std::string_view value_of(std::string_view line, std::string_view key) {
    const std::string marked = '"' + std::string(key) + "\":";
    const std::size_t at = line.find(marked);
    return at == std::string_view::npos ? std::string_view() : line.substr(at + marked.size());
}

}  // namespace

std::string TerminalEvent::text(std::string_view key) const {
    std::string_view value = value_of(line, key);
    if (value.empty() || value.front() != '"') return {};
    value.remove_prefix(1);
    std::string out;
    for (std::size_t i = 0; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\')
            out += value[++i] == 'n' ? '\n' : value[i];
        else
            out += value[i];
    }
    return out;
}

std::uint64_t TerminalEvent::number(std::string_view key) const {
    const std::string value(value_of(line, key));
    return std::strtoull(value.c_str(), nullptr, 10);
}

bool TerminalEvent::truth(std::string_view key) const { return value_of(line, key).starts_with("true"); }

TerminalProcess::TerminalProcess(const std::string& program, std::vector<std::string> arguments)
    : child_(program, std::move(arguments), ChildProcess::Input::a_pipe) {}

void TerminalProcess::type(std::string_view line) { child_.write(std::string(line) + '\n'); }

bool TerminalProcess::read_more(ChildProcess::Clock::time_point until) {
    if (!child_.read_more(until)) return false;
    take_lines();
    return true;
}

void TerminalProcess::take_lines() {
    const std::string& output = child_.output();
    for (std::size_t end = output.find('\n', taken_); end != std::string::npos; end = output.find('\n', taken_)) {
        events_.push_back({output.substr(taken_, end - taken_)});
        unseen_.push_back(events_.back());
        taken_ = end + 1;
    }
}

std::optional<TerminalEvent> TerminalProcess::wait_for(std::string_view event, const Predicate& holds) {
    const auto until = ChildProcess::Clock::now() + patience;
    std::size_t at = 0;
    do {
        for (; at < unseen_.size(); ++at) {
            if (!unseen_[at].is(event) || (holds && !holds(unseen_[at]))) continue;
            TerminalEvent found = std::move(unseen_[at]);
            unseen_.erase(unseen_.begin() + static_cast<std::ptrdiff_t>(at));
            return found;
        }
    } while (read_more(until));
    return std::nullopt;
}

bool TerminalProcess::wait_for_state(std::string_view state) {
    return wait_for("state", [&](const TerminalEvent& e) { return e.text("state") == state; }).has_value();
}

bool TerminalProcess::wait_for_message(std::string_view text) {
    return wait_for("message", [&](const TerminalEvent& e) { return e.text("text") == text; }).has_value();
}

bool TerminalProcess::wait_for_code(std::string_view event, std::string_view code) {
    return wait_for(event, [&](const TerminalEvent& e) { return e.text("code") == code; }).has_value();
}

void TerminalProcess::forget_events() {
    events();
    unseen_.clear();
}

const std::vector<TerminalEvent>& TerminalProcess::events() {
    while (read_more(ChildProcess::Clock::now())) {
    }
    return events_;
}

std::vector<std::string> TerminalProcess::messages() {
    std::vector<std::string> found;
    for (const TerminalEvent& event : events())
        if (event.is("message")) found.push_back(event.text("from") + ": " + event.text("text"));
    return found;
}

std::optional<int> TerminalProcess::wait_for_exit() {
    const auto status = child_.wait_for_exit();
    take_lines();
    return status;
}

std::string TerminalProcess::transcript() const {
    std::string all;
    for (const TerminalEvent& event : events_) all += event.line + '\n';
    return all + child_.log();
}

}  // namespace veranda::tests
