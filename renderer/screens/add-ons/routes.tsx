import { createRoute } from '@tanstack/react-router';
import { listSearch, textFilter } from '../../components/list-search.ts';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const addOnsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons',
  validateSearch: listSearch.extend({ currency: textFilter }),
  component: lazyRouteComponent(() => import('./add-on-list.tsx'), 'AddOnList'),
});

const newAddOnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons/new',
  component: lazyRouteComponent(() => import('./add-on-editor.tsx'), 'NewAddOn'),
});

const addOnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons/$id',
  component: lazyRouteComponent(() => import('./add-on-page.tsx'), 'AddOnPage'),
});

const editAddOnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons/$id/edit',
  component: lazyRouteComponent(() => import('./add-on-editor.tsx'), 'EditAddOn'),
});

export const addOnRoutes = [addOnsRoute, newAddOnRoute, addOnRoute, editAddOnRoute] as const;
