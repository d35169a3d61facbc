// Buckets of tokens by address: see throttle.h.
#include "core/auth/throttle.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/network.h"

enum { SETS = 1024, WAYS = 4, KEY_BYTES = 16 };

typedef struct Bucket {
    unsigned char key[KEY_BYTES]; // of the address; zero: free
    double tokens;                // at `at_us`
    int64_t at_us;
    bool refused; // since it was full
} Bucket;

struct Throttle {
    unsigned char secret[KEY_BYTES]; // so that nobody can choose who shares a set
    double most, tokens_per_us;
    Bucket buckets[SETS][WAYS];
};

Throttle *throttle_new(int most, int64_t refill_us) {
    Throttle *throttle = memory_new(1, sizeof *throttle);
    (void)!sodium_init();
    randombytes_buf(throttle->secret, sizeof throttle->secret);
    throttle->most = most;
    throttle->tokens_per_us = (double)most / (double)refill_us;
    return throttle;
}

void throttle_free(Throttle *throttle) {
    free(throttle);
}

static double tokens_now(const Throttle *throttle, const Bucket *bucket, int64_t now_us) {
    int64_t passed = now_us > bucket->at_us ? now_us - bucket->at_us : 0;
    double tokens = bucket->tokens + (double)passed * throttle->tokens_per_us;
    return tokens < throttle->most ? tokens : throttle->most;
}

static bool is_free(const Bucket *bucket) {
    return sodium_is_zero(bucket->key, sizeof bucket->key) != 0;
}

// The address's bucket with its tokens as of now; a new one is full.
static Bucket *find(Throttle *throttle, const char *address, int64_t now_us) {
    unsigned char key[KEY_BYTES];
    char network[NETWORK_SIZE];
    network_of(address, network);
    crypto_generichash(key, sizeof key, (const unsigned char *)network, strlen(network),
                       throttle->secret, sizeof throttle->secret);
    Bucket *set = throttle->buckets[(key[0] | key[1] << 8) % SETS], *chosen = &set[0];
    double fullest = -1;
    for (int way = 0; way < WAYS; way++) {
        Bucket *bucket = &set[way];
        bool own = memcmp(bucket->key, key, sizeof key) == 0;
        double tokens = is_free(bucket) ? throttle->most + 1 : tokens_now(throttle, bucket, now_us);
        if (own) {
            bucket->tokens = tokens;
            bucket->at_us = now_us;
            bucket->refused = bucket->refused && tokens < throttle->most;
            return bucket;
        }
        if (tokens <= fullest) continue;
        fullest = tokens;
        chosen = bucket;
    }
    *chosen = (Bucket){.tokens = throttle->most, .at_us = now_us};
    memcpy(chosen->key, key, sizeof key);
    return chosen;
}

bool throttle_take(Throttle *throttle, const char *address, int64_t now_us, int64_t *retry_us,
                   bool *begins) {
    Bucket *bucket = find(throttle, address, now_us);
    if (bucket->tokens < 1) {
        *retry_us = (int64_t)((1 - bucket->tokens) / throttle->tokens_per_us) + 1;
        if (begins) *begins = !bucket->refused;
        bucket->refused = true;
        return false;
    }
    bucket->tokens -= 1;
    return true;
}

void throttle_give(Throttle *throttle, const char *address, int64_t now_us) {
    Bucket *bucket = find(throttle, address, now_us);
    bucket->tokens = bucket->tokens + 1 < throttle->most ? bucket->tokens + 1 : throttle->most;
}
