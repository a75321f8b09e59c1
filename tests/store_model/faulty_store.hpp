// The embedded store with one fault in it, chosen at run time: for each operation of the contract one that a hurried
// hand could have written. Each has to be found (faults_test.cpp).
#pragma once

#include "tests/store_model/runner.hpp"

namespace veranda::tests {

enum class Fault {
    none,
    listen,               // the listener is never called
    open_room,            // made, and not watched
    claim_succession,     // a second claimant may, too
    replace_room,         // told twice
    watch,                // says that the log still holds everything
    unwatch,              // goes on telling
    append,               // does not look at the orders
    read_log,             // one entry too early
    put_cards,            // the last one is lost
    drop_cards,           // only the first
    find_card,            // a spent one looks unspent
    put_knock,            // told again when it is put again
    find_answer,          // as a refusal, whatever it was
    end_knock,            // the answer is not kept
    list_knocks,          // the last first
    put_talk,             // as said by the other side
    list_talks,           // all but the last
    announce_entrance,    // half of the token
    set_presence,         // told though nothing has changed
    refresh_presence,     // lists, and refreshes nobody
    claim_lease,          // everyone has it
    release_lease,        // nothing is released
    put_lane,             // told twice
    put_held,             // as any envelope, so that two of a member wait
    list_lane,            // the last first
    acknowledge_lane,     // told to nobody
    watch_desk,           // once only: not again after unwatch_desk
    unwatch_desk,         // goes on telling
    put_duty,             // a newer statement does not replace the older
    drop_duty,            // stays
    list_duty,            // all but the last
    announce_duty_nonce,  // told twice
    announce_duty_proof,  // told to nobody
    announce_hand_over,   // to the wrong turn
    put_request,          // does not say who has claimed it meanwhile
    list_requests,        // does not say who holds them
    claim_request,        // for a moment longer
    end_request,          // by anyone
    put_desk_answer,      // for twice as long
    find_desk_answer,     // never awaited
    refresh_desk,         // refreshes no request
    count
};

const char* name(Fault fault);

// The store with the fault in it, for memory_subject().
Wrap planted(Fault fault);

}  // namespace veranda::tests
