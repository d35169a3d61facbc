// The language of messages: see language.h.
#include "core/base/language.h"

#include <stdlib.h>
#include <string.h>

static Language current = LANGUAGE_ENGLISH;

bool language_is_chinese(void) {
    return current == LANGUAGE_CHINESE;
}

void language_set(Language language) {
    current = language;
}

void language_set_from_environment(void) {
    static const char *const names[] = {"BIAOCHI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (!value || !*value) continue;
        language_set(strncmp(value, "zh", 2) == 0 ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH);
        return;
    }
}
