import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, formatDecimal, ONE } from '../../../shared/decimal.ts';
import { priceUsage, type PriceTerms } from '../../../main/billing/pricing/price.ts';
import type { AggregatedUsage, ChargeProperties } from '../../../main/billing/facts.ts';
import { currencyCode } from '../../../shared/currency.ts';

const terms = (properties: ChargeProperties): PriceTerms => ({
  ...{ aggregationType: 'sum_agg', chargeModel: 'percentage', prorated: false },
  currency: currencyCode('USD'),
  properties,
});

const usage = (units: string, eventsCount: number): AggregatedUsage => ({
  ...{ eventsCount, proratedUnits: null, preciseAmountCents: null, events: null },
  units: decimal(units),
  totalAggregatedUnits: decimal(units),
});

test('three thirds of the free amount are all of it', () => {
  const even = { ...usage('100', 3), hasEvenEvents: true };
  const priced = priceUsage(terms({ rate: '1', fixed_amount: '5', free_units_per_total_aggregation: '100' }), even);
  // The third event reaches 100 exactly, so it pays its fixed amount; the first two are free.
  expect(formatDecimal(priced.amount)).toBe('5.0');
});

test('even events cost what the same events cost when they are listed', () => {
  const optional = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: undefined });
  const properties = fc.record({
    rate: fc.constantFrom('0', '1', '2.99'),
    fixed_amount: optional(fc.constantFrom('0', '0.3', '5')),
    free_units_per_events: optional(fc.integer({ min: 1, max: 6 })),
    free_units_per_total_aggregation: optional(fc.constantFrom('0.5', '10', '15', '40')),
    per_transaction_min_amount: optional(fc.constantFrom('0.1', '1.75')),
  });
  fc.assert(
    fc.property(properties, fc.integer({ min: 1, max: 12 }), fc.constantFrom('0', '0.25', '4', '10'), (given, count, value) => {
      const units = decimal(value).times(count);
      const events = Array.from({ length: count }, () => ({ value: decimal(value), ratio: ONE }));
      const listed = priceUsage(terms(given), { ...usage(units.toFixed(), count), events });
      const even = priceUsage(terms(given), { ...usage(units.toFixed(), count), hasEvenEvents: true });
      expect(even.amount.toFixed()).toBe(listed.amount.toFixed());
    }),
  );
});
