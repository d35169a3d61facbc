// Checks region rows and the tree they form: see region_csv.h.
#include "core/io/region_csv.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/io/csv_sheet.h"

enum {
    CIRCLE_CODES_SHOWN = 8,
    SUGGESTIONS_MADE = 50, // each looks through every code
};

typedef enum Column { COLUMN_CODE, COLUMN_NAME, COLUMN_PARENT, COLUMN_LEVEL, COLUMN_COUNT } Column;

static const CsvColumn columns[COLUMN_COUNT] = {
    [COLUMN_CODE] = {.names = {"code", "代码"}, .required = true},
    [COLUMN_NAME] = {.names = {"name", "名称"}, .required = true},
    [COLUMN_PARENT] = {.names = {"parent", "上级"}, .required = true, .may_be_empty = true},
    [COLUMN_LEVEL] = {.names = {"level", "层级"}, .required = true},
};

static const struct {
    const char *level, *chinese;
} levels[] = {
    {"nation", "国家"}, {"province", "省"}, {"city", "市"},
    {"county", "县"},   {"township", "乡"}, {"village", "村"},
};

// One row of the file. Rows with a usable code take part in the tree even when another cell is
// wrong, or one mistake would make every child's parent unknown.
typedef struct Entry {
    const CsvRow *row;
    StoreRegion region;
    bool good;
    bool placed; // in the result
} Entry;

typedef struct Import {
    CsvSheet sheet;
    const ImportVocabulary *vocabulary;
    RegionCsv *out;
    Entry *entries;
    size_t count;
    Map by_code; // to the entry
    int suggestions;
} Import;

// ---- cells -------------------------------------------------------------------------------------

static bool is_code(const char *text) {
    size_t length = strlen(text);
    return length <= REGION_CODE_MAX_BYTES &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_") ==
               length;
}

static bool check_code(Import *import, const CsvRow *row) {
    const char *code;
    if (!csv_sheet_plain_field(&import->sheet, row, COLUMN_CODE, &code)) return false;
    if (!*code)
        return csv_sheet_problem(&import->sheet, row, COLUMN_CODE, ERROR_INPUT,
                                 T("the code is empty", "代码为空"));
    if (!is_code(code)) {
        char excerpt[CSV_EXCERPT_SIZE];
        csv_sheet_problem(&import->sheet, row, COLUMN_CODE, ERROR_INPUT,
                          T("\"%s\" cannot be a region's code", "“%s”不能作为行政区划代码"),
                          csv_sheet_excerpt(code, excerpt));
        problems_hint(
            import->sheet.problems,
            T("Use the GB/T 2260 code, or at most %d half-width letters, digits, - and _.",
              "请使用 GB/T 2260 代码，或不超过 %d 个半角字母、数字、- 和 _。"),
            REGION_CODE_MAX_BYTES);
        return false;
    }
    int64_t known = map_get(&import->by_code, code);
    if (known == MAP_MISSING) return true;
    csv_sheet_problem(&import->sheet, row, COLUMN_CODE, ERROR_CONFLICT,
                      T("the code %s is in line %d already", "代码 %s 已在第 %d 行出现"), code,
                      import->entries[known].row->line);
    problems_hint(import->sheet.problems, T("Delete the row that is wrong.", "请删去错误的一行。"));
    return false;
}

static bool check_name(Import *import, const CsvRow *row) {
    const char *name;
    if (!csv_sheet_plain_field(&import->sheet, row, COLUMN_NAME, &name)) return false;
    if (*name) return true;
    return csv_sheet_problem(&import->sheet, row, COLUMN_NAME, ERROR_INPUT,
                             T("the name is empty", "名称为空"));
}

static const char *find_level(const char *text) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(text, levels[i].level) == 0 || strcmp(text, levels[i].chinese) == 0)
            return levels[i].level;
    return NULL;
}

static bool check_level(Import *import, const CsvRow *row) {
    const char *text;
    if (!csv_sheet_plain_field(&import->sheet, row, COLUMN_LEVEL, &text)) return false;
    if (find_level(text)) return true;
    char excerpt[CSV_EXCERPT_SIZE];
    csv_sheet_problem(&import->sheet, row, COLUMN_LEVEL, ERROR_INPUT,
                      T("unknown level \"%s\"", "不认识的层级“%s”"),
                      csv_sheet_excerpt(text, excerpt));
    problems_hint(import->sheet.problems,
                  T("Write nation, province, city, county, township or village.",
                    "请填写：国家、省、市、县、乡、村。"));
    return false;
}

