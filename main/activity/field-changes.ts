import type { FieldValues } from '../database/tables/logs.ts';

/** Says nothing about what was changed. */
const IGNORED: ReadonlySet<string> = new Set(['updated_at']);
/** Groups of settings: each of them is a field of its own here. */
const GROUPS: ReadonlySet<string> = new Set(['billing_configuration']);
/** A longer value (a logo, a long list of charges) is not kept. */
const MAX_VALUE_LENGTH = 4_000;
const TOO_LONG = '…';

export interface FieldChanges {
  readonly before: FieldValues;
  readonly after: FieldValues;
}

/** The fields in which two views of an object differ. */
export function changedFields(before: FieldValues, after: FieldValues): FieldChanges {
  const was = flat(before);
  const is = flat(after);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !IGNORED.has(name) && canonical(was[name]) !== canonical(is[name]),
  );
  return { before: pick(was, names), after: pick(is, names) };
}

/** The plain values of an object that was made or deleted; lists and inner objects have lives of their own. */
export function plainFields(object: FieldValues): FieldValues {
  const plain = Object.entries(object).filter(([name, value]) => !IGNORED.has(name) && value !== null && typeof value !== 'object');
  return Object.fromEntries(plain.map(([name, value]) => [name, shortened(value)]));
}

/** The object's fields by name, those of its groups by path. */
export function flat(object: FieldValues): FieldValues {
  const entries = Object.entries(object).flatMap(([name, value]): readonly (readonly [string, unknown])[] =>
    GROUPS.has(name) && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, held]) => [`${name}.${inner}`, held] as const)
      : [[name, value]],
  );
  return Object.fromEntries(entries);
}

/** Fields by path as an object with its groups, which is how the API takes them. */
export function grouped(fields: FieldValues): FieldValues {
  const object: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(fields)) {
    const [name = '', inner] = path.split('.');
    if (inner === undefined) object[name] = value;
    else object[name] = { ...(object[name] as object | undefined), [inner]: value };
  }
  return object;
}

/** Equal texts for equal values, whatever the order of their keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort(byName)) : inner,
  );
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function pick(fields: FieldValues, names: readonly string[]): FieldValues {
  return Object.fromEntries(names.map((name) => [name, shortened(fields[name] ?? null)]));
}

function shortened(value: unknown): unknown {
  return JSON.stringify(value).length > MAX_VALUE_LENGTH ? TOO_LONG : value;
}
