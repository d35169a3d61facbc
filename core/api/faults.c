// Faults: what fails without the caller's doing is told to whoever runs the server, once.
//
// A full disk fails every change and every login. One line a request would fill what is left of the
// disk, and hide the line that matters.
#include <stdio.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/base/clock.h"
#include "db/store_health.h"

enum { QUIET_MS = 60000 };

static void say(const Api *api, const Error *error) {
    if (api->options.problem) api->options.problem(error, api->options.context);
}

static void say_written_again(const Api *api) {
    Error news = {0};
    error_set(&news, ERROR_NONE, "%s", T("the database is written again", "数据库已恢复写入"));
    say(api, &news);
}

// What is written from now on goes to a file that nobody finds again.
static void look_at_place(Api *api) {
    Error error = {0};
    if (api->faults.store_gone || store_is_in_place(service_store(api->options.service))) return;
    api->faults.store_gone = true;
    error_set(&error, ERROR_STORE, "%s",
              T("the database's file was replaced or removed while the server ran",
                "服务器运行期间数据库文件被替换或删除"));
    error_hint(&error, "%s",
               T("what is changed now will be lost: end the server, then restore a "
                 "backup",
                 "此后的更改都将丢失：请停止服务器，再恢复备份"));
    say(api, &error);
}

void api_look_at_store(Api *api) {
    StoreHealth health;
    look_at_place(api);
    store_health(service_store(api->options.service), &health);
    if (health.failing && !api->faults.store_failing) {
        api->faults.store_failing = true;
        say(api, &health.error);
    }
    // A disk that is nearly full takes one change and refuses the next.
    bool has_settled = clock_now_us() - health.failed_at_us > QUIET_MS * INT64_C(1000);
    if (!health.failing && api->faults.store_failing && has_settled) {
        api->faults.store_failing = false;
        say_written_again(api);
    }
}

void api_note_fault(Api *api, const Error *error) {
    ApiFaults *faults = &api->faults;
    const int64_t now_ms = clock_monotonic_ms();
    api_look_at_store(api);
    if (error->code == ERROR_STORE && faults->store_failing) return;
    bool is_same = strncmp(faults->said, error->message, sizeof faults->said - 1) == 0;
    if (is_same && faults->said_ms && now_ms - faults->said_ms < QUIET_MS) return;
    faults->said_ms = now_ms;
    snprintf(faults->said, sizeof faults->said, "%.*s", (int)sizeof faults->said - 1,
             error->message);
    say(api, error);
}

Error api_fault_for_strangers(const Error *error) {
    Error told = {0};
    error_set(&told, error->code, "%s",
              T("the server cannot do that at present", "服务器暂时无法处理该请求"));
    error_hint(&told, "%s",
               T("try again later; whoever runs the server finds the reason in its log",
                 "请稍后重试；服务器管理人员可在服务器日志中查到原因"));
    return told;
}
