// A vector of guests, each of whom knows its place in it.
#include "server/net/drain.hpp"

#include "protocol/result.hpp"

namespace veranda::net {

Guest::Guest(Gate& gate) : gate_(gate), place_(gate.guests_.size()) { gate_.guests_.push_back(this); }

Guest::~Guest() {
    Guest* const last = gate_.guests_.back();
    gate_.guests_[place_] = last;
    last->place_ = place_;
    gate_.guests_.pop_back();
}

Gate::~Gate() { VERANDA_ASSERT(guests_.empty()); }

// From the back: a guest who leaves is replaced by the last one, who has been called already.
template <class Call>
void Gate::for_each(Call call) {
    for (std::size_t i = guests_.size(); i > 0; --i)
        if (i <= guests_.size()) call(*guests_[i - 1]);
}

void Gate::sweep(Clock::time_point now) {
    for_each([now](Guest& guest) { guest.sweep(now); });
}

void Gate::show_out_all() {
    for_each([](Guest& guest) { guest.show_out(); });
}

void Gate::cut_all() {
    for_each([](Guest& guest) { guest.cut(); });
}

}  // namespace veranda::net
