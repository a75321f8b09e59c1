// The loop around the client core.
#include "client-lib/terminal/conversation.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>

#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/terminal/error_words.hpp"
#include "client-lib/terminal/patience.hpp"
#include "client-lib/terminal/surroundings.hpp"

namespace veranda::terminal {
namespace {

constexpr std::chrono::seconds sending_time_max{10};  // for what was said before the input ended

Post post_of(const Purpose& purpose) {
    if (const auto* back = std::get_if<ComeBack>(&purpose)) return back->keys ? Post::host : Post::member;
    return std::holds_alternative<JoinAsMember>(purpose) ? Post::member : Post::host;
}

std::string json_line(const client::Event& event, bool of_desk) {
    std::string text = client::to_json(event);
    if (of_desk) text.insert(text.size() - 1, ",\"desk\":true");
    return text + '\n';
}

std::string screen_lines(const client::Event& event, bool of_desk) {
    const std::string text = screen_text(event, look_of_terminal());
    return of_desk && !text.empty() ? "Support desk:\n" + text : text;
}

bool may_come_back_after(std::string_view code) {
    return code == "pseudonym_taken" || code == "room_locked" || code == "waiting_room_full" || code == "sent_away";
}

}  // namespace

Conversation::Conversation(Meeting meeting)
    : meeting_(std::move(meeting)),
      post_(post_of(meeting_.purpose)),
      ticks_(loop_),
      patience_(loop_),
      signals_(loop_, SIGINT, SIGTERM, SIGHUP),
      client_(meeting_.server.origin(), meeting_.anchor, random_),
      socket_(loop_, meeting_.server, meeting_.ca_file, *this) {}

ExitCode Conversation::run() {
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (!error) on_signal();
    });
    input_.emplace(
        loop_, [this](const std::string& line) { on_line(line); },
        [this] {
            input_ended_ = true;
            quit_when_all_is_sent();
        });
    begin();
    tick();
    while (!finished_ && !loop_.stopped()) loop_.run_one();
    input_.reset();
    socket_.close();
    if (at_desk_) at_desk_->close();
    loop_.run_for(closing_time_max);  // the sockets say goodbye
    return exit_code_;
}

void Conversation::begin() {
    Result<void> begun;
    if (meeting_.book)
        if (auto book = meeting_.book->take_book()) ok(client_.bring_book(*std::move(book)));
    if (auto* host = std::get_if<HostGroup>(&meeting_.purpose)) {
        begun = client_.host(std::move(host->keys), std::move(host->plan), now());
    } else if (auto* staff = std::get_if<JoinAsStaff>(&meeting_.purpose)) {
        begun = client_.open_invite(std::move(staff->pass), now());
    } else if (auto* back = std::get_if<ComeBack>(&meeting_.purpose)) {
        begun = back->keys ? client_.return_as_staff(std::move(back->ticket), *std::move(back->keys), now())
                           : client_.return_by(std::move(back->ticket), now());
    } else {
        begun = client_.open_invite(std::move(std::get<JoinAsMember>(meeting_.purpose).pass), now());
    }
    if (!ok(begun)) finish(ExitCode::failed);
    pump();
}

void Conversation::tick() {
    if (finished_) return;
    client_.tick(now());
    if (at_desk_) at_desk_->tick();
    pump();
    if (at_desk_ && at_desk_->is_over()) at_desk_.reset();
    ticks_.expires_after(tick_time);
    ticks_.async_wait([this](boost::system::error_code error) {
        if (!error) tick();
    });
}

void Conversation::on_connected() {
    last_trouble_.clear();
    client_.connected(now());
    pump();
}

void Conversation::on_message(ByteView message) {
    client_.received(message, now());
    pump();
}

void Conversation::on_disconnected(const std::string& why, bool never_up) {
    if (never_up && std::exchange(last_trouble_, why) != why) cannot_connect(why);
    client_.disconnected(now());
    pump();
}

void Conversation::cannot_connect(const std::string& why) {
    show(client::NoticeEvent{"cannot_connect",
                             "Cannot reach " + meeting_.server.origin() + ": " + why + ". Trying again."});
}

void Conversation::on_line(const std::string& line) {
    if (finished_ || quitting_) return;
    obey(line_command(line, post_));
    pump();
}

