// Rules and hashes of passwords: see password.h.
#include "core/auth/password.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/utf8.h"

// As measured in the least hardware in use: some 40 ms.
PasswordCost password_cost_usual(void) {
    return (PasswordCost){.passes = 3, .memory_bytes = (size_t)32 * 1024 * 1024};
}

// ---- rules -------------------------------------------------------------------------------------

// What is left of the commonest passwords once case, digits and signs at both ends, and signs that
// stand for letters are taken away. "" is left of those without a letter.
static const char *const commonest[] = {
    "",           "a",           "aa",          "ab",       "abc",         "abcd",
    "abcde",      "abcdef",      "access",      "account",  "admin",       "administrator",
    "aaa",        "asd",         "asdf",        "asdfgh",   "asdfghjkl",   "biaochi",
    "changeme",   "china",       "computer",    "default",  "dragon",      "fubao",
    "fulian",     "fuergongwei", "guest",       "hello",    "huawei",      "iloveyou",
    "letmein",    "login",       "manager",     "master",   "mima",        "monkey",
    "office",     "oracle",      "pass",        "passwd",   "password",    "passwordpassword",
    "postgres",   "q",           "qaz",         "qazwsx",   "qazwsxedc",   "qq",
    "qwe",        "qweasd",      "qweasdzxc",   "qwer",     "qwert",       "qwerty",
    "qwertyuiop", "root",        "secret",      "server",   "summer",      "superman",
    "sysadmin",   "system",      "temp",        "test",     "tester",      "user",
    "weihuan",    "welcome",     "windows",     "winter",   "woaini",      "woaizhongguo",
    "x",          "xx",          "xxx",         "zhongguo", "zxc",         "zxcvbn",
    "zxcvbnm",    "qazawsx",     "qazawsx3edc", "qaz2wsx",  "qaz2wsx3edc", "qaz2wsx3edc4rfv",
    "q2w3e",      "q2w3e4r",     "q2w3e4r5t",   "qazxsw2",  "q1w2e3",      "zaq12wsx",
    "zaq1xsw2",
};

static char folded(char byte) {
    switch (byte) {
        case '@': return 'a';
        case '$': return 's';
        case '0': return 'o';
        case '!': return 'i';
        default: break;
    }
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80);
}

static bool is_common(const char *password) {
    size_t first = 0, end = strlen(password);
    char core[PASSWORD_MOST_BYTES + 1];
    while (first < end && !is_letter(password[first]))
        first++;
    while (end > first && !is_letter(password[end - 1]))
        end--;
    for (size_t i = first; i < end; i++)
        core[i - first] = folded(password[i]);
    core[end - first] = '\0';
    for (size_t i = 0; i < sizeof commonest / sizeof *commonest; i++)
        if (strcmp(core, commonest[i]) == 0) return true;
    return false;
}

typedef struct Makeup {
    size_t characters, different;
    unsigned classes;
    bool has_control;
} Makeup;

static Makeup makeup_of(const char *password) {
    enum { SMALL = 1, CAPITAL = 2, DIGIT = 4, OTHER = 8 };
    Makeup makeup = {0};
    uint32_t met[PASSWORD_MOST_BYTES];
    unsigned seen = 0;
    uint32_t code;
    for (const char *at = utf8_next(password, &code); code; at = utf8_next(at, &code)) {
        size_t place = 0;
        while (place < makeup.different && met[place] != code)
            place++;
        if (place == makeup.different) met[makeup.different++] = code;
        makeup.characters++;
        makeup.has_control |= code < 0x20 || (code >= 0x7F && code <= 0x9F);
        seen |= code >= 'a' && code <= 'z'   ? SMALL
                : code >= 'A' && code <= 'Z' ? CAPITAL
                : code >= '0' && code <= '9' ? DIGIT
                                             : OTHER;
    }
    makeup.classes = (unsigned)__builtin_popcount(seen);
    return makeup;
}

static bool contains_name(const char *password, const char *name) {
    enum { SHORTEST_NAME = 4 }; // shorter ones are in many a good password by chance
    return strlen(name) >= SHORTEST_NAME && strcasestr(password, name) != NULL;
}

