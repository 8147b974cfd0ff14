import { formatInstant } from '../../../shared/dates.ts';
import { formatDecimal, sumDecimals } from '../../../shared/decimal.ts';
import { addCents, centsToWire } from '../../../shared/money.ts';
import type { UsageAnswer } from '../../../shared/wire/usage.ts';
import type { ChargeUsage, PeriodUsage, UsageFee, UsageFilter } from '../../usage/index.ts';

type ChargeUsageAnswer = UsageAnswer['charges_usage'][number];
type FilterUsageAnswer = ChargeUsageAnswer['filters'][number];
type UsageNumbers = Pick<ChargeUsageAnswer, 'units' | 'total_aggregated_units' | 'events_count' | 'amount_cents'>;

/** The usage of one charge period. Rule: pricing.md § 8. */
export function serializeUsage(usage: PeriodUsage): UsageAnswer {
  return {
    from_datetime: formatInstant(usage.fromAt),
    to_datetime: formatInstant(usage.toAt),
    issuing_date: usage.issuingDate.toString(),
    lago_invoice_id: usage.invoiceId,
    currency: usage.currency,
    amount_cents: centsToWire(usage.amountCents),
    taxes_amount_cents: centsToWire(usage.taxesAmountCents),
    total_amount_cents: centsToWire(addCents(usage.amountCents, usage.taxesAmountCents)),
    charges_usage: usage.charges.map((charge) => serializeChargeUsage(charge, usage.currency)),
  };
}

function serializeChargeUsage({ charge, metric, filters, fees }: ChargeUsage, currency: string): ChargeUsageAnswer {
  return {
    ...numbersOf(fees),
    amount_currency: currency,
    pricing_unit_details: null,
    charge: { lago_id: charge.id, code: charge.code, charge_model: charge.chargeModel, invoice_display_name: charge.invoiceDisplayName },
    billable_metric: { lago_id: metric.id, name: metric.name, code: metric.code, aggregation_type: metric.aggregationType },
    filters: filters.map((filter) => serializeFilter(filter, feesOf(filter, fees))),
    grouped_usage: groupsOf(fees).map((group) => ({
      ...numbersOf(group),
      pricing_unit_details: null,
      grouped_by: { ...group[0]?.key.groupedBy },
      filters: filters.filter((filter) => feesOf(filter, group).length > 0).map((filter) => serializeFilter(filter, feesOf(filter, group))),
      presentation_breakdowns: [],
    })),
    presentation_breakdowns: [],
  };
}

function serializeFilter(filter: UsageFilter, fees: readonly UsageFee[]): FilterUsageAnswer {
  return {
    ...numbersOf(fees),
    pricing_unit_details: null,
    invoice_display_name: filter.invoiceDisplayName,
    values: filter.values === null ? null : Object.fromEntries(Object.entries(filter.values).map(([key, values]) => [key, [...values]])),
    presentation_breakdowns: [],
  };
}

function feesOf(filter: UsageFilter, fees: readonly UsageFee[]): readonly UsageFee[] {
  return fees.filter((fee) => fee.key.filterId === filter.id);
}

/**
 * The fees of each pricing group. A filter without events has an empty fee with null groups: it is shown only where there is no other
 * group to show.
 */
function groupsOf(fees: readonly UsageFee[]): readonly (readonly UsageFee[])[] {
  const grouped = fees.filter((fee) => Object.keys(fee.key.groupedBy).length > 0);
  const groups = [...Map.groupBy(grouped, (fee) => JSON.stringify(Object.entries(fee.key.groupedBy).sort())).values()];
  const used = groups.filter((group) => group.some((fee) => fee.eventsCount > 0 || fee.amountCents !== 0n || !fee.units.isZero()));
  return used.length > 0 ? used : groups.slice(0, 1);
}

function numbersOf(fees: readonly UsageFee[]): UsageNumbers {
  return {
    units: formatDecimal(sumDecimals(fees.map((fee) => fee.units))),
    total_aggregated_units: formatDecimal(sumDecimals(fees.map((fee) => fee.totalAggregatedUnits))),
    events_count: fees.reduce((sum, fee) => sum + fee.eventsCount, 0),
    amount_cents: centsToWire(addCents(...fees.map((fee) => fee.amountCents))),
  };
}
