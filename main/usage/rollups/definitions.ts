import { present } from '../../../shared/assert.ts';
import type { AggregationType } from '../../billing/facts.ts';
import { pricingGroupKeys } from '../../billing/pricing/charge-properties.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import type { Transaction } from '../../database/unit-of-work.ts';
import { layoutOf, serves, type Layout, type LayoutRow } from './layout.ts';

/** What ingestion needs to know of one code. */
export interface CodeDefinition {
  readonly organizationId: string;
  readonly code: string;
  readonly aggregationType: AggregationType;
  readonly fieldName: string | null;
  readonly expression: string | null;
  /** Filter keys and pricing group keys of every charge on the metric, sorted. */
  readonly trackedKeys: readonly string[];
  readonly hasAdvanceCharge: boolean;
}

interface MetricRow {
  readonly id: string;
  readonly organization_id: string;
  readonly code: string;
  readonly aggregation_type: AggregationType;
  readonly field_name: string | null;
  readonly expression: string | null;
  readonly filters: string;
}

interface ChargeRow {
  readonly billable_metric_id: string;
  readonly pay_in_advance: number;
  readonly properties: string;
}

const METRICS = `SELECT "id", "organization_id", "code", "aggregation_type", "field_name", "expression", "filters" FROM "billable_metrics" WHERE "deleted_at" IS NULL`;
// The same conditions as in the triggers that count the version: whatever else a charge says does not matter here.
const CHARGES = `SELECT "billable_metric_id", "pay_in_advance", "properties" FROM "charges"
  WHERE "deleted_at" IS NULL AND ("pay_in_advance" = 1 OR "properties" LIKE '%"pricing_group_keys"%')
  UNION ALL
  SELECT "charges"."billable_metric_id", 0, "charge_filters"."properties" FROM "charge_filters" JOIN "charges" ON "charges"."id" = "charge_filters"."charge_id"
  WHERE "charge_filters"."deleted_at" IS NULL AND "charges"."deleted_at" IS NULL AND "charge_filters"."properties" LIKE '%"pricing_group_keys"%'`;
const LAYOUTS = `SELECT "id", "organization_id", "code", "aggregation_type", "field_name", "expression", "tracked_keys", "status", "built_through", "build_until"
  FROM "usage_layouts" WHERE "status" <> 'obsolete' ORDER BY "id"`;
const EVENTS_OF_CODE = `SELECT "first_sequence", "last_sequence" FROM "event_codes" WHERE "organization_id" = ? AND "code" = ?`;
const CREATE_LAYOUT = `INSERT INTO "usage_layouts" ("organization_id", "code", "aggregation_type", "field_name", "expression", "tracked_keys", "status", "built_through", "build_until")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const RETIRE_LAYOUT = `UPDATE "usage_layouts" SET "status" = 'obsolete' WHERE "id" = ?`;

/** How often metrics, pricing groups and charges in advance have changed: what is known in memory is good for one version. */
export function definitionsVersion(db: ReadDatabase): number {
  const row = db.select<{ version: number }>('SELECT "version" FROM "usage_definitions" WHERE "id" = 1').get();
  return present(row, 'the version is kept since the schema was made').version;
}

/** Makes every copy in memory stale. */
export function bumpDefinitionsVersion(tx: Transaction): void {
  tx.statement('UPDATE "usage_definitions" SET "version" = "version" + 1').run();
}

/** The living metrics as ingestion sees them. */
export function readDefinitions(db: ReadDatabase): readonly CodeDefinition[] {
  const keys = new Map<string, Set<string>>();
  const inAdvance = new Set<string>();
  for (const charge of db.select<ChargeRow>(CHARGES).iterate()) {
    if (charge.pay_in_advance === 1) inAdvance.add(charge.billable_metric_id);
    const groupKeys = pricingGroupKeys(JSON.parse(charge.properties) as Readonly<Record<string, unknown>>);
    keys.set(charge.billable_metric_id, new Set([...(keys.get(charge.billable_metric_id) ?? []), ...groupKeys]));
  }
  return db
    .select<MetricRow>(METRICS)
    .all()
    .map((metric) => {
      const filterKeys = (JSON.parse(metric.filters) as readonly { readonly key: string }[]).map((filter) => filter.key);
      return {
        organizationId: metric.organization_id,
        code: metric.code,
        aggregationType: metric.aggregation_type,
        fieldName: metric.field_name,
        expression: metric.expression,
        trackedKeys: [...new Set([...filterKeys, ...(keys.get(metric.id) ?? [])])].sort(),
        hasAdvanceCharge: inAdvance.has(metric.id),
      };
    });
}

/** The layouts that are kept up to date, oldest first. */
export function readLivingLayouts(db: ReadDatabase): readonly Layout[] {
  return db.select<LayoutRow>(LAYOUTS).all().map(layoutOf);
}

/**
 * Sees to it that every living metric has a layout that serves it, and retires those that serve nobody any more. A layout that is not yet
 * built stands beside the one it will replace, which goes on serving whoever it can.
 */
export function arrangeLayouts(tx: Transaction, definitions: readonly CodeDefinition[]): readonly Layout[] {
  const living = readLivingLayouts(tx);
  const wanted = new Set<number>();
  for (const definition of definitions) {
    const counted = living.filter((layout) => isOf(layout, definition) && serves(layout, { metric: definition, keys: [] }));
    const serving = counted.filter((layout) => serves(layout, { metric: definition, keys: definition.trackedKeys }));
    const best = serving.find((layout) => layout.status === 'ready') ?? serving.at(-1);
    const kept = best?.status === 'ready' ? [best] : counted.filter((layout) => layout.status === 'ready' || layout === best);
    for (const layout of kept) wanted.add(layout.id);
    if (best === undefined) wanted.add(createLayout(tx, definition));
  }
  for (const layout of living) {
    if (!wanted.has(layout.id)) tx.statement(RETIRE_LAYOUT).run(layout.id);
  }
  return readLivingLayouts(tx);
}

/** A layout without events is ready at once; else the events that are there already wait to be read in. */
export function createLayout(tx: Transaction, definition: Omit<CodeDefinition, 'hasAdvanceCharge'>): number {
  const { organizationId, code } = definition;
  const known = tx.select<{ first_sequence: number; last_sequence: number }>(EVENTS_OF_CODE).get(organizationId, code);
  const builtThrough = known === undefined ? 0 : known.first_sequence - 1;
  const buildUntil = known?.last_sequence ?? 0;
  const { lastInsertRowid } = tx
    .statement(CREATE_LAYOUT)
    .run(
      organizationId,
      code,
      definition.aggregationType,
      definition.fieldName,
      definition.expression,
      JSON.stringify(definition.trackedKeys),
      builtThrough < buildUntil ? 'building' : 'ready',
      builtThrough,
      buildUntil,
    );
  return Number(lastInsertRowid);
}

function isOf(layout: Layout, definition: CodeDefinition): boolean {
  return layout.organizationId === definition.organizationId && layout.code === definition.code;
}
