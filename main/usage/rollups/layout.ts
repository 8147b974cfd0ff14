import type { AggregationType, MetricTerms } from '../../billing/facts.ts';
import { propertyText, type EventProperties } from '../../billing/aggregation/property-text.ts';
import type { UsageLayout } from '../../database/tables/usage.ts';

/** How the events of one code are summed. Rule: house-style.md § 4, step 3. */
export type Layout = UsageLayout;

/** A row of `usage_layouts` as prepared statements answer it. */
export interface LayoutRow {
  readonly id: number;
  readonly organization_id: string;
  readonly code: string;
  readonly aggregation_type: AggregationType;
  readonly field_name: string | null;
  readonly expression: string | null;
  readonly tracked_keys: string;
  readonly status: Layout['status'];
  readonly built_through: number;
  readonly build_until: number;
}

export function layoutOf(row: LayoutRow): Layout {
  return {
    id: row.id,
    organizationId: row.organization_id,
    code: row.code,
    aggregationType: row.aggregation_type,
    fieldName: row.field_name,
    expression: row.expression,
    trackedKeys: JSON.parse(row.tracked_keys) as readonly string[],
    status: row.status,
    builtThrough: row.built_through,
    buildUntil: row.build_until,
  };
}

/** The metric as aggregation asks for it: nothing but what decides whether and how an event counts. */
export function countedBy(layout: Pick<Layout, 'code' | 'aggregationType' | 'fieldName' | 'expression'>): MetricTerms {
  return {
    id: '',
    code: layout.code,
    name: layout.code,
    aggregationType: layout.aggregationType,
    fieldName: layout.fieldName,
    expression: layout.expression,
    recurring: false,
    roundingFunction: null,
    roundingPrecision: null,
  };
}

/** The values that keep an event apart from others, as the text that series are named by: missing and empty are null. */
export function bucketOf(trackedKeys: readonly string[], properties: EventProperties): string {
  if (trackedKeys.length === 0) return '[]';
  return JSON.stringify(trackedKeys.map((key) => (Object.hasOwn(properties, key) ? propertyText(properties[key]) : null) || null));
}

/** The tracked properties of a bucket's events. */
export function propertiesOfBucket(trackedKeys: readonly string[], bucket: string): EventProperties {
  const values = JSON.parse(bucket) as readonly (string | null)[];
  return Object.fromEntries(trackedKeys.flatMap((key, index) => (values[index] == null ? [] : [[key, values[index]] as const])));
}

/** Whether a layout says enough: it counts the same property or expression the same way, and keeps apart at least what is asked for. */
export function serves(
  layout: Layout,
  asked: { readonly metric: Pick<MetricTerms, 'aggregationType' | 'fieldName' | 'expression'>; readonly keys: readonly string[] },
): boolean {
  return (
    layout.aggregationType === asked.metric.aggregationType &&
    layout.fieldName === asked.metric.fieldName &&
    layout.expression === asked.metric.expression &&
    asked.keys.every((key) => layout.trackedKeys.includes(key))
  );
}
