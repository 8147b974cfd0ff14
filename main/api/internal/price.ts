import { z } from 'zod';
import { formatDecimal, ZERO, type Decimal } from '../../../shared/decimal.ts';
import {
  comparisonRequest,
  priceRequest,
  type ComparisonAnswer,
  type CurvePointAnswer,
  type PlanTotalsAnswer,
  type PriceAnswer,
  type PriceCurveAnswer,
  type PricedChargeAnswer,
  type PricedFee,
} from '../../../shared/internal/price.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import {
  comparePlans,
  pricePlanDraft,
  type ComparedPlans,
  type CurvePoint,
  type PlanTotals,
  type PriceCurve,
  type PricedCharge,
  type PricedDraft,
} from '../../calculator/index.ts';
import { plannedMetric } from '../../catalog/index.ts';
import { route, type Route } from '../route.ts';
import { readBillableMetricInput } from '../wire/billable-metric.ts';
import { readPlanInput } from '../wire/plan.ts';
import { readDraft, readUsage, unitsWish } from './read-draft.ts';

const tag = 'internal';

/** Rule: ui.md §§ 4.3 and 9. */
export const priceRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/price',
    access: 'session',
    summary: 'What a draft of a plan costs at imagined usage, with the arithmetic and the price curves; nothing is stored',
    tag,
    changesNothing: true,
    body: priceRequest,
    answer: z.unknown(),
    respond: async ({ context, body }) => {
      const draft = readDraft(body.plan);
      const usage = readUsage(body.usage ?? []);
      const priced = await pricePlanDraft(context, {
        draft: {
          input: readPlanInput(draft.values),
          planId: body.plan_id ?? null,
          plannedMetrics: (body.billable_metrics ?? []).map((metric) => plannedMetric(readBillableMetricInput(metric))),
        },
        refused: draft.refused,
        usage: usage.wishes,
        withCurves: body.curves !== false,
      });
      const answer = writePrice(priced);
      return ok({ ...answer, errors: { ...answer.errors, ...usage.refused } });
    },
  }),
  route({
    method: 'post',
    path: '/compare_plans',
    access: 'session',
    summary: 'What several plans cost at the same usage, and along one metric',
    tag,
    changesNothing: true,
    body: comparisonRequest,
    answer: z.unknown(),
    respond: async ({ context, body }) => {
      const compared = await comparePlans(context, {
        planIds: body.plan_ids,
        usage: new Map(Object.entries(body.usage ?? {}).map(([code, asked]) => [code, unitsWish(asked)])),
        alongCode: body.along ?? null,
        maxUnits: body.max_units ?? null,
      });
      return compared.ok ? ok(writeComparison(compared.value)) : compared;
    },
  }),
];

export function writePrice(priced: PricedDraft): PriceAnswer {
  return {
    errors: priced.errors,
    free_code: priced.plan.freeCode,
    currency: priced.currency,
    interval: priced.plan.attributes.interval ?? null,
    charges: priced.charges.map((charge): PricedChargeAnswer => {
      const { judged, priced: outcome } = charge;
      const { metric } = judged;
      return {
        billable_metric:
          metric === null
            ? null
            : {
                lago_id: metric.id,
                code: metric.code,
                name: metric.name,
                aggregation_type: metric.aggregationType,
                field_name: metric.fieldName,
                recurring: metric.recurring,
                filters: metric.filters,
              },
        charge_model: judged.terms?.chargeModel ?? null,
        is_priced: outcome !== null,
        amount_cents: outcome === null ? null : centsToWire(outcome.amountCents),
        precise_amount: outcome === null ? null : formatDecimal(outcome.amount),
        fees: outcome === null ? [] : writeFees(outcome, judged.terms?.filters.map(({ id }) => id) ?? []),
        curves: charge.curves.map(writeCurve),
      };
    }),
    totals: priced.totals === null ? null : writeTotals(priced.totals),
    is_complete: priced.isComplete,
  };
}

