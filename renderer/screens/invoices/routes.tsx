import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyRouteComponent } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const invoicesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices',
  validateSearch: listSearch.extend({
    tab: textFilter,
    type: listFilter,
    currency: textFilter,
    customer: textFilter,
    from: textFilter,
    to: textFilter,
    min: textFilter,
    max: textFilter,
    overdue: textFilter,
  }),
  component: lazyRouteComponent(() => import('./invoice-list.tsx'), 'InvoiceList'),
});

const newInvoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/new',
  validateSearch: z.object({ customer: textFilter }),
  component: lazyRouteComponent(() => import('./one-off-editor.tsx'), 'NewInvoice'),
});

const upcomingInvoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/upcoming/$subscription',
  component: lazyRouteComponent(() => import('./upcoming-page.tsx'), 'UpcomingInvoicePage'),
});

const invoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/$id',
  validateSearch: z.object({ tab: textFilter }),
  component: lazyRouteComponent(() => import('./invoice-page.tsx'), 'InvoicePage'),
});

const newCreditNoteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/$id/credit-note',
  component: lazyRouteComponent(() => import('../credit-notes/credit-note-editor.tsx'), 'NewCreditNote'),
});

export const invoicesRoutes = [invoicesRoute, newInvoiceRoute, upcomingInvoiceRoute, invoiceRoute, newCreditNoteRoute] as const;
