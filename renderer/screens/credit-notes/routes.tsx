import { createRoute } from '@tanstack/react-router';
import { z } from 'zod';
import { listSearch, textFilter } from '../../components/list-search.ts';
import { lazyScreen } from '../../lazy-screen.ts';
import { shellRoute } from '../../root-route.tsx';

const creditNotesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/credit-notes',
  validateSearch: listSearch.extend({ credit_status: textFilter, refund_status: textFilter, currency: textFilter }),
  component: lazyScreen(() => import('./credit-note-list.tsx'), 'CreditNoteList'),
});

const creditNoteRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/credit-notes/$id',
  validateSearch: z.object({ tab: textFilter }),
  component: lazyScreen(() => import('./credit-note-page.tsx'), 'CreditNotePage'),
});

export const creditNotesRoutes = [creditNotesRoute, creditNoteRoute] as const;
