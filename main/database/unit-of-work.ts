import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database as Connection, Statement } from 'better-sqlite3';
import type { EntityManager } from 'typeorm';
import { assert } from '../../shared/assert.ts';
import type { Failure } from '../../shared/result.ts';
import type { Logger } from '../ports/logger.ts';
import type { ChangeNotices } from './change-notices.ts';
import { nameDatabaseError } from './errors.ts';
import type { ReadDatabase, ReadStatement } from './read-database.ts';
import { cachedStatements } from './statements.ts';

const SLOW_WRITE_MS = 50;

/** An open transaction. Everything written through it is committed together, or not at all. */
export interface Transaction extends ReadDatabase {
  readonly manager: EntityManager;
  /** A prepared statement on the writer's own connection, for hot paths. */
  statement(sql: string): Statement<unknown[]>;
  /** Runs `work` so that it alone is undone when it throws or answers a failed `Result`. */
  savepoint<T>(work: () => Promise<T> | T): Promise<T>;
  /** Runs once the transaction is on disk; not at all when it is rolled back. */
  afterCommit(work: () => void): void;
}

/**
 * The one door for writes: callers queue, each gets its own `BEGIN IMMEDIATE`, and a failed `Result` or a throw undoes everything.
 * TypeORM shares one query runner per connection, so overlapping transactions would otherwise swallow each other's rows.
 */
export class UnitOfWork {
  readonly #connection: Connection;
  readonly #manager: EntityManager;
  readonly #logger: Logger;
  readonly #notices: ChangeNotices;
  readonly #statement: (sql: string) => Statement<unknown[]>;
  readonly #open = new AsyncLocalStorage<{ isOpen: boolean }>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(writer: { readonly connection: Connection; readonly manager: EntityManager }, notices: ChangeNotices, logger: Logger) {
    const { connection, manager } = writer;
    this.#connection = connection;
    this.#manager = manager;
    this.#notices = notices;
    this.#logger = logger;
    this.#statement = cachedStatements(connection);
  }

  /** Runs `work` in its own transaction. `name` is what the log says when it is slow. No network, file or timer inside. */
  write<T>(name: string, work: (tx: Transaction) => Promise<T> | T): Promise<T> {
    assert(this.#open.getStore()?.isOpen !== true, `a write does not open another one (${name})`);
    const turn = this.#queue.then(() => this.#run(name, work));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when every write queued so far has ended. */
  async idle(): Promise<void> {
    await this.#queue;
  }

  async #run<T>(name: string, work: (tx: Transaction) => Promise<T> | T): Promise<T> {
    const started = performance.now();
    const hooks: (() => void)[] = [];
    const state = { isOpen: true };
    try {
      this.#connection.exec('BEGIN IMMEDIATE');
      const value = await this.#open.run(state, async () => work(this.#transaction(hooks)));
      if (isFailure(value)) {
        this.#rollBack();
        return value;
      }
      this.#connection.exec('COMMIT');
      this.#open.exit(() => {
        for (const hook of hooks) hook();
        this.#notices.publish();
      });
      return value;
    } catch (error) {
      this.#rollBack();
      throw nameDatabaseError(error);
    } finally {
      state.isOpen = false;
      assert(!this.#connection.inTransaction, 'no transaction stays open behind a write');
      const durationMs = performance.now() - started;
      if (durationMs > SLOW_WRITE_MS) this.#logger.info({ write: name, durationMs: Math.trunc(durationMs) }, 'slow write');
    }
  }

  #rollBack(): void {
    if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
    this.#notices.discard();
  }

  #transaction(hooks: (() => void)[]): Transaction {
    const statement = this.#statement;
    return {
      manager: this.#manager,
      statement,
      select: <Row>(sql: string) => statement(sql) as unknown as ReadStatement<Row>,
      savepoint: (work) => this.#savepoint(work, hooks),
      afterCommit: (hook) => hooks.push(hook),
    };
  }

  async #savepoint<T>(work: () => Promise<T> | T, hooks: (() => void)[]): Promise<T> {
    const kept = hooks.length;
    const keptNotices = this.#notices.pendingCount;
    const undo = (): void => {
      hooks.length = kept;
      this.#notices.forgetAfter(keptNotices);
      this.#connection.exec('ROLLBACK TO "step"; RELEASE "step"');
    };
    this.#connection.exec('SAVEPOINT "step"');
    try {
      const value = await work();
      if (isFailure(value)) undo();
      else this.#connection.exec('RELEASE "step"');
      return value;
    } catch (error) {
      if (this.#connection.inTransaction) undo();
      throw error;
    }
  }
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'ok' in value && value.ok === false && 'error' in value;
}
