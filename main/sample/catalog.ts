import { currencyCode } from '../../shared/currency.ts';
import { decimal } from '../../shared/decimal.ts';
import { cents } from '../../shared/money.ts';
import type { AddOnInput, BillableMetricInput, ChargeInput, PlanInput, TaxInput } from '../catalog/index.ts';

const USD = currencyCode('USD');
const EUR = currencyCode('EUR');
const JPY = currencyCode('JPY');

export const TAXES: readonly TaxInput[] = [
  { name: 'VAT', code: 'vat_ie', rate: decimal('23'), description: 'Value added tax, Ireland' },
  { name: 'Consumption tax', code: 'consumption_tax_jp', rate: decimal('10'), description: 'Consumption tax, Japan' },
];

export const METRICS: readonly BillableMetricInput[] = [
  {
    name: 'Search requests',
    code: 'search_requests',
    description: 'Queries answered by the search API; senders count a minute together.',
    aggregationType: 'sum_agg',
    fieldName: 'volume',
  },
  {
    name: 'Recommend requests',
    code: 'recommend_requests',
    description: 'Calls of the recommendation API.',
    aggregationType: 'sum_agg',
    fieldName: 'volume',
  },
  {
    name: 'Indexed documents',
    code: 'indexed_documents',
    description: 'The most documents that an index held in the period.',
    aggregationType: 'max_agg',
    fieldName: 'documents',
  },
  {
    name: 'Console seats',
    code: 'console_seats',
    description: 'People who may sign in to the console.',
    aggregationType: 'unique_count_agg',
    fieldName: 'user_id',
    recurring: true,
  },
  {
    name: 'Report exports',
    code: 'report_exports',
    description: 'Reports downloaded from the console.',
    aggregationType: 'count_agg',
    filters: [{ key: 'format', values: ['csv', 'json', 'pdf'] }],
  },
  {
    name: 'Crawled pages',
    code: 'crawled_pages',
    description: 'Web pages fetched by the crawler.',
    aggregationType: 'sum_agg',
    fieldName: 'pages',
  },
  {
    name: 'Stored gigabytes',
    code: 'stored_gigabytes',
    description: 'Index storage, weighed by time. Not sold yet.',
    aggregationType: 'weighted_sum_agg',
    fieldName: 'gigabytes',
    recurring: true,
    weightedInterval: 'seconds',
    roundingFunction: 'round',
    roundingPrecision: 3,
  },
];

/** $1.50 and $0.60 for each started thousand requests, the first 10,000 of each free. */
function payAsYouGo(prices: { readonly search: string; readonly recommend: string }): readonly ChargeInput[] {
  return [
    {
      billableMetricCode: 'search_requests',
      chargeModel: 'package',
      properties: { amount: prices.search, package_size: 1000, free_units: 10000 },
    },
    {
      billableMetricCode: 'recommend_requests',
      chargeModel: 'package',
      properties: { amount: prices.recommend, package_size: 1000, free_units: 10000 },
    },
  ];
}

/** Cheaper from tier to tier. */
function graduated(prices: readonly [string, string, string]): ChargeInput {
  const [first, second, third] = prices;
  return {
    billableMetricCode: 'search_requests',
    chargeModel: 'graduated',
    properties: {
      graduated_ranges: [
        { from_value: 0, to_value: 50000, per_unit_amount: first, flat_amount: '0' },
        { from_value: 50001, to_value: 200000, per_unit_amount: second, flat_amount: '0' },
        { from_value: 200001, to_value: null, per_unit_amount: third, flat_amount: '0' },
      ],
    },
  };
}

const INDEX_SIZE: ChargeInput = {
  billableMetricCode: 'indexed_documents',
  chargeModel: 'volume',
  properties: {
    volume_ranges: [
      { from_value: 0, to_value: 100000, per_unit_amount: '0.0002', flat_amount: '0' },
      { from_value: 100001, to_value: null, per_unit_amount: '0.00015', flat_amount: '5' },
    ],
  },
};

