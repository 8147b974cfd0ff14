import { Decimal, ZERO } from '../../shared/decimal.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { ChargeTerms, PlanTerms } from '../billing/facts.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { plans } from '../database/tables/catalog.ts';
import type { ServiceContext } from '../service-context.ts';
import { NOTHING_WISHED, scaledWish, type ChargeWish, type UnitsWish } from './imagined-usage.ts';
import { planTotals, type PlanTotals } from './plan-totals.ts';
import { priceImaginedUsage, type PricedCharge } from './price-charge.ts';
import { curveEnd, exampleEvents, exampleUnits, sampleUnits } from './sample-units.ts';

/** The same usage, asked of several plans. */
export interface ComparisonWish {
  readonly planIds: readonly string[];
  /** By the metric's code; it counts for every charge of that metric, outside its filters. An example is taken of a metric that is absent. */
  readonly usage: ReadonlyMap<string, UnitsWish>;
  /** The metric that the curves run along; null takes the first that any of the plans charges. */
  readonly alongCode: string | null;
  readonly maxUnits: Decimal | null;
}

export interface ComparedPlan {
  readonly terms: PlanTerms;
  readonly charges: readonly { readonly terms: ChargeTerms; readonly priced: PricedCharge }[];
  readonly totals: PlanTotals;
}

export interface ComparedPlans {
  /** What was asked, or taken as an example. */
  readonly usage: ReadonlyMap<string, UnitsWish>;
  readonly plans: readonly ComparedPlan[];
  /** Metrics that the plans charge, each once, in the order of their charges. */
  readonly metrics: readonly ChargeTerms['metric'][];
  readonly alongCode: string | null;
  readonly endUnits: Decimal;
  /** Total of each plan at each volume. */
  readonly points: readonly { readonly units: Decimal; readonly totals: readonly PlanTotals[] }[];
  /** Volumes from which another plan is the cheapest one. */
  readonly crossings: readonly { readonly units: Decimal; readonly cheapest: number }[];
}

/** Prices whole plans at the same usage, and along one metric. */
export async function comparePlans(context: ServiceContext, wish: ComparisonWish): Promise<Result<ComparedPlans>> {
  const { read } = context.database;
  const compared: PlanTerms[] = [];
  for (const id of wish.planIds) {
    const plan = await read.manager.findOneBy(plans, { id, organizationId: context.organizationId });
    if (plan === null || plan.deletedAt !== null) return notFound('plan');
    compared.push(await readPlanTerms(read, id));
  }
  const charges = compared.flatMap((plan) => plan.charges);
  const metrics = [...new Map(charges.map(({ metric }) => [metric.code, metric])).values()];
  const alongCode = metrics.find((metric) => metric.code === wish.alongCode)?.code ?? metrics[0]?.code ?? null;
  const usage = new Map(
    metrics.map(({ code }) => [code, wish.usage.get(code) ?? exampleOf(charges.filter(({ metric }) => metric.code === code))]),
  );
  const along = charges.filter(({ metric }) => metric.code === alongCode);
  const asked = usage.get(alongCode ?? '') ?? NOTHING_WISHED;
  const endUnits =
    wish.maxUnits ?? along.map((charge) => curveEnd(charge, asked.units)).reduce((one, other) => Decimal.max(one, other), ZERO);
  const points = distinctUnits(along.flatMap((charge) => sampleUnits(charge, endUnits, asked.units))).map((units) => {
    const scaled = new Map(usage).set(alongCode ?? '', scaledWish(asked, units));
    return { units, totals: compared.map((plan) => priceWhole(plan, scaled).totals) };
  });
  return ok({
    plans: compared.map((plan) => priceWhole(plan, usage)),
    usage,
    ...{ metrics, alongCode, endUnits, points },
    crossings: crossingsOf(points),
  });
}

/** The largest example of the charges of one metric. */
function exampleOf(charges: readonly ChargeTerms[]): UnitsWish {
  const units = charges.map(exampleUnits).reduce((one, other) => Decimal.max(one, other), ZERO);
  return { units, eventsCount: Math.max(...charges.map(exampleEvents)), preciseAmountCents: ZERO };
}

function priceWhole(terms: PlanTerms, usage: ReadonlyMap<string, UnitsWish>): ComparedPlan {
  const charges = terms.charges.map((charge) => {
    const wish: ChargeWish = { everythingElse: usage.get(charge.metric.code) ?? NOTHING_WISHED, filters: [], maxUnits: null };
    return { terms: charge, priced: priceImaginedUsage(charge, wish, terms.currency) };
  });
  const totals = planTotals(
    {
      interval: terms.interval,
      billChargesMonthly: terms.billChargesMonthly,
      currency: terms.currency,
      baseFeeCents: terms.amountCents,
      commitmentCents: terms.minimumCommitment?.amountCents ?? null,
    },
    charges.map(({ priced }) => priced),
  );
  return { terms, charges, totals };
}

function distinctUnits(units: readonly Decimal[]): readonly Decimal[] {
  const byText = new Map(units.map((each) => [each.toFixed(), each]));
  return [...byText.values()].sort((one, other) => one.comparedTo(other));
}

/** A plan is the cheapest one until another is really cheaper: equal totals change nothing. */
function crossingsOf(points: ComparedPlans['points']): ComparedPlans['crossings'] {
  const crossings: { units: Decimal; cheapest: number }[] = [];
  let cheapest: number | null = null;
  for (const { units, totals } of points) {
    const least = cheapestOf(totals, cheapest ?? 0);
    const isCheaper = totals.some((total) => total.totalCents > (totals[least]?.totalCents ?? 0n));
    if (least === cheapest || !isCheaper) continue;
    crossings.push({ units, cheapest: least });
    cheapest = least;
  }
  return crossings;
}

function cheapestOf(totals: readonly PlanTotals[], preferred: number): number {
  let least = preferred;
  for (const [index, total] of totals.entries()) if (total.totalCents < (totals[least]?.totalCents ?? total.totalCents)) least = index;
  return least;
}
