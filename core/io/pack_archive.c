// Packs from and to ZIP archives: see pack_archive.h.
#include "core/io/pack_archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/language.h"
#include "core/io/zip_archive.h"
#include "core/pack/bundle_draft.h"

static const char PACK_FILE[] = "pack.lua";

// What macOS and Windows add of their own.
static bool is_of_the_system(const char *name) {
    static const char *const files[] = {".DS_Store", "Thumbs.db", "desktop.ini"};
    const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
    bool found = strncmp(name, "__MACOSX", 8) == 0 && (name[8] == '/' || !name[8]);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        found = found || strcmp(last, files[i]) == 0;
    return found;
}

// Bytes of the folder, with its '/', in which everything lies; 0 when there is none.
static size_t top_folder(const ZipArchive *archive) {
    const char *first = NULL;
    size_t length = 0;
    for (size_t i = 0; i < archive->count; i++) {
        const ZipEntry *entry = &archive->entries[i];
        if (is_of_the_system(entry->name)) continue;
        size_t part = strcspn(entry->name, "/");
        if (!entry->is_folder && !entry->name[part]) return 0;
        if (!first) {
            first = entry->name;
            length = part;
        } else if (part != length || strncmp(entry->name, first, length) != 0) {
            return 0;
        }
    }
    return first ? length + 1 : 0;
}

// Adds the entry's file where it belongs to the pack. False when the archive is damaged.
static bool add_entry(BundleDraft *draft, const ZipArchive *archive, const ZipEntry *entry,
                      size_t top, Error *error) {
    const char *path = entry->name + top;
    Buffer bytes = {0};
    bool wanted = !is_of_the_system(entry->name) && bundle_draft_wants(path);
    if (!wanted || !bundle_draft_accepts(draft, path, entry->length)) return true;
    buffer_append(&bytes, "", 0);
    bool good = zip_archive_unpack(archive, entry, &bytes, error);
    if (good) bundle_draft_add(draft, path, bytes.data, bytes.length);
    buffer_free(&bytes);
    return good;
}

// A folder of several packs, or one packed with the folder it lies in, has its pack.lua deeper.
static void hint_at_deeper_pack(const ZipArchive *archive, ProblemList *problems) {
    for (size_t i = 0; i < archive->count; i++) {
        const char *name = archive->entries[i].name, *slash = strrchr(name, '/');
        if (!slash || strcmp(slash + 1, PACK_FILE) != 0) continue;
        problems_hint(problems,
                      T("There is one in the folder \"%.*s\": pack that folder alone.",
                        "文件夹“%.*s”中有一个：请只压缩该文件夹。"),
                      (int)(slash - name), name);
        return;
    }
}

bool pack_archive_read(const void *bytes, size_t length, const char *file, Bundle *bundle,
                       ProblemList *problems) {
    ZipArchive archive;
    BundleDraft draft;
    Error error = {0};
    bundle_draft_begin(&draft, bundle, problems);
    bool good = zip_archive_open(bytes, length, file, &archive, &error);
    size_t top = good ? top_folder(&archive) : 0;
    for (size_t i = 0; i < archive.count && good; i++)
        if (!archive.entries[i].is_folder)
            good = add_entry(&draft, &archive, &archive.entries[i], top, &error);
    if (!good) problems_add(problems, &error);
    bool lacks_pack = !bundle_draft_has_problems(&draft) && !bundle_find(bundle, PACK_FILE);
    good = bundle_draft_finish(&draft, file, ERROR_INPUT);
    if (lacks_pack) hint_at_deeper_pack(&archive, problems);
    zip_archive_close(&archive);
    return good;
}

// One byte more than an archive may have is enough to refuse it.
static bool read_bytes(const char *path, Buffer *bytes, Error *error) {
    char chunk[64 * 1024];
    FILE *stream = fopen(path, "rbe");
    int number = errno;
    for (size_t got; stream && bytes->length <= ZIP_MAX_BYTES &&
                     (got = fread(chunk, 1, sizeof chunk, stream)) > 0;)
        buffer_append(bytes, chunk, got);
    bool good = stream && !ferror(stream);
    if (stream) number = errno;
    if (!good) error_set_errno(error, number, T("cannot read the file", "无法读取文件"));
    if (!good && number == ENOENT) error->code = ERROR_NOT_FOUND;
    if (stream) fclose(stream);
    return good || error_at(error, path, 0, 0);
}

bool pack_archive_read_file(const char *path, Bundle *bundle, ProblemList *problems) {
    Buffer bytes = {0};
    Error error = {0};
    *bundle = (Bundle){0};
    bool good = read_bytes(path, &bytes, &error);
    if (!good) problems_add(problems, &error);
    good = good && pack_archive_read(bytes.data, bytes.length, path, bundle, problems);
    buffer_free(&bytes);
    return good;
}

bool pack_archive_is_named(const char *path) {
    size_t length = strlen(path);
    return length > 4 && strcasecmp(path + length - 4, ".zip") == 0;
}

bool pack_archive_write(const Bundle *bundle, const char *folder, Buffer *out, Error *error) {
    Arena names = {0};
    ZipFile *files = memory_new(bundle->count + 1, sizeof *files);
    size_t count = 0;
    for (size_t i = 0; i < bundle->count; i++) {
        const BundleFile *file = &bundle->files[i];
        char name[BUNDLE_MAX_ID + BUNDLE_MAX_PATH + 2];
        if (file->path[0] == '@') continue;
        snprintf(name, sizeof name, "%.*s/%s", BUNDLE_MAX_ID, folder, file->path);
        files[count++] = (ZipFile){arena_string(&names, name), file->bytes, file->length};
    }
    bool good = zip_archive_write(files, count, out, error);
    free(files);
    arena_free(&names);
    return good;
}
