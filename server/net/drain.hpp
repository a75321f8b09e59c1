// The gate: everything that is open (a request, a WebSocket) goes in by it and out by it, is looked at for its
// deadlines while inside, and is shown out at shutdown. When the gate goes, nobody may be left.
#pragma once

#include <cstddef>
#include <vector>

#include "server/net/sockets.hpp"

namespace veranda::net {

class Gate;

// Something open. It is inside the gate from its construction to its destruction.
class Guest {
public:
    explicit Guest(Gate& gate);
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;
    virtual ~Guest();

    virtual void sweep(Clock::time_point now) = 0;  // cuts itself if a deadline has passed
    virtual void show_out() = 0;                    // says goodbye, and is gone soon
    virtual void cut() = 0;                         // closes its socket; what it waits for ends with an error

private:
    friend class Gate;
    Gate& gate_;
    std::size_t place_;
};

class Gate {
public:
    Gate() = default;
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    ~Gate();

    std::size_t inside() const { return guests_.size(); }

    // These call every guest, some of which leave meanwhile.
    void sweep(Clock::time_point now);
    void show_out_all();
    void cut_all();

private:
    friend class Guest;
    template <class Call>
    void for_each(Call call);

    std::vector<Guest*> guests_;
};

}  // namespace veranda::net
