import { createContext, useContext } from 'react';
import type { UseFormReturnType } from '@mantine/form';
import type { BillableMetricAnswer } from '../../../shared/wire/billable-metric.ts';
import type { TaxAnswer } from '../../../shared/wire/tax.ts';
import type { ChargeValues, PlanValues } from './plan-values.ts';

/** What every part of the plan editor reads. */
export interface PlanFormParts {
  readonly form: UseFormReturnType<PlanValues>;
  readonly values: PlanValues;
  /** Form path → what the engine says is wrong with what stands there now. */
  readonly liveErrors: Readonly<Record<string, string>>;
  /** The plan has or had subscriptions: some fields are fixed. */
  readonly isInUse: boolean;
  readonly metrics: readonly BillableMetricAnswer[];
  readonly taxes: readonly TaxAnswer[];
}

export const PlanFormContext = createContext<PlanFormParts | null>(null);

export function usePlanForm(): PlanFormParts {
  const parts = useContext(PlanFormContext);
  if (parts === null) throw new Error('a part of the plan editor stands inside of it');
  return parts;
}

interface FieldProps {
  readonly value: string;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly error: string | undefined;
  readonly 'data-path': string;
}

/** A text field: told at once what is wrong with what was typed, and on saving what is missing. */
export function useTextField(path: string, value: string): FieldProps {
  const { form, liveErrors } = usePlanForm();
  const told = form.errors[path];
  const live = value.trim() === '' ? undefined : liveErrors[path];
  return {
    value,
    onChange: (event) => form.setFieldValue(path, event.currentTarget.value),
    error: typeof told === 'string' ? told : live,
    'data-path': path,
  };
}

/** What stands wrong in a field that is no text field. */
export function useFieldError(path: string): string | undefined {
  const { form, liveErrors } = usePlanForm();
  const told = form.errors[path];
  return typeof told === 'string' ? told : liveErrors[path];
}

/** Changes one charge, found by its place. */
export function useChargeChange(index: number): (change: Partial<ChargeValues>) => void {
  const { form } = usePlanForm();
  return (change) => {
    for (const [name, value] of Object.entries(change)) form.setFieldValue(`charges.${String(index)}.${name}`, value);
  };
}
