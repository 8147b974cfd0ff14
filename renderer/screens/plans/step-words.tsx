import { useLingui } from '@lingui/react/macro';
import type { JSX } from 'react';
import type { PricedFee, PriceStep } from '../../../shared/internal/price.ts';
import { formatMoney, formatRate, formatUnitPrice } from '../../format/money.ts';
import { shortUnits } from './short-units.ts';

/** How a fee came to its amount, in the engine's own steps. Nothing is computed here. */
export function StepWords({
  fee,
  model,
  currency,
}: {
  readonly fee: PricedFee;
  readonly model: string;
  readonly currency: string;
}): JSX.Element {
  const say = useStepSentence(model, currency);
  const sentences = fee.steps.map(say).filter((sentence) => sentence !== null);
  return (
    <>
      {sentences.map((sentence, index) => (
        <div key={index} className="number" style={{ whiteSpace: 'normal' }}>
          {sentence}
        </div>
      ))}
    </>
  );
}

function useStepSentence(model: string, currency: string): (step: PriceStep) => string | null {
  const { t } = useLingui();
  return (step) => {
    const units = (key: string): string => shortUnits(String(step.values[key] ?? '0'));
    const price = (key: string): string => formatUnitPrice(String(step.values[key] ?? '0'), currency);
    const result = formatUnitPrice(step.result, currency);
    const isZero = (key: string): boolean => Number(step.values[key] ?? 0) === 0;
    switch (step.kind) {
      case 'unit_rounding':
        if (units('units') === shortUnits(step.result)) return null;
        return t`${units('units')} units are rounded to ${shortUnits(step.result)}`;
      case 'unit_price':
        return t`${units('units')} × ${price('per_unit_amount')} = ${result}`;
      case 'free_units': {
        if (isZero('free_units')) return null;
        return Number(step.result) === 0
          ? t`${units('units')} units, all free`
          : t`${units('units')} − ${units('free_units')} free = ${shortUnits(step.result)}`;
      }
      case 'package':
        if (isZero('units')) return null;
        return t`${units('units')} → ${units('packages')} packages of ${units('package_size')} × ${price('package_amount')} = ${result}`;
      case 'tier':
        return model === 'graduated_percentage'
          ? t`Tier ${tierText(step)}: ${formatRate(String(step.values['rate']))} of ${units('units')}${flatText(step, price)} = ${result}`
          : t`Tier ${tierText(step)}: ${units('units')} × ${price('per_unit_amount')}${flatText(step, price)} = ${result}`;
      case 'rate':
        return t`${formatRate(String(step.values['rate']))} of ${units('units')} = ${result}`;
      case 'fixed_amount':
        return step.values['target'] === 'event'
          ? t`${units('events')} events × ${price('fixed_amount')} = ${result}`
          : t`Fixed ${price('fixed_amount')}: ${result}`;
      case 'per_transaction_limits':
        return t`Minimum and maximum per event: ${result}`;
      case 'event_amounts':
        return t`The events carry ${result}`;
      case 'zero':
        return t`Nothing is charged`;
      case 'minimum':
        return t`Raises the charge to its minimum of ${formatMoney(String(step.values['min_amount_cents'] ?? '0'), currency)}`;
      default:
        return null;
    }
  };
}

function tierText({ values }: PriceStep): string {
  const [from, to] = [values['from_value'], values['to_value']];
  return to === null || to === undefined
    ? `${shortUnits(String(from ?? 0))}+`
    : `${shortUnits(String(from ?? 0))}–${shortUnits(String(to))}`;
}

function flatText(step: PriceStep, price: (key: string) => string): string {
  return Number(step.values['flat_amount'] ?? 0) === 0 ? '' : ` + ${price('flat_amount')}`;
}
