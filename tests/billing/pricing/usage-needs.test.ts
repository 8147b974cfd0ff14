import { expect, test } from 'vitest';
import { areFreeOnesUsedUp, usageNeeds, type UsageNeeds } from '../../../main/billing/pricing/usage-needs.ts';
import type { ChargeTerms } from '../../../main/billing/facts.ts';
import { Decimal } from '../../../shared/decimal.ts';
import { charge, filter, metric } from '../../support/usage-builders.ts';

const RECURRING_SUM = metric('sum_agg', { recurring: true });
const RECURRING_UNIQUE = metric('unique_count_agg', { recurring: true });
const percentage = (properties: object) => ({ chargeModel: 'percentage', properties: { rate: '1', ...properties } }) as const;

const rows: readonly { readonly name: string; readonly terms: Partial<ChargeTerms>; readonly needs: UsageNeeds }[] = [
  { name: 'standard on a sum', terms: {}, needs: 'totals' },
  { name: 'percentage with a fixed amount', terms: percentage({ fixed_amount: '1' }), needs: 'totals' },
  { name: 'percentage with free events', terms: percentage({ free_units_per_events: 3 }), needs: 'first_events' },
  { name: 'percentage with free units', terms: percentage({ free_units_per_total_aggregation: '3' }), needs: 'first_events' },
  { name: 'percentage with a maximum', terms: percentage({ per_transaction_max_amount: '3' }), needs: 'all_events' },
  {
    name: 'percentage with free events on a count',
    terms: { ...percentage({ free_units_per_events: 3 }), metric: metric('count_agg') },
    needs: 'totals',
  },
  {
    name: 'percentage with free events in one filter only',
    terms: { ...percentage({}), filters: [filter('f', { region: ['eu'] }, { rate: '1', free_units_per_events: 3 })] },
    needs: 'first_events',
  },
  {
    name: 'percentage with free events, and a maximum in one filter',
    terms: {
      ...percentage({ free_units_per_events: 3 }),
      filters: [filter('f', { region: ['eu'] }, { rate: '1', per_transaction_max_amount: '3' })],
    },
    needs: 'all_events',
  },
  {
    name: 'percentage with free events on a maximum',
    terms: { ...percentage({ free_units_per_events: 3 }), metric: metric('max_agg') },
    needs: 'all_events',
  },
  { name: 'a weighted sum', terms: { metric: metric('weighted_sum_agg', { recurring: true }) }, needs: 'totals' },
  { name: 'a recurring sum', terms: { metric: RECURRING_SUM }, needs: 'totals' },
  { name: 'a prorated sum', terms: { metric: RECURRING_SUM, prorated: true }, needs: 'day_totals' },
  {
    name: 'a prorated sum by volume',
    terms: { metric: RECURRING_SUM, prorated: true, chargeModel: 'volume', properties: {} },
    needs: 'day_totals',
  },
  {
    name: 'a prorated sum, graduated',
    terms: { metric: RECURRING_SUM, prorated: true, chargeModel: 'graduated', properties: {} },
    needs: 'window_events',
  },
  { name: 'a unique count', terms: { metric: metric('unique_count_agg') }, needs: 'unique_values' },
  { name: 'a prorated unique count', terms: { metric: RECURRING_UNIQUE, prorated: true }, needs: 'window_events' },
  { name: 'a count in advance', terms: { metric: metric('count_agg'), payInAdvance: true }, needs: 'totals' },
  { name: 'a sum in advance', terms: { payInAdvance: true }, needs: 'totals_unless_falls' },
  { name: 'a prorated sum in advance', terms: { metric: RECURRING_SUM, payInAdvance: true, prorated: true }, needs: 'window_events' },
  { name: 'a unique count in advance', terms: { metric: metric('unique_count_agg'), payInAdvance: true }, needs: 'window_events' },
  {
    name: 'percentage with free events in advance',
    terms: { ...percentage({ free_units_per_events: 3 }), payInAdvance: true },
    needs: 'window_events',
  },
];

test.each([
  ['three free events, two listed', { free_units_per_events: 3 }, { count: 2, total: '100' }, false],
  ['three free events, three listed', { free_units_per_events: 3 }, { count: 3, total: '0' }, true],
  ['ten free units, less listed', { free_units_per_total_aggregation: '10' }, { count: 9, total: '9.99' }, false],
  ['ten free units, exactly listed', { free_units_per_total_aggregation: '10' }, { count: 1, total: '10' }, true],
  ['both, the units reached first', { free_units_per_events: 3, free_units_per_total_aggregation: '10' }, { count: 1, total: '11' }, true],
  ['both, the events reached first', { free_units_per_events: 3, free_units_per_total_aggregation: '10' }, { count: 3, total: '1' }, true],
  ['nothing free', {}, { count: 0, total: '0' }, true],
] as const)('%s: the price looks no further', (_, free, { count, total }, isEnough) => {
  expect(areFreeOnesUsedUp({ rate: '1', ...free }, { count, total: new Decimal(total) })).toBe(isEnough);
});

test.each(rows)('$name needs $needs', ({ terms, needs }) => {
  expect(usageNeeds(charge(terms))).toBe(needs);
});
