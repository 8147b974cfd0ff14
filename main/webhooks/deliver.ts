import type { Random } from '../ports/random.ts';
import type { Database } from '../database/connections.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { OutgoingHttp, OutgoingOutcome } from '../ports/outgoing-http.ts';
import type { Timer } from '../ports/timer.ts';
import {
  destinationOf,
  nextRetryMs,
  noteTry,
  readyDeliveries,
  type Destination,
  type TryOutcome,
  type WaitingDelivery,
} from './delivery-rows.ts';
import { signatureHeaders, type SigningKeys } from './signature.ts';

export const MAX_ATTEMPTS = 3;
/** At one endpoint. A slow receiver thus gets several objects at once; a quick one gets everything in order. */
const MAX_IN_FLIGHT = 8;
/** So long the next object waits for the answer about the one before. */
const PATIENCE_MS = 50;
/** After a failure that is our own (disk, keys), so long an endpoint is left alone. */
const REST_MS = 60_000;
const WHOLE_DRAW = 2 ** 32;

export interface DeliveryParts {
  readonly database: Database;
  /** The computer's own clock, also in a sandbox. */
  readonly systemClock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly logger: Logger;
  readonly http: OutgoingHttp;
  readonly keys: () => Promise<SigningKeys>;
  /** The program's own address. */
  readonly issuer: () => string;
}

/**
 * Sends one endpoint its messages from the table, in the order in which they were written; those of one object never overtake each other.
 * Each endpoint has a lane of its own, so that none waits for another. Rule: payments-and-webhooks.md § 10 "Delivery".
 */
export class DeliveryLane {
  readonly #endpointId: string;
  readonly #parts: DeliveryParts;
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #run: Promise<void> | null = null;
  #cancelRetry: () => void = () => undefined;
  #ring: () => void = () => undefined;
  #isRung = false;
  #isResting = false;
  /** A failure of our own while sending. */
  #failure: Error | null = null;

  constructor(endpointId: string, parts: DeliveryParts) {
    this.#endpointId = endpointId;
    this.#parts = parts;
  }

  /** Says that there may be something to send. */
  wake(): void {
    this.#isRung = true;
    this.#ring();
    if (this.#run !== null || this.#isResting || this.#isStopped()) return;
    this.#run = this.#work().finally(() => {
      this.#run = null;
      // Rung after the last look at the table.
      if (this.#isRung) this.wake();
    });
  }

