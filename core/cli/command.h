// What every subcommand gets and gives: options, the workspace, and documented exit codes.
//
// A command declares its options in one table, from which parsing and --help both come. The
// workspace is opened when a command first asks for it and closed by main. One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "core/cli/output.h"
#include "core/eval/job.h"
#include "core/view/region_names.h"
#include "db/store.h"

typedef enum ExitCode {
    EXIT_DONE = 0,      // all went well
    EXIT_FINDINGS = 1,  // the input was found wrong: rows, packs, specs, rules, a replay that
                        // differs, the audit log
    EXIT_USAGE = 2,     // the command line is wrong
    EXIT_STORE = 3,     // the workspace or its database cannot be used
    EXIT_WORKER = 4,    // a worker died, hung or broke the protocol
    EXIT_SYSTEM = 5,    // the operating system refused
    EXIT_NOT_FOUND = 6, // what was asked for does not exist
} CommandExit;

enum { CLI_LOGIN_SIZE = 59, CLI_WHO_SIZE = 65 };

typedef enum OptionKind {
    OPTION_FLAG,    // a bool
    OPTION_TEXT,    // a const char *
    OPTION_LIST,    // a const char *, "" where no value follows; for commands without arguments
    OPTION_INTEGER, // a long
    OPTION_YEAR,    // a long from 1900 to 2200; 0 when the option was not given
} OptionKind;

typedef struct Option {
    const char *name; // without the dashes
    OptionKind kind;
    size_t offset;           // of its value in the command's values
    const char *placeholder; // in --help; NULL for a flag
    const char *english, *chinese;
} Option;

typedef struct Cli Cli;

typedef struct Command {
    const char *name;  // "evaluate", "pack check"
    const char *usage; // behind the name: "FILE [OPTIONS]"
    const char *english, *chinese;
    const char *details_english, *details_chinese; // paragraphs of --help; NULL for none
    const Option *options;
    size_t option_count, values_size;
    int least_arguments, most_arguments;
    int (*run)(Cli *cli, const void *values, char **arguments, int count); // gives a CommandExit
} Command;

struct Cli {
    const Command *command;
    const char *workspace; // folder
    OutputFormat format;
    uv_loop_t loop;
    JobHost jobs;
    Store *store;           // NULL until opened
    char who[CLI_WHO_SIZE]; // who runs the program, once it is
};

// Opens the workspace's database, once. On failure the error is printed and the code returned.
MUST_CHECK bool cli_open_store(Cli *cli, int *exit_code);
// What is stored from now on is on behalf of whoever runs the program; for what opens a store by
// itself.
void cli_name_actor(Cli *cli);
// The path of the workspace's database.
const char *cli_database_path(const Cli *cli, Buffer *path);
// Whether the pack or the region is in the workspace; when it is not, the error is printed.
MUST_CHECK bool cli_require_pack(const Cli *cli, const char *id, int *exit_code);
MUST_CHECK bool cli_require_region(const Cli *cli, const RegionNames *names, const char *code,
                                   int *exit_code);
// Prints an error or problems on standard error (as JSON on standard output with --format json).
// Gives the exit code that fits.
int cli_fail(const Cli *cli, const Error *error);
int cli_fail_all(const Cli *cli, const ProblemList *problems, const char *folder);
// For commands that print problems as part of a larger answer: the same exit code.
int cli_exit_code(const ProblemList *problems);
// Prints a tree as --format json does, and releases it. What cannot be written, or a tree that
// could not be made (NULL), is found at the program's end.
void cli_print_json(json_t *json);
int cli_usage_error(const Cli *cli, const char *format, ...) FORMAT(2, 3);
// Prints the table in the chosen format, frees it and gives the exit code. What cannot be written
// is found at the program's end.
int cli_print(const Cli *cli, OutputTable *table, int exit_code);
// The name of whoever runs the program: what BIAOCHI_USER says, else who became this user by sudo
// (SUDO_USER), else the login name; as plain text of one line, cut at a character to what fits. The
// same text until the next call, here and below.
const char *cli_login(void);
// The same as runs and the audit log have it: "local:wang", which is the name of no account.
const char *cli_who(void);

// The subcommands, one file each.
extern const Command command_init, command_import, command_evaluate, command_explain,
    command_replay, command_warnings, command_runs, command_bench, command_pack_new,
    command_pack_check, command_pack_test, command_pack_list, command_pack_activate,
    command_pack_rollback, command_pack_retire, command_pack_year, command_pack_diff,
    command_pack_show, command_pack_coverage, command_analyse_weights, command_analyse_differences,
    command_analyse_warnings, command_analyse_data, command_samples_list, command_samples_remove,
    command_round_open, command_round_list, command_round_show, command_round_advance,
    command_round_withdraw, command_audit_list, command_audit_verify, command_audit_export,
    command_user_add, command_user_list, command_user_show, command_user_grant, command_user_revoke,
    command_user_reset_password, command_user_disable, command_user_enable, command_user_unlock,
    command_user_sessions, command_user_token_add, command_user_token_list,
    command_user_token_revoke, command_serve, command_export_observations, command_export_regions,
    command_export_pack, command_backup, command_restore;

// Runs the program: options for all commands, then the command. Gives the exit code.
int cli_main(int count, char **arguments);
