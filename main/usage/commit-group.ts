import { setImmediate as nextTurn } from 'node:timers/promises';
import { present } from '../../shared/assert.ts';
import { invalid, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { VALUE_ALREADY_EXIST } from '../../shared/wire/error-codes.ts';
import { DatabaseUnavailable, nameDatabaseError } from '../database/errors.ts';
import type { UsageEvent } from '../database/tables/events.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import type { NewEvent } from './event-input.ts';
import type { RollupUpkeep } from './rollups/rollup-upkeep.ts';
import { RollupWriter } from './rollups/rollup-writer.ts';
import { insertEvent, usageEventOf, type Reception, type StoredEvent } from './stored-event.ts';

/** Rows of one commit: enough to share the cost of reaching the disk, few enough to keep the writer free for others. */
const MAX_GROUP_ROWS = 500;

/** Why an event is refused whose transaction id was used before. */
export const DUPLICATE: FieldErrors = { transaction_id: [VALUE_ALREADY_EXIST] };

/** Called in the event's own transaction for each event of a code that some charge bills in advance. */
export type AdvanceEventHook = (tx: Transaction, event: UsageEvent) => Promise<void>;

/** The events of one request, kept together or not at all. */
export interface CommitRequest {
  readonly organizationId: string;
  readonly receivedAtMs: number;
  /** Null where an event was refused at the door: then nothing is kept, but duplicates among the others are still found. */
  readonly events: readonly (NewEvent | null)[];
}

export type CommitOutcome = { readonly stored: readonly StoredEvent[] } | { readonly duplicatePositions: readonly number[] };

interface WaitingRequest extends CommitRequest {
  readonly answer: (outcome: CommitOutcome) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Requests that arrive together share one commit; each is kept or taken back by itself and is answered once the commit is on disk.
 * There is no timer: a commit takes what has arrived when its turn comes, so a lone request waits for nobody, and the busier the
 * writer the larger the groups. Rule: reliability-and-security.md § 2 "Events counted once", "Throughput".
 */
export class CommitGroup {
  readonly #context: ServiceContext;
  readonly #onAdvanceEvent: AdvanceEventHook;
  readonly #upkeep: RollupUpkeep;
  readonly #rollups = new RollupWriter();
  #waiting: WaitingRequest[] = [];
  #isScheduled = false;

  constructor(context: ServiceContext, collaborators: { readonly onAdvanceEvent: AdvanceEventHook; readonly upkeep: RollupUpkeep }) {
    this.#context = context;
    this.#onAdvanceEvent = collaborators.onAdvanceEvent;
    this.#upkeep = collaborators.upkeep;
  }

  /** Resolves once the events are on disk, or once it is known that they are not kept. */
  submit(request: CommitRequest): Promise<CommitOutcome> {
    return new Promise((answer, fail) => {
      this.#waiting.push({ ...request, answer, fail });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      void this.#commitWaiting();
    });
  }

  async #commitWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      // After the sockets that are ready now have been read: what they bring goes along.
      await nextTurn();
      const group: WaitingRequest[] = [];
      try {
        const outcomes = await this.#context.database.unitOfWork.write('ingest events', (tx) => {
          group.push(...this.#takeWaiting());
          return this.#store(tx, group);
        });
        group.forEach((request, index) => outcomes[index]?.(request));
        void this.#upkeep.keepUp();
      } catch (error) {
        this.#rollups.forget();
        // A write that failed before its turn came has taken nobody yet: the machine refused, so those who wait are refused too.
        for (const request of group.length > 0 ? group : this.#takeWaiting()) request.fail(error);
      }
    }
    this.#isScheduled = false;
  }

  #takeWaiting(): readonly WaitingRequest[] {
    let rows = 0;
    const isOver = (request: WaitingRequest): boolean => (rows += request.events.length) > MAX_GROUP_ROWS;
    const over = this.#waiting.findIndex((request, index) => isOver(request) && index > 0);
    return this.#waiting.splice(0, over === -1 ? this.#waiting.length : over);
  }

  /** Stores every request of a group; the answers are given after the commit. */
  async #store(tx: Transaction, group: readonly WaitingRequest[]): Promise<readonly ((request: WaitingRequest) => void)[]> {
    const answers: ((request: WaitingRequest) => void)[] = [];
    this.#rollups.begin(tx);
    for (const request of group) {
      try {
        const outcome = await this.#storeRequest(tx, request);
        if ('duplicatePositions' in outcome) await this.#announceDuplicates(tx, request, outcome.duplicatePositions);
        answers.push(({ answer }) => answer(outcome));
      } catch (thrown) {
        const error = nameDatabaseError(thrown);
        if (error instanceof DatabaseUnavailable) throw error;
        answers.push(({ fail }) => fail(error));
      }
    }
    this.#rollups.flush(tx);
    return answers;
  }

  /** Told outside the request's savepoint: what is refused leaves nothing behind but this. */
  async #announceDuplicates(tx: Transaction, request: CommitRequest, positions: readonly number[]): Promise<void> {
    const { announce } = this.#context;
    if (announce === undefined) return;
    for (const position of positions) {
      const event = present(request.events[position], 'what was refused when it was stored was an event');
      const object = {
        status: 422,
        error: 'Unprocessable Entity',
        message: DUPLICATE,
        event: { ...event, receivedAtMs: request.receivedAtMs },
      };
      await announce(tx, { type: 'event.error', objectType: 'event_error', objectId: event.transactionId, object });
    }
  }

  #storeRequest(tx: Transaction, request: WaitingRequest): Promise<CommitOutcome> | CommitOutcome {
    const billsAtOnce = request.events.some(
      (event) => event !== null && this.#rollups.hasAdvanceCharge(request.organizationId, event.code),
    );
    return billsAtOnce ? this.#storeOneByOne(tx, request) : this.#storeTogether(tx, request);
  }

  /** Without a savepoint, which would copy every page that is touched: the rows of a refused request are the last ones of the table. */
  #storeTogether(tx: Transaction, request: WaitingRequest): CommitOutcome {
    const insertions = new Insertions(tx, this.#receptionOf(request));
    let isKept = false;
    try {
      for (const event of request.events) insertions.insertNext(event);
      isKept = insertions.result().ok;
    } finally {
      if (!isKept) insertions.takeBack();
    }
    const kept = insertions.result();
    if (!kept.ok) return insertions;
    for (const event of kept.value) this.#rollups.add(request.organizationId, event);
    return { stored: kept.value };
  }

  /** Each event is billed before the next one is there, as if they had come one after the other. */
  async #storeOneByOne(tx: Transaction, request: WaitingRequest): Promise<CommitOutcome> {
    // What the hook reads must hold every event so far, and what a failed request takes back must hold nobody else's.
    this.#rollups.flush(tx);
    const insertions = new Insertions(tx, this.#receptionOf(request));
    let isKept = false;
    try {
      const kept = await tx.savepoint(async () => {
        for (const event of request.events) {
          const stored = insertions.insertNext(event);
          if (stored === null) continue;
          this.#rollups.add(request.organizationId, stored);
          this.#rollups.flush(tx);
          await this.#onAdvanceEvent(tx, usageEventOf(stored, request.organizationId));
        }
        return insertions.result();
      });
      isKept = kept.ok;
      return kept.ok ? { stored: kept.value } : insertions;
    } finally {
      // What is remembered may name rows that the savepoint has taken back.
      if (!isKept) this.#rollups.restart(tx);
    }
  }

  #receptionOf(request: CommitRequest): Reception {
    const { random } = this.#context;
    return { organizationId: request.organizationId, receivedAtMs: request.receivedAtMs, newId: idsFrom(random.uuid()) };
  }
}

