import type { LastPrice } from './use-price.ts';
import type { ChargeUsageText, UnitsText } from '../../../shared/internal/price.ts';

/** What the calculator's inputs hold for one bucket of a charge, as typed. */
export interface UnitsValues {
  /** Null until somebody types: the engine then takes an example. */
  readonly units: string | null;
  /** Null until somebody types, too. */
  readonly events: string | null;
  /** Dynamic charges: what the events carry, in cents. */
  readonly cents: string;
}

/** Charge key → its bucket of everything else and one for each filter, by the filter's key. */
export interface ChargeUsageValues {
  readonly everythingElse: UnitsValues;
  readonly filters: Readonly<Record<string, UnitsValues>>;
}

export type UsageValues = Readonly<Record<string, ChargeUsageValues>>;

export const FIRST_UNITS: UnitsValues = { units: null, events: null, cents: '10000' };
const FIRST_USAGE: ChargeUsageValues = { everythingElse: FIRST_UNITS, filters: {} };

export function usageOf(usage: UsageValues, key: string): ChargeUsageValues {
  return usage[key] ?? FIRST_USAGE;
}

export function filterUsageOf(usage: ChargeUsageValues, key: string): UnitsValues {
  return usage.filters[key] ?? { units: '0', events: null, cents: '0' };
}

/** The wire's form, in the order of the charges and of their filters. */
export function usageBody(
  usage: UsageValues,
  charges: readonly { readonly key: string; readonly filters: readonly { readonly key: string }[] }[],
): readonly ChargeUsageText[] {
  return charges.map((charge) => {
    const values = usageOf(usage, charge.key);
    return {
      ...unitsBody(values.everythingElse),
      filters: charge.filters.map(({ key }) => ({ units: '0', ...unitsBody(filterUsageOf(values, key)) })),
    };
  });
}

function unitsBody({ units, events, cents }: UnitsValues): Partial<UnitsText> {
  return {
    ...(units === null ? {} : { units: units.trim() === '' ? '0' : units.trim() }),
    ...(events !== null && /^\d{1,9}$/.test(events) ? { events_count: Number(events) } : {}),
    ...(/^\d+(\.\d+)?$/.test(cents) ? { precise_total_amount_cents: cents } : {}),
  };
}

/** What the inputs show: what was typed, else the example that the engine took. */
export function shownUsage(values: UnitsValues, last: LastPrice | null, filterIndex: number | null): ShownUsage {
  const fee = last?.charge.fees.find((each) => each.filter_index === filterIndex && !each.is_true_up);
  return {
    units: values.units ?? (fee?.units ?? '').replace(/\.0$/, ''),
    events: values.events ?? (fee === undefined ? '' : String(fee.events_count)),
    cents: values.cents,
  };
}

export interface ShownUsage {
  readonly units: string;
  readonly events: string;
  readonly cents: string;
}
