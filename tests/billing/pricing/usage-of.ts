import { currencyCode } from '../../../shared/currency.ts';
import { decimal, ONE, sumDecimals } from '../../../shared/decimal.ts';
import type { AggregatedUsage, AggregationType, ChargeModel, ChargeProperties, PricedUsage } from '../../../main/billing/facts.ts';
import { priceUsage } from '../../../main/billing/pricing/price.ts';

/** Usage of a bucket that says only how many units there are. */
export function usageOf(units: string, more: Partial<AggregatedUsage> = {}): AggregatedUsage {
  return {
    units: decimal(units),
    totalAggregatedUnits: decimal(units),
    eventsCount: units === '0' ? 0 : 1,
    proratedUnits: null,
    preciseAmountCents: null,
    events: null,
    ...more,
  };
}

/** Usage of a sum made of these events, in time order. */
export function usageOfEvents(...values: readonly string[]): AggregatedUsage {
  const decimals = values.map((value) => decimal(value));
  return usageOf(sumDecimals(decimals).toFixed(), {
    eventsCount: values.length,
    events: decimals.map((value) => ({ value, ratio: ONE })),
  });
}

/** Prices in dollars with a model and its properties. */
export function priceWith(
  chargeModel: ChargeModel,
  properties: ChargeProperties,
  usage: AggregatedUsage,
  options: { readonly prorated?: boolean; readonly currency?: string; readonly aggregationType?: AggregationType } = {},
): PricedUsage {
  return priceUsage(
    {
      chargeModel,
      properties,
      aggregationType: options.aggregationType ?? 'sum_agg',
      currency: currencyCode(options.currency ?? 'USD'),
      prorated: options.prorated ?? false,
    },
    usage,
  );
}
