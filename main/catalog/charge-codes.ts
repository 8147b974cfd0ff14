import type { FieldErrors } from '../../shared/result.ts';
import { isBlank } from './field-checks.ts';

/** What one charge asks to be called. */
export interface CodeRequest {
  /** Null when the caller leaves it to us. */
  readonly asked: string | null;
  readonly metricCode: string;
}

/**
 * The code of each charge: the one asked for, else the metric's, else `<code>_2`, `<code>_3`… where that is taken. Two charges
 * that ask for one code, or for one of `others`, are refused. Rule: pricing.md § 4.
 */
export function assignChargeCodes(
  requests: readonly CodeRequest[],
  others: readonly string[],
): { readonly assigned: readonly string[]; readonly errors: FieldErrors } {
  const asked = requests.map((request) => (isBlank(request.asked) ? null : request.asked));
  const fixed = [...others, ...asked.filter((code) => code !== null)];
  const taken = new Set(fixed);
  const assigned = requests.map((request, index) => {
    const code = asked[index] ?? freeCode(request.metricCode, taken);
    taken.add(code);
    return code;
  });
  return { assigned, errors: new Set(fixed).size < fixed.length ? { code: ['value_already_exist'] } : {} };
}

function freeCode(base: string, taken: ReadonlySet<string>): string {
  let code = base;
  for (let suffix = 2; taken.has(code); suffix++) code = `${base}_${String(suffix)}`;
  return code;
}