void Conversation::obey(const LineCommand& command) {
    struct Obey {
        Conversation& self;
        void operator()(const Say& say) const {
            if (self.over_) return self.say_at_desk(say.text);
            if (self.ok(self.client_.say(say.text, now()))) ++self.unconfirmed_texts_;
        }
        void operator()(const SayAtDesk& say) const { self.say_at_desk(say.text); }
        void operator()(const Invite& invite) const { self.ok(self.client_.invite(invite.for_staff, now())); }
        void operator()(const Invites&) const {
            const auto invites = self.client_.invites(now());
            if (invites.empty()) self.complain("no_invites");
            for (const auto& invite : invites) self.show(invite);
        }
        void operator()(const Revoke& revoke) const {
            self.ok(revoke.number ? self.client_.revoke_invite(*revoke.number, now())
                                  : self.client_.revoke_invites(now()));
        }
        void operator()(const Admit& admit) const { self.ok(self.client_.admit(admit.name, now(), admit.level)); }
        void operator()(const Refuse& refuse) const {
            if (self.client_.refuse(refuse.whole, now())) return;  // a name with spaces, and no words
            self.ok(self.client_.refuse(refuse.name, now(), refuse.words));
        }
        void operator()(const Word& word) const { self.ok(self.client_.agreed_word(word.name)); }
        void operator()(const WrongWord& wrong) const { self.ok(self.client_.wrong_word(wrong.name)); }
        void operator()(const Lock& lock) const { self.ok(self.client_.lock(lock.locked, lock.clear, now())); }
        void operator()(const Hand& hand) const { self.ok(self.client_.raise_hand(hand.up, now())); }
        void operator()(const Note& note) const { self.ok(self.client_.note(note.text, now())); }
        void operator()(const NotSafe& alarm) const {
            self.alarm_words_ = alarm.text;
            self.ok(self.client_.not_safe(alarm.text, now()));
        }
        void operator()(const ReturnWords&) const { self.ok(self.client_.return_words(now())); }
        void operator()(const WordsSeen&) const { self.ok(self.client_.words_seen(now())); }
        void operator()(const Seen& seen) const { self.ok(self.client_.seen(seen.name, now())); }
        void operator()(const Talk& talk) const {
            if (self.ok(self.client_.talk(talk.name, talk.text, now()))) ++self.unconfirmed_texts_;
        }
        void operator()(const Remove& remove) const { self.ok(self.client_.remove(remove.name, now())); }
        void operator()(const Who&) const { self.show(client::RosterEvent{self.client_.roster()}); }
        void operator()(const ShowTicket&) const { self.show_ticket(); }
        void operator()(const End& end) const { self.ok(self.client_.end(end.last_words, now())); }
        void operator()(const SetLevel& set) const {
            self.ok(self.client_.set_level(set.name, set.level, set.seconds, now()));
        }
        void operator()(const Lift& lift) const { self.ok(self.client_.lift(lift.name, now())); }
        void operator()(const Slow& slow) const { self.ok(self.client_.slow_mode(slow.seconds, now())); }
        void operator()(const Undo&) const { self.ok(self.client_.undo(now())); }
        void operator()(const MakeAnew&) const { self.ok(self.client_.make_anew(now())); }
        void operator()(const ReplyTo& reply) const {
            if (self.ok(self.client_.reply(reply.seq, reply.text, now()))) ++self.unconfirmed_texts_;
        }
        void operator()(const Warn& warn) const {
            if (self.ok(self.client_.say_warned(0, warn.text, now()))) ++self.unconfirmed_texts_;
        }
        void operator()(const Open& open) const { self.open_closed(open.seq); }
        void operator()(const React& react) const { self.ok(self.client_.react(react.seq, react.sign, now())); }
        void operator()(const HideMessage& hide) const { self.ok(self.client_.hide(hide.seq, hide.hidden, now())); }
        void operator()(const PinText& pin) const { self.ok(self.client_.pin(pin.text, now())); }
        void operator()(const Release& release) const { self.ok(self.client_.release(release.name, now())); }
        void operator()(const Decline& decline) const { self.ok(self.client_.decline(decline.name, now())); }
        void operator()(const Quit&) const { self.quit(); }
        void operator()(const Nothing&) const {}
        void operator()(const UnknownCommand& unknown) const { self.complain("unknown_command", unknown.text); }
        void operator()(const NameMissing& missing) const { self.complain("name_missing", missing.text); }
    };
    std::visit(Obey{*this}, command);
}

