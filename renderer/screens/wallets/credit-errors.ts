import type { FieldCodes } from '../../api-client.ts';
import { fieldsOf } from '../../components/form-errors.ts';

/** The fields that an error names. What is no number is refused with two codes that say the same: one is enough to read. */
export function creditFieldsOf(error: unknown): FieldCodes {
  const fields = Object.entries(fieldsOf(error));
  return Object.fromEntries(
    fields.map(([field, codes]) => [field, codes.length > 1 ? codes.filter((code) => code !== 'invalid_amount') : codes]),
  );
}
