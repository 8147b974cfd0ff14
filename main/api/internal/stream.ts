import { z } from 'zod';
import { notAllowed, ok } from '../../../shared/result.ts';
import { eventStreamAnswer, route } from '../route.ts';

export const streamRoutes = [
  route({
    method: 'get',
    path: '/stream',
    access: 'session',
    summary: 'Server-sent messages about what has changed',
    tag: 'internal',
    answer: z.unknown(),
    respond: ({ services }) => {
      const stream = services.live.open();
      return stream === null ? notAllowed('too_many_streams') : ok(eventStreamAnswer(stream));
    },
  }),
];
