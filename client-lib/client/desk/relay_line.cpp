// Greeting the relay and coming back to it; the same rules as connecting.cpp's.
#include "client-lib/client/desk/relay_line.hpp"

#include "client-lib/client/client_limits.hpp"
#include "client-lib/client/proof_of_work.hpp"
#include "client-lib/client/rules.hpp"

namespace veranda::client {

void RelayLine::start() {
    if (wire_ != Wire::idle) return;
    wire_ = Wire::dialling;
    retry_at_ = 0;
    actions_.push_back(Connect{});
}

void RelayLine::stop() {
    hang_up();
    wire_ = Wire::stopped;
}

void RelayLine::hang_up() {
    if (wire_ == Wire::stopped) return;
    for (Bytes& message : batch_.take()) actions_.push_back(Send{std::move(message)});
    if (wire_ != Wire::idle) actions_.push_back(Disconnect{});
    wire_ = Wire::idle;
    retry_at_ = 0;
}

void RelayLine::redial(Now now) {
    actions_.push_back(Disconnect{});
    disconnected(now);
}

void RelayLine::connected() {
    if (wire_ != Wire::dialling) return;
    wire_ = Wire::greeting;
    batch_.clear();
}

void RelayLine::disconnected(Now now) {
    if (wire_ == Wire::idle || wire_ == Wire::stopped) return;
    const bool was_up = wire_ == Wire::ready;
    wire_ = Wire::idle;
    batch_.clear();
    retry_wait_ms_ = was_up ? retry_ms_first : std::min(retry_ms_max, std::max(retry_ms_first, retry_wait_ms_ * 2));
    std::uint64_t jitter = 0;
    for (const std::uint8_t byte : random_.array<2>()) jitter = jitter << 8 | byte;
    retry_at_ = now.steady_ms + retry_wait_ms_ / 2 + jitter * retry_wait_ms_ / (2 * 0x10000);
}

void RelayLine::tick(Now now) {
    if (wire_ == Wire::idle && retry_at_ != 0 && now.steady_ms >= retry_at_) start();
}

UnixMillis RelayLine::relay_now(Now now) const {
    return UnixMillis{static_cast<std::uint64_t>(static_cast<std::int64_t>(now.wall.value) + relay_clock_ahead_ms_)};
}

UnixSeconds RelayLine::trusted_now(Now now) const {
    const auto wrong = static_cast<std::int64_t>(limits::clock_wrong_seconds_max) * 1000;
    const bool near = relay_clock_ahead_ms_ <= wrong && relay_clock_ahead_ms_ >= -wrong;
    return UnixSeconds{(near ? relay_now(now) : now.wall).value / 1000};
}

void RelayLine::take(const ServerHello& hello, News& news, Now now) {
    if (wire_ != Wire::greeting) return;
    if (const auto believed = trust_.accept_hello(hello.organisation, hello.staff_list); !believed) {
        news.error = believed.error();
        return stop();
    }
    challenge_ = hello.challenge;
    relay_clock_ahead_ms_ = static_cast<std::int64_t>(hello.now.value) - static_cast<std::int64_t>(now.wall.value);
    if (hello.proof_of_work_bits > proof_of_work_bits_max) {
        news.error = Error{&faults::proof_of_work_too_hard, hello.proof_of_work_bits};
        news.cut = true;
        return redial(now);
    }
    Bytes work;
    if (hello.proof_of_work_bits > 0) work = solve_proof_of_work(challenge_, hello.proof_of_work_bits);
    hello_ = ask(ClientHello{std::move(work)});
    if (trust_.needs_list()) {
        wire_ = Wire::believed;
        list_ = ask(GetStaffList{});
        return;
    }
    wire_ = Wire::ready;
    news.ready = true;
}

RelayLine::News RelayLine::received(ByteView message, Now now) {
    News news;
    if (wire_ == Wire::idle || wire_ == Wire::stopped) return news;
    auto frames = decode_server_message(message);
    if (!frames) {
        news.error = frames.error();
        news.cut = true;
        redial(now);
        return news;
    }
    for (auto& [request, frame] : *frames) {
        auto* known = std::get_if<ServerFrame>(&frame);
        if (known == nullptr) continue;
        if (const auto* hello = std::get_if<ServerHello>(known)) {
            take(*hello, news, now);
        } else if (const auto* list = std::get_if<StaffListFrame>(known)) {
            if (wire_ != Wire::believed || request != list_) continue;
            if (const auto believed = trust_.accept_list(list->list); !believed) {
                news.error = believed.error();
                stop();
            } else {
                wire_ = Wire::ready;
                news.ready = true;
            }
        } else if (wire_ == Wire::ready || wire_ == Wire::believed) {
            const bool of_greeting = request.value != 0 && (request == hello_ || request == list_);
            const bool refused = std::holds_alternative<Refused>(*known);
            if (of_greeting && refused) {  // it asks for patience
                news.cut = true;
                redial(now);
            } else if (!of_greeting) {
                news.frames.push_back({request, std::move(*known)});
            }
        }
        if (wire_ == Wire::idle || wire_ == Wire::stopped) break;
    }
    return news;
}

std::vector<Action> RelayLine::take_actions() {
    const bool may_send = wire_ == Wire::believed || wire_ == Wire::ready;
    if (may_send)
        for (Bytes& message : batch_.take()) actions_.push_back(Send{std::move(message)});
    return std::exchange(actions_, {});
}

}  // namespace veranda::client
