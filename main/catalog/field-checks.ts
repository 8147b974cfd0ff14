import type { FieldErrors } from '../../shared/result.ts';

/** Whether a mandatory value says nothing: null, or text without a letter in it. */
export function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** `value_is_mandatory` for each field that is blank, and on creation for each that is absent too. Keys are wire names. */
export function mandatoryErrors(fields: Readonly<Record<string, unknown>>, occasion: { readonly isCreation: boolean }): FieldErrors {
  const missing = Object.entries(fields).filter(([, value]) => (value === undefined ? occasion.isCreation : isBlank(value)));
  return Object.fromEntries(missing.map(([field]) => [field, ['value_is_mandatory']]));
}
