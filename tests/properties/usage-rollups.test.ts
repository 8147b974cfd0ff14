import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aggregateEvents, aggregationTerms } from '../../main/billing/aggregation/aggregate.ts';
import { AGGREGATION_TYPES, type AggregationType, type BucketUsage, type ChargeTerms, type UsageWindow } from '../../main/billing/facts.ts';
import { priceChargeUsage } from '../../main/billing/fees/charge-fee.ts';
import { usageNeeds } from '../../main/billing/pricing/usage-needs.ts';
import { EventIngestion, readChargeUsage, rebuildRollups, verifyRollups } from '../../main/usage/index.ts';
import { Temporal } from '../../shared/dates.ts';
import { ORGANIZATION_ID } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';
import { bucketEvents } from '../support/event-buckets.ts';
import { charge, filter, metric, USD } from '../support/usage-builders.ts';

// Usage is what the events say, whatever way they came in: one by one or by the hundred, in any order, twice or late; and whatever way it
// is read: from rollups in any time zone, or from the events. The events are summed here by the pure functions alone.

const FIRST_MS = Temporal.Instant.from('2024-03-09T22:00:00Z').epochMilliseconds; // two days around a change of clocks in New York
const SPAN_MS = 3 * 86_400_000;
const ZONES = ['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns'];

