import { Decimal, decimal } from '../../../shared/decimal.ts';
import type { EventSample, PropertyKind, SeenPropertiesAnswer, SeenProperty } from '../../../shared/internal/metrics.ts';
import { numericText } from '../../billing/aggregation/numeric-property.ts';
import { propertyText } from '../../billing/aggregation/property-text.ts';
import type { MetricTerms } from '../../billing/facts.ts';
import type { ServiceContext } from '../../service-context.ts';
import { warningsUnder } from '../event-warnings.ts';
import { readLatestEvents } from './code-events.ts';

/** Enough to see what a sender sends. */
const LOOKED_AT = 500;
const MAX_KEYS = 50;
const MAX_EXAMPLE_LENGTH = 60;

interface Sighting {
  count: number;
  readonly kinds: Map<PropertyKind, number>;
  readonly example: string;
}

/** The property keys that the latest events of a code carry, most frequent first. */
export function readSeenProperties(context: ServiceContext, code: string): SeenPropertiesAnswer {
  const events = readLatestEvents(context.database.read, { organizationId: context.organizationId, code, limit: LOOKED_AT });
  const seen = new Map<string, Sighting>();
  for (const { properties } of events) {
    for (const [key, value] of Object.entries(properties)) note(seen, key, value);
  }
  const properties = [...seen]
    .map(([key, sighting]): SeenProperty => ({
      key,
      kind: mostFrequent(sighting.kinds),
      rate: percentOf(sighting.count, events.length),
      example: sighting.example,
    }))
    .sort((one, other) => decimal(other.rate).comparedTo(decimal(one.rate)) || (one.key < other.key ? -1 : 1));
  return { looked_at: events.length, properties: properties.slice(0, MAX_KEYS) };
}

function note(seen: Map<string, Sighting>, key: string, value: unknown): void {
  const kind = kindOf(value);
  const known = seen.get(key) ?? { count: 0, kinds: new Map<PropertyKind, number>(), example: exampleOf(value) };
  known.count += 1;
  known.kinds.set(kind, (known.kinds.get(kind) ?? 0) + 1);
  seen.set(key, known);
}

function kindOf(value: unknown): PropertyKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return numericText(value) === null ? 'text' : 'number_as_text';
  return typeof value === 'boolean' ? 'boolean' : 'other';
}

function exampleOf(value: unknown): string {
  return (propertyText(value) ?? JSON.stringify(value)).slice(0, MAX_EXAMPLE_LENGTH);
}

function mostFrequent(kinds: ReadonlyMap<PropertyKind, number>): PropertyKind {
  const [first] = [...kinds].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? 'other';
}

/** How many of a metric's latest events have nothing that it can count. */
export function readEventSample(context: ServiceContext, metric: MetricTerms): EventSample {
  const events = readLatestEvents(context.database.read, {
    organizationId: context.organizationId,
    code: metric.code,
    limit: LOOKED_AT,
  });
  const without = events.filter((event) => warningsUnder(metric, event).length > 0).length;
  return {
    looked_at: events.length,
    without_value: without,
    without_value_rate: events.length === 0 ? null : percentOf(without, events.length),
  };
}

function percentOf(part: number, whole: number): string {
  return decimal(part).times(100).div(whole).toDecimalPlaces(1, Decimal.ROUND_HALF_UP).toFixed();
}
