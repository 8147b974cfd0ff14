import { EventIngestion } from '../../main/usage/index.ts';
import { openEngine } from '../../main/headless/open-engine.ts';
import { systemClock } from '../../main/headless/system-clock.ts';
import { dateIn, startOfDay } from '../../shared/dates.ts';
import { createCatalogue, METRIC_CODES } from './catalogue.ts';
import { httpRequest, sendLoad } from './load-client.ts';
import { startServer } from './started-server.ts';

const REQUESTS = 300;
const BATCH = 100;
const BATCHES_AT_ONCE = 8;
const MONTH_SECONDS = 28 * 86_400;

/**
 * How long current usage takes for two subscriptions of one plan that differ in the number of their events, in milliseconds, ascending.
 * Both are asked in turn over one connection.
 */
export async function usageLatencies(counts: {
  readonly few: number;
  readonly many: number;
}): Promise<{ few: readonly number[]; many: readonly number[] }> {
  const monthStart = startOfDay(dateIn(systemClock.now(), 'UTC').with({ day: 1 }), 'UTC');
  const first = await startServer();
  await createCatalogue(first, { externalIds: ['few', 'many'], subscriptionAt: monthStart.toString() });
  await first.pause();
  await fill(first.folder, monthStart.epochMilliseconds / 1000, [
    ['few', counts.few],
    ['many', counts.many],
  ]);
  const server = await startServer(first.folder);
  const { port } = server;
  const ask = (id: string) =>
    httpRequest({ method: 'GET', path: `/customers/bench/current_usage?external_subscription_id=${id}`, ...server });
  const measure = async (id: string, count: number) =>
    (await sendLoad({ port, requests: Array.from({ length: count }, () => ask(id)), connections: 1 })).latenciesMs;
  await measure('few', 50);
  await measure('many', 50);
  const few: number[] = [];
  const many: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    few.push(...(await measure('few', REQUESTS)));
    many.push(...(await measure('many', REQUESTS)));
  }
  await server.stop();
  const ascending = (one: number, other: number): number => one - other;
  return { few: few.sort(ascending), many: many.sort(ascending) };
}

/** Takes events in without HTTP, spread over the month, the subscription's first ones before its last. */
async function fill(folder: string, startSeconds: number, subscriptions: readonly (readonly [string, number])[]): Promise<void> {
  const { engine } = await openEngine({ folder, kind: 'live' });
  const ingestion = new EventIngestion(engine.services.context, () => Promise.resolve());
  for (const [id, count] of subscriptions) {
    let next = 0;
    const batch = () =>
      Array.from({ length: Math.min(BATCH, count - next) }, () => {
        const index = next;
        next += 1;
        return {
          transaction_id: `${id}-${String(index)}`,
          external_subscription_id: id,
          code: METRIC_CODES[index % METRIC_CODES.length],
          timestamp: startSeconds + Math.floor((index / count) * MONTH_SECONDS),
          properties: { gb: `${String(index % 97)}.5`, region: index % 2 === 0 ? 'eu' : 'us' },
        };
      });
    const send = async (): Promise<void> => {
      while (next < count) {
        const taken = await ingestion.ingestBatch({ events: batch() });
        if (!taken.ok) throw new Error(`events were refused: ${JSON.stringify(taken.error)}`);
      }
    };
    await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, send));
  }
  await ingestion.close();
  await engine.close();
}
