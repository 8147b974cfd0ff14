import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { VERSION } from '../../../shared/version.ts';
import { route, type Route } from '../route.ts';

export const healthRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/health',
    access: 'anyone',
    summary: 'Say that the server answers, and which version it is',
    tag: 'Server',
    answer: z.object({ version: z.string(), message: z.literal('Success') }),
    respond: () => ok({ version: VERSION, message: 'Success' }),
  }),
];
