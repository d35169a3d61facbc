// Reading, hashing and archiving a pack's files: see bundle.h.
#include "core/pack/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/embedded.h"
#include "core/base/language.h"
#include "core/pack/bundle_draft.h"
#include "core/pack/bundle_inside.h"

enum { MOST_PROBLEMS = 100 }; // of one folder

static const char HEADER[] = "biaochi-bundle 1\n";
static const char STD_FOLDER[] = "scripts/std/";

typedef struct Gathering {
    BundleDraft draft;
    size_t most_problems; // in the list before the folder is left
} Gathering;

void bundle_add(Bundle *bundle, size_t *capacity, const char *path, const void *bytes,
                size_t length) {
    ARRAY_RESERVE(bundle->files, bundle->count, *capacity);
    bundle->files[bundle->count++] = (BundleFile){
        arena_string(&bundle->arena, path), arena_bytes(&bundle->arena, bytes, length), length};
}

static int by_path(const void *left, const void *right) {
    return strcmp(((const BundleFile *)left)->path, ((const BundleFile *)right)->path);
}

void bundle_sort(Bundle *bundle) {
    if (bundle->count) qsort(bundle->files, bundle->count, sizeof *bundle->files, by_path);
}

void bundle_seal(Bundle *bundle) {
    Buffer archive = {0};
    bundle_sort(bundle);
    bundle_write(bundle, &archive);
    hash_bytes(archive.data, archive.length, bundle->hash);
    buffer_free(&archive);
}

// ---- folders -----------------------------------------------------------------------------------

// Reads a regular file without following a link.
static void gather_file(BundleDraft *draft, int folder, const char *name, const char *path) {
    int descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    if (descriptor < 0 && errno == EACCES) {
        bundle_draft_complain(draft, path,
                              T("may not be read by this user", "当前用户没有读取权限"));
    } else if (descriptor < 0 || fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        bundle_draft_complain(draft, path,
                              T("is not a plain file that can be read", "不是可读取的普通文件"));
    } else if (bundle_draft_accepts(draft, path, (size_t)about.st_size)) {
        char *bytes = memory_new((size_t)about.st_size + 1, 1);
        size_t length = 0;
        ssize_t got;
        while (length < (size_t)about.st_size &&
               (got = read(descriptor, bytes + length, (size_t)about.st_size - length)) > 0)
            length += (size_t)got;
        bundle_draft_add(draft, path, bytes, length);
        free(bytes);
    }
    if (descriptor >= 0) close(descriptor);
}

static void gather(Gathering *gathering, int folder, const char *prefix);

static void gather_entry(Gathering *gathering, int folder, const char *name, const char *prefix) {
    char path[600];
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0) return;
    bool is_folder = S_ISDIR(about.st_mode);
    snprintf(path, sizeof path, "%s%s%s", prefix, name, is_folder ? "/" : "");
    if (!bundle_draft_wants(path)) return;
    if (!is_folder) {
        gather_file(&gathering->draft, folder, name, path);
        return;
    }
    int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inner >= 0) gather(gathering, inner, path);
}

// Takes over `folder`.
static void gather(Gathering *gathering, int folder, const char *prefix) {
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(entries)) &&
           gathering->draft.problems->count < gathering->most_problems)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            gather_entry(gathering, dirfd(entries), entry->d_name, prefix);
    closedir(entries);
}

bool bundle_read(const char *folder, Bundle *bundle, ProblemList *problems) {
    *bundle = (Bundle){0};
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        problems_addf(problems, ERROR_NOT_FOUND, folder, 0, 0,
                      T("cannot open the pack's folder: %s", "无法打开评估包文件夹：%s"),
                      strerror(errno));
        return false;
    }
    Gathering gathering = {.most_problems = problems->count + MOST_PROBLEMS};
    bundle_draft_begin(&gathering.draft, bundle, problems);
    gather(&gathering, descriptor, "");
    return bundle_draft_finish(&gathering.draft, folder, ERROR_NOT_FOUND);
}

// ---- std ---------------------------------------------------------------------------------------

void bundle_std(Bundle *bundle) {
    *bundle = (Bundle){0};
    size_t capacity = 0, prefix = strlen(STD_FOLDER);
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        if (strncmp(file->path, STD_FOLDER, prefix) != 0) continue;
        char name[BUNDLE_MAX_PATH + 1];
        snprintf(name, sizeof name, "%.*s", (int)(strlen(file->path) - prefix - strlen(".lua")),
                 file->path + prefix);
        bundle_add(bundle, &capacity, name, file->bytes, file->length);
    }
    bundle_seal(bundle);
}

// ---- archives ----------------------------------------------------------------------------------

void bundle_write(const Bundle *bundle, Buffer *archive) {
    buffer_text(archive, HEADER);
    for (size_t i = 0; i < bundle->count; i++) {
        buffer_printf(archive, "%s %zu\n", bundle->files[i].path, bundle->files[i].length);
        buffer_append(archive, bundle->files[i].bytes, bundle->files[i].length);
    }
}

