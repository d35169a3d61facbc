// Looks at an archive's bytes before libzip does: see zip_frame.h.
#include "core/io/zip_frame.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

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
    FILE_RECORD_BYTES = 30,      // likewise
    DESCRIPTOR_BYTES = 12,       // without its mark
    ZIP64_LOCATOR_BYTES = 20,
    FIELD_HEAD_BYTES = 4, // of a field among an entry's extra fields
    UNICODE_PATH = 0x7075,
    UNICODE_PATH_BYTES = 5, // in front of the path
    STORED = 0,
    DEFLATED = 8,
    ENCRYPTED = 0x1,
    STREAMED = 0x8,
    NAMED_IN_UTF8 = 0x800,
    SHOWN_COLUMNS = 100,
};

static const char FILE_MARK[] = "PK\x03\x04", DIRECTORY_MARK[] = "PK\x01\x02",
                  END_MARK[] = "PK\x05\x06", DESCRIPTOR_MARK[] = "PK\x07\x08",
                  ZIP64_LOCATOR_MARK[] = "PK\x06\x07";

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
    plain_text_clean_line(shown.data);
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

// ---- what is listed ----------------------------------------------------------------------------

// What the directory says of an entry, and what is said again in front of its content.
typedef struct Facts {
    uint32_t flags, method;
    size_t checksum, packed, length, name_length, extra_length;
    const char *name, *extra;
} Facts;

typedef struct Listed {
    Facts facts;
    size_t place; // of what is in front of its content
} Listed;

typedef struct Frame {
    const char *bytes, *end;
    size_t directory; // its place
    const char *file;
    Error *error;
    Listed *entries;
    size_t count, capacity;
    size_t streamed; // bytes that were unpacked to find their ends
} Frame;

// Both records have the same fields in the same order from the flags on.
static Facts read_facts(const char *flags, const char *name) {
    size_t name_length = u16_at(flags + 20);
    return (Facts){.flags = u16_at(flags),
                   .method = u16_at(flags + 2),
                   .checksum = u32_at(flags + 8),
                   .packed = u32_at(flags + 12),
                   .length = u32_at(flags + 16),
                   .name_length = name_length,
                   .extra_length = u16_at(flags + 22),
                   .name = name,
                   .extra = name + name_length};
}

static bool refuse_whole(const Frame *frame, const char *message) {
    return zip_frame_refuse_whole(frame->file, frame->error, message);
}

static bool refuse_damaged(const Frame *frame) {
    return refuse_whole(frame, T("the ZIP archive is damaged", "ZIP 文件已损坏"));
}

static bool refuse_unlisted(const Frame *frame) {
    return refuse_whole(frame, T("the ZIP archive holds bytes that its directory does not list",
                                 "ZIP 文件中有目录未列出的内容"));
}

static bool refuse_entry(const Frame *frame, const Facts *facts, const char *message) {
    zip_frame_refuse_entry(frame->file, facts->name, facts->name_length, frame->error, ERROR_INPUT,
                           message);
    return error_hint(
        frame->error, "%s",
        T("Pack the folder again as an ordinary ZIP file.", "请将文件夹重新压缩为普通 ZIP 文件。"));
}

// libzip tells of names as texts, which a NUL would end: other readers would see other names.
static bool check_name(const Frame *frame, const Facts *facts) {
    return !memchr(facts->name, '\0', facts->name_length) ||
           refuse_whole(frame, T("the ZIP archive has a name with a NUL in it",
                                 "ZIP 文件中有名称含空字节（NUL）"));
}

// Some programs write a name in GB18030 and again in UTF-8: some readers go by this, some by that.
static bool is_same_name(const Facts *facts, const char *field, size_t length) {
    Buffer name = {0};
    Error ignored;
    bool same = length > UNICODE_PATH_BYTES &&
                text_decode(facts->name, facts->name_length, NULL, &name, NULL, &ignored) &&
                name.length == length - UNICODE_PATH_BYTES &&
                memcmp(name.data, field + UNICODE_PATH_BYTES, name.length) == 0;
    buffer_free(&name);
    return same;
}

