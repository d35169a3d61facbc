// Finds a file's encoding line by line and converts it: see text_decode.h.
#include "core/io/text_decode.h"

#include <errno.h>
#include <iconv.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/utf8.h"

#define UTF8_MARK "\xEF\xBB\xBF"

typedef struct Line {
    const char *bytes;
    size_t length; // with its line feed
    int number;    // 1-based
} Line;

typedef enum LineKind {
    LINE_FITS_BOTH,
    LINE_UTF8,
    LINE_GB18030,
    LINE_NEITHER,
} LineKind;

// What one line is, and where each reading of it stops making sense.
typedef struct LineReading {
    LineKind kind;
    size_t utf8_bad;    // offset of the first byte that is not UTF-8; the length when all is
    size_t gb18030_bad; // the same for GB18030
} LineReading;

typedef struct Decoder {
    const char *file;
    iconv_t converter;
    Buffer *out;
} Decoder;

// ---- places ------------------------------------------------------------------------------------

static int as_int(size_t number) {
    return number > INT_MAX ? INT_MAX : (int)number;
}

// Column of a byte of the line, counted in characters of the encoding the line begins in.
static int column_of(const Line *line, size_t offset, TextEncoding encoding) {
    size_t column = 1;
    for (size_t i = 0; i < offset; column++) {
        unsigned char byte = (unsigned char)line->bytes[i];
        size_t step = 1;
        if (encoding == TEXT_UTF8)
            step = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        else if (byte >= 0x80 && i + 1 < offset)
            step = (unsigned char)line->bytes[i + 1] < 0x40 ? 4 : 2;
        i += step;
    }
    return as_int(column);
}

static size_t ascii_prefix(const Line *line) {
    size_t i = 0;
    while (i < line->length && (unsigned char)line->bytes[i] < 0x80)
        i++;
    return i;
}

static Line line_with(const char *bytes, size_t length, size_t offset) {
    Line line = {.bytes = bytes, .length = length, .number = 1};
    for (const char *next; (next = memchr(line.bytes, '\n', offset)); line.number++) {
        size_t step = (size_t)(next - line.bytes) + 1;
        line.bytes += step;
        line.length -= step;
        offset -= step;
    }
    return line;
}

// ---- refusals ----------------------------------------------------------------------------------

static bool save_as_utf8_hint(Error *error) {
    return error_hint(error, T("In Excel choose Save As, \"CSV UTF-8 (Comma delimited)\".",
                               "在 Excel 中选择“另存为”，类型选“CSV UTF-8（逗号分隔）”。"));
}

static bool refuse_utf16(const char *file, Error *error) {
    error_set(error, ERROR_INPUT,
              T("the file is in UTF-16 (Excel's \"Unicode Text\"), not UTF-8 or GB18030",
                "文件是 UTF-16 编码（Excel 的“Unicode 文本”），不是 UTF-8 或 GB18030"));
    error_at(error, file, 1, 1);
    return save_as_utf8_hint(error);
}

static bool refuse_nul(const char *bytes, size_t length, const char *nul, const char *file,
                       Error *error) {
    size_t offset = (size_t)(nul - bytes);
    Line line = line_with(bytes, length, offset);
    size_t in_line = (size_t)(nul - line.bytes);
    TextEncoding encoding = utf8_valid(line.bytes, in_line, NULL) ? TEXT_UTF8 : TEXT_GB18030;
    error_set(error, ERROR_INPUT,
              T("the file has a NUL byte, so it is not a text file (or is UTF-16 without a mark)",
                "文件中有空字节（NUL），不是文本文件（或是不带标记的 UTF-16）"));
    error_at(error, file, line.number, column_of(&line, in_line, encoding));
    return save_as_utf8_hint(error);
}

static bool refuse_broken_utf8(const char *bytes, size_t length, size_t bad, const char *file,
                               Error *error) {
    Line line = line_with(bytes, length, bad);
    size_t in_line = bad - (size_t)(line.bytes - bytes);
    error_set(error, ERROR_INPUT,
              T("the file is marked as UTF-8, but the bytes here are not UTF-8",
                "文件带有 UTF-8 标记，但此处的字节不是 UTF-8"));
    error_at(error, file, line.number, column_of(&line, in_line, TEXT_UTF8));
    return error_hint(error,
                      T("Text in another encoding was added to the file. Open it, correct this "
                        "line, and save the whole file as UTF-8.",
                        "文件中混入了其他编码的文字。请打开文件改正此行，再整体另存为 UTF-8。"));
}

