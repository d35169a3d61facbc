// The table of statements: see statements.h.
#include "db/statements.h"

typedef struct StatementText {
    const char *common;            // NULL where the dialects differ
    const char *sqlite, *postgres; // then
} StatementText;

// CROSS JOIN is what it says in PostgreSQL; in SQLite it also keeps the tables in this order, so
// that rows come out of the primary key already sorted.
#define OBSERVATIONS                                                                               \
    "SELECT r.code, s.indicator, s.breakdown, o.year, o.value, o.value_text, o.kind, t.text, "     \
    "o.note, o.revision, o.data_version, c.changed_at_us, c.who "                                  \
    "FROM region r CROSS JOIN series s CROSS JOIN observation o CROSS JOIN data_change c "         \
    "LEFT JOIN source t ON t.number = o.source "                                                   \
    "WHERE o.region = r.number AND o.series = s.number AND c.data_version = o.data_version "       \
    "AND o.data_version <= $1 "
// Revisions have no gaps and their data versions never fall, so the next one decides.
#define WITHOUT_SUCCESSOR                                                                          \
    "AND NOT EXISTS (SELECT 1 FROM observation n WHERE n.region = o.region "                       \
    "AND n.series = o.series AND n.year = o.year "                                                 \
    "AND n.revision = o.revision + 1 AND n.data_version <= $1) "
#define OF_REGION "AND r.code = $2 "
#define OF_INDICATOR "AND s.indicator = $2 "
#define OF_BOTH "AND r.code = $2 AND s.indicator = $3 "
#define IN_ORDER "ORDER BY r.code, s.indicator, s.breakdown, o.year, o.revision"

// Read once in the order of the primary key: each figure of the kind counts 1, and 1 is taken off
// where it was followed by another revision, which only revisions after the first have to look for.
#define COUNT_FROM                                                                                 \
    "SELECT r.code, s.indicator, s.breakdown, c.held, c.latest FROM ("                             \
    "SELECT x.region, x.series, SUM(x.step) AS held, "                                             \
    "SUM(CASE WHEN x.is_latest = 1 THEN x.step ELSE 0 END) AS latest FROM ("                       \
    "SELECT o.region, o.series, "                                                                  \
    "CASE WHEN o.kind = $1 AND o.value IS NOT NULL THEN 1 ELSE 0 END - "                           \
    "CASE WHEN o.revision > 1 AND EXISTS (SELECT 1 FROM observation p "                            \
    "WHERE p.region = o.region AND p.series = o.series AND p.year = o.year "                       \
    "AND p.revision = o.revision - 1 AND p.kind = $1 AND p.value IS NOT NULL) "                    \
    "THEN 1 ELSE 0 END AS step, CASE WHEN o.year = $2 THEN 1 ELSE 0 END AS is_latest "             \
    "FROM observation o WHERE (o.kind = $1 OR o.revision > 1) "                                    \
    "AND o.year <= $2 AND o.data_version <= $3 "
#define COUNT_BY                                                                                   \
    ") x GROUP BY x.region, x.series) c JOIN region r ON r.number = c.region "                     \
    "JOIN series s ON s.number = c.series WHERE c.held > 0"

#define COLUMNS                                                                                    \
    "SELECT r.number, r.code, "                                                                    \
    "(SELECT MAX(v.data_version) FROM region_change v WHERE v.data_version <= $1 "                 \
    "AND v.region = r.number), "                                                                   \
    "c.data_version, c.checksum, CASE WHEN c.data_version <= $2 THEN c.columns END "               \
    "FROM region r LEFT JOIN observation_columns c ON c.region = r.number "
#define PUT_OBSERVATION                                                                            \
    "INSERT INTO observation (region, series, year, revision, data_version, value, value_text, "   \
    "kind, source, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"

#define RESULTS                                                                                    \
    "SELECT r.code, x.payload FROM run w CROSS JOIN region r CROSS JOIN result x "                 \
    "WHERE w.id = $1 AND x.base = w.base AND x.region = r.number "                                 \
    "AND x.run = (SELECT MAX(n.run) FROM result n WHERE n.base = w.base "                          \
    "AND n.region = r.number AND n.run <= w.id) "

