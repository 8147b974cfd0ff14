import { present } from '../../shared/assert.ts';
import { Temporal, type Instant } from '../../shared/dates.ts';
import { openDatabase, type Database } from '../database/connections.ts';
import { organizations } from '../database/tables/organizations.ts';
import { revokeAllApiKeys } from '../organization/index.ts';
import { forgetHomes, leaveProvidersBehind } from '../payments/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';
import type { ServiceContext } from '../service-context.ts';
import { muteCopiedEndpoints } from '../webhooks/index.ts';
import { readSetting, writeSetting } from '../workspace/index.ts';

export interface SandboxPorts {
  readonly systemClock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Makes copied books a sandbox that reaches nobody, its clock standing at the moment of the copy. An older schema is brought up to date. */
export async function becomeSandbox(file: string, ports: SandboxPorts): Promise<void> {
  const database = await openDatabase(file, ports.logger);
  try {
    const [organization] = await database.read.manager.find(organizations, { order: { sequence: 'ASC' }, take: 1 });
    const now = await momentOfBooks(database, ports.systemClock);
    const { random, logger } = ports;
    const organizationId = present(organization, 'a workspace has its organization').id;
    await seal({ database, clock: { now: () => now }, random, logger, organizationId }, now);
  } finally {
    await database.close();
  }
}

async function seal(context: ServiceContext, now: Instant): Promise<void> {
  await context.database.unitOfWork.write('become a sandbox', async (tx) => {
    await writeSetting(tx, 'sandbox', 'true');
    await writeSetting(tx, 'test_clock_ms', String(now.epochMilliseconds));
    // Copied while it was open: the first start reads every page.
    await writeSetting(tx, 'clean_stop', 'false');
    await muteCopiedEndpoints(context, tx);
    await leaveProvidersBehind(context, tx);
    await revokeAllApiKeys(context, tx);
  });
  await forgetHomes(context);
}

/** A copied sandbox stands where its original stood. */
async function momentOfBooks(database: Database, systemClock: Clock): Promise<Instant> {
  const stored = await readSetting(database.read, 'test_clock_ms');
  return stored === null ? systemClock.now() : Temporal.Instant.fromEpochMilliseconds(Number(stored));
}
