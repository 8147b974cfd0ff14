import { useLingui } from '@lingui/react/macro';
import { Table } from '@mantine/core';
import type { JSX } from 'react';
import type { UsageStepAnswer } from '../../../shared/internal/usage.ts';
import { formatUnitPrice, formatUnits } from '../../format/money.ts';

interface UsageStepsProps {
  readonly name: string;
  readonly steps: readonly UsageStepAnswer[];
  readonly currency: string;
}

/** How an amount came about, step by step, as the engine tells it: nothing here is computed. */
export function UsageSteps({ name, steps, currency }: UsageStepsProps): JSX.Element {
  const { t } = useLingui();
  const words = useStepWords(currency);
  return (
    <Table aria-label={t`How the amount of ${name} comes about`} withRowBorders={false} verticalSpacing={2} fz="xs" w="auto">
      <Table.Tbody>
        {steps.map((step, index) => {
          const { label, text, result } = words(step);
          return (
            <Table.Tr key={index}>
              <Table.Th scope="row" fw={500} c="dimmed" style={{ whiteSpace: 'nowrap', verticalAlign: 'top' }}>
                {label}
              </Table.Th>
              <Table.Td>{text}</Table.Td>
              <Table.Td className="number" ta="right">
                {result}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

interface StepWords {
  readonly label: string;
  readonly text: string;
  readonly result: string;
}

/** Steps whose outcome is money. The others end in units. */
const MONEY_STEPS: ReadonlySet<string> = new Set([
  'package',
  'tier',
  'rate',
  'unit_price',
  'fixed_amount',
  'per_transaction_limits',
  'event_amounts',
  'difference',
  'rounding',
  'minimum',
]);

function useStepWords(currency: string): (step: UsageStepAnswer) => StepWords {
  const { t } = useLingui();
  return (step) => {
    const value = (name: string): string => {
      const found = step.values[name];
      return found === null || found === undefined ? '' : formatIfNumber(String(found));
    };
    const price = (name: string): string => formatUnitPrice(String(step.values[name] ?? '0'), currency);
    const texts: Readonly<Record<string, readonly [string, () => string]>> = {
      aggregation: [t`Aggregation`, () => t`${value('eventsCount')} events`],
      unit_rounding: [t`Rounding of units`, () => t`from ${value('units')}`],
      proration: [t`Prorated`, () => t`${value('units')} units, weighed by the days they were held`],
      free_units: [t`Free units`, () => t`${value('units')} − ${value('freeUnits')} free`],
      package: [t`Packages`, () => t`${value('packages')} × ${price('packageAmount')} for each ${value('packageSize')} units`],
      tier: [t`Tier ${value('fromValue')} to ${value('toValue') === '' ? '∞' : value('toValue')}`, () => tierText(step, price, value)],
      rate: [t`Rate`, () => t`${value('rate')}% of ${value('units')}`],
      unit_price: [t`Unit price`, () => t`${value('units')} × ${price('perUnitAmount')}`],
      fixed_amount: [t`Fixed fee`, () => t`${price('fixedAmount')} for each of ${value('events')} events`],
      per_transaction_limits: [t`Limits per event`, () => t`over ${value('events')} events`],
      event_amounts: [t`Prices of events`, () => t`as sent with ${value('units')} units`],
      high_water_mark: [t`Highest level`, () => t`before: ${value('before')}`],
      difference: [t`Difference`, () => t`${price('after')} less ${price('before')}`],
      rounding: [t`Rounded`, () => t`once, from ${price('amount')}`],
      minimum: [t`Spending minimum`, () => ''],
      zero: [t`Counts as zero`, () => ''],
    };
    const [label, text] = texts[step.kind] ?? [step.kind.replaceAll('_', ' '), () => ''];
    return { label, text: text(), result: MONEY_STEPS.has(step.kind) ? formatUnitPrice(step.result, currency) : formatUnits(step.result) };
  };

  function tierText(step: UsageStepAnswer, price: (name: string) => string, value: (name: string) => string): string {
    const units =
      step.values['rate'] === undefined ? t`${value('units')} × ${price('perUnitAmount')}` : t`${value('rate')}% of ${value('units')}`;
    return step.values['flatAmount'] === '0' ? units : t`${units}, and ${price('flatAmount')} flat`;
  }
}

function formatIfNumber(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? formatUnits(text) : text;
}
