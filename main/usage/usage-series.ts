import { daysBetween, earlierOf, isBefore, startOfDay, Temporal, type Instant } from '../../shared/dates.ts';
import type { Decimal } from '../../shared/decimal.ts';
import { ZERO } from '../../shared/decimal.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { MAX_SERIES_POINTS } from '../../shared/internal/usage.ts';
import { aggregatePartials, aggregateUniqueValues, aggregationTerms, type AggregationTerms } from '../billing/aggregation/aggregate.ts';
import { mergeUniqueValues, noUniqueValues } from '../billing/aggregation/unique-values.ts';
import { emptyPartial, mergePartials, type UsagePartial } from '../billing/aggregation/usage-partial.ts';
import type { ChargeTerms, UsageWindow } from '../billing/facts.ts';
import { currentChargePeriod } from '../billing/periods/index.ts';
import { subscriptionTerms } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { ServiceContext } from '../service-context.ts';
import { readCarriedUsage } from './read-charge-usage.ts';
import type { TimeRange } from './rollups/slots.ts';
import { readLine } from './subscription-usage.ts';
import { UsageReader, type Buckets } from './usage-reader.ts';

const HOUR_MS = 3_600_000;
/** Steps below a day, shortest first, up to half a month; longer ones are whole days of the customer's zone. */
const SHORT_STEPS = [
  { name: '15m', ms: HOUR_MS / 4 },
  { name: '1h', ms: HOUR_MS },
  { name: '2h', ms: 2 * HOUR_MS },
  { name: '4h', ms: 4 * HOUR_MS },
  { name: '6h', ms: 6 * HOUR_MS },
] as const;

/** How the units of a charge went over a span of time. */
export interface UsageSeries {
  readonly chargeId: string;
  /** Counts and sums show what came in each step; what is a level, how it stood at its end. */
  readonly kind: 'per_step' | 'level';
  readonly points: readonly SeriesPoint[];
}

export interface SeriesPoint {
  readonly at: Instant;
  readonly units: Decimal;
}

export interface SubscriptionSeries {
  readonly from: Instant;
  readonly to: Instant;
  readonly pointsCount: number;
  readonly stepName: string;
  readonly series: readonly UsageSeries[];
}

/**
 * The units of each charge of a subscription over its running charge period, or another span of time, in at most 60 steps, up to now. All buckets of a
 * charge together, before rounding and pricing. Read from the rollups. Errors: 404.
 */
export async function usageSeries(
  context: ServiceContext,
  asked: { readonly subscriptionId: string; readonly from?: Instant | undefined; readonly to?: Instant | undefined },
): Promise<Result<SubscriptionSeries>> {
  const db = context.database.read;
  const line = await readLine(db, context.organizationId, asked.subscriptionId);
  if (line === null || line.subscription.startedAt === null) return notFound('subscription');
  const { subscription, plan, timeZone } = line;
  const now = context.clock.now();
  const { window: running } = currentChargePeriod(subscriptionTerms(subscription, timeZone), plan, now);
  const isOwnSpan = asked.from !== undefined && asked.to !== undefined && isBefore(asked.from, asked.to);
  const window: UsageWindow = isOwnSpan ? { ...running, from: asked.from, end: asked.to } : running;
  const { stepName, boundaries } = stepsOf(window);
  const scope = { organizationId: context.organizationId, externalSubscriptionId: subscription.externalId };
  const until = earlierOf(now.add({ milliseconds: 1 }), window.end);
  const series = plan.charges.map((charge) => seriesOf(db, { ...scope, charge }, { window, boundaries, until }));
  return ok({ from: window.from, to: window.end, pointsCount: boundaries.length - 1, stepName, series });
}

