import type { Transaction } from '../../database/unit-of-work.ts';
import type { Layout } from './layout.ts';

/** What names a series. */
export interface SeriesName {
  readonly layout: Pick<Layout, 'id'>;
  readonly externalSubscriptionId: string;
  readonly bucket: string;
}

export interface SeriesPlace {
  readonly lineId: number;
  readonly seriesId: number;
}

interface KnownLine {
  readonly id: number;
  firstSlot: number;
  /** By bucket. */
  readonly seriesIds: Map<string, number>;
}

/** Beyond it the memory of ids starts again: one id is some 200 bytes. */
const MAX_KNOWN = 50_000;

const FIND_LINE = `SELECT "id", "first_slot" FROM "usage_lines" WHERE "layout_id" = ? AND "external_subscription_id" = ?`;
const CREATE_LINE = `INSERT INTO "usage_lines" ("layout_id", "external_subscription_id", "first_slot") VALUES (?, ?, ?)`;
const MOVE_FIRST_SLOT = `UPDATE "usage_lines" SET "first_slot" = ? WHERE "id" = ?`;
const FIND_SERIES = `SELECT "id" FROM "usage_series" WHERE "line_id" = ? AND "bucket" = ?`;
const CREATE_SERIES = `INSERT INTO "usage_series" ("line_id", "bucket") VALUES (?, ?)`;

/** The ids of lines and series, made when first asked for and remembered. Forget them when a transaction that may have made some is taken back. */
export class SeriesIds {
  readonly #lines = new Map<string, KnownLine>();
  #knownCount = 0;

  /** The ids of a series that has events in a slot of 15 minutes. */
  placeOf(tx: Transaction, name: SeriesName, slot: number): SeriesPlace {
    const line = this.#lineOf(tx, name, slot);
    const known = line.seriesIds.get(name.bucket);
    if (known !== undefined) return { lineId: line.id, seriesId: known };
    const seriesId = findOrCreateSeries(tx, line.id, name.bucket);
    line.seriesIds.set(name.bucket, seriesId);
    this.#knownCount += 1;
    return { lineId: line.id, seriesId };
  }

  forget(): void {
    this.#lines.clear();
    this.#knownCount = 0;
  }

  #lineOf(tx: Transaction, name: SeriesName, slot: number): KnownLine {
    const key = `${String(name.layout.id)}\0${name.externalSubscriptionId}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      if (this.#knownCount >= MAX_KNOWN) this.forget();
      line = findOrCreateLine(tx, name, slot);
      this.#lines.set(key, line);
      this.#knownCount += 1;
    }
    if (slot < line.firstSlot) {
      tx.statement(MOVE_FIRST_SLOT).run(slot, line.id);
      line.firstSlot = slot;
    }
    return line;
  }
}

function findOrCreateLine(tx: Transaction, { layout, externalSubscriptionId }: SeriesName, slot: number): KnownLine {
  const found = tx.statement(FIND_LINE).get(layout.id, externalSubscriptionId) as { readonly id: number; readonly first_slot: number } | undefined;
  if (found !== undefined) return { id: found.id, firstSlot: found.first_slot, seriesIds: new Map() };
  const { lastInsertRowid } = tx.statement(CREATE_LINE).run(layout.id, externalSubscriptionId, slot);
  return { id: Number(lastInsertRowid), firstSlot: slot, seriesIds: new Map() };
}

function findOrCreateSeries(tx: Transaction, lineId: number, bucket: string): number {
  const found = tx.statement(FIND_SERIES).get(lineId, bucket) as { readonly id: number } | undefined;
  return found?.id ?? Number(tx.statement(CREATE_SERIES).run(lineId, bucket).lastInsertRowid);
}
