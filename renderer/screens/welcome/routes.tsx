import { createRoute } from '@tanstack/react-router';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { rootRoute } from '../../root-route.tsx';

/** Without the sidebar: there is nowhere to go yet. */
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./welcome.tsx'), 'Welcome'),
});

export const welcomeRoutes = [welcomeRoute] as const;
