// What lies in the watched folder: packs, and what looks like one and is not used. Read in the side
// queue, because disks and hashes take their time. See service_inside.h.
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/text.h"
#include "core/service/service_inside.h"

enum { MOST_WATCHED_PACKS = 1000 };

static const char pack_file[] = "/pack.lua";

// ---- packs --------------------------------------------------------------------------------------

static void hash_problems(const ProblemList *problems, char hash[HASH_TEXT_SIZE]) {
    Buffer text = {0};
    for (size_t i = 0; i < problems->count; i++)
        buffer_printf(&text, "%s:%d %s\n", problems->items[i].file, problems->items[i].line,
                      problems->items[i].message);
    hash_bytes(text.data, text.length, hash);
    buffer_free(&text);
}

static void add_place(Buffer *text, const char *folder, const char *file) {
    Buffer path = {0};
    struct stat about;
    buffer_printf(&path, "%s/%s", folder, file);
    if (stat(path.data, &about) == 0)
        buffer_printf(text, "%s %llu %lld.%09ld\n", file, (unsigned long long)about.st_ino,
                      (long long)about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
    buffer_free(&path);
}

// The same text that is written again, touched, or moved here from elsewhere is another save. What
// comes and goes beside the pack's files is none, so the folder's own time does not count.
static void hash_save(const char *folder, const Bundle *bundle, char hash[HASH_TEXT_SIZE]) {
    Buffer text = {0};
    struct stat about;
    if (stat(folder, &about) == 0) buffer_printf(&text, "%llu\n", (unsigned long long)about.st_ino);
    if (bundle->count == 0) add_place(&text, folder, "pack.lua");
    for (size_t i = 0; i < bundle->count; i++)
        add_place(&text, folder, bundle->files[i].path);
    hash_bytes(text.data, text.length, hash);
    buffer_free(&text);
}

// Takes over the folder's name.
static void add_pack(FolderScan *scan, char *folder) {
    ARRAY_RESERVE(scan->packs, scan->count, scan->capacity);
    ScannedPack *pack = &scan->packs[scan->count++];
    *pack = (ScannedPack){.folder = folder};
    Bundle bundle;
    ProblemList problems = {0};
    if (bundle_read(folder, &bundle, &problems))
        memcpy(pack->hash, bundle.hash, sizeof pack->hash);
    else
        hash_problems(&problems, pack->hash);
    hash_save(folder, &bundle, pack->save);
    bundle_free(&bundle);
    problems_free(&problems);
}

// ---- what is no pack ----------------------------------------------------------------------------

// A folder that may not be looked into counts: what is wrong is told when it is read as a pack.
static bool has_pack_file(const char *folder) {
    Buffer path = {0};
    buffer_printf(&path, "%s%s", folder, pack_file);
    bool has = access(path.data, F_OK) == 0 || errno == EACCES;
    buffer_free(&path);
    return has;
}

static void look_deeper(FolderScan *scan, const char *folder) {
    const struct dirent *entry;
    DIR *entries = opendir(folder);
    while (entries && (entry = readdir(entries))) {
        Buffer path = {0};
        buffer_printf(&path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && has_pack_file(path.data))
            notices_add(&scan->ignored,
                        T("%s is not used: it lies too deep; packs lie in folders of %s itself",
                          "%s 未被采用：层级过深；评估包应直接放在 %s 下的文件夹中"),
                        path.data, scan->service->options.packs_folder);
        buffer_free(&path);
    }
    if (entries) closedir(entries);
}

static void add_entry(FolderScan *scan, const char *name) {
    const char *folder = scan->service->options.packs_folder;
    Buffer path = {0};
    struct stat about;
    buffer_printf(&path, "%s/%s", folder, name);
    bool is_folder = stat(path.data, &about) == 0 && S_ISDIR(about.st_mode);
    if (is_folder && has_pack_file(path.data)) {
        add_pack(scan, path.data);
        return;
    }
    if (is_folder)
        look_deeper(scan, path.data);
    else if (strcmp(name, "pack.lua") == 0)
        notices_add(&scan->ignored,
                    T("%s is not used: a pack lies in a folder of its own, and %s is watched for "
                      "such folders",
                      "%s 未被采用：评估包应放在自己的文件夹中，被监视的 %s 是存放这些文件夹之处"),
                    path.data, folder);
    else if (text_ends_with(name, ".zip"))
        notices_add(&scan->ignored,
                    T("%s is not used: unpack it into a folder of its own, or upload it",
                      "%s 未被采用：请解压到单独的文件夹，或将其上传"),
                    path.data);
    buffer_free(&path);
}

// ---- versions that were active ------------------------------------------------------------------

typedef struct Recognizing {
    FolderScan *scan;
    Store *store;
    Map known; // hashes that were compared
} Recognizing;

static void recognize_in(FolderScan *scan, const char *own_hash, const StoreActivation *row) {
    for (size_t i = 0; i < scan->count; i++) {
        ScannedPack *pack = &scan->packs[i];
        if (strcmp(pack->hash, own_hash) != 0) continue;
        snprintf(pack->pack, sizeof pack->pack, "%s", row->pack);
        snprintf(pack->version, sizeof pack->version, "%s", row->version);
    }
}

// A version that cannot be read is not recognized; the others are.
static bool recognize(const StoreActivation *row, void *context, Error *error) {
    Recognizing *recognizing = context;
    Buffer archive = {0};
    Bundle bundle, own;
    Error unreadable = {0};
    (void)error;
    if (map_put(&recognizing->known, row->hash, 1) != MAP_MISSING) return true;
    if (store_read_blob(recognizing->store, row->hash, &archive, &unreadable) &&
        bundle_parse(archive.data, archive.length, &bundle, &unreadable)) {
        bundle_own(&bundle, &own);
        recognize_in(recognizing->scan, own.hash, row);
        bundle_free(&own);
        bundle_free(&bundle);
    }
    buffer_free(&archive);
    return true;
}

// ---- the whole ----------------------------------------------------------------------------------

static int by_folder(const void *left, const void *right) {
    return strcmp(((const ScannedPack *)left)->folder, ((const ScannedPack *)right)->folder);
}

// False when it is no fault of the folder that it cannot be read.
static bool read_folder(FolderScan *scan) {
    const char *folder = scan->service->options.packs_folder;
    const struct dirent *entry;
    DIR *entries = opendir(folder);
    scan->is_there = entries != NULL;
    if (!entries) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) return false;
        notices_add(&scan->ignored,
                    T("the folder of packs %s cannot be read: %s; packs that are active stay so",
                      "无法读取评估包文件夹 %s：%s；已激活的评估包保持不变"),
                    folder, strerror(errno));
        return true;
    }
    while ((entry = readdir(entries)) && scan->count < MOST_WATCHED_PACKS)
        if (entry->d_name[0] != '.' && entry->d_name[0] != '_') add_entry(scan, entry->d_name);
    closedir(entries);
    if (scan->count) qsort(scan->packs, scan->count, sizeof *scan->packs, by_folder);
    return true;
}

void folder_scan_run(const JobHost *host, Store *store, void *context) {
    FolderScan *scan = context;
    Error error = {0}; // it is read again when it cannot be
    (void)host;
    scan->good = store_last_activation(store, &scan->begun, &error) && read_folder(scan);
    if (!scan->first || !scan->good) return;
    Recognizing recognizing = {.scan = scan, .store = store};
    scan->good = store_read_activations(store, NULL, recognize, &recognizing, &error);
    map_free(&recognizing.known);
}

void folder_scan_free(FolderScan *scan) {
    for (size_t i = 0; i < scan->count; i++)
        free(scan->packs[i].folder);
    free(scan->packs);
    notices_free(&scan->ignored);
    free(scan);
}
