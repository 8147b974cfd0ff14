import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import { useChargeChange, useFieldError, useTextField } from './form-context.ts';
import { freshKey, type ChargeValues, type FilterPriceValues } from './plan-values.ts';
import classes from './plans.module.css';
import { PriceInputs } from './price-inputs.tsx';

/** Stands for every value of a key. */
export const ALL_VALUES = '__ALL_FILTER_VALUES__';

interface ChargeFiltersProps {
  readonly index: number;
  readonly charge: ChargeValues;
  readonly metric: BillableMetricAnswer;
  readonly currency: string;
}

/** Prices of their own for some values of the metric's filters; what no one takes is "everything else". */
export function ChargeFilters({ index, charge, metric, currency }: ChargeFiltersProps): JSX.Element {
  const change = useChargeChange(index);
  const keys = metric.filters.map(({ key }) => key).join(', ');
  const add = (): void =>
    change({
      filters: [...charge.filters, { key: freshKey(), values: {}, invoice_display_name: '', prices: charge.prices }],
    });
  return (
    <Stack gap="sm">
      {charge.filters.map((filter, position) => (
        <FilterPrices
          key={filter.key}
          path={`charges.${String(index)}.filters.${String(position)}`}
          filter={filter}
          metric={metric}
          model={charge.charge_model}
          currency={currency}
          onChange={(next) => change({ filters: charge.filters.map((each) => (each.key === filter.key ? next : each)) })}
          onRemove={() => change({ filters: charge.filters.filter((each) => each.key !== filter.key) })}
        />
      ))}
      <Group gap="sm">
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={13} />} onClick={add}>
          <Trans>Price some values differently</Trans>
        </Button>
        <Text size="xs" c="dimmed">
          <Trans>This metric can be filtered by {keys}.</Trans>
        </Text>
      </Group>
    </Stack>
  );
}

interface FilterPricesProps {
  readonly path: string;
  readonly filter: FilterPriceValues;
  readonly metric: BillableMetricAnswer;
  readonly model: string;
  readonly currency: string;
  readonly onChange: (filter: FilterPriceValues) => void;
  readonly onRemove: () => void;
}

function FilterPrices({ path, filter, metric, model, currency, onChange, onRemove }: FilterPricesProps): JSX.Element {
  const { t } = useLingui();
  const error = useFieldError(`${path}.values`);
  const name = useTextField(`${path}.invoice_display_name`, filter.invoice_display_name);
  return (
    <div className={classes['filter']}>
      <Group gap="sm" align="flex-start">
        {metric.filters.map(({ key, values }, position) => (
          <MultiSelect
            key={key}
            size="xs"
            miw={160}
            label={key}
            data={[{ value: ALL_VALUES, label: t`every value` }, ...values.map((value) => ({ value, label: value }))]}
            value={[...(filter.values[key] ?? [])]}
            clearable
            data-path={position === 0 ? `${path}.values` : undefined}
            error={position === 0 ? error : undefined}
            onChange={(chosen) => onChange({ ...filter, values: withValues(filter.values, key, chosen) })}
          />
        ))}
        <TextInput label={t`Name on invoices`} w={160} {...name} />
        <ActionIcon mt={24} size={26} aria-label={t`Remove this price`} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
      <div style={{ marginTop: 8 }}>
        <PriceInputs path={`${path}.prices`} prices={filter.prices} model={model} currency={currency} />
      </div>
    </div>
  );
}

/** "Every value" stands alone; a key without values is not filtered by. */
function withValues(values: FilterPriceValues['values'], key: string, chosen: readonly string[]): FilterPriceValues['values'] {
  const last = chosen.at(-1);
  const next = last === ALL_VALUES ? [ALL_VALUES] : chosen.filter((value) => value !== ALL_VALUES);
  const { [key]: _, ...others } = values;
  return next.length === 0 ? others : { ...others, [key]: next };
}
