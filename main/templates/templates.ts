import { currencyCode } from '../../shared/currency.ts';
import { cents, ZERO_CENTS } from '../../shared/money.ts';
import type { ChargeInput } from '../catalog/index.ts';
import type { Template } from './template.ts';

const USD = currencyCode('USD');

function package1000(billableMetricCode: string, amount: string): ChargeInput {
  return { billableMetricCode, chargeModel: 'package', properties: { amount, package_size: 1000, free_units: 10_000 } };
}

const SEARCH_API: Template = {
  slug: 'search-api-pay-as-you-go',
  name: 'Search API, pay as you go',
  summary: 'Two kinds of requests in packages of 1,000, the first 10,000 of each free, and no base fee.',
  points: [
    'Events carry a number of requests, which is summed up: a thousand requests may come in one event.',
    'A started package is a full one: 10,001 requests cost as much as 11,000.',
    'Without usage an invoice is zero.',
  ],
  metrics: [
    { name: 'Search requests', code: 'search_requests', aggregationType: 'sum_agg', fieldName: 'search_requests_volume' },
    { name: 'Recommend requests', code: 'recommend_requests', aggregationType: 'sum_agg', fieldName: 'recommend_requests_volume' },
  ],
  plan: {
    ...{
      name: 'Pay as you go',
      code: 'pay_as_you_go',
      interval: 'monthly',
      amountCents: ZERO_CENTS,
      amountCurrency: USD,
      payInAdvance: false,
    },
    charges: [package1000('search_requests', '1.50'), package1000('recommend_requests', '0.60')],
  },
  addOn: null,
  usage: [{ units: '30412' }, { units: '8000' }],
};

const SEATS: Template = {
  slug: 'seats-and-usage',
  name: 'Seats and usage',
  summary: 'A base fee paid in advance, a price per seat by days held, and usage in arrears.',
  points: [
    'Seats are recurring: they carry over from month to month until they are removed.',
    'A seat that joins in the middle of the month costs its days only (prorated).',
    'Five seats are in the base fee: the first tier is free.',
  ],
  metrics: [
    { name: 'Seats', code: 'seats', aggregationType: 'unique_count_agg', fieldName: 'user_id', recurring: true },
    { name: 'Exports', code: 'exports', aggregationType: 'count_agg' },
  ],
  plan: {
    ...{ name: 'Team', code: 'team', interval: 'monthly', amountCents: cents(4900), amountCurrency: USD, payInAdvance: true },
    charges: [
      {
        ...{ billableMetricCode: 'seats', chargeModel: 'graduated', prorated: true },
        properties: {
          graduated_ranges: [
            { from_value: 0, to_value: 5, per_unit_amount: '0', flat_amount: '0' },
            { from_value: 6, to_value: 20, per_unit_amount: '9', flat_amount: '0' },
            { from_value: 21, to_value: null, per_unit_amount: '7', flat_amount: '0' },
          ],
        },
      },
      { billableMetricCode: 'exports', chargeModel: 'standard', properties: { amount: '0.20' } },
    ],
  },
  addOn: null,
  usage: [{ units: '12' }, { units: '150' }],
};

const PAYMENTS: Template = {
  slug: 'payments',
  name: 'Payments: a percentage and a fixed fee',
  summary: 'A percentage of each amount and a fixed fee per transaction, in the style of payment providers.',
  points: [
    'The amount of each payment is in its event; the fixed fee is paid per event.',
    'The first ten payments of a month are free of the fixed fee and of the percentage.',
    'The calculator asks for the amount and for the number of payments.',
  ],
  metrics: [{ name: 'Payment volume', code: 'payment_volume', aggregationType: 'sum_agg', fieldName: 'amount' }],
  plan: {
    ...{ name: 'Payments', code: 'payments', interval: 'monthly', amountCents: ZERO_CENTS, amountCurrency: USD, payInAdvance: false },
    charges: [
      {
        ...{ billableMetricCode: 'payment_volume', chargeModel: 'percentage' },
        properties: { rate: '2.9', fixed_amount: '0.30', free_units_per_events: 10 },
      },
    ],
  },
  addOn: null,
  usage: [{ units: '25000', eventsCount: 400 }],
};

const API_CALLS: Template = {
  slug: 'graduated-api-calls',
  name: 'API calls in tiers',
  summary: 'Each tier prices its own calls: the more calls, the less each further one costs.',
  points: [
    'Events are counted: one event is one call, and no property is needed.',
    'The calls of a lower tier keep their price when a higher one is reached.',
    'The total never falls with volume.',
  ],
  metrics: [{ name: 'API calls', code: 'api_calls', aggregationType: 'count_agg' }],
  plan: {
    ...{ name: 'Developer', code: 'developer', interval: 'monthly', amountCents: cents(1900), amountCurrency: USD, payInAdvance: false },
    charges: [
      {
        ...{ billableMetricCode: 'api_calls', chargeModel: 'graduated' },
        properties: {
          graduated_ranges: [
            { from_value: 0, to_value: 1000, per_unit_amount: '0', flat_amount: '0' },
            { from_value: 1001, to_value: 50_000, per_unit_amount: '0.004', flat_amount: '0' },
            { from_value: 50_001, to_value: 500_000, per_unit_amount: '0.002', flat_amount: '0' },
            { from_value: 500_001, to_value: null, per_unit_amount: '0.001', flat_amount: '0' },
          ],
        },
      },
    ],
  },
  addOn: null,
  usage: [{ units: '120000' }],
};

