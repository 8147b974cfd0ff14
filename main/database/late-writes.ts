import type { Logger } from '../ports/logger.ts';
import type { Transaction, UnitOfWork } from './unit-of-work.ts';

export interface LateWritesParts<Row> {
  /** What the log says when a write is slow or fails. */
  readonly name: string;
  readonly unitOfWork: Pick<UnitOfWork, 'write'>;
  readonly logger: Logger;
  /** Says when to write what has gathered, once for each batch. */
  readonly later: (work: () => void) => void;
  readonly write: (tx: Transaction, rows: readonly Row[]) => Promise<void> | void;
}

/** A log that cannot be written must not eat the memory: what is beyond this is lost. */
const MAX_WAITING = 5_000;

/** Rows that nobody waits for: they gather beside the work that they are about, and many are written in one transaction. */
export class LateWrites<Row> {
  readonly #parts: LateWritesParts<Row>;
  #waiting: Row[] = [];
  #isPlanned = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: LateWritesParts<Row>) {
    this.#parts = parts;
  }

  add(row: Row): void {
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(row);
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#parts.later(() => void this.flush());
  }

  /** Resolves when everything added so far is written. Never rejects: a log that cannot be kept stops nothing else. */
  flush(): Promise<void> {
    this.#isPlanned = false;
    this.#writing = this.#writing.then(() => this.#writeWaiting());
    return this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    const { name, unitOfWork, logger, write } = this.#parts;
    try {
      await unitOfWork.write(name, (tx) => write(tx, rows));
    } catch (error) {
      logger.warn({ write: name, rows: rows.length, error }, 'rows of a log are lost: they could not be written');
    }
  }
}
