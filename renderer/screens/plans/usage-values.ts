import type { ChargeUsageText, UnitsText } from '../../../shared/internal/price.ts';

/** What the calculator's inputs hold for one bucket of a charge, as typed. */
export interface UnitsValues {
  readonly units: string;
  readonly events: string;
  /** Dynamic charges: what the events carry, in cents. */
  readonly cents: string;
}

/** Charge key → its bucket of everything else and one for each filter, by the filter's key. */
export interface ChargeUsageValues {
  readonly everythingElse: UnitsValues;
  readonly filters: Readonly<Record<string, UnitsValues>>;
}

export type UsageValues = Readonly<Record<string, ChargeUsageValues>>;

export const FIRST_UNITS: UnitsValues = { units: '1000', events: '10', cents: '10000' };
const FIRST_USAGE: ChargeUsageValues = { everythingElse: FIRST_UNITS, filters: {} };

export function usageOf(usage: UsageValues, key: string): ChargeUsageValues {
  return usage[key] ?? FIRST_USAGE;
}

export function filterUsageOf(usage: ChargeUsageValues, key: string): UnitsValues {
  return usage.filters[key] ?? { units: '0', events: '0', cents: '0' };
}

/** The wire's form, in the order of the charges and of their filters. */
export function usageBody(
  usage: UsageValues,
  charges: readonly { readonly key: string; readonly filters: readonly { readonly key: string }[] }[],
): readonly ChargeUsageText[] {
  return charges.map((charge) => {
    const values = usageOf(usage, charge.key);
    return { ...unitsBody(values.everythingElse), filters: charge.filters.map(({ key }) => unitsBody(filterUsageOf(values, key))) };
  });
}

function unitsBody({ units, events, cents }: UnitsValues): UnitsText {
  return {
    units: units.trim() === '' ? '0' : units.trim(),
    ...(/^\d{1,9}$/.test(events) ? { events_count: Number(events) } : {}),
    ...(/^\d+(\.\d+)?$/.test(cents) ? { precise_total_amount_cents: cents } : {}),
  };
}
