import type { Transaction } from '../../database/unit-of-work.ts';
import type { StoredEvent } from '../stored-event.ts';
import { arrangeLayouts, definitionsVersion, readDefinitions } from './definitions.ts';
import type { Layout } from './layout.ts';
import { PendingRollups } from './pending-rollups.ts';
import { SeriesIds } from './series-ids.ts';

interface KnownCode {
  readonly layouts: Layout[];
  hasAdvanceCharge: boolean;
}

interface CodeTally {
  readonly organizationId: string;
  readonly code: string;
  eventsCount: number;
  readonly firstSequence: number;
  lastSequence: number;
}

const COUNT_CODE = `INSERT INTO "event_codes" ("organization_id", "code", "events_count", "first_sequence", "last_sequence") VALUES (?, ?, ?, ?, ?)
  ON CONFLICT ("organization_id", "code") DO UPDATE
    SET "events_count" = "events_count" + excluded."events_count", "last_sequence" = excluded."last_sequence"`;

const keyOf = (organizationId: string, code: string): string => `${organizationId}\0${code}`;

/** Keeps rollups in step with the events, in the events' own transaction. One per engine: it remembers layouts and series. */
export class RollupWriter {
  #version: number | null = null;
  #codes = new Map<string, KnownCode>();
  readonly #pending = new PendingRollups();
  readonly #seriesIds = new SeriesIds();
  readonly #tallies = new Map<string, CodeTally>();

  /** Looks whether metrics or charges have changed since the last transaction, and follows them. True when they have. */
  begin(tx: Transaction): boolean {
    const version = definitionsVersion(tx);
    if (version === this.#version) return false;
    this.forget();
    const definitions = readDefinitions(tx);
    for (const definition of definitions) {
      this.#codes.set(keyOf(definition.organizationId, definition.code), { layouts: [], hasAdvanceCharge: definition.hasAdvanceCharge });
    }
    for (const layout of arrangeLayouts(tx, definitions)) this.#codes.get(keyOf(layout.organizationId, layout.code))?.layouts.push(layout);
    this.#version = version;
    return true;
  }

  /** Whether any charge bills events of this code when they arrive. */
  hasAdvanceCharge(organizationId: string, code: string): boolean {
    return this.#codes.get(keyOf(organizationId, code))?.hasAdvanceCharge === true;
  }

  /** Sums a stored event; `flush` writes the sums. */
  add(organizationId: string, event: StoredEvent): void {
    const key = keyOf(organizationId, event.code);
    for (const layout of this.#codes.get(key)?.layouts ?? []) this.#pending.add(layout, event);
    const tally = this.#tallies.get(key);
    if (tally === undefined) {
      this.#tallies.set(key, {
        organizationId,
        code: event.code,
        eventsCount: 1,
        firstSequence: event.sequence,
        lastSequence: event.sequence,
      });
      return;
    }
    tally.eventsCount += 1;
    tally.lastSequence = event.sequence;
  }

  flush(tx: Transaction): void {
    this.#pending.flush(tx, this.#seriesIds);
    for (const tally of this.#tallies.values()) {
      tx.statement(COUNT_CODE).run(tally.organizationId, tally.code, tally.eventsCount, tally.firstSequence, tally.lastSequence);
    }
    this.#tallies.clear();
  }

  /** After a savepoint was taken back, in the same transaction. */
  restart(tx: Transaction): void {
    this.forget();
    this.begin(tx);
  }

  /** After a transaction was taken back: nothing that is remembered is known to be on disk. */
  forget(): void {
    this.#version = null;
    this.#codes.clear();
    this.#pending.clear();
    this.#seriesIds.forget();
    this.#tallies.clear();
  }
}
