import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Select, Stack, Text, TextInput, type TextInputProps } from '@mantine/core';
import type { JSX } from 'react';
import { currencySign } from '../../format/money.ts';
import { usePlanForm, useTextField } from './form-context.ts';
import type { PriceValues } from './plan-values.ts';
import { TierTable } from './tier-table.tsx';

interface PriceInputsProps {
  /** Where the prices stand in the form. */
  readonly path: string;
  readonly prices: PriceValues;
  readonly model: string;
  readonly currency: string;
}

/** The inputs of a charge model. Rule: ui.md § 4.3, "Inputs per charge model". */
export function PriceInputs(props: PriceInputsProps): JSX.Element {
  switch (props.model) {
    case 'standard':
      return <StandardInputs {...props} />;
    case 'package':
      return <PackageInputs {...props} />;
    case 'percentage':
      return <PercentageInputs {...props} />;
    case 'graduated':
    case 'volume':
    case 'graduated_percentage':
      return <TierTable {...props} />;
    default:
      return (
        <Text size="sm" c="dimmed">
          <Trans>The price comes with each event, as precise_total_amount_cents.</Trans>
        </Text>
      );
  }
}

/** A decimal as text, with the currency's sign before it. */
function DecimalField(
  props: Pick<TextInputProps, 'label' | 'w' | 'placeholder' | 'rightSection' | 'description'> & {
    readonly path: string;
    readonly value: string;
    readonly sign?: string;
  },
): JSX.Element {
  const { path, value, sign, ...input } = props;
  const field = useTextField(path, value);
  return (
    <TextInput
      w={140}
      inputMode="decimal"
      styles={{ input: { textAlign: 'right' } }}
      leftSection={sign === undefined ? null : <Text size="xs">{sign}</Text>}
      {...input}
      {...field}
    />
  );
}

function StandardInputs({ path, prices, currency }: PriceInputsProps): JSX.Element {
  const { t } = useLingui();
  return <DecimalField label={t`Price per unit`} path={`${path}.amount`} value={prices.amount} sign={currencySign(currency)} />;
}

function PackageInputs({ path, prices, currency }: PriceInputsProps): JSX.Element {
  const { t } = useLingui();
  return (
    <Stack gap={6}>
      <Group gap="sm" align="flex-start">
        <DecimalField label={t`Price per package`} path={`${path}.amount`} value={prices.amount} sign={currencySign(currency)} />
        <DecimalField label={t`Units per package`} path={`${path}.package_size`} value={prices.package_size} />
        <DecimalField label={t`First units free`} path={`${path}.free_units`} value={prices.free_units} />
      </Group>
      <Text size="xs" c="dimmed">
        <Trans>A started package counts as a full one.</Trans>
      </Text>
    </Stack>
  );
}

function PercentageInputs({ path, prices, currency }: PriceInputsProps): JSX.Element {
  const { t } = useLingui();
  const { form } = usePlanForm();
  const sign = currencySign(currency);
  const text = (name: keyof PriceValues) => ({ path: `${path}.${name}`, value: prices[name] as string });
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <DecimalField label={t`Rate`} {...text('rate')} rightSection={<Text size="xs">%</Text>} />
        <DecimalField label={t`Fixed fee`} {...text('fixed_amount')} sign={sign} placeholder="0" />
        <Select
          label={t`Fixed fee is paid`}
          w={190}
          value={prices.fixed_amount_target}
          allowDeselect={false}
          data={[
            { value: '', label: t`per event` },
            { value: 'each_unit', label: t`per chargeable unit` },
            { value: 'all_units', label: t`once for all units` },
          ]}
          error={form.errors[`${path}.fixed_amount_target`]}
          data-path={`${path}.fixed_amount_target`}
          onChange={(value) => form.setFieldValue(`${path}.fixed_amount_target`, value ?? '')}
        />
      </Group>
      <Group gap="sm" align="flex-start">
        <DecimalField label={t`Free events`} {...text('free_units_per_events')} placeholder="0" />
        <DecimalField label={t`Free amount`} {...text('free_units_per_total_aggregation')} placeholder="0" />
        <DecimalField label={t`Minimum per event`} {...text('per_transaction_min_amount')} sign={sign} />
        <DecimalField label={t`Maximum per event`} {...text('per_transaction_max_amount')} sign={sign} />
      </Group>
    </Stack>
  );
}
