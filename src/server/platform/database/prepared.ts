import type { Compilable, CompiledQuery } from 'kysely'
import type { Database } from './database.ts'

/** What a database takes, by names. */
type Values<V> = { readonly [Name in keyof V]: string | number | null }

/** Stands in a statement where a value comes each time it is run. */
class Placeholder {
  readonly row: number
  readonly name: string

  constructor(row: number, name: string) {
    this.row = row
    this.name = name
  }
}

/** Each value by its name, as if it were there. */
const placeholders = <V extends Values<V>>(row: number): V =>
  new Proxy({} as V, { get: (_, name) => new Placeholder(row, String(name)) })

/** Statements for more rows than this are built each time: there would be no end of them. */
const KEPT_ROWS = 8

/** The statements that are kept for a database, by the number of their rows. */
type Kept<Row> = Map<number, CompiledQuery<Row>>

/**
 * A statement that is built once for a database and then only run: to build it takes several times as
 * long. Where it takes lists, it is built for each length of them.
 * @param build takes each value where it belongs, and looks at none
 */
export function preparedRows<V extends Values<V>, Row>(
  build: (db: Database, rows: readonly V[]) => Compilable<Row>,
): (db: Database, rows: readonly V[]) => Promise<Row[]> {
  const byAdapter = new WeakMap<object, Kept<Row>>()

  function keptFor(db: Database): Kept<Row> {
    // A transaction has the one of its database.
    const { adapter } = db.getExecutor()
    const kept = byAdapter.get(adapter) ?? new Map<number, CompiledQuery<Row>>()
    byAdapter.set(adapter, kept)
    return kept
  }

  function queryFor(db: Database, count: number): CompiledQuery<Row> {
    const kept = keptFor(db)
    const known = kept.get(count)
    if (known !== undefined) return known
    const rows = Array.from({ length: count }, (_, at) => placeholders<V>(at))
    const query = build(db, rows).compile()
    if (count <= KEPT_ROWS) kept.set(count, query)
    return query
  }

  return async (db, rows) => {
    const query = queryFor(db, rows.length)
    const parameters = query.parameters.map((one) =>
      one instanceof Placeholder ? rows[one.row]?.[one.name as keyof V] : one,
    )
    return (await db.executeQuery<Row>({ ...query, parameters })).rows
  }
}

/** `preparedRows` with the values of one. */
export function prepared<V extends Values<V>, Row>(
  build: (db: Database, values: V) => Compilable<Row>,
): (db: Database, values: V) => Promise<Row[]> {
  const run = preparedRows<V, Row>((db, [values = placeholders<V>(0)]) => build(db, values))
  return (db, values) => run(db, [values])
}
