import type { CurrencyCode } from '../../../shared/currency.ts';
import { Decimal, ONE, ZERO } from '../../../shared/decimal.ts';
import { nothingCarried, type AggregationTerms, type CarriedUsage } from '../aggregation/aggregate.ts';
import { billedDays, proratedUnits } from '../aggregation/held-days.ts';
import type { AggregatedUsage, BucketKey, ChargeFeeDraft, ChargeProperties, ChargeTerms, MeteredEvent, PricedUsage } from '../facts.ts';
import { explainStep, unitAmountOf } from '../pricing/explain-step.ts';
import { priceUsage } from '../pricing/price.ts';
import { roundUnits } from '../pricing/unit-rounding.ts';
import { subtractDetails } from './amount-details.ts';
import { advanceUsage, openingAdvanceUsage, type AdvanceUsage } from './advance-usage.ts';
import { bucketProperties, completeBuckets, roundedFee } from './charge-fee.ts';

/** What the fee of one event needs: the usage of its bucket up to and including it, and the same without it. */
export interface AdvanceEvent {
  readonly key: BucketKey;
  readonly before: AdvanceUsage;
  readonly after: AdvanceUsage;
}

/** A bucket of a charge paid in advance with its usage so far. */
export interface AdvanceBucket {
  readonly key: BucketKey;
  readonly usage: AdvanceUsage;
}

/**
 * Makes the two usages of an event from the events of its bucket and period up to and including it, by timestamp, then by arrival;
 * later ones are not among them, also when the event came late. Rule: pricing.md § 6.
 */
export function advanceEvent(
  terms: AggregationTerms,
  key: BucketKey,
  counted: { readonly carried: CarriedUsage; readonly events: readonly MeteredEvent[] },
): AdvanceEvent {
  return {
    key,
    before: advanceUsage(terms, counted.carried, counted.events.slice(0, -1)),
    after: advanceUsage(terms, counted.carried, counted.events),
  };
}

/**
 * The fee of one event paid in advance: the price with it less the price without it, never below 0, rounded by itself, half away from zero.
 * The metric's rounding function is left out. Rule: pricing.md § 6.
 */
export function advanceFee(charge: ChargeTerms, event: AdvanceEvent, currency: CurrencyCode): ChargeFeeDraft {
  const properties = bucketProperties(charge, event.key);
  const units = event.after.highWater.minus(event.before.highWater);
  const priced = charge.prorated
    ? priceRise(charge, properties, { ...event, units, currency })
    : priceDifference(charge, properties, { ...event, units, currency });
  const amount = Decimal.max(priced.amount, ZERO);
  const { amountCents, step } = roundedFee(amount, currency);
  return {
    chargeId: charge.id,
    currency,
    key: event.key,
    units,
    totalAggregatedUnits: units,
    eventsCount: 1,
    amountCents,
    preciseAmount: amount,
    unitAmount: amount.isZero() ? ZERO : priced.unitAmount,
    amountDetails: priced.amountDetails,
    steps: [
      explainStep('high_water_mark', { before: event.before.highWater, level: event.after.level, after: event.after.highWater }, units),
      ...priced.steps,
      step,
    ],
    isTrueUp: false,
  };
}

/**
 * The current usage of a charge paid in advance, one entry for each bucket: the amount of the high-water mark, rounded once, beside the
 * present level as units. Rule: pricing.md § 6, last sentence, and § 8.
 */
export function priceAdvanceUsage(
  charge: ChargeTerms,
  buckets: readonly AdvanceBucket[],
  context: { readonly terms: AggregationTerms; readonly currency: CurrencyCode },
): readonly ChargeFeeDraft[] {
  const nothing = openingAdvanceUsage(context.terms, nothingCarried());
  return completeBuckets(charge, buckets, (key): AdvanceBucket => ({ key, usage: nothing })).map(({ key, usage }) => {
    const highWater = roundUnits(usage.highWater, charge.metric);
    const units = Decimal.max(roundUnits(usage.level, charge.metric), ZERO);
    const priced = priceHighWater(charge, bucketProperties(charge, key), { usage, units: highWater, currency: context.currency });
    const { amountCents, step } = roundedFee(priced.amount, context.currency);
    const eventsCount = shownEventsCount(charge, usage);
    const { aggregationType, fieldName } = charge.metric;
    return {
      chargeId: charge.id,
      currency: context.currency,
      key,
      units,
      totalAggregatedUnits: units,
      eventsCount,
      amountCents,
      preciseAmount: priced.amount,
      unitAmount: charge.chargeModel === 'package' ? priced.unitAmount : unitAmountOf(priced.amount, units),
      amountDetails: priced.amountDetails,
      steps: [
        explainStep('aggregation', { aggregationType, fieldName, eventsCount }, usage.level),
        explainStep('high_water_mark', { before: usage.opening, level: usage.level, after: usage.highWater }, highWater),
        ...priced.steps,
        step,
      ],
      isTrueUp: false,
    };
  });
}

