import { z } from 'zod';
import { VERSION } from '../../shared/version.ts';
import { fullPath } from './route-table.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const ERROR_STATUSES: Readonly<Record<string, string>> = {
  400: 'The body is not JSON, or what should stand in it does not.',
  401: 'No key, or an unknown one.',
  404: 'Not found.',
  405: 'The object exists, but its state forbids this.',
  422: 'Values are refused; `error_details` says which and why.',
};

/** Describes every route in one OpenAPI 3.1 document. */
export function openApiDocument(routes: readonly Route[]): Json {
  const shared: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[openApiPath(route)] ??= {})[route.method] = operationOf(route, shared);
  return {
    openapi: '3.1.0',
    info: { title: 'Meterbook', version: VERSION, description: 'Compatible with the v1 API that lago-javascript-client speaks.' },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } }, schemas: { Error: ERROR_SCHEMA, ...shared } },
    paths,
  };
}

const ERROR_SCHEMA: Json = {
  type: 'object',
  required: ['status', 'error'],
  properties: { status: { type: 'integer' }, error: { type: 'string' }, code: { type: 'string' }, error_details: { type: 'object' } },
};

/** `/api/v1/plans/{code}`. */
function openApiPath(route: Route): string {
  return fullPath(route).replaceAll(/:([A-Za-z_]\w*)\*?/g, '{$1}');
}

function operationOf(route: Route, shared: Record<string, unknown>): Json {
  const names = [...fullPath(route).matchAll(/:([A-Za-z_]\w*)/g)].map((match) => match[1]);
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const inQuery = Object.entries(route.queryKeys ?? {}).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
  return {
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === 'anyone' ? {} : { security: [{ key: [] }] }),
    parameters: [...inPath, ...inQuery],
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route, schemaOf(route.body, 'input', shared)) }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(route.answer, 'output', shared) } } },
      ...errorResponses(),
    },
  };
}

function requestBodyOf(route: Route, schema: Json): Json {
  const whole =
    route.wrapper === undefined ? schema : { type: 'object', required: [route.wrapper], properties: { [route.wrapper]: schema } };
  return { required: route.optionalBody !== true, content: { 'application/json': { schema: whole } } };
}

function errorResponses(): Json {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(Object.entries(ERROR_STATUSES).map(([status, description]) => [status, { description, content }]));
}

/** A schema as JSON Schema; the parts it shares with others move to the document's own components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', shared: Record<string, unknown>): Json {
  const { $schema: _dialect, $defs: parts, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  for (const [name, part] of Object.entries(parts ?? {})) shared[name] = withMovedReferences(part);
  return withMovedReferences(own) as Json;
}

function withMovedReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMovedReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const moved =
        key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : withMovedReferences(inner);
      return [key, moved];
    }),
  );
}
