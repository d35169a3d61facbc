// What a pack may consist of: see bundle_draft.h.
#include "core/pack/bundle_draft.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/map.h"
#include "core/base/plain_text.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/pack/bundle_inside.h"

enum { MOST_FOLDERS = 4 };

void bundle_draft_begin(BundleDraft *draft, Bundle *bundle, ProblemList *problems) {
    *bundle = (Bundle){0};
    *draft = (BundleDraft){.bundle = bundle,
                           .problems = problems,
                           .problems_before = problems->count + problems->dropped};
}

bool bundle_draft_has_problems(const BundleDraft *draft) {
    return draft->problems->count + draft->problems->dropped > draft->problems_before;
}

void bundle_draft_complain(BundleDraft *draft, const char *path, const char *what) {
    char shown[256];
    snprintf(shown, sizeof shown, "%s", *path ? path : "\"\"");
    plain_text_clean(shown);
    problems_addf(draft->problems, ERROR_INPUT, shown, 0, 0, "%s", what);
}

// ---- names -------------------------------------------------------------------------------------

bool bundle_draft_wants(const char *path) {
    int folders = 0;
    const char *name = path;
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1) {
        bool data = folders == 0 && strncmp(name, "data/", 5) == 0;
        if (name[0] == '.' || data || ++folders > MOST_FOLDERS) return false;
    }
    return !*name || text_ends_with(name, ".lua");
}

// Of a path's every part: `@` marks what a pack carries of others, a blank would end the path in an
// archive.
static bool is_good_path(const char *path) {
    bool begins = true; // a part of the path
    for (const char *at = path; *at; at++) {
        bool allowed = isalnum((unsigned char)*at) || strchr("_-./", *at);
        if (!allowed || (begins && strchr("./", *at))) return false;
        begins = *at == '/';
    }
    return !begins && strlen(path) <= BUNDLE_MAX_PATH && strncmp(path, "std/", 4) != 0;
}

bool bundle_draft_accepts(BundleDraft *draft, const char *path, size_t length) {
    const char *wrong = NULL;
    if (!is_good_path(path) || !bundle_draft_wants(path))
        wrong = T(
            "has a name a pack's file must not have: letters, digits, _ and -, at most 55 "
            "characters with its folder, not in a folder std",
            "文件名不合要求：只能用字母、数字、_ 和 -，连同文件夹至多 55 个字符，且不能在 std 文件夹内");
    else if (draft->bundle->count >= BUNDLE_MAX_FILES)
        wrong = T("is one file too many: a pack may have 500", "文件过多：一个评估包至多 500 个");
    else if (length > BUNDLE_MAX_FILE_BYTES || length > BUNDLE_MAX_BYTES - draft->bytes)
        wrong = T("is too large: a file may have 1 MiB, a pack 8 MiB",
                  "过大：单个文件至多 1 MiB，整包至多 8 MiB");
    if (wrong) bundle_draft_complain(draft, path, wrong);
    return !wrong;
}

// ---- contents ----------------------------------------------------------------------------------

static int line_of(const char *bytes, size_t offset) {
    int line = 1;
    for (size_t i = 0; i < offset; i++)
        line += bytes[i] == '\n';
    return line;
}

static void check_text(BundleDraft *draft, const char *path, const char *bytes, size_t length) {
    size_t bad = 0;
    const char *nul = memchr(bytes, '\0', length);
    if (nul) {
        problems_addf(draft->problems, ERROR_INPUT, path, line_of(bytes, (size_t)(nul - bytes)), 0,
                      "%s", T("has a NUL byte: it is not text", "含空字节（NUL），不是文本"));
    } else if (!utf8_valid(bytes, length, &bad)) {
        problems_addf(draft->problems, ERROR_INPUT, path, line_of(bytes, bad), 0, "%s",
                      T("is not UTF-8 text", "不是 UTF-8 文本"));
        problems_hint(draft->problems, "%s",
                      T("Save the file as UTF-8; editors on Chinese Windows often write GBK.",
                        "请将文件另存为 UTF-8；中文 Windows 的编辑器常存为 GBK。"));
    }
}

void bundle_draft_add(BundleDraft *draft, const char *path, const char *bytes, size_t length) {
    check_text(draft, path, bytes, length);
    bundle_add(draft->bundle, &draft->capacity, path, bytes, length);
    draft->bytes += length;
}

// ---- the whole ---------------------------------------------------------------------------------

// As Windows and macOS compare names: two files that differ in case alone could not both be
// unpacked there, and one reader might take the other one.
static void check_doubled(BundleDraft *draft) {
    Map seen = {0};
    for (size_t i = 0; i < draft->bundle->count; i++) {
        const char *path = draft->bundle->files[i].path;
        char folded[BUNDLE_MAX_PATH + 1];
        size_t length = strlen(path);
        for (size_t k = 0; k <= length; k++)
            folded[k] = (char)tolower((unsigned char)path[k]);
        int64_t first = map_put(&seen, folded, (int64_t)i);
        if (first == MAP_MISSING) continue;
        const char *other = draft->bundle->files[first].path;
        bundle_draft_complain(draft, path,
                              strcmp(path, other) == 0
                                  ? T("is there twice", "出现了两次")
                                  : T("differs from another file in upper and lower case alone",
                                      "与另一文件仅有大小写之别"));
    }
    map_free(&seen);
}

// "a.lua" cannot be a file and the folder of "a.lua/b.lua".
static void check_folders(BundleDraft *draft) {
    for (size_t i = 0; i < draft->bundle->count; i++) {
        char folder[BUNDLE_MAX_PATH + 1];
        snprintf(folder, sizeof folder, "%s", draft->bundle->files[i].path);
        for (char *slash = strchr(folder, '/'); slash; slash = strchr(slash + 1, '/')) {
            *slash = '\0';
            if (bundle_find(draft->bundle, folder))
                bundle_draft_complain(draft, folder,
                                      T("is a file and a folder at once", "既是文件又是文件夹"));
            *slash = '/';
        }
    }
}

bool bundle_draft_finish(BundleDraft *draft, const char *where, ErrorCode missing) {
    Bundle *bundle = draft->bundle;
    bundle_sort(bundle);
    check_doubled(draft);
    check_folders(draft);
    if (!bundle_draft_has_problems(draft) && !bundle_find(bundle, "pack.lua")) {
        problems_addf(draft->problems, missing, where, 0, 0, "%s",
                      T("has no pack.lua", "没有 pack.lua"));
        problems_hint(
            draft->problems, "%s",
            T("`biaochi pack new` makes a pack to start from", "可用 biaochi pack new 新建评估包"));
    }
    if (bundle_draft_has_problems(draft)) {
        bundle_free(bundle);
        return false;
    }
    bundle_seal(bundle);
    return true;
}