/** The ids of one request count up from the first, as RFC 9562 has it for UUIDs of one moment: to draw each would take longer than to store it. */
function idsFrom(first: string): () => string {
  const head = first.slice(0, 24);
  let tail = Number.parseInt(first.slice(24), 16);
  let id = first;
  return () => {
    const drawn = id;
    tail = (tail + 1) % 2 ** 48;
    id = head + tail.toString(16).padStart(12, '0');
    return drawn;
  };
}

/** The events of one request going in, until one of them shows that none is kept. */
class Insertions {
  readonly duplicatePositions: number[] = [];
  readonly #stored: StoredEvent[] = [];
  readonly #tx: Transaction;
  readonly #reception: Reception;
  #position = 0;
  #isRefused = false;

  constructor(tx: Transaction, reception: Reception) {
    this.#tx = tx;
    this.#reception = reception;
  }

  /** Null when the event is not stored, or will not stay. */
  insertNext(event: NewEvent | null): StoredEvent | null {
    const position = this.#position++;
    const stored = event === null ? null : insertEvent(this.#tx, this.#reception, event);
    if (event !== null && stored === null) this.duplicatePositions.push(position);
    if (stored === null) this.#isRefused = true;
    else this.#stored.push(stored);
    return this.#isRefused ? null : stored;
  }

  /** Removes what has been stored: nobody else has stored anything since. */
  takeBack(): void {
    const [first] = this.#stored;
    if (first !== undefined) this.#tx.statement('DELETE FROM "events" WHERE "sequence" >= ?').run(first.sequence);
  }

  /** A failed result takes the savepoint back. */
  result(): Result<readonly StoredEvent[]> {
    return this.#isRefused ? invalid({}) : ok(this.#stored);
  }
}
