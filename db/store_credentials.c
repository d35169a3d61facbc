// Sessions and API tokens of accounts: see store.h.
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "db/store_accounts.h"
#include "db/store_inside.h"

static bool touch(StoreTransaction *transaction, StatementId statement, int64_t id, int64_t at_us,
                  Error *error) {
    transaction_note_nothing(transaction);
    const DriverValue values[] = {driver_integer(at_us), driver_integer(id)};
    return transaction_run(transaction, statement, values, COUNT_OF(values), NULL, error);
}

// ---- sessions ----------------------------------------------------------------------------------

bool store_next_session(StoreTransaction *transaction, int64_t *id, Error *error) {
    return transaction_next_number(transaction, "session", id, error);
}

bool store_add_session(StoreTransaction *transaction, const StoreSession *session, Error *error) {
    const DriverValue values[] = {driver_integer(session->id),
                                  driver_text(session->account),
                                  driver_text(session->token_hash),
                                  driver_text(session->previous_hash),
                                  driver_optional(session->previous_until_us),
                                  driver_integer(session->rotation),
                                  driver_text(session->csrf_seed),
                                  driver_integer(session->began_at_us),
                                  driver_integer(session->rotated_at_us),
                                  driver_integer(session->seen_at_us),
                                  driver_text(session->address),
                                  driver_text(session->client)};
    if (transaction_run(transaction, STATEMENT_PUT_SESSION, values, COUNT_OF(values), NULL, error))
        return true;
    return transaction_refused(transaction, ERROR_NOT_FOUND, error,
                               T("there is no account %s", "没有账号 %s"), session->account);
}

bool store_rotate_session(StoreTransaction *transaction, const StoreSession *session,
                          Error *error) {
    transaction_note_nothing(transaction);
    const DriverValue values[] = {driver_text(session->token_hash),
                                  driver_text(session->previous_hash),
                                  driver_optional(session->previous_until_us),
                                  driver_integer(session->rotation),
                                  driver_integer(session->rotated_at_us),
                                  driver_integer(session->id)};
    return transaction_run(transaction, STATEMENT_ROTATE_SESSION, values, COUNT_OF(values), NULL,
                           error);
}

bool store_touch_session(StoreTransaction *transaction, int64_t id, int64_t seen_at_us,
                         Error *error) {
    return touch(transaction, STATEMENT_TOUCH_SESSION, id, seen_at_us, error);
}

// `detail` names what ended: {"session":17} or {"sessions":3}.
static void note_end(StoreTransaction *transaction, const char *account, const char *key,
                     int64_t number) {
    Buffer detail = {0};
    buffer_printf(&detail, "{\"%s\":%lld}", key, (long long)number);
    transaction_note_change(transaction, "session.end", account, detail.data);
    buffer_free(&detail);
}

bool store_end_session(StoreTransaction *transaction, const char *account, int64_t id,
                       bool *changed, Error *error) {
    const DriverValue values[] = {driver_text(account), driver_integer(id)};
    if (!transaction_run(transaction, STATEMENT_END_SESSION, values, COUNT_OF(values), changed,
                         error))
        return false;
    if (*changed) note_end(transaction, account, "session", id);
    return true;
}

bool store_end_sessions(StoreTransaction *transaction, const char *account, int64_t except,
                        Error *error) {
    const DriverValue values[] = {driver_text(account), driver_integer(except)};
    int64_t ended = 0;
    Rows rows;
    rows_open_in(&rows, transaction, STATEMENT_END_SESSIONS, values, COUNT_OF(values), error);
    while (rows_next(&rows))
        ended++;
    if (!rows_close(&rows)) return false;
    if (ended > 0) note_end(transaction, account, "sessions", ended);
    return true;
}

bool store_forget_sessions(StoreTransaction *transaction, int64_t began_at_us, int64_t seen_at_us,
                           int64_t ahead_us, Error *error) {
    const DriverValue values[] = {driver_integer(began_at_us), driver_integer(seen_at_us),
                                  driver_integer(ahead_us)};
    return transaction_run(transaction, STATEMENT_FORGET_SESSIONS, values, COUNT_OF(values), NULL,
                           error);
}

