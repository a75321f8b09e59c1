// A counsellor's lines: the queue, one session for two, and the end of both.
#include "client-lib/terminal/desk/desk_run.hpp"

namespace veranda::terminal {

CounsellorRun::CounsellorRun(AtDesk at, client::StaffKeys keys, std::vector<std::string> languages,
                             std::optional<crypto::KemKeyPair> desk_key)
    : DeskRun(std::move(at), DeskPost::counsellor),
      keys_(std::move(keys)),
      languages_(std::move(languages)),
      desk_key_(std::move(desk_key)),
      desk_(loop_, at_.server, at_.ca_file, client::DeskClient(at_.server.origin(), at_.anchor, random_),
            {[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }}) {}

bool CounsellorRun::begin() {
    auto keys = std::move(*keys_);
    keys_.reset();
    desk_.core().set_at_once(1);
    return ok(desk_.core().go_on_duty(std::move(keys), languages_, now(), std::exchange(desk_key_, std::nullopt)));
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
        if (auto handed = desk_.core().take_handed_over()) take_over(std::move(*handed));
        if (pass_on_hand_over()) busy = true;
        if (session_ && session_->pump([this](const client::Event& event) { take_of_session(event); })) busy = true;
    }
}

void CounsellorRun::make_session() {
    session_over_ = false;
    comes_in_as_.reset();
    session_ = std::make_unique<Session>(
        loop_, at_.server, at_.ca_file, client::Client(at_.server.origin(), at_.anchor, random_),
        Session::Wants{[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }});
}

void CounsellorRun::open_session(client::SessionForTwo&& session) {
    make_session();
    ok(session_->core().host(std::move(session.keys), std::move(session.plan), now()));
}

std::uint64_t CounsellorRun::number() const {
    const auto numbers = desk_.core().requests();
    return numbers.empty() ? 0 : numbers.front();
}

// Another's session, for us to go on with.
void CounsellorRun::take_over(client::SessionHandedOver&& handed) {
    make_session();
    comes_in_as_ = std::move(handed.keys);
    ok(session_->core().open_invite_of(std::move(handed.pass), {handed.issuer}, now()));
}

// From the desk to the room: who it is to be. From the room to the desk: the pass, once the survivor has agreed.
bool CounsellorRun::pass_on_hand_over() {
    auto colleague = desk_.core().take_colleague();
    const bool is_found = colleague.has_value();
    // Another may be looked for while the survivor is still asked about the first: what she agrees to is the first.
    if (is_found && talks() && ok(session_->core().ask_to_hand_over(colleague->certificate, now())))
        successor_.emplace(*std::move(colleague));
    const auto pass = talks() ? session_->core().take_hand_over() : std::nullopt;
    if (pass && successor_) ok(desk_.core().hand_over(*successor_, *pass, now()));
    return is_found || pass.has_value();
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
    if (std::holds_alternative<client::InvitationEvent>(event) && comes_in_as_) {
        ok(session_->core().knock_as_staff(std::move(*comes_in_as_), now()));
        comes_in_as_.reset();
    }
    const auto* state = std::get_if<client::StateEvent>(&event);
    if (state == nullptr || state->phase < client::Phase::removed) return;
    session_over_ = true;
    end_request();
    if (quitting_) ok(desk_.core().go_off_duty(now()));
}

// What was left waits again by itself, for whoever holds the desk key.
void CounsellorRun::end_request() {
    const std::uint64_t ours = number();
    if (ours != 0 && !desk_.core().has_left_request(ours)) ok(desk_.core().end(ours, now()));
}

void CounsellorRun::end() {
    if (talks() && session_->core().end(now())) return;
    // No room yet, or none any more: the request is ended all the same.
    session_over_ = true;
    if (number() == 0) return complain("no_session");
    ok(desk_.core().end(number(), now()));
}

void CounsellorRun::obey(const DeskLine& line) {
    struct Obey {
        CounsellorRun& self;
        bool talks() const { return self.talks(); }
        void operator()(const Say& say) const {
            if (!talks()) return self.complain("no_session");
            self.ok(self.session_->core().say(say.text, now()));
        }
        void operator()(const ShowQueue&) const {
            for (const auto& request : self.desk_.core().queue(now())) self.show(request);
        }
        void operator()(const Take& take) const {
            if (talks() && self.number() == 0) return self.complain("session_open");  // it was withdrawn
            self.ok(self.desk_.core().take(take.number, now()));
        }
        void operator()(const Answer& answer) const {
            self.ok(self.desk_.core().answer(self.number(), answer.text, now()));
        }
        void operator()(const PutBack&) const { self.ok(self.desk_.core().put_back(self.number(), now())); }
        void operator()(const HandOverTo& to) const {
            if (!talks()) return self.complain("no_session");
            self.ok(self.desk_.core().look_for(self.number(), to.name, now()));
        }
        void operator()(const Agree&) const {}
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
    if (talks() && session_->core().end(now())) return;
    end_request();
    if (!desk_.core().go_off_duty(now())) finish(ExitCode::done);
}

void CounsellorRun::close() {
    desk_.close();
    if (session_) session_->close();
}

}  // namespace veranda::terminal