  /** Resolves when nothing more can be sent at the moment. */
  async idle(): Promise<void> {
    while (this.#run !== null) await this.#run;
  }

  /** Gives up what is under way: it is sent again, under the same unique key, at the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancelRetry();
    this.#ring();
    await this.idle();
  }

  #isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #work(): Promise<void> {
    this.#cancelRetry();
    this.#failure = null;
    try {
      while (this.#isRung && !this.#isStopped()) {
        this.#isRung = false;
        await this.#sendAll();
      }
      if (!this.#isStopped()) this.#waitForRetry();
    } catch (error) {
      this.#parts.logger.error({ endpointId: this.#endpointId, error }, 'webhooks of an endpoint wait: they could not be sent');
      this.#rest();
    }
    await Promise.all(this.#inFlight.values());
  }

  async #sendAll(): Promise<void> {
    while (!this.#isStopped()) {
      if (this.#failure !== null) throw this.#failure;
      const rung = this.#nextRing();
      const next = this.#inFlight.size < MAX_IN_FLIGHT ? this.#nextDelivery() : null;
      if (next !== null) await this.#sendWithPatience(next);
      else if (this.#inFlight.size === 0) return;
      // A new message may be of an object that waits for nobody.
      else await Promise.race([...this.#inFlight.values(), rung]);
    }
  }

  /** Those under way are still in the table as they were: they are left out here. */
  #nextDelivery(): WaitingDelivery | null {
    const { database, systemClock } = this.#parts;
    const ready = readyDeliveries(database.read, this.#endpointId, { now: systemClock.now(), limit: MAX_IN_FLIGHT });
    return ready.find((delivery) => !this.#inFlight.has(delivery.id)) ?? null;
  }

  async #sendWithPatience(delivery: WaitingDelivery): Promise<void> {
    const sending = this.#send(delivery)
      .catch((error: unknown) => {
        this.#failure = asError(error);
      })
      .finally(() => {
        this.#inFlight.delete(delivery.id);
      });
    this.#inFlight.set(delivery.id, sending);
    let endPatience = (): void => undefined;
    const patience = new Promise<void>((resolve) => {
      endPatience = this.#parts.timer.after(PATIENCE_MS, resolve);
    });
    await Promise.race([sending, patience]);
    endPatience();
  }

  async #send(delivery: WaitingDelivery): Promise<void> {
    const { database, systemClock } = this.#parts;
    const destination = destinationOf(database.read, this.#endpointId);
    // Deleted meanwhile, and its messages with it.
    if (destination === null) return;
    const sentAt = systemClock.now();
    const outcome = await this.#post(destination, delivery);
    if (outcome.kind === 'failed' && outcome.failure === 'given_up') return;
    const triedAt = systemClock.now();
    const durationMs = Math.max(0, triedAt.epochMilliseconds - sentAt.epochMilliseconds);
    const tried = { attempts: delivery.attempts + 1, triedAt, random: this.#parts.random };
    const noted = { ...tryOutcome(outcome, tried), durationMs };
    await database.unitOfWork.write('note a webhook delivery', (tx) => {
      noteTry(tx, delivery.id, noted);
    });
  }

  async #post(destination: Destination, { id, payload }: WaitingDelivery): Promise<OutgoingOutcome> {
    const signature = signatureHeaders(await this.#parts.keys(), destination.signatureAlgo, {
      body: payload,
      issuer: this.#parts.issuer(),
    });
    const headers = { 'Content-Type': 'application/json', ...signature, 'X-Lago-Unique-Key': id };
    return this.#parts.http.post({ url: destination.webhookUrl, headers, body: payload, signal: this.#stopping.signal });
  }

  #waitForRetry(): void {
    const { database, systemClock, timer } = this.#parts;
    const atMs = nextRetryMs(database.read, this.#endpointId);
    if (atMs === null) return;
    this.#cancelRetry = timer.after(Math.max(1, atMs - systemClock.now().epochMilliseconds), () => this.wake());
  }

  #rest(): void {
    this.#isResting = true;
    this.#cancelRetry = this.#parts.timer.after(REST_MS, () => {
      this.#isResting = false;
      this.wake();
    });
  }

  #nextRing(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('sending failed', { cause: thrown });
}

/** What a try is noted as: any 2xx is a success, everything else is tried again until the last attempt. */
function tryOutcome(
  outcome: OutgoingOutcome,
  of: { readonly attempts: number; readonly triedAt: TryOutcome['triedAt']; readonly random: Random },
): Omit<TryOutcome, 'durationMs'> {
  const { attempts, triedAt } = of;
  const answer =
    outcome.kind === 'answered' ? { httpStatus: outcome.status, response: outcome.body } : { httpStatus: null, response: outcome.detail };
  const isReceived = outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
  if (isReceived) return { ...answer, attempts, triedAt, status: 'succeeded', nextTryAt: null };
  if (attempts >= MAX_ATTEMPTS) return { ...answer, attempts, triedAt, status: 'failed', nextTryAt: null };
  const milliseconds = retryWaitMs(attempts, of.random);
  return { ...answer, attempts, triedAt, status: 'retrying', nextTryAt: triedAt.add({ milliseconds }) };
}

/** n⁴ seconds, up to 15 % more so that not everything comes back at once, and 2 seconds: about 3, then 18. */
export function retryWaitMs(failedAttempts: number, random: Random): number {
  const growingMs = failedAttempts ** 4 * 1000;
  const draw = Buffer.from(random.bytes(4)).readUInt32BE();
  return growingMs + Math.floor((growingMs * 15 * draw) / (100 * WHOLE_DRAW)) + 2000;
}
