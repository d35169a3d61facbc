// What a pack may consist of: see bundle_draft.h.
#include "core/pack/bundle_draft.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/path_clash.h"
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
    plain_text_clean_line(shown);
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
// archive, and a dot stands between other characters: Windows drops one at a part's end.
static bool is_good_path(const char *path) {
    char before = '/';
    for (const char *at = path; *at; at++) {
        bool allowed = isalnum((unsigned char)*at) || strchr("_-./", *at);
        if (!allowed || (strchr("./", *at) && strchr("./", before))) return false;
        before = *at;
    }
    return before != '/' && strlen(path) <= BUNDLE_MAX_PATH && strncmp(path, "std/", 4) != 0;
}

bool bundle_draft_accepts(BundleDraft *draft, const char *path, size_t length) {
    const char *wrong = NULL;
    if (!is_good_path(path))
        wrong = T(
            "the file has a name a pack's file must not have: only letters, digits, _ and -, at most 55 "
            "characters with its folder, not in a folder std",
            "文件名不合要求：只能用字母、数字、_ 和 -，连同文件夹至多 55 个字符，且不能在 std 文件夹内");
    else if (!bundle_draft_wants(path))
        wrong =
            T("the file does not belong to a pack: only .lua files do, outside data/, at most four "
              "folders deep",
              "文件不属于评估包：只收 .lua 文件，不能在 data 文件夹内，文件夹至多四层");
    else if (draft->bundle->count >= BUNDLE_MAX_FILES)
        wrong =
            T("the file is one too many: a pack may have 500", "文件过多：一个评估包至多 500 个");
    else if (length > BUNDLE_MAX_FILE_BYTES || length > BUNDLE_MAX_BYTES - draft->bytes)
        wrong = T("the file is too large: a file may have 1 MiB, a pack 8 MiB",
                  "文件过大：单个文件至多 1 MiB，整包至多 8 MiB");
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
        problems_addf(
            draft->problems, ERROR_INPUT, path, line_of(bytes, (size_t)(nul - bytes)), 0, "%s",
            T("the file has a NUL byte: it is not text", "文件含空字节（NUL），不是文本"));
    } else if (!utf8_valid(bytes, length, &bad)) {
        problems_addf(draft->problems, ERROR_INPUT, path, line_of(bytes, bad), 0, "%s",
                      T("the file is not UTF-8 text", "文件不是 UTF-8 文本"));
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

static void complain_of_clash(BundleDraft *draft, const ListedPath *first,
                              const ListedPath *second) {
    switch (path_clash(first, second)) {
        case PATHS_TWICE:
            bundle_draft_complain(draft, second->path,
                                  T("the file is there twice", "文件出现了两次"));
            break;
        case PATHS_DIFFER_IN_CASE:
            bundle_draft_complain(
                draft, second->path,
                T("the file differs from another file in upper and lower case alone",
                  "文件名与另一文件仅有大小写之别"));
            break;
        case PATHS_FILE_AND_FOLDER:
            bundle_draft_complain(
                draft, first->path,
                T("the name is that of a file and a folder at once", "该名称既是文件又是文件夹"));
            break;
        case PATHS_FIT: break;
    }
}

// Files that could not all be unpacked elsewhere are refused, whatever system they come from.
static void check_clashes(BundleDraft *draft) {
    size_t count = draft->bundle->count;
    ListedPath *paths = memory_new(count + 1, sizeof *paths);
    for (size_t i = 0; i < count; i++)
        paths[i] = (ListedPath){.path = draft->bundle->files[i].path};
    path_clash_sort(paths, count);
    for (size_t i = 1; i < count; i++)
        complain_of_clash(draft, &paths[i - 1], &paths[i]);
    free(paths);
}

bool bundle_draft_finish(BundleDraft *draft, const char *where, ErrorCode missing) {
    Bundle *bundle = draft->bundle;
    bundle_sort(bundle);
    check_clashes(draft);
    if (!bundle_draft_has_problems(draft) && !bundle_find(bundle, "pack.lua")) {
        problems_addf(draft->problems, missing, where, 0, 0, "%s",
                      T("the pack has no file pack.lua", "评估包缺少文件 pack.lua"));
        problems_hint(
            draft->problems, "%s",
            T("every pack begins with one; begin from the files that are made for a new pack",
              "评估包以该文件为起点；可从系统生成的新评估包文件开始"));
    }
    if (bundle_draft_has_problems(draft)) {
        bundle_free(bundle);
        return false;
    }
    bundle_seal(bundle);
    return true;
}
