// Reading an answer by the words that were kept: it is looked for, shown, and over.
#include "client-lib/terminal/desk/desk_run.hpp"

namespace veranda::terminal {

AnswerRun::AnswerRun(AtDesk at, circle::Pass pass)
    : DeskRun(std::move(at), DeskPost::asker),
      pass_(std::move(pass)),
      reader_(loop_, at_.server, at_.ca_file, client::AnswerReader(at_.server.origin(), at_.anchor, random_),
              {[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }}) {}

bool AnswerRun::begin() { return ok(reader_.core().read(std::move(pass_), now())); }

void AnswerRun::pump() {
    while (reader_.pump([this](const client::Event& event) { take(event); })) {
    }
}

// What is not there (yet) is a try that came to nothing.
void AnswerRun::take(const client::Event& event) {
    show(event);
    if (const auto* answer = std::get_if<client::AnswerEvent>(&event)) has_answer_ = answer->state == "answered";
    const auto* state = std::get_if<client::StateEvent>(&event);
    if (state != nullptr) finish(has_answer_ || quitting_ ? ExitCode::done : ExitCode::failed);
}

void AnswerRun::obey(const DeskLine& line) {
    if (std::holds_alternative<Quit>(line)) quit();
}

void AnswerRun::quit() {
    if (quitting_ || finished_) return;
    quitting_ = true;
    reader_.core().give_up();
}

}  // namespace veranda::terminal
