// Edit distance over characters: see nearest.h.
#include "core/base/nearest.h"

#include <stdbool.h>
#include <stdint.h>

#include "core/base/utf8.h"

enum { PREFIX_MIN_CHARACTERS = 2 };

typedef struct Word {
    uint32_t characters[NEAREST_MAX_CHARACTERS];
    size_t length;
} Word;

static uint32_t fold(uint32_t character) {
    if (character >= 0xFF01 && character <= 0xFF5E) character -= 0xFEE0; // full-width ASCII
    return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
}

// False when the text is empty or too long to compare.
static bool word_read(Word *word, const char *text) {
    word->length = 0;
    while (*text) {
        if (word->length == NEAREST_MAX_CHARACTERS) return false;
        uint32_t character;
        text = utf8_next(text, &character);
        word->characters[word->length++] = fold(character);
    }
    return word->length > 0;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.
static size_t distance(const Word *a, const Word *b) {
    size_t rows[3][NEAREST_MAX_CHARACTERS + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b->length; j++)
        above[j] = j;
    for (size_t i = 1; i <= a->length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b->length; j++) {
            bool same = a->characters[i - 1] == b->characters[j - 1];
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
            bool swapped = i > 1 && j > 1 && a->characters[i - 1] == b->characters[j - 2] &&
                           a->characters[i - 2] == b->characters[j - 1];
            if (swapped) row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[b->length];
}

static bool starts_with(const Word *word, const Word *start) {
    if (start->length < PREFIX_MIN_CHARACTERS || start->length > word->length) return false;
    for (size_t i = 0; i < start->length; i++)
        if (word->characters[i] != start->characters[i]) return false;
    return true;
}

const char *nearest_name(const char *wanted, const char *const *names, size_t count) {
    Word given, name;
    if (!word_read(&given, wanted)) return NULL;
    const char *best = NULL, *continued = NULL;
    size_t allowed = (given.length + 1) / 3, best_distance = allowed + 1;
    for (size_t i = 0; i < count; i++) {
        if (!names[i] || !word_read(&name, names[i])) continue;
        if (!continued && starts_with(&name, &given)) continued = names[i];
        size_t difference =
            name.length > given.length ? name.length - given.length : given.length - name.length;
        if (difference >= best_distance) continue;
        size_t mistakes = distance(&given, &name);
        if (mistakes < best_distance) {
            best_distance = mistakes;
            best = names[i];
        }
    }
    return best ? best : continued;
}
