// A counsellor's lines: the queue, one session for two, and the end of both.
#include "client-lib/terminal/desk/desk_run.hpp"

namespace veranda::terminal {

CounsellorRun::CounsellorRun(AtDesk at, client::StaffKeys keys, std::vector<std::string> languages)
    : DeskRun(std::move(at), DeskPost::counsellor),
      keys_(std::move(keys)),
      languages_(std::move(languages)),
      desk_(loop_, at_.server, at_.ca_file, client::DeskClient(at_.server.origin(), at_.anchor, random_),
            {[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }}) {}

bool CounsellorRun::begin() {
    auto keys = std::move(*keys_);
    keys_.reset();
    return ok(desk_.core().go_on_duty(std::move(keys), languages_, now()));
}

void CounsellorRun::tick() {
    if (std::exchange(session_over_, false)) session_.reset();
    desk_.tick();
    if (session_) session_->tick();
}

void CounsellorRun::pump() {
    for (bool busy = true; busy;) {
        busy = desk_.pump([this](const client::Event& event) { take(event); });
        if (auto session = desk_.core().take_session()) open_session(std::move(*session));
        if (session_ && session_->pump([this](const client::Event& event) { take_of_session(event); })) busy = true;
    }
}

void CounsellorRun::open_session(client::SessionForTwo&& session) {
    session_over_ = false;
    session_ = std::make_unique<Session>(
        loop_, at_.server, at_.ca_file, client::Client(at_.server.origin(), at_.anchor, random_),
        Session::Wants{[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }});
    ok(session_->core().host(std::move(session.keys), std::move(session.plan), now()));
}

void CounsellorRun::take(const client::Event& event) {
    show(event);
    const auto* duty = std::get_if<client::DutyEvent>(&event);
    if (duty == nullptr) return;
    if (duty->state == "refused") finish(ExitCode::failed);
    if (duty->state == "off_duty") finish(ExitCode::done);
}

// When the session is over, so is what was asked for.
void CounsellorRun::take_of_session(const client::Event& event) {
    show(event);
    const auto* state = std::get_if<client::StateEvent>(&event);
    if (state == nullptr || state->phase < client::Phase::removed) return;
    session_over_ = true;
    if (desk_.core().has_request()) ok(desk_.core().end(now()));
    if (quitting_) ok(desk_.core().go_off_duty(now()));
}

void CounsellorRun::end() {
    const bool is_open = session_ && !session_over_;
    if (is_open && session_->core().end(now())) return;
    // No room yet, or none any more: the request is ended all the same.
    session_over_ = true;
    ok(desk_.core().end(now()));
}

void CounsellorRun::obey(const DeskLine& line) {
    struct Obey {
        CounsellorRun& self;
        bool talks() const { return self.session_ && !self.session_over_; }
        void operator()(const Say& say) const {
            if (!talks()) return self.complain("no_session");
            self.ok(self.session_->core().say(say.text, now()));
        }
        void operator()(const ShowQueue&) const {
            for (const auto& request : self.desk_.core().queue(now())) self.show(request);
        }
        void operator()(const Take& take) const { self.ok(self.desk_.core().take(take.number, now())); }
        void operator()(const End&) const { self.end(); }
        void operator()(const OffDuty&) const {
            if (talks()) return self.complain("session_open");
            self.ok(self.desk_.core().go_off_duty(now()));
        }
        void operator()(const Who&) const {
            if (talks()) self.show(client::RosterEvent{self.session_->core().roster()});
        }
        void operator()(const Quit&) const { self.quit(); }
        void operator()(const Nothing&) const {}
        void operator()(const LeaveRequest&) const {}
        void operator()(const UnknownCommand& unknown) const { self.complain("unknown_command", unknown.text); }
        void operator()(const NameMissing& missing) const { self.complain("name_missing", missing.text); }
    };
    std::visit(Obey{*this}, line);
}

// A session that is open ends with it: nobody is left talking to an empty chair.
void CounsellorRun::quit() {
    if (quitting_ || finished_) return;
    quitting_ = true;
    finish_late(ExitCode::done);
    if (session_ && !session_over_ && session_->core().end(now())) return;
    if (desk_.core().has_request()) (void)desk_.core().end(now());
    if (!desk_.core().go_off_duty(now())) finish(ExitCode::done);
}

void CounsellorRun::close() {
    desk_.close();
    if (session_) session_->close();
}

}  // namespace veranda::terminal
