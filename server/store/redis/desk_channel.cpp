// Subscribing, and what comes on the channel: one byte that says what it is, then its parts.
#include "server/store/redis/desk_channel.hpp"

#include "server/store/redis/event_parts.hpp"
#include "server/store/redis/keys.hpp"

namespace veranda::store::redis {
namespace {

enum class DeskEvent : std::uint8_t { duty_nonce = 1, duty_proof, request, state, hand_over };

void tell(Listener& listener, ByteView bytes) {
    tls::Reader reader(bytes);
    switch (static_cast<DeskEvent>(reader.number(1))) {
        case DeskEvent::duty_nonce: {
            const auto nonce = part<Challenge>(reader);
            if (reader.finish()) listener.on_duty_nonce(nonce);
            return;
        }
        case DeskEvent::duty_proof: {
            const auto nonce = part<Challenge>(reader);
            if (reader.ok()) listener.on_duty_proof(nonce, remainder(reader));
            return;
        }
        case DeskEvent::request: {
            StoredRequest request;
            request.id = part<LaneId>(reader);
            request.since = part<UnixMillis>(reader);
            request.left = part<bool>(reader);
            request.holder = part<Hash>(reader);
            request.envelope = remainder(reader);
            if (reader.ok()) listener.on_desk_request(request);
            return;
        }
        case DeskEvent::state: {
            const auto id = part<LaneId>(reader);
            const auto standing = part<DeskStanding>(reader);
            const auto holder = part<Hash>(reader);
            if (reader.finish()) listener.on_desk_state(id, standing, holder);
            return;
        }
        case DeskEvent::hand_over: {
            const auto turn = part<Hash>(reader);
            if (reader.ok()) listener.on_hand_over(turn, remainder(reader));
            return;
        }
    }
}

template <class Id>
Bytes encoded(DeskEvent event, const Id& id, ByteView rest = {}) {
    tls::Writer writer;
    writer.number(static_cast<std::uint64_t>(event), 1);
    tls::write(writer, id);
    writer.raw(rest);
    return writer.take();
}

}  // namespace

Bytes encode_duty_nonce(const Challenge& nonce) { return encoded(DeskEvent::duty_nonce, nonce); }

Bytes encode_duty_proof(const Challenge& nonce, ByteView proof) { return encoded(DeskEvent::duty_proof, nonce, proof); }

Bytes encode_hand_over(const Hash& turn, ByteView sealed) { return encoded(DeskEvent::hand_over, turn, sealed); }

void DeskChannel::watch(Then<Nothing> then) {
    is_wanted_ = true;
    if (is_subscribed_) return then(Nothing{});
    waiting_.push_back(std::move(then));
    if (!is_subscribing_) subscribe();
}

void DeskChannel::subscribe() {
    is_subscribing_ = true;
    connection_.request(Command("SSUBSCRIBE").add(DeskKeys().channel()).wire(), [this](Answer<Reply> answer) {
        is_subscribing_ = false;
        const Reply* reply = std::get_if<Reply>(&answer);
        if (!reply) return answer_waiting(std::get<Trouble>(answer));
        if (reply->view().is_error()) {
            wants_.refused(reply->view().text());
            return answer_waiting(Trouble::unreachable);
        }
        is_subscribed_ = is_wanted_;
        const bool again = std::exchange(was_subscribed_, true);
        answer_waiting(Nothing{});
        if (is_wanted_ && again) wants_.resumed();
    });
}

void DeskChannel::answer_waiting(Answer<Nothing> answer) {
    for (auto& then : std::exchange(waiting_, {})) then(answer);
}

void DeskChannel::unwatch() {
    if (!std::exchange(is_wanted_, false)) return;
    is_subscribed_ = was_subscribed_ = false;
    connection_.request(Command("SUNSUBSCRIBE").add(DeskKeys().channel()).wire(), [](Answer<Reply>) {});
}

bool DeskChannel::pushed(ReplyView message) {
    if (message[1].text() != DeskKeys().channel()) return false;
    if (is_wanted_ && listener_) tell(*listener_, message[2].bytes());
    return true;
}

void DeskChannel::reconnected() {
    is_subscribed_ = false;
    if (is_wanted_ && !is_subscribing_) subscribe();
}

void DeskChannel::beat() {
    if (is_wanted_ && !is_subscribed_ && !is_subscribing_) subscribe();
}

void DeskChannel::forget() {
    is_wanted_ = is_subscribed_ = was_subscribed_ = false;
    answer_waiting(Trouble::forgotten);
}

}  // namespace veranda::store::redis
