// The language of messages: see language.h.
#include "core/base/language.h"

#include <stdlib.h>
#include <string.h>

static Language usual = LANGUAGE_ENGLISH;
static _Thread_local int own = -1; // Language, or -1 for the usual one

bool language_is_chinese(void) {
    return language_now() == LANGUAGE_CHINESE;
}

void language_set(Language language) {
    usual = language;
}

Language language_now(void) {
    return own < 0 ? usual : (Language)own;
}

void language_use(Language language) {
    own = (int)language;
}

void language_use_usual(void) {
    own = -1;
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
