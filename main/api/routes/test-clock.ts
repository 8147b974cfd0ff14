import { z } from 'zod';
import { formatInstant, formatInstantMs } from '../../../shared/dates.ts';
import { notFound, ok } from '../../../shared/result.ts';
import { instantInput } from '../../../shared/wire/fields.ts';
import { route, type Route } from '../route.ts';
import type { MovableClock } from '../services.ts';

const answer = z.object({ test_clock: z.object({ now: z.iso.datetime() }) });

/** The sandbox's own clock. A live workspace has none: both answer 404. Rule: overview.md "The clock". */
export const testClockRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/test_clock',
    summary: 'Read the sandbox clock',
    tag: 'Test clock',
    answer,
    respond: ({ services }) => (services.testClock === null ? notFound('resource') : ok(serializeClock(services.testClock))),
  }),
  route({
    method: 'put',
    path: '/test_clock',
    summary: 'Move the sandbox clock; what falls due on the way is billed before the answer',
    tag: 'Test clock',
    wrapper: 'test_clock',
    body: z.object({ now: instantInput() }),
    answer,
    respond: async ({ services, body }) => {
      if (services.testClock === null) return notFound('resource');
      const moved = await services.testClock.moveTo(body.now);
      return moved.ok ? ok(serializeClock(services.testClock)) : moved;
    },
  }),
];

/** Whole seconds, as everywhere; only a clock that was set between two seconds says so. */
function serializeClock(clock: MovableClock): { readonly test_clock: { readonly now: string } } {
  const now = clock.now();
  const isBetweenSeconds = clock.isSet() && now.epochMilliseconds % 1000 !== 0;
  return { test_clock: { now: isBetweenSeconds ? formatInstantMs(now) : formatInstant(now) } };
}
