// Reads and writes archives through libzip, behind checks of its own: see zip_archive.h.
#include "core/io/zip_archive.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#include "core/base/language.h"
#include "core/base/path_clash.h"
#include "core/base/plain_text.h"
#include "core/io/text_decode.h"
#include "core/io/zip_frame.h"

enum {
    SMALL_ENTRY_BYTES = 1024 * 1024, // up to here any ratio will do
    DOS_VOLUME_LABEL = 0x08,
    DOS_REPARSE_POINT = 0x400,
    FIRST_DOS_DATE = (1 << 5) | 1, // 1980-01-01
};

// ---- entries -----------------------------------------------------------------------------------

// One entry being checked; `name` is as the archive has it.
typedef struct Candidate {
    ZipArchive *archive;
    size_t index;
    struct zip_stat about;
    const char *name;
    Error *error;
} Candidate;

static bool refuse_entry(const Candidate *candidate, ErrorCode code, const char *message) {
    return zip_frame_refuse_entry(candidate->archive->file, candidate->name,
                                  strlen(candidate->name), candidate->error, code, message);
}

static bool refuse_name(const Candidate *candidate, const char *message) {
    refuse_entry(candidate, ERROR_INPUT, message);
    return error_hint(candidate->error, "%s",
                      T("Names must be relative, with \"/\" between folders. Pack the folder again "
                        "with an ordinary ZIP program.",
                        "名称须为相对路径，文件夹之间用“/”。请用普通压缩软件重新压缩。"));
}

// Of a name whose folders are ended by '/'.
static bool check_parts(const Candidate *candidate, const char *name) {
    if (name[0] == '/') return refuse_name(candidate, T("has an absolute path", "是绝对路径"));
    if (isalpha((unsigned char)name[0]) && name[1] == ':')
        return refuse_name(candidate, T("begins with a drive letter", "以盘符开头"));
    if (strchr(name, '\\'))
        return refuse_name(candidate, T("has a backslash in its name", "名称中有反斜杠"));
    for (const char *part = name; *part;) {
        size_t length = strcspn(part, "/");
        bool empty = length == 0, dots = length <= 2 && strspn(part, ".") == length;
        if (empty || dots)
            return refuse_name(candidate, T("has an empty part, \".\" or \"..\" in its path",
                                            "路径中有空的部分、“.”或“..”"));
        part += length + (part[length] == '/');
    }
    return true;
}

// Appends the name as UTF-8.
static bool decode_name(const Candidate *candidate, Buffer *out) {
    const char *name = candidate->name;
    size_t length = strlen(name);
    Error ignored;
    if (length > ZIP_MAX_NAME_BYTES)
        return refuse_name(candidate,
                           T("has a name of more than 1000 bytes", "名称超过 1000 字节"));
    if (!text_decode(name, length, NULL, out, NULL, &ignored)) {
        refuse_name(candidate, T("has a name that is neither UTF-8 nor GB18030",
                                 "的名称既不是 UTF-8，也不是 GB18030"));
        return error_hint(candidate->error, "%s",
                          T("Give files and folders names of letters, digits, _ and -.",
                            "请用字母、数字、_ 和 - 给文件和文件夹命名。"));
    }
    if (out->length == 0) return refuse_name(candidate, T("has no name", "没有名称"));
    if (!plain_text(out->data, out->length) || strpbrk(out->data, "\n\t"))
        return refuse_name(candidate, T("has control characters in its name", "名称中有控制字符"));
    return check_parts(candidate, out->data);
}

static bool check_kind(const Candidate *candidate, bool is_folder) {
    zip_uint8_t system;
    zip_uint32_t attributes;
    if (zip_file_get_external_attributes(candidate->archive->zip, candidate->index, 0, &system,
                                         &attributes) != 0)
        return refuse_entry(candidate, ERROR_INPUT, T("cannot be read", "无法读取"));
    // Some programs state a Unix mode and another system: what is not 0 counts.
    mode_t kind = (attributes >> 16) & S_IFMT;
    bool good = kind == 0 || kind == (is_folder ? S_IFDIR : S_IFREG);
    if (!good || (attributes & (DOS_VOLUME_LABEL | DOS_REPARSE_POINT)))
        return refuse_entry(candidate, ERROR_INPUT,
                            T("is a link or another special entry: only files and folders are "
                              "taken",
                              "是链接或其他特殊条目：只接受文件和文件夹"));
    return true;
}

