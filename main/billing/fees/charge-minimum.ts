import { present } from '../../../shared/assert.ts';
import { decimal, ONE } from '../../../shared/decimal.ts';
import { addCents, centsToUnits, roundCents, subunits } from '../../../shared/money.ts';
import type { ChargeFeeDraft, ChargeTerms } from '../facts.ts';
import { explainStep } from '../pricing/explain-step.ts';

/** Days of the charge window, both ends included, and of the whole period of the grid. */
export interface MinimumDays {
  readonly billedDays: number;
  readonly fullPeriodDays: number;
}

/**
 * Adds the true-up to a charge's fees when they stay below its spending minimum, which counts for the billed days only. In cents, the
 * missing rest rounded once, half away from zero. Never for charges paid in advance. Rule: pricing.md § 4 "Spending minimum".
 */
export function withChargeMinimum(charge: ChargeTerms, drafts: readonly ChargeFeeDraft[], days: MinimumDays): readonly ChargeFeeDraft[] {
  if (charge.minAmountCents <= 0n || charge.payInAdvance) return drafts;
  const feesAmountCents = addCents(...drafts.map((draft) => draft.amountCents));
  const minimumCents = decimal(charge.minAmountCents).times(days.billedDays).div(days.fullPeriodDays); // 1000 × 25/28 → 892.857…
  const missingCents = minimumCents.minus(decimal(feesAmountCents));
  const amountCents = roundCents(missingCents);
  if (amountCents <= 0n) return drafts;
  const { currency } = present(drafts[0], 'a charge has at least its default bucket');
  const { billedDays, fullPeriodDays } = days;
  const values = {
    minAmountCents: charge.minAmountCents.toString(),
    billedDays,
    fullPeriodDays,
    feesAmountCents: feesAmountCents.toString(),
  };
  const trueUp: ChargeFeeDraft = {
    chargeId: charge.id,
    currency,
    key: { filterId: null, groupedBy: {} },
    units: ONE,
    totalAggregatedUnits: ONE,
    eventsCount: 0,
    amountCents,
    preciseAmount: missingCents.div(subunits(currency)),
    unitAmount: missingCents.div(subunits(currency)),
    amountDetails: {},
    steps: [explainStep('minimum', values, centsToUnits(amountCents, currency))],
    isTrueUp: true,
  };
  return [...drafts, trueUp];
}
