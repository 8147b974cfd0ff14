import { useLingui as useI18n } from '@lingui/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Select, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import type { PriceCurveAnswer } from '../../../shared/internal/price.ts';
import { useErrorText } from '../../components/states.tsx';
import { Breakdown } from './breakdown.tsx';
import { ChargeUnits } from './charge-units.tsx';
import { COST_QUESTIONS } from './labels.ts';
import { PriceCurve } from './price-curve.tsx';
import { filterUsageOf, shownUsage, usageOf, type UsageValues } from './usage-values.ts';
import type { Price } from './use-price.ts';

/** A charge as the calculator names it. */
export interface CalculatedCharge {
  readonly key: string;
  readonly name: string;
  readonly model: string;
  readonly filters: readonly { readonly key: string; readonly name: string }[];
  readonly groupKeys: readonly string[];
}

interface CalculatorProps {
  readonly price: Price;
  readonly charges: readonly CalculatedCharge[];
  readonly usage: UsageValues;
  readonly onUsage: (usage: UsageValues) => void;
  /** The charge that is being edited: its curve is shown. */
  readonly focused?: string | null;
}

/** What a plan would cost: units in, fees with their arithmetic, total and price curve out, all by the engine. Rule: ui.md § 4.3. */
export function Calculator(props: CalculatorProps): JSX.Element {
  const { price, charges, usage, onUsage } = props;
  const { _ } = useI18n();
  const interval = price.answer?.interval ?? 'monthly';
  const currency = price.answer?.currency ?? 'USD';
  return (
    <Stack gap="md">
      <Title order={2}>{_(COST_QUESTIONS[interval])}</Title>
      {price.error !== null && <AskFailed error={price.error} />}
      {charges.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Without charges only the base fee is billed. Add a charge to bill usage.</Trans>
        </Text>
      )}
      {charges.map((charge, index) => (
        <ChargeUnits
          key={charge.key}
          charge={charge}
          last={price.chargeOf(charge.key)}
          errors={price.answer?.errors ?? {}}
          path={`usage.${String(index)}`}
          values={usageOf(usage, charge.key)}
          onChange={(values) => onUsage({ ...usage, [charge.key]: values })}
        />
      ))}
      <Breakdown price={price} charges={charges} />
      <Curves {...props} currency={currency} />
    </Stack>
  );
}

function AskFailed({ error }: { readonly error: Error }): JSX.Element {
  const text = useErrorText(error);
  return (
    <Alert color="red" variant="outline" icon={<IconAlertTriangle size={16} />} p="xs">
      {text}
    </Alert>
  );
}

interface NamedCurve {
  readonly value: string;
  readonly label: string;
  readonly chargeKey: string;
  readonly curve: PriceCurveAnswer;
  readonly units: string;
  readonly isStale: boolean;
}

/** One curve at a time; the one of the charge that is edited, unless another was chosen. */
function Curves({ price, charges, usage, focused, currency }: CalculatorProps & { readonly currency: string }): JSX.Element | null {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<{ readonly value: string; readonly while: string | null } | null>(null);
  const curves = charges.flatMap((charge): readonly NamedCurve[] => {
    const last = price.chargeOf(charge.key);
    const values = usageOf(usage, charge.key);
    return (last?.charge.curves ?? []).map((curve) => {
      const filter = curve.filter_index === null ? undefined : charge.filters[curve.filter_index];
      const rest = charge.filters.length > 0 ? ` · ${t`everything else`}` : '';
      return {
        value: `${charge.key} ${String(curve.filter_index)}`,
        label: `${charge.name}${filter === undefined ? rest : ` · ${filter.name}`}`,
        chargeKey: charge.key,
        curve,
        units: shownUsage(filter === undefined ? values.everythingElse : filterUsageOf(values, filter.key), last, curve.filter_index).units,
        isStale: last?.isStale ?? false,
      };
    });
  });
  const asked = chosen !== null && chosen.while === (focused ?? null) ? chosen.value : null;
  const shown = curves.find(({ value }) => value === asked) ?? curves.find(({ chargeKey }) => chargeKey === focused) ?? curves[0];
  if (shown === undefined) return null;
  return (
    <section aria-label={t`Price curve`}>
      <Stack gap={8}>
        {curves.length > 1 ? (
          <Select
            label={t`Price curve of`}
            data={curves.map(({ value, label }) => ({ value, label }))}
            value={shown.value}
            allowDeselect={false}
            onChange={(value) => value !== null && setChosen({ value, while: focused ?? null })}
          />
        ) : (
          <Title order={3}>
            <Trans>Price curve</Trans>
          </Title>
        )}
        <PriceCurve
          key={shown.value}
          curve={shown.curve}
          currency={currency}
          units={shown.units}
          label={shown.label}
          isStale={shown.isStale}
        />
      </Stack>
    </section>
  );
}
