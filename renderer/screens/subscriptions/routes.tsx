import { createRoute } from '@tanstack/react-router';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const subscriptionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/subscriptions',
  validateSearch: listSearch.extend({ status: listFilter, plan: textFilter, ending: textFilter, parked: textFilter }),
  component: lazyScreen(() => import('./subscription-list.tsx'), 'SubscriptionList'),
});

const subscriptionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/subscriptions/$id',
  component: lazyScreen(() => import('./subscription-page.tsx'), 'SubscriptionPage'),
});

const overviewRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/',
  component: lazyScreen(() => import('./subscription-overview.tsx'), 'SubscriptionOverview'),
});

const usageRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/usage',
  component: lazyScreen(() => import('./subscription-parts.tsx'), 'UsagePart'),
});

const invoicesRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/invoices',
  component: lazyScreen(() => import('./subscription-parts.tsx'), 'InvoicesPart'),
});

const eventsRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/events',
  component: lazyScreen(() => import('./subscription-parts.tsx'), 'EventsPart'),
});

const settingsRoute = createRoute({
  getParentRoute: () => subscriptionRoute,
  path: '/settings',
  component: lazyScreen(() => import('./subscription-settings.tsx'), 'SubscriptionSettings'),
});

export const subscriptionRoutes = [
  subscriptionsRoute,
  subscriptionRoute.addChildren([overviewRoute, usageRoute, invoicesRoute, eventsRoute, settingsRoute]),
] as const;
