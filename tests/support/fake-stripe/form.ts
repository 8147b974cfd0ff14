/** A form-encoded body or query, its brackets unfolded: `metadata[a]=1&types[0]=x&types[]=y`. */
export interface Form {
  readonly [name: string]: string | Form;
}

export function parseForm(encoded: string): Form {
  const form: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of new URLSearchParams(encoded)) {
    const [first = '', ...rest] = key.replaceAll(']', '').split('[');
    put(form, [first, ...rest], value);
  }
  return form as Form;
}

function put(into: Record<string, unknown>, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  // `types[]=a&types[]=b`: each next one gets the next place.
  const own = name === '' ? String(Object.keys(into).length) : name;
  if (rest.length === 0) into[own] = value;
  else put((into[own] ??= Object.create(null)) as Record<string, unknown>, rest, value);
}

/** The text at a place, null when there is none. */
export function textAt(form: Form, ...path: readonly string[]): string | null {
  let value: string | Form | undefined = form;
  for (const name of path) value = typeof value === 'object' ? value[name] : undefined;
  return typeof value === 'string' ? value : null;
}

/** The texts below a place: a list's items, or the values of an object. */
export function textsAt(form: Form, ...path: readonly string[]): readonly string[] {
  return Object.values(objectAt(form, ...path)).filter((value) => typeof value === 'string');
}

/** The object at a place; empty when there is none. */
export function objectAt(form: Form, ...path: readonly string[]): Form {
  let value: string | Form | undefined = form;
  for (const name of path) value = typeof value === 'object' ? value[name] : undefined;
  return typeof value === 'object' ? value : {};
}

/** `metadata` and the like: names with their texts. */
export function pairsAt(form: Form, ...path: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(objectAt(form, ...path)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
