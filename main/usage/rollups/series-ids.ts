import type { Transaction } from '../../database/unit-of-work.ts';
import type { Layout } from './layout.ts';
import type { SlotSum } from './partial-rows.ts';

/** What names a series. */
export interface SeriesName {
  readonly layout: Pick<Layout, 'id'>;
  readonly externalSubscriptionId: string;
  readonly bucket: string;
}

/** Where a series keeps its rows. */
export interface SeriesPlace {
  readonly lineId: number;
  readonly seriesId: number;
  /** The rows written last, as they are on disk, by `rowKey`: most events fall into the same two again. */
  readonly rows: Map<number, SlotSum>;
}

interface KnownLine {
  readonly id: number;
  firstSlot: number;
  /** By bucket. */
  readonly series: Map<string, SeriesPlace>;
}

/** Beyond it the memory starts again: one series with its rows is about a kilobyte. */
const MAX_KNOWN = 10_000;

const FIND_LINE = `SELECT "id", "first_slot" FROM "usage_lines" WHERE "layout_id" = ? AND "external_subscription_id" = ?`;
const CREATE_LINE = `INSERT INTO "usage_lines" ("layout_id", "external_subscription_id", "first_slot") VALUES (?, ?, ?)`;
const MOVE_FIRST_SLOT = `UPDATE "usage_lines" SET "first_slot" = ? WHERE "id" = ?`;
const FIND_SERIES = `SELECT "id" FROM "usage_series" WHERE "line_id" = ? AND "bucket" = ?`;
const CREATE_SERIES = `INSERT INTO "usage_series" ("line_id", "bucket") VALUES (?, ?)`;

/**
 * The ids of lines and series, made when first asked for and remembered with the rows written last. Forget them when a transaction that
 * may have made some is taken back.
 */
export class SeriesIds {
  readonly #lines = new Map<string, KnownLine>();
  #knownCount = 0;

  /** The place of a series that has events in a slot of 15 minutes. */
  placeOf(tx: Transaction, name: SeriesName, slot: number): SeriesPlace {
    const line = this.#lineOf(tx, name, slot);
    const known = line.series.get(name.bucket);
    if (known !== undefined) return known;
    const place: SeriesPlace = { lineId: line.id, seriesId: findOrCreateSeries(tx, line.id, name.bucket), rows: new Map() };
    line.series.set(name.bucket, place);
    this.#knownCount += 1;
    return place;
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
  if (found !== undefined) return { id: found.id, firstSlot: found.first_slot, series: new Map() };
  const { lastInsertRowid } = tx.statement(CREATE_LINE).run(layout.id, externalSubscriptionId, slot);
  return { id: Number(lastInsertRowid), firstSlot: slot, series: new Map() };
}

function findOrCreateSeries(tx: Transaction, lineId: number, bucket: string): number {
  const found = tx.statement(FIND_SERIES).get(lineId, bucket) as { readonly id: number } | undefined;
  return found?.id ?? Number(tx.statement(CREATE_SERIES).run(lineId, bucket).lastInsertRowid);
}
