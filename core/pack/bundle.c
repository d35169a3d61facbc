// Reading, hashing and archiving a pack's files: see bundle.h.
#include "core/pack/bundle.h"

#include <ctype.h>
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
#include "core/base/plain_text.h"

static const char HEADER[] = "biaochi-bundle 1\n";
static const char STD_FOLDER[] = "scripts/std/";

typedef struct Gathering {
    const char *folder;
    Bundle *bundle;
    ProblemList *problems;
    size_t capacity, bytes;
} Gathering;

static void add_file(Bundle *bundle, size_t *capacity, const char *path, const void *bytes,
                     size_t length) {
    ARRAY_RESERVE(bundle->files, bundle->count, *capacity);
    bundle->files[bundle->count++] = (BundleFile){
        arena_string(&bundle->arena, path), arena_bytes(&bundle->arena, bytes, length), length};
}

static int by_path(const void *left, const void *right) {
    return strcmp(((const BundleFile *)left)->path, ((const BundleFile *)right)->path);
}

static void complain(Gathering *gathering, const char *path, const char *what) {
    char shown[256]; // a file's name may hold anything
    snprintf(shown, sizeof shown, "%s", path);
    plain_text_clean(shown);
    problems_addf(gathering->problems, ERROR_INPUT, shown, 0, 0, "%s", what);
}

// Reads a regular file without following a link; false when it is none or cannot be read.
static bool read_file(Gathering *gathering, int folder, const char *name, const char *path) {
    int descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    if (descriptor < 0 || fstat(descriptor, &about) != 0 || !S_ISREG(about.st_mode)) {
        complain(gathering, path,
                 T("is not a plain file that can be read", "不是可读取的普通文件"));
        if (descriptor >= 0) close(descriptor);
        return false;
    }
    bool too_large = about.st_size > BUNDLE_MAX_FILE_BYTES ||
                     gathering->bytes + (size_t)about.st_size > BUNDLE_MAX_BYTES;
    if (too_large) {
        complain(gathering, path,
                 T("is too large: a file may have 1 MiB, a pack 8 MiB",
                   "过大：单个文件至多 1 MiB，整包至多 8 MiB"));
        close(descriptor);
        return false;
    }
    char *bytes = memory_new((size_t)about.st_size + 1, 1);
    size_t length = 0;
    ssize_t got;
    while (length < (size_t)about.st_size &&
           (got = read(descriptor, bytes + length, (size_t)about.st_size - length)) > 0)
        length += (size_t)got;
    close(descriptor);
    add_file(gathering->bundle, &gathering->capacity, path, bytes, length);
    gathering->bytes += length;
    free(bytes);
    return true;
}

