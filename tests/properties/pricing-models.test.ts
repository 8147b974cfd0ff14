import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aggregateEvents, aggregationTerms, nothingCarried } from '../../main/billing/aggregation/aggregate.ts';
import { advanceEvent, advanceFee } from '../../main/billing/fees/advance-fee.ts';
import { priceChargeUsage } from '../../main/billing/fees/charge-fee.ts';
import type { ChargeTerms } from '../../main/billing/facts.ts';
import { priceUsage } from '../../main/billing/pricing/price.ts';
import { decimal } from '../../shared/decimal.ts';
import { charge, events, metric, USD, window } from '../support/usage-builders.ts';

const MARCH = window('2023-03-01', '2023-03-31', 31);
const prices = fc.integer({ min: 0, max: 100_000 }).map((millis) => decimal(millis).div(1000).toFixed());
const units = fc.integer({ min: 1, max: 10_000_000 }).map((millis) => decimal(millis).div(1000).toFixed());

function amountOf(terms: Partial<ChargeTerms>, value: string): string {
  const of = charge(terms);
  const usage = aggregateEvents(aggregationTerms(of, MARCH), events(['2023-03-05', value]));
  const { chargeModel, properties, prorated } = of;
  return priceUsage({ chargeModel, properties, prorated, currency: USD, aggregationType: 'sum_agg' }, usage).amount.toFixed();
}

test('one open tier prices alike in graduated and volume', () => {
  fc.assert(
    fc.property(units, prices, prices, (value, perUnit, flat) => {
      const ranges = [{ from_value: 0, to_value: null, per_unit_amount: perUnit, flat_amount: flat }];
      const graduated = amountOf({ chargeModel: 'graduated', properties: { graduated_ranges: ranges } }, value);
      expect(amountOf({ chargeModel: 'volume', properties: { volume_ranges: ranges } }, value)).toBe(graduated);
    }),
  );
});

test('both writings of graduated tiers price alike', () => {
  const bounds = fc
    .uniqueArray(fc.integer({ min: 2, max: 5000 }), { minLength: 1, maxLength: 5 })
    .map((list) => [...list].sort((one, other) => one - other));
  fc.assert(
    fc.property(units, bounds, prices, (value, ends, perUnit) => {
      fc.pre(ends.every((end, index) => index === 0 || end > (ends[index - 1] ?? 0) + 1));
      const ranges = (step: number) =>
        [...ends, null].map((to, index) => {
          const from = index === 0 ? 0 : (ends[index - 1] ?? 0) + step;
          return {
            from_value: from,
            to_value: to,
            per_unit_amount: decimal(perUnit)
              .times(index + 1)
              .toFixed(),
            flat_amount: '1',
          };
        });
      const graduated = (step: number) => amountOf({ chargeModel: 'graduated', properties: { graduated_ranges: ranges(step) } }, value);
      expect(graduated(0)).toBe(graduated(1));
    }),
  );
});

test('one open percentage tier prices as a plain percentage', () => {
  fc.assert(
    fc.property(units, prices, (value, rate) => {
      const ranges = [{ from_value: 0, to_value: null, rate, flat_amount: '0' }];
      const tiered = amountOf({ chargeModel: 'graduated_percentage', properties: { graduated_percentage_ranges: ranges } }, value);
      expect(amountOf({ chargeModel: 'percentage', properties: { rate } }, value)).toBe(tiered);
    }),
  );
});

test('a package never charges for units up to the free ones, and always for more', () => {
  fc.assert(
    fc.property(units, fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 500 }), (value, freeUnits, packageSize) => {
      const amount = amountOf(
        { chargeModel: 'package', properties: { amount: '7', package_size: packageSize, free_units: freeUnits } },
        value,
      );
      const isFree = decimal(value).lte(freeUnits);
      expect(decimal(amount).isZero()).toBe(isFree);
      expect(decimal(amount).mod(7).isZero()).toBe(true);
    }),
  );
});

test('each bucket is rounded by itself: the charge is the sum of its rounded fees', () => {
  fc.assert(
    fc.property(fc.array(units, { minLength: 1, maxLength: 8 }), prices, (values, price) => {
      const of = charge({ properties: { amount: price, pricing_group_keys: ['agent'] } });
      const buckets = values.map((value, index) => ({
        key: { filterId: null, groupedBy: { agent: String(index) } },
        ...aggregateEvents(aggregationTerms(of, MARCH), events(['2023-03-05', value])),
      }));
      const together = priceChargeUsage(of, buckets, USD).map((fee) => fee.amountCents);
      expect(together).toEqual(buckets.flatMap((bucket) => priceChargeUsage(of, [bucket], USD)).map((fee) => fee.amountCents));
    }),
  );
});

test('fees in advance, before rounding, add up to the price of all events', () => {
  const models: readonly Partial<ChargeTerms>[] = [
    { chargeModel: 'standard', properties: { amount: '0.7' } },
    { chargeModel: 'package', properties: { amount: '3', package_size: 7, free_units: 20 } },
    {
      chargeModel: 'percentage',
      properties: { rate: '3', fixed_amount: '0.5', free_units_per_events: 2, free_units_per_total_aggregation: '30' },
    },
    { chargeModel: 'percentage', properties: { rate: '3', per_transaction_min_amount: '1', per_transaction_max_amount: '2' } },
    {
      chargeModel: 'graduated',
      properties: {
        graduated_ranges: [
          { from_value: 0, to_value: 50, per_unit_amount: '2', flat_amount: '5' },
          { from_value: 51, to_value: null, per_unit_amount: '1', flat_amount: '9' },
        ],
      },
    },
  ];
  const values = fc.array(fc.integer({ min: 1, max: 100 }).map(String), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...models), values, (model, list) => {
      const of = charge({ ...model, metric: metric('sum_agg'), payInAdvance: true });
      const rows = events(...list.map((value, index) => [`2023-03-${10 + index}`, value] as const));
      const terms = aggregationTerms(of, MARCH);
      const fees = rows.map((_, index) =>
        advanceFee(
          of,
          advanceEvent(terms, { filterId: null, groupedBy: {} }, { carried: nothingCarried(), events: rows.slice(0, index + 1) }),
          USD,
        ),
      );
      const billed = fees.reduce((sum, fee) => sum.plus(fee.preciseAmount), decimal(0));
      const inArrears = aggregateEvents(aggregationTerms({ ...of, payInAdvance: false }, MARCH), rows);
      const { chargeModel, properties, prorated } = of;
      const whole = priceUsage({ chargeModel, properties, prorated, currency: USD, aggregationType: 'sum_agg' }, inArrears).amount;
      expect(billed.toFixed()).toBe(whole.toFixed());
    }),
  );
});

test('fees in advance never refund', () => {
  const values = fc.array(fc.integer({ min: -100, max: 100 }).map(String), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, (list) => {
      const of = charge({ payInAdvance: true });
      const rows = events(...list.map((value, index) => [`2023-03-${10 + index}`, value] as const));
      const terms = aggregationTerms(of, MARCH);
      for (let index = 0; index < rows.length; index += 1) {
        const event = advanceEvent(
          terms,
          { filterId: null, groupedBy: {} },
          { carried: nothingCarried(), events: rows.slice(0, index + 1) },
        );
        const fee = advanceFee(of, event, USD);
        expect(fee.amountCents >= 0n && !fee.units.isNegative()).toBe(true);
      }
    }),
  );
});
