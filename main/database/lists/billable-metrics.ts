import { containsText, isOneOf, readListPage, type ListCondition, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

const PLANS = `(SELECT COUNT(DISTINCT "charges"."plan_id") FROM "charges" JOIN "plans" ON "plans"."id" = "charges"."plan_id"
  WHERE "charges"."billable_metric_id" = "billable_metrics"."id" AND "charges"."deleted_at" IS NULL
    AND "plans"."deleted_at" IS NULL AND "plans"."parent_id" IS NULL)`;
const LAST_EVENT = `(SELECT "events"."timestamp" FROM "events" WHERE "events"."sequence" = "event_codes"."last_sequence")`;

const SOURCE: ListSource = {
  columns: `"billable_metrics"."id", "billable_metrics"."name", "billable_metrics"."code", "billable_metrics"."aggregation_type",
    "billable_metrics"."field_name", "billable_metrics"."recurring", "billable_metrics"."created_at", ${PLANS} AS "plans_count",
    COALESCE("event_codes"."events_count", 0) AS "events_count", ${LAST_EVENT} AS "last_event_at"`,
  from: `"billable_metrics" LEFT JOIN "event_codes" ON "event_codes"."organization_id" = "billable_metrics"."organization_id"
    AND "event_codes"."code" = "billable_metrics"."code"`,
  sorts: {
    name: '"billable_metrics"."name" COLLATE NOCASE',
    code: '"billable_metrics"."code" COLLATE NOCASE',
    plans: `(${PLANS})`,
    events: 'COALESCE("event_codes"."events_count", 0)',
    last_event: `COALESCE(${LAST_EVENT}, 0)`,
    created_at: '"billable_metrics"."sequence"',
  },
  unique: '"billable_metrics"."sequence"',
};

export interface ListedMetric {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  readonly aggregation_type: string;
  readonly field_name: string | null;
  readonly recurring: number;
  readonly created_at: number;
  readonly plans_count: number;
  readonly events_count: number;
  readonly last_event_at: number | null;
}

export interface MetricListWish {
  readonly search: string | null;
  readonly aggregationTypes: readonly string[] | null;
  /** Only those that some plan uses, or only the others. */
  readonly isUsed: boolean | null;
  readonly sortBy: string;
  readonly isDescending: boolean;
  readonly after: string | null;
  readonly limit: number;
}

/** Living metrics as their list shows them. */
export function readMetricRows(db: ReadDatabase, organizationId: string, wish: MetricListWish): ListPage<ListedMetric> {
  const { search, aggregationTypes, isUsed, ...page } = wish;
  const conditions: ListCondition[] = [
    { sql: `"billable_metrics"."organization_id" = ? AND "billable_metrics"."deleted_at" IS NULL`, values: [organizationId] },
  ];
  if (search !== null) conditions.push(containsText(`"billable_metrics"."name" || ' ' || "billable_metrics"."code"`, search));
  if (aggregationTypes !== null) conditions.push(isOneOf('"billable_metrics"."aggregation_type"', aggregationTypes));
  if (isUsed !== null) conditions.push({ sql: `${PLANS} ${isUsed ? '> 0' : '= 0'}`, values: [] });
  return readListPage(db, SOURCE, { ...page, conditions });
}

export interface PlanOfMetric {
  readonly id: string;
  readonly name: string;
  readonly code: string;
  /** A JSON list. */
  readonly charge_models: string;
  readonly subscriptions_count: number;
}

const PLANS_OF_METRIC = `SELECT "plans"."id", "plans"."name", "plans"."code", json_group_array(DISTINCT "charges"."charge_model") AS "charge_models",
    (SELECT COUNT(*) FROM "subscriptions" JOIN "plans" AS "own" ON "own"."id" = "subscriptions"."plan_id"
     WHERE ("own"."id" = "plans"."id" OR "own"."parent_id" = "plans"."id") AND "subscriptions"."status" = 'active') AS "subscriptions_count"
  FROM "charges" JOIN "plans" ON "plans"."id" = "charges"."plan_id"
  WHERE "charges"."billable_metric_id" = ? AND "charges"."deleted_at" IS NULL AND "plans"."deleted_at" IS NULL AND "plans"."parent_id" IS NULL
  GROUP BY "plans"."id" ORDER BY "plans"."name" COLLATE NOCASE`;

/** The plans that charge for a metric. */
export function readPlansOfMetric(db: ReadDatabase, metricId: string): readonly PlanOfMetric[] {
  return db.select<PlanOfMetric>(PLANS_OF_METRIC).all(metricId);
}
