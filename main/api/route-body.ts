import { badRequest, invalid, ok, type Result } from '../../shared/result.ts';
import * as errors from './errors.ts';
import type { Route } from './route.ts';

const CHECK_OPTIONS = { error: errors.defaultIssueCode };

/** The body of a call as its route takes it. */
export function checkBody(route: Route, json: unknown): Result<unknown> {
  if (route.body === undefined) return ok(undefined);
  const inside = unwrap(route, json);
  if (!inside.ok) return inside;
  const outcome = route.body.safeParse(inside.value, CHECK_OPTIONS);
  return outcome.success ? ok(outcome.data) : invalid(errors.fieldErrorsOf(outcome.error.issues));
}

/** What the schema is about: the object under the wrapper key, or the whole body. A body that may be left out counts as `{}`. */
function unwrap(route: Route, json: unknown): Result<unknown> {
  if (route.wrapper === undefined) {
    if (json === undefined) return ok({});
    return isObject(json) ? ok(json) : badRequest('the body is not a JSON object');
  }
  const value = isObject(json) ? json[route.wrapper] : undefined;
  const isLeftOut = json === undefined || (isObject(json) && value === undefined);
  if (route.optionalBody === true && isLeftOut) return ok({});
  if (isObject(value) && (route.optionalBody === true || Object.keys(value).length > 0)) return ok(value);
  return badRequest(errors.missingParam(route.wrapper));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
