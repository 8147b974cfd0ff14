import { createRoute, redirect } from '@tanstack/react-router';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyRouteComponent } from '../../lazy-screen.ts';
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
  component: lazyRouteComponent(() => import('./debugger-page.tsx'), 'DebuggerPage'),
});

const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/keys',
  component: lazyRouteComponent(() => import('./keys/api-keys.tsx'), 'ApiKeys'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/webhooks',
  validateSearch: listSearch.extend({ endpoint: textFilter, status: listFilter, type: textFilter, object: textFilter }),
  component: lazyRouteComponent(() => import('./webhooks/webhooks.tsx'), 'Webhooks'),
});

const requestsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/requests',
  validateSearch: listSearch.extend({ method: textFilter, status: textFilter, key: textFilter }),
  component: lazyRouteComponent(() => import('./requests/request-list.tsx'), 'RequestList'),
});

const activityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/developers/activity',
  validateSearch: listSearch.extend({ entity: textFilter, author: textFilter, object: textFilter }),
  component: lazyRouteComponent(() => import('./activity/activity-list.tsx'), 'ActivityList'),
});

export const developerRoutes = [developersRoute, debuggerRoute, keysRoute, webhooksRoute, requestsRoute, activityRoute] as const;