const RECOMMENDATIONS: ChargeInput = {
  billableMetricCode: 'recommend_requests',
  chargeModel: 'package',
  properties: { amount: '0.50', package_size: 1000, free_units: 20000 },
};

export const PLANS: readonly PlanInput[] = [
  {
    name: 'Search API pay-as-you-go',
    code: 'search_payg',
    description: 'No base fee: search and recommend requests by the thousand.',
    interval: 'monthly',
    amountCents: cents(0),
    amountCurrency: USD,
    charges: payAsYouGo({ search: '1.50', recommend: '0.60' }),
  },
  {
    name: 'Search API pay-as-you-go (EUR)',
    code: 'search_payg_eur',
    description: 'The same in euro.',
    interval: 'monthly',
    amountCents: cents(0),
    amountCurrency: EUR,
    charges: payAsYouGo({ search: '1.40', recommend: '0.55' }),
  },
  {
    name: 'Search API pay-as-you-go (JPY)',
    code: 'search_payg_jpy',
    description: 'The same in yen.',
    interval: 'monthly',
    amountCents: cents(0),
    amountCurrency: JPY,
    charges: payAsYouGo({ search: '220', recommend: '90' }),
  },
  {
    name: 'Growth',
    code: 'growth',
    description: 'A base fee in advance and search requests that get cheaper.',
    interval: 'monthly',
    amountCents: cents(9900),
    amountCurrency: USD,
    payInAdvance: true,
    charges: [graduated(['0.0012', '0.0010', '0.0008']), RECOMMENDATIONS, INDEX_SIZE],
  },
  {
    name: 'Scale',
    code: 'scale',
    description: 'For large shops: a higher base fee, lower prices.',
    interval: 'monthly',
    amountCents: cents(29900),
    amountCurrency: USD,
    payInAdvance: true,
    charges: [graduated(['0.0009', '0.0007', '0.0005']), RECOMMENDATIONS, INDEX_SIZE],
  },
  {
    name: 'Team console',
    code: 'team_console',
    description: 'Seats by the day, exports by format.',
    interval: 'monthly',
    amountCents: cents(2500),
    amountCurrency: USD,
    charges: [
      { billableMetricCode: 'console_seats', chargeModel: 'standard', prorated: true, properties: { amount: '12' } },
      {
        billableMetricCode: 'report_exports',
        chargeModel: 'standard',
        properties: { amount: '0.05' },
        filters: [{ values: { format: ['pdf'] }, properties: { amount: '0.20' }, invoiceDisplayName: 'PDF reports' }],
      },
    ],
  },
  {
    name: 'Enterprise yearly',
    code: 'enterprise_yearly',
    description: 'One yearly fee in advance, search requests monthly, at least €200.00 of them.',
    interval: 'yearly',
    amountCents: cents(960000),
    amountCurrency: EUR,
    payInAdvance: true,
    billChargesMonthly: true,
    charges: [
      { billableMetricCode: 'search_requests', chargeModel: 'standard', minAmountCents: cents(20000), properties: { amount: '0.0004' } },
    ],
  },
  {
    name: 'Crawler weekly',
    code: 'crawler_weekly',
    description: 'Billed each Sunday.',
    interval: 'weekly',
    amountCents: cents(4000),
    amountCurrency: USD,
    charges: [{ billableMetricCode: 'crawled_pages', chargeModel: 'standard', properties: { amount: '0.002' } }],
  },
];

export const ADD_ONS: readonly AddOnInput[] = [
  {
    name: 'Onboarding workshop',
    code: 'onboarding_workshop',
    description: 'Two hours with an engineer to connect your catalogue.',
    amountCents: cents(45000),
    amountCurrency: USD,
  },
  {
    name: 'Relevance audit',
    code: 'relevance_audit',
    description: 'A review of your 100 most frequent queries.',
    amountCents: cents(120000),
    amountCurrency: USD,
  },
];
