import type { Database } from './database/connections.ts';
import type { Clock } from './ports/clock.ts';
import type { Logger } from './ports/logger.ts';
import type { Random } from './ports/random.ts';

/** What every service command and query is given: the books, the clock, randomness, and whose books they are. */
export interface ServiceContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly organizationId: string;
}
