import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import { AmountOutOfRange, ZERO_CENTS } from '../../shared/money.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { ChargeTerms } from '../billing/facts.ts';
import { judgePlanDraft, type JudgedCharge, type JudgedPlan, type PlanDraft } from '../catalog/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { isCounted, NOTHING_WISHED, type ChargeWish, type UnitsWish } from './imagined-usage.ts';
import { exampleEvents, exampleUnits } from './sample-units.ts';
import { planTotals, type PlanTotals } from './plan-totals.ts';
import { priceImaginedUsage, type PricedCharge } from './price-charge.ts';
import { priceCurve, type PriceCurve } from './price-curve.ts';

/** A draft and the usage that it is asked about. */
export interface PriceWish {
  readonly draft: PlanDraft;
  /** What could not even be read, under its path. */
  readonly refused: FieldErrors;
  /** One for each charge, in the same order; those that are missing are at nothing. */
  readonly usage: readonly ChargeWish[];
  readonly withCurves: boolean;
}

export interface PricedDraftCharge {
  readonly judged: JudgedCharge;
  /** Null while something is wrong with the charge. */
  readonly priced: PricedCharge | null;
  readonly curves: readonly PriceCurve[];
}

export interface PricedDraft {
  /** Every field that is wrong, under its path: `charges.0.properties.amount`. */
  readonly errors: FieldErrors;
  readonly plan: JudgedPlan;
  readonly currency: CurrencyCode | null;
  readonly charges: readonly PricedDraftCharge[];
  /** Of what can be priced; null without a currency or an interval. */
  readonly totals: PlanTotals | null;
  /** Whether the total holds everything that the draft says. */
  readonly isComplete: boolean;
}

/** What a draft of a plan costs at imagined usage: charges that are right are priced also while others are wrong. Nothing is stored. */
export async function pricePlanDraft(context: ServiceContext, wish: PriceWish): Promise<PricedDraft> {
  const plan = await judgePlanDraft(context.database.read, context.organizationId, wish.draft);
  const { amountCurrency: currency = null, interval, amountCents: baseFeeCents = ZERO_CENTS } = plan.attributes;
  const errors: FieldErrors[] = [plan.errors];
  const charges = plan.charges.map((judged, index): PricedDraftCharge => {
    const path = `charges.${String(index)}`;
    errors.push(underPath(path, judged.errors));
    const isRefused = Object.keys(wish.refused).some((field) => field.startsWith(`${path}.`));
    if (judged.terms === null || isRefused || currency === null) return { judged, priced: null, curves: [] };
    const asked = askedUsage(judged.terms, wish.usage[index]);
    const outcome = priceOrRefuse(judged.terms, asked, { currency, withCurves: wish.withCurves });
    errors.push(underPath(`usage.${String(index)}`, outcome.errors));
    return { judged, priced: outcome.priced, curves: outcome.curves };
  });
  // As on saving: a field that could not be read is told so, and not that it is missing.
  const all = { ...mergeFieldErrors(...errors), ...wish.refused };
  const priced = charges.flatMap((charge) => (charge.priced === null ? [] : [charge.priced]));
  const commitmentCents = wish.draft.input.minimumCommitment?.amountCents ?? null;
  const totals =
    currency === null || interval === undefined
      ? null
      : planTotals(
          { interval, billChargesMonthly: plan.attributes.billChargesMonthly === true, currency, baseFeeCents, commitmentCents },
          priced,
        );
  return { errors: all, plan, currency, charges, totals, isComplete: priced.length === charges.length };
}

function askedUsage(terms: ChargeTerms, wish: ChargeWish | undefined): ChargeWish {
  if (wish === undefined) return { everythingElse: NOTHING_WISHED, filters: [], maxUnits: null };
  const withEvents = (asked: UnitsWish): UnitsWish =>
    terms.chargeModel === 'percentage' && !asked.units.isZero()
      ? { ...asked, eventsCount: asked.eventsCount ?? exampleEvents(terms) }
      : asked;
  const units = wish.wantsExample === true ? exampleUnits(terms) : wish.everythingElse.units;
  return { ...wish, everythingElse: withEvents({ ...wish.everythingElse, units }), filters: wish.filters.map(withEvents) };
}

interface ChargeOutcome {
  readonly priced: PricedCharge | null;
  readonly curves: readonly PriceCurve[];
  readonly errors: FieldErrors;
}

/** Usage of absurd size has no amount that an invoice could carry; it is refused by name. */
function priceOrRefuse(
  terms: ChargeTerms,
  wish: ChargeWish,
  how: { readonly currency: CurrencyCode; readonly withCurves: boolean },
): ChargeOutcome {
  const errors = usageErrors(terms, wish);
  if (Object.keys(errors).length > 0) return { priced: null, curves: [], errors };
  try {
    const priced = priceImaginedUsage(terms, wish, how.currency);
    const curves = how.withCurves ? curvesOf(terms, wish, how.currency) : [];
    return { priced, curves, errors };
  } catch (error) {
    if (!(error instanceof AmountOutOfRange)) throw error;
    return { priced: null, curves: [], errors: { units: ['value_is_out_of_range'] } };
  }
}

/** A curve for each filter and for everything else; what the events themselves carry has none. */
function curvesOf(terms: ChargeTerms, wish: ChargeWish, currency: CurrencyCode): readonly PriceCurve[] {
  if (terms.chargeModel === 'dynamic') return [];
  const { maxUnits } = wish;
  const filtered = terms.filters.map((_, filterIndex) =>
    priceCurve(terms, { filterIndex, units: wish.filters[filterIndex] ?? NOTHING_WISHED, maxUnits }, currency),
  );
  return [priceCurve(terms, { filterIndex: null, units: wish.everythingElse, maxUnits }, currency), ...filtered];
}

/** What is counted comes in whole units. */
function usageErrors(terms: ChargeTerms, wish: ChargeWish): FieldErrors {
  if (!isCounted(terms.metric.aggregationType)) return {};
  const isWhole = ({ units }: UnitsWish): boolean => units.isInteger();
  const filters = wish.filters.flatMap((each, index) =>
    isWhole(each) ? [] : [[`filters.${String(index)}.units`, ['value_is_invalid']] as const],
  );
  return { ...(isWhole(wish.everythingElse) ? {} : { units: ['value_is_invalid'] }), ...Object.fromEntries(filters) };
}

function underPath(path: string, errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).map(([field, codes]) => [`${path}.${field}`, codes]));
}
