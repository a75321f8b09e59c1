// The loop that both sides of the desk share.
#include "client-lib/terminal/desk/desk_run.hpp"

#include <csignal>
#include <cstdio>

#include "client-lib/terminal/error_words.hpp"
#include "client-lib/terminal/patience.hpp"

namespace veranda::terminal {

DeskRun::DeskRun(AtDesk at, DeskPost post)
    : at_(std::move(at)), post_(post), ticks_(loop_), patience_(loop_), signals_(loop_, SIGINT, SIGTERM, SIGHUP) {}

ExitCode DeskRun::run() {
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (!error) on_signal();
    });
    input_.emplace(
        loop_,
        [this](const std::string& line) {
            if (finished_ || quitting_) return;
            obey(desk_line(line, post_));
            pump();
        },
        [this] {
            input_ended();
            pump();
        });
    if (!begin()) finish(ExitCode::failed);
    pump();
    go_on();
    while (!finished_ && !loop_.stopped()) loop_.run_one();
    input_.reset();
    close();
    loop_.run_for(closing_time_max);  // the sockets say goodbye
    return exit_code_;
}

void DeskRun::go_on() {
    if (finished_) return;
    tick();
    pump();
    ticks_.expires_after(tick_time);
    ticks_.async_wait([this](boost::system::error_code error) {
        if (!error) go_on();
    });
}

void DeskRun::on_signal() {
    if (quitting_ || finished_) return loop_.stop();
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (!error) on_signal();
    });
    quit();
    pump();
}

void DeskRun::show(const client::Event& event) {
    const std::string text = at_.json ? client::to_json(event) + '\n' : screen_text(event, look_of_terminal());
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written) finish(ExitCode::failed);  // nobody is listening any more
}

void DeskRun::complain(std::string_view code, std::string_view text) {
    show(client::ErrorEvent{std::string(code), std::string(text.empty() ? error_words(code) : text)});
}

bool DeskRun::ok(const Result<void>& result) {
    if (!result) complain(result.error().rule->name);
    return result.has_value();
}

void DeskRun::cannot_connect(const std::string& why) {
    show(client::NoticeEvent{"cannot_connect", "Cannot reach " + at_.server.origin() + ": " + why + ". Trying again."});
}

void DeskRun::finish_late(ExitCode code) {
    patience_.expires_after(leaving_time_max);
    patience_.async_wait([this, code](boost::system::error_code error) {
        if (!error) finish(code);
    });
}

void DeskRun::finish(ExitCode code) {
    if (std::exchange(finished_, true)) return;
    exit_code_ = code;
    ticks_.cancel();
    patience_.cancel();
    signals_.cancel();
}

}  // namespace veranda::terminal
