import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { openApiDocument } from '../openapi.ts';
import { route, type Route } from '../route.ts';

/** The page that describes all routes, itself included; built when it is first asked for. */
export function openApiRoutes(others: readonly Route[]): readonly Route[] {
  let document: Readonly<Record<string, unknown>> | null = null;
  const page: Route = route({
    method: 'get',
    path: '/api/openapi.json',
    access: 'anyone',
    summary: 'Describe every route of this server',
    tag: 'Server',
    answer: z.looseObject({ openapi: z.string() }),
    respond: () => ok((document ??= openApiDocument([...others, page]))),
  });
  return [page];
}
