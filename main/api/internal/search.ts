import { z } from 'zod';
import type { SearchAnswer } from '../../../shared/internal/search.ts';
import { ok } from '../../../shared/result.ts';
import { searchBooks } from '../../search/index.ts';
import { route, type Route } from '../route.ts';

/** Rule: ui.md § 3 "Command palette". */
export const searchRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/search',
    access: 'session',
    summary: 'Objects that a few typed letters may mean, the best first',
    tag: 'internal',
    queryKeys: { q: 'What was typed' },
    answer: z.unknown(),
    respond: ({ context, query }) => {
      const answer: SearchAnswer = { results: searchBooks(context, query.text('q') ?? '') };
      return ok(answer);
    },
  }),
];
