import { describe, expect, test } from 'vitest';
import { aggregateEvents, aggregationTerms } from '../../../main/billing/aggregation/aggregate.ts';
import type { BucketUsage, ChargeTerms, PlanTerms } from '../../../main/billing/facts.ts';
import { draftFees, winningTaxes, type ChargeUsageFacts, type ItemFacts } from '../../../main/billing/invoice/draft-fees.ts';
import { periodicItem, startingItem, terminatingItem } from '../../../main/billing/occasions.ts';
import { ZERO } from '../../../shared/decimal.ts';
import { cents, ZERO_CENTS } from '../../../shared/money.ts';
import { at, day, plan, subscription, tax } from '../../support/subscription-builders.ts';
import { charge, events, metric, window } from '../../support/usage-builders.ts';

const MARCH = window('2023-03-01', '2023-03-31', 31);
const started = subscription('2023-01-05T09:00:00Z');

function used(of: ChargeTerms, ...values: readonly string[]): ChargeUsageFacts {
  const list = events(...values.map((value, index) => [`2023-03-${10 + index}`, value] as const));
  const bucket: BucketUsage = { key: { filterId: null, groupedBy: {} }, ...aggregateEvents(aggregationTerms(of, MARCH), list) };
  return { charge: of, buckets: values.length === 0 ? [] : [bucket], watermark: values.length === 0 ? null : values.length };
}

/** The facts of 1 April: March is over. */
function facts(of: PlanTerms, more: Partial<ItemFacts> = {}): ItemFacts {
  return {
    subscriptionId: started.id,
    plan: of,
    item: periodicItem(started, of, day('2023-04-01')),
    usage: [],
    advanceUsage: [],
    inheritedTaxes: [],
    billedForCommitmentCents: ZERO_CENTS,
    ...more,
  };
}

const amounts = (drafted: ReturnType<typeof draftFees>) => drafted.map((fee) => [fee.feeType, fee.amountCents]);
const commitmentOf = (amount: number) => ({ id: 'commitment-1', amountCents: cents(amount), invoiceDisplayName: null, taxes: [] });

describe('the fees of a billing date', () => {
  test('are the subscription fee, then the charges in the order of the plan', () => {
    const calls = charge({ id: 'calls' });
    const seats = charge({ id: 'seats', properties: { amount: '2' } });
    const drafted = draftFees(facts(plan({ charges: [calls, seats] }), { usage: [used(calls, '3'), used(seats, '5')] }));
    expect(drafted.map((fee) => [fee.feeType, fee.chargeId, fee.amountCents])).toEqual([
      ['subscription', null, 1000n],
      ['charge', 'calls', 300n],
      ['charge', 'seats', 1000n],
    ]);
  });

  test('a charge without units, events and amount makes no fee', () => {
    expect(amounts(draftFees(facts(plan(), { usage: [used(charge())] })))).toEqual([['subscription', 1000n]]);
  });

  test('a charge whose events come to nothing keeps its fee', () => {
    expect(amounts(draftFees(facts(plan(), { usage: [used(charge(), '5', '-5')] })))).toEqual([
      ['subscription', 1000n],
      ['charge', 0n],
    ]);
  });

  test('the first flat of a tiered charge is billed without usage', () => {
    const tiered = charge({
      chargeModel: 'graduated',
      properties: { graduated_ranges: [{ from_value: 0, to_value: null, per_unit_amount: '1', flat_amount: '2' }] },
    });
    expect(amounts(draftFees(facts(plan(), { usage: [used(tiered)] })))).toEqual([
      ['subscription', 1000n],
      ['charge', 200n],
    ]);
  });

  test('a plan of 0 has a fee of 0', () => {
    expect(amounts(draftFees(facts(plan({ amountCents: ZERO_CENTS }))))).toEqual([['subscription', 0n]]);
  });

  test('a start bills the subscription fee alone', () => {
    const of = plan({ payInAdvance: true, charges: [charge()] });
    const item = startingItem(started, of, day('2023-03-10'));
    const drafted = draftFees(facts(of, { item, usage: [used(charge(), '3')] }));
    expect(amounts(drafted)).toEqual([['subscription', 710n]]); // 22 of 31 days
    expect(drafted[0]?.units.toFixed()).toBe('1');
  });

  test('the fee keeps the plan’s price for a later credit note', () => {
    expect(draftFees(facts(plan()))[0]?.amountDetails).toEqual({ plan_amount_cents: '1000' });
  });

  test('usage shows the dates of its charge period, the fee those of its own', () => {
    const of = plan({ payInAdvance: true });
    const [base, usage] = draftFees(facts(of, { usage: [used(charge(), '3')] }));
    expect([base?.fromAt.toString(), base?.toAt.toString()]).toEqual(['2023-04-01T00:00:00Z', '2023-04-30T23:59:59.999Z']);
    expect([usage?.fromAt.toString(), usage?.toAt.toString()]).toEqual(['2023-03-01T00:00:00Z', '2023-03-31T23:59:59.999Z']);
  });

  test('a recurring charge paid in advance is billed for the new period, with its dates', () => {
    const seats = charge({ metric: metric('sum_agg', { recurring: true }), payInAdvance: true });
    const held = used({ ...seats, payInAdvance: false }, '10');
    const [, fee] = draftFees(facts(plan(), { advanceUsage: [{ ...held, charge: { ...seats, prorated: false } }] }));
    expect([fee?.amountCents, fee?.payInAdvance, fee?.fromAt.toString(), fee?.toAt.toString()]).toEqual([
      1000n,
      true,
      '2023-04-01T00:00:00Z',
      '2023-04-30T23:59:59.999Z',
    ]);
  });
});

