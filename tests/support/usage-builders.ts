import { currencyCode } from '../../shared/currency.ts';
import { Temporal, type Instant } from '../../shared/dates.ts';
import { decimal } from '../../shared/decimal.ts';
import { ZERO_CENTS } from '../../shared/money.ts';
import type { AggregationType, ChargeFilterTerms, ChargeTerms, MeteredEvent, MetricTerms, UsageWindow } from '../../main/billing/facts.ts';

export const USD = currencyCode('USD');

/** A metric of this aggregation over the property `value`. */
export function metric(aggregationType: AggregationType, more: Partial<MetricTerms> = {}): MetricTerms {
  return {
    id: 'metric-1',
    code: 'usage',
    name: 'Usage',
    aggregationType,
    fieldName: aggregationType === 'count_agg' ? null : 'value',
    expression: null,
    recurring: false,
    roundingFunction: null,
    roundingPrecision: null,
    ...more,
  };
}

/** A charge in arrears, standard at 1.00, on a sum. */
export function charge(more: Partial<ChargeTerms> = {}): ChargeTerms {
  return {
    id: 'charge-1',
    code: 'usage',
    metric: metric('sum_agg'),
    chargeModel: 'standard',
    properties: { amount: '1' },
    filters: [],
    payInAdvance: false,
    invoiceable: true,
    prorated: false,
    minAmountCents: ZERO_CENTS,
    invoiceDisplayName: null,
    regroupPaidFees: false,
    taxes: [],
    ...more,
  };
}

/** A filter that accepts the values that it names. */
export function filter(id: string, values: ChargeFilterTerms['values'], properties: ChargeFilterTerms['properties']): ChargeFilterTerms {
  return { id, values, acceptedValues: values, properties, invoiceDisplayName: null };
}

/** A window of whole days, both included, in a full period of so many days. */
export function window(firstDay: string, lastDay: string, fullPeriodDays: number, timeZone = 'UTC'): UsageWindow {
  const first = Temporal.PlainDate.from(firstDay);
  const last = Temporal.PlainDate.from(lastDay);
  return {
    from: first.toZonedDateTime(timeZone).toInstant(),
    end: last.add({ days: 1 }).toZonedDateTime(timeZone).toInstant(),
    timeZone,
    fullPeriodDays,
    firstDay: first,
    lastDay: last,
  };
}

export function instant(text: string): Instant {
  return Temporal.Instant.from(text.includes('T') ? text : `${text}T12:00:00Z`);
}

/** Events as `[when, value]` or `[when, value, 'remove']`, in order of arrival; a bare date is its noon in UTC. */
export function events(
  ...rows: readonly (readonly [when: string, value: string | null, operation?: 'add' | 'remove'])[]
): readonly MeteredEvent[] {
  return rows.map(([when, value, operation], index) => ({
    at: instant(when),
    sequence: index + 1,
    transactionId: `t${index + 1}`,
    value,
    operation: operation ?? 'add',
    preciseAmountCents: null,
  }));
}

/** The same events, each with the price that came with it. */
export function withPrices(list: readonly MeteredEvent[], ...cents: readonly string[]): readonly MeteredEvent[] {
  return list.map((event, index) => ({ ...event, preciseAmountCents: cents[index] === undefined ? null : decimal(cents[index]) }));
}
