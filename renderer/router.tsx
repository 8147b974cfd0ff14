import { createRouter } from '@tanstack/react-router';
import { rootRoute, shellRoute } from './root-route.tsx';
import { settingsRoutes } from './screens/settings/routes.tsx';
import { FailedPage, MissingPage } from './shell/failed-page.tsx';
import { parseSearch, writeSearch } from './shell/search-string.ts';

const routeTree = rootRoute.addChildren([shellRoute.addChildren([...settingsRoutes])]);

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
