import type { AggregationType } from '../../billing/facts.ts';
import { defineTable, integer, jsonColumn, nullableInteger, nullableText, text } from '../columns.ts';

// Partial results of usage events, and what decides their shape. All of it can be rebuilt from the events (usage/rollups/).
// Written by prepared statements: decimals are TEXT, instants epoch milliseconds.

const key = { primary: true };

/** One row: how often metrics, pricing groups or charges in advance have changed. Counted by triggers. */
export interface UsageDefinitions {
  readonly id: number;
  readonly version: number;
}

export const usageDefinitions = defineTable<UsageDefinitions>('usage_definitions', { id: { ...integer, ...key }, version: integer });

/** Which events of a code there are, also of codes that no metric has. */
export interface EventCode {
  readonly organizationId: string;
  readonly code: string;
  readonly eventsCount: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

export const eventCodes = defineTable<EventCode>('event_codes', {
  organizationId: { ...text, ...key },
  code: { ...text, ...key },
  eventsCount: integer,
  firstSequence: integer,
  lastSequence: integer,
});

/** How the events of one code are summed: by which property, and kept apart by which others. */
export interface UsageLayout {
  readonly id: number;
  readonly organizationId: string;
  readonly code: string;
  readonly aggregationType: AggregationType;
  readonly fieldName: string | null;
  /** What is computed from each event instead of the property. */
  readonly expression: string | null;
  /** Event properties whose values keep events apart: filter keys and pricing group keys, sorted. */
  readonly trackedKeys: readonly string[];
  /** `building`: older events are still being read in; new ones are summed already. */
  readonly status: 'building' | 'ready' | 'obsolete';
  /** Events up to this arrival number have been read in. */
  readonly builtThrough: number;
  /** Arrival number of the last event that was there before the layout. */
  readonly buildUntil: number;
}

export const usageLayouts = defineTable<UsageLayout>('usage_layouts', {
  id: { ...integer, ...key },
  organizationId: text,
  code: text,
  aggregationType: text,
  fieldName: nullableText,
  expression: nullableText,
  trackedKeys: jsonColumn,
  status: text,
  builtThrough: integer,
  buildUntil: integer,
});

/** The events of one layout and one subscription line (all rows of one external id). */
export interface UsageLine {
  readonly id: number;
  readonly layoutId: number;
  readonly externalSubscriptionId: string;
  /** The earliest slot of 15 minutes that holds an event. */
  readonly firstSlot: number;
}

export const usageLines = defineTable<UsageLine>('usage_lines', {
  id: { ...integer, ...key },
  layoutId: integer,
  externalSubscriptionId: text,
  firstSlot: integer,
});

/** The events of one line and one combination of tracked values. */
export interface UsageSeries {
  readonly id: number;
  readonly lineId: number;
  /** JSON array: the values of the layout's tracked keys, in their order. */
  readonly bucket: string;
  /** The latest slot of 15 minutes: the only one that its day's row does not hold yet. */
  readonly openSlot: number;
}

export const usageSeries = defineTable<UsageSeries>('usage_series', {
  id: { ...integer, ...key },
  lineId: integer,
  bucket: text,
  openSlot: integer,
});

/** What the events of one series amount to in one span of time; null where the layout's aggregation does not ask for it. */
export interface UsageRollup {
  readonly layoutId: number;
  /** Length of the slot in minutes: 15 or 1440. */
  readonly span: number;
  /** Number of the slot, counted from 1970 in UTC. */
  readonly slot: number;
  readonly lineId: number;
  readonly seriesId: number;
  readonly eventsCount: number;
  /** Highest arrival number among them. */
  readonly lastSequence: number;
  /** Events with a negative value: while there are none, a level's highest point is its end. */
  readonly fallsCount: number;
  readonly sum: string | null;
  readonly max: string | null;
  readonly latestValue: string | null;
  readonly latestAt: number | null;
  readonly latestSequence: number | null;
  /** Σ value × milliseconds since 1970. */
  readonly weightedMs: string | null;
  /** Σ of the prices that came with the events, in cents with fractions. */
  readonly preciseAmountCents: string | null;
}

export const usageRollups = defineTable<UsageRollup>('usage_rollups', {
  layoutId: { ...integer, ...key },
  span: { ...integer, ...key },
  slot: { ...integer, ...key },
  lineId: { ...integer, ...key },
  seriesId: { ...integer, ...key },
  eventsCount: integer,
  lastSequence: integer,
  fallsCount: integer,
  sum: nullableText,
  max: nullableText,
  latestValue: nullableText,
  latestAt: nullableInteger,
  latestSequence: nullableInteger,
  weightedMs: nullableText,
  preciseAmountCents: nullableText,
});

/** unique_count: the last operation on one value in one slot of 15 minutes. */
export interface UsageValue {
  readonly layoutId: number;
  /** 32 days of slots: a month looks at one or two, however old the books are. */
  readonly era: number;
  readonly seriesId: number;
  readonly value: string;
  readonly slot: number;
  readonly operation: 'add' | 'remove';
  readonly at: number;
  readonly sequence: number;
}

export const usageValues = defineTable<UsageValue>('usage_values', {
  layoutId: { ...integer, ...key },
  era: { ...integer, ...key },
  seriesId: { ...integer, ...key },
  value: { ...text, ...key },
  slot: { ...integer, ...key },
  operation: text,
  at: integer,
  sequence: integer,
});