const STORAGE: Template = {
  slug: 'volume-storage',
  name: 'Storage by volume',
  summary: 'The tier that is reached prices every gigabyte, and storage is weighed by the time it was held.',
  points: [
    'The metric is a level: each event adds or removes gigabytes, and the average over the month is billed.',
    'All units have the price of the tier that is reached, so a total can fall at the edge of a tier: the curve shows where.',
  ],
  metrics: [
    {
      name: 'Storage',
      code: 'storage',
      aggregationType: 'weighted_sum_agg',
      fieldName: 'gigabytes',
      recurring: true,
      roundingFunction: 'round',
      roundingPrecision: 2,
    },
  ],
  plan: {
    ...{ name: 'Storage', code: 'storage', interval: 'monthly', amountCents: ZERO_CENTS, amountCurrency: USD, payInAdvance: false },
    charges: [
      {
        ...{ billableMetricCode: 'storage', chargeModel: 'volume' },
        properties: {
          volume_ranges: [
            { from_value: 0, to_value: 100, per_unit_amount: '0.10', flat_amount: '0' },
            { from_value: 101, to_value: 1000, per_unit_amount: '0.08', flat_amount: '0' },
            { from_value: 1001, to_value: null, per_unit_amount: '0.05', flat_amount: '0' },
          ],
        },
      },
    ],
  },
  addOn: null,
  usage: [{ units: '640' }],
};

const WEEKLY: Template = {
  slug: 'weekly-credits',
  name: 'Weekly credits',
  summary: 'A small base fee each week, a number of credits in it, and a price for each credit beyond.',
  points: [
    'Weeks go from Sunday to Saturday.',
    'The credits that are in the fee start anew each week.',
    'Credits come with the events: one job may use several.',
  ],
  metrics: [{ name: 'Credits', code: 'credits', aggregationType: 'sum_agg', fieldName: 'credits' }],
  plan: {
    ...{
      name: 'Weekly credits',
      code: 'weekly_credits',
      interval: 'weekly',
      amountCents: cents(500),
      amountCurrency: USD,
      payInAdvance: true,
    },
    charges: [
      {
        ...{ billableMetricCode: 'credits', chargeModel: 'graduated' },
        properties: {
          graduated_ranges: [
            { from_value: 0, to_value: 100, per_unit_amount: '0', flat_amount: '0' },
            { from_value: 101, to_value: null, per_unit_amount: '0.04', flat_amount: '0' },
          ],
        },
      },
    ],
  },
  addOn: null,
  usage: [{ units: '260' }],
};

const YEARLY: Template = {
  slug: 'yearly-with-monthly-charges',
  name: 'Yearly, usage each month',
  summary: 'The base fee is paid once a year in advance; usage is billed every month.',
  points: [
    'A year in advance, and twelve invoices of usage.',
    'A minimum is billed each month even when less was used.',
    'Upgrades give back the unused part of the year.',
  ],
  metrics: [{ name: 'Documents', code: 'documents', aggregationType: 'count_agg' }],
  plan: {
    ...{
      name: 'Business yearly',
      code: 'business_yearly',
      interval: 'yearly',
      amountCents: cents(120_000),
      amountCurrency: USD,
      payInAdvance: true,
    },
    billChargesMonthly: true,
    charges: [{ billableMetricCode: 'documents', chargeModel: 'standard', properties: { amount: '0.08' }, minAmountCents: cents(1000) }],
  },
  addOn: null,
  usage: [{ units: '2500' }],
};

const ONBOARDING: Template = {
  slug: 'onboarding',
  name: 'One-off onboarding',
  summary: 'A fee that is billed once, when it is applied to a customer.',
  points: ['An add-on needs no subscription.', 'Applying it makes an invoice at once; the amount can be another one for each customer.'],
  metrics: [],
  plan: null,
  addOn: {
    ...{ name: 'Onboarding', code: 'onboarding', amountCents: cents(150_000), amountCurrency: USD },
    description: 'Set-up, training and a review after the first month',
  },
  usage: [],
};

/** In the order of the gallery. Rule: ui.md § 4.13. */
export const TEMPLATES: readonly Template[] = [SEARCH_API, SEATS, PAYMENTS, API_CALLS, STORAGE, WEEKLY, YEARLY, ONBOARDING];
