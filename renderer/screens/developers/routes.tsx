import { createRoute, redirect } from '@tanstack/react-router';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';
import { eventSearch } from '../events/event-search.ts';

const developersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers',
  beforeLoad: () => {
    redirect({ to: '/developers/debugger', replace: true, throw: true });
  },
});

const debuggerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/debugger',
  validateSearch: eventSearch,
  component: lazyScreen(() => import('./debugger-page.tsx'), 'DebuggerPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/keys',
  component: lazyScreen(() => import('./keys/api-keys.tsx'), 'ApiKeys'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/webhooks',
  validateSearch: listSearch.extend({ endpoint: textFilter, status: listFilter, type: textFilter, object: textFilter }),
  component: lazyScreen(() => import('./webhooks/webhooks.tsx'), 'Webhooks'),
});

const requestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/requests',
  validateSearch: listSearch.extend({ method: textFilter, status: textFilter, key: textFilter }),
  component: lazyScreen(() => import('./requests/request-list.tsx'), 'RequestList'),
});

const activityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/activity',
  validateSearch: listSearch.extend({ entity: textFilter, author: textFilter, object: textFilter }),
  component: lazyScreen(() => import('./activity/activity-list.tsx'), 'ActivityList'),
});

export const developerRoutes = [developersRoute, debuggerRoute, keysRoute, webhooksRoute, requestsRoute, activityRoute] as const;
