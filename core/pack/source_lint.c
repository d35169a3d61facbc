// A reader of Lua's tokens, just good enough to see what stands directly between brackets.
#include "core/pack/source_lint.h"

#include <ctype.h>
#include <string.h>

#include "core/base/language.h"

enum { DEEPEST = 256 };

typedef struct Source {
    const char *at, *end;
    int line;
    char open[DEEPEST]; // around the current place: '[' also for parentheses that only group an
                        // index
    size_t depth;
    bool groups; // a parenthesis here would only group: it follows '[', another such one, or `not`
} Source;

static char peek(const Source *source, size_t ahead) {
    return source->at + ahead < source->end ? source->at[ahead] : '\0';
}

static void step(Source *source, size_t count) {
    for (; count > 0 && source->at < source->end; count--)
        if (*source->at++ == '\n') source->line++;
}

// The number of equals signs of a long bracket "[==[", or −1 when none opens here.
static int long_bracket(const Source *source) {
    size_t at = 1;
    while (peek(source, at) == '=')
        at++;
    return peek(source, 0) == '[' && peek(source, at) == '[' ? (int)at - 1 : -1;
}

static void skip_long(Source *source, int level) {
    step(source, (size_t)level + 2);
    while (source->at < source->end) {
        size_t at = 1;
        while (peek(source, at) == '=')
            at++;
        bool closes = peek(source, 0) == ']' && (int)at - 1 == level && peek(source, at) == ']';
        step(source, closes ? at + 1 : 1);
        if (closes) return;
    }
}

static void skip_quoted(Source *source) {
    char quote = peek(source, 0);
    step(source, 1);
    while (source->at < source->end && peek(source, 0) != quote && peek(source, 0) != '\n')
        step(source, peek(source, 0) == '\\' ? 2 : 1);
    step(source, 1);
}

static void skip_comment(Source *source) {
    step(source, 2);
    int level = long_bracket(source);
    if (level >= 0) {
        skip_long(source, level);
        return;
    }
    while (source->at < source->end && peek(source, 0) != '\n')
        step(source, 1);
}

// Characters of a comparison here, 0 when there is none; shifts are no comparisons.
static size_t comparison(const Source *source) {
    char first = peek(source, 0), second = peek(source, 1);
    if (second == '=' && first && strchr("<>=~", first)) return 2;
    if ((first == '<' || first == '>') && second != first) return 1;
    return 0;
}

static bool in_index(const Source *source) {
    return source->depth > 0 && source->depth <= DEEPEST && source->open[source->depth - 1] == '[';
}

static void open_bracket(Source *source, char bracket) {
    bool grouping = bracket == '(' && source->groups && in_index(source);
    if (source->depth < DEEPEST) source->open[source->depth] = grouping ? '[' : bracket;
    source->depth++;
    source->groups = bracket == '[' || grouping;
}

static size_t word_length(const Source *source) {
    size_t length = 0;
    while (peek(source, length) &&
           (isalnum((unsigned char)peek(source, length)) || peek(source, length) == '_'))
        length++;
    return length;
}

static void read_token(Source *source, const char *path, ProblemList *problems) {
    char now = peek(source, 0);
    size_t compared = comparison(source), word = word_length(source);
    bool shift = (now == '<' || now == '>') && peek(source, 1) == now;
    bool blank = isspace((unsigned char)now);
    if (compared > 0 && in_index(source)) {
        problems_addf(problems, ERROR_PACK, path, source->line, 0, "%s",
                      T("a comparison is used as an index, which Lua 5.4.4 gets wrong",
                        "用比较结果作下标，Lua 5.4.4 会算错"));
        problems_hint(problems, "%s", T("put it into a local first", "请先存入局部变量"));
    }
    if (now && strchr("([{", now)) {
        open_bracket(source, now);
    } else {
        if (now && strchr(")]}", now) && source->depth > 0) source->depth--;
        bool negation = word == 3 && strncmp(source->at, "not", 3) == 0;
        if (!blank) source->groups = negation;
    }
    step(source, word > 0 ? word : compared > 0 ? compared : shift ? 2 : 1);
}

static void lint_file(const BundleFile *file, ProblemList *problems) {
    Source source = {.at = file->bytes, .end = file->bytes + file->length, .line = 1};
    while (source.at < source.end) {
        int level = long_bracket(&source);
        if (level >= 0)
            skip_long(&source, level);
        else if (peek(&source, 0) == '-' && peek(&source, 1) == '-')
            skip_comment(&source);
        else if (peek(&source, 0) == '"' || peek(&source, 0) == '\'')
            skip_quoted(&source);
        else
            read_token(&source, bundle_shown_path(file->path), problems);
    }
}

bool source_lint(const Bundle *bundle, ProblemList *problems) {
    size_t before = problems->count + problems->dropped;
    for (size_t i = 0; i < bundle->count; i++)
        lint_file(&bundle->files[i], problems);
    return problems->count + problems->dropped == before;
}
