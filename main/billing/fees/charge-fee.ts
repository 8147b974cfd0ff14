import { assert, present } from '../../../shared/assert.ts';
import { currencyDecimals, type CurrencyCode } from '../../../shared/currency.ts';
import { ZERO } from '../../../shared/decimal.ts';
import { centsToUnits, unitsToCents, ZERO_CENTS, type Cents } from '../../../shared/money.ts';
import { emptyUsage } from '../aggregation/aggregate.ts';
import { emptyBucketKeys } from '../aggregation/filter-match.ts';
import type { BucketKey, BucketUsage, ChargeFeeDraft, ChargeProperties, ChargeTerms, ExplainStep, PricedUsage } from '../facts.ts';
import { explainStep } from '../pricing/explain-step.ts';
import { priceUsage } from '../pricing/price.ts';
import { roundUnits } from '../pricing/unit-rounding.ts';

export { withChargeMinimum } from './charge-minimum.ts';

/**
 * Prices what one charge counted in a period: one fee for each bucket, each rounded to cents once, half away from zero. Buckets without
 * events are priced too, since a first flat is due without usage. For a charge paid in advance the buckets hold the units held at the
 * boundary: they are billed in full, unprorated, and nothing held costs nothing. Rule: pricing.md §§ 1, 6, 7.
 */
export function priceChargeUsage(charge: ChargeTerms, buckets: readonly BucketUsage[], currency: CurrencyCode): readonly ChargeFeeDraft[] {
  return completeBuckets(charge, buckets, (key): BucketUsage => ({ key, ...emptyUsage(charge.prorated) })).map((bucket) =>
    priceBucket(charge, bucket, currency),
  );
}

/** Whether a fee is kept on an invoice: one with no units, no amount and no events is not. Rule: pricing.md § 7. */
export function isStoredOnInvoice(draft: ChargeFeeDraft): boolean {
  return draft.isTrueUp || draft.amountCents !== 0n || draft.eventsCount !== 0 || !draft.units.isZero();
}

/** The charge's buckets, filters in order of creation and the default one last, with an empty one where there is no event. */
export function completeBuckets<Bucket extends { readonly key: BucketKey }>(
  charge: ChargeTerms,
  buckets: readonly Bucket[],
  emptyBucket: (key: BucketKey) => Bucket,
): readonly Bucket[] {
  const complete = emptyBucketKeys(charge).flatMap((key) => {
    const found = buckets.filter((bucket) => bucket.key.filterId === key.filterId);
    return found.length === 0 ? [emptyBucket(key)] : found;
  });
  assert(complete.length >= buckets.length, 'every bucket belongs to a filter of its charge or to none');
  return complete;
}

/** The properties that price a bucket: its filter's own, else the charge's. Rule: pricing.md § 7. */
export function bucketProperties(charge: ChargeTerms, key: BucketKey): ChargeProperties {
  if (key.filterId === null) return charge.properties;
  const filter = charge.filters.find((candidate) => candidate.id === key.filterId);
  return present(filter, 'every bucket belongs to a filter of its charge or to none').properties;
}

/** Rounds an exact amount to cents, once, and tells so. */
export function roundedFee(
  amount: PricedUsage['amount'],
  currency: CurrencyCode,
): { readonly amountCents: Cents; readonly step: ExplainStep } {
  const amountCents = unitsToCents(amount, currency);
  const step = explainStep('rounding', { amount, currency, decimals: currencyDecimals(currency) }, centsToUnits(amountCents, currency));
  return { amountCents, step };
}

function priceBucket(charge: ChargeTerms, bucket: BucketUsage, currency: CurrencyCode): ChargeFeeDraft {
  const { key, ...usage } = bucket;
  const units = roundUnits(usage.units, charge.metric);
  const prorated = charge.prorated && !charge.payInAdvance;
  const terms = { chargeModel: charge.chargeModel, properties: bucketProperties(charge, key), currency, prorated };
  const priced = priceUsage({ ...terms, aggregationType: charge.metric.aggregationType }, { ...usage, units });
  const draft = { chargeId: charge.id, currency, key, eventsCount: usage.eventsCount, isTrueUp: false };
  const steps = [...aggregationSteps(charge, bucket, { units, prorated }), ...priced.steps];
  if (units.isNegative() || priced.amount.isNegative() || (charge.payInAdvance && units.isZero())) {
    return {
      ...draft,
      ...{ units: ZERO, totalAggregatedUnits: ZERO, amountCents: ZERO_CENTS, preciseAmount: ZERO, unitAmount: ZERO },
      amountDetails: priced.amountDetails,
      steps: [...steps, explainStep('zero', { units, amount: priced.amount }, ZERO)],
    };
  }
  const { amountCents, step } = roundedFee(priced.amount, currency);
  return {
    ...draft,
    units,
    // A weighted sum shows its end level here; all others their units, as they were rounded.
    totalAggregatedUnits: charge.metric.aggregationType === 'weighted_sum_agg' ? usage.totalAggregatedUnits : units,
    amountCents,
    preciseAmount: priced.amount,
    unitAmount: priced.unitAmount,
    amountDetails: priced.amountDetails,
    steps: [...steps, step],
  };
}

function aggregationSteps(
  charge: ChargeTerms,
  bucket: BucketUsage,
  priced: { readonly units: PricedUsage['amount']; readonly prorated: boolean },
): readonly ExplainStep[] {
  const { aggregationType, fieldName, roundingFunction, roundingPrecision } = charge.metric;
  const { eventsCount, proratedUnits } = bucket;
  return [
    explainStep('aggregation', { aggregationType, fieldName, eventsCount }, bucket.units),
    ...(roundingFunction === null
      ? []
      : [explainStep('unit_rounding', { units: bucket.units, roundingFunction, roundingPrecision: roundingPrecision ?? 0 }, priced.units)]),
    ...(priced.prorated && proratedUnits !== null ? [explainStep('proration', { units: priced.units }, proratedUnits)] : []),
  ];
}
