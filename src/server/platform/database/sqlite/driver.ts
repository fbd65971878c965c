import {
  SelectQueryNode,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import { openToRead, openToWrite, type File } from './file.ts'
import { GroupCommit } from './groupCommit.ts'

/**
 * Kysely's driver over two connections of node:sqlite with one file. One writes: transactions run on it
 * one after the other, and a query outside of the running one waits for its end, so inside of a
 * transaction use its own handle only. The other one reads what is on disk, and waits for nobody.
 */
export class SqliteDriver implements Driver {
  readonly #path: string
  #files: Files | null = null

  constructor(path: string) {
    this.#path = path
  }

  init(): Promise<void> {
    const writer = openToWrite(this.#path)
    this.#files = { writer, reader: openToRead(this.#path), group: new GroupCommit(writer) }
    return Promise.resolve()
  }

  acquireConnection(): Promise<Connection> {
    if (this.#files === null) throw new Error('the database is not open')
    return Promise.resolve(new Connection(this.#files))
  }

  beginTransaction(connection: Connection): Promise<void> {
    return connection.begin()
  }

  commitTransaction(connection: Connection): Promise<void> {
    return connection.commit()
  }

  rollbackTransaction(connection: Connection): Promise<void> {
    connection.rollback()
    return Promise.resolve()
  }

  /** A transaction that has ended has let go of everything. */
  releaseConnection(): Promise<void> {
    return Promise.resolve()
  }

  async destroy(): Promise<void> {
    if (this.#files === null) return
    const { writer, reader, group } = this.#files
    await group.end()
    reader.close()
    // The last one to close puts everything into the file itself.
    writer.close()
  }
}

interface Files {
  readonly writer: File
  readonly reader: File
  readonly group: GroupCommit
}

/** What one query, or one transaction, has of them. */
class Connection implements DatabaseConnection {
  readonly #files: Files
  #isTransaction = false

  constructor(files: Files) {
    this.#files = files
  }

  async begin(): Promise<void> {
    await this.#files.group.begin()
    this.#isTransaction = true
  }

  commit(): Promise<void> {
    const done = this.#files.group.commit()
    this.#isTransaction = false
    return done
  }

  /** Nothing is left to be undone of what could not be written to disk. */
  rollback(): void {
    if (!this.#isTransaction) return
    this.#isTransaction = false
    this.#files.group.rollback()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { writer, reader } = this.#files
    if (this.#isTransaction) return writer.execute(query) as QueryResult<R>
    if (SelectQueryNode.is(query.query)) return reader.execute(query) as QueryResult<R>
    return this.#executeAlone(query)
  }

  async #executeAlone<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.begin()
    try {
      const result = this.#files.writer.execute(query)
      await this.commit()
      return result as QueryResult<R>
    } catch (error) {
      this.rollback()
      throw error
    }
  }

  streamQuery(): never {
    throw new Error('nothing is read as a stream')
  }
}
