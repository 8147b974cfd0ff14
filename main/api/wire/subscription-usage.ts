import { formatInstant } from '../../../shared/dates.ts';
import { Decimal, formatDecimal, ZERO } from '../../../shared/decimal.ts';
import type {
  SubscriptionUsageAnswer,
  UsageChargeAnswer,
  UsageFeeAnswer,
  UsagePeriodAnswer,
  UsageSeriesAnswer,
  UsageSeriesOfChargeAnswer,
} from '../../../shared/internal/usage.ts';
import { addCents, centsToWire, percentOf, type Cents } from '../../../shared/money.ts';
import type {
  ChargeUsage,
  PeriodUsage,
  SubscriptionSeries,
  SubscriptionUsage,
  UsageFee,
  UsagePeriod,
  UsageSeries,
} from '../../usage/index.ts';
import { serializeUsage } from './usage.ts';

type Plan = SubscriptionUsage['plan'];

export function serializeSubscriptionUsage({
  subscription,
  customer,
  plan,
  timeZone,
  current,
}: SubscriptionUsage): SubscriptionUsageAnswer {
  return {
    subscription: {
      lago_id: subscription.id,
      external_id: subscription.externalId,
      name: subscription.name,
      status: subscription.status,
      plan_name: plan.name,
      lago_customer_id: customer.id,
      external_customer_id: customer.externalId,
      timezone: timeZone,
    },
    current:
      current === null
        ? null
        : {
            period: serializePeriod(current.period, subscription.billingTime),
            usage: serializeUsage(current.usage),
            charges: chargesOf(current.usage, plan),
            projected_amount_cents: current.projectedAmountCents === null ? null : centsToWire(current.projectedAmountCents),
          },
  };
}

function serializePeriod(period: UsagePeriod, billingTime: string): UsagePeriodAnswer {
  return {
    from_date: period.firstDay.toString(),
    to_date: period.lastDay.toString(),
    grid_from_date: period.gridFirstDay.toString(),
    grid_to_date: period.gridLastDay.toString(),
    interval: period.interval,
    billing_time: billingTime,
    timezone: period.timeZone,
    days_left: period.daysLeft,
  };
}

function chargesOf(usage: PeriodUsage, plan: Plan): readonly UsageChargeAnswer[] {
  return usage.charges.map((chargeUsage) => {
    const { charge, fees } = chargeUsage;
    return {
      lago_charge_id: charge.id,
      share: shareOf(addCents(...fees.map((fee) => fee.amountCents)), usage.amountCents),
      pay_in_advance: plan.charges.some(({ id, payInAdvance }) => id === charge.id && payInAdvance),
      fees: fees.map((fee) => serializeFee(fee, chargeUsage)),
    };
  });
}

function serializeFee(fee: UsageFee, { filters }: ChargeUsage): UsageFeeAnswer {
  const filter = filters.find(({ id }) => id === fee.key.filterId);
  return {
    filter:
      filter === undefined
        ? null
        : {
            invoice_display_name: filter.invoiceDisplayName,
            values:
              filter.values === null ? null : Object.fromEntries(Object.entries(filter.values).map(([key, values]) => [key, [...values]])),
          },
    grouped_by: { ...fee.key.groupedBy },
    units: formatDecimal(fee.units),
    events_count: fee.eventsCount,
    amount_cents: centsToWire(fee.amountCents),
    unit_amount: fee.unitAmount === undefined ? null : formatDecimal(fee.unitAmount),
    steps: (fee.steps ?? []).map(({ kind, values, result }) => ({ kind, values: { ...values }, result })),
  };
}

/** Per cent with one decimal: shares of a total need not add up to 100 to the digit. */
function shareOf(amountCents: Cents, totalCents: Cents): string | null {
  return totalCents === 0n ? null : percentOf(amountCents, totalCents);
}

export function serializeSeries({ from, to, pointsCount, stepName, series }: SubscriptionSeries): UsageSeriesAnswer {
  return {
    from_datetime: formatInstant(from),
    to_datetime: formatInstant(to),
    points_count: pointsCount,
    step: stepName,
    series: series.map(serializeSeriesOfCharge),
  };
}

function serializeSeriesOfCharge({ chargeId, kind, points }: UsageSeries): UsageSeriesOfChargeAnswer {
  const highest = points.reduce((most, { units }) => Decimal.max(most, units), ZERO);
  const heightOf = (units: Decimal): number =>
    highest.isZero() ? 0 : Decimal.max(units, ZERO).times(100).div(highest).toDecimalPlaces(0).toNumber();
  return {
    lago_charge_id: chargeId,
    kind,
    points: points.map(({ at, units }) => ({ at: formatInstant(at), units: formatDecimal(units), height: heightOf(units) })),
  };
}
