// How often an address may try to log in: a bucket of tokens each, in memory.
//
// A try takes a token; one that succeeds gives it back, so that an office whose people share an
// address is not held up by its own number. The table has a fixed size: where it is full, an
// address gives its place up that has the most tokens left, which forgets those who did least.
// One thread, the loop's.
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct Throttle Throttle;

// So many tries at once, and again as many over `refill_us`.
Throttle *throttle_new(int most, int64_t refill_us);
void throttle_free(Throttle *throttle); // NULL is allowed
// Takes a token. False when there is none: then `*retry_us` is after how long there is one again,
// and `*begins` (NULL is allowed) whether the address was not refused before since it last had all
// its tokens.
bool throttle_take(Throttle *throttle, const char *address, int64_t now_us, int64_t *retry_us,
                   bool *begins);
// Gives a token back.
void throttle_give(Throttle *throttle, const char *address, int64_t now_us);