void Conversation::on_signal() {
    if (quitting_ || finished_) return loop_.stop();
    signals_.async_wait([this](boost::system::error_code error, int) {
        if (!error) on_signal();
    });
    quit();
    pump();
}

void Conversation::pump() {
    bool more = true;
    while (more) {
        more = false;
        for (client::Action& action : client_.take_actions()) carry_out(std::move(action)), more = true;
        while (const auto event = client_.next_event()) take(*event), more = true;
        if (at_desk_) more = at_desk_->pump([this](const client::Event& event) { show(event, true); }) || more;
    }
    if (over_ && (!at_desk_ || at_desk_->is_over())) finish(*over_);
}

void Conversation::carry_out(client::Action&& action) {
    if (std::holds_alternative<client::Connect>(action)) {
        if (!finished_) socket_.connect();
    } else if (auto* send = std::get_if<client::Send>(&action)) {
        socket_.send(std::move(send->message));
    } else if (auto* save = std::get_if<client::SaveBook>(&action)) {
        save_book(std::move(save->body));
    } else {
        socket_.close();
    }
}

// What cannot be written stops nothing: a removal goes out, and the person knows that the file is behind.
void Conversation::save_book(Bytes body) {
    if (!meeting_.book) return crypto::wipe(body);
    try {
        meeting_.book->save(std::move(body), random_);
        last_book_trouble_.clear();
    } catch (const Complaint& complaint) {
        if (std::exchange(last_book_trouble_, complaint.what()) == complaint.what()) return;
        show(client::NoticeEvent{"book_not_saved",
                                 "The group book was not written: " + circle::safe_text(complaint.what()) +
                                     ". What has changed is in memory only."});
    }
}

// Shows what came closed, as often as she asks.
void Conversation::open_closed(std::uint64_t seq) {
    for (client::MessageEvent message : closed_) {
        if (message.seq != seq) continue;
        message.warned = false;
        return show(message);
    }
    complain("no_such_message", "There is no closed message of that number.");
}

void Conversation::take(const client::Event& event) {
    if (const auto* texts = std::get_if<client::NotSafeTextsEvent>(&event)) {
        not_safe_texts_ = *texts;
        if (!meeting_.json) return;  // a person is shown them with her alarm
    }
    show(event);
    if (const auto* invitation = std::get_if<client::InvitationEvent>(&event)) {
        has_no_words_ = !invitation->group.empty() && post_ == Post::member;  // a card for return words names no group
        knock();
    }
    const auto* notice = std::get_if<client::NoticeEvent>(&event);
    if (notice != nullptr && may_come_back_after(notice->code)) {
        // The name came with the command line. The invite stays good: she can start again, with another or later.
        show(client::StateEvent{client::Phase::refused});
        return finish(ExitCode::turned_away);
    }
    const auto* message = std::get_if<client::MessageEvent>(&event);
    if (message && message->warned) closed_.push_back(*message);
    if (closed_.size() > closed_max) closed_.pop_front();
    const auto* talk = std::get_if<client::TalkEvent>(&event);
    const auto* held = std::get_if<client::HeldEvent>(&event);  // said, as far as she can
    const bool settles_a_text = (message && message->own && message->through.empty()) || (talk && talk->own) ||
                                (held && held->own && held->state == client::HeldEvent::State::waiting) ||
                                (notice && notice->code == "not_sent");
    if (settles_a_text && unconfirmed_texts_ > 0) --unconfirmed_texts_;
    if (input_ended_ && (settles_a_text || message)) quit_when_all_is_sent();
    if (const auto* lane = std::get_if<client::LaneEvent>(&event)) heed_alarm(*lane);
    if (const auto* state = std::get_if<client::StateEvent>(&event)) {
        was_waiting_ = was_waiting_ || state->phase == client::Phase::waiting;
        was_in_group_ = was_in_group_ || state->phase == client::Phase::in_group;
        if (state->phase == client::Phase::in_group && meeting_.json) show_new_ticket();
        if (state->phase == client::Phase::in_group && std::exchange(has_no_words_, false))
            show(client::NoticeEvent{"words_offered",
                                     "There are twelve words by which you find this group again, next week or from "
                                     "another phone. If you have a safe place for them: /words"});
        end_with(state->phase);
    }
}

