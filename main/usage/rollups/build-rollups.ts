import type { Transaction } from '../../database/unit-of-work.ts';
import { storedEventOf, type EventRow } from '../stored-event.ts';
import { arrangeLayouts, bumpDefinitionsVersion, createLayout, readDefinitions, readLivingLayouts } from './definitions.ts';
import type { Layout } from './layout.ts';
import { PendingRollups } from './pending-rollups.ts';
import { SeriesIds } from './series-ids.ts';

/** Arrival numbers that one step looks at: some 30 ms, so that ingestion never waits long. */
const EVENTS_PER_STEP = 4_000;
const ROWS_PER_STEP = 10_000;

const EVENTS = `SELECT "sequence", "id", "transaction_id", "external_subscription_id", "code", "timestamp", "properties", "precise_total_amount_cents", "created_at"
  FROM "events" WHERE "sequence" > ? AND "sequence" <= ? AND "organization_id" = ? AND "code" = ?`;
const ADVANCE = `UPDATE "usage_layouts" SET "built_through" = ?, "status" = ? WHERE "id" = ?`;
const OBSOLETE = `SELECT "id" FROM "usage_layouts" WHERE "status" = 'obsolete' LIMIT 1`;

/**
 * One step of bringing rollups in line with metrics and charges that have changed: reads in some of the older events, or removes some rows that
 * serve nobody any more. True while there is more to do; each step is a transaction of its own.
 */
export function keepUpRollups(tx: Transaction): boolean {
  const building = arrangeLayouts(tx, readDefinitions(tx)).find((layout) => layout.status === 'building');
  if (building === undefined) return removeObsolete(tx);
  buildStep(tx, building);
  return true;
}

/** Rebuilds the rollups of a metric's code from its events, in one go: for repairs and small books. */
export function rebuildRollups(tx: Transaction, organizationId: string, code: string): void {
  for (const layout of readLivingLayouts(tx)) {
    if (layout.organizationId === organizationId && layout.code === code) tx.statement(ADVANCE).run(0, 'obsolete', layout.id);
  }
  const definition = readDefinitions(tx).find((known) => known.organizationId === organizationId && known.code === code);
  if (definition !== undefined) createLayout(tx, definition);
  bumpDefinitionsVersion(tx);
  while (keepUpRollups(tx));
}

function buildStep(tx: Transaction, layout: Layout): void {
  const through = Math.min(layout.builtThrough + EVENTS_PER_STEP, layout.buildUntil);
  const pending = new PendingRollups();
  for (const row of tx.select<EventRow>(EVENTS).iterate(layout.builtThrough, through, layout.organizationId, layout.code)) {
    pending.add(layout, storedEventOf(row));
  }
  pending.flush(tx, new SeriesIds());
  const isReady = through === layout.buildUntil;
  tx.statement(ADVANCE).run(through, isReady ? 'ready' : 'building', layout.id);
  // Whoever sums new events learns that the layouts this one replaces are gone.
  if (isReady) bumpDefinitionsVersion(tx);
}

function removeObsolete(tx: Transaction): boolean {
  const layout = tx.select<{ id: number }>(OBSOLETE).get();
  if (layout === undefined) return false;
  let room = ROWS_PER_STEP;
  for (const remove of REMOVE_SOME) {
    if (room > 0) room -= tx.statement(remove).run(layout.id, room).changes;
  }
  if (room > 0) tx.statement('DELETE FROM "usage_layouts" WHERE "id" = ?').run(layout.id);
  return true;
}

/** Whoever is referred to goes last. */
const REMOVE_SOME = [
  `DELETE FROM "usage_rollups" WHERE ("layout_id", "span", "slot", "line_id", "series_id") IN
    (SELECT "layout_id", "span", "slot", "line_id", "series_id" FROM "usage_rollups" WHERE "layout_id" = ? LIMIT ?)`,
  `DELETE FROM "usage_values" WHERE ("layout_id", "era", "series_id", "value", "slot") IN
    (SELECT "layout_id", "era", "series_id", "value", "slot" FROM "usage_values" WHERE "layout_id" = ? LIMIT ?)`,
  `DELETE FROM "usage_series" WHERE "id" IN (SELECT "usage_series"."id" FROM "usage_lines" JOIN "usage_series" ON "usage_series"."line_id" = "usage_lines"."id"
    WHERE "usage_lines"."layout_id" = ? LIMIT ?)`,
  `DELETE FROM "usage_lines" WHERE "id" IN (SELECT "id" FROM "usage_lines" WHERE "layout_id" = ? LIMIT ?)`,
];