interface Difference extends AdvanceEvent {
  readonly units: Decimal;
  readonly currency: CurrencyCode;
}

function priceDifference(charge: ChargeTerms, properties: ChargeProperties, difference: Difference): PricedUsage {
  const { units, currency } = difference;
  const before = priceHighWater(charge, properties, { usage: difference.before, units: difference.before.highWater, currency });
  const after = priceHighWater(charge, properties, { usage: difference.after, units: difference.after.highWater, currency });
  const amount = after.amount.minus(before.amount);
  const amountDetails = subtractDetails(charge.chargeModel, units, { before: before.amountDetails, after: after.amountDetails });
  const paidUnits = charge.chargeModel === 'package' ? new Decimal(String(amountDetails['paid_units'])) : units;
  return {
    amount,
    unitAmount: unitAmountOf(amount, paidUnits),
    amountDetails,
    steps: [...after.steps, explainStep('difference', { before: before.amount, after: after.amount }, amount)],
  };
}

/** Prorated, which is standard only: the rise weighs the days from the event's date to the end of the period. */
function priceRise(charge: ChargeTerms, properties: ChargeProperties, { units, currency, before, after }: Difference): PricedUsage {
  const riseDays = (after.riseDays ?? ZERO).minus(before.riseDays ?? ZERO);
  const prorated = proratedUnits(riseDays, after.window);
  const usage: AggregatedUsage = { ...usageOfMark(charge, after), units, totalAggregatedUnits: units, proratedUnits: prorated };
  const priced = priceUsage({ ...priceTerms(charge, properties), currency }, usage);
  return { ...priced, steps: [explainStep('proration', { units }, prorated), ...priced.steps] };
}

/** The price of all units up to the mark. Without any, the tiers' first flat is not due yet: the first unit pays it. */
function priceHighWater(
  charge: ChargeTerms,
  properties: ChargeProperties,
  mark: { readonly usage: AdvanceUsage; readonly units: Decimal; readonly currency: CurrencyCode },
): PricedUsage {
  const isTiered = charge.chargeModel === 'graduated' || charge.chargeModel === 'graduated_percentage';
  if (isTiered && mark.units.isZero()) return { amount: ZERO, unitAmount: ZERO, amountDetails: {}, steps: [] };
  return priceUsage(
    { ...priceTerms(charge, properties), currency: mark.currency },
    { ...usageOfMark(charge, mark.usage), units: mark.units },
  );
}

function priceTerms(charge: ChargeTerms, properties: ChargeProperties) {
  return { chargeModel: charge.chargeModel, properties, aggregationType: charge.metric.aggregationType, prorated: charge.prorated };
}

function usageOfMark(charge: ChargeTerms, usage: AdvanceUsage): AggregatedUsage {
  const { highWater, opening, window, riseDays, rises } = usage;
  const isSum = charge.metric.aggregationType === 'sum_agg';
  const isUnique = charge.metric.aggregationType === 'unique_count_agg';
  const openingRise = opening.isZero() ? [] : [opening];
  return {
    units: highWater,
    totalAggregatedUnits: highWater,
    eventsCount: isUnique ? highWater.toNumber() : usage.carriedEventsCount + usage.eventsCount,
    proratedUnits: riseDays === null ? null : proratedUnits(opening.times(billedDays(window)).plus(riseDays), window),
    preciseAmountCents: usage.preciseAmountCents,
    events: isSum && rises !== null ? [...openingRise, ...rises].map((value) => ({ value, ratio: ONE })) : null,
  };
}

/** Events of a count or a sum, values of a unique count. */
function shownEventsCount(charge: ChargeTerms, usage: AdvanceUsage): number {
  if (charge.metric.aggregationType === 'unique_count_agg') return Decimal.max(usage.level, ZERO).toNumber();
  return usage.carriedEventsCount + usage.eventsCount;
}
