// The lines of somebody who asks.
#include "client-lib/terminal/desk/desk_run.hpp"

namespace veranda::terminal {

AskingRun::AskingRun(AtDesk at, client::AskPlan plan)
    : DeskRun(std::move(at), DeskPost::asker),
      plan_(std::move(plan)),
      asking_(loop_, at_.server, at_.ca_file, client::AskingClient(at_.server.origin(), at_.anchor, random_),
              {[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }}) {}

bool AskingRun::begin() { return ok(asking_.core().ask(plan_, now())); }

void AskingRun::pump() {
    while (asking_.pump([this](const client::Event& event) { take(event); })) {
    }
}

void AskingRun::take(const client::Event& event) {
    show(event);
    if (const auto* message = std::get_if<client::MessageEvent>(&event)) {
        if (message->own && unconfirmed_texts_ > 0) --unconfirmed_texts_;
        if (input_ended_ && unconfirmed_texts_ == 0) quit();
    }
    const auto* state = std::get_if<client::StateEvent>(&event);
    if (state == nullptr) return;
    has_talked_ = has_talked_ || state->phase == client::Phase::in_group;
    if (state->phase < client::Phase::removed) return;
    const bool is_refused = state->phase == client::Phase::refused || state->phase == client::Phase::removed;
    finish(is_refused ? ExitCode::failed : ExitCode::done);
}

void AskingRun::obey(const DeskLine& line) {
    struct Obey {
        AskingRun& self;
        void operator()(const Say& say) const {
            if (self.ok(self.asking_.core().say(say.text, now()))) ++self.unconfirmed_texts_;
        }
        void operator()(const LeaveRequest&) const { self.ok(self.asking_.core().leave_request(now())); }
        void operator()(const Agree& agree) const { self.ok(self.asking_.core().agree(agree.agrees, now())); }
        void operator()(const Who&) const { self.show(client::RosterEvent{self.asking_.core().roster()}); }
        void operator()(const Quit&) const { self.quit(); }
        void operator()(const UnknownCommand& unknown) const { self.complain("unknown_command", unknown.text); }
        void operator()(const NameMissing& missing) const { self.complain("name_missing", missing.text); }
        void operator()(const Nothing&) const {}
        void operator()(const ShowQueue&) const {}
        void operator()(const Take&) const {}
        void operator()(const Answer&) const {}
        void operator()(const PutBack&) const {}
        void operator()(const HandOverTo&) const {}
        void operator()(const End&) const {}
        void operator()(const OffDuty&) const {}
    };
    std::visit(Obey{*this}, line);
}

// A request that is to be left needs no more words; what was said is sent first.
void AskingRun::input_ended() {
    input_ended_ = true;
    if (plan_.leaves && !has_talked_) return;
    if (unconfirmed_texts_ == 0) quit();
}

void AskingRun::quit() {
    if (quitting_ || finished_) return;
    quitting_ = true;
    finish_late(ExitCode::done);
    if (!asking_.core().leave(now())) finish(ExitCode::done);
}

}  // namespace veranda::terminal
