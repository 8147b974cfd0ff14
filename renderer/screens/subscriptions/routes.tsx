import { createRoute } from '@tanstack/react-router';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const subscriptionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/subscriptions',
  validateSearch: listSearch.extend({ status: listFilter, plan: textFilter, ending: textFilter, parked: textFilter }),
  component: lazyRouteComponent(() => import('./subscription-list.tsx'), 'SubscriptionList'),
});

const subscriptionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/subscriptions/$id',
  component: lazyRouteComponent(() => import('./subscription-page.tsx'), 'SubscriptionPage'),
});

const overviewRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./subscription-overview.tsx'), 'SubscriptionOverview'),
});

const usageRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/usage',
  component: lazyRouteComponent(() => import('./subscription-parts.tsx'), 'UsagePart'),
});

const invoicesRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/invoices',
  component: lazyRouteComponent(() => import('./subscription-parts.tsx'), 'InvoicesPart'),
});

const eventsRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/events',
  component: lazyRouteComponent(() => import('./subscription-parts.tsx'), 'EventsPart'),
});

const settingsRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./subscription-settings.tsx'), 'SubscriptionSettings'),
});

export const subscriptionRoutes = [
  subscriptionsRoute,
  subscriptionRoute.addChildren([overviewRoute, usageRoute, invoicesRoute, eventsRoute, settingsRoute]),
] as const;
