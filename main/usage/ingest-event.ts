import { invalid, ok, type EventErrors, type Failure, type FieldErrors, type Result } from '../../shared/result.ts';
import type { ServiceContext } from '../service-context.ts';
import { CommitGroup, DUPLICATE, type AdvanceEventHook } from './commit-group.ts';
import type { EventWatcher } from './debugger/event-feed.ts';
import { resolveEventAlias } from './event-aliases.ts';
import { isRawObject, readEvent, type EventReading, type EventSurroundings, type RawEvent } from './event-input.ts';
import { RollupUpkeep } from './rollups/rollup-upkeep.ts';
import type { StoredEvent } from './stored-event.ts';

export const MAX_BATCH_EVENTS = 100;

/** Takes usage events in: checked, stored and summed in one commit, acknowledged when it is on disk. */
export class EventIngestion {
  readonly #context: ServiceContext;
  readonly #group: CommitGroup;
  readonly #upkeep: RollupUpkeep;
  readonly #watcher: EventWatcher | null;

  /**
   * `onAdvanceEvent` bills, in the event's own transaction, what a charge paid in advance asks for; `watcher` is told of each request once its
   * events are on disk, or refused.
   */
  constructor(context: ServiceContext, onAdvanceEvent: AdvanceEventHook, watcher: EventWatcher | null = null) {
    this.#context = context;
    this.#watcher = watcher;
    this.#upkeep = new RollupUpkeep(context.database, context.logger);
    this.#group = new CommitGroup(context, { onAdvanceEvent, upkeep: this.#upkeep });
  }

  /** Stores one event. Rule: pricing.md § 2. */
  async ingestEvent(raw: RawEvent): Promise<Result<StoredEvent>> {
    const surroundings = this.#surroundings();
    const reading = readEvent(raw, surroundings);
    if (reading.event === null) return this.#refuse(raw, reading.errors);
    const outcome = await this.#group.submit({
      organizationId: this.#context.organizationId,
      receivedAtMs: surroundings.nowMs,
      events: [reading.event],
    });
    const kept = 'stored' in outcome ? outcome.stored : [];
    const [stored] = kept;
    if (stored === undefined) return this.#refuse(raw, DUPLICATE);
    this.#watcher?.stored(kept);
    return ok(stored);
  }

  /** Stores up to 100 events, all or none; what is wrong is reported by zero-based position. Rule: pricing.md § 2, api.md § 7. */
  async ingestBatch(body: RawEvent): Promise<Result<readonly StoredEvent[]>> {
    const raws = batchOf(body);
    if (raws.length === 0) return invalid({ events: ['no_events'] });
    if (raws.length > MAX_BATCH_EVENTS) return invalid({ events: ['too_many_events'] });
    const surroundings = this.#surroundings();
    const readings = raws.map((raw) => readEvent(raw, surroundings));
    const outcome = await this.#group.submit({
      organizationId: this.#context.organizationId,
      receivedAtMs: surroundings.nowMs,
      events: readings.map((reading) => reading.event),
    });
    if ('stored' in outcome) {
      this.#watcher?.stored(outcome.stored);
      return ok(outcome.stored);
    }
    const errors = batchErrors(readings, outcome.duplicatePositions);
    for (const [position, raw] of raws.entries()) {
      const fault = errors[String(position)];
      if (fault !== undefined) this.#watcher?.refused(raw, fault);
    }
    return invalid(errors);
  }

  /**
   * Brings the rollups in line when metrics or charges have changed; cheap when they have not. Usage is exact before, only slower to read.
   * Resolves when all is in line.
   */
  keepUpRollups(): Promise<void> {
    return this.#upkeep.keepUp();
  }

  /** Ends the upkeep of rollups; events are still taken in. Call it before the database is closed. */
  close(): Promise<void> {
    return this.#upkeep.stop();
  }

  #refuse(raw: RawEvent, errors: FieldErrors): Failure {
    this.#watcher?.refused(raw, errors);
    return invalid(errors);
  }

  #surroundings(): EventSurroundings {
    const { clock, database, organizationId } = this.#context;
    return { nowMs: clock.now().epochMilliseconds, resolveAlias: (raw) => resolveEventAlias(database.read, organizationId, raw) };
  }
}

/** The events of a batch: today's list, or the form of 2022, one event for each of its `subscription_ids`. */
function batchOf(body: RawEvent): readonly RawEvent[] {
  const { events, event } = body;
  if (Array.isArray(events)) return events.map((raw: unknown) => (isRawObject(raw) ? raw : {}));
  if (!isRawObject(event) || !Array.isArray(event['subscription_ids'])) return [];
  return event['subscription_ids'].map((subscriptionId: unknown) => ({
    ...event,
    external_subscription_id: undefined,
    subscription_id: subscriptionId,
  }));
}

function batchErrors(
  readings: readonly EventReading[],
  duplicatePositions: readonly number[],
): EventErrors & Readonly<Record<string, FieldErrors>> {
  const errors: Record<string, FieldErrors> = {};
  for (const [position, reading] of readings.entries()) {
    if (reading.errors !== null) errors[String(position)] = reading.errors;
  }
  for (const position of duplicatePositions) errors[String(position)] = DUPLICATE;
  return errors;
}