void Conversation::knock() {
    Result<void> knocked;
    if (auto* staff = std::get_if<JoinAsStaff>(&meeting_.purpose)) {
        knocked = client_.knock_as_staff(std::move(staff->keys), now());
    } else if (const auto* member = std::get_if<JoinAsMember>(&meeting_.purpose)) {
        knocked = client_.knock(member->name, now());
    }
    if (!ok(knocked)) finish(ExitCode::failed);
}

// Nobody of the group's staff has seen it for a minute, or nobody could.
void Conversation::heed_alarm(const client::LaneEvent& alarm) {
    if (alarm.kind != LaneKind::not_safe) return;
    if (alarm.progress == client::LaneProgress::sent && !meeting_.json) show(not_safe_texts_);
    if (alarm.progress == client::LaneProgress::seen && at_desk_) at_desk_->seen();
    if (alarm.progress != client::LaneProgress::nobody || at_desk_) return;
    at_desk_ = std::make_unique<AlarmAtDesk>(
        loop_, meeting_.server, meeting_.ca_file, meeting_.anchor, random_,
        AlarmAtDesk::Wants{[this] { pump(); }, [this](const std::string& why) { cannot_connect(why); }});
    const auto* member = std::get_if<JoinAsMember>(&meeting_.purpose);
    ok(at_desk_->begin(alarm_words_, member != nullptr ? member->name : std::string_view()));
}

void Conversation::say_at_desk(std::string_view text) {
    if (!at_desk_) return complain("not_at_desk");
    ok(at_desk_->say(text));
}

void Conversation::show(const client::Event& event, bool of_desk) {
    const std::string text = meeting_.json ? json_line(event, of_desk) : screen_lines(event, of_desk);
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written) finish(ExitCode::failed);  // nobody is listening any more
}

void Conversation::show_ticket() {
    if (const auto ticket = client_.ticket())
        show(client::TicketEvent{ticket->encode()});
    else
        complain("no_ticket");
}

// A person is shown a ticket only when she asks; a program keeps each.
void Conversation::show_new_ticket() {
    auto ticket = client_.ticket();
    if (!ticket || (shown_ticket_ && *shown_ticket_ == ticket->entropy)) return;
    show(client::TicketEvent{ticket->encode()});
    shown_ticket_ = std::move(ticket->entropy);
}

void Conversation::complain(std::string_view code, std::string_view text) {
    show(client::ErrorEvent{std::string(code), std::string(text.empty() ? error_words(code) : text)});
}

bool Conversation::ok(const Result<void>& result) {
    if (!result) complain(result.error().rule->name);
    return result.has_value();
}

void Conversation::quit_when_all_is_sent() {
    if (finished_ || quitting_) return;
    if (unconfirmed_texts_ == 0) return quit(), pump();
    patience_.expires_after(sending_time_max);
    patience_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        quit();
        pump();
    });
}

void Conversation::quit() {
    if (quitting_ || finished_) return;
    quitting_ = true;
    if (at_desk_) at_desk_->leave();
    if (over_ || !client_.leave(now())) return finish(over_.value_or(ExitCode::done));
    patience_.expires_after(leaving_time_max);
    patience_.async_wait([this](boost::system::error_code error) {
        if (!error) finish(ExitCode::done);
    });
}

void Conversation::end_with(client::Phase phase) {
    switch (phase) {
        case client::Phase::left:
        case client::Phase::ended: return group_is_over(was_in_group_ || quitting_ ? ExitCode::done : ExitCode::failed);
        case client::Phase::removed: return group_is_over(ExitCode::turned_away);
        case client::Phase::refused:
            return group_is_over(was_waiting_ && !was_in_group_ ? ExitCode::turned_away : ExitCode::failed);
        default: return;
    }
}

// Whoever has asked the desk for help is not sent away from there because her group ends.
void Conversation::group_is_over(ExitCode code) {
    if (quitting_ || !at_desk_ || at_desk_->is_over()) return finish(code);
    over_ = code;
    show(client::NoticeEvent{"desk_goes_on",
                             "The group is over for you. You are still at the support desk: what you type goes there. "
                             "/quit leaves."});
}

void Conversation::finish(ExitCode code) {
    if (std::exchange(finished_, true)) return;
    exit_code_ = code;
    ticks_.cancel();
    patience_.cancel();
    signals_.cancel();
}

}  // namespace veranda::terminal