static bool check_packing(const Candidate *candidate) {
    const struct zip_stat *about = &candidate->about;
    const zip_uint64_t needed =
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((about->valid & needed) != needed)
        return refuse_entry(candidate, ERROR_INPUT, T("does not state its size", "没有写明大小"));
    if (about->encryption_method != ZIP_EM_NONE)
        return refuse_entry(
            candidate, ERROR_INPUT,
            T("is encrypted: pack it without a password", "已加密：请不设密码重新压缩"));
    // Others may want far more memory to unpack than what they unpack to.
    if (about->comp_method != ZIP_CM_STORE && about->comp_method != ZIP_CM_DEFLATE)
        return refuse_entry(
            candidate, ERROR_INPUT,
            T("is packed by another method than Deflate", "的压缩方式不是 Deflate"));
    if (about->size > SMALL_ENTRY_BYTES && about->size / ZIP_MAX_RATIO > about->comp_size)
        return refuse_entry(
            candidate, ERROR_LIMIT,
            T("would unpack to more than 200 times its size", "解压后将超过压缩大小的 200 倍"));
    return true;
}

// In neither encoding is that byte a part of another character.
static bool has_slash_at_end(const char *name) {
    size_t length = strlen(name);
    return length > 0 && name[length - 1] == '/';
}

static bool take_entry(Candidate *candidate) {
    ZipArchive *archive = candidate->archive;
    Buffer name = {0};
    candidate->name = zip_get_name(archive->zip, candidate->index, ZIP_FL_ENC_RAW);
    bool stated = candidate->name && zip_stat_index(archive->zip, candidate->index, ZIP_FL_ENC_RAW,
                                                    &candidate->about) == 0;
    if (!candidate->name) candidate->name = "";
    bool good = stated ? decode_name(candidate, &name)
                       : refuse_entry(candidate, ERROR_INPUT, T("cannot be read", "无法读取"));
    if (good) {
        ZipEntry *entry = &archive->entries[candidate->index];
        entry->is_folder = has_slash_at_end(candidate->name);
        entry->name = arena_bytes(&archive->arena, name.data, name.length - entry->is_folder);
        entry->length = (size_t)candidate->about.size;
        good = check_kind(candidate, entry->is_folder) && check_packing(candidate);
    }
    buffer_free(&name);
    return good;
}

static const char *clash_message(PathClash clash) {
    switch (clash) {
        case PATHS_TWICE: return T("is there twice", "出现了两次");
        case PATHS_DIFFER_IN_CASE:
            return T("differs from another name in upper and lower case alone",
                     "与另一名称仅有大小写之别");
        case PATHS_FILE_AND_FOLDER:
            return T("is a file and a folder at once", "既是文件又是文件夹");
        case PATHS_FIT: break;
    }
    return NULL;
}

// What cannot lie side by side when it is unpacked is refused.
static bool check_names(const ZipArchive *archive, Error *error) {
    ListedPath *paths = memory_new(archive->count + 1, sizeof *paths);
    const char *message = NULL, *name = NULL;
    for (size_t i = 0; i < archive->count; i++)
        paths[i] = (ListedPath){archive->entries[i].name, archive->entries[i].is_folder};
    path_clash_sort(paths, archive->count);
    for (size_t i = 1; i < archive->count && !message; i++) {
        PathClash clash = path_clash(&paths[i - 1], &paths[i]);
        message = clash_message(clash);
        name = paths[clash == PATHS_FILE_AND_FOLDER ? i - 1 : i].path;
    }
    free(paths);
    return !message ||
           zip_frame_refuse_entry(archive->file, name, strlen(name), error, ERROR_INPUT, message);
}

