import { BareInserts } from './bare-inserts.ts';
import { createCatalogue, makeEvent, numberedSubscriptions } from './catalogue.ts';
import { usageLatencies } from './current-usage-latency.ts';
import { httpRequest, percentile, sendLoad } from './load-client.ts';
import { withFolder, withServer, type StartedServer } from './started-server.ts';

// Prints the performance targets of ingestion and current usage as ratios, each with its baseline measured in the same run.
//   --full   current usage with 10 million events instead of 300 thousand
//   --check  fails when a ratio misses half of its target: machines differ, orders of magnitude do not

const ROUNDS = 5;
const SUBSCRIPTIONS = 100;
const BATCH = 100;
const BATCHES_PER_ROUND = 200;
const SINGLES_PER_ROUND = 4_000;
const BATCH_CONNECTIONS = 8;
const SINGLE_CONNECTIONS = 64;

interface Finding {
  readonly name: string;
  readonly value: number;
  readonly target: number;
  readonly isBetterWhen: 'higher' | 'lower';
  readonly baseline: string;
}

const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((one, other) => one - other),
    0.5,
  );
const perSecond = (value: number): string => `${String(Math.round(value))}/s`;

/** Baseline and load take turns, since a shared machine is never the same for long. */
async function measureBatches(server: StartedServer): Promise<Finding> {
  const bare = await BareInserts.open();
  const rounds: { readonly bare: number; readonly http: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareRate = bare.run(BATCHES_PER_ROUND, SUBSCRIPTIONS);
    const requests = Array.from({ length: BATCHES_PER_ROUND }, () => {
      const body = { events: Array.from({ length: BATCH }, () => makeEvent(SUBSCRIPTIONS)) };
      return httpRequest({ method: 'POST', path: '/events/batch', body, ...server });
    });
    const load = await sendLoad({ port: server.port, requests, connections: BATCH_CONNECTIONS });
    // The first round warms both up.
    if (round > 0) rounds.push({ bare: bareRate, http: load.perSecond * BATCH });
  }
  bare.close();
  return {
    name: `durable batches of ${String(BATCH)} over HTTP / bare prepared inserts`,
    value: median(rounds.map(({ bare: own, http }) => http / own)),
    target: 0.8,
    isBetterWhen: 'higher',
    baseline: `${perSecond(median(rounds.map(({ http }) => http)))} / ${perSecond(median(rounds.map(({ bare: own }) => own)))}`,
  };
}

async function measureSingles(server: StartedServer): Promise<Finding> {
  const load = (path: string) => {
    const requests = Array.from({ length: SINGLES_PER_ROUND }, () => {
      return httpRequest({ method: 'POST', path, body: { event: makeEvent(SUBSCRIPTIONS) }, ...server });
    });
    return sendLoad({ port: server.port, requests, connections: SINGLE_CONNECTIONS });
  };
  const rounds: { readonly empty: number; readonly events: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const empty = await load('/empty');
    const events = await load('/events');
    if (round > 0) rounds.push({ empty: empty.perSecond, events: events.perSecond });
  }
  return {
    name: 'single durable POST / empty handler of the same server',
    value: median(rounds.map(({ empty, events }) => events / empty)),
    target: 0.4,
    isBetterWhen: 'higher',
    baseline: `${perSecond(median(rounds.map(({ events }) => events)))} / ${perSecond(median(rounds.map(({ empty }) => empty)))}`,
  };
}

async function measureUsage(eventsCount: number): Promise<readonly Finding[]> {
  const { few, many } = await usageLatencies({ few: 10_000, many: eventsCount });
  const p50 = (latencies: readonly number[]): number => percentile(latencies, 0.5);
  const shown = `${p50(many).toFixed(2)} ms / ${p50(few).toFixed(2)} ms`;
  return [
    {
      name: `current usage with ${String(eventsCount)} events / with 10000`,
      value: p50(many) / p50(few),
      target: 1.5,
      isBetterWhen: 'lower',
      baseline: shown,
    },
    {
      name: `current usage with ${String(eventsCount)} events, p99 in ms`,
      value: percentile(many, 0.99),
      target: 10,
      isBetterWhen: 'lower',
      baseline: `${String(many.length)} requests, one after the other`,
    },
  ];
}

function isFarOff({ value, target, isBetterWhen }: Finding): boolean {
  return isBetterWhen === 'higher' ? value < target / 2 : value > target * 2;
}

const findings = await withFolder((folder) =>
  withServer(folder, async (server) => {
    await createCatalogue(server, numberedSubscriptions(SUBSCRIPTIONS));
    return [await measureBatches(server), await measureSingles(server)];
  }),
);
findings.push(...(await measureUsage(process.argv.includes('--full') ? 10_000_000 : 300_000)));

for (const { name, value, target, isBetterWhen, baseline } of findings) {
  const sign = isBetterWhen === 'higher' ? '≥' : '≤';
  process.stdout.write(`${value.toFixed(2).padStart(6)}  (target ${sign} ${String(target)})  ${name}: ${baseline}\n`);
}
const farOff = findings.filter(isFarOff);
if (process.argv.includes('--check') && farOff.length > 0) {
  process.stdout.write(`far off their targets: ${farOff.map(({ name }) => name).join('; ')}\n`);
  process.exitCode = 1;
}
