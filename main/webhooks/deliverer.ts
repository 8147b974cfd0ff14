import { DeliveryLane, type DeliveryParts } from './deliver.ts';
import { deleteSettledBefore, endpointIds } from './delivery-rows.ts';

const KEPT_HOURS = 90 * 24;
const ROWS_PER_DELETION = 1_000;
const DAY_MS = 24 * 3_600_000;

export interface DelivererParts extends DeliveryParts {
  readonly organizationId: string;
}

/** Sends what transactions have left in the table, one lane for each endpoint, and throws away what is 90 days old. */
export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #lanes = new Map<string, DeliveryLane>();
  #state: 'resting' | 'running' | 'stopped' = 'resting';
  #isWakeAsked = false;
  #cleaning: Promise<void> = Promise.resolve();
  #cancelCleaning: () => void = () => undefined;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
  }

  /** Goes on with what an earlier run left. */
  start(): void {
    this.#state = 'running';
    this.wake();
    this.#cleanDaily();
  }

  /** Says that a commit has left messages. Never throws: it is called between a commit and its answer. */
  wake(): void {
    if (this.#state !== 'running' || this.#isWakeAsked) return;
    this.#isWakeAsked = true;
    setImmediate(() => {
      this.#isWakeAsked = false;
      this.#wakeLanes();
    });
  }

  /** Resolves when what can be sent now was sent. */
  async idle(): Promise<void> {
    while (this.#isWakeAsked) await new Promise(setImmediate);
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  /** Gives up what is under way; it is sent again at the next start. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#cancelCleaning();
    await Promise.all([this.#cleaning, ...[...this.#lanes.values()].map((lane) => lane.stop())]);
  }

  #wakeLanes(): void {
    if (this.#state !== 'running') return;
    const { database, organizationId, logger } = this.#parts;
    try {
      const ids = endpointIds(database.read, organizationId);
      for (const [id, lane] of this.#lanes) {
        if (ids.includes(id)) continue;
        this.#lanes.delete(id);
        void lane.stop();
      }
      for (const id of ids) this.#laneOf(id).wake();
    } catch (error) {
      logger.error({ error }, 'webhooks wait: their endpoints could not be read');
    }
  }

  #laneOf(endpointId: string): DeliveryLane {
    const known = this.#lanes.get(endpointId);
    if (known !== undefined) return known;
    const lane = new DeliveryLane(endpointId, this.#parts);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  #cleanDaily(): void {
    this.#cleaning = this.#clean();
    this.#cancelCleaning = this.#parts.timer.after(DAY_MS, () => this.#cleanDaily());
  }

  async #clean(): Promise<void> {
    const { database, systemClock, logger } = this.#parts;
    const before = systemClock.now().subtract({ hours: KEPT_HOURS });
    try {
      for (let deleted = ROWS_PER_DELETION; deleted === ROWS_PER_DELETION && this.#state === 'running';) {
        deleted = await database.unitOfWork.write('throw old webhooks away', (tx) => deleteSettledBefore(tx, before, ROWS_PER_DELETION));
      }
    } catch (error) {
      logger.error({ error }, 'old webhooks could not be thrown away; it is tried again tomorrow');
    }
  }
}
