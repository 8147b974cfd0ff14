import { z } from 'zod';
import { parseInstant } from '../../../shared/dates.ts';
import type { ListenerGapsAnswer } from '../../../shared/internal/events.ts';
import { ok } from '../../../shared/result.ts';
import { route } from '../route.ts';
import { serializeGap } from './debugged-event.ts';

export const gapRoutes = [
  route({
    method: 'get',
    path: '/gaps',
    access: 'session',
    summary: 'Times in which nothing listened, newest first',
    tag: 'internal',
    queryKeys: { from: 'Only gaps that reach into the time since, a date-time' },
    answer: z.unknown(),
    respond: ({ services, query }) => {
      const sinceMs = parseInstant(query.text('from'))?.epochMilliseconds ?? 0;
      const answer: ListenerGapsAnswer = { gaps: services.events.gaps(sinceMs).map(serializeGap) };
      return ok(answer);
    },
  }),
];
