/* The browser's door to the client core: every function that veranda.wasm exports, in plain C.
 *
 * One instance of the module is one client. The worker in web-client/src/core/ is the only caller; nothing here waits,
 * and nothing calls back. Order: veranda_start, then one of the two that open an invite, then knock; after any call of
 * the sorts "commands" and "the world", drain veranda_next_action and veranda_next_event until they say none.
 *
 * Texts and bytes go in as (address, length) in memory from veranda_alloc, UTF-8 without a closing zero, and may be
 * freed as soon as the call is back. What comes out lies at veranda_output() until the next call. Times are
 * milliseconds: `wall` since 1970, `steady` from any start, never going back; doubles, for JavaScript has no other
 * cheap number and 2^53 ms are 285,000 years.
 *
 * A command answers 0, or -1 when it cannot be meant now: nothing is changed then, and the name of the rule that was
 * broken (docs/protocol.md) is the output. A broken assertion traps; the caller throws the instance away.
 */
#ifndef VERANDA_CLIENT_LIB_WASM_ABI_H
#define VERANDA_CLIENT_LIB_WASM_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define VERANDA_EXPORT(name) __attribute__((export_name(#name)))

/* ---- memory ---- */

VERANDA_EXPORT(veranda_alloc) void* veranda_alloc(size_t size);
/* Wipes, then frees: what went in may have been a secret. */
VERANDA_EXPORT(veranda_free) void veranda_free(void* memory, size_t size);

/* The last call's text or bytes. */
VERANDA_EXPORT(veranda_output) const uint8_t* veranda_output(void);
VERANDA_EXPORT(veranda_output_size) size_t veranda_output_size(void);

/* ---- the client's life ---- */

/* Takes the origin (scheme://host[:port]) that the worker dials. No client exists yet: its trust comes with the invite.
 * */
VERANDA_EXPORT(veranda_start) int32_t veranda_start(const char* origin, size_t origin_size);

/* Destroys the client, which wipes its keys, and every buffer of this file. The instance can be started afresh. */
VERANDA_EXPORT(veranda_wipe) void veranda_wipe(void);

/* ---- commands: what a person wants ---- */

/* Opens the invite in a link's fragment (what stands after the '#'). Makes the client, with the link's fingerprint as
 * its trust; a client that was there is destroyed. Errors: link_form, link_version, and the core's. */
VERANDA_EXPORT(veranda_open_link)
int32_t veranda_open_link(const char* fragment, size_t fragment_size, double wall, double steady);

/* The same for twelve words. They hold no fingerprint, so the organisation is named by its file (organisation.pub, as
 * text), which comes from where the page comes from.
 * Errors: word_lists, words_count, words_unknown, words_do_not_fit, those of armour and of check_organisation, and the
 * core's. */
VERANDA_EXPORT(veranda_open_words)
int32_t veranda_open_words(const char* words, size_t words_size, const char* organisation, size_t organisation_size,
                           double wall, double steady);

/* The word lists are no part of the module: the worker hands them in (0 en, 1 fr, 2 it;
 * client-lib/circle/joining/words/) before it opens words. Returns 1 if this was such a list and is taken. Stays
 * through veranda_start and veranda_wipe. */
VERANDA_EXPORT(veranda_word_list)
int32_t veranda_word_list(int32_t which, const char* text, size_t text_size);

/* Output: those of the words that stand in no list, one a line. Needs no client. Returns how many. */
VERANDA_EXPORT(veranda_unknown_words) int32_t veranda_unknown_words(const char* words, size_t words_size);

VERANDA_EXPORT(veranda_knock)
int32_t veranda_knock(const char* pseudonym, size_t pseudonym_size, double wall, double steady);
VERANDA_EXPORT(veranda_say) int32_t veranda_say(const char* text, size_t text_size, double wall, double steady);
VERANDA_EXPORT(veranda_leave) int32_t veranda_leave(double wall, double steady);

/* ---- the world: what the worker's socket and clock do ---- */

VERANDA_EXPORT(veranda_connected) void veranda_connected(double wall, double steady);
VERANDA_EXPORT(veranda_received)
void veranda_received(const uint8_t* message, size_t message_size, double wall, double steady);
VERANDA_EXPORT(veranda_disconnected) void veranda_disconnected(double wall, double steady);
/* At least once a second. */
VERANDA_EXPORT(veranda_tick) void veranda_tick(double wall, double steady);

/* ---- what comes out ---- */

enum veranda_action {
    VERANDA_ACTION_NONE = 0,
    VERANDA_ACTION_CONNECT = 1,    /* open a WebSocket to /ws, then call veranda_connected */
    VERANDA_ACTION_SEND = 2,       /* one binary message: the output */
    VERANDA_ACTION_DISCONNECT = 3, /* close it; veranda_disconnected need not be called */
};
/* The next thing to do, one of veranda_action. Caller must: do them in order. */
VERANDA_EXPORT(veranda_next_action) int32_t veranda_next_action(void);

/* 1, and the output is one JSON object (client-lib/client/events.hpp); or 0, and there is none. */
VERANDA_EXPORT(veranda_next_event) int32_t veranda_next_event(void);

#ifdef __cplusplus
}
#endif

#endif
