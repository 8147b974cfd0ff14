import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { JSX } from 'react';
import { currencySign } from '../../format/money.ts';
import { usePlanForm, useTextField } from './form-context.ts';
import { freshKey, type ThresholdValues } from './plan-values.ts';

/** Usage thresholds: kept with the plan, fixed once it is in use. */
export function ThresholdFields(): JSX.Element {
  const { form, values, isInUse } = usePlanForm();
  const write = (thresholds: readonly ThresholdValues[]): void => form.setFieldValue('thresholds', thresholds);
  return (
    <Stack gap={6}>
      <Text size="xs" fw={500}>
        <Trans>Usage thresholds</Trans>
      </Text>
      {values.thresholds.map((threshold, index) => (
        <ThresholdRow
          key={threshold.key}
          threshold={threshold}
          index={index}
          isFixed={isInUse}
          onChange={(next) => write(values.thresholds.map((each) => (each.key === threshold.key ? next : each)))}
          onRemove={() => write(values.thresholds.filter((each) => each.key !== threshold.key))}
        />
      ))}
      <Group>
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={isInUse}
          leftSection={<IconPlus size={13} />}
          onClick={() =>
            write([...values.thresholds, { key: freshKey(), id: null, amount: '', threshold_display_name: '', recurring: false }])
          }
        >
          <Trans>Add a threshold</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

interface ThresholdRowProps {
  readonly threshold: ThresholdValues;
  readonly index: number;
  readonly isFixed: boolean;
  readonly onChange: (threshold: ThresholdValues) => void;
  readonly onRemove: () => void;
}

function ThresholdRow({ threshold, index, isFixed, onChange, onRemove }: ThresholdRowProps): JSX.Element {
  const { t } = useLingui();
  const { values } = usePlanForm();
  const amount = useTextField(`thresholds.${String(index)}.amount`, threshold.amount);
  return (
    <Group gap="sm" align="flex-start">
      <TextInput
        aria-label={t`Amount of threshold ${index + 1}`}
        w={130}
        inputMode="decimal"
        disabled={isFixed}
        styles={{ input: { textAlign: 'right' } }}
        leftSection={<Text size="xs">{currencySign(values.amount_currency)}</Text>}
        {...amount}
      />
      <TextInput
        aria-label={t`Name of threshold ${index + 1}`}
        placeholder={t`Name`}
        w={180}
        disabled={isFixed}
        value={threshold.threshold_display_name}
        onChange={(event) => onChange({ ...threshold, threshold_display_name: event.currentTarget.value })}
      />
      <Checkbox
        mt={6}
        size="xs"
        label={t`Again each time`}
        disabled={isFixed}
        checked={threshold.recurring}
        onChange={(event) => onChange({ ...threshold, recurring: event.currentTarget.checked })}
      />
      <ActionIcon size={28} aria-label={t`Remove threshold ${index + 1}`} disabled={isFixed} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}