static void read_row(Import *import, const CsvRow *row) {
    if (!csv_sheet_check_row(&import->sheet, row)) return;
    const char *code = csv_sheet_field(&import->sheet, row, COLUMN_CODE);
    const char *name = csv_sheet_field(&import->sheet, row, COLUMN_NAME);
    const char *level = csv_sheet_field(&import->sheet, row, COLUMN_LEVEL);
    const char *parent;
    bool usable = check_code(import, row);
    bool good = check_name(import, row);
    if (!csv_sheet_plain_field(&import->sheet, row, COLUMN_PARENT, &parent)) {
        good = false;
        parent = "";
    }
    good &= check_level(import, row);
    if (!usable) return;

    Arena *arena = &import->out->arena;
    map_put(&import->by_code, code, (int64_t)import->count);
    import->entries[import->count++] = (Entry){
        .row = row,
        .good = good,
        .region = {.code = arena_string(arena, code),
                   .name = arena_string(arena, name),
                   .parent = *parent ? arena_string(arena, parent) : NULL,
                   .level = find_level(level)},
    };
}

// ---- the tree ----------------------------------------------------------------------------------

static Entry *entry_of(const Import *import, const char *code) {
    int64_t place = map_get(&import->by_code, code);
    return place == MAP_MISSING ? NULL : &import->entries[place];
}

static const char *parent_of(const Import *import, const char *code) {
    const Entry *entry = entry_of(import, code);
    if (entry) return entry->region.parent;
    int64_t known = map_get(&import->vocabulary->regions.by_id, code);
    return known == MAP_MISSING ? NULL : import->vocabulary->region_parents[known];
}

static const char *nearest_code(Import *import, const char *text) {
    if (import->suggestions++ >= SUGGESTIONS_MADE) return NULL;
    const char **codes = memory_new(import->count, sizeof *codes);
    for (size_t i = 0; i < import->count; i++)
        codes[i] = import->entries[i].region.code;
    const char *nearest = nearest_name(text, codes, import->count);
    free(codes);
    const NameIndex *known = &import->vocabulary->regions;
    return nearest ? nearest : nearest_name(text, known->ids, known->count);
}

static const char *code_of_name(const Import *import, const char *name) {
    for (size_t i = 0; i < import->count; i++)
        if (strcmp(import->entries[i].region.name, name) == 0)
            return import->entries[i].region.code;
    size_t place;
    const NameIndex *known = &import->vocabulary->regions;
    return name_index_find(known, name, &place) == NAME_FOUND ? known->ids[place] : NULL;
}

static void check_parent(Import *import, Entry *entry) {
    const char *parent = entry->region.parent;
    if (!parent || entry_of(import, parent)) return;
    if (map_get(&import->vocabulary->regions.by_id, parent) != MAP_MISSING) return;

    entry->good = false;
    ProblemList *problems = import->sheet.problems;
    char excerpt[CSV_EXCERPT_SIZE];
    csv_sheet_problem(&import->sheet, entry->row, COLUMN_PARENT, ERROR_INPUT,
                      T("the parent \"%s\" is neither in the file nor known",
                        "上级“%s”既不在文件中，也不是已有的行政区划"),
                      csv_sheet_excerpt(parent, excerpt));
    if (problems->dropped > 0) return; // nobody would see the advice, and searching is slow
    const char *named = code_of_name(import, parent);
    const char *nearest = named ? NULL : nearest_code(import, parent);
    if (named)
        problems_hint(problems,
                      T("Write its code, %s, instead of its name.", "请填代码 %s，不要填名称。"),
                      named);
    else if (nearest)
        problems_hint(problems, T("Did you mean \"%s\"?", "是否为“%s”？"), nearest);
    else
        problems_hint(problems, T("Add the parent to the file; leave the field empty for a root.",
                                  "请在文件中补上该上级；最高一级此项留空。"));
}

static void describe_circle(const Import *import, const char *code, Buffer *out) {
    const char *at = code;
    int shown = 0;
    do {
        if (shown++ == CIRCLE_CODES_SHOWN) {
            buffer_text(out, "… → ");
            break;
        }
        buffer_printf(out, "%s → ", at);
        at = parent_of(import, at);
    } while (strcmp(at, code) != 0);
    buffer_text(out, code);
}

