// What evaluations read held against the observations it is derived from: see audit_inside.h.
//
// Columns have a checksum, which tells of a damaged disk and not of somebody who makes it anew.
#include "core/audit/audit_inside.h"
#include "core/base/language.h"

static bool add_falsified(const char *region, void *context, Error *error) {
    (void)error;
    audit_report_add(context, AUDIT_OBSERVATIONS, 0,
                     T("The figures of region %s that evaluations read are not its observations",
                       "评估所读取的行政区划 %s 的数据与其监测值不符"),
                     region);
    return true;
}

bool audit_check_columns(Store *store, AuditReport *report, Error *error) {
    return store_check_columns(store, add_falsified, report, error);
}
