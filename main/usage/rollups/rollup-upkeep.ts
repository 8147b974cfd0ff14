import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../database/connections.ts';
import type { Logger } from '../../ports/logger.ts';
import { keepUpRollups } from './build-rollups.ts';
import { definitionsVersion } from './definitions.ts';

/**
 * Brings rollups in line with metrics and charges that have changed, in small steps between other writes, so that neither events nor the
 * screen ever wait for it. Until it is done whoever reads usage gets it from the events.
 */
export class RollupUpkeep {
  readonly #database: Database;
  readonly #logger: Logger;
  #keptVersion: number | null = null;
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(database: Database, logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  /** Starts when something has changed since the last time; cheap to ask. Resolves when all is in line, or the upkeep was stopped. */
  keepUp(): Promise<void> {
    if (this.#running !== null) return this.#running;
    if (this.#isStopped || definitionsVersion(this.#database.read) === this.#keptVersion) return Promise.resolve();
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Ends after the step that is running. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isStopped) {
        await nextTurn();
        const version = definitionsVersion(this.#database.read);
        if (await this.#database.unitOfWork.write('keep up rollups', keepUpRollups)) continue;
        this.#keptVersion = version;
        return;
      }
    } catch (error) {
      // Usage is read from the events meanwhile; the next change, or the next start, tries again.
      this.#logger.error({ error }, 'rollups could not be kept up');
    }
  }
}