// Of a path's every part: `@` marks what a pack carries of others, a blank would end the path in an
// archive.
static bool good_path(const char *path) {
    for (const char *at = path; *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr("_-./", *at)) return false;
    const char *name = strrchr(path, '/');
    return (name ? name[1] : path[0]) != '.';
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static void gather(Gathering *gathering, int folder, const char *prefix, int depth);

static void gather_entry(Gathering *gathering, int folder, const struct dirent *entry,
                         const char *prefix, int depth) {
    char path[600];
    snprintf(path, sizeof path, "%s%s", prefix, entry->d_name);
    struct stat about;
    if (fstatat(folder, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0) return;
    if (S_ISDIR(about.st_mode)) {
        bool data = depth == 0 && strcmp(entry->d_name, "data") == 0;
        if (data || entry->d_name[0] == '.') return;
        int inner = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        strncat(path, "/", sizeof path - strlen(path) - 1);
        if (inner >= 0 && depth < 4)
            gather(gathering, inner, path, depth + 1);
        else if (inner >= 0)
            close(inner);
        return;
    }
    if (!ends_with(entry->d_name, ".lua")) return;
    if (!good_path(path) || strlen(path) > BUNDLE_MAX_PATH || strncmp(path, "std/", 4) == 0) {
        complain(
            gathering, path,
            T("has a name a pack's file must not have: letters, digits, _ and -, at most 55 "
              "characters with its folder, not in a folder std",
              "文件名不合要求：只能用字母、数字、_ 和 -，连同文件夹至多 55 个字符，且不能在 std 文件夹内"));
        return;
    }
    if (gathering->bundle->count >= BUNDLE_MAX_FILES) {
        complain(gathering, path,
                 T("is one file too many: a pack may have 500", "文件过多：一个评估包至多 500 个"));
        return;
    }
    read_file(gathering, folder, entry->d_name, path);
}

// Takes over `folder`.
static void gather(Gathering *gathering, int folder, const char *prefix, int depth) {
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return;
    }
    const struct dirent *entry;
    while ((entry = readdir(entries)) && gathering->problems->count < 100)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            gather_entry(gathering, dirfd(entries), entry, prefix, depth);
    closedir(entries);
}

static void hash_bundle(Bundle *bundle) {
    Buffer archive = {0};
    bundle_write(bundle, &archive);
    hash_bytes(archive.data, archive.length, bundle->hash);
    buffer_free(&archive);
}

bool bundle_read(const char *folder, Bundle *bundle, ProblemList *problems) {
    *bundle = (Bundle){.folder = memory_copy_string(folder)};
    size_t before = problems->count + problems->dropped;
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        problems_addf(problems, ERROR_NOT_FOUND, folder, 0, 0,
                      T("cannot open the pack's folder: %s", "无法打开评估包文件夹：%s"),
                      strerror(errno));
        bundle_free(bundle);
        return false;
    }
    Gathering gathering = {.folder = folder, .bundle = bundle, .problems = problems};
    gather(&gathering, descriptor, "", 0);
    if (bundle->count) qsort(bundle->files, bundle->count, sizeof *bundle->files, by_path);
    bool complained = problems->count + problems->dropped > before;
    if (!complained && !bundle_find(bundle, "pack.lua")) {
        problems_addf(problems, ERROR_NOT_FOUND, folder, 0, 0, "%s",
                      T("there is no pack.lua in this folder", "该文件夹中没有 pack.lua"));
        problems_hint(
            problems, "%s",
            T("`biaochi pack new` makes a pack to start from", "可用 biaochi pack new 新建评估包"));
    }
    if (problems->count + problems->dropped > before) {
        bundle_free(bundle);
        return false;
    }
    hash_bundle(bundle);
    return true;
}

void bundle_std(Bundle *bundle) {
    *bundle = (Bundle){0};
    size_t capacity = 0, prefix = strlen(STD_FOLDER);
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        if (strncmp(file->path, STD_FOLDER, prefix) != 0) continue;
        char name[BUNDLE_MAX_PATH + 1];
        snprintf(name, sizeof name, "%.*s", (int)(strlen(file->path) - prefix - strlen(".lua")),
                 file->path + prefix);
        add_file(bundle, &capacity, name, file->bytes, file->length);
    }
    qsort(bundle->files, bundle->count, sizeof *bundle->files, by_path);
    hash_bundle(bundle);
}

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
    add_file(bundle, capacity, path, archive + *at, file_length);
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
            add_file(bundle, &capacity, path, file->bytes, file->length);
    }
    qsort(bundle->files, bundle->count, sizeof *bundle->files, by_path);
    hash_bundle(bundle);
    return true;
}

void bundle_own(const Bundle *bundle, Bundle *own) {
    *own = (Bundle){.folder = bundle->folder ? memory_copy_string(bundle->folder) : NULL};
    size_t capacity = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        const BundleFile *file = &bundle->files[i];
        if (file->path[0] != '@') add_file(own, &capacity, file->path, file->bytes, file->length);
    }
    hash_bundle(own);
}

bool bundle_parent(const Bundle *bundle, const char *id, Bundle *parent) {
    *parent = (Bundle){0};
    size_t capacity = 0, own = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        const BundleFile *file = &bundle->files[i];
        if (file->path[0] != '@') continue;
        bool of_parent = is_below(file->path + 1, id);
        const char *path = of_parent ? file->path + 1 + strlen(id) + 1 : file->path;
        add_file(parent, &capacity, path, file->bytes, file->length);
        own += of_parent;
    }
    if (own == 0) {
        bundle_free(parent);
        return false;
    }
    qsort(parent->files, parent->count, sizeof *parent->files, by_path);
    hash_bundle(parent);
    return true;
}

void bundle_free(Bundle *bundle) {
    free(bundle->files);
    free(bundle->folder);
    arena_free(&bundle->arena);
    *bundle = (Bundle){0};
}
