// Does the work in DuckDB: node duckdb.cjs MODE FOLDER THREADS
//
// MODE is memory, file_wide or file_long. Says "ready" once the tables are there, or "missing …"
// when DuckDB is not installed; then does what each line of input says and answers "done":
//   round    all of the work; of a file: from opening the database to committed results
//   collect  writes the results into FOLDER/duckdb_MODE_results as CSV files
'use strict'

const fs = require('fs')
const path = require('path')
const readline = require('readline')

const [mode, folder, threads] = process.argv.slice(2)

// The package lies where `./dev bench` put it: with the project this is run from.
function load () {
  const found = require.resolve('@duckdb/node-api', { paths: [process.cwd()] })
  return require(found)
}

function sql (name) {
  return fs.readFileSync(path.join(__dirname, name), 'utf8').replaceAll('$FOLDER', folder)
}

const inMemory = mode === 'memory'
const long = mode === 'file_long'
const file = inMemory ? ':memory:' : path.join(folder, `${mode}.duckdb`)

async function main () {
  let duckdb
  try {
    duckdb = load()
  } catch (error) {
    console.log('missing @duckdb/node-api (npm)')
    return
  }

  let kept // the database in memory lives on
  async function withDatabase (work) {
    if (kept) return work(kept.connection)
    const instance = await duckdb.DuckDBInstance.create(file, { threads })
    const connection = await instance.connect()
    await work(connection)
    if (inMemory) {
      kept = { instance, connection }
      return
    }
    connection.closeSync()
    instance.closeSync()
  }

  const prepared = sql('duckdb_tables.sql') + (long ? sql('duckdb_long.sql') : '')
  const work = (long ? sql('duckdb_pivot.sql') : '') + sql('duckdb.sql')
  const results = path.join(folder, `duckdb_${mode}_results`)
  const actions = {
    round: connection => connection.run(work),
    collect: connection => connection.run(`
      COPY (SELECT indicator, region, status, level, progress, forecast, forecast_final, volatility
            FROM figures) TO '${results}/figures.csv' (HEADER);
      COPY (SELECT region, score, rank FROM scores) TO '${results}/scores.csv' (HEADER);`)
  }

  await withDatabase(connection => connection.run(prepared))
  console.log('ready')
  for await (const line of readline.createInterface({ input: process.stdin })) {
    await withDatabase(actions[line])
    console.log('done')
  }
}

main().catch(error => {
  console.error(String(error.message).split('\n')[0])
  process.exit(1)
})