static bool parse_file(Bundle *bundle, size_t *capacity, const char *archive, size_t length,
                       size_t *at) {
    const char *line = archive + *at, *end = memchr(line, '\n', length - *at);
    char path[BUNDLE_MAX_PATH + 2]; // with an '@'
    size_t file_length;
    int taken = 0;
    char text[BUNDLE_MAX_PATH + 32];
    if (!end || (size_t)(end - line) >= sizeof text) return false;
    memcpy(text, line, (size_t)(end - line));
    text[end - line] = '\0';
    if (sscanf(text, "%56s %zu%n", path, &file_length, &taken) != 2 || text[taken]) return false;
    *at = (size_t)(end + 1 - archive);
    if (file_length > length - *at || bundle->count >= BUNDLE_MAX_FILES) return false;
    bundle_add(bundle, capacity, path, archive + *at, file_length);
    *at += file_length;
    return true;
}

bool bundle_parse(const char *archive, size_t length, Bundle *bundle, Error *error) {
    *bundle = (Bundle){0};
    size_t capacity = 0, at = strlen(HEADER);
    bool good = length >= at && memcmp(archive, HEADER, at) == 0;
    while (good && at < length)
        good = parse_file(bundle, &capacity, archive, length, &at);
    if (!good) {
        bundle_free(bundle);
        return error_set(error, ERROR_STORE, T("a stored pack is damaged", "存储的评估包已损坏"));
    }
    hash_bytes(archive, length, bundle->hash);
    return true;
}

const BundleFile *bundle_find(const Bundle *bundle, const char *path) {
    for (size_t i = 0; i < bundle->count; i++)
        if (strcmp(bundle->files[i].path, path) == 0) return &bundle->files[i];
    return NULL;
}

// ---- packs carried ------------------------------------------------------------------------------

const char *bundle_shown_path(const char *path) {
    return path + (path[0] == '@');
}

// Whether the path is of a file of that pack, as it is shown.
static bool is_below(const char *shown, const char *id) {
    size_t length = strlen(id);
    return strncmp(shown, id, length) == 0 && shown[length] == '/';
}

static bool fits(const Bundle *bundle, const char *id, const Bundle *parent,
                 ProblemList *problems) {
    size_t bytes = 0, before = problems->count + problems->dropped;
    if (strcmp(id, "std") == 0)
        problems_addf(problems, ERROR_INPUT, "pack.lua", 0, 0, "%s",
                      T("a pack called \"std\" cannot be extended", "名为“std”的评估包不能被继承"));
    for (size_t i = 0; i < bundle->count; i++) {
        bytes += bundle->files[i].length;
        if (is_below(bundle->files[i].path, id))
            problems_addf(problems, ERROR_INPUT, bundle->files[i].path, 0, 0,
                          T("the folder is called like the pack \"%s\", which this pack extends: "
                            "give it another name",
                            "文件夹与所继承的评估包“%s”同名：请改名"),
                          id);
    }
    for (size_t i = 0; i < parent->count; i++) {
        const BundleFile *file = &parent->files[i];
        bool own = file->path[0] != '@';
        bytes += file->length;
        if (own && strlen(id) + 1 + strlen(file->path) > BUNDLE_MAX_PATH)
            problems_addf(problems, ERROR_INPUT, file->path, 0, 0,
                          T("the path is too long for a pack that is extended: %s/%s has more than "
                            "%d characters",
                            "路径过长，不能被继承：%s/%s 超过 %d 个字符"),
                          id, file->path, BUNDLE_MAX_PATH);
    }
    if (bundle->count + parent->count > BUNDLE_MAX_FILES || bytes > BUNDLE_MAX_BYTES)
        problems_addf(problems, ERROR_INPUT, "pack.lua", 0, 0,
                      T("with the files of \"%s\", which it extends, the pack is too large: 500 "
                        "files and 8 MiB in all",
                        "连同所继承的“%s”，评估包过大：合计至多 500 个文件、8 MiB"),
                      id);
    return problems->count + problems->dropped == before;
}

bool bundle_extend(Bundle *bundle, const char *id, const Bundle *parent, ProblemList *problems) {
    if (!fits(bundle, id, parent, problems)) return false;
    size_t capacity = bundle->count;
    for (size_t i = 0; i < parent->count; i++) {
        const BundleFile *file = &parent->files[i];
        char path[BUNDLE_MAX_PATH + 2];
        bool own = file->path[0] != '@';
        snprintf(path, sizeof path, "%s%s%s%s", own ? "@" : "", own ? id : "", own ? "/" : "",
                 file->path);
        if (!bundle_find(bundle, path))
            bundle_add(bundle, &capacity, path, file->bytes, file->length);
    }
    bundle_seal(bundle);
    return true;
}

void bundle_own(const Bundle *bundle, Bundle *own) {
    *own = (Bundle){0};
    size_t capacity = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        const BundleFile *file = &bundle->files[i];
        if (file->path[0] != '@') bundle_add(own, &capacity, file->path, file->bytes, file->length);
    }
    bundle_seal(own);
}

bool bundle_parent(const Bundle *bundle, const char *id, Bundle *parent) {
    *parent = (Bundle){0};
    size_t capacity = 0, own = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        const BundleFile *file = &bundle->files[i];
        if (file->path[0] != '@') continue;
        bool of_parent = is_below(file->path + 1, id);
        const char *path = of_parent ? file->path + 1 + strlen(id) + 1 : file->path;
        bundle_add(parent, &capacity, path, file->bytes, file->length);
        own += of_parent;
    }
    if (own == 0) {
        bundle_free(parent);
        return false;
    }
    bundle_seal(parent);
    return true;
}

void bundle_free(Bundle *bundle) {
    free(bundle->files);
    arena_free(&bundle->arena);
    *bundle = (Bundle){0};
}
