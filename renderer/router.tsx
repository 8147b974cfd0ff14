import { createRoute, createRouter } from '@tanstack/react-router';
import { rootRoute, shellRoute } from './root-route.tsx';
import { addOnRoutes } from './screens/add-ons/routes.tsx';
import { metricRoutes } from './screens/billable-metrics/routes.tsx';
import { couponRoutes } from './screens/coupons/routes.tsx';
import { customerRoutes } from './screens/customers/routes.tsx';
import { developerRoutes } from './screens/developers/routes.tsx';
import { eventRoutes } from './screens/events/routes.tsx';
import { homeRoutes } from './screens/home/routes.tsx';
import { creditNotesRoutes } from './screens/credit-notes/routes.tsx';
import { invoicesRoutes } from './screens/invoices/routes.tsx';
import { paymentsRoutes } from './screens/payments/routes.tsx';
import { plansRoutes } from './screens/plans/routes.tsx';
import { settingsRoutes } from './screens/settings/routes.tsx';
import { subscriptionRoutes } from './screens/subscriptions/routes.tsx';
import { templatesRoutes } from './screens/templates/routes.tsx';
import { welcomeRoutes } from './screens/welcome/routes.tsx';
import { FailedPage, MissingPage } from './shell/failed-page.tsx';
import { parseSearch, writeSearch } from './shell/search-string.ts';

/** An address that names no page: said with the sidebar still beside it. */
const missingRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: MissingPage });

const routeTree = rootRoute.addChildren([
  shellRoute.addChildren([
    ...homeRoutes,
    ...customerRoutes,
    ...eventRoutes,
    ...subscriptionRoutes,
    ...invoicesRoutes,
    ...creditNotesRoutes,
    ...paymentsRoutes,
    ...plansRoutes,
    ...metricRoutes,
    ...addOnRoutes,
    ...couponRoutes,
    ...templatesRoutes,
    ...settingsRoutes,
    ...developerRoutes,
    missingRoute,
  ]),
  ...welcomeRoutes,
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultNotFoundComponent: MissingPage,
  defaultErrorComponent: FailedPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
