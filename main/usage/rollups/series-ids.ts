import type { Transaction } from '../../database/unit-of-work.ts';
import type { Layout } from './layout.ts';
import type { SlotSum } from './partial-rows.ts';

/** What names a series. */
export interface SeriesName {
  readonly layout: Pick<Layout, 'id' | 'status'>;
  readonly externalSubscriptionId: string;
  readonly bucket: string;
}

/** Where a series keeps its rows. */
export interface SeriesPlace {
  readonly lineId: number;
  readonly seriesId: number;
  /** The latest slot of 15 minutes, whose sum is not yet in its day's row. */
  openSlot: number;
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
const FIND_SERIES = `SELECT "id", "open_slot" FROM "usage_series" WHERE "line_id" = ? AND "bucket" = ?`;
const CREATE_SERIES = `INSERT INTO "usage_series" ("line_id", "bucket", "open_slot") VALUES (?, ?, ?)`;
const OPEN_SLOT = `UPDATE "usage_series" SET "open_slot" = ? WHERE "id" = ?`;

/**
 * The ids of lines and series, made when first asked for and remembered with the rows written last. Forget them when a transaction that
 * may have made some is taken back.
 */
export class SeriesIds {
  readonly #lines = new Map<string, KnownLine>();
  #knownCount = 0;

  /** The place of a series that has events from one slot of 15 minutes to another. */
  placeOf(tx: Transaction, name: SeriesName, slots: { readonly first: number; readonly last: number }): SeriesPlace {
    const line = this.#lineOf(tx, name, slots.first);
    const known = line.series.get(name.bucket);
    if (known !== undefined) return known;
    const place = findOrCreateSeries(tx, { lineId: line.id, bucket: name.bucket, openSlot: slots.last });
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
      line = findOrCreateLine(tx, name, slot);
      // While a layout is built its rows are written from two sides: then only the disk knows.
      if (name.layout.status === 'ready') this.#remember(key, line);
    }
    if (slot < line.firstSlot) {
      tx.statement(MOVE_FIRST_SLOT).run(slot, line.id);
      line.firstSlot = slot;
    }
    return line;
  }

  #remember(key: string, line: KnownLine): void {
    if (this.#knownCount >= MAX_KNOWN) this.forget();
    this.#lines.set(key, line);
    this.#knownCount += 1;
  }
}

function findOrCreateLine(tx: Transaction, { layout, externalSubscriptionId }: SeriesName, slot: number): KnownLine {
  const found = tx.statement(FIND_LINE).get(layout.id, externalSubscriptionId) as
    { readonly id: number; readonly first_slot: number } | undefined;
  if (found !== undefined) return { id: found.id, firstSlot: found.first_slot, series: new Map() };
  const { lastInsertRowid } = tx.statement(CREATE_LINE).run(layout.id, externalSubscriptionId, slot);
  return { id: Number(lastInsertRowid), firstSlot: slot, series: new Map() };
}

function findOrCreateSeries(
  tx: Transaction,
  fresh: { readonly lineId: number; readonly bucket: string; readonly openSlot: number },
): SeriesPlace {
  const { lineId, bucket, openSlot } = fresh;
  const found = tx.statement(FIND_SERIES).get(lineId, bucket) as { readonly id: number; readonly open_slot: number } | undefined;
  if (found !== undefined) return { lineId, seriesId: found.id, openSlot: found.open_slot, rows: new Map() };
  const { lastInsertRowid } = tx.statement(CREATE_SERIES).run(lineId, bucket, openSlot);
  return { lineId, seriesId: Number(lastInsertRowid), openSlot, rows: new Map() };
}

/** Moves the open slot on. */
export function moveOpenSlot(tx: Transaction, place: SeriesPlace, openSlot: number): void {
  tx.statement(OPEN_SLOT).run(openSlot, place.seriesId);
  place.openSlot = openSlot;
}
