// PostgreSQL as a contender: a cluster of its own in the temporary folder, reached through a socket
// there, never through the network; psql does the work. See rival.h.
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/bench/interruption.h"
#include "core/bench/rival.h"

enum {
    MAKE_TIMEOUT_MS = 120000,
    ANSWER_TIMEOUT_MS = 10000,
    START_ATTEMPTS = 600,
    ATTEMPT_INTERVAL_MS = 100,
    STOP_TIMEOUT_MS = 20000,
};

#define CLUSTER_USER "biaochi"

// Where Debian keeps it; on other systems it may be in PATH.
static const char DEBIAN_FOLDER[] = "/usr/lib/postgresql/15/bin/";

typedef struct Postgres {
    Rival rival; // psql
    Script *server;
    bool is_long;         // begins with a row a year
    char *folder;         // of the cluster and its socket; owned
    char *collect;        // what psql is told to write the results; owned
    const char *programs; // folder, or "" for what is in PATH
    const char *user; // whom the server runs as: it refuses to be root; NULL for whoever runs this
} Postgres;

static const char *name_of(const Postgres *postgres) {
    return postgres->is_long ? "postgres_long" : "postgres";
}

static const char *program(const Postgres *postgres, const char *name, char path[64]) {
    snprintf(path, 64, "%s%s", postgres->programs, name);
    return path;
}

static const char *unprivileged_user(void) {
    if (geteuid() != 0) return NULL;
    return getpwnam("postgres") ? "postgres" : "nobody";
}

// The folder belongs to the server's user, and only that user may look into it.
static bool make_folder(Postgres *postgres, Error *error) {
    const struct passwd *user = postgres->user ? getpwnam(postgres->user) : NULL;
    bool good = mkdir(postgres->folder, 0700) == 0 &&
                (!user || chown(postgres->folder, user->pw_uid, user->pw_gid) == 0);
    return good ||
           error_set_errno(error, errno, T("cannot make the folder %s", "无法创建文件夹 %s"),
                           postgres->folder);
}

static ScriptOptions options_of(const Postgres *postgres, const char *const *arguments) {
    return (ScriptOptions){.arguments = arguments,
                           .log = postgres->rival.log,
                           .user = postgres->user,
                           .interruption = postgres->rival.setting->interruption};
}

static bool make_cluster(const Postgres *postgres, Error *error) {
    char path[64];
    const char *const arguments[] = {program(postgres, "initdb", path),
                                     "--pgdata",
                                     postgres->folder,
                                     "--auth=trust",
                                     "--username",
                                     CLUSTER_USER,
                                     "--encoding=UTF8",
                                     "--locale=C",
                                     "--no-sync",
                                     NULL};
    ScriptOptions options = options_of(postgres, arguments);
    return script_run(&options, MAKE_TIMEOUT_MS, error);
}

// Settings as somebody would choose them for such work on such a machine.
static bool start_server(Postgres *postgres, Error *error) {
    char path[64], gather[64], workers[64];
    int count = postgres->rival.setting->workers;
    snprintf(gather, sizeof gather, "max_parallel_workers_per_gather=%d", count);
    snprintf(workers, sizeof workers, "max_parallel_workers=%d", count);
    const char *const arguments[] = {program(postgres, "postgres", path),
                                     "-D",
                                     postgres->folder,
                                     "-k",
                                     postgres->folder,
                                     "-c",
                                     "listen_addresses=",
                                     "-c",
                                     "shared_buffers=512MB",
                                     "-c",
                                     "work_mem=256MB",
                                     "-c",
                                     "wal_level=minimal",
                                     "-c",
                                     "max_wal_senders=0",
                                     "-c",
                                     "max_wal_size=4GB",
                                     "-c",
                                     "autovacuum=off",
                                     "-c",
                                     gather,
                                     "-c",
                                     workers,
                                     NULL};
    ScriptOptions options = options_of(postgres, arguments);
    return script_start(&options, &postgres->server, error);
}

static bool answers(const Postgres *postgres) {
    char path[64];
    const char *const arguments[] = {program(postgres, "pg_isready", path), "-q", "-h",
                                     postgres->folder, NULL};
    ScriptOptions options = options_of(postgres, arguments);
    Error ignored = {0};
    return script_run(&options, ANSWER_TIMEOUT_MS, &ignored);
}

