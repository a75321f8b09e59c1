// What each primitive costs on this machine, now: libsodium called directly, with nothing around it.
#pragma once

#include <vector>

#include "tests/bench/mls_least.hpp"

namespace veranda::bench {

double median(std::vector<double> values);  // Caller must: not empty

// Of the processor, since a machine that does other things too takes it away for longer than most operations last.
double thread_micros();

template <class Call>
double micros_of(int times, Call&& call) {
    const double start = thread_micros();
    for (int i = 0; i < times; ++i) call();
    return (thread_micros() - start) / times;
}

// Microseconds, as medians of samples taken all along between the operations that they are to be the measure of.
class Prices {
public:
    Prices();
    void sample();                      // each primitive once or a few times. Cost: about 0.4 ms
    double of(const Work& work) const;  // microseconds
    void print() const;

private:
    struct Samples {
        std::vector<double> verify, sign, signing_key, dh, base, hmac, sha256_block, sha512_byte, aead, aead_byte;
    };
    Samples samples_;
};

}  // namespace veranda::bench
