import { notFound, ok, type Result } from '../../shared/result.ts';
import { LateWrites } from '../database/late-writes.ts';
import { trimActivityEntries } from '../database/lists/activity-entries.ts';
import { findRow, insertRows, updateRows, type NewRow } from '../database/rows.ts';
import { activityEntries, type ActivityEntry } from '../database/tables/logs.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { ServiceContext } from '../service-context.ts';

export interface ActivityLogParts {
  readonly context: ServiceContext;
  /** The computer's own clock, also in a sandbox. */
  readonly systemClock: Clock;
}

export type NewActivity = Omit<NewRow<ActivityEntry>, 'id' | 'occurredAt' | 'undoneAt'>;

const KEPT_HOURS = 365 * 24;
const KEPT_ROWS = 50_000;

/** Who changed what: written at once after the change, many to a commit when changes come fast. Rule: ui.md § 3 "Mutations". */
export class ActivityLog {
  readonly #parts: ActivityLogParts;
  readonly #entries: LateWrites<NewRow<ActivityEntry>>;
  #isClosed = false;

  constructor(parts: ActivityLogParts) {
    this.#parts = parts;
    const { database, logger } = parts.context;
    this.#entries = new LateWrites<NewRow<ActivityEntry>>({
      name: 'note what was changed',
      unitOfWork: database.unitOfWork,
      logger,
      later: (work) => setImmediate(work),
      write: (tx, rows) => this.#write(tx, rows),
    });
  }

  /** Notes a change. The entry is named after the call that made it. */
  note(activity: NewActivity): string {
    const id = `act-${activity.requestId}`;
    if (!this.#isClosed) this.#entries.add({ ...activity, id, occurredAt: this.#parts.systemClock.now(), undoneAt: null });
    return id;
  }

  /** Resolves when everything noted so far can be read. */
  flush(): Promise<void> {
    return this.#entries.flush();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.flush();
  }

  async find(id: string): Promise<Result<ActivityEntry>> {
    await this.flush();
    const found = findRow(this.#parts.context.database.read, activityEntries, { id });
    return found === null ? notFound('activity') : ok(found);
  }

  async markUndone(id: string): Promise<void> {
    await this.#parts.context.database.unitOfWork.write('mark a change as undone', (tx) =>
      updateRows(tx, activityEntries, { where: { id }, set: { undoneAt: this.#parts.systemClock.now() } }),
    );
  }

  async #write(tx: Transaction, rows: readonly NewRow<ActivityEntry>[]): Promise<void> {
    await insertRows(tx, activityEntries, rows);
    trimActivityEntries(tx, { since: this.#parts.systemClock.now().subtract({ hours: KEPT_HOURS }), rows: KEPT_ROWS });
  }
}
