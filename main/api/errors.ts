import type { z } from 'zod';
import { assertNever } from '../../shared/assert.ts';
import { AmountOutOfRange } from '../../shared/money.ts';
import type { BillingError, FieldErrors } from '../../shared/result.ts';
import {
  BASE_FIELD,
  VALUE_IS_INVALID,
  VALUE_IS_MANDATORY,
  VALUE_IS_OUT_OF_RANGE,
  VALUE_IS_TOO_LONG,
} from '../../shared/wire/error-codes.ts';

/** A refusal as it goes over the wire. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The only place where a refusal meets a status and a body. Rule: api.md § 1 "Errors". */
export function answerError(error: BillingError): ErrorAnswer {
  switch (error.kind) {
    case 'bad_request':
      return badRequestAnswer(error.message);
    case 'not_found':
      return notFoundAnswer(error.resource);
    case 'validation':
      return answer(422, 'Unprocessable Entity', { code: 'validation_errors', error_details: error.fields });
    case 'not_allowed':
      return answer(405, 'Method Not Allowed', { code: error.code });
    case 'forbidden':
      return answer(403, 'Forbidden', { code: error.code });
    case 'third_party':
      return answer(422, 'Unprocessable Entity', {
        code: 'third_party_error',
        error_details: { third_party: error.thirdParty, error: error.message, error_code: error.code },
      });
    default:
      return assertNever(error, 'refusal');
  }
}

/** What a 400 says when the body's wrapper key is missing, empty or no object. */
export function missingParam(name: string): string {
  return `param is missing or the value is empty or invalid: ${name}`;
}

export const badRequestAnswer = (message: string): ErrorAnswer => answer(400, `BadRequest: ${message}`);
export const notFoundAnswer = (resource: string): ErrorAnswer => answer(404, 'Not Found', { code: `${resource}_not_found` });
export const unauthorizedAnswer = (): ErrorAnswer => answer(401, 'Unauthorized');
export const forbiddenAnswer = (code: string): ErrorAnswer => answer(403, 'Forbidden', { code });
export const misdirectedAnswer = (): ErrorAnswer => answer(421, 'Misdirected Request', { code: 'host_not_allowed' });
export const bodyTooLargeAnswer = (): ErrorAnswer => answer(413, 'BadRequest: the body is larger than 10 MB');
export const tooManyFailuresAnswer = (waitSeconds: number): ErrorAnswer => ({
  ...answer(429, 'Too Many Requests', { code: 'too_many_failed_authentications' }),
  headers: { 'retry-after': String(waitSeconds), 'x-ratelimit-reset': String(waitSeconds) },
});
export const unavailableAnswer = (code: string): ErrorAnswer => ({
  ...answer(503, 'Service Unavailable', { code }),
  headers: { 'retry-after': '1' },
});
export const internalErrorAnswer = (): ErrorAnswer => answer(500, 'Internal Server Error');

function answer(status: number, error: string, more: Readonly<Record<string, unknown>> = {}): ErrorAnswer {
  return { status, body: { status, error, ...more } };
}

const UNAVAILABLE_CODES: ReadonlySet<unknown> = new Set([
  'database_busy',
  'storage_full',
  'database_corrupt',
  'secret_key_missing',
  'secret_key_wrong',
  'secret_damaged',
]);

/** The name of a machine failure that a caller may wait out; null for anything else that was thrown. */
export function unavailableCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' && UNAVAILABLE_CODES.has(thrown.code) ? thrown.code : null;
}

/** What the caller is told of a failure that its own values caused; null for anything else that was thrown. */
export function thrownRefusal(thrown: unknown): ErrorAnswer | null {
  return thrown instanceof AmountOutOfRange ? answerError({ kind: 'validation', fields: { [BASE_FIELD]: [VALUE_IS_OUT_OF_RANGE] } }) : null;
}

/** Gives an issue of a schema its code, where the schema itself names none. */
export function defaultIssueCode(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined || issue.input === null) return VALUE_IS_MANDATORY;
  if (issue.code === 'too_big') return issue.origin === 'string' ? VALUE_IS_TOO_LONG : VALUE_IS_OUT_OF_RANGE;
  if (issue.code === 'too_small') return issue.origin === 'string' ? VALUE_IS_MANDATORY : VALUE_IS_OUT_OF_RANGE;
  return VALUE_IS_INVALID;
}

/** Objects and lists whose inner fields are reported under their own names, as `charges: [{min_amount_cents}]`. */
const CONTAINERS: ReadonlySet<PropertyKey> = new Set([
  'billing_configuration',
  'charges',
  'fees',
  'filters',
  'minimum_commitment',
  'plan_overrides',
  'usage_thresholds',
]);

/** All failing fields together, each under its own name; what is wrong inside a list of values is reported under the list's. */
export function fieldErrorsOf(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const fields: Record<string, string[]> = {};
  for (const issue of issues) {
    const codes = (fields[fieldOf(issue.path)] ??= []);
    if (!codes.includes(issue.message)) codes.push(issue.message);
  }
  return fields;
}

/** The first name of the path that is no mere container: `charges.0.filters.1.values.region` is `values`. */
function fieldOf(path: readonly PropertyKey[]): string {
  const names = path.filter((step) => typeof step === 'string');
  return names.find((name) => !CONTAINERS.has(name)) ?? names.at(-1) ?? BASE_FIELD;
}
