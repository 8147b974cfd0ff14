import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aggregationTerms, nothingCarried } from '../../main/billing/aggregation/aggregate.ts';
import { partialOf } from '../../main/billing/aggregation/usage-partial.ts';
import { uniqueValuesOf } from '../../main/billing/aggregation/unique-values.ts';
import type { AggregationType, ChargeFeeDraft, ChargeTerms } from '../../main/billing/facts.ts';
import { advanceEvent, advanceFee } from '../../main/billing/fees/advance-fee.ts';
import type { UsageEvent } from '../../main/billing/aggregation/metered-event.ts';
import { advanceFeeDraft, EventIngestion } from '../../main/usage/index.ts';
import { Temporal } from '../../shared/dates.ts';
import { ORGANIZATION_ID, USD } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';
import { bucketEvents } from '../support/event-buckets.ts';
import { charge, metric, window } from '../support/usage-builders.ts';

// The fee of an event paid in advance is read from totals where they tell, else from the events: both must come to what the pure functions
// make of all events of the bucket up to this one. Events come in any order of time.

const MARCH = window('2024-03-01', '2024-03-31', 31, 'Asia/Kathmandu');
const MARCH_MS = MARCH.from.epochMilliseconds;

const sent = fc.record({
  // Before the period, inside it, and often at the same instant.
  hour: fc.integer({ min: -30, max: 60 }),
  value: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -20, max: 20 }), fc.constant('x')),
  agent: fc.constantFrom('a', 'b'),
  operation_type: fc.constantFrom('add', 'add', 'remove'),
});

function chargesOf(aggregationType: AggregationType): readonly ChargeTerms[] {
  const recurs = aggregationType !== 'count_agg';
  return [false, ...(recurs ? [true] : [])].flatMap((recurring) => {
    const terms = { metric: metric(aggregationType, { code: aggregationType, recurring }), payInAdvance: true };
    return [
      charge({ ...terms, properties: { amount: '1.5' } }),
      charge({ ...terms, properties: { amount: '1.5', pricing_group_keys: ['agent'] } }),
      charge({ ...terms, chargeModel: 'package', properties: { amount: '10', package_size: 3, free_units: 4 } }),
      charge({ ...terms, chargeModel: 'percentage', properties: { rate: '2', fixed_amount: '0.1', free_units_per_events: 2 } }),
      ...(recurring ? [charge({ ...terms, prorated: true })] : []),
    ];
  });
}

/** From every event that was there, summed by nothing but the pure functions. */
function expectedFee(terms: ChargeTerms, arrived: readonly UsageEvent[], last: UsageEvent): ChargeFeeDraft | null {
  const upToLast = arrived.filter(
    ({ at, sequence }) => at.epochMilliseconds < last.at.epochMilliseconds || (at.equals(last.at) && sequence <= last.sequence),
  );
  const inOrder = [...upToLast].sort(
    (one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds || one.sequence - other.sequence,
  );
  const bucket = bucketEvents(terms, inOrder).find(({ events }) => events.at(-1)?.sequence === last.sequence);
  if (bucket === undefined) return null;
  const before = bucket.events.filter(({ at }) => at.epochMilliseconds < MARCH_MS);
  const isUnique = terms.metric.aggregationType === 'unique_count_agg';
  const carried = !terms.metric.recurring
    ? nothingCarried()
    : { ...nothingCarried(), ...(isUnique ? { values: uniqueValuesOf(before) } : { partial: partialOf(before) }) };
  const events = bucket.events.slice(before.length);
  return advanceFee(terms, advanceEvent(aggregationTerms(terms, MARCH), bucket.key, { carried, events }), USD);
}

const shown = (fee: ChargeFeeDraft | null) =>
  fee && [
    fee.key.groupedBy,
    fee.units.toFixed(),
    fee.amountCents.toString(),
    fee.preciseAmount.toFixed(),
    JSON.stringify(fee.amountDetails),
  ];

describe('the fee of an event paid in advance', () => {
  let books: Books;
  let runs = 0;
  let check: (event: UsageEvent) => void = () => undefined;
  let ingestion: EventIngestion;
  beforeAll(async () => {
    books = await Books.open('2024-03-10T12:00:00Z');
    ingestion = new EventIngestion(books.context, (tx, event) => {
      const stored: UsageEvent = { ...event, at: event.timestamp };
      check(stored);
      if (event.timestamp.epochMilliseconds < MARCH_MS) return Promise.resolve();
      for (const terms of chargesOf(event.code as AggregationType)) {
        const request = {
          organizationId: ORGANIZATION_ID,
          externalSubscriptionId: event.externalSubscriptionId,
          charge: terms,
          window: MARCH,
          currency: USD,
        };
        expect(shown(advanceFeeDraft(tx, { ...request, event: stored }))).toEqual(shown(expectedFee(terms, arrived, stored)));
      }
      return Promise.resolve();
    });
    const plan = await books.plan();
    for (const aggregationType of ['count_agg', 'sum_agg', 'unique_count_agg'] as const) {
      const fieldName = aggregationType === 'count_agg' ? null : 'value';
      const { id } = await books.billableMetric({ code: aggregationType, aggregationType, fieldName });
      const properties = { amount: '1', pricing_group_keys: ['agent'], grouped_by: ['agent'] };
      await books.charge({ planId: plan.id, billableMetricId: id, payInAdvance: true, properties });
    }
  });
  afterAll(async () => {
    await ingestion.close();
    await books.close();
  });

  let arrived: UsageEvent[] = [];

  it.each(['count_agg', 'sum_agg', 'unique_count_agg'] as const)('is the same from totals as from the events, for %s', async (code) => {
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { maxLength: 15 }), async (events) => {
        runs += 1;
        arrived = [];
        check = (event) => arrived.push(event);
        const raws = events.map(({ hour, ...properties }, index) => ({
          transaction_id: `t${String(index)}`,
          external_subscription_id: `line ${String(runs)}`,
          code,
          timestamp: MARCH_MS / 1000 + hour * 3600,
          properties,
        }));
        if (raws.length > 0) expect((await ingestion.ingestBatch({ events: raws })).ok).toBe(true);
        expect(arrived).toHaveLength(raws.length);
      }),
      { numRuns: 30 },
    );
  });

  it('is estimated before the event is stored as it is billed after', () => {
    const terms = charge({ metric: metric('sum_agg', { code: 'sum_agg' }), payInAdvance: true });
    const event: UsageEvent = {
      at: Temporal.Instant.from('2024-03-15T00:00:00Z'),
      sequence: Number.MAX_SAFE_INTEGER,
      transactionId: 'none',
      properties: { value: '2.5' },
      preciseTotalAmountCents: null,
    };
    const request = { organizationId: ORGANIZATION_ID, externalSubscriptionId: 'nobody', charge: terms, window: MARCH, currency: USD };
    expect(advanceFeeDraft(books.context.database.read, { ...request, event })?.amountCents).toBe(250n);
    expect(advanceFeeDraft(books.context.database.read, { ...request, event: { ...event, properties: {} } })).toBeNull();
  });
});
