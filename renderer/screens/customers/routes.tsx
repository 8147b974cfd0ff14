import { createRoute, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const customersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers',
  validateSearch: listSearch.extend({ active: textFilter, unpaid: textFilter, currency: listFilter, country: listFilter }),
  component: lazyScreen(() => import('./customer-list.tsx'), 'CustomerList'),
});

const newCustomerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/new',
  component: lazyScreen(() => import('./customer-editor.tsx'), 'NewCustomer'),
});

const editCustomerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/customers/$id/edit',
  component: lazyScreen(() => import('./customer-editor.tsx'), 'EditCustomer'),
});

/** The header and tabs around each part of a customer. */
const customerRoute = createRoute({
  getParentRoute: () => shellRoute,
  id: 'customer',
  component: lazyScreen(() => import('./customer-page.tsx'), 'CustomerPage'),
});

const customerIndexRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id',
  beforeLoad: ({ params: { id } }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's way to lead elsewhere
    throw redirect({ to: '/customers/$id/overview', params: { id }, replace: true });
  },
});

const overviewRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/overview',
  component: lazyScreen(() => import('./customer-overview.tsx'), 'CustomerOverview'),
});

const usageRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/usage',
  validateSearch: z.object({ subscription: textFilter }),
  component: lazyScreen(() => import('./customer-usage.tsx'), 'CustomerUsage'),
});

const subscriptionsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/subscriptions',
  component: lazyScreen(() => import('./customer-tables.tsx'), 'CustomerSubscriptions'),
});

const invoicesRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/invoices',
  component: lazyScreen(() => import('./customer-tables.tsx'), 'CustomerInvoices'),
});

const paymentsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/payments',
  component: lazyScreen(() => import('./customer-tables.tsx'), 'CustomerPayments'),
});

const eventsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/events',
  component: lazyScreen(() => import('./customer-events.tsx'), 'CustomerEvents'),
});

const creditsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/credits',
  validateSearch: listSearch.extend({ wallet: textFilter }),
  component: lazyScreen(() => import('./customer-credits.tsx'), 'CustomerCredits'),
});

const couponsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/coupons',
  component: lazyScreen(() => import('./customer-coupons.tsx'), 'CustomerCoupons'),
});

const addOnsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/add-ons',
  validateSearch: listSearch,
  component: lazyScreen(() => import('./customer-add-ons.tsx'), 'CustomerAddOns'),
});

const settingsRoute = createRoute({
  getParentRoute: () => customerRoute,
  path: '/customers/$id/settings',
  component: lazyScreen(() => import('./customer-settings.tsx'), 'CustomerSettings'),
});

export const customerRoutes = [
  customersRoute,
  newCustomerRoute,
  editCustomerRoute,
  customerRoute.addChildren([
    customerIndexRoute,
    overviewRoute,
    usageRoute,
    subscriptionsRoute,
    invoicesRoute,
    paymentsRoute,
    creditsRoute,
    couponsRoute,
    addOnsRoute,
    eventsRoute,
    settingsRoute,
  ]),
] as const;
