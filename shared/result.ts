/** Field name on the wire → codes, as in `error_details`. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** A refusal that a caller can expect. Rule: api.md § 1 "Errors". */
export type BillingError =
  | { readonly kind: 'bad_request'; readonly message: string }
  | { readonly kind: 'not_found'; readonly resource: string }
  | { readonly kind: 'validation'; readonly fields: FieldErrors | EventErrors }
  | { readonly kind: 'not_allowed'; readonly code: string }
  | { readonly kind: 'forbidden'; readonly code: string }
  | { readonly kind: 'third_party'; readonly thirdParty: string; readonly code: string; readonly message: string };

/** Errors of a batch: zero-based position as text → that item's field errors. */
export type EventErrors = Readonly<Record<string, FieldErrors>>;

export type Failure = { readonly ok: false; readonly error: BillingError };
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** 400: the wrapper key is missing, or the query is not readable. */
export function badRequest(message: string): Failure {
  return { ok: false, error: { kind: 'bad_request', message } };
}

/** 404 `<resource>_not_found`. */
export function notFound(resource: string): Failure {
  return { ok: false, error: { kind: 'not_found', resource } };
}

/** 422 with the given field errors. */
export function invalid(fields: FieldErrors | EventErrors): Failure {
  return { ok: false, error: { kind: 'validation', fields } };
}

/** 405: the object exists but its state forbids the action. */
export function notAllowed(code: string): Failure {
  return { ok: false, error: { kind: 'not_allowed', code } };
}

/** 403: the action is not possible for that kind of object. */
export function forbidden(code = 'feature_unavailable'): Failure {
  return { ok: false, error: { kind: 'forbidden', code } };
}

/** 422: another company's server, which the caller waited for, did not do what it was asked. */
export function thirdPartyFailed(failed: { readonly thirdParty: string; readonly code: string; readonly message: string }): Failure {
  return { ok: false, error: { kind: 'third_party', ...failed } };
}

/** Joins field errors; codes of one field are listed once each. */
export function mergeFieldErrors(...all: readonly FieldErrors[]): FieldErrors {
  const merged: Record<string, string[]> = {};
  for (const errors of all) {
    for (const [field, codes] of Object.entries(errors)) merged[field] = [...new Set([...(merged[field] ?? []), ...codes])];
  }
  return merged;
}

export function hasErrors(errors: FieldErrors): boolean {
  return Object.keys(errors).length > 0;
}
