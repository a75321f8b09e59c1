// The support desk's channel: subscribed to only while somebody here is at the desk. Nothing is held back and nothing
// is numbered: after a cut, whatever waits at the desk is told again.
#pragma once

#include "server/store/redis/asio_connection.hpp"
#include "server/store/store.hpp"

namespace veranda::store::redis {

class DeskChannel {
public:
    struct Wants {
        std::function<void()> resumed;                        // messages may have been lost
        std::function<void(std::string_view error)> refused;  // Redis does not let us subscribe
    };
    DeskChannel(AsioConnection& connection, Wants wants) : connection_(connection), wants_(std::move(wants)) {}

    void listen(Listener& listener) { listener_ = &listener; }
    void watch(Then<Nothing> then);  // when it is subscribed
    void unwatch();
    bool is_watched() const { return is_wanted_; }

    bool pushed(ReplyView message);  // false: of another channel
    void cut() { is_subscribed_ = false; }
    void reconnected();
    void beat();
    void forget();  // whoever waits hears so; it is not watched any more

private:
    void subscribe();
    void answer_waiting(Answer<Nothing> answer);

    AsioConnection& connection_;
    Wants wants_;
    Listener* listener_ = nullptr;
    bool is_wanted_ = false;
    bool was_subscribed_ = false;  // once, since it is wanted
    bool is_subscribed_ = false;   // on the present connection
    bool is_subscribing_ = false;
    std::vector<Then<Nothing>> waiting_;
};

// What scripts/desk.lua publishes is decoded here; what is kept nowhere is published by the store itself.
Bytes encode_duty_nonce(const Challenge& nonce);
Bytes encode_duty_proof(const Challenge& nonce, ByteView proof);
Bytes encode_hand_over(const Hash& turn, ByteView sealed);

}  // namespace veranda::store::redis
