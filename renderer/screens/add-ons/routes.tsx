import { createRoute } from '@tanstack/react-router';
import { listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const addOnsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons',
  validateSearch: listSearch.extend({ currency: textFilter }),
  component: lazyScreen(() => import('./add-on-list.tsx'), 'AddOnList'),
});

const newAddOnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons/new',
  component: lazyScreen(() => import('./add-on-editor.tsx'), 'NewAddOn'),
});

const addOnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons/$id',
  component: lazyScreen(() => import('./add-on-page.tsx'), 'AddOnPage'),
});

const editAddOnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/add-ons/$id/edit',
  component: lazyScreen(() => import('./add-on-editor.tsx'), 'EditAddOn'),
});

export const addOnRoutes = [addOnsRoute, newAddOnRoute, addOnRoute, editAddOnRoute] as const;