static bool refuse_mixed(const Decoder *decoder, const Line *line, const LineReading *reading,
                         int first_line, Error *error) {
    bool is_utf8 = reading->kind == LINE_UTF8;
    const char *here = is_utf8 ? "UTF-8" : "GB18030", *before = is_utf8 ? "GB18030" : "UTF-8";
    size_t offset = is_utf8 ? ascii_prefix(line) : reading->utf8_bad;
    error_set(error, ERROR_INPUT,
              T("the file mixes two encodings: this line is %s, line %d is %s",
                "文件混用了两种编码：此行是 %s，第 %d 行是 %s"),
              here, first_line, before);
    error_at(error, decoder->file, line->number,
             column_of(line, offset, is_utf8 ? TEXT_GB18030 : TEXT_UTF8));
    return error_hint(
        error, T("The file was probably put together from two files. Save each of them as UTF-8 "
                 "first and join them again.",
                 "文件可能由两个文件拼接而成。请先把它们分别另存为 UTF-8，再合并。"));
}

// `kind` is that of the lines before, LINE_FITS_BOTH when they tell nothing.
static bool refuse_neither(const Decoder *decoder, const Line *line, const LineReading *reading,
                           LineKind kind, Error *error) {
    bool as_utf8 =
        kind == LINE_UTF8 || (kind == LINE_FITS_BOTH && reading->utf8_bad >= reading->gb18030_bad);
    size_t offset = as_utf8 ? reading->utf8_bad : reading->gb18030_bad;
    error_set(error, ERROR_INPUT,
              T("the bytes here are neither UTF-8 nor GB18030 (GBK)",
                "此处的字节既不是 UTF-8，也不是 GB18030（GBK）"));
    error_at(error, decoder->file, line->number,
             column_of(line, offset, as_utf8 ? TEXT_UTF8 : TEXT_GB18030));
    return error_hint(
        error, T("The line holds a damaged character or text in two encodings. Type the line "
                 "again and save the whole file as UTF-8.",
                 "此行有损坏的字符或混有两种编码的文字。请重新输入此行，再整体另存为 UTF-8。"));
}

// ---- one line ----------------------------------------------------------------------------------

// True when all is ASCII or of GB2312's rows of symbols (A1-A9) and Han characters (B0-F7).
static bool within_gb2312(const Line *line) {
    const unsigned char *bytes = (const unsigned char *)line->bytes;
    size_t i = 0;
    while (i < line->length) {
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        bool row = (bytes[i] >= 0xA1 && bytes[i] <= 0xA9) || (bytes[i] >= 0xB0 && bytes[i] <= 0xF7);
        if (!row || i + 1 == line->length || bytes[i + 1] < 0xA1 || bytes[i + 1] == 0xFF)
            return false;
        i += 2;
    }
    return true;
}

static bool has_long_character(const Line *line) {
    for (size_t i = 0; i < line->length; i++)
        if ((unsigned char)line->bytes[i] >= 0xE0) return true;
    return false;
}

// Appends the line read as GB18030 and returns the offset of the first byte that is not GB18030,
// or the length when all is.
static size_t append_gb18030(const Decoder *decoder, const Line *line) {
    char *from = (char *)line->bytes; // iconv's type; it does not write there
    size_t left = line->length;
    bool stuck = false;
    while (left > 0 && !stuck) {
        char chunk[4096];
        char *to = chunk;
        size_t room = sizeof chunk;
        stuck = iconv(decoder->converter, &from, &left, &to, &room) == (size_t)-1 && errno != E2BIG;
        buffer_append(decoder->out, chunk, sizeof chunk - room);
    }
    iconv(decoder->converter, NULL, NULL, NULL, NULL);
    return line->length - left;
}

// Also appends the line to the output, read as GB18030.
static LineReading read_line(const Decoder *decoder, const Line *line) {
    LineReading reading = {.utf8_bad = line->length};
    bool utf8 = utf8_valid(line->bytes, line->length, &reading.utf8_bad);
    reading.gb18030_bad = append_gb18030(decoder, line);
    bool gb18030 = reading.gb18030_bad == line->length;

    if (!utf8)
        reading.kind = gb18030 ? LINE_GB18030 : LINE_NEITHER;
    else if (!gb18030)
        reading.kind = LINE_UTF8;
    else if (has_long_character(line) && !within_gb2312(line))
        reading.kind = LINE_UTF8;
    else
        reading.kind = LINE_FITS_BOTH;
    return reading;
}

// ---- the file ----------------------------------------------------------------------------------