#define PACK_VERSIONS                                                                              \
    "SELECT v.pack, v.version, v.hash, v.std_hash, v.title, v.region, v.description, "             \
    "v.stored_at_us, (SELECT CASE WHEN a.hash = v.hash THEN a.action END FROM activation a "       \
    "WHERE a.pack = v.pack ORDER BY a.id DESC LIMIT 1) AS made_so FROM pack_version v "
#define ACTIVATIONS                                                                                \
    "SELECT a.pack, a.hash, v.version, a.who, a.action, a.at_us, a.id FROM activation a "          \
    "JOIN pack_version v ON v.pack = a.pack AND v.hash = a.hash "

#define AUDIT                                                                                      \
    "SELECT id, at_us, who, means, address, action, subject, detail, previous_hash, hash "         \
    "FROM audit_log WHERE id >= $1 AND id <= $2 AND at_us >= $3 AND at_us <= $4 "                  \
    "AND (who = $5 OR $5 IS NULL) "                                                                \
    "AND (action = $6 OR $6 IS NULL OR substr(action, 1, length($6)) = $6) "                       \
    "AND (subject = $7 OR $7 IS NULL) "
// The regions outside, so that rows come in the order of the primary key and a region's code is
// looked up once.
#define DIGEST_OBSERVATIONS                                                                             \
    "SELECT r.number, r.code, o.data_version, o.series, s.indicator, s.breakdown, o.year, o.revision, " \
    "o.value, o.value_text, o.kind, t.text, o.note "                                                    \
    "FROM region r CROSS JOIN observation o CROSS JOIN series s "                                       \
    "LEFT JOIN source t ON t.number = o.source "                                                        \
    "WHERE o.region = r.number AND s.number = o.series "                                                \
    "AND o.data_version >= $1 AND o.data_version <= $2 "
#define DIGEST_ORDER "ORDER BY r.number, o.series, o.year, o.revision"

