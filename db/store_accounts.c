// Accounts, their passwords and grants: see store.h. Sessions and tokens are in
// store_credentials.c.
#include "db/store_accounts.h"
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "db/store_inside.h"

// Goes up with every change of accounts. Taking its number first keeps other writers out, also
// where several hosts share the database.
#define VERSION "accounts"

bool store_change_accounts(StoreTransaction *transaction, int64_t *version, Error *error) {
    // A change that turns out to be none has its number all the same.
    transaction_note_nothing(transaction);
    return transaction_next_number(transaction, VERSION, version, error);
}

bool store_accounts_version(Store *store, int64_t *version, Error *error) {
    const DriverValue values[] = {driver_text(VERSION)};
    return store_find_number(store, STATEMENT_READ_COUNTER, values, COUNT_OF(values), version,
                             error);
}

// Notes with one member more about what was done.
static void note_with(StoreTransaction *transaction, const char *action, const char *account,
                      const char *key, const char *value) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, key, value);
    json_writer_end_object(&json);
    transaction_note_change(transaction, action, account, detail.data);
    buffer_free(&detail);
}

// ---- accounts ----------------------------------------------------------------------------------

bool store_add_account(StoreTransaction *transaction, const StoreAccount *account, Error *error) {
    const DriverValue values[] = {driver_text(account->name), driver_text(account->title),
                                  driver_integer(account->created_at_us),
                                  driver_text(account->created_by)};
    bool added;
    if (!text_is_given(account->name, T("An account's name", "账号名"), error) ||
        !transaction_insert(transaction, STATEMENT_PUT_ACCOUNT, values, COUNT_OF(values), &added,
                            error))
        return false;
    if (!added)
        return error_set(error, ERROR_CONFLICT,
                         T("there is an account %s already", "账号 %s 已存在"), account->name);
    note_with(transaction, "account.add", account->name, "title", account->title);
    return true;
}

bool store_set_account_title(StoreTransaction *transaction, const char *account, const char *title,
                             bool *changed, Error *error) {
    const DriverValue values[] = {driver_text(title), driver_text(account)};
    if (!transaction_run(transaction, STATEMENT_SET_ACCOUNT_TITLE, values, COUNT_OF(values),
                         changed, error))
        return false;
    if (*changed) note_with(transaction, "account.title", account, "title", title);
    return true;
}

bool store_set_account_disabled(StoreTransaction *transaction, const char *account,
                                int64_t disabled_at_us, bool *changed, Error *error) {
    const DriverValue values[] = {driver_optional(disabled_at_us), driver_text(account)};
    if (!transaction_run(transaction, STATEMENT_SET_DISABLED, values, COUNT_OF(values), changed,
                         error))
        return false;
    if (*changed)
        transaction_note_change(transaction, disabled_at_us ? "account.disable" : "account.enable",
                                account, NULL);
    return true;
}

bool store_put_sign_in(StoreTransaction *transaction, const StoreAccount *account, Error *error) {
    const DriverValue values[] = {
        driver_integer(account->failures),         driver_integer(account->lockouts),
        driver_optional(account->locked_until_us), driver_optional(account->logged_in_at_us),
        driver_text(account->logged_in_from),      driver_text(account->name)};
    return transaction_run(transaction, STATEMENT_SET_SIGN_IN, values, COUNT_OF(values), NULL,
                           error);
}

bool store_read_accounts(Store *store, const char *account, StoreAccountFunction each,
                         void *context, Error *error) {
    const DriverValue values[] = {driver_text(account)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_ACCOUNTS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreAccount row = {.name = rows_text(&rows, 0),
                                  .title = rows_text(&rows, 1),
                                  .created_at_us = rows_integer(&rows, 2),
                                  .created_by = rows_text(&rows, 3),
                                  .disabled_at_us = rows_integer(&rows, 4),
                                  .must_change_password = rows_integer(&rows, 5) != 0,
                                  .failures = (int)rows_integer(&rows, 6),
                                  .lockouts = (int)rows_integer(&rows, 7),
                                  .locked_until_us = rows_integer(&rows, 8),
                                  .logged_in_at_us = rows_integer(&rows, 9),
                                  .logged_in_from = rows_text(&rows, 10),
                                  .password_changed_at_us = rows_integer(&rows, 11)};
        rows_accept(&rows, each(&row, context, error));
    }
    return rows_close(&rows);
}

// ---- passwords ---------------------------------------------------------------------------------

