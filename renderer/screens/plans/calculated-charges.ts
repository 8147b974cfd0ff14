import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import type { CalculatedCharge } from './calculator.tsx';
import { ALL_VALUES } from './charge-filters.tsx';
import type { ChargeValues, FilterPriceValues, PlanValues } from './plan-values.ts';

type NamedMetric = Pick<BillableMetricAnswer, 'lago_id' | 'code' | 'name'>;

/** The charges of a form as the calculator names them; two of one name are told apart by a number. */
export function calculatedCharges(values: Pick<PlanValues, 'charges'>, metrics: readonly NamedMetric[]): readonly CalculatedCharge[] {
  const names = values.charges.map((charge) => nameOf(charge, metrics));
  return values.charges.map((charge, index) => {
    const name = names[index] ?? '';
    const twin = names.slice(0, index).filter((each) => each === name).length;
    return {
      key: charge.key,
      name: twin === 0 ? name : `${name} (${String(twin + 1)})`,
      model: charge.charge_model,
      filters: charge.filters.map((filter) => ({ key: filter.key, name: filterName(filter) })),
      groupKeys: charge.prices.pricing_group_keys,
    };
  });
}

function nameOf(charge: ChargeValues, metrics: readonly NamedMetric[]): string {
  if (charge.invoice_display_name.trim() !== '') return charge.invoice_display_name;
  const metric = metrics.find((each) =>
    charge.billable_metric_id === '' ? each.code === charge.billable_metric_code : each.lago_id === charge.billable_metric_id,
  );
  if (metric !== undefined) return metric.name;
  return charge.billable_metric_code === '' ? '…' : charge.billable_metric_code;
}

/** `region: eu, us` */
export function filterName(filter: Pick<FilterPriceValues, 'values' | 'invoice_display_name'>): string {
  if (filter.invoice_display_name.trim() !== '') return filter.invoice_display_name;
  const pairs = Object.entries(filter.values).map(
    ([key, values]) => `${key}: ${values.map((value) => (value === ALL_VALUES ? '*' : value)).join(', ')}`,
  );
  return pairs.length === 0 ? '…' : pairs.join(' · ');
}
