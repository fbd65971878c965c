import {
  PostgresDialect,
  PostgresQueryCompiler,
  type DataTypeNode,
  type Dialect,
  type PostgresPool,
  type QueryCompiler,
} from 'kysely'

/**
 * Text is compared and ordered by its bytes, as SQLite does, whatever the language of the database:
 * ids are locked in that order, and terms are looked for between two others.
 */
class ByteOrderCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node)
    const isColumn = this.parentNode?.kind === 'ColumnDefinitionNode'
    if (isColumn && node.dataType === 'text') this.append(' collate "C"')
  }
}

class ByteOrderDialect extends PostgresDialect {
  override createQueryCompiler(): QueryCompiler {
    return new ByteOrderCompiler()
  }
}

/** Kysely's dialect over a pool of connections to PostgreSQL. */
export const createPostgresDialect = (pool: PostgresPool): Dialect => new ByteOrderDialect({ pool })
