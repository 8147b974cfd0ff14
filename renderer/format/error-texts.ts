import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What the server's codes mean, in words that say what to do. */
const TEXTS: Readonly<Record<string, MessageDescriptor>> = {
  value_is_mandatory: msg`Fill this in.`,
  value_already_exist: msg`This is taken already. Choose another.`,
  value_is_invalid: msg`This value cannot be used here.`,
  value_is_out_of_range: msg`This value is out of range.`,
  value_is_too_long: msg`This is too long.`,
  invalid_format: msg`This is not in the right form.`,
  invalid_date: msg`This is not a date.`,
  invalid_count: msg`The number of entries is not right.`,
  invalid_value: msg`This value cannot be used here.`,
  invalid_email_format: msg`This is not an e-mail address.`,
  url_is_invalid: msg`This is not an address that starts with http:// or https://.`,
  not_a_valid_country_code: msg`This is not a country.`,
  not_a_valid_language_code: msg`This is not a language that documents can have.`,
  invalid_timezone: msg`This is not a time zone.`,
  invalid_currency: msg`This is not a currency.`,
  currencies_does_not_match: msg`The currency is not the customer’s.`,
  feature_unavailable: msg`This is not possible for this kind of object.`,
  internal_error: msg`Something failed inside the server. The log says what.`,
  database_busy: msg`Another program holds the database. Try again in a moment.`,
  storage_full: msg`The disk is full. Free some space, then try again.`,
};

/** The sentence for a code of the server; null for one without. */
export function textOfCode(code: string): MessageDescriptor | null {
  return TEXTS[code] ?? null;
}

/** A code in words of its own: `plan_not_found` → `plan not found`. Better than nothing, and never `undefined`. */
export function spelledOut(code: string): string {
  return code.replaceAll('_', ' ');
}
