import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';
import { eventSearch } from './event-search.ts';

const eventsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/events',
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import('./events-page.tsx'), 'EventsPage'),
});

export const eventRoutes = [eventsRoute] as const;
