// What the subcommands of `biaochi user` share. One thread.
#pragma once

#include "core/auth/accounts.h"
#include "core/cli/command.h"

// What a subcommand works with; opened by user_open, which prints what goes wrong.
typedef struct UserCommand {
    Cli *cli;
    AuthSettings settings;
    Caller caller; // local
    AuthCall call;
} UserCommand;

MUST_CHECK bool user_open(Cli *cli, UserCommand *command, int *exit_code);
// Prints accounts as a table, one a row; `password` is told where it was made just now, else NULL.
int user_print(const UserCommand *command, const Account *accounts, size_t count,
               const char *password);
// After a change: prints the account, frees it and has the running server know, or prints the
// error.
int user_finish(const UserCommand *command, bool good, Account *account, const char *password,
                const Error *error);

// Beside a table, says on standard error what a first or a reset password is good for.
void user_say_one_time(const UserCommand *command);

typedef struct GrantValues {
    const char *role, *region, *unit;
} GrantValues;
// The grant that the options say; the region is the whole workspace where none is named.
// A usage error is printed.
MUST_CHECK bool user_take_grant(const UserCommand *command, const GrantValues *values, Grant *grant,
                                int *exit_code);
// A new password: asked for on a terminal without showing it, else a line of standard input. Wipe
// it with explicit_bzero.
MUST_CHECK bool user_read_password(char out[PASSWORD_MOST_BYTES + 2], Error *error);
