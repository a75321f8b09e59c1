/* The browser's door to the client core: every function that the modules export, in plain C.
 *
 * One instance is one person: several channels, each with a client behind it and a connection of its own to the relay.
 * The worker in web-client/src/core/ is the only caller; nothing here waits, and nothing calls back. Order:
 * veranda_start, then a command that opens a channel, then others on it; after any call of the sorts "commands" and
 * "the world", drain veranda_next_action and veranda_next_event until they say none.
 *
 * Texts and bytes go in as (address, length) in memory from veranda_alloc, UTF-8 without a closing zero, and may be
 * freed as soon as the call is back. What comes out lies at veranda_output() until the next call. Times are
 * milliseconds: `wall` since 1970, `steady` from any start, never going back; doubles, for JavaScript has no other
 * cheap number and 2^53 ms are 285,000 years. No argument and no answer has 64 bits.
 *
 * A broken assertion traps; the caller throws the instance away.
 *
 * Besides WASI's, the modules import one function, veranda.argon2id (crypto/sealed/argon2id_imported.cpp): for what is
 * sealed under a passphrase. It may answer that it cannot.
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

/* ---- the instance's life ---- */

/* Takes the origin (scheme://host[:port]) that the worker dials. No client exists yet: its trust comes with the invite.
 */
VERANDA_EXPORT(veranda_start) void veranda_start(const char* origin, size_t origin_size);

/* Destroys every client, which wipes its keys, what a sign-in brought, and every buffer of this file. The instance can
 * be started afresh. */
VERANDA_EXPORT(veranda_wipe) void veranda_wipe(void);

/* What is public and no part of the module, handed in when it is needed; both stay through veranda_start and
 * veranda_wipe. The organisation: the text of organisation.pub, for whatever names none itself (words do not). A word
 * list: 0 en, 1 fr, 2 it (client-lib/circle/joining/words/); 1 if this was such a list and is taken. */
VERANDA_EXPORT(veranda_organisation) void veranda_organisation(const char* text, size_t text_size);
VERANDA_EXPORT(veranda_word_list) int32_t veranda_word_list(int32_t which, const char* text, size_t text_size);

/* Output: those of the words that stand in no list, each ended by a zero byte. Returns how many. */
VERANDA_EXPORT(veranda_unknown_words) int32_t veranda_unknown_words(const char* words, size_t words_size);

/* ---- commands: what a person wants ---- */

/* A command of commands.hpp on a channel: its name and then its arguments, each ended by a zero byte. Answers 0, and
 * the output is what it answers with, each text ended by a zero byte; or -1 when it cannot be meant now: nothing is
 * changed then, and the output is the name of the rule that was broken (docs/protocol.md, or commands.hpp). */
VERANDA_EXPORT(veranda_command)
int32_t veranda_command(uint32_t channel, const char* fields, size_t size, double wall, double steady);

/* Destroys what is on a channel, without a word to the relay. */
VERANDA_EXPORT(veranda_close) void veranda_close(uint32_t channel);

/* ---- the world: what the worker's sockets and clock do ---- */

VERANDA_EXPORT(veranda_connected) void veranda_connected(uint32_t channel, double wall, double steady);
VERANDA_EXPORT(veranda_received)
void veranda_received(uint32_t channel, const uint8_t* message, size_t message_size, double wall, double steady);
VERANDA_EXPORT(veranda_disconnected) void veranda_disconnected(uint32_t channel, double wall, double steady);
/* At least once a second, for every channel. */
VERANDA_EXPORT(veranda_tick) void veranda_tick(double wall, double steady);

/* ---- what comes out ---- */

enum veranda_action {
    VERANDA_ACTION_NONE = 0,
    VERANDA_ACTION_CONNECT = 1,    /* open a WebSocket to /ws, then call veranda_connected */
    VERANDA_ACTION_SEND = 2,       /* one binary message: the output */
    VERANDA_ACTION_DISCONNECT = 3, /* close it; veranda_disconnected need not be called */
    VERANDA_ACTION_SAVE_BOOK = 4,  /* the output is the text of the group book's file, to be given to the person */
};
/* The next thing to do, one of veranda_action, on the channel veranda_channel(). Caller must: do them in order. */
VERANDA_EXPORT(veranda_next_action) int32_t veranda_next_action(void);

/* 1, and the output is one JSON object (client-lib/client/events.hpp) of the channel veranda_channel(); or 0, and there
 * is none. */
VERANDA_EXPORT(veranda_next_event) int32_t veranda_next_event(void);

/* The channel of what came out last. */
VERANDA_EXPORT(veranda_channel) uint32_t veranda_channel(void);

/* Output: the way back into the group on a channel as it is now (circle/joining/ticket.hpp); empty: there is none. */
VERANDA_EXPORT(veranda_ticket) void veranda_ticket(uint32_t channel);

#ifdef __cplusplus
}
#endif

#endif
