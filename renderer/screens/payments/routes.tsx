import { createRoute } from '@tanstack/react-router';
import { listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const paymentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/payments',
  validateSearch: listSearch.extend({ status: textFilter, type: textFilter, currency: textFilter }),
  component: lazyScreen(() => import('./payment-list.tsx'), 'PaymentList'),
});

export const paymentsRoutes = [paymentsRoute] as const;
