// Looks at an archive's bytes before libzip does: see zip_frame.h.
#include "core/io/zip_frame.h"

#include <stdint.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/plain_text.h"
#include "core/base/utf8.h"
#include "core/io/text_decode.h"
#include "core/io/zip_archive.h"

enum {
    MARK_BYTES = 4,
    END_RECORD_BYTES = 22,       // without its comment
    DIRECTORY_RECORD_BYTES = 46, // without its name, extra fields and comment
    ZIP64_LOCATOR_BYTES = 20,
    SHOWN_COLUMNS = 100,
};

static const char FILE_MARK[] = "PK\x03\x04", DIRECTORY_MARK[] = "PK\x01\x02",
                  END_MARK[] = "PK\x05\x06", ZIP64_LOCATOR_MARK[] = "PK\x06\x07";

// ---- refusing ----------------------------------------------------------------------------------

bool zip_frame_refuse(const char *file, Error *error, ErrorCode code, const char *message) {
    error_set(error, code, "%s", message);
    return error_at(error, file, 0, 0);
}

bool zip_frame_refuse_entry(const char *file, const char *name, size_t name_length, Error *error,
                            ErrorCode code, const char *message) {
    Buffer shown = {0};
    Error ignored;
    if (!text_decode(name, name_length, NULL, &shown, NULL, &ignored))
        buffer_append(&shown, name, name_length);
    buffer_append(&shown, "", 0);
    plain_text_clean(shown.data);
    error_set(error, code, T("\"%.*s\" in the ZIP archive %s", "ZIP 文件中的“%.*s”%s"),
              (int)utf8_prefix(shown.data, SHOWN_COLUMNS), shown.data, message);
    buffer_free(&shown);
    return error_at(error, file, 0, 0);
}

bool zip_frame_refuse_whole(const char *file, Error *error, const char *message) {
    zip_frame_refuse(file, error, ERROR_INPUT, message);
    return error_hint(error, "%s",
                      T("Pack the folder again as an ordinary ZIP file, and send it whole.",
                        "请将文件夹重新压缩为普通 ZIP 文件，并完整上传。"));
}

// ---- the end -----------------------------------------------------------------------------------

static uint32_t u16_at(const char *bytes) {
    const unsigned char *two = (const unsigned char *)bytes;
    return two[0] | (uint32_t)two[1] << 8;
}

static size_t u32_at(const char *bytes) {
    return memory_u32((const unsigned char *)bytes);
}

static bool has_mark(const char *bytes, const char *mark) {
    return memcmp(bytes, mark, MARK_BYTES) == 0;
}

// The next place of the mark, or NULL.
static const char *find_mark(const char *from, const char *stop, const char *mark) {
    return from < stop ? memmem(from, (size_t)(stop - from), mark, MARK_BYTES) : NULL;
}

// The last place of the end's mark, or NULL.
static const char *find_end(const char *bytes, size_t length) {
    const char *stop = bytes + length, *end = NULL;
    for (const char *at = bytes; (at = find_mark(at, stop, END_MARK)); at += MARK_BYTES)
        end = at;
    return end;
}

static bool is_zip64(const char *bytes, const char *end) {
    return end - bytes >= ZIP64_LOCATOR_BYTES &&
           has_mark(end - ZIP64_LOCATOR_BYTES, ZIP64_LOCATOR_MARK);
}

// Whether a reader that tries every end would find a directory by this one. The ends of archives
// that lie in this one, as every .xlsx is one, count their directory's place from their own
// beginning and lead nowhere here.
static bool leads_to_directory(const char *bytes, const char *end) {
    size_t size = u32_at(end + 12), place = u32_at(end + 16);
    bool is_before = place + size <= (size_t)(end - bytes);
    bool is_empty = size == 0;
    return is_zip64(bytes, end) ||
           (is_before && (is_empty || has_mark(bytes + place, DIRECTORY_MARK)));
}

// Whether there is another end before the last one.
static bool has_other_end(const char *bytes, const char *end) {
    for (const char *at = bytes; (at = find_mark(at, end, END_MARK)); at += MARK_BYTES)
        if (leads_to_directory(bytes, at)) return true;
    return false;
}

static bool check_end(const char *bytes, size_t length, const char *end, const char *file,
                      Error *error) {
    if (!end || length - (size_t)(end - bytes) < END_RECORD_BYTES)
        return zip_frame_refuse_whole(
            file, error,
            T("the ZIP archive is cut off: its directory is missing", "ZIP 文件不完整：缺少目录"));
    if (has_other_end(bytes, end))
        return zip_frame_refuse_whole(
            file, error, T("the ZIP archive has more than one end", "ZIP 文件有不止一个结尾"));
    size_t offset = (size_t)(end - bytes), comment = u16_at(end + 20);
    if (offset + END_RECORD_BYTES + comment != length)
        return zip_frame_refuse_whole(file, error,
                                      T("the ZIP archive is cut off, or something follows it",
                                        "ZIP 文件不完整，或其后还有其他内容"));
    if (is_zip64(bytes, end))
        return zip_frame_refuse_whole(file, error,
                                      T("ZIP64 archives are not read", "不支持 ZIP64 文件"));
    if (u32_at(end + 12) + u32_at(end + 16) != offset)
        return zip_frame_refuse_whole(
            file, error,
            T("the ZIP archive's directory is not where it should be", "ZIP 文件的目录位置有误"));
    return true;
}

// Counted by their marks, because the number that an archive states may be any.
static bool check_number(const char *bytes, size_t length, const char *file, Error *error) {
    size_t count = 0;
    const char *stop = bytes + length;
    for (const char *at = bytes; (at = find_mark(at, stop, DIRECTORY_MARK)); at += MARK_BYTES)
        count++;
    if (count <= ZIP_MAX_ENTRIES) return true;
    return zip_frame_refuse(
        file, error, ERROR_LIMIT,
        T("the ZIP archive has more than 10,000 entries", "ZIP 文件超过 10000 个条目"));
}

// libzip tells of names as texts, which a NUL would end: other readers would see other names.
static bool check_names(const char *bytes, const char *end, const char *file, Error *error) {
    for (const char *at = bytes + u32_at(end + 16);
         end - at >= DIRECTORY_RECORD_BYTES && has_mark(at, DIRECTORY_MARK);) {
        size_t name = u16_at(at + 28), rest = u16_at(at + 30) + u16_at(at + 32);
        at += DIRECTORY_RECORD_BYTES;
        if ((size_t)(end - at) < name + rest) return true; // libzip says that it is damaged
        if (memchr(at, '\0', name))
            return zip_frame_refuse_whole(file, error,
                                          T("the ZIP archive has a name with a NUL in it",
                                            "ZIP 文件中有名称含空字节（NUL）"));
        at += name + rest;
    }
    return true;
}

bool zip_frame_check(const char *bytes, size_t length, const char *file, Error *error) {
    if (length > ZIP_MAX_BYTES)
        return zip_frame_refuse(file, error, ERROR_LIMIT,
                                T("the ZIP archive is larger than 16 MiB", "ZIP 文件超过 16 MiB"));
    bool begins = length >= MARK_BYTES && (has_mark(bytes, FILE_MARK) || has_mark(bytes, END_MARK));
    if (!begins)
        return zip_frame_refuse_whole(file, error, T("this is not a ZIP archive", "不是 ZIP 文件"));
    const char *end = find_end(bytes, length);
    return check_end(bytes, length, end, file, error) && check_number(bytes, length, file, error) &&
           check_names(bytes, end, file, error);
}
