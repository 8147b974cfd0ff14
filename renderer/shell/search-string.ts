type SearchValue = string | readonly string[];

/** `?a=1&b=x&b=y` as `{ a: '1', b: ['x', 'y'] }`: texts only, so that a search for `123` stays one. */
export function parseSearch(text: string): Record<string, SearchValue> {
  const query = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(query.keys())].map((key) => {
      const values = query.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** The other way round; what is empty is left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) if (isWritable(one)) query.append(key, String(one));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function isWritable(value: unknown): value is string | number | boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean';
}