// 0 while there is none.
static bool newest_password(StoreTransaction *transaction, const char *account, int64_t *number,
                            Error *error) {
    const DriverValue values[] = {driver_text(account)};
    Rows rows;
    *number = 0;
    rows_open_in(&rows, transaction, STATEMENT_READ_PASSWORDS, values, COUNT_OF(values), error);
    if (rows_next(&rows)) *number = rows_integer(&rows, 0);
    return rows_close(&rows);
}

bool store_put_password(StoreTransaction *transaction, const char *account, const char *hash,
                        int64_t changed_at_us, bool must_change, Error *error) {
    int64_t newest;
    if (!newest_password(transaction, account, &newest, error)) return false;
    const DriverValue password[] = {driver_text(account), driver_integer(newest + 1),
                                    driver_text(hash), driver_integer(changed_at_us)};
    const DriverValue forgotten[] = {driver_text(account),
                                     driver_integer(newest + 1 - STORE_PASSWORDS_KEPT)};
    const DriverValue state[] = {driver_integer(must_change), driver_text(account)};
    if (!transaction_run(transaction, STATEMENT_PUT_PASSWORD, password, COUNT_OF(password), NULL,
                         error) ||
        !transaction_run(transaction, STATEMENT_FORGET_PASSWORDS, forgotten, COUNT_OF(forgotten),
                         NULL, error) ||
        !transaction_run(transaction, STATEMENT_SET_MUST_CHANGE, state, COUNT_OF(state), NULL,
                         error))
        return false;
    transaction_note_change(transaction, must_change ? "password.reset" : "password.change",
                            account, NULL);
    return true;
}

bool store_put_password_hash(StoreTransaction *transaction, const char *account,
                             const StorePassword *password, Error *error) {
    const DriverValue values[] = {driver_text(password->hash), driver_text(account),
                                  driver_integer(password->number)};
    return transaction_run(transaction, STATEMENT_SET_PASSWORD_HASH, values, COUNT_OF(values), NULL,
                           error);
}

bool store_read_passwords(Store *store, const char *account, StorePasswordFunction each,
                          void *context, Error *error) {
    const DriverValue values[] = {driver_text(account)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_PASSWORDS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StorePassword row = {.number = rows_integer(&rows, 0), .hash = rows_text(&rows, 1)};
        rows_accept(&rows, each(&row, context, error));
    }
    return rows_close(&rows);
}

// ---- grants ------------------------------------------------------------------------------------

static void note_grant(StoreTransaction *transaction, const char *action, const StoreGrant *grant) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "role", grant->role);
    json_writer_put_string(&json, "region", grant->region);
    json_writer_put_string(&json, "unit", grant->unit);
    json_writer_end_object(&json);
    transaction_note_change(transaction, action, grant->account, detail.data);
    buffer_free(&detail);
}

bool store_add_grant(StoreTransaction *transaction, const StoreGrant *grant, bool *changed,
                     Error *error) {
    const DriverValue values[] = {
        driver_text(grant->account),          driver_text(grant->role),
        driver_text(grant->region),           driver_text(grant->unit),
        driver_integer(grant->granted_at_us), driver_text(grant->granted_by)};
    if (!transaction_insert(transaction, STATEMENT_PUT_GRANT, values, COUNT_OF(values), changed,
                            error))
        return transaction_refused(transaction, ERROR_NOT_FOUND, error,
                                   T("there is no account %s", "没有账号 %s"), grant->account);
    if (*changed) note_grant(transaction, "grant.add", grant);
    return true;
}

bool store_remove_grant(StoreTransaction *transaction, const StoreGrant *grant, bool *changed,
                        Error *error) {
    const DriverValue values[] = {driver_text(grant->account), driver_text(grant->role),
                                  driver_text(grant->region), driver_text(grant->unit)};
    if (!transaction_run(transaction, STATEMENT_REMOVE_GRANT, values, COUNT_OF(values), changed,
                         error))
        return false;
    if (*changed) note_grant(transaction, "grant.remove", grant);
    return true;
}

bool store_read_grants(Store *store, const char *account, StoreGrantFunction each, void *context,
                       Error *error) {
    const DriverValue values[] = {driver_text(account)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_GRANTS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreGrant row = {.account = rows_text(&rows, 0),
                                .role = rows_text(&rows, 1),
                                .region = rows_text(&rows, 2),
                                .unit = rows_text(&rows, 3),
                                .granted_at_us = rows_integer(&rows, 4),
                                .granted_by = rows_text(&rows, 5)};
        rows_accept(&rows, each(&row, context, error));
    }
    return rows_close(&rows);
}
