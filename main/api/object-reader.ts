import type { FieldValues } from '../activity/index.ts';
import { QueryValues } from './query.ts';
import { RawAnswer, type Route } from './route.ts';
import { RouteTable } from './route-table.ts';
import type { ApiServices } from './services.ts';

/** An object as the API answers it, and the word under which it stands there. */
export interface ApiObject {
  readonly entity: string;
  readonly fields: FieldValues;
}

export interface ObjectReaderParts {
  readonly routes: readonly Route[];
  readonly services: () => ApiServices;
}

/** Reads objects through the API's own routes, by their paths. */
export class ObjectReader {
  readonly #table: RouteTable;
  readonly #parts: ObjectReaderParts;

  constructor(parts: ObjectReaderParts) {
    this.#parts = parts;
    this.#table = new RouteTable(parts.routes);
  }

  /** What a GET of the path answers; null when there is no such thing, or nothing that has a name of its own. */
  async read(path: string, baseUrl: string): Promise<ApiObject | null> {
    const segments = RouteTable.segmentsOf(path);
    const match = segments === null ? null : this.#table.find('get', segments);
    if (match === null) return null;
    const services = this.#parts.services();
    const { pathValues, route } = match;
    const asked = { services, context: services.context, pathValues, query: new QueryValues(''), body: undefined, baseUrl, requestId: '' };
    const result = await route.respond(asked);
    return result.ok ? objectOf(result.value) : null;
  }
}

/** The one object that an answer wraps; of a list made by one call, its first. */
export function objectOf(answer: unknown): ApiObject | null {
  if (!isFields(answer) || answer instanceof RawAnswer) return null;
  for (const [entity, value] of Object.entries(answer)) {
    if (isFields(value)) return { entity, fields: value };
    const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [];
    // A page of a list is no object, whatever stands in it.
    if (isFields(first) && !('meta' in answer)) return { entity: entity.replace(/s$/, ''), fields: first };
  }
  return null;
}

function isFields(value: unknown): value is FieldValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