static bool check_extra(const Frame *frame, const Facts *facts) {
    const char *at = facts->extra, *stop = at + facts->extra_length;
    while (stop - at >= FIELD_HEAD_BYTES) {
        size_t length = u16_at(at + 2);
        const char *field = at + FIELD_HEAD_BYTES;
        if (length > (size_t)(stop - field)) return refuse_damaged(frame);
        if (u16_at(at) == UNICODE_PATH && !is_same_name(facts, field, length))
            return refuse_entry(
                frame, facts,
                T("has a second name that differs from its first", "另有一个与之不同的名称"));
        at = field + length;
    }
    return true;
}

static bool add_listed(Frame *frame, const Listed *listed) {
    if (frame->count >= ZIP_MAX_ENTRIES)
        return zip_frame_refuse(
            frame->file, frame->error, ERROR_LIMIT,
            T("the ZIP archive has more than 10,000 entries", "ZIP 文件超过 10000 个条目"));
    ARRAY_RESERVE(frame->entries, frame->count, frame->capacity);
    frame->entries[frame->count++] = *listed;
    return true;
}

// The directory fills the bytes up to the end, with as many entries as the end states.
static bool read_directory(Frame *frame) {
    const char *at = frame->bytes + frame->directory;
    while (frame->end - at >= DIRECTORY_RECORD_BYTES && has_mark(at, DIRECTORY_MARK)) {
        Listed listed = {read_facts(at + 8, at + DIRECTORY_RECORD_BYTES), u32_at(at + 42)};
        const Facts *facts = &listed.facts;
        size_t rest = facts->name_length + facts->extra_length + u16_at(at + 32);
        at += DIRECTORY_RECORD_BYTES;
        if ((size_t)(frame->end - at) < rest) break;
        if (!check_name(frame, facts) || !check_extra(frame, facts) || !add_listed(frame, &listed))
            return false;
        at += rest;
    }
    bool whole = at == frame->end && u16_at(frame->end + 8) == frame->count &&
                 u16_at(frame->end + 10) == frame->count;
    return whole || refuse_damaged(frame);
}

// ---- what lies there ---------------------------------------------------------------------------
// The entries lie one behind another from the first byte to the directory, each behind a record
// that says what the directory says. One that was written as a stream may state its checksum and
// its sizes in a descriptor behind its content instead.

// A streamed entry's number may be 0 in front.
static bool agrees(size_t in_front, size_t listed, bool is_streamed) {
    return in_front == listed || (is_streamed && in_front == 0);
}

static bool agree(const Facts *in_front, const Facts *listed) {
    bool is_streamed = in_front->flags & STREAMED;
    return in_front->name_length == listed->name_length &&
           memcmp(in_front->name, listed->name, listed->name_length) == 0 &&
           in_front->method == listed->method &&
           ((in_front->flags ^ listed->flags) & (ENCRYPTED | NAMED_IN_UTF8)) == 0 &&
           agrees(in_front->checksum, listed->checksum, is_streamed) &&
           agrees(in_front->packed, listed->packed, is_streamed) &&
           agrees(in_front->length, listed->length, is_streamed);
}

// With its mark or, as some programs write it, without.
static bool is_descriptor(const char *bytes, size_t length, const Facts *listed) {
    if (length == MARK_BYTES + DESCRIPTOR_BYTES && has_mark(bytes, DESCRIPTOR_MARK)) {
        bytes += MARK_BYTES;
        length -= MARK_BYTES;
    }
    return length == DESCRIPTOR_BYTES && u32_at(bytes) == listed->checksum &&
           u32_at(bytes + 4) == listed->packed && u32_at(bytes + 8) == listed->length;
}

// Whether the deflated content ends with its last byte. A reader of the stream goes by that alone:
// it would look for the next record within the content, or behind that of another entry.
static bool ends_at_end(const char *content, const Facts *listed) {
    unsigned char unpacked[16 * 1024];
    z_stream stream = {.next_in = (unsigned char *)content, .avail_in = (unsigned)listed->packed};
    int state = inflateInit2(&stream, -MAX_WBITS);
    if (state != Z_OK) return false;
    while (state == Z_OK && stream.total_out <= listed->length) {
        stream.next_out = unpacked;
        stream.avail_out = sizeof unpacked;
        state = inflate(&stream, Z_NO_FLUSH);
    }
    bool ends = state == Z_STREAM_END && stream.avail_in == 0 && stream.total_out == listed->length;
    inflateEnd(&stream);
    return ends;
}