static bool wait_for_server(const Postgres *postgres, Error *error) {
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
        if (answers(postgres)) return true;
        if (!interruption_check(postgres->rival.setting->interruption, error)) return false;
        poll(NULL, 0, ATTEMPT_INTERVAL_MS);
    }
    return error_set(error, ERROR_SYSTEM, "%s",
                     T("its server did not come up", "数据库服务未能启动"));
}

// psql runs as whoever runs this program, so that it may read the tables and write the results.
static bool start_psql(Postgres *postgres, Error *error) {
    char path[64];
    Buffer greeting = {0}, collect = {0};
    const char *const arguments[] = {program(postgres, "psql", path),
                                     "-X",
                                     "-q",
                                     "-h",
                                     postgres->folder,
                                     "-U",
                                     CLUSTER_USER,
                                     "-d",
                                     "postgres",
                                     "-v",
                                     "ON_ERROR_STOP=1",
                                     NULL};
    Rival *rival = &postgres->rival;
    const char *folder = rival->setting->folder;
    buffer_printf(&greeting,
                  "\\cd '%s'\nSET client_min_messages = warning;\n\\i postgres_tables.sql\n"
                  "%sVACUUM (FREEZE, ANALYZE);\n\\echo ready\n",
                  folder, postgres->is_long ? "\\i postgres_long.sql\n" : "");
    buffer_printf(
        &collect,
        "\\copy (SELECT indicator, region, status, level, progress, forecast, "
        "forecast_final, volatility FROM figures) TO %s_results/figures.csv (FORMAT csv, "
        "HEADER)\n\\copy scores TO %s_results/scores.csv (FORMAT csv, HEADER)\n\\echo done\n",
        name_of(postgres), name_of(postgres));
    rival->round = postgres->is_long ? "\\i postgres_pivot.sql\n\\i postgres.sql\n\\echo done\n"
                                     : "\\i postgres.sql\n\\echo done\n";
    rival->collect = postgres->collect = collect.data;
    bool good = rival_start(rival, arguments, greeting.data, error);
    buffer_free(&greeting);
    return good;
}

static void finish(void *state) {
    Postgres *postgres = state;
    rival_free(&postgres->rival);
    if (postgres->server) script_signal(postgres->server, SIGINT); // at once, sessions ended
    script_end(postgres->server, STOP_TIMEOUT_MS);
    free(postgres->folder);
    free(postgres->collect);
    free(postgres);
}

static bool prepare(const BenchSetting *setting, bool is_long, void **state, Error *error) {
    Postgres *postgres = memory_new(1, sizeof *postgres);
    Buffer folder = {0};
    postgres->is_long = is_long;
    buffer_printf(&folder, "%s/cluster_%s", setting->folder, name_of(postgres));
    postgres->folder = folder.data;
    postgres->user = unprivileged_user();
    postgres->programs = access(DEBIAN_FOLDER, X_OK) == 0 ? DEBIAN_FOLDER : "";
    bool good = rival_init(&postgres->rival, setting, name_of(postgres), error) &&
                make_folder(postgres, error) && make_cluster(postgres, error) &&
                start_server(postgres, error) && wait_for_server(postgres, error) &&
                start_psql(postgres, error);
    if (good)
        *state = postgres;
    else
        finish(postgres);
    return good;
}

static bool prepare_wide(const BenchSetting *setting, void **state, Error *error) {
    return prepare(setting, false, state, error);
}

static bool prepare_long(const BenchSetting *setting, void **state, Error *error) {
    return prepare(setting, true, state, error);
}

static bool round_of_postgres(void *state, double *ms, Error *error) {
    Postgres *postgres = state;
    return rival_round(&postgres->rival, ms, error);
}

static bool collect_of_postgres(void *state, Results *results, Error *error) {
    Postgres *postgres = state;
    return rival_collect(&postgres->rival, results, error);
}

const ContenderKind contender_postgres = {
    .name = "postgres",
    .family = "postgres",
    .english = "PostgreSQL, tables to a result table, a column a year",
    .chinese = "PostgreSQL，从数据表到结果表，每年一列",
    .prepare = prepare_wide,
    .round = round_of_postgres,
    .collect = collect_of_postgres,
    .finish = finish,
};

const ContenderKind contender_postgres_long = {
    .name = "postgres_long",
    .family = "postgres",
    .english = "PostgreSQL, tables to a result table, a row a year",
    .chinese = "PostgreSQL，从数据表到结果表，每年一行",
    .prepare = prepare_long,
    .round = round_of_postgres,
    .collect = collect_of_postgres,
    .finish = finish,
};
