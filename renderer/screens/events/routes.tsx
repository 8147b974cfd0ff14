import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';
import { eventSearch } from './event-search.ts';

const eventsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/events',
  validateSearch: eventSearch,
  component: lazyScreen(() => import('./events-page.tsx'), 'EventsPage'),
});

export const eventRoutes = [eventsRoute] as const;
