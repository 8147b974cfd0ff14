import { createRoute } from '@tanstack/react-router';
import { lazyScreen } from '../../lazy-screen.ts';
import { rootRoute } from '../../root-route.tsx';

/** Without the sidebar: there is nowhere to go yet. */
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyScreen(() => import('./welcome.tsx'), 'Welcome'),
});

export const welcomeRoutes = [welcomeRoute] as const;
