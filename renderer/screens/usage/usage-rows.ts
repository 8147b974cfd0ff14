import type { UsageChargeAnswer, UsageFeeAnswer } from '../../../shared/internal/usage.ts';
import type { UsageAnswer } from '../../../shared/wire/usage.ts';

type ChargeAnswer = UsageAnswer['charges_usage'][number];
type FilterAnswer = ChargeAnswer['filters'][number];

/** One charge as the usage screen shows it, of the running period or of a billed one. */
export interface UsageRow {
  readonly chargeId: string;
  readonly name: string;
  readonly metricCode: string;
  readonly chargeModel: string;
  readonly units: string;
  readonly eventsCount: number;
  readonly amountCents: number;
  /** Per cent of the total; null where it is not known. */
  readonly share: string | null;
  readonly isInAdvance: boolean;
  readonly parts: readonly UsagePart[];
}

/** A filter or group of a charge, or the charge as a whole. */
export interface UsagePart extends Pick<UsageFeeAnswer, 'units' | 'events_count' | 'amount_cents' | 'unit_amount' | 'steps'> {
  /** Null for a charge without filters and groups. */
  readonly filter: { readonly displayName: string | null; readonly values: Readonly<Record<string, readonly string[]>> | null } | null;
  readonly groupedBy: Readonly<Record<string, string | null>>;
}

/** The charges of a usage answer. `running` adds shares and steps, which only the running period has. */
export function usageRows(usage: UsageAnswer, running: readonly UsageChargeAnswer[]): readonly UsageRow[] {
  return usage.charges_usage.map((charge) => {
    const more = running.find((one) => one.lago_charge_id === charge.charge.lago_id);
    return {
      chargeId: charge.charge.lago_id,
      name: charge.charge.invoice_display_name ?? charge.billable_metric.name,
      metricCode: charge.billable_metric.code,
      chargeModel: charge.charge.charge_model,
      units: charge.units,
      eventsCount: charge.events_count,
      amountCents: charge.amount_cents,
      share: more?.share ?? null,
      isInAdvance: more?.pay_in_advance ?? false,
      parts: more === undefined ? billedParts(charge) : more.fees.map(partOf),
    };
  });
}

function partOf(fee: UsageFeeAnswer): UsagePart {
  const { filter, grouped_by: groupedBy, ...numbers } = fee;
  return { ...numbers, groupedBy, filter: filter === null ? null : { displayName: filter.invoice_display_name, values: filter.values } };
}

/** What an invoice says of a charge: by group where there are groups, else by filter. */
function billedParts(charge: ChargeAnswer): readonly UsagePart[] {
  const ofFilter = (filter: FilterAnswer, groupedBy: UsagePart['groupedBy']): UsagePart => ({
    ...numbersOf(filter),
    groupedBy,
    filter: { displayName: filter.invoice_display_name, values: filter.values },
  });
  if (charge.grouped_usage.length > 0) {
    return charge.grouped_usage.flatMap((group) =>
      group.filters.length > 0
        ? group.filters.map((filter) => ofFilter(filter, group.grouped_by))
        : [{ ...numbersOf(group), groupedBy: group.grouped_by, filter: null }],
    );
  }
  if (charge.filters.length > 0) return charge.filters.map((filter) => ofFilter(filter, {}));
  return [{ ...numbersOf(charge), groupedBy: {}, filter: null }];
}

function numbersOf(numbers: Pick<FilterAnswer, 'units' | 'events_count' | 'amount_cents'>) {
  return {
    units: numbers.units,
    events_count: numbers.events_count,
    amount_cents: numbers.amount_cents,
    unit_amount: null,
    steps: [],
  };
}
