import { z } from 'zod';
import { COUNTRIES } from '../country.ts';
import { isCurrencyCode, type CurrencyCode } from '../currency.ts';
import { isTimeZone, parseDate, parseInstant, type Instant, type PlainDate } from '../dates.ts';
import { Decimal, isDecimalText } from '../decimal.ts';
import { DOCUMENT_LOCALES } from '../document-locales/document-locale.ts';
import { cents, type Cents } from '../money.ts';
import {
  INVALID_DATE,
  INVALID_EMAIL_FORMAT,
  INVALID_TIMEZONE,
  NOT_A_VALID_COUNTRY_CODE,
  NOT_A_VALID_LANGUAGE_CODE,
  URL_IS_INVALID,
  VALUE_IS_INVALID,
  VALUE_IS_MANDATORY,
  VALUE_IS_OUT_OF_RANGE,
  VALUE_IS_TOO_LONG,
} from './error-codes.ts';

// Building blocks of the request schemas. Each refuses with the code of api.md § 1: a value that is absent or null is mandatory, a
// value of the wrong type is invalid. `.optional()` makes a key that may be left out, `.nullish()` one that may be cleared too.

const MAX_CENTS = BigInt(Number.MAX_SAFE_INTEGER);
/** Longer numbers have no business meaning, and arithmetic on a million digits would stop the engine. */
const MAX_NUMBER_LENGTH = 60;
const MAX_TEXT_LENGTH = 10_000;

/** One value read from JSON: `read` answers the value, or the code it is refused with. `kind` is what the OpenAPI page says. */
function field<T>(
  kind: Readonly<Record<string, unknown>>,
  read: (value: unknown) => { readonly value: T } | { readonly code: string },
): z.ZodType<T> {
  const checked = z.transform((value: unknown, context): T => {
    const outcome: { readonly value: T } | { readonly code: string } =
      value === undefined || value === null ? { code: VALUE_IS_MANDATORY } : read(value);
    if ('value' in outcome) return outcome.value;
    context.issues.push({ code: 'custom', message: outcome.code, input: value });
    return z.NEVER;
  });
  return z.unknown().meta(kind).pipe(checked);
}

const refuse = (code: string): { readonly code: string } => ({ code });

function readText(value: unknown, maxLength: number): { readonly value: string } | { readonly code: string } {
  // SQLite would cut a text at a NUL in some of its functions.
  if (typeof value !== 'string' || value.includes('\0')) return refuse(VALUE_IS_INVALID);
  return isLongerThan(value, maxLength) ? refuse(VALUE_IS_TOO_LONG) : { value };
}

/** Counts letters, of which some take two code units; only a text near the limit has to be taken apart for that. */
function isLongerThan(text: string, maxLength: number): boolean {
  if (text.length <= maxLength) return false;
  return text.length > 2 * maxLength || [...text].length > maxLength;
}

/** Text that may be empty. Null is refused as missing: write `optionalText` for a text that may be cleared. */
export function anyText(limits: { readonly max?: number } = {}): z.ZodType<string> {
  return field({ type: 'string' }, (value) => readText(value, limits.max ?? MAX_TEXT_LENGTH));
}

/** Text that says something: absent, null, empty and blank are all `value_is_mandatory`. It is kept as sent, not trimmed. */
export function mandatoryText(limits: { readonly max?: number } = {}): z.ZodType<string> {
  return field({ type: 'string', minLength: 1 }, (value) => {
    if (typeof value === 'string' && value.trim() === '') return refuse(VALUE_IS_MANDATORY);
    return readText(value, limits.max ?? MAX_TEXT_LENGTH);
  });
}

/** Text that may be absent, or null to clear it. */
export function optionalText(limits: { readonly max?: number } = {}): z.ZodOptional<z.ZodNullable<z.ZodType<string>>> {
  return anyText(limits).nullish();
}

export interface RangeLimits<T> {
  readonly min?: T;
  readonly max?: T;
  /** The code of a value outside; `value_is_out_of_range` unless a resource says otherwise. */
  readonly code?: string;
}

/** An amount in cents: a JSON integer or digit text. A fraction or other text is `value_is_invalid`. */
export function centsInput(limits: RangeLimits<bigint> = {}): z.ZodType<Cents> {
  return field({ type: 'integer' }, (value) => {
    const whole = readInteger(value);
    if (whole === null) return refuse(VALUE_IS_INVALID);
    const isWithin = whole >= (limits.min ?? -MAX_CENTS) && whole <= (limits.max ?? MAX_CENTS);
    return isWithin ? { value: cents(whole) } : refuse(limits.code ?? VALUE_IS_OUT_OF_RANGE);
  });
}

/** A whole number: a JSON integer or digit text. */
export function integerInput(limits: RangeLimits<number> = {}): z.ZodType<number> {
  return field({ type: 'integer' }, (value) => {
    const whole = readInteger(value);
    if (whole === null) return refuse(VALUE_IS_INVALID);
    const isWithin = whole >= BigInt(limits.min ?? Number.MIN_SAFE_INTEGER) && whole <= BigInt(limits.max ?? Number.MAX_SAFE_INTEGER);
    return isWithin ? { value: Number(whole) } : refuse(limits.code ?? VALUE_IS_OUT_OF_RANGE);
  });
}

function readInteger(value: unknown): bigint | null {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && value.length <= MAX_NUMBER_LENGTH && /^-?\d+$/.test(value) ? BigInt(value) : null;
}