// For bytes that are not all UTF-8: converts them or says what is wrong.
static bool decode_lines(const Decoder *decoder, const char *bytes, size_t length, Error *error) {
    LineKind file_kind = LINE_FITS_BOTH;
    int first_line = 0;
    Line line = {.bytes = bytes, .number = 1};
    for (const char *end = bytes + length; line.bytes < end; line.number++) {
        size_t left = (size_t)(end - line.bytes);
        const char *feed = memchr(line.bytes, '\n', left);
        line.length = feed ? (size_t)(feed - line.bytes) + 1 : left;
        LineReading reading = read_line(decoder, &line);
        if (reading.kind == LINE_NEITHER)
            return refuse_neither(decoder, &line, &reading, file_kind, error);
        if (file_kind == LINE_FITS_BOTH && reading.kind != LINE_FITS_BOTH) {
            file_kind = reading.kind;
            first_line = line.number;
        }
        if (reading.kind != LINE_FITS_BOTH && reading.kind != file_kind)
            return refuse_mixed(decoder, &line, &reading, first_line, error);
        line.bytes += line.length;
    }
    return true;
}

// GB18030 has a byte order mark as well; some editors write it.
static void drop_mark(Buffer *text, size_t start) {
    size_t mark = strlen(UTF8_MARK);
    if (text->length - start < mark || memcmp(text->data + start, UTF8_MARK, mark) != 0) return;
    memmove(text->data + start, text->data + start + mark, text->length - start - mark + 1);
    text->length -= mark;
}

static bool decode_gb18030(const char *bytes, size_t length, const char *file, Buffer *out,
                           Error *error) {
    Decoder decoder = {.file = file, .out = out, .converter = iconv_open("UTF-8", "GB18030")};
    if (decoder.converter == (iconv_t)-1) {
        error_set_errno(error, errno, T("cannot convert from GB18030", "无法从 GB18030 转换"));
        return save_as_utf8_hint(error);
    }
    size_t start = out->length;
    bool done = decode_lines(&decoder, bytes, length, error);
    iconv_close(decoder.converter);
    if (done) {
        drop_mark(out, start);
    } else {
        out->length = start;
        if (out->data) out->data[start] = '\0';
    }
    return done;
}

static bool is_utf16(const char *bytes, size_t length) {
    return length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

bool text_decode(const void *bytes, size_t length, const char *file, Buffer *out,
                 TextEncoding *encoding, Error *error) {
    const char *text = length ? bytes : "";
    if (is_utf16(text, length)) return refuse_utf16(file, error);
    const char *nul = memchr(text, '\0', length);
    if (nul) return refuse_nul(text, length, nul, file, error);

    size_t mark = strlen(UTF8_MARK), bad = 0;
    bool marked = length >= mark && memcmp(text, UTF8_MARK, mark) == 0;
    if (marked) {
        text += mark;
        length -= mark;
    }
    bool utf8 = utf8_valid(text, length, &bad);
    if (marked && !utf8) return refuse_broken_utf8(text, length, bad, file, error);
    if (encoding) *encoding = utf8 ? TEXT_UTF8 : TEXT_GB18030;
    if (!utf8) return decode_gb18030(text, length, file, out, error);
    buffer_append(out, text, length);
    return true;
}

static bool refuse_length(const char *path, size_t limit_bytes, Error *error) {
    error_set(error, ERROR_LIMIT, T("the file is longer than %zu bytes", "文件超过 %zu 字节"),
              limit_bytes);
    error_at(error, path, 0, 0);
    return error_hint(error, T("Split it, for example by year or by region.",
                               "请拆分文件，例如按年份或按地区。"));
}

static bool read_stream(FILE *stream, const char *path, size_t limit_bytes, Buffer *bytes,
                        Error *error) {
    char chunk[64 * 1024];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, stream)) > 0;) {
        if (got > limit_bytes - bytes->length) return refuse_length(path, limit_bytes, error);
        buffer_append(bytes, chunk, got);
    }
    if (!ferror(stream)) return true;
    error_set_errno(error, errno, T("cannot read the file", "无法读取文件"));
    return error_at(error, path, 0, 0);
}

bool text_decode_file(const char *path, size_t limit_bytes, Buffer *out, TextEncoding *encoding,
                      Error *error) {
    FILE *stream = fopen(path, "rbe");
    if (!stream) {
        int number = errno;
        error_set_errno(error, number, T("cannot open the file", "无法打开文件"));
        if (error && number == ENOENT) error->code = ERROR_NOT_FOUND;
        return error_at(error, path, 0, 0);
    }
    Buffer bytes = {0};
    size_t limit = limit_bytes ? limit_bytes : TEXT_DEFAULT_LIMIT_BYTES;
    bool done = read_stream(stream, path, limit, &bytes, error) &&
                text_decode(bytes.data, bytes.length, path, out, encoding, error);
    fclose(stream);
    buffer_free(&bytes);
    return done;
}
