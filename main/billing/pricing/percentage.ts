import { assertNever } from '../../../shared/assert.ts';
import { Decimal, decimal, formatDecimal, ZERO } from '../../../shared/decimal.ts';
import type { PricedUsage } from '../facts.ts';
import type { PercentageTerms } from './charge-properties.ts';
import type { EventRun, EventValues } from './event-values.ts';
import { explainStep, unitAmountOf } from './explain-step.ts';

const PERCENT = decimal(100);

/** What a percentage amount is made of. */
interface PercentageParts {
  readonly freeUnits: Decimal;
  readonly paidUnits: Decimal;
  readonly freeEvents: number;
  readonly paidEvents: number;
  readonly rateAmount: Decimal;
  readonly fixedAmount: Decimal;
  /** What the limits per transaction add to (or take from) the two others. */
  readonly adjustment: Decimal;
}

/**
 * A percentage of the units after the free ones, plus a fixed amount per event, per unit or once; with a minimum or maximum per
 * transaction, event by event. Exact, in currency units. Rule: pricing.md § 5 "percentage".
 */
export function pricePercentage(units: Decimal, terms: PercentageTerms, values: EventValues): PricedUsage {
  const hasLimit = terms.minimumPerEvent !== null || terms.maximumPerEvent !== null;
  const parts = hasLimit ? partsByEvent(units, terms, values) : partsInTotal(units, terms, values);
  const amount = parts.rateAmount.plus(parts.fixedAmount).plus(parts.adjustment);
  return {
    amount,
    unitAmount: unitAmountOf(amount, units),
    amountDetails: {
      units: formatDecimal(units),
      free_units: formatDecimal(parts.freeUnits),
      paid_units: formatDecimal(parts.paidUnits),
      free_events: parts.freeEvents,
      paid_events: parts.paidEvents,
      rate: formatDecimal(terms.rate),
      per_unit_total_amount: formatDecimal(parts.rateAmount),
      fixed_fee_unit_amount: formatDecimal(terms.fixedAmount),
      fixed_fee_total_amount: formatDecimal(parts.fixedAmount),
      min_max_adjustment_total_amount: formatDecimal(parts.adjustment),
    },
    steps: percentageSteps(units, terms, parts),
  };
}

function partsInTotal(units: Decimal, terms: PercentageTerms, values: EventValues): PercentageParts {
  const free = freePart(units, terms, values);
  const paidUnits = Decimal.max(units.minus(free.units), ZERO);
  const paidEvents = Math.max(values.count - free.events, 0);
  return {
    freeUnits: free.units,
    paidUnits,
    freeEvents: values.count - paidEvents,
    paidEvents,
    rateAmount: paidUnits.times(terms.rate).div(PERCENT),
    fixedAmount: units.isZero() ? ZERO : fixedPart(terms, paidUnits, paidEvents),
    adjustment: ZERO,
  };
}

/** n free events and T free units: each alone, or the smaller where both are given. */
function freePart(units: Decimal, terms: PercentageTerms, values: EventValues): { readonly units: Decimal; readonly events: number } {
  const hasFreeEvents = terms.freeEvents > 0;
  const hasFreeUnits = terms.freeUnits.gt(0);
  if (!hasFreeEvents && !hasFreeUnits) return { units: ZERO, events: 0 };
  if (!hasFreeUnits) return { units: values.sumOfFirst(terms.freeEvents), events: terms.freeEvents };
  const below = values.countTotalsBelow(terms.freeUnits, hasFreeEvents ? terms.freeEvents : values.count);
  if (!hasFreeEvents) return { units: Decimal.min(units, terms.freeUnits), events: below };
  return {
    units: Decimal.min(values.sumOfFirst(terms.freeEvents), terms.freeUnits),
    events: below === 0 ? terms.freeEvents : Math.min(terms.freeEvents, below),
  };
}

function fixedPart(terms: PercentageTerms, paidUnits: Decimal, paidEvents: number): Decimal {
  switch (terms.fixedAmountTarget) {
    case 'event':
      return terms.fixedAmount.times(paidEvents);
    case 'each_unit':
      return terms.fixedAmount.times(paidUnits);
    case 'all_units':
      return paidUnits.gt(0) ? terms.fixedAmount : ZERO;
    default:
      return assertNever(terms.fixedAmountTarget, 'fixed amount target');
  }
}

/** Free events first, or free units when those are given (then only they decide); each event after them is priced within the limits. */
function partsByEvent(units: Decimal, terms: PercentageTerms, values: EventValues): PercentageParts {
  const hasFreeUnits = terms.freeUnits.gt(0);
  const freeEvents = hasFreeUnits ? values.countUntilReached(terms.freeUnits) : Math.min(terms.freeEvents, values.count);
  const runs = values.runsAfter(freeEvents);
  const paidRuns = hasFreeUnits ? withoutFreeRest(runs, terms.freeUnits.minus(values.sumOfFirst(freeEvents))) : runs;

  let paidUnits = ZERO;
  let paidEvents = 0;
  let amount = ZERO;
  for (const run of paidRuns) {
    paidUnits = paidUnits.plus(run.value.times(run.count));
    paidEvents += run.count;
    amount = amount.plus(eventAmount(run.value, terms).times(run.count));
  }
  const rateAmount = paidUnits.times(terms.rate).div(PERCENT);
  const fixedAmount = terms.fixedAmount.times(paidEvents);
  return {
    freeUnits: units.minus(paidUnits),
    paidUnits,
    freeEvents,
    paidEvents,
    rateAmount,
    fixedAmount,
    adjustment: amount.minus(rateAmount).minus(fixedAmount),
  };
}

/** The event that uses up the free units is priced on what exceeds them, even when that is 0. */
function withoutFreeRest(runs: readonly EventRun[], freeRest: Decimal): readonly EventRun[] {
  const [first, ...later] = runs;
  if (first === undefined) return [];
  const rest = first.count > 1 ? [{ value: first.value, count: first.count - 1 }] : [];
  return [{ value: first.value.minus(freeRest), count: 1 }, ...rest, ...later];
}

function eventAmount(value: Decimal, terms: PercentageTerms): Decimal {
  const amount = value.times(terms.rate).div(PERCENT).plus(terms.fixedAmount);
  if (terms.minimumPerEvent !== null && amount.lt(terms.minimumPerEvent)) return terms.minimumPerEvent;
  if (terms.maximumPerEvent !== null && amount.gt(terms.maximumPerEvent)) return terms.maximumPerEvent;
  return amount;
}

function percentageSteps(units: Decimal, terms: PercentageTerms, parts: PercentageParts) {
  const { freeUnits, freeEvents, paidUnits, paidEvents } = parts;
  const hasFree = terms.freeEvents > 0 || terms.freeUnits.gt(0);
  const hasLimit = terms.minimumPerEvent !== null || terms.maximumPerEvent !== null;
  const limits = { minimum: terms.minimumPerEvent, maximum: terms.maximumPerEvent };
  return [
    ...(hasFree ? [explainStep('free_units', { units, freeUnits, freeEvents }, paidUnits)] : []),
    explainStep('rate', { units: paidUnits, rate: terms.rate }, parts.rateAmount),
    ...(terms.fixedAmount.isZero()
      ? []
      : [
          explainStep(
            'fixed_amount',
            { target: terms.fixedAmountTarget, units: paidUnits, events: paidEvents, fixedAmount: terms.fixedAmount },
            parts.fixedAmount,
          ),
        ]),
    ...(hasLimit ? [explainStep('per_transaction_limits', { ...limits, events: paidEvents }, parts.adjustment)] : []),
  ];
}