static bool broken(Error *error, const char *message) {
    error_set(error, ERROR_INPUT, "%s", message);
    return error_hint(
        error,
        T("at least %d characters with %d of small letters, capital letters, digits "
          "and others, or at least %d characters of any kind; %d different ones at least; no "
          "account's name in it, no common word or row of keys",
          "至少 %d 个字符，且包含小写字母、大写字母、数字、其他字符中的 %d 类；"
          "或至少 %d 个任意字符；其中至少 %d 个各不相同；不得含有账号名，不得为常用词或键盘顺序"),
        PASSWORD_LEAST_CHARACTERS, PASSWORD_LEAST_CLASSES, PASSWORD_LONG_CHARACTERS,
        PASSWORD_LEAST_DIFFERENT);
}

bool password_is_good(const char *password, const char *account, Error *error) {
    size_t length = strlen(password);
    if (length > PASSWORD_MOST_BYTES)
        return error_set(error, ERROR_INPUT,
                         T("the password is longer than %d bytes", "密码超过 %d 字节"),
                         PASSWORD_MOST_BYTES);
    if (!utf8_valid(password, length, NULL))
        return broken(error, T("the password is not UTF-8", "密码不是有效的 UTF-8 文本"));
    Makeup makeup = makeup_of(password);
    if (makeup.has_control)
        return broken(error, T("the password has a control character in it", "密码中含有控制字符"));
    if (makeup.characters < PASSWORD_LEAST_CHARACTERS)
        return broken(error, T("the password is too short", "密码过短"));
    if (makeup.characters < PASSWORD_LONG_CHARACTERS && makeup.classes < PASSWORD_LEAST_CLASSES)
        return broken(error,
                      T("the password has too few kinds of characters", "密码的字符种类过少"));
    if (makeup.different < PASSWORD_LEAST_DIFFERENT)
        return broken(error, T("the password repeats too few characters", "密码的重复字符过多"));
    if (contains_name(password, account))
        return broken(error, T("the password contains the account's name", "密码中含有账号名"));
    if (is_common(password))
        return broken(error, T("the password is one of the commonest: a word or a row of keys "
                               "with digits and signs around it",
                               "密码过于常见：常用词或键盘顺序加数字、符号"));
    return true;
}

void password_generate(char out[PASSWORD_GENERATED_SIZE]) {
    // Without 0 O o 1 I l i, in groups of four. A group of each kind makes it good by any rule.
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz";
    enum { GROUP = 5 };
    (void)!sodium_init();
    for (size_t i = 0; i + 1 < PASSWORD_GENERATED_SIZE; i++)
        out[i] = i % GROUP == GROUP - 1
                     ? '-'
                     : alphabet[randombytes_uniform((uint32_t)(sizeof alphabet - 1))];
    out[PASSWORD_GENERATED_SIZE - 1] = '\0';
}

// ---- hashes ------------------------------------------------------------------------------------

_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES, "a hash's text has its place");

bool password_hash(const char *password, PasswordCost cost, char out[PASSWORD_HASH_SIZE],
                   Error *error) {
    (void)!sodium_init();
    memset(out, 0, PASSWORD_HASH_SIZE);
    if (crypto_pwhash_str_alg(out, password, strlen(password), cost.passes, cost.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) == 0)
        return true;
    return error_set(error, ERROR_SYSTEM,
                     T("there is no memory to hash a password: %zu MiB are needed",
                       "内存不足，无法计算密码散列：需要 %zu MiB"),
                     cost.memory_bytes / ((size_t)1024 * 1024));
}

bool password_matches(const char *password, const char *hash, PasswordCost cost) {
    char spent[PASSWORD_HASH_SIZE];
    size_t length = strlen(password);
    (void)!sodium_init();
    if (length > PASSWORD_MOST_BYTES) length = 0; // no password is so long, and none is empty
    if (hash && length > 0) return crypto_pwhash_str_verify(hash, password, length) == 0;
    (void)!crypto_pwhash_str_alg(spent, password, length, cost.passes, cost.memory_bytes,
                                 crypto_pwhash_ALG_ARGON2ID13);
    return false;
}

bool password_is_outdated(const char *hash, PasswordCost cost) {
    return crypto_pwhash_str_needs_rehash(hash, cost.passes, cost.memory_bytes) != 0;
}