interface SentEvent {
  readonly id: string;
  readonly atMs: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

const value = fc.oneof(
  fc.integer({ min: -50, max: 500 }).map((n) => String(n)),
  fc.integer({ min: -9_999, max: 9_999 }).map((n) => n / 100),
  fc.constantFrom('0.000001', '12.50', '-0', 'x', '', '1e3', null, true, undefined),
);
const sentEvent: fc.Arbitrary<SentEvent> = fc.record({
  id: fc.integer({ min: 1, max: 40 }).map((n) => `t${String(n)}`),
  // Whole quarters of an hour and what lies beside them are where mistakes would be.
  atMs: fc
    .oneof(
      fc.integer({ min: 0, max: SPAN_MS }),
      fc
        .tuple(fc.integer({ min: 0, max: SPAN_MS / 900_000 }), fc.constantFrom(-1, 0, 1, 999, 1000))
        .map(([slot, ms]) => slot * 900_000 + ms),
    )
    .map((ms) => FIRST_MS + ms),
  properties: fc.record(
    {
      value,
      region: fc.constantFrom('eu', 'us', 'mars', ''),
      agent: fc.constantFrom('a', 'b', 1, ''),
      operation_type: fc.constantFrom('add', 'remove'),
    },
    { requiredKeys: [] },
  ),
});
/** Without a fall, prices look at the first events only. */
const sentEvents = fc.tuple(fc.array(sentEvent, { maxLength: 40 }), fc.boolean()).map(([events, mayFall]) => {
  const risen = (sent: unknown): unknown => (typeof sent === 'number' ? Math.abs(sent) : String(sent).replace('-', ''));
  const rise = (event: SentEvent): SentEvent => ({
    ...event,
    properties: { ...event.properties, value: risen(event.properties['value']) },
  });
  return mayFall ? events : events.map(rise);
});
const secondInSpan = fc.oneof(
  fc.integer({ min: -1, max: SPAN_MS / 1000 }),
  fc.integer({ min: 0, max: SPAN_MS / 900_000 }).map((slot) => slot * 900),
);
const windowOf = fc
  .record({ a: secondInSpan, b: secondInSpan, timeZone: fc.constantFrom(...ZONES) })
  .map(({ a, b, timeZone }): UsageWindow => {
    const from = Temporal.Instant.fromEpochMilliseconds(FIRST_MS + Math.min(a, b) * 1000);
    const end = Temporal.Instant.fromEpochMilliseconds(FIRST_MS + Math.max(a, b) * 1000 + 1000);
    const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(timeZone).toPlainDate();
    return { from, end, timeZone, fullPeriodDays: 31, firstDay: dayOf(from), lastDay: dayOf(end.subtract({ milliseconds: 1 })) };
  });

/** Charges that read each kind of partial, on a metric of each aggregation. */
function chargesOf(aggregationType: AggregationType): readonly ChargeTerms[] {
  const recurs = aggregationType === 'sum_agg' || aggregationType === 'unique_count_agg' || aggregationType === 'weighted_sum_agg';
  const prorates = aggregationType === 'sum_agg' || aggregationType === 'unique_count_agg';
  return [false, ...(recurs ? [true] : [])].flatMap((recurring) => {
    const terms = metric(aggregationType, { code: aggregationType, recurring });
    const grouped = { amount: '1', pricing_group_keys: ['agent'] };
    return [
      charge({ metric: terms }),
      charge({ metric: terms, properties: grouped }),
      charge({
        metric: terms,
        filters: [filter('f1', { region: ['eu'] }, { amount: '2' }), filter('f2', { region: ['eu', 'us'] }, grouped)],
      }),
      // No rollup keeps this property apart: read from the events.
      charge({ metric: terms, properties: { amount: '1', pricing_group_keys: ['operation_type'] } }),
      ...FREE.map((free) => charge({ metric: terms, chargeModel: 'percentage', properties: { rate: '1', fixed_amount: '0.5', ...free } })),
      ...(recurring && prorates
        ? [
            charge({ metric: terms, prorated: true }),
            charge({ metric: terms, prorated: true, chargeModel: 'graduated', properties: TIERS }),
          ]
        : []),
    ];
  });
}

const FREE = [
  { free_units_per_events: 2 },
  { free_units_per_total_aggregation: '30.5' },
  { free_units_per_events: 3, free_units_per_total_aggregation: '20', pricing_group_keys: ['agent'] },
  { free_units_per_events: 2, per_transaction_max_amount: '2' },
];

const TIERS = {
  graduated_ranges: [
    { from_value: 0, to_value: 10, per_unit_amount: '1', flat_amount: '0' },
    { from_value: 11, to_value: null, per_unit_amount: '0.5', flat_amount: '0' },
  ],
};

/** What the pure functions say of the events that count: the first of each transaction id. */
function expectedUsage(terms: ChargeTerms, window: UsageWindow, arrived: readonly SentEvent[]): readonly BucketUsage[] {
  const known = new Set<string>();
  const counted = arrived.filter(({ id }) => !known.has(id) && known.add(id));
  const events = counted.map((event, index) => ({
    at: Temporal.Instant.fromEpochMilliseconds(event.atMs),
    sequence: index,
    transactionId: event.id,
    properties: JSON.parse(JSON.stringify(event.properties)) as Readonly<Record<string, unknown>>,
    preciseTotalAmountCents: null,
  }));
  return bucketEvents(terms, events).map((bucket) => ({
    key: bucket.key,
    ...aggregateEvents(aggregationTerms(terms, window), bucket.events),
  }));
}

/** Buckets that say something, as comparable text. Events that the price does not look at need not be listed. */
function shown(terms: ChargeTerms, buckets: readonly BucketUsage[]): readonly string[] {
  const listsAll = usageNeeds(terms) !== 'first_events';
  const texts = buckets
    .filter((bucket) => bucket.eventsCount > 0 || !bucket.units.isZero() || !bucket.totalAggregatedUnits.isZero())
    .map(({ key, units, totalAggregatedUnits, eventsCount, proratedUnits, events }) =>
      JSON.stringify([
        [key.filterId, key.groupedBy, eventsCount],
        [units, totalAggregatedUnits, proratedUnits].map((number) => number?.toFixed()),
        (listsAll && events?.map((event) => [event.value.toFixed(), event.ratio.toFixed()])) ?? null,
      ]),
    );
  return texts.sort();
}

/** What the buckets cost, exactly. */
function prices(terms: ChargeTerms, buckets: readonly BucketUsage[]): readonly string[] {
  return priceChargeUsage(terms, buckets, USD)
    .filter((fee) => fee.eventsCount > 0)
    .map((fee) => JSON.stringify([fee.key, fee.preciseAmount.toFixed(), fee.amountDetails]))
    .sort();
}

describe('usage from rollups is usage from events', () => {
  let books: Books;
  let ingestion: EventIngestion;
  let runs = 0;
  beforeAll(async () => {
    books = await Books.open('2024-03-10T12:00:00Z');
    ingestion = new EventIngestion(books.context, () => Promise.resolve());
    const plan = await books.plan();
    for (const aggregationType of AGGREGATION_TYPES) {
      const { id } = await books.billableMetric({
        code: aggregationType,
        aggregationType,
        fieldName: aggregationType === 'count_agg' ? null : 'value',
        filters: [{ key: 'region', values: ['eu', 'us'] }],
      });
      await books.charge({
        planId: plan.id,
        billableMetricId: id,
        properties: { amount: '1', pricing_group_keys: ['agent'], grouped_by: ['agent'] },
      });
    }
  });
  afterAll(async () => {
    await ingestion.close();
    await books.close();
  });

  /** Sends the events in batches of the given sizes; a batch that is refused for its duplicates is sent again one by one. */
  async function send(line: string, code: string, events: readonly SentEvent[], sizes: readonly number[]): Promise<void> {
    const raws = events.map(({ id, atMs, properties }) => ({
      transaction_id: id,
      external_subscription_id: line,
      code,
      timestamp: `${String(Math.floor(atMs / 1000))}.${String(atMs % 1000).padStart(3, '0')}`,
      properties,
    }));
    let start = 0;
    for (let index = 0; start < raws.length; index += 1) {
      const batch = raws.slice(start, start + (sizes[index % sizes.length] ?? 1));
      start += batch.length;
      if ((await ingestion.ingestBatch({ events: batch })).ok) continue;
      await Promise.all(batch.map((raw) => ingestion.ingestEvent(raw)));
    }
  }

  it.each(AGGREGATION_TYPES)('for %s: any order, batches, duplicates, window and zone', async (aggregationType) => {
    await fc.assert(
      fc.asyncProperty(
        sentEvents,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
        windowOf,
        async (events, sizes, window) => {
          runs += 1;
          const line = `line ${String(runs)}`;
          await send(line, aggregationType, events, sizes);
          for (const terms of chargesOf(aggregationType)) {
            const request = { organizationId: ORGANIZATION_ID, externalSubscriptionId: line, charge: terms, window };
            const read = readChargeUsage(books.context.database.read, request);
            const expected = expectedUsage(terms, window, events);
            expect(shown(terms, read)).toEqual(shown(terms, expected));
            expect(prices(terms, read)).toEqual(prices(terms, expected));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('and rollups are what a rebuild from the events makes', async () => {
    const { read, unitOfWork } = books.context.database;
    expect(verifyRollups(read)).toEqual([]);
    const layouts = read.select<{ status: string; keys: string }>('SELECT "status", "tracked_keys" AS "keys" FROM "usage_layouts"').all();
    expect(layouts).toEqual(AGGREGATION_TYPES.map(() => ({ status: 'ready', keys: '["agent","region"]' })));
    const rows = () => read.select<{ n: number }>('SELECT COUNT(*) AS "n" FROM "usage_rollups"').get();
    const before = rows();
    await unitOfWork.write('rebuild', (tx) => {
      for (const code of AGGREGATION_TYPES) rebuildRollups(tx, ORGANIZATION_ID, code);
    });
    expect(rows()).toEqual(before);
    expect(verifyRollups(read)).toEqual([]);
  });
});
