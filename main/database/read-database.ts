import type { EntityManager } from 'typeorm';

/** A prepared statement that returns rows. */
export interface ReadStatement<Row> {
  all(...values: readonly unknown[]): Row[];
  get(...values: readonly unknown[]): Row | undefined;
  iterate(...values: readonly unknown[]): IterableIterator<Row>;
}

/** What can be asked of a database; a read path can do no more. */
export type ReadEntities = Pick<
  EntityManager,
  'find' | 'findBy' | 'findOne' | 'findOneBy' | 'findAndCount' | 'count' | 'countBy' | 'exists' | 'existsBy' | 'createQueryBuilder'
>;

/** Either the read-only connection, or an open transaction asked for a decision to write. */
export interface ReadDatabase {
  readonly manager: ReadEntities;
  /** A prepared statement, made once per connection and text. */
  select<Row>(sql: string): ReadStatement<Row>;
}