// The circle through `code` is told once, at the first of its rows that the walk meets. There is
// always one: the regions known before form no circle by themselves.
static void refuse_circle(Import *import, const char *code) {
    Entry *told = NULL;
    const char *at = code;
    do {
        Entry *entry = entry_of(import, at);
        if (entry) entry->good = false;
        if (entry && !told) told = entry;
        at = parent_of(import, at);
    } while (strcmp(at, code) != 0);
    if (!told) return;

    Buffer circle = {0};
    describe_circle(import, told->region.code, &circle);
    csv_sheet_problem(&import->sheet, told->row, COLUMN_PARENT, ERROR_INPUT,
                      T("a region lies within itself: %s", "上级关系成环：%s"), circle.data);
    problems_hint(import->sheet.problems,
                  T("Correct the parent of one of them.", "请更正其中一个的上级。"));
    buffer_free(&circle);
}

// Walks up from every entry; a code met twice in one walk closes a circle, one met in an earlier
// walk has been judged.
static void check_circles(Import *import) {
    Map walks = {0};
    for (size_t walk = 0; walk < import->count; walk++) {
        const char *at = import->entries[walk].region.code;
        int64_t met = MAP_MISSING;
        while (at && (met = map_get(&walks, at)) == MAP_MISSING) {
            map_put(&walks, at, (int64_t)walk);
            at = parent_of(import, at);
        }
        if (at && met == (int64_t)walk) refuse_circle(import, at);
    }
    map_free(&walks);
}

static void place_with_parents(Import *import, Entry *entry, Entry **path) {
    size_t length = 0;
    while (entry && entry->good && !entry->placed) {
        entry->placed = true;
        path[length++] = entry;
        entry = entry->region.parent ? entry_of(import, entry->region.parent) : NULL;
    }
    while (length > 0)
        import->out->rows[import->out->count++] = path[--length]->region;
}

static void place_all(Import *import) {
    Entry **path = memory_new(import->count, sizeof *path);
    import->out->rows = memory_new(import->count, sizeof *import->out->rows);
    for (size_t i = 0; i < import->count; i++)
        place_with_parents(import, &import->entries[i], path);
    free(path);
}

static CsvSheet sheet_of(const CsvTable *table, const char *file, ProblemList *problems) {
    return (CsvSheet){.table = table,
                      .file = file,
                      .columns = columns,
                      .column_count = COLUMN_COUNT,
                      .problems = problems};
}

static bool check_row_count(const CsvTable *table, const char *file, ProblemList *problems) {
    if (table->row_count <= REGION_CSV_MAX_ROWS) return true;
    problems_addf(problems, ERROR_LIMIT, file, table->rows[REGION_CSV_MAX_ROWS].line, 0,
                  T("the file has more than %d regions", "文件中的行政区划超过 %d 个"),
                  REGION_CSV_MAX_ROWS);
    problems_hint(problems, T("Split it into several files, those above before those below.",
                              "请拆分为多个文件，上级在前，下级在后。"));
    return false;
}

bool region_csv_check_header(const CsvTable *table, const char *file, ProblemList *problems) {
    CsvSheet sheet = sheet_of(table, file, problems);
    return csv_sheet_begin(&sheet);
}

bool region_csv_read(const CsvTable *table, const ImportVocabulary *vocabulary, const char *file,
                     RegionCsv *out, ProblemList *problems) {
    *out = (RegionCsv){.rows_read = table->row_count};
    Import import = {
        .sheet = sheet_of(table, file, problems), .vocabulary = vocabulary, .out = out};
    if (!csv_sheet_begin(&import.sheet) || !check_row_count(table, file, problems)) return false;
    import.entries = memory_new(table->row_count, sizeof *import.entries);
    for (size_t i = 0; i < table->row_count; i++)
        read_row(&import, &table->rows[i]);
    for (size_t i = 0; i < import.count; i++)
        check_parent(&import, &import.entries[i]);
    check_circles(&import);
    place_all(&import);
    map_free(&import.by_code);
    free(import.entries);
    return out->count == table->row_count;
}

void region_csv_free(RegionCsv *regions) {
    free(regions->rows);
    arena_free(&regions->arena);
    *regions = (RegionCsv){0};
}