bool store_read_sessions(Store *store, const char *account, StoreSessionFunction each,
                         void *context, Error *error) {
    const DriverValue values[] = {driver_text(account)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_SESSIONS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreSession row = {.id = rows_integer(&rows, 0),
                                  .account = rows_text(&rows, 1),
                                  .token_hash = rows_text(&rows, 2),
                                  .previous_hash = rows_text(&rows, 3),
                                  .previous_until_us = rows_integer(&rows, 4),
                                  .rotation = (int)rows_integer(&rows, 5),
                                  .csrf_seed = rows_text(&rows, 6),
                                  .began_at_us = rows_integer(&rows, 7),
                                  .rotated_at_us = rows_integer(&rows, 8),
                                  .seen_at_us = rows_integer(&rows, 9),
                                  .address = rows_text(&rows, 10),
                                  .client = rows_text(&rows, 11)};
        rows_accept(&rows, each(&row, context, error));
    }
    return rows_close(&rows);
}

// ---- tokens ------------------------------------------------------------------------------------

bool store_next_token(StoreTransaction *transaction, int64_t *id, Error *error) {
    return transaction_next_number(transaction, "token", id, error);
}

static void note_token(StoreTransaction *transaction, const StoreToken *token) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "token", token->id);
    json_writer_put_string(&json, "name", token->name);
    json_writer_put_string(&json, "scopes", token->scopes);
    json_writer_put_string(&json, "region", token->region);
    json_writer_put_integer(&json, "expires_at_us", token->expires_at_us);
    json_writer_end_object(&json);
    transaction_note_change(transaction, "token.add", token->account, detail.data);
    buffer_free(&detail);
}

bool store_add_token(StoreTransaction *transaction, const StoreToken *token, Error *error) {
    const DriverValue values[] = {driver_integer(token->id),
                                  driver_text(token->account),
                                  driver_text(token->name),
                                  driver_text(token->secret_hash),
                                  driver_text(token->scopes),
                                  driver_text(token->region),
                                  driver_integer(token->created_at_us),
                                  driver_text(token->created_by),
                                  driver_integer(token->expires_at_us)};
    if (!transaction_run(transaction, STATEMENT_PUT_TOKEN, values, COUNT_OF(values), NULL, error))
        return transaction_refused(transaction, ERROR_NOT_FOUND, error,
                                   T("there is no account %s", "没有账号 %s"), token->account);
    note_token(transaction, token);
    return true;
}

bool store_touch_token(StoreTransaction *transaction, int64_t id, int64_t used_at_us,
                       Error *error) {
    return touch(transaction, STATEMENT_TOUCH_TOKEN, id, used_at_us, error);
}

bool store_revoke_token(StoreTransaction *transaction, const StoreToken *token, bool *changed,
                        Error *error) {
    const DriverValue values[] = {driver_integer(token->revoked_at_us),
                                  driver_text(token->revoked_by), driver_text(token->account),
                                  driver_integer(token->id)};
    if (!transaction_run(transaction, STATEMENT_REVOKE_TOKEN, values, COUNT_OF(values), changed,
                         error))
        return false;
    if (!*changed) return true;
    Buffer detail = {0};
    buffer_printf(&detail, "{\"token\":%lld}", (long long)token->id);
    transaction_note_change(transaction, "token.revoke", token->account, detail.data);
    buffer_free(&detail);
    return true;
}

bool store_read_tokens(Store *store, const char *account, StoreTokenFunction each, void *context,
                       Error *error) {
    const DriverValue values[] = {driver_text(account)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_TOKENS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreToken row = {.id = rows_integer(&rows, 0),
                                .account = rows_text(&rows, 1),
                                .name = rows_text(&rows, 2),
                                .secret_hash = rows_text(&rows, 3),
                                .scopes = rows_text(&rows, 4),
                                .region = rows_text(&rows, 5),
                                .created_at_us = rows_integer(&rows, 6),
                                .created_by = rows_text(&rows, 7),
                                .expires_at_us = rows_integer(&rows, 8),
                                .used_at_us = rows_integer(&rows, 9),
                                .revoked_at_us = rows_integer(&rows, 10),
                                .revoked_by = rows_text(&rows, 11)};
        rows_accept(&rows, each(&row, context, error));
    }
    return rows_close(&rows);
}
