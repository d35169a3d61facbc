// What a rule's failure says: see failure_text.h.
#include "core/eval/failure_text.h"

#include "core/base/language.h"

void failure_say(CallOutcome outcome, const char *stored, Buffer *out) {
    buffer_text(out, stored);
    if (outcome == CALL_OK || outcome == CALL_RAISED) return;
    if (*stored) buffer_text(out, T(": ", "："));
    switch (outcome) {
        case CALL_BAD_RESULT:
            buffer_text(out, T("gave a result it must not give", "返回了不允许的结果"));
            break;
        case CALL_OVER_TIME:
            buffer_printf(out, T("used more than its time (%d ms)", "用时超过限额（%d 毫秒）"),
                          RULE_CALL_CPU_MS);
            break;
        case CALL_OVER_MEMORY:
            buffer_printf(out,
                          T("used more than its memory (%d MiB)", "占用内存超过限额（%d MiB）"),
                          SANDBOX_MEMORY_MIB);
            break;
        default: buffer_text(out, T("did not stop at its budget", "到达限额后未停止")); break;
    }
}
