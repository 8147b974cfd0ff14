import type { Instant } from '../../shared/dates.ts';
import { deleteRows, insertRow } from '../database/rows.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { eventChecks, type EventCheck } from '../database/tables/webhooks.ts';
import type { Announcement, ServiceContext } from '../service-context.ts';

/** Events that price nothing, by why: their transaction ids. The keys are the message's. Rule: payments-and-webhooks.md § 10 `events.errors`. */
export type EventErrors = Readonly<
  Record<'invalid_code' | 'missing_aggregation_property' | 'missing_group_key' | 'invalid_filter_values', readonly string[]>
>;

/** Events in the order of their arrival: those after one up to another, at most so many. */
export interface EventSpan {
  readonly after: number;
  readonly until: number;
  readonly limit: number;
}

/** What a look at some events found. */
export interface CheckedEvents {
  readonly errors: EventErrors;
  /** Arrival of the last one that was looked at; null when there was none. */
  readonly lastSequence: number | null;
}

export interface EventCheckParts {
  readonly context: ServiceContext;
  readonly checkEvents: (db: ReadDatabase, span: EventSpan) => CheckedEvents;
  /** Whether any endpoint wants the message. */
  readonly isWanted: () => boolean;
}

/** So many events are looked through before anybody else gets a turn. */
const EVENTS_AT_A_TIME = 500;
/** A message does not grow beyond this; what is left goes into the next one. */
const MAX_IDS_PER_MESSAGE = 10_000;
const LAST_SEQUENCE = `SELECT MAX("sequence") AS "last" FROM "events"`;

const NO_ERRORS: EventErrors = { invalid_code: [], missing_aggregation_property: [], missing_group_key: [], invalid_filter_values: [] };

/** Tells once an hour which of the events since the last time price nothing. Each event is looked at once, in the background. */
export class EventChecks {
  readonly #parts: EventCheckParts;
  #run: Promise<void> | null = null;
  #state: 'resting' | 'running' | 'stopped' = 'resting';
  /** The hour of the last check: nothing is read before it is over. */
  #checkedHour = Number.NEGATIVE_INFINITY;

  constructor(parts: EventCheckParts) {
    this.#parts = parts;
  }

  /** From the first start on, events are looked at. */
  async start(): Promise<void> {
    this.#state = 'running';
    const { clock, database } = this.#parts.context;
    const check = await this.#readCheck();
    if (check !== null) {
      this.#checkedHour = hourOf(check.checkedAt);
      return;
    }
    await this.#note({ checkedAt: clock.now(), checkedSequence: lastSequence(database.read) }, NO_ERRORS);
  }

  /** Says what time it is by the books; cheap when no hour has passed. */
  wake(now: Instant): void {
    if (this.#state !== 'running' || this.#run !== null || hourOf(now) <= this.#checkedHour) return;
    this.#run = this.#check(now)
      .catch((error: unknown) => {
        this.#parts.context.logger.error({ error }, 'events could not be looked through; it is tried again in a minute');
      })
      .finally(() => {
        this.#run = null;
      });
  }

  /** Resolves when the check under way has ended. */
  async idle(): Promise<void> {
    await this.#run;
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    await this.idle();
  }

  async #check(now: Instant): Promise<void> {
    const check = await this.#readCheck();
    // None: the first start has not noted yet where to begin.
    if (check === null || hourOf(now) <= hourOf(check.checkedAt)) return;
    const { context, checkEvents, isWanted } = this.#parts;
    const db = context.database.read;
    const until = lastSequence(db);
    let errors = NO_ERRORS;
    for (let at = isWanted() ? check.checkedSequence : until; at < until;) {
      // What was found but not yet told is found again at the next start.
      if (this.#state !== 'running') return;
      const checked = checkEvents(db, { after: at, until, limit: EVENTS_AT_A_TIME });
      errors = merge(errors, checked.errors);
      at = checked.lastSequence ?? until;
      if (countIds(errors) >= MAX_IDS_PER_MESSAGE) {
        await this.#note({ checkedAt: check.checkedAt, checkedSequence: at }, errors);
        errors = NO_ERRORS;
      }
      await new Promise(setImmediate);
    }
    await this.#note({ checkedAt: now, checkedSequence: until }, errors);
  }

  /** A message and how far it goes are one: no event is told twice. */
  async #note(check: Omit<EventCheck, 'organizationId'>, errors: EventErrors): Promise<void> {
    const { context } = this.#parts;
    const { organizationId } = context;
    await context.database.unitOfWork.write('note checked events', async (tx) => {
      await deleteRows(tx, eventChecks, { organizationId });
      await insertRow(tx, eventChecks, { ...check, organizationId });
      if (countIds(errors) > 0) await context.announce?.(tx, announcementOf(organizationId, errors));
    });
    this.#checkedHour = hourOf(check.checkedAt);
  }

  #readCheck(): Promise<EventCheck | null> {
    const { database, organizationId } = this.#parts.context;
    return database.read.manager.findOneBy(eventChecks, { organizationId });
  }
}

function announcementOf(organizationId: string, errors: EventErrors): Announcement {
  return { type: 'events.errors', objectType: 'events_errors', objectId: organizationId, object: errors };
}

function lastSequence(db: ReadDatabase): number {
  return db.select<{ readonly last: number | null }>(LAST_SEQUENCE).get()?.last ?? 0;
}

function hourOf(instant: Instant): number {
  return Math.floor(instant.epochMilliseconds / 3_600_000);
}

function merge(one: EventErrors, other: EventErrors): EventErrors {
  return {
    invalid_code: [...one.invalid_code, ...other.invalid_code],
    missing_aggregation_property: [...one.missing_aggregation_property, ...other.missing_aggregation_property],
    missing_group_key: [],
    invalid_filter_values: [...one.invalid_filter_values, ...other.invalid_filter_values],
  };
}

function countIds(errors: EventErrors): number {
  return Object.values(errors).reduce((count, ids) => count + ids.length, 0);
}
