// One question, one answer; asked again only after a cut or when the relay asks for patience.
#include "client-lib/client/desk/answer_reader.hpp"

#include "client-lib/circle/content/safe_text.hpp"
#include "client-lib/circle/desk/desk_answer.hpp"
#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {

Result<void> AnswerReader::read(circle::Pass pass, Now) {
    if (pass_ || line_.is_stopped()) return fail(faults::not_now);
    pass_ = std::move(pass);
    line_.start();
    return {};
}

void AnswerReader::give_up() {
    if (!line_.is_stopped()) over(Phase::left);
}

void AnswerReader::look() {
    look_at_ = 0;
    asked_ = line_.ask(FindAnswer{circle::answer_id(pass_->keys())});
}

void AnswerReader::hear(const RelayLine::Heard& heard, Now now) {
    if (heard.request.value == 0 || heard.request != asked_) return;
    if (const auto* refused = std::get_if<Refused>(&heard.frame)) return take_refused(*refused, now);
    if (const auto* answer = std::get_if<DeskAnswerFrame>(&heard.frame)) return take_answer(*answer, now);
}

// Both are said as what they are: that it waits still, or that nothing is there (any more).
void AnswerReader::take_refused(const Refused& refused, Now now) {
    switch (refused.refusal) {
        case Refusal::not_answered:
        case Refusal::no_such_answer: {
            AnswerEvent event;
            event.state = name(refused.refusal);
            events_.push_back(std::move(event));
            return over(Phase::left);
        }
        case Refusal::busy:
        case Refusal::too_many_requests: look_at_ = now.steady_ms + std::max(refused.detail, refused_retry_ms); return;
        default: break;
    }
    events_.push_back(ErrorEvent{std::string(name(refused.refusal)), "the relay refused it"});
    over(Phase::refused);
}

void AnswerReader::take_answer(const DeskAnswerFrame& frame, Now now) {
    const auto opened = circle::open_desk_answer(frame.sealed, *pass_, line_.trust(), line_.trusted_now(now));
    if (!opened) {
        report(opened.error());
        return over(Phase::refused);
    }
    events_.push_back(AnswerEvent{.state = "answered",
                                  .name = circle::safe_text(opened->name()),
                                  .text = circle::safe_text(opened->text(), true),
                                  .asked_at = opened->asked_at().value,
                                  .answered_at = opened->answered_at().value});
    over(Phase::left);
}

void AnswerReader::report(const Error& error) {
    events_.push_back(ErrorEvent{std::string(error.rule->name), std::string(error.rule->section)});
}

void AnswerReader::over(Phase phase) {
    line_.stop();
    pass_.reset();
    events_.push_back(StateEvent{phase});
}

// ---- the world ----

void AnswerReader::connected(Now) { line_.connected(); }

void AnswerReader::disconnected(Now now) {
    line_.disconnected(now);
    look_at_ = 0;
    asked_ = {};
}

void AnswerReader::received(ByteView message, Now now) {
    if (!pass_) return;
    const auto news = line_.received(message, now);
    if (news.error) report(*news.error);
    if (line_.is_stopped()) return over(Phase::refused);
    if (news.cut) asked_ = {};
    if (news.ready) look();
    for (const auto& heard : news.frames) {
        if (!pass_) return;
        hear(heard, now);
    }
}

void AnswerReader::tick(Now now) {
    line_.tick(now);
    if (pass_ && line_.is_ready() && look_at_ != 0 && now.steady_ms >= look_at_) look();
}

std::optional<Event> AnswerReader::next_event() {
    if (events_.empty()) return std::nullopt;
    Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

}  // namespace veranda::client
