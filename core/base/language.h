// The language of messages: Chinese or English, chosen once at start.
//
// T("English %s", "中文 %s") gives one of two literals, so that both texts stand side by side where
// they are used and the compiler checks the arguments against both formats.
#pragma once

#include <stdbool.h>

typedef enum Language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE } Language;

#define T(english, chinese) (language_is_chinese() ? (chinese) : (english))

bool language_is_chinese(void);
void language_set(Language language);
// From BIAOCHI_LANG, else LC_ALL, LC_MESSAGES, LANG, the first that is set and not empty:
// a value that begins with "zh" means Chinese, anything else English.
void language_set_from_environment(void);
