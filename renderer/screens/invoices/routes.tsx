import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { listFilter, listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
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
  component: lazyScreen(() => import('./invoice-list.tsx'), 'InvoiceList'),
});

const newInvoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/new',
  validateSearch: z.object({ customer: textFilter }),
  component: lazyScreen(() => import('./one-off-editor.tsx'), 'NewInvoice'),
});

const upcomingInvoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/upcoming/$subscription',
  component: lazyScreen(() => import('./upcoming-page.tsx'), 'UpcomingInvoicePage'),
});

const invoiceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/$id',
  validateSearch: z.object({ tab: textFilter }),
  component: lazyScreen(() => import('./invoice-page.tsx'), 'InvoicePage'),
});

const newCreditNoteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/invoices/$id/credit-note',
  component: lazyScreen(() => import('../credit-notes/credit-note-editor.tsx'), 'NewCreditNote'),
});

export const invoicesRoutes = [invoicesRoute, newInvoiceRoute, upcomingInvoiceRoute, invoiceRoute, newCreditNoteRoute] as const;
