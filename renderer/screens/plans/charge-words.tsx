import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import { formatRate, formatUnitPrice, formatUnits } from '../../format/money.ts';
import { objectOf } from './plan-from-body.ts';
import type { Body } from './plan-body.ts';

interface PriceWordsProps {
  readonly model: string;
  readonly properties: Body;
  readonly currency: string;
  /** One line: tiers by their number only. */
  readonly isShort?: boolean;
}

/** The price of a charge in words. */
export function PriceWords({ model, properties, currency, isShort = false }: PriceWordsProps): JSX.Element {
  const sentences = usePriceSentences({ model, properties, currency, isShort });
  return isShort ? (
    <>{sentences.join(' ')}</>
  ) : (
    <>
      {sentences.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </>
  );
}

const NUMBER = /^\d+(\.\d+)?$/;

export function usePriceSentences({ model, properties, currency, isShort = false }: PriceWordsProps): readonly string[] {
  const { t } = useLingui();
  const has = (key: string): boolean => given(properties[key]) !== '' && Number(given(properties[key])) !== 0;
  const price = (value: unknown): string => (NUMBER.test(given(value)) ? formatUnitPrice(given(value), currency) : '…');
  const units = (value: unknown): string => (NUMBER.test(given(value)) ? formatUnits(given(value)) : '…');
  const rate = (value: unknown): string => (NUMBER.test(given(value)) ? formatRate(given(value)) : '…');
  const fixed = (target: unknown): string => {
    const amount = price(properties['fixed_amount']);
    if (target === 'each_unit') return t`${amount} for each chargeable unit.`;
    return target === 'all_units' ? t`${amount} once.` : t`${amount} for each event.`;
  };
  switch (model) {
    case 'standard':
      return [t`${price(properties['amount'])} for each unit.`];
    case 'package':
      return [
        ...(has('free_units') ? [t`The first ${units(properties['free_units'])} units are free.`] : []),
        t`${price(properties['amount'])} for each started package of ${units(properties['package_size'])} units.`,
      ];
    case 'percentage':
      return [
        ...(has('free_units_per_events') ? [t`The first ${units(properties['free_units_per_events'])} events are free.`] : []),
        ...(has('free_units_per_total_aggregation')
          ? [t`An amount of ${units(properties['free_units_per_total_aggregation'])} is free.`]
          : []),
        t`${rate(properties['rate'])} of the amount.`,
        ...(has('fixed_amount') ? [fixed(properties['fixed_amount_target'])] : []),
        ...(has('per_transaction_min_amount') ? [t`At least ${price(properties['per_transaction_min_amount'])} per event.`] : []),
        ...(has('per_transaction_max_amount') ? [t`At most ${price(properties['per_transaction_max_amount'])} per event.`] : []),
      ];
    case 'dynamic':
      return [t`The price comes with each event.`];
    default: {
      const ranges = rangesOf(properties[`${model}_ranges`]);
      if (isShort) return [t`${ranges.length} tiers.`];
      return ranges.map((range) => {
        const span =
          given(range['to_value']) === ''
            ? t`${units(range['from_value'])} units and more`
            : t`${units(range['from_value'])} to ${units(range['to_value'])} units`;
        const each = model === 'graduated_percentage' ? rate(range['rate']) : t`${price(range['per_unit_amount'])} each`;
        const flat = Number(given(range['flat_amount'])) > 0 ? ` + ${price(range['flat_amount'])}` : '';
        return `${span}: ${each}${flat}`;
      });
    }
  }
}

function given(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function rangesOf(ranges: unknown): readonly Body[] {
  return Array.isArray(ranges) ? ranges.map(objectOf) : [];
}