static bool take_entries(ZipArchive *archive, Error *error) {
    size_t unpacked = 0;
    bool good = true;
    archive->count = (size_t)zip_get_num_entries(archive->zip, 0);
    archive->entries = arena_new(&archive->arena, archive->count + 1, sizeof *archive->entries);
    for (size_t i = 0; i < archive->count && good; i++) {
        Candidate candidate = {.archive = archive, .index = i, .error = error};
        good = take_entry(&candidate);
        size_t length = good ? archive->entries[i].length : 0;
        if (length > ZIP_MAX_UNPACKED_BYTES - unpacked)
            good = zip_frame_refuse(archive->file, error, ERROR_LIMIT,
                                    T("the ZIP archive would unpack to more than 64 MiB",
                                      "ZIP 文件解压后将超过 64 MiB"));
        unpacked += length;
    }
    return good && check_names(archive, error);
}

// ---- reading -----------------------------------------------------------------------------------

bool zip_archive_open(const void *bytes, size_t length, const char *file, ZipArchive *archive,
                      Error *error) {
    *archive = (ZipArchive){.file = file};
    if (!zip_frame_check(bytes, length, file, error)) return false;
    zip_error_t failure;
    zip_error_init(&failure);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &failure);
    archive->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &failure) : NULL;
    if (!archive->zip && source) zip_source_free(source);
    zip_error_fini(&failure);
    bool good = archive->zip ? take_entries(archive, error)
                             : zip_frame_refuse_whole(
                                   file, error, T("the ZIP archive is damaged", "ZIP 文件已损坏"));
    if (!good) zip_archive_close(archive);
    return good;
}

bool zip_archive_unpack(const ZipArchive *archive, const ZipEntry *entry, Buffer *out,
                        Error *error) {
    char chunk[16 * 1024];
    size_t before = out->length;
    zip_int64_t got = -1;
    zip_file_t *file = zip_fopen_index(archive->zip, (zip_uint64_t)(entry - archive->entries), 0);
    while (file && (got = zip_fread(file, chunk, sizeof chunk)) > 0) {
        if ((size_t)got > entry->length - (out->length - before)) break;
        buffer_append(out, chunk, (size_t)got);
    }
    if (file) zip_fclose(file);
    if (got == 0 && out->length - before == entry->length) return true;
    out->length = before;
    if (out->data) out->data[before] = '\0';
    return zip_frame_refuse_entry(archive->file, entry->name, strlen(entry->name), error,
                                  ERROR_INPUT, T("is damaged", "已损坏"));
}

void zip_archive_close(ZipArchive *archive) {
    if (archive->zip) zip_discard(archive->zip);
    arena_free(&archive->arena);
    *archive = (ZipArchive){0};
}

// ---- writing -----------------------------------------------------------------------------------

static bool add_file(zip_t *zip, const ZipFile *file) {
    zip_source_t *source = zip_source_buffer(zip, file->length ? file->bytes : "", file->length, 0);
    zip_int64_t index = source ? zip_file_add(zip, file->name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t place = (zip_uint64_t)index;
    return zip_set_file_compression(zip, place, ZIP_CM_DEFLATE, 9) == 0 &&
           zip_file_set_dostime(zip, place, 0, FIRST_DOS_DATE, 0) == 0 &&
           zip_file_set_external_attributes(zip, place, 0, ZIP_OPSYS_UNIX,
                                            (zip_uint32_t)(S_IFREG | 0644) << 16) == 0;
}

static bool append_source(zip_source_t *source, Buffer *out) {
    char chunk[16 * 1024];
    zip_int64_t got = -1;
    if (zip_source_open(source) != 0) return false;
    while ((got = zip_source_read(source, chunk, sizeof chunk)) > 0)
        buffer_append(out, chunk, (size_t)got);
    zip_source_close(source);
    return got == 0;
}

bool zip_archive_write(const ZipFile *files, size_t count, Buffer *out, Error *error) {
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
    bool good = zip != NULL;
    if (zip) zip_source_keep(source); // beyond zip_close, which lets go of it
    for (size_t i = 0; i < count && good; i++)
        good = add_file(zip, &files[i]);
    if (zip && (!good || zip_close(zip) != 0)) {
        zip_discard(zip);
        good = false;
    }
    good = good && append_source(source, out);
    zip_source_free(source);
    return good || error_set(error, ERROR_SYSTEM,
                             T("the ZIP archive cannot be written", "无法写出 ZIP 文件"));
}
