import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDatabase } from '../../main/database/connections.ts';
import { EventIngestion } from '../../main/usage/index.ts';
import type { ServiceContext } from '../../main/service-context.ts';
import { Temporal } from '../../shared/dates.ts';
import { ORGANIZATION_ID } from '../support/billing-rows.ts';
import { silentLogger } from '../support/silent-logger.ts';

// Takes events in without end and says on standard output which ones it has acknowledged, until it is killed.
//   node ingesting-process.ts DATABASE_FILE PREFIX

const [file = '', prefix = ''] = process.argv.slice(2);
const database = await openDatabase(file, silentLogger);
const context = {
  database,
  clock: { now: () => Temporal.Instant.from('2023-05-10T10:00:00Z') },
  random: { uuid: randomUUID, bytes: () => new Uint8Array() },
  logger: silentLogger,
  organizationId: ORGANIZATION_ID,
} as unknown as ServiceContext;
const ingestion = new EventIngestion(context, () => Promise.resolve());

let sent = 0;
function nextEvent(id: string) {
  sent += 1;
  return {
    transaction_id: `${prefix}/${id}`,
    external_subscription_id: `s${String(sent % 7)}`,
    code: sent % 3 === 0 ? 'unknown' : 'volume',
    timestamp: 1_683_712_800 + sent,
    properties: { value: sent, region: sent % 2 === 0 ? 'eu' : 'us' },
  };
}

/** One pipe takes less than 4 kB as a whole, so that a line is either there or not. */
function acknowledge(ids: readonly string[]): void {
  writeSync(1, `${ids.join(' ')}\n`);
}

async function sendSingles(): Promise<never> {
  for (;;) {
    const taken = await ingestion.ingestEvent(nextEvent(`single-${String(sent)}`));
    if (taken.ok) acknowledge([taken.value.transactionId]);
  }
}

async function sendBatches(): Promise<never> {
  for (;;) {
    const batch = sent;
    const taken = await ingestion.ingestBatch({
      events: Array.from({ length: 20 }, (_, index) => nextEvent(`batch-${String(batch)}/${String(index)}`)),
    });
    if (taken.ok) acknowledge(taken.value.map((event) => event.transactionId));
  }
}

await Promise.all([...Array.from({ length: 8 }, sendSingles), ...Array.from({ length: 3 }, sendBatches)]);
