// The language of messages: Chinese or English. The program has one, chosen at start; a thread that
// works for somebody who reads the other one says so while it does.
//
// T("English %s", "中文 %s") gives one of two literals, so that both texts stand side by side where
// they are used and the compiler checks the arguments against both formats.
#pragma once

#include <stdbool.h>

typedef enum Language { LANGUAGE_ENGLISH, LANGUAGE_CHINESE } Language;

#define T(english, chinese) (language_is_chinese() ? (chinese) : (english))

bool language_is_chinese(void);
// The program's language; before threads are started.
void language_set(Language language);
// The calling thread's own one, else the program's.
Language language_now(void);
// The calling thread's own language, until language_use_usual. Work handed to another thread that
// is waited for (base/parallel.h, db/writer.h) is done in the language of who waits.
void language_use(Language language);
void language_use_usual(void);
// From BIAOCHI_LANG, else LC_ALL, LC_MESSAGES, LANG, the first that is set and not empty:
// a value that begins with "zh" means Chinese, anything else English.
void language_set_from_environment(void);
