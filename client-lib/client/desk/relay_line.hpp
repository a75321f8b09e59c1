// The wire to a relay, as far as whoever is at the support desk needs it: dialled, greeted, believed, and dialled again
// after a cut. Rooms are Client's.
#pragma once

#include <map>

#include "client-lib/client/client.hpp"
#include "client-lib/client/frame_batch.hpp"
#include "protocol/frame_codec.hpp"

namespace veranda::client {

class RelayLine {
public:
    RelayLine(std::string origin, TrustAnchor anchor, crypto::RandomSource& random)
        : origin_(std::move(origin)), trust_(std::move(anchor)), random_(random) {}

    void start();          // dials
    void stop();           // for good
    void hang_up();        // until start() is called again
    void redial(Now now);  // as if it had been cut

    // ---- the world ----
    void connected();
    void disconnected(Now now);
    void tick(Now now);

    struct Heard {
        RequestId request;  // zero: unasked
        ServerFrame frame;
    };
    struct News {
        bool ready = false;          // just now: the relay is who it should be, and we know its staff
        bool cut = false;            // what came made no sense; it dials again
        std::optional<Error> error;  // a relay that is not believed is left for good
        std::vector<Heard> frames;   // all that is not the greeting's
    };
    News received(ByteView message, Now now);

    template <class Frame>
    RequestId ask(const Frame& frame) {
        const RequestId id{++last_request_};
        batch_.add(encode_frame(frame, id));
        return id;
    }
    std::vector<Action> take_actions();

    // What was asked, by the number of its request: what an answer means to whoever asked it.
    template <class Asked>
    class Answers {
    public:
        void expect(RequestId request, Asked asked) { asked_[request.value] = asked; }
        // Each once. None: it answers nothing that was asked.
        std::optional<Asked> take(RequestId request) {
            const auto found = asked_.find(request.value);
            if (found == asked_.end()) return std::nullopt;
            const Asked asked = found->second;
            asked_.erase(found);
            return asked;
        }
        void clear() { asked_.clear(); }

    private:
        std::map<std::uint32_t, Asked> asked_;
    };

    bool is_ready() const { return wire_ == Wire::ready; }
    bool is_stopped() const { return wire_ == Wire::stopped; }
    const std::string& origin() const { return origin_; }
    const Challenge& challenge() const { return challenge_; }
    const circle::TrustedStaff& trust() const { return trust_; }
    UnixMillis relay_now(Now now) const;
    UnixSeconds trusted_now(Now now) const;  // as Client's

private:
    enum class Wire { idle, dialling, greeting, believed, ready, stopped };
    void take(const ServerHello& hello, News& news, Now now);

    std::string origin_;
    circle::TrustedStaff trust_;
    crypto::RandomSource& random_;
    Wire wire_ = Wire::idle;
    Challenge challenge_;
    std::int64_t relay_clock_ahead_ms_ = 0;
    std::uint64_t retry_at_ = 0;
    std::uint64_t retry_wait_ms_ = 0;
    std::uint32_t last_request_ = 0;
    RequestId hello_;
    RequestId list_;
    FrameBatch batch_;
    std::vector<Action> actions_;
};

}  // namespace veranda::client
