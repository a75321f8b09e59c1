// A modified client: it knocks and comes in like a member, and then keeps every key and asks for whatever it likes. It
// shows nobody anything but where it stands. Sans-IO and drained as Client is.
#pragma once

#include <deque>

#include "client-lib/circle/joining/knock.hpp"
#include "client-lib/client/client.hpp"
#include "tests/simulation/people/loot.hpp"

namespace veranda::simulation {

class ModifiedClient {
public:
    ModifiedClient(std::string origin, client::TrustAnchor anchor, crypto::RandomSource& random, Loot& loot,
                   std::string name);

    // ---- ways in ----
    void knock_by(circle::PassEntropy invite);  // as anybody would
    void knock_by_ticket();                     // that of her newest admission, whether she was removed or not
    void enter();                               // by the access key of her newest admission

    // ---- what she should not ----
    bool is_ready() const { return ready_; }
    bool is_knocking() const { return knocking_.has_value(); }
    // Under a group of hers, as many epochs back: at any level, in the room or not.
    void say(const std::string& text, std::size_t epochs_back);
    void send_again(const Bytes& message);  // whoever's it was
    void repeat_last_frame();               // the same bytes, with the same submission id
    void commit();                          // takes another out
    void order();                           // lifts whatever binds her

    // ---- the world ----
    void connected(client::Now now);
    void received(ByteView message, client::Now now);
    void disconnected(client::Now now);
    void tick(client::Now now);

    // ---- what comes out ----
    std::vector<client::Action> take_actions() { return std::exchange(actions_, {}); }
    std::optional<client::Event> next_event();

private:
    enum class Asked { nothing, card, enter, knock };
    struct Knocking {
        circle::PassEntropy pass;
        bool by_ticket = false;
        RoomId room{};
        std::optional<mls::OwnKeyPackage> key_package{};  // kept, against the rule
        std::optional<crypto::SigningKey> access_key{};
        std::optional<circle::PassEntropy> ticket{};
        std::optional<Signed<KnockEnvelope>> envelope{};
    };

    template <class Frame>
    void ask(const Frame& frame, Asked asked = Asked::nothing);
    void dial();
    void begin();
    void find_card();
    void take(const ServerFrame& frame, Asked asked);
    void on(const ServerHello& hello);
    void on(const CardFrame& frame);
    void on(const Admitted& admitted);
    void on(const Refused& refused, Asked asked);
    void gone();
    void tell(client::Phase phase) { events_.push_back(client::StateEvent{phase}); }
    void tell(std::string_view what) { events_.push_back(client::NoticeEvent{std::string(what), ""}); }
    UnixSeconds today() const { return UnixSeconds{now_.wall.value / 1'000}; }

    std::string origin_;
    circle::TrustedStaff trust_;
    crypto::RandomSource& random_;
    Loot& loot_;
    std::string name_;
    client::Now now_;
    Challenge challenge_;
    CardId card_id_;
    std::uint64_t dial_at_ = 0;
    bool is_up_ = false;
    bool ready_ = false;
    std::optional<Knocking> knocking_;
    std::uint32_t last_request_ = 0;
    std::map<std::uint32_t, Asked> asked_;
    Bytes last_frame_;
    std::vector<client::Action> actions_;
    std::deque<client::Event> events_;
};

}  // namespace veranda::simulation
