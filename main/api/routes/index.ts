import type { Route } from '../route.ts';
import { healthRoutes } from './health.ts';
import { openApiRoutes } from './openapi.ts';
import { testClockRoutes } from './test-clock.ts';

const DESCRIBED: readonly Route[] = [...healthRoutes, ...testClockRoutes];

/** Every route of the server. */
export const ROUTES: readonly Route[] = [...DESCRIBED, ...openApiRoutes(DESCRIBED)];
