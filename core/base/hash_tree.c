// Hashing what can change part by part: see hash_tree.h.
#include "core/base/hash_tree.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

enum { NODE_BYTES = 32 };

static uint8_t *node_of(const HashTree *tree, size_t node) {
    return tree->nodes + node * NODE_BYTES;
}

void hash_tree_init(HashTree *tree, size_t count) {
    *tree = (HashTree){.count = count, .width = 1};
    while (tree->width < count)
        tree->width *= 2;
    tree->nodes = memory_new(2 * tree->width, NODE_BYTES);
}

void hash_tree_free(HashTree *tree) {
    free(tree->nodes);
    *tree = (HashTree){0};
}

void hash_tree_set(HashTree *tree, size_t part, const char *name, const void *bytes,
                   size_t length) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, NODE_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)name, strlen(name) + 1);
    crypto_generichash_update(&state, bytes, length);
    crypto_generichash_final(&state, node_of(tree, tree->width + part), NODE_BYTES);
}

// A node is over the two that stand side by side.
static void hash_node(HashTree *tree, size_t node) {
    crypto_generichash(node_of(tree, node), NODE_BYTES, node_of(tree, 2 * node), 2 * NODE_BYTES,
                       NULL, 0);
}

void hash_tree_finish(HashTree *tree) {
    for (size_t node = tree->width; node-- > 1;)
        hash_node(tree, node);
}

void hash_tree_update(HashTree *tree, size_t part) {
    for (size_t node = (tree->width + part) / 2; node >= 1; node /= 2)
        hash_node(tree, node);
}

void hash_tree_text(const HashTree *tree, char out[HASH_TEXT_SIZE]) {
    unsigned char whole[8 + NODE_BYTES], digest[NODE_BYTES];
    for (int i = 0; i < 8; i++)
        whole[i] = (unsigned char)((uint64_t)tree->count >> (8 * i));
    memcpy(whole + 8, node_of(tree, 1), NODE_BYTES);
    crypto_generichash(digest, sizeof digest, whole, sizeof whole, NULL, 0);
    sodium_bin2hex(out, HASH_TEXT_SIZE, digest, sizeof digest);
}