// Readers of streams look for the end of stored content by the marks of what may follow it.
static bool has_one_end(const char *content, size_t packed) {
    static const char *const marks[] = {FILE_MARK, DIRECTORY_MARK, DESCRIPTOR_MARK, END_MARK};
    const char *end = content + packed;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (find_mark(content, end, marks[i])) return false;
    return has_mark(end, DESCRIPTOR_MARK);
}

// What is encrypted, packed otherwise or too large is refused by whoever opens the archive.
static bool check_stream(Frame *frame, const Facts *in_front, const Facts *listed,
                         const char *content) {
    if (listed->method == STORED && in_front->packed != listed->packed)
        return has_one_end(content, listed->packed) ||
               refuse_entry(frame, listed,
                            T("was streamed as it is, and where it ends cannot be told for certain",
                              "以流方式未压缩写入，无法确定其结尾"));
    bool is_too_large = listed->length > ZIP_MAX_UNPACKED_BYTES - frame->streamed;
    if (listed->method != DEFLATED || (listed->flags & ENCRYPTED) || is_too_large) return true;
    frame->streamed += listed->length;
    return ends_at_end(content, listed) ||
           refuse_entry(frame, listed,
                        T("has content that does not end where the directory says",
                          "的内容没有在目录所述之处结束"));
}

// Of the entry whose bytes go on to `next`.
static bool check_content(Frame *frame, const Listed *entry, size_t next) {
    const Facts *listed = &entry->facts;
    const char *record = frame->bytes + entry->place;
    if (next < entry->place + FILE_RECORD_BYTES || !has_mark(record, FILE_MARK))
        return refuse_damaged(frame);
    Facts in_front = read_facts(record + 6, record + FILE_RECORD_BYTES);
    size_t content =
        entry->place + FILE_RECORD_BYTES + in_front.name_length + in_front.extra_length;
    if (content > next || !agree(&in_front, listed))
        return refuse_entry(frame, listed,
                            T("has another name, size or method in the directory than in front of "
                              "its content",
                              "在目录中的名称、大小或压缩方式与其内容之前的不同"));
    if (!check_extra(frame, &in_front)) return false;
    if (next - content < listed->packed)
        return refuse_whole(frame,
                            T("entries of the ZIP archive overlap", "ZIP 文件中有条目相互重叠"));
    size_t behind = content + listed->packed;
    bool is_streamed = in_front.flags & STREAMED;
    if (is_streamed ? !is_descriptor(frame->bytes + behind, next - behind, listed) : behind != next)
        return refuse_unlisted(frame);
    return !is_streamed || check_stream(frame, &in_front, listed, frame->bytes + content);
}

static int by_place(const void *left, const void *right) {
    size_t a = ((const Listed *)left)->place, b = ((const Listed *)right)->place;
    return (a > b) - (a < b);
}

static bool check_contents(Frame *frame) {
    Listed *entries = frame->entries;
    if (frame->count) qsort(entries, frame->count, sizeof *entries, by_place);
    size_t first = frame->count ? entries[0].place : frame->directory;
    if (first != 0) return refuse_unlisted(frame);
    for (size_t i = 0; i < frame->count; i++) {
        size_t next = i + 1 < frame->count ? entries[i + 1].place : frame->directory;
        if (next > frame->directory) return refuse_damaged(frame);
        if (!check_content(frame, &entries[i], next)) return false;
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
    if (!check_end(bytes, length, end, file, error)) return false;
    Frame frame = {
        .bytes = bytes, .end = end, .directory = u32_at(end + 16), .file = file, .error = error};
    bool good = read_directory(&frame) && check_contents(&frame);
    free(frame.entries);
    return good;
}
