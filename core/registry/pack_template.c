// The files of a new pack: see pack_template.h.
#include "core/registry/pack_template.h"

#include <ctype.h>
#include <string.h>

#include "core/base/embedded.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"

static const char TEMPLATE_FOLDER[] = "plugins/_template/";
static const char CHILD_TEMPLATE_FOLDER[] = "plugins/_template_child/";
static const char EXAMPLE_REGION[] = "150802";

enum { MOST_ID_BYTES = 64, SHORTEST_CODE = 6, LONGEST_CODE = 12, MOST_TITLE_BYTES = 200 };

bool pack_template_id_is_good(const char *id) {
    if (!islower((unsigned char)*id) || strlen(id) > MOST_ID_BYTES) return false;
    return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(id);
}

static bool is_code(const char *region) {
    size_t length = strlen(region);
    return strspn(region, "0123456789") == length && length >= SHORTEST_CODE &&
           length <= LONGEST_CODE;
}

// It stands in Lua source, between quotes.
static bool is_title(const char *title) {
    size_t length = strlen(title);
    return length <= MOST_TITLE_BYTES && plain_text(title, length) && !strpbrk(title, "\"\\\n\t");
}

bool pack_template_check(const PackTemplate *pack, Error *error) {
    if (!pack_template_id_is_good(pack->id))
        return error_set(error, ERROR_USAGE,
                         T("\"%s\" is no id: small letters, digits and _, beginning with a letter",
                           "“%s”不是合格的标识：小写字母、数字和 _，以字母开头"),
                         pack->id);
    if (pack->region && !is_code(pack->region))
        return error_set(
            error, ERROR_USAGE,
            T("region \"%s\" is no code of 6 to 12 digits", "行政区划代码“%s”不是 6 至 12 位数字"),
            pack->region);
    if (pack->title && !is_title(pack->title))
        return error_set(error, ERROR_USAGE, "%s",
                         T("the title must not contain quotes, backslashes or line breaks",
                           "名称中不能有引号、反斜杠或换行"));
    return true;
}

// A declaration of the parent that the template names: something to override.
typedef struct Shown {
    const char *kind, *list, *id, *title;
} Shown;

static Shown choose_shown(const Description *parent) {
    for (size_t i = 0; i < parent->indicator_count; i++) {
        const Indicator *shown = &parent->indicators[i];
        if (!shown->is_objective)
            return (Shown){"indicator", "indicators", shown->id, shown->title};
    }
    if (parent->plan_count > 0)
        return (Shown){"plan", "plans", parent->plans[0].id, parent->plans[0].title};
    if (parent->assessment_count > 0)
        return (Shown){"assessment", "assessments", parent->assessments[0].id,
                       parent->assessments[0].title};
    return (Shown){0};
}

static void replace_all(Buffer *out, const char *text, const char *const markers[][2]) {
    while (*text) {
        const char *with = NULL;
        for (size_t i = 0; markers[i][0] && !with; i++) {
            if (strncmp(text, markers[i][0], strlen(markers[i][0])) != 0) continue;
            with = markers[i][1];
            text += strlen(markers[i][0]);
        }
        if (with)
            buffer_text(out, with);
        else
            buffer_append(out, text++, 1);
    }
}

bool pack_template_each(const PackTemplate *pack, PackTemplateFile each, void *context,
                        Error *error) {
    const Description *parent = pack->parent;
    const Shown shown = parent ? choose_shown(parent) : (Shown){0};
    const char *const markers[][2] = {
        {"@ID@", pack->id},
        {"@TITLE@", pack->title ? pack->title : pack->id},
        {"@REGION@", pack->region ? pack->region : EXAMPLE_REGION},
        {"@PARENT@", parent ? parent->id : ""},
        {"@PARENT_TITLE@", parent ? parent->title : ""},
        {"@KIND@", shown.kind},
        {"@LIST@", shown.list},
        {"@SHOWN@", shown.id},
        {"@SHOWN_TITLE@", shown.title},
        {NULL, NULL},
    };
    const char *folder = parent ? CHILD_TEMPLATE_FOLDER : TEMPLATE_FOLDER;
    bool good = true;
    for (size_t i = 0; i < embedded_file_count && good; i++) {
        if (strncmp(embedded_files[i].path, folder, strlen(folder)) != 0) continue;
        Buffer text = {0};
        replace_all(&text, embedded_files[i].bytes, markers);
        good = each(embedded_files[i].path + strlen(folder), &text, context, error);
        buffer_free(&text);
    }
    return good;
}