describe('a spending minimum', () => {
  const minimum = charge({ minAmountCents: cents(1000) });

  test('tops the charge up, beside its parent', () => {
    const drafted = draftFees(facts(plan(), { usage: [used(minimum, '8')] }));
    expect(drafted.map((fee) => [fee.amountCents, fee.trueUpOf])).toEqual([
      [1000n, null],
      [800n, null],
      [200n, 1],
    ]);
  });

  test('keeps a zero parent without usage', () => {
    const drafted = draftFees(facts(plan(), { usage: [used(minimum)] }));
    expect(drafted.map((fee) => [fee.amountCents, fee.trueUpOf])).toEqual([
      [1000n, null],
      [0n, null],
      [1000n, 1],
    ]);
  });

  test('has its parent in a group that is billed, not in one that has come to nothing', () => {
    const group = (agent: string, usage: BucketUsage): BucketUsage => ({ ...usage, key: { filterId: null, groupedBy: { agent } } });
    const { buckets } = used(minimum, '8');
    const empty = { eventsCount: 0, units: ZERO, totalAggregatedUnits: ZERO };
    const groups = buckets.flatMap((usage) => [group('a', { ...usage, ...empty }), group('b', usage)]);
    const drafted = draftFees(facts(plan(), { usage: [{ charge: minimum, buckets: groups, watermark: 1 }] }));
    expect(drafted.map((fee) => [fee.groupedBy, fee.amountCents, fee.trueUpOf])).toEqual([
      [{}, 1000n, null],
      [{ agent: 'b' }, 800n, null],
      [{}, 200n, 1],
    ]);
  });

  test('names its parent also behind other charges', () => {
    const drafted = draftFees(facts(plan(), { usage: [used(charge({ id: 'other' }), '1'), used(minimum, '8')] }));
    expect(drafted.map((fee) => fee.trueUpOf)).toEqual([null, null, null, 2]);
  });

  test('is weighed by the days of the charge period: 25 of 28 days of 10.00 less 8.00', () => {
    const late = subscription('2023-02-04T09:00:00Z');
    const item = periodicItem(late, plan(), day('2023-03-01'));
    const drafted = draftFees(facts(plan(), { item, usage: [used(minimum, '8')] }));
    expect(drafted.at(-1)?.amountCents).toBe(93n);
  });
});

