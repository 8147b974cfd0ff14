import { expect, test } from 'vitest';
import { SCREEN_ROUTES } from '../../shared/screen-routes.ts';
import { pathsOf, routePaths } from '../screens/support/screens.ts';

test('deep links may lead to every path of the router, and to no other', () => {
  expect([...SCREEN_ROUTES].sort()).toEqual(routePaths());
});

test('a path inside of another one is read as the router reads it', () => {
  expect(
    pathsOf(`
      const listRoute = createRoute({ getParentRoute: () => shellRoute, path: '/plans', component });
      const planRoute = createRoute({ getParentRoute: () => shellRoute, path: '/plans/$id', component });
      const indexRoute = createRoute({ getParentRoute: () => planRoute, path: '/', component });
      const usageRoute = createRoute({ getParentRoute: () => planRoute, path: '/usage', component });
      const frameRoute = createRoute({ getParentRoute: () => shellRoute, id: 'frame', component });
      const innerRoute = createRoute({ getParentRoute: () => frameRoute, path: '/plans/$id/edit', component });
    `),
  ).toEqual(['/plans', '/plans/$id', '/plans/$id', '/plans/$id/usage', '/plans/$id/edit']);
});
