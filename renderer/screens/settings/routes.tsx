import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { listSearch } from '../../components/list-search.ts';
import { shellRoute } from '../../root-route.tsx';

const taxesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./taxes/tax-list.tsx'), 'TaxList'),
});

const newTaxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes/new',
  component: lazyRouteComponent(() => import('./taxes/tax-editor.tsx'), 'NewTax'),
});

const editTaxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/taxes/$code/edit',
  component: lazyRouteComponent(() => import('./taxes/tax-editor.tsx'), 'EditTax'),
});

export const settingsRoutes = [taxesRoute, newTaxRoute, editTaxRoute] as const;
