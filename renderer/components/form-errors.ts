import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { ApiError, type FieldCodes } from '../api-client.ts';
import { spelledOut, textOfCode } from '../format/error-texts.ts';

/** Form path → what is wrong, as @mantine/form takes it. */
export type FormErrors = Readonly<Record<string, string>>;

/**
 * What the server refused, on the form's fields. `pathOf` says where a field of the wire stands in the form; null for one that it does
 * not have. Wire paths look like `name` or `charges[0].properties.amount`, codes like `value_is_mandatory`.
 */
export function formErrorsOf(fields: FieldCodes, pathOf: (wirePath: string) => string | null = (path) => path): FormErrors {
  const errors: Record<string, string> = {};
  for (const [wirePath, codes] of Object.entries(fields)) {
    const path = pathOf(wirePath) ?? wirePath;
    errors[path] = codes.map((code) => fieldSentenceOf(wirePath, code)).join(' ');
  }
  return errors;
}

/** An amount that is no number says how one is written. */
function fieldSentenceOf(wirePath: string, code: string): string {
  return code === 'value_is_invalid' && wirePath.endsWith('amount_cents') ? i18n._(msg`Write an amount, like 12.50.`) : sentenceOf(code);
}

/** A code as a sentence. */
export function sentenceOf(code: string): string {
  const text: MessageDescriptor | null = textOfCode(code);
  return text === null ? spelledOut(code) : i18n._(text);
}

/** The fields that an error names; none for an error of another kind. */
export function fieldsOf(error: unknown): FieldCodes {
  return error instanceof ApiError ? error.fields : {};
}