function writeFees(priced: PricedCharge, filterIds: readonly string[]): readonly PricedFee[] {
  return priced.fees.map((fee) => ({
    filter_index: fee.key.filterId === null ? null : filterIds.indexOf(fee.key.filterId),
    is_true_up: fee.isTrueUp,
    units: formatDecimal(fee.units),
    events_count: fee.eventsCount,
    amount_cents: centsToWire(fee.amountCents),
    precise_amount: formatDecimal(fee.preciseAmount),
    precise_unit_amount: priceText(fee.unitAmount),
    steps: fee.steps.map((step) => ({
      kind: step.kind,
      values: Object.fromEntries(Object.entries(step.values).map(([name, value]) => [snakeCase(name), value])),
      result: step.result,
    })),
  }));
}

export function writeCurve(curve: PriceCurve): PriceCurveAnswer {
  return {
    filter_index: curve.filterIndex,
    end_units: formatDecimal(curve.endUnits),
    points: curve.points.map(writePoint),
    edges: curve.edges.map(({ units, kind }) => ({ units: formatDecimal(units), kind })),
    drops: curve.drops.map(({ from, to, evenAgainUnits }) => ({
      from: writePoint(from),
      to: writePoint(to),
      even_again_units: evenAgainUnits === null ? null : formatDecimal(evenAgainUnits),
    })),
  };
}

function writePoint(point: CurvePoint): CurvePointAnswer {
  return {
    units: formatDecimal(point.units),
    amount_cents: centsToWire(point.amountCents),
    amount: priceText(point.amount),
    unit_amount: priceText(point.unitAmount),
  };
}

function writeTotals(totals: PlanTotals): PlanTotalsAnswer {
  return {
    base_fee_cents: centsToWire(totals.baseFeeCents),
    charge_periods: totals.chargePeriods,
    usage_cents: centsToWire(totals.usageCents),
    period_usage_cents: centsToWire(totals.periodUsageCents),
    commitment_cents: totals.commitmentCents === null ? null : centsToWire(totals.commitmentCents),
    commitment_true_up_cents: centsToWire(totals.trueUpCents),
    total_cents: centsToWire(totals.totalCents),
    precise_total: formatDecimal(totals.amount),
  };
}

function writeComparison(compared: ComparedPlans): ComparisonAnswer {
  return {
    plans: compared.plans.map(({ terms, charges, totals }) => ({
      lago_id: terms.id,
      name: terms.name,
      code: terms.code,
      interval: terms.interval,
      currency: terms.currency,
      charges: charges.map((charge) => ({
        name: charge.terms.invoiceDisplayName ?? charge.terms.metric.name,
        billable_metric_code: charge.terms.metric.code,
        charge_model: charge.terms.chargeModel,
        amount_cents: centsToWire(charge.priced.amountCents),
        fees: writeFees(
          charge.priced,
          charge.terms.filters.map(({ id }) => id),
        ),
      })),
      totals: writeTotals(totals),
    })),
    billable_metrics: compared.metrics.map(({ code, name, aggregationType }) => {
      const asked = compared.usage.get(code);
      return {
        code,
        name,
        aggregation_type: aggregationType,
        units: formatDecimal(asked?.units ?? ZERO),
        events_count: asked?.eventsCount ?? 1,
      };
    }),
    along: compared.alongCode,
    end_units: formatDecimal(compared.endUnits),
    points: compared.points.map(({ units, totals }) => ({
      units: formatDecimal(units),
      totals: totals.map((total) => ({ total_cents: centsToWire(total.totalCents), precise_total: priceText(total.amount) })),
    })),
    crossings: compared.crossings.map(({ units, cheapest }) => ({ units: formatDecimal(units), cheapest })),
  };
}

/** Unit prices have up to 15 decimals; quotients would have sixty. */
function priceText(amount: Decimal): string {
  return formatDecimal(amount.toDecimalPlaces(15));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
