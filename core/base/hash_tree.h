// One hash over many parts, in which a part can change without hashing the others again.
//
// A binary tree (Merkle): leaves are the parts' BLAKE2b hashes, every node is the hash of the two
// below it, and the root is hashed with the number of parts. The same parts in the same order
// always give the same text. Parts may be set from several threads at once, each its own; the rest
// belongs to one thread.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/base/hash.h"

typedef struct HashTree {
    size_t count, width; // parts; leaves of the full tree, a power of two
    uint8_t *nodes;      // node i has the children 2i and 2i + 1; the leaves are the last ones
} HashTree;

void hash_tree_init(HashTree *tree, size_t count);
void hash_tree_free(HashTree *tree);
// Hashes a part: a name and its bytes.
void hash_tree_set(HashTree *tree, size_t part, const char *name, const void *bytes, size_t length);
// Hashes all nodes, after many parts were set.
void hash_tree_finish(HashTree *tree);
// Hashes the nodes above one part, after it was set in a finished tree.
void hash_tree_update(HashTree *tree, size_t part);
// 64 lower-case hexadecimal digits.
void hash_tree_text(const HashTree *tree, char out[HASH_TEXT_SIZE]);
