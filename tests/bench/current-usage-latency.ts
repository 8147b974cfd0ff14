import { EventIngestion } from '../../main/usage/index.ts';
import { openEngine } from '../../main/headless/open-engine.ts';
import { systemClock } from '../../main/headless/system-clock.ts';
import { dateIn, startOfDay } from '../../shared/dates.ts';
import { createCatalogue, METRIC_CODES } from './catalogue.ts';
import { httpRequest, sendLoad } from './load-client.ts';
import { withFolder, withServer, type StartedServer } from './started-server.ts';

const ROUNDS = 6;
const REQUESTS_PER_ROUND = 150;
const WARM_UP_REQUESTS = 100;
const BATCH = 100;
const BATCHES_AT_ONCE = 8;
const MONTH_SECONDS = 28 * 86_400;

export interface EventCounts {
  readonly few: number;
  readonly many: number;
}

/** Milliseconds, ascending. */
export interface UsageLatencies {
  readonly few: readonly number[];
  readonly many: readonly number[];
}

/**
 * How long current usage takes for two subscriptions of one plan that differ in the number of their events; both are asked in turn over
 * one connection.
 */
export function usageLatencies(counts: EventCounts): Promise<UsageLatencies> {
  const monthStart = startOfDay(dateIn(systemClock.now(), 'UTC').with({ day: 1 }), 'UTC');
  return withFolder(async (folder) => {
    const subscriptions = { externalIds: ['few', 'many'], subscriptionAt: monthStart.toString() };
    await withServer(folder, (server) => createCatalogue(server, subscriptions));
    await fill(folder, monthStart.epochMilliseconds / 1000, [
      ['few', counts.few],
      ['many', counts.many],
    ]);
    return withServer(folder, askInTurn);
  });
}

async function askInTurn(server: StartedServer): Promise<UsageLatencies> {
  const measure = async (id: string, count: number): Promise<readonly number[]> => {
    const request = httpRequest({ method: 'GET', path: `/customers/bench/current_usage?external_subscription_id=${id}`, ...server });
    return (await sendLoad({ port: server.port, requests: new Array<Buffer>(count).fill(request), connections: 1 })).latenciesMs;
  };
  const few: number[] = [];
  const many: number[] = [];
  await measure('few', WARM_UP_REQUESTS);
  await measure('many', WARM_UP_REQUESTS);
  for (let round = 0; round < ROUNDS; round += 1) {
    few.push(...(await measure('few', REQUESTS_PER_ROUND)));
    many.push(...(await measure('many', REQUESTS_PER_ROUND)));
  }
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