/** The shortest steps of which not too many fill the span; where each begins, and the end. */
function stepsOf(window: UsageWindow): { readonly stepName: string; readonly boundaries: readonly Instant[] } {
  const fromMs = window.from.epochMilliseconds;
  const endMs = window.end.epochMilliseconds;
  const short = SHORT_STEPS.find(({ ms }) => endMs - fromMs <= ms * MAX_SERIES_POINTS);
  if (short !== undefined) {
    const count = Math.max(Math.ceil((endMs - fromMs) / short.ms), 1);
    const starts = Array.from({ length: count }, (_, index) => Temporal.Instant.fromEpochMilliseconds(fromMs + index * short.ms));
    return { stepName: short.name, boundaries: [...starts, window.end] };
  }
  const firstDay = window.from.toZonedDateTimeISO(window.timeZone).toPlainDate();
  const lastDay = window.end.subtract({ milliseconds: 1 }).toZonedDateTimeISO(window.timeZone).toPlainDate();
  const days = daysBetween(firstDay, lastDay) + 1;
  const stepDays = Math.ceil(days / MAX_SERIES_POINTS);
  const later = Array.from({ length: Math.ceil(days / stepDays) - 1 }, (_, index) =>
    startOfDay(firstDay.add({ days: (index + 1) * stepDays }), window.timeZone),
  );
  return { stepName: `${String(stepDays)}d`, boundaries: [window.from, ...later, window.end] };
}

interface Steps {
  readonly window: UsageWindow;
  readonly boundaries: readonly Instant[];
  readonly until: Instant;
}

function seriesOf(
  db: ReadDatabase,
  scope: { readonly organizationId: string; readonly externalSubscriptionId: string; readonly charge: ChargeTerms },
  steps: Steps,
): UsageSeries {
  const reader = new UsageReader(db, scope);
  const terms = aggregationTerms(scope.charge, steps.window);
  const { metric } = scope.charge;
  const isPerStep = !metric.recurring && (metric.aggregationType === 'count_agg' || metric.aggregationType === 'sum_agg');
  const levelAt = isPerStep
    ? perStep(reader, terms)
    : metric.aggregationType === 'unique_count_agg'
      ? uniqueLevel(reader, terms)
      : partialLevel(reader, terms);
  const points: SeriesPoint[] = [];
  for (const [index, at] of steps.boundaries.slice(0, -1).entries()) {
    if (!isBefore(at, steps.until)) break;
    const end = earlierOf(steps.boundaries[index + 1] ?? steps.until, steps.until);
    points.push({ at, units: levelAt({ fromMs: at.epochMilliseconds, untilMs: end.epochMilliseconds }) });
  }
  return { chargeId: scope.charge.id, kind: isPerStep ? 'per_step' : 'level', points };
}

type StepReader = (range: TimeRange) => Decimal;

function perStep(reader: UsageReader, terms: AggregationTerms): StepReader {
  return (range) => sumOver(reader.partials(range), (partial) => aggregatePartials(terms, partial).units);
}

/** Max, latest, weighted and recurring sums: each step adds to what was before it. */
function partialLevel(reader: UsageReader, terms: AggregationTerms): StepReader {
  const carried = readCarriedUsage(reader, terms);
  const soFar = new Map<string, UsagePartial>();
  for (const [text] of carried) soFar.set(text, emptyPartial());
  return (range) => {
    for (const [text, { content }] of reader.partials(range)) soFar.set(text, mergePartials(soFar.get(text) ?? emptyPartial(), content));
    let total = ZERO;
    for (const [text, partial] of soFar) {
      total = total.plus(aggregatePartials(terms, partial, carried.get(text)?.content.partial).totalAggregatedUnits);
    }
    return total;
  };
}

function uniqueLevel(reader: UsageReader, terms: AggregationTerms): StepReader {
  const soFar = new Map([...readCarriedUsage(reader, terms)].map(([text, { content }]) => [text, content.values] as const));
  return (range) => {
    for (const [text, { content }] of reader.lastOperations(range)) {
      soFar.set(text, mergeUniqueValues(soFar.get(text) ?? noUniqueValues(), content));
    }
    let total = ZERO;
    for (const values of soFar.values()) total = total.plus(aggregateUniqueValues(values).units);
    return total;
  };
}

function sumOver<Content>(buckets: Buckets<Content>, unitsOf: (content: Content) => Decimal): Decimal {
  let total = ZERO;
  for (const { content } of buckets.values()) total = total.plus(unitsOf(content));
  return total;
}
