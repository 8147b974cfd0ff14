import { createRootRoute, createRoute } from '@tanstack/react-router';
import { Shell } from './shell/shell.tsx';

export const rootRoute = createRootRoute();

/** Everything with the sidebar around it. */
export const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: Shell });
