import { Trans, useLingui } from '@lingui/react/macro';
import { Group, Slider, Stack, Text, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { FieldErrors } from '../../../shared/result.ts';
import { sentenceOf } from '../../components/form-errors.ts';
import type { CalculatedCharge } from './calculator.tsx';
import { filterUsageOf, shownUsage, type ShownUsage, type ChargeUsageValues, type UnitsValues } from './usage-values.ts';
import type { LastPrice } from './use-price.ts';

const COUNTED: readonly string[] = ['count_agg', 'unique_count_agg'];

interface ChargeUnitsProps {
  readonly charge: CalculatedCharge;
  readonly last: LastPrice | null;
  readonly errors: FieldErrors;
  readonly path: string;
  readonly values: ChargeUsageValues;
  readonly onChange: (values: ChargeUsageValues) => void;
}

/** How much of a charge is used: of each filter and of everything else. */
export function ChargeUnits({ charge, last, errors, path, values, onChange }: ChargeUnitsProps): JSX.Element {
  const { t } = useLingui();
  const aggregation = last?.charge.billable_metric?.aggregation_type ?? '';
  const kind =
    charge.model === 'percentage' && !COUNTED.includes(aggregation) ? 'amount' : charge.model === 'dynamic' ? 'dynamic' : 'units';
  const row = (name: string, units: UnitsValues, filterIndex: number | null): Omit<UnitsRowProps, 'onChange'> => ({
    name,
    units,
    shown: shownUsage(units, last, filterIndex),
    kind,
    isWhole: COUNTED.includes(aggregation),
    end: last?.charge.curves.find((curve) => curve.filter_index === filterIndex)?.end_units ?? null,
    error: errors[filterIndex === null ? `${path}.units` : `${path}.filters.${String(filterIndex)}.units`],
  });
  const own = row(charge.filters.length === 0 ? charge.name : t`${charge.name}: everything else`, values.everythingElse, null);
  const groups = charge.groupKeys.join(', ');
  return (
    <Stack gap={4}>
      <UnitsRow {...own} onChange={(everythingElse) => onChange({ ...values, everythingElse })} />
      {charge.filters.map((filter, index) => (
        <UnitsRow
          key={filter.key}
          {...row(`${charge.name}: ${filter.name}`, filterUsageOf(values, filter.key), index)}
          onChange={(units) => onChange({ ...values, filters: { ...values.filters, [filter.key]: units } })}
        />
      ))}
      {groups !== '' && (
        <Text size="xs" c="dimmed">
          <Trans>Every {groups} is priced by itself. This is one of them.</Trans>
        </Text>
      )}
    </Stack>
  );
}

interface UnitsRowProps {
  readonly name: string;
  readonly units: UnitsValues;
  readonly shown: ShownUsage;
  readonly kind: 'units' | 'amount' | 'dynamic';
  readonly isWhole: boolean;
  /** Where the curve ends, and with it the slider. */
  readonly end: string | null;
  readonly error: readonly string[] | undefined;
  readonly onChange: (units: UnitsValues) => void;
}

/** An example that gets the focus is taken as it stands: it must not change under the hands of whoever edits it. */
function UnitsRow({ name, units, shown, kind, isWhole, end, error, onChange }: UnitsRowProps): JSX.Element {
  const { t } = useLingui();
  const label = kind === 'amount' ? t`${name}: amount` : name;
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap">
      <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
        <Group gap="sm" justify="space-between" wrap="nowrap">
          <Text size="sm" truncate title={label}>
            <bdi>{label}</bdi>
          </Text>
          <TextInput
            w={128}
            aria-label={t`Units of ${label}`}
            inputMode="decimal"
            classNames={{ input: 'number' }}
            styles={{ input: { textAlign: 'right' } }}
            value={shown.units}
            onFocus={() => units.units === null && shown.units !== '' && onChange({ ...units, units: shown.units })}
            error={error?.map(sentenceOf).join(' ')}
            onChange={(event) => onChange({ ...units, units: event.currentTarget.value })}
          />
        </Group>
        <UnitsSlider
          label={t`Slide units of ${label}`}
          units={shown.units}
          end={end}
          isWhole={isWhole}
          onChange={(text) => onChange({ ...units, units: text })}
        />
        {kind === 'amount' && (
          <Group gap="sm" justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              <Trans>Number of events</Trans>
            </Text>
            <TextInput
              w={128}
              aria-label={t`Number of events of ${name}`}
              inputMode="numeric"
              styles={{ input: { textAlign: 'right' } }}
              value={shown.events}
              onFocus={() => units.events === null && shown.events !== '' && onChange({ ...units, events: shown.events })}
              onChange={(event) => onChange({ ...units, events: event.currentTarget.value })}
            />
          </Group>
        )}
        {kind === 'dynamic' && (
          <Group gap="sm" justify="space-between" wrap="nowrap">
            <Text size="sm" truncate>
              <Trans>Carried by the events, in cents</Trans>
            </Text>
            <TextInput
              w={128}
              aria-label={t`Cents carried by the events of ${name}`}
              inputMode="decimal"
              styles={{ input: { textAlign: 'right' } }}
              value={shown.cents}
              onChange={(event) => onChange({ ...units, cents: event.currentTarget.value })}
            />
          </Group>
        )}
      </Stack>
    </Group>
  );
}

interface UnitsSliderProps {
  readonly label: string;
  readonly units: string;
  readonly end: string | null;
  readonly isWhole: boolean;
  readonly onChange: (units: string) => void;
}

/** Its end stays where it is while it is dragged. */
function UnitsSlider({ label, units, end, isWhole, onChange }: UnitsSliderProps): JSX.Element | null {
  const [heldEnd, setHeldEnd] = useState<number | null>(null);
  const max = heldEnd ?? Number(end ?? 0);
  if (max === 0) return null;
  const value = Number(units);
  const step = isWhole || max >= 100 ? 1 : max / 100;
  return (
    <Slider
      size="xs"
      min={0}
      max={max}
      step={step}
      label={null}
      thumbLabel={label}
      thumbSize={24}
      value={Number.isFinite(value) ? Math.min(Math.max(value, 0), max) : 0}
      onChange={(next) => {
        if (heldEnd === null) setHeldEnd(max);
        onChange(String(next));
      }}
      onChangeEnd={() => setHeldEnd(null)}
    />
  );
}
