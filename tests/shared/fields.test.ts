import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { defaultIssueCode, fieldErrorsOf } from '../../main/api/errors.ts';
import * as fields from '../../shared/wire/fields.ts';

/** The value as it is read, or the codes it is refused with. */
function read(schema: z.ZodType, sent: unknown): unknown {
  const outcome = z.object({ field: schema }).safeParse({ field: sent }, { error: defaultIssueCode });
  if (outcome.success) return (outcome.data as { readonly field: unknown }).field;
  return fieldErrorsOf(outcome.error.issues)['field'];
}

const MANDATORY = ['value_is_mandatory'];
const INVALID = ['value_is_invalid'];
const RANGE = ['value_is_out_of_range'];

describe('a field of a request', () => {
  it.each([
    ['text', fields.mandatoryText(), ' Pro ', ' Pro '],
    ['missing text', fields.mandatoryText(), undefined, MANDATORY],
    ['null text', fields.mandatoryText(), null, MANDATORY],
    ['empty text', fields.mandatoryText(), '', MANDATORY],
    ['blank text', fields.mandatoryText(), ' \t ', MANDATORY],
    ['a number for text', fields.mandatoryText(), 5, INVALID],
    ['a list for text', fields.mandatoryText(), ['a'], INVALID],
    ['text with NUL', fields.mandatoryText(), 'a\0b', INVALID],
    ['text of just the length', fields.mandatoryText({ max: 3 }), 'äöü', 'äöü'],
    ['letters outside the basic plane count once', fields.mandatoryText({ max: 2 }), '🦊🦊', '🦊🦊'],
    ['text one letter too long', fields.mandatoryText({ max: 3 }), 'abcd', ['value_is_too_long']],
    ['cleared text', fields.optionalText(), null, null],
    ['text left out', fields.optionalText(), undefined, undefined],
    ['empty text that may be empty', fields.optionalText(), '', ''],

    ['cents', fields.centsInput(), 1200, 1200n],
    ['cents as digits', fields.centsInput(), '1200', 1200n],
    ['negative cents', fields.centsInput(), -5, -5n],
    ['zero cents', fields.centsInput(), 0, 0n],
    ['a fraction of a cent', fields.centsInput(), 12.5, INVALID],
    ['cents as a decimal', fields.centsInput(), '12.0', INVALID],
    ['cents as words', fields.centsInput(), 'twelve', INVALID],
    ['cents with a space', fields.centsInput(), ' 12', INVALID],
    ['cents as a flag', fields.centsInput(), true, INVALID],
    ['empty cents', fields.centsInput(), '', INVALID],
    ['cents left out', fields.centsInput(), undefined, MANDATORY],
    ['the most exact cents', fields.centsInput(), 9007199254740991, 9007199254740991n],
    ['more than is exact', fields.centsInput(), '9007199254740992', RANGE],
    ['cents below the least', fields.centsInput({ min: 0n }), -1, RANGE],
    ['cents at the least', fields.centsInput({ min: 0n }), 0, 0n],
    ['cents refused with a code of their own', fields.centsInput({ min: 0n, code: 'invalid_value' }), -1, ['invalid_value']],

    ['a whole number', fields.integerInput({ min: 1, max: 50 }), 50, 50],
    ['a whole number as digits', fields.integerInput(), '7', 7],
    ['above the most', fields.integerInput({ min: 1, max: 50 }), 51, RANGE],
    ['a broken number', fields.integerInput(), 1.5, INVALID],

    ['a flag', fields.booleanInput(), false, false],
    ['a flag as text', fields.booleanInput(), 'false', INVALID],
    ['a flag as a number', fields.booleanInput(), 1, INVALID],

    ['a word of the list', fields.oneOf(['weekly', 'monthly']), 'weekly', 'weekly'],
    ['a word in capitals', fields.oneOf(['weekly', 'monthly']), 'Weekly', INVALID],
    ['another word', fields.oneOf(['weekly', 'monthly']), 'daily', INVALID],

    ['a currency', fields.currencyInput(), 'EUR', 'EUR'],
    ['a currency in small letters', fields.currencyInput(), 'eur', INVALID],
    ['no currency', fields.currencyInput(), '', MANDATORY],
    ['an unknown currency', fields.currencyInput(), 'XXX', INVALID],

    ['a country', fields.countryInput(), 'FR', 'FR'],
    ['a country in small letters', fields.countryInput(), 'fr', 'FR'],
    ['no country', fields.countryInput(), 'ZZ', ['not_a_valid_country_code']],
    ['a country by its name', fields.countryInput(), 'France', ['not_a_valid_country_code']],
    ['a cleared country', fields.countryInput().nullish(), null, null],

    ['a language', fields.localeInput(), 'fr', 'fr'],
    ['a language of a country', fields.localeInput(), 'pt-BR', 'pt-BR'],
    ['no language', fields.localeInput(), 'xx', ['not_a_valid_language_code']],
    ['a language without documents', fields.localeInput(), 'ja', ['not_a_valid_language_code']],

    ['a time zone', fields.timezoneInput(), 'Asia/Kolkata', 'Asia/Kolkata'],
    ['no time zone', fields.timezoneInput(), 'Mars/Olympus', ['invalid_timezone']],
    ['an offset', fields.timezoneInput(), '+02:00', ['invalid_timezone']],

    ['one address', fields.emailInput(), 'a@b.example', 'a@b.example'],
    ['several addresses', fields.emailInput(), 'a@b.example, c@d.example', 'a@b.example, c@d.example'],
    ['no address', fields.emailInput(), 'nobody', ['invalid_email_format']],
    ['an address and nothing', fields.emailInput(), 'a@b.example,', ['invalid_email_format']],

    ['a web address', fields.urlInput(), 'https://example.com/hook?a=1', 'https://example.com/hook?a=1'],
    ['the own machine', fields.urlInput(), 'http://localhost:8080', 'http://localhost:8080'],
    ['an IPv6 address', fields.urlInput(), 'http://[::1]:8080/x', 'http://[::1]:8080/x'],
    ['another scheme', fields.urlInput(), 'ftp://example.com', ['url_is_invalid']],
    ['a script', fields.urlInput(), 'javascript:alert(1)', ['url_is_invalid']],
    ['no host', fields.urlInput(), 'http://', ['url_is_invalid']],
    ['a space', fields.urlInput(), 'http://a b', ['url_is_invalid']],

    ['codes', fields.codesInput(), ['a', 'b'], ['a', 'b']],
    ['a wrong code among them', fields.codesInput(), ['a', 5], INVALID],
    ['no list', fields.codesInput(), 'a', INVALID],
  ])('%s', (_name, schema, sent, expected) => {
    expect(read(schema, sent)).toEqual(expected);
  });

  it.each([
    ['text', fields.decimalText(), '0.05', '0.05'],
    ['whole', fields.decimalText(), '10', '10'],
    ['negative', fields.decimalText(), '-1.5', '-1.5'],
    ['a number, where a rate may be one', fields.decimalInput(), 12.5, '12.5'],
    ['a very small number', fields.decimalInput(), 1e-7, '0.0000001'],
    ['at the least', fields.decimalText({ min: '0' }), '0', '0'],
    ['just above', fields.decimalText({ above: '0' }), '0.000000000000001', '0.000000000000001'],
  ])('is an exact decimal: %s', (_name, schema, sent, expected) => {
    expect(String(read(schema, sent))).toBe(expected);
  });

  it.each([
    ['a number, where only text is exact', fields.decimalText(), 5, INVALID],
    ['an exponent', fields.decimalText(), '1e5', INVALID],
    ['a plus sign', fields.decimalText(), '+1', INVALID],
    ['a bare point', fields.decimalText(), '.5', INVALID],
    ['separators', fields.decimalText(), '1,000', INVALID],
    ['not a number', fields.decimalText(), 'NaN', INVALID],
    ['a million digits', fields.decimalText(), '9'.repeat(1_000_000), INVALID],
    ['below the least', fields.decimalText({ min: '0' }), '-0.1', RANGE],
    ['not above', fields.decimalText({ above: '0' }), '0', RANGE],
    ['above the most', fields.decimalText({ max: '100' }), '100.01', RANGE],
    ['a code of its own', fields.decimalText({ min: '0', code: 'invalid_amount' }), '-1', ['invalid_amount']],
    ['a code of its own for text', fields.decimalText({ code: 'invalid_amount' }), 'x', ['invalid_amount']],
    ['nothing', fields.decimalText(), undefined, MANDATORY],
  ])('is no decimal: %s', (_name, schema, sent, expected) => {
    expect(read(schema, sent)).toEqual(expected);
  });

  it.each([
    ['2023-01-31T23:59:59Z', '2023-01-31T23:59:59Z'],
    ['2023-01-31T23:59:59.250Z', '2023-01-31T23:59:59.25Z'],
    ['2023-01-31T23:59:59+02:00', '2023-01-31T21:59:59Z'],
    ['2023-01-31', '2023-01-31T00:00:00Z'],
  ])('is an instant: %s', (sent, expected) => {
    expect(String(read(fields.instantInput(), sent))).toBe(expected);
  });

  it.each([['soon'], ['2023-02-30'], ['2023-01-31T25:00:00Z'], [1675209599], [''], [{}]])('is no instant: %s', (sent) => {
    expect(read(fields.instantInput(), sent)).toEqual(['invalid_date']);
  });

  it('leaves out what was left out, and keeps what was cleared', () => {
    const schema = z.object({ a: fields.optionalText(), b: fields.optionalText(), c: fields.centsInput().optional() });
    expect(Object.entries(schema.parse({ a: null }))).toEqual([['a', null]]);
  });
});
