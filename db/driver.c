// Which driver serves a location: see driver.h.
#include "db/driver.h"

#include <string.h>

#include "core/base/language.h"

bool driver_find(const char *location, const Driver **out, Error *error) {
    if (!location || !*location) {
        error_set(error, ERROR_USAGE, T("No database was named", "没有指定数据库"));
        return error_hint(error, T("Give the path of a database file", "请给出数据库文件的路径"));
    }
    const char *scheme_end = strstr(location, "://");
    if (scheme_end) {
        error_set(error, ERROR_USAGE,
                  T("This program has no database driver for “%.*s://”",
                    "本程序没有“%.*s://”的数据库驱动"),
                  (int)(scheme_end - location), location);
        return error_hint(error, T("Give the path of a database file", "请给出数据库文件的路径"));
    }
    *out = &driver_sqlite;
    return true;
}
