import type { Route } from '../route.ts';
import { billableMetricRoutes } from './billable-metrics.ts';
import { customerRoutes } from './customers.ts';
import { healthRoutes } from './health.ts';
import { openApiRoutes } from './openapi.ts';
import { organizationRoutes } from './organizations.ts';
import { planChargeRoutes } from './plan-charges.ts';
import { planMetadataRoutes } from './plan-metadata.ts';
import { planRoutes } from './plans.ts';
import { taxRoutes } from './taxes.ts';
import { testClockRoutes } from './test-clock.ts';

const DESCRIBED: readonly Route[] = [
  ...healthRoutes,
  ...testClockRoutes,
  ...organizationRoutes,
  ...billableMetricRoutes,
  ...planRoutes,
  ...planChargeRoutes,
  ...planMetadataRoutes,
  ...customerRoutes,
  ...taxRoutes,
];

/** Every route of the server. */
export const ROUTES: readonly Route[] = [...DESCRIBED, ...openApiRoutes(DESCRIBED)];