static const StatementText texts[STATEMENT_COUNT] = {
    [STATEMENT_SCHEMA_EXISTS] = {.sqlite = "SELECT COUNT(*) FROM sqlite_master "
                                           "WHERE type = 'table' AND name = 'schema_migration'",
                                 .postgres = "SELECT COUNT(*) FROM pg_tables "
                                             "WHERE schemaname = current_schema() "
                                             "AND tablename = 'schema_migration'"},
    [STATEMENT_READ_MIGRATIONS] = {"SELECT version, hash FROM schema_migration ORDER BY version"},
    [STATEMENT_PUT_MIGRATION] =
        {"INSERT INTO schema_migration (version, name, hash, applied_at_us) "
         "VALUES ($1, $2, $3, $4)"},

    [STATEMENT_COUNT_ON] = {"UPDATE counter SET value = value + 1 WHERE name = $1"},
    [STATEMENT_BEGIN_COUNTER] = {"INSERT INTO counter (name, value) VALUES ($1, 1) "
                                 "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1"},
    [STATEMENT_READ_COUNTER] = {"SELECT value FROM counter WHERE name = $1"},
    [STATEMENT_PUT_REGION] =
        {"INSERT INTO region (code, name, parent, level, number) VALUES ($1, $2, $3, $4, $5) "
         "ON CONFLICT (code) DO UPDATE SET name = excluded.name, parent = excluded.parent, "
         "level = excluded.level "
         "WHERE region.name <> excluded.name OR region.level <> excluded.level "
         "OR region.parent IS DISTINCT FROM excluded.parent RETURNING code"},
    [STATEMENT_FIND_REGION] = {"SELECT number FROM region WHERE code = $1"},
    [STATEMENT_READ_PARENT] = {"SELECT parent FROM region WHERE code = $1"},
    [STATEMENT_READ_REGIONS] = {"SELECT code, name, parent, level FROM region ORDER BY code"},
    [STATEMENT_PUT_UNIT] = {"INSERT INTO unit (region, id, title) VALUES ($1, $2, $3) "
                            "ON CONFLICT (region, id) DO UPDATE SET title = excluded.title "
                            "WHERE unit.title <> excluded.title RETURNING id"},
    [STATEMENT_READ_UNITS] = {"SELECT region, id, title FROM unit ORDER BY region, id"},
    [STATEMENT_PUT_PLAN] =
        {"INSERT INTO plan (pack, id, title, baseline_year, first_year, last_year) "
         "VALUES ($1, $2, $3, $4, $5, $6) "
         "ON CONFLICT (pack, id) DO UPDATE SET title = excluded.title, "
         "baseline_year = excluded.baseline_year, first_year = excluded.first_year, "
         "last_year = excluded.last_year "
         "WHERE plan.title <> excluded.title OR plan.baseline_year <> excluded.baseline_year "
         "OR plan.first_year <> excluded.first_year OR plan.last_year <> excluded.last_year "
         "RETURNING id"},
    [STATEMENT_READ_PLANS] =
        {"SELECT pack, id, title, baseline_year, first_year, last_year FROM plan "
         "ORDER BY pack, id"},

    [STATEMENT_PUT_CHANGE] = {"INSERT INTO data_change (data_version, who, what, changed_at_us) "
                              "VALUES ($1, $2, $3, $4)"},
    [STATEMENT_READ_CHANGES] = {"SELECT data_version, who, what, changed_at_us FROM data_change "
                                "WHERE data_version > $1 ORDER BY data_version"},
    [STATEMENT_READ_VERSION] = {"SELECT COALESCE(MAX(data_version), 0) FROM data_change"},
    [STATEMENT_FIND_SERIES] = {"SELECT number FROM series WHERE indicator = $1 AND breakdown = $2"},
    [STATEMENT_PUT_SERIES] = {"INSERT INTO series (number, indicator, breakdown) "
                              "VALUES ($1, $2, $3)"},
    [STATEMENT_READ_SERIES] = {"SELECT number, indicator, breakdown FROM series ORDER BY number"},
    [STATEMENT_COUNT_SERIES] = {"SELECT COALESCE(MAX(number), 0) FROM series"},
    [STATEMENT_FIND_SOURCE] = {"SELECT number FROM source WHERE text = $1"},
    [STATEMENT_PUT_SOURCE] = {"INSERT INTO source (number, text) VALUES ($1, $2)"},
    [STATEMENT_PUT_REGION_CHANGE] =
        {"INSERT INTO region_change (region, data_version) VALUES ($1, $2)"},
    [STATEMENT_READ_CURRENT] =
        {"SELECT o.revision, o.value_text, o.kind, t.text, o.note FROM observation o "
         "LEFT JOIN source t ON t.number = o.source "
         "WHERE o.region = $1 AND o.series = $2 AND o.year = $3 "
         "ORDER BY o.revision DESC LIMIT 1"},
    [STATEMENT_PUT_OBSERVATION] = {PUT_OBSERVATION},
    [STATEMENT_PUT_NEW_OBSERVATION] = {PUT_OBSERVATION
                                       " ON CONFLICT (region, series, year, revision) DO NOTHING"},
    [STATEMENT_CURRENT_OF_ALL] = {OBSERVATIONS WITHOUT_SUCCESSOR IN_ORDER},
    [STATEMENT_CURRENT_OF_REGION] = {OBSERVATIONS WITHOUT_SUCCESSOR OF_REGION IN_ORDER},
    [STATEMENT_CURRENT_OF_INDICATOR] = {OBSERVATIONS WITHOUT_SUCCESSOR OF_INDICATOR IN_ORDER},
    [STATEMENT_CURRENT_OF_BOTH] = {OBSERVATIONS WITHOUT_SUCCESSOR OF_BOTH IN_ORDER},
    [STATEMENT_HISTORY_OF_ALL] = {OBSERVATIONS IN_ORDER},
    [STATEMENT_HISTORY_OF_REGION] = {OBSERVATIONS OF_REGION IN_ORDER},
    [STATEMENT_HISTORY_OF_INDICATOR] = {OBSERVATIONS OF_INDICATOR IN_ORDER},
    [STATEMENT_HISTORY_OF_BOTH] = {OBSERVATIONS OF_BOTH IN_ORDER},

    [STATEMENT_FIGURES_SINCE] =
        {"SELECT DISTINCT r.code, s.indicator FROM observation o "
         "JOIN region r ON r.number = o.region JOIN series s ON s.number = o.series "
         "WHERE o.data_version > $1 AND o.year BETWEEN $2 AND $3"},
    [STATEMENT_HAS_SAMPLES] = {"SELECT 1 WHERE EXISTS (SELECT 1 FROM observation WHERE kind = 4)"},
    [STATEMENT_COUNT_OF_ALL] = {COUNT_FROM COUNT_BY},
    [STATEMENT_COUNT_OF_REGION] =
        {COUNT_FROM "AND o.region = (SELECT number FROM region WHERE code = $4) " COUNT_BY},

    [STATEMENT_REVISIONS_OF_REGION] =
        {"SELECT series, year, value FROM observation WHERE region = $1 AND data_version <= $2 "
         "ORDER BY series, year, revision"},
    [STATEMENT_COLUMNS_OF_PART] = {COLUMNS "WHERE r.number % $3 = $4 ORDER BY r.number"},
    [STATEMENT_COLUMNS_OF_REGION] = {COLUMNS "WHERE r.code = $3"},
    [STATEMENT_COLUMNS_OF_NUMBER] = {COLUMNS "WHERE r.number = $3"},
    [STATEMENT_LACKS_COLUMNS] = {"SELECT 1 WHERE EXISTS (SELECT 1 FROM region_change) "
                                 "AND NOT EXISTS (SELECT 1 FROM observation_columns)"},
    [STATEMENT_PUT_COLUMNS] =
        {"INSERT INTO observation_columns (region, data_version, checksum, columns) "
         "VALUES ($1, $2, $3, $4) "
         "ON CONFLICT (region) DO UPDATE SET data_version = excluded.data_version, "
         "checksum = excluded.checksum, columns = excluded.columns"},

    [STATEMENT_PUT_BLOB] =
        {"INSERT INTO blob (hash, kind, bytes) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING"},
    [STATEMENT_READ_BLOB] = {"SELECT bytes FROM blob WHERE hash = $1"},
    [STATEMENT_PUT_PACK_VERSION] =
        {"INSERT INTO pack_version (pack, hash, version, std_hash, title, region, description, "
         "stored_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
         "ON CONFLICT (pack, hash) DO UPDATE SET std_hash = excluded.std_hash, "
         "description = excluded.description "
         "WHERE pack_version.std_hash <> excluded.std_hash "
         "OR pack_version.description <> excluded.description RETURNING hash"},
    [STATEMENT_READ_PACK_VERSIONS] = {PACK_VERSIONS "ORDER BY v.pack, v.stored_at_us, v.hash"},
    [STATEMENT_READ_ACTIVE_VERSIONS] =
        {PACK_VERSIONS
         "WHERE v.hash = (SELECT CASE WHEN a.action <> 'retire' THEN a.hash END "
         "FROM activation a WHERE a.pack = v.pack ORDER BY a.id DESC LIMIT 1) ORDER BY v.pack"},
    [STATEMENT_FIND_PACK_VERSION] = {"SELECT hash FROM pack_version WHERE pack = $1 AND hash = $2"},
    [STATEMENT_READ_ACTIVE] = {"SELECT id, hash, below, action FROM activation WHERE pack = $1 "
                               "ORDER BY id DESC LIMIT 1"},
    [STATEMENT_READ_ACTIVATION] =
        {"SELECT hash, below FROM activation WHERE pack = $1 AND id = $2"},
    [STATEMENT_PUT_ACTIVATION] =
        {"INSERT INTO activation (pack, id, hash, below, action, who, at_us) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [STATEMENT_READ_ACTIVATIONS] = {ACTIVATIONS "ORDER BY a.id"},
    [STATEMENT_LAST_ACTIVATION] = {"SELECT COALESCE(MAX(id), 0) FROM activation"},
    [STATEMENT_ACTIVATED_SINCE] = {PACK_VERSIONS
                                   "JOIN activation s ON s.pack = v.pack AND s.hash = v.hash "
                                   "WHERE s.id > $1 ORDER BY s.id"},
    [STATEMENT_ACTIVATIONS_OF_PACK] = {ACTIVATIONS "WHERE a.pack = $1 ORDER BY a.id"},
    [STATEMENT_SET_PACK_YEAR] = {"INSERT INTO pack_year (pack, year) VALUES ($1, $2) "
                                 "ON CONFLICT (pack) DO UPDATE SET year = EXCLUDED.year"},
    [STATEMENT_READ_PACK_YEAR] = {"SELECT year FROM pack_year WHERE pack = $1"},

    [STATEMENT_PUT_RUN] =
        {"INSERT INTO run (id, base, pack, pack_hash, std_hash, engine_version, conventions, "
         "data_version, round, year, who, started_at_us, finished_at_us, region_count, "
         "result_hash) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"},
    [STATEMENT_FIND_BASE] =
        {"SELECT id FROM run WHERE id = $1 AND base = id AND pack = $2 AND pack_hash = $3 "
         "AND std_hash = $4 AND engine_version = $5 AND round = $6 AND year = $7"},
    [STATEMENT_READ_RUNS] =
        {"SELECT w.id, w.base, w.pack, w.pack_hash, w.std_hash, w.engine_version, b.conventions, "
         "w.data_version, w.round, w.year, w.who, w.started_at_us, w.finished_at_us, "
         "w.region_count, w.result_hash FROM run w JOIN run b ON b.id = w.base "
         "WHERE (w.id = $1 OR $1 = 0) AND (w.pack = $2 OR $2 IS NULL) "
         "AND (w.year = $3 OR $3 = 0) AND (w.pack_hash = $4 OR $4 IS NULL) "
         "AND w.id < $5 ORDER BY w.id DESC LIMIT $6"},
    [STATEMENT_PUT_RESULT] =
        {"INSERT INTO result (base, region, run, payload) VALUES ($1, $2, $3, $4)"},
    [STATEMENT_READ_RESULTS] = {RESULTS "ORDER BY r.code"},
    [STATEMENT_RESULT_OF_REGION] = {RESULTS "AND r.code = $2"},

    [STATEMENT_PUT_AUDIT] =
        {"INSERT INTO audit_log (id, at_us, who, means, address, action, subject, detail, "
         "previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"},
    [STATEMENT_LAST_AUDIT_HASH] = {"SELECT hash FROM audit_log ORDER BY id DESC LIMIT 1"},
    [STATEMENT_AUDIT_HEAD] = {"SELECT a.id, a.hash, c.value FROM (SELECT 'audit' AS name) n "
                              "LEFT JOIN counter c ON c.name = n.name "
                              "LEFT JOIN audit_log a ON a.id = (SELECT MAX(id) FROM audit_log)"},
    [STATEMENT_READ_AUDIT] = {AUDIT "ORDER BY id LIMIT $8"},
    [STATEMENT_READ_AUDIT_BACKWARDS] = {AUDIT "ORDER BY id DESC LIMIT $8"},
    [STATEMENT_DIGEST_CHANGES] = {"SELECT data_version, who, what, changed_at_us FROM data_change "
                                  "WHERE data_version >= $1 AND data_version <= $2 "
                                  "ORDER BY data_version"},
    [STATEMENT_DIGEST_OBSERVATIONS] = {DIGEST_OBSERVATIONS DIGEST_ORDER},
    [STATEMENT_DIGEST_OBSERVATIONS_OF_REGION] = {DIGEST_OBSERVATIONS
                                                 "AND r.number = $3 " DIGEST_ORDER},
    [STATEMENT_DIGEST_ACTIVATIONS] =
        {"SELECT id, pack, hash, below, action, who, at_us FROM activation "
         "WHERE id >= $1 AND id <= $2 ORDER BY id"},
    [STATEMENT_DIGEST_RUNS] =
        {"SELECT id, base, pack, pack_hash, std_hash, engine_version, conventions, data_version, "
         "round, year, who, started_at_us, finished_at_us, region_count, result_hash FROM run "
         "WHERE id >= $1 AND id <= $2 ORDER BY id"},
    [STATEMENT_COUNT_ALL] = {"SELECT (SELECT COUNT(*) FROM region), "
                             "(SELECT COUNT(*) FROM pack_version), "
                             "(SELECT COALESCE(MAX(id), 0) FROM activation), "
                             "(SELECT COALESCE(MAX(id), 0) FROM run)"},
    [STATEMENT_LAST_RUN] = {"SELECT COALESCE(MAX(id), 0) FROM run"},
    [STATEMENT_LAST_REVISION] = {"SELECT COALESCE(MAX(data_version), 0) FROM observation"},

    [STATEMENT_PUT_WARNING] =
        {"INSERT INTO warning (region, id, pack, warning, subject, state, level, year, message, "
         "events, raised_at_us, acknowledged_at_us, acknowledged_by, cleared_at_us) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
         "ON CONFLICT (region, id) DO UPDATE SET state = EXCLUDED.state, level = EXCLUDED.level, "
         "year = EXCLUDED.year, message = EXCLUDED.message, events = EXCLUDED.events, "
         "raised_at_us = EXCLUDED.raised_at_us, "
         "acknowledged_at_us = EXCLUDED.acknowledged_at_us, "
         "acknowledged_by = EXCLUDED.acknowledged_by, cleared_at_us = EXCLUDED.cleared_at_us"},
    [STATEMENT_PUT_WARNING_EVENT] =
        {"INSERT INTO warning_event (region, id, number, at_us, event, level, who, run, note) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [STATEMENT_READ_WARNINGS] =
        {"SELECT w.id, w.pack, r.code, w.warning, w.subject, w.state, w.level, w.year, w.message, "
         "w.events, w.raised_at_us, w.acknowledged_at_us, w.acknowledged_by, w.cleared_at_us "
         "FROM warning w JOIN region r ON r.number = w.region "
         "WHERE (w.pack = $1 OR $1 IS NULL) AND (r.code = $2 OR $2 IS NULL) "
         "AND (w.id = $3 OR $3 = 0) AND (w.state <> 'cleared' OR $4 = 0) "
         "AND (w.year = $5 OR $5 = 0) "
         "AND (r.code > $6 OR (r.code = $6 AND w.id > $7) OR $6 IS NULL) "
         "ORDER BY r.code, w.id LIMIT $8"},
    [STATEMENT_READ_WARNING_EVENTS] =
        {"SELECT e.number, e.at_us, e.event, e.level, e.who, e.run, e.note "
         "FROM warning_event e JOIN region r ON r.number = e.region "
         "WHERE r.code = $1 AND e.id = $2 ORDER BY e.number"},
    [STATEMENT_PUT_ROUND] =
        {"INSERT INTO assessment_round (pack, id, assessment, year, kind, state, changes, "
         "opened_at_us, opened_by, closed_at_us, run) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
         "ON CONFLICT (pack, id) DO UPDATE SET state = EXCLUDED.state, "
         "changes = EXCLUDED.changes, closed_at_us = EXCLUDED.closed_at_us, run = EXCLUDED.run"},
    [STATEMENT_PUT_ROUND_CHANGE] =
        {"INSERT INTO assessment_round_change (pack, round, number, at_us, state, who, reason, "
         "run) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [STATEMENT_READ_ROUNDS] =
        {"SELECT pack, id, assessment, year, kind, state, changes, opened_at_us, opened_by, "
         "closed_at_us, run FROM assessment_round "
         "WHERE (pack = $1 OR $1 IS NULL) AND (id = $2 OR $2 = 0) "
         "AND (closed_at_us IS NULL OR $3 = 0) ORDER BY pack, id DESC"},
    [STATEMENT_READ_ROUND_CHANGES] =
        {"SELECT number, at_us, state, who, reason, run FROM assessment_round_change "
         "WHERE pack = $1 AND round = $2 ORDER BY number"},

    [STATEMENT_PUT_ACCOUNT] =
        {"INSERT INTO account (name, title, created_at_us, created_by, must_change_password, "
         "failures, lockouts) VALUES ($1, $2, $3, $4, 0, 0, 0) ON CONFLICT (name) DO NOTHING"},
    [STATEMENT_SET_ACCOUNT_TITLE] = {"UPDATE account SET title = $1 WHERE name = $2 "
                                     "AND title IS DISTINCT FROM $1 RETURNING name"},
    [STATEMENT_SET_DISABLED] =
        {"UPDATE account SET disabled_at_us = $1 WHERE name = $2 "
         "AND (disabled_at_us IS NULL) <> (CAST($1 AS BIGINT) IS NULL) RETURNING name"},
    [STATEMENT_SET_MUST_CHANGE] = {"UPDATE account SET must_change_password = $1 WHERE name = $2"},
    [STATEMENT_SET_SIGN_IN] =
        {"UPDATE account SET failures = $1, lockouts = $2, locked_until_us = $3, "
         "logged_in_at_us = $4, logged_in_from = $5 WHERE name = $6"},
    [STATEMENT_READ_ACCOUNTS] =
        {"SELECT a.name, a.title, a.created_at_us, a.created_by, a.disabled_at_us, "
         "a.must_change_password, a.failures, a.lockouts, a.locked_until_us, a.logged_in_at_us, "
         "a.logged_in_from, (SELECT MAX(p.changed_at_us) FROM account_password p "
         "WHERE p.account = a.name) FROM account a WHERE (a.name = $1 OR $1 IS NULL) "
         "ORDER BY a.name"},
    [STATEMENT_PUT_PASSWORD] = {"INSERT INTO account_password (account, number, hash, "
                                "changed_at_us) VALUES ($1, $2, $3, $4)"},
    [STATEMENT_SET_PASSWORD_HASH] =
        {"UPDATE account_password SET hash = $1 WHERE account = $2 AND number = $3"},
    [STATEMENT_FORGET_PASSWORDS] =
        {"DELETE FROM account_password WHERE account = $1 AND number <= $2"},
    [STATEMENT_READ_PASSWORDS] = {"SELECT number, hash FROM account_password WHERE account = $1 "
                                  "ORDER BY number DESC"},
    [STATEMENT_PUT_GRANT] =
        {"INSERT INTO account_grant (account, role, region, unit, granted_at_us, granted_by) "
         "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, role, region, unit) DO NOTHING"},
    [STATEMENT_REMOVE_GRANT] = {"DELETE FROM account_grant WHERE account = $1 AND role = $2 "
                                "AND region = $3 AND unit = $4 RETURNING role"},
    [STATEMENT_READ_GRANTS] =
        {"SELECT account, role, region, unit, granted_at_us, granted_by FROM account_grant "
         "WHERE (account = $1 OR $1 IS NULL) ORDER BY account, role, region, unit"},
    [STATEMENT_PUT_SESSION] =
        {"INSERT INTO account_session (id, account, token_hash, previous_hash, previous_until_us, "
         "rotation, csrf_seed, began_at_us, rotated_at_us, seen_at_us, address, client) "
         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"},
    [STATEMENT_TOUCH_SESSION] =
        {"UPDATE account_session SET seen_at_us = $1 WHERE id = $2 AND seen_at_us < $1"},
    [STATEMENT_ROTATE_SESSION] =
        {"UPDATE account_session SET token_hash = $1, previous_hash = $2, previous_until_us = $3, "
         "rotation = $4, rotated_at_us = $5 WHERE id = $6 AND rotation < $4"},
    [STATEMENT_END_SESSION] =
        {"DELETE FROM account_session WHERE account = $1 AND id = $2 RETURNING id"},
    [STATEMENT_END_SESSIONS] =
        {"DELETE FROM account_session WHERE account = $1 AND id <> $2 RETURNING id"},
    [STATEMENT_FORGET_SESSIONS] =
        {"DELETE FROM account_session WHERE began_at_us < $1 OR seen_at_us < $2 "
         "OR began_at_us > $3"},
    [STATEMENT_READ_SESSIONS] =
        {"SELECT id, account, token_hash, previous_hash, previous_until_us, rotation, csrf_seed, "
         "began_at_us, rotated_at_us, seen_at_us, address, client FROM account_session "
         "WHERE (account = $1 OR $1 IS NULL) ORDER BY account, id"},
    [STATEMENT_PUT_TOKEN] =
        {"INSERT INTO account_token (id, account, name, secret_hash, scopes, region, "
         "created_at_us, created_by, expires_at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [STATEMENT_TOUCH_TOKEN] = {"UPDATE account_token SET used_at_us = $1 WHERE id = $2"},
    [STATEMENT_REVOKE_TOKEN] =
        {"UPDATE account_token SET revoked_at_us = $1, revoked_by = $2 WHERE account = $3 "
         "AND id = $4 AND revoked_at_us IS NULL RETURNING id"},
    [STATEMENT_READ_TOKENS] =
        {"SELECT id, account, name, secret_hash, scopes, region, created_at_us, created_by, "
         "expires_at_us, used_at_us, revoked_at_us, revoked_by FROM account_token "
         "WHERE (account = $1 OR $1 IS NULL) ORDER BY account, id"},
    // PostgreSQL checks what it reads (data checksums), and has no question for it.
    [STATEMENT_CHECK_INTEGRITY] = {.sqlite = "PRAGMA integrity_check(1)",
                                   .postgres = "SELECT 'ok'"},
};

const char *statement_text(StatementId id, StatementDialect dialect) {
    if (texts[id].common) return texts[id].common;
    return dialect == DIALECT_SQLITE ? texts[id].sqlite : texts[id].postgres;
}
