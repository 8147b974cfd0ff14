import { z } from 'zod';
import type { FieldErrors } from '../../shared/result.ts';
import { defaultIssueCode, fieldErrorsOf } from './errors.ts';

/**
 * A body whose wrong fields are set aside instead of refusing the whole: the service judges the rest (taken codes, rules between
 * fields) and answers everything that is wrong at once. Rule: api.md § 1 "All failing fields are reported together".
 */
export interface CheckedBody<Values> {
  /** Fields that can be read. */
  readonly values: Partial<Values>;
  /** Fields that cannot, with their codes. */
  readonly refused: FieldErrors;
}

/** The schema of a body that a service judges further. The OpenAPI page shows `schema`. */
export function checkedBody<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>): z.ZodType<CheckedBody<z.output<z.ZodObject<Shape>>>> {
  const description = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const { $schema: _dialect, '~standard': _standard, ...kind } = description as Record<string, unknown>;
  return z
    .unknown()
    .meta(kind)
    .pipe(z.transform((body: unknown) => checkFields(schema, body)));
}

function checkFields<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, body: unknown): CheckedBody<z.output<z.ZodObject<Shape>>> {
  const options = { error: defaultIssueCode };
  const whole = schema.safeParse(body, options);
  if (whole.success) return { values: whole.data, refused: {} };
  const readable = withoutParts(
    body,
    whole.error.issues.map((issue) => issue.path),
  );
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const one = z.safeParse(field, readable[name], options);
    if (one.success && name in readable) values[name] = one.data;
  }
  return { values: values as Partial<z.output<z.ZodObject<Shape>>>, refused: fieldErrorsOf(whole.error.issues) };
}

/** A copy of the body without the refused parts: what else a charge or a filter says can still be judged. */
function withoutParts(body: unknown, paths: readonly (readonly PropertyKey[])[]): Readonly<Record<string, unknown>> {
  const copy = structuredClone(body) as Record<string, unknown>;
  for (const path of paths) {
    const holder = path
      .slice(0, -1)
      .reduce<unknown>((part, step) => (part as Record<PropertyKey, unknown> | null | undefined)?.[step], copy);
    const last = path.at(-1);
    if (typeof holder === 'object' && holder !== null && last !== undefined) Reflect.deleteProperty(holder, last);
  }
  return copy;
}