export interface DecimalLimits {
  readonly min?: string;
  /** The value must be greater than this. */
  readonly above?: string;
  readonly max?: string;
  /** The code of everything that is refused, where a resource has one of its own (`invalid_amount`). */
  readonly code?: string;
}

/** An exact decimal sent as plain text ("0.05"); a JSON number is refused, since it may have lost digits on the way. */
export function decimalText(limits: DecimalLimits = {}): z.ZodType<Decimal> {
  return field({ type: 'string', format: 'decimal' }, (value) =>
    isShortDecimal(value) ? within(value, limits) : refuse(limits.code ?? VALUE_IS_INVALID),
  );
}

/** A decimal sent as text or as a JSON number, as rates and units are. */
export function decimalInput(limits: DecimalLimits = {}): z.ZodType<Decimal> {
  return field({ type: ['number', 'string'] }, (value) => {
    if (isShortDecimal(value)) return within(value, limits);
    return typeof value === 'number' && Number.isFinite(value) ? within(String(value), limits) : refuse(limits.code ?? VALUE_IS_INVALID);
  });
}

function isShortDecimal(value: unknown): value is string {
  return isDecimalText(value) && value.length <= MAX_NUMBER_LENGTH;
}

function within(text: string, limits: DecimalLimits): { readonly value: Decimal } | { readonly code: string } {
  const value = new Decimal(text);
  const isTooSmall = (limits.min !== undefined && value.lt(limits.min)) || (limits.above !== undefined && value.lte(limits.above));
  const isTooLarge = limits.max !== undefined && value.gt(limits.max);
  return isTooSmall || isTooLarge ? refuse(limits.code ?? VALUE_IS_OUT_OF_RANGE) : { value };
}

export function booleanInput(): z.ZodType<boolean> {
  return field({ type: 'boolean' }, (value) => (typeof value === 'boolean' ? { value } : refuse(VALUE_IS_INVALID)));
}

/** One word of a closed list. */
export function oneOf<const Word extends string>(words: readonly Word[], code: string = VALUE_IS_INVALID): z.ZodType<Word> {
  return field({ type: 'string', enum: [...words] }, (value) => {
    const word = words.find((known) => known === value);
    return word === undefined ? refuse(code) : { value: word };
  });
}

/** ISO 8601 text; without an offset it is UTC. */
export function instantInput(code: string = INVALID_DATE): z.ZodType<Instant> {
  return field({ type: 'string', format: 'date-time' }, (value) => {
    const instant = parseInstant(value);
    return instant === null ? refuse(code) : { value: instant };
  });
}

/** A calendar day, `YYYY-MM-DD`. */
export function dateInput(code: string = INVALID_DATE): z.ZodType<PlainDate> {
  return field({ type: 'string', format: 'date' }, (value) => {
    const date = parseDate(value);
    return date === null ? refuse(code) : { value: date };
  });
}

export function currencyInput(): z.ZodType<CurrencyCode> {
  return field({ type: 'string', format: 'ISO 4217' }, (value) => {
    if (isBlank(value)) return refuse(VALUE_IS_MANDATORY);
    return isCurrencyCode(value) ? { value } : refuse(VALUE_IS_INVALID);
  });
}

/** ISO 3166-1 alpha-2; lower case is raised. */
export function countryInput(): z.ZodType<string> {
  return field({ type: 'string', format: 'ISO 3166-1 alpha-2' }, (value) => {
    const country = typeof value === 'string' ? value.toUpperCase() : '';
    return COUNTRIES.has(country) ? { value: country } : refuse(NOT_A_VALID_COUNTRY_CODE);
  });
}

/** A language that documents are written in: `fr`, `pt-BR`. */
export function localeInput(): z.ZodType<string> {
  return oneOf(DOCUMENT_LOCALES, NOT_A_VALID_LANGUAGE_CODE);
}

/** An IANA time zone name. */
export function timezoneInput(): z.ZodType<string> {
  return field({ type: 'string', format: 'IANA time zone' }, (value) => (isTimeZone(value) ? { value } : refuse(INVALID_TIMEZONE)));
}

/** One or more addresses, separated by commas; kept as sent. */
export function emailInput(): z.ZodType<string> {
  return field({ type: 'string', format: 'email' }, (value) => {
    const isValid = typeof value === 'string' && value.split(',').every((address) => EMAIL.test(address.trim()));
    return isValid ? { value } : refuse(INVALID_EMAIL_FORMAT);
  });
}

const EMAIL = /^[^\s@,]{1,64}@[^\s@,.]+(\.[^\s@,.]+)*$/;

/** An absolute http or https address. */
export function urlInput(code: string = URL_IS_INVALID): z.ZodType<string> {
  return field({ type: 'string', format: 'uri' }, (value) =>
    typeof value === 'string' && WEB_ADDRESS.test(value) ? { value } : refuse(code),
  );
}

const WEB_ADDRESS = /^https?:\/\/(?:[^\s/?#@]+@)?(?:\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i;

/** A list; what is wrong with an item is reported under the list's own field. */
export function listOf<Item extends z.ZodType>(item: Item): z.ZodArray<Item> {
  return z.array(item);
}

/** Codes that name other objects; null means none. */
export function codesInput(): z.ZodType<readonly string[]> {
  return listOf(mandatoryText());
}

/** Free key-value pairs of an object (plans, credit notes); a value may be null to remove the key. */
export function metadataMap(): z.ZodType<Readonly<Record<string, string | null>>> {
  return z.record(z.string(), anyText({ max: 255 }).nullable());
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}