describe('a minimum commitment', () => {
  const committed = plan({ minimumCommitment: commitmentOf(5000) });

  test('tops subscription fee and usage up when the fee period is over', () => {
    expect(amounts(draftFees(facts(committed, { usage: [used(charge(), '15')] })))).toEqual([
      ['subscription', 1000n],
      ['charge', 1500n],
      ['commitment', 2500n],
    ]);
  });

  test('counts what earlier invoices billed for the same fee period', () => {
    expect(draftFees(facts(committed, { billedForCommitmentCents: cents(1200) })).at(-1)?.amountCents).toBe(2800n);
  });

  test('is nothing where enough was billed', () => {
    expect(amounts(draftFees(facts(committed, { usage: [used(charge(), '40')] })))).toEqual([
      ['subscription', 1000n],
      ['charge', 4000n],
    ]);
  });

  test('of a plan paid in advance leaves the new period’s fee out', () => {
    const advance = plan({ payInAdvance: true, minimumCommitment: commitmentOf(5000) });
    const drafted = draftFees(facts(advance, { usage: [used(charge(), '15')], billedForCommitmentCents: cents(1000) }));
    expect(amounts(drafted)).toEqual([
      ['subscription', 1000n],
      ['charge', 1500n],
      ['commitment', 2500n],
    ]);
    expect(drafted.at(-1)?.toAt.toString()).toBe('2023-03-31T23:59:59.999Z');
  });

  test('is weighed by the billed days of a row that ends', () => {
    const ended = { ...started, terminatedAt: at('2023-03-10T12:00:00Z') };
    const item = terminatingItem(ended, committed, { kind: 'termination', at: at('2023-03-10T12:00:00Z') });
    // 5 000 × 10/31 = 1 612.90 less the fee of 323.
    expect(amounts(draftFees(facts(committed, { item })))).toEqual([
      ['subscription', 323n],
      ['commitment', 1290n],
    ]);
  });

  test('waits for the end of the year where charges are billed monthly', () => {
    const yearly = plan({ interval: 'yearly', billChargesMonthly: true, minimumCommitment: commitmentOf(5000) });
    expect(draftFees(facts(yearly))).toEqual([]);
  });
});

describe('the taxes of a fee', () => {
  const ofCharge = [tax('charge', '1')];
  const ofPlan = [tax('plan', '2')];
  const inherited = [tax('customer', '3')];

  test('are the first list that is not empty, and lists never merge', () => {
    expect(winningTaxes([], ofPlan, inherited)).toEqual(ofPlan);
    expect(winningTaxes([], [], inherited)).toEqual(inherited);
    expect(winningTaxes([], [], [])).toEqual([]);
  });

  test('are the charge’s own before the plan’s, and the plan’s before the customer’s', () => {
    const own = charge({ id: 'own', taxes: ofCharge });
    const bare = charge({ id: 'bare' });
    const usage = [used(own, '1'), used(bare, '1')];
    const codes = (of: PlanTerms) =>
      draftFees(facts(of, { usage, inheritedTaxes: inherited })).map((fee) => fee.taxes.map(({ code }) => code).join());
    expect(codes(plan({ taxes: ofPlan }))).toEqual(['plan', 'charge', 'plan']);
    expect(codes(plan())).toEqual(['customer', 'charge', 'customer']);
  });

  test('of a commitment are its own before the plan’s', () => {
    const own = plan({ taxes: ofPlan, minimumCommitment: { ...commitmentOf(5000), taxes: ofCharge } });
    const bare = plan({ taxes: ofPlan, minimumCommitment: commitmentOf(5000) });
    expect([own, bare].map((of) => draftFees(facts(of)).at(-1)?.taxes[0]?.code)).toEqual(['charge', 'plan']);
  });
});
