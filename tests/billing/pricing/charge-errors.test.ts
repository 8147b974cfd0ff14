import { expect, test } from 'vitest';
import { chargeErrors, type ChargeOptions } from '../../../main/billing/pricing/charge-errors.ts';

const PLAIN: ChargeOptions = {
  chargeModel: 'standard',
  aggregationType: 'sum_agg',
  recurring: false,
  payInAdvance: false,
  invoiceable: true,
  prorated: false,
  regroupPaidFees: null,
  minAmountCents: 0n,
};
const WRONG_MODEL = ['invalid_aggregation_type_or_charge_model'];
const WRONG_PRORATED = ['invalid_billable_metric_or_charge_model'];
const RECURRING = { recurring: true, prorated: true };

const rows: readonly { readonly name: string; readonly charge: Partial<ChargeOptions>; readonly errors: object }[] = [
  { name: 'a plain charge', charge: {}, errors: {} },
  { name: 'an unknown model', charge: { chargeModel: 'custom' }, errors: { charge_model: ['value_is_invalid'] } },
  { name: 'dynamic on a sum', charge: { chargeModel: 'dynamic' }, errors: {} },
  { name: 'dynamic on a count', charge: { chargeModel: 'dynamic', aggregationType: 'count_agg' }, errors: { charge_model: WRONG_MODEL } },
  { name: 'a sum in advance', charge: { payInAdvance: true }, errors: {} },
  { name: 'a count in advance', charge: { payInAdvance: true, aggregationType: 'count_agg' }, errors: {} },
  { name: 'a unique count in advance', charge: { payInAdvance: true, aggregationType: 'unique_count_agg' }, errors: {} },
  { name: 'a maximum in advance', charge: { payInAdvance: true, aggregationType: 'max_agg' }, errors: { pay_in_advance: WRONG_MODEL } },
  {
    name: 'a latest value in advance',
    charge: { payInAdvance: true, aggregationType: 'latest_agg' },
    errors: { pay_in_advance: WRONG_MODEL },
  },
  {
    name: 'a weighted sum in advance',
    charge: { payInAdvance: true, aggregationType: 'weighted_sum_agg' },
    errors: { pay_in_advance: WRONG_MODEL },
  },
  { name: 'volume in advance', charge: { payInAdvance: true, chargeModel: 'volume' }, errors: { pay_in_advance: WRONG_MODEL } },
  { name: 'not invoiceable in arrears', charge: { invoiceable: false }, errors: { invoiceable: ['must_be_true_unless_pay_in_advance'] } },
  { name: 'not invoiceable in advance', charge: { invoiceable: false, payInAdvance: true }, errors: {} },
  {
    name: 'regrouped, in advance and not invoiceable',
    charge: { invoiceable: false, payInAdvance: true, regroupPaidFees: 'invoice' },
    errors: {},
  },
  {
    name: 'regrouped, in advance but invoiceable',
    charge: { payInAdvance: true, regroupPaidFees: 'invoice' },
    errors: { regroup_paid_fees: ['only_compatible_with_pay_in_advance_and_non_invoiceable'] },
  },
  { name: 'regrouped in an unknown way', charge: { regroupPaidFees: 'credit' }, errors: { regroup_paid_fees: ['value_is_invalid'] } },
  { name: 'a minimum in arrears', charge: { minAmountCents: 1000n }, errors: {} },
  {
    name: 'a minimum in advance',
    charge: { minAmountCents: 1n, payInAdvance: true },
    errors: { min_amount_cents: ['not_compatible_with_pay_in_advance'] },
  },
  { name: 'a negative minimum', charge: { minAmountCents: -1n }, errors: { min_amount_cents: ['value_is_out_of_range'] } },
  { name: 'prorated, recurring, standard', charge: RECURRING, errors: {} },
  { name: 'prorated, recurring, graduated', charge: { ...RECURRING, chargeModel: 'graduated' }, errors: {} },
  { name: 'prorated, recurring, volume', charge: { ...RECURRING, chargeModel: 'volume' }, errors: {} },
  { name: 'prorated, recurring unique count', charge: { ...RECURRING, aggregationType: 'unique_count_agg' }, errors: {} },
  { name: 'prorated, not recurring', charge: { prorated: true }, errors: { prorated: WRONG_PRORATED } },
  { name: 'prorated package', charge: { ...RECURRING, chargeModel: 'package' }, errors: { prorated: WRONG_PRORATED } },
  { name: 'prorated percentage', charge: { ...RECURRING, chargeModel: 'percentage' }, errors: { prorated: WRONG_PRORATED } },
  { name: 'prorated weighted sum', charge: { ...RECURRING, aggregationType: 'weighted_sum_agg' }, errors: { prorated: WRONG_PRORATED } },
  { name: 'prorated standard in advance', charge: { ...RECURRING, payInAdvance: true }, errors: {} },
  {
    name: 'prorated graduated in advance',
    charge: { ...RECURRING, payInAdvance: true, chargeModel: 'graduated' },
    errors: { prorated: WRONG_PRORATED },
  },
  {
    name: 'two problems are both told',
    charge: { invoiceable: false, minAmountCents: -1n },
    errors: { invoiceable: ['must_be_true_unless_pay_in_advance'], min_amount_cents: ['value_is_out_of_range'] },
  },
];

test.each(rows)('$name', ({ charge, errors }) => {
  expect(chargeErrors({ ...PLAIN, ...charge })).toEqual(errors);
});
