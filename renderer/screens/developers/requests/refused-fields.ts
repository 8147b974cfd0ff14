export interface RefusedField {
  /** `amount_cents`; of a batch with its place: `3 · code`. */
  readonly field: string;
  readonly codes: readonly string[];
}

/** The fields of a 422's `error_details`, also those of a batch, whose details stand under the places of its items. */
export function refusedFields(details: unknown): readonly RefusedField[] {
  if (!isRecord(details)) return [];
  return Object.entries(details).flatMap(([name, value]): readonly RefusedField[] => {
    if (isCodes(value)) return [{ field: name, codes: value }];
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([field, codes]) => (isCodes(codes) ? [{ field: `${name} · ${field}`, codes }] : []));
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCodes(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((code) => typeof code === 'string');
}
