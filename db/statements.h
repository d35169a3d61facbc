// Every statement the program runs, by id, in one table.
//
// The text keeps to what SQLite and PostgreSQL both understand: $1… for parameters, first used in
// the order of their numbers (SQLite counts by first use), ON CONFLICT … DO UPDATE … RETURNING,
// IS DISTINCT FROM, no clock, no collation, no generated keys. Where no common text exists a
// statement has one per dialect, side by side. Immutable data; any thread.
#pragma once

typedef enum StatementDialect { DIALECT_SQLITE, DIALECT_POSTGRES } StatementDialect;

typedef enum StatementId {
    // Schema: see migrate.c.
    STATEMENT_SCHEMA_EXISTS,   // → count of tables named schema_migration
    STATEMENT_READ_MIGRATIONS, // → version, hash
    STATEMENT_PUT_MIGRATION,   // version, name, hash, applied_at_us

    // The puts give one row when something was added or changed, else none.
    STATEMENT_COUNT_ON,      // counter's name; changes no row when there is no such counter
    STATEMENT_BEGIN_COUNTER, // counter's name; counts on when there is one by now
    STATEMENT_READ_COUNTER,  // counter's name → the last number given out
    STATEMENT_PUT_REGION,    // code, name, parent, level, number; a number once given stays
    STATEMENT_FIND_REGION,   // code → number
    STATEMENT_READ_PARENT,   // code → parent
    STATEMENT_READ_REGIONS,
    STATEMENT_PUT_UNIT, // region, id, title
    STATEMENT_READ_UNITS,
    STATEMENT_PUT_PLAN, // pack, id, title, baseline_year, first_year, last_year
    STATEMENT_READ_PLANS,

    STATEMENT_PUT_CHANGE,   // data_version, who, what, changed_at_us
    STATEMENT_READ_CHANGES, // data_version below the first → as put
    STATEMENT_READ_VERSION, // → greatest data_version or 0
    STATEMENT_FIND_SERIES,  // indicator, breakdown → number
    STATEMENT_PUT_SERIES,   // number, indicator, breakdown
    STATEMENT_READ_SERIES,
    STATEMENT_PUT_WARNING,
    STATEMENT_PUT_WARNING_EVENT,
    STATEMENT_READ_WARNINGS,
    STATEMENT_READ_WARNING_EVENTS,
    STATEMENT_PUT_ROUND,        // the columns of assessment_round in their order
    STATEMENT_PUT_ROUND_CHANGE, // the columns of assessment_round_change in their order
    STATEMENT_READ_ROUNDS,
    STATEMENT_READ_ROUND_CHANGES, // pack, round

    STATEMENT_COUNT_SERIES,        // → greatest number or 0
    STATEMENT_FIND_SOURCE,         // text → number
    STATEMENT_PUT_SOURCE,          // number, text
    STATEMENT_PUT_REGION_CHANGE,   // region's number, data_version
    STATEMENT_READ_CURRENT,        // region, series, year → revision and what may differ
    STATEMENT_PUT_OBSERVATION,     // region … note in the order of the table
    STATEMENT_PUT_NEW_OBSERVATION, // the same; does nothing when the revision is there
    // as_of, then the columns named → the columns of StoreObservation in its order.
    STATEMENT_CURRENT_OF_ALL,
    STATEMENT_CURRENT_OF_REGION,
    STATEMENT_CURRENT_OF_INDICATOR,
    STATEMENT_CURRENT_OF_BOTH, // region, indicator
    STATEMENT_HISTORY_OF_ALL,
    STATEMENT_HISTORY_OF_REGION,
    STATEMENT_HISTORY_OF_INDICATOR,
    STATEMENT_HISTORY_OF_BOTH, // region, indicator
    STATEMENT_FIGURES_SINCE,   // data version, first year, last year → region's code, indicator
    STATEMENT_HAS_SAMPLES,     // → a row when there ever was one
    // kind, last year, data version, region's code → region, indicator, how many of the kind hold
    STATEMENT_COUNT_OF_ALL, // without the code
    STATEMENT_COUNT_OF_REGION,

    STATEMENT_REVISIONS_OF_REGION, // region's number, as_of → series, year, value
    // as_of, greatest data version whose columns are wanted, then which regions → region's number,
    // its code, data version of its newest revision up to as_of or NULL, then of its columns: data
    // version, checksum, bytes.
    STATEMENT_COLUMNS_OF_PART,   // parts, part
    STATEMENT_COLUMNS_OF_REGION, // code
    STATEMENT_COLUMNS_OF_NUMBER, // region's number
    STATEMENT_LACKS_COLUMNS,     // → a row when there are revisions and no columns at all
    STATEMENT_PUT_COLUMNS,       // region's number, data_version, checksum, columns

    STATEMENT_PUT_BLOB,         // hash, kind, bytes
    STATEMENT_READ_BLOB,        // hash → bytes
    STATEMENT_PUT_PACK_VERSION, // pack … stored_at_us in the order of the table
    STATEMENT_READ_PACK_VERSIONS,
    STATEMENT_READ_ACTIVE_VERSIONS,
    STATEMENT_FIND_PACK_VERSION,   // pack, hash → hash
    STATEMENT_READ_ACTIVE,         // pack → id, hash, below, action of the newest activation
    STATEMENT_READ_ACTIVATION,     // pack, id → hash, below
    STATEMENT_PUT_ACTIVATION,      // pack, id, hash, below, action, who, at_us
    STATEMENT_READ_ACTIVATIONS,    // every pack's, in order of id
    STATEMENT_LAST_ACTIVATION,     // → id of the newest
    STATEMENT_ACTIVATED_SINCE,     // id → pack versions of newer ones
    STATEMENT_ACTIVATIONS_OF_PACK, // pack
    STATEMENT_SET_PACK_YEAR,       // pack, year or NULL
    STATEMENT_READ_PACK_YEAR,      // pack → year or NULL

    STATEMENT_PUT_RUN,      // id … result_hash in the order of the table
    STATEMENT_FIND_BASE,    // id, pack, pack_hash, std_hash, engine_version, round, year → id
    STATEMENT_READ_RUNS,    // id or 0, pack or NULL, year or 0, pack_hash or NULL, greatest count
    STATEMENT_PUT_RESULT,   // base, region's number, run, payload
    STATEMENT_READ_RESULTS, // run → region, payload
    STATEMENT_RESULT_OF_REGION, // run, region → region, payload

    STATEMENT_PUT_AUDIT,       // id … hash in the order of the table
    STATEMENT_LAST_AUDIT_HASH, // → hash of the newest row
    STATEMENT_AUDIT_HEAD,      // → id, hash of the newest row, the last number given out
    // least and greatest id, least and greatest at_us, who, beginning of the action, subject (NULL
    // for any), greatest number of rows → the table's columns
    STATEMENT_READ_AUDIT,
    STATEMENT_READ_AUDIT_BACKWARDS,
    // Rows that digests are made of, first and last number → see store_digests.c.
    STATEMENT_DIGEST_CHANGES,
    STATEMENT_DIGEST_OBSERVATIONS,
    STATEMENT_DIGEST_OBSERVATIONS_OF_REGION, // the numbers, then the region's
    STATEMENT_DIGEST_ACTIVATIONS,
    STATEMENT_DIGEST_RUNS,
    STATEMENT_COUNT_ALL,     // → how many regions, pack versions; greatest activation, run
    STATEMENT_LAST_RUN,      // → id of the newest or 0
    STATEMENT_LAST_REVISION, // → greatest data version of an observation or 0

    // What is read of accounts is that of the account $1, or of all for NULL.
    STATEMENT_PUT_ACCOUNT,       // name, title, created_at_us, created_by; nothing when it is there
    STATEMENT_SET_ACCOUNT_TITLE, // title, name → a row when it was another
    STATEMENT_SET_DISABLED,      // disabled_at_us, name → a row when it was otherwise
    STATEMENT_SET_MUST_CHANGE,   // must_change_password, name
    STATEMENT_SET_SIGN_IN,       // failures … logged_in_from in the order of the table, name
    STATEMENT_READ_ACCOUNTS,     // → the table's columns, password's changed_at_us
    STATEMENT_PUT_PASSWORD,      // account, number, hash, changed_at_us
    STATEMENT_SET_PASSWORD_HASH, // hash, account, number
    STATEMENT_FORGET_PASSWORDS,  // account, number: those up to it
    STATEMENT_READ_PASSWORDS,    // account → number, hash, the newest first
    STATEMENT_PUT_GRANT,         // account … granted_by in the order of the table
    STATEMENT_REMOVE_GRANT,      // account, role, region, unit → a row when it was there
    STATEMENT_READ_GRANTS,       //
    STATEMENT_PUT_SESSION,       // id … client in the order of the table
    STATEMENT_TOUCH_SESSION,     // seen_at_us, id
    STATEMENT_ROTATE_SESSION,  // token_hash … rotation, rotated_at_us, id; from a lower rotation
    STATEMENT_END_SESSION,     // account, id → a row when it was there
    STATEMENT_END_SESSIONS,    // account, id to keep or 0 → a row each
    STATEMENT_FORGET_SESSIONS, // began_at_us, seen_at_us: those before either; began after
    STATEMENT_READ_SESSIONS,   // → by account, then id
    STATEMENT_PUT_TOKEN,       // id … expires_at_us in the order of the table
    STATEMENT_TOUCH_TOKEN,     // used_at_us, id
    STATEMENT_REVOKE_TOKEN,    // revoked_at_us, revoked_by, account, id → a row when it was not
    STATEMENT_READ_TOKENS,     // → by account, then id

    STATEMENT_CHECK_INTEGRITY, // → "ok", or what is wrong first

    STATEMENT_COUNT,
} StatementId;

const char *statement_text(StatementId id, StatementDialect dialect);
