import { Temporal, type Instant } from '../../shared/dates.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { LateWrites } from '../database/late-writes.ts';
import { countEventPosts, noteKeyUse, trimApiRequests } from '../database/lists/api-requests.ts';
import { deleteRows, findRow, insertRow, insertRows, type NewRow } from '../database/rows.ts';
import { apiRequests, requestLogSettings, type ApiRequest, type RequestLogSettings } from '../database/tables/logs.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { ServiceContext } from '../service-context.ts';
import type { AnsweredRequest } from './answered-request.ts';
import { keptBody, withoutSecrets } from './redact.ts';

export interface RequestLogParts {
  readonly context: ServiceContext;
  /** The computer's own clock, also in a sandbox. */
  readonly systemClock: Clock;
  readonly timer: Timer;
}

export type RequestLogChoice = Omit<RequestLogSettings, 'organizationId'>;

export const DEFAULT_CHOICE: RequestLogChoice = { storesBodies: false, keptDays: 7, keptRows: 10_000 };
/** So long calls gather before they are written. */
const GATHERING_MS = 1_000;
const HOUR_MS = 3_600_000;
/** A key's last use is stored at most this often. */
const KEY_USE_EVERY_MS = 60_000;
const MAX_KEPT_PATH = 2_000;

type Note =
  | { readonly kind: 'call'; readonly row: NewRow<ApiRequest> }
  | { readonly kind: 'event_post'; readonly hourAtMs: number }
  | { readonly kind: 'key_use'; readonly apiKeyId: string; readonly at: Instant };

/**
 * Keeps calls of the public API for whoever looks for a mistake in their own program. Written in batches beside the calls; accepted posts of
 * events are only counted, so that ingestion is as fast as without. Rule: ui.md § 4.11 "Requests".
 */
export class RequestLog {
  readonly #parts: RequestLogParts;
  readonly #notes: LateWrites<Note>;
  readonly #keyUsedAtMs = new Map<string, number>();
  #choice: RequestLogChoice;
  #eventPosts = new Map<number, number>();
  #isClosed = false;

  constructor(parts: RequestLogParts) {
    this.#parts = parts;
    const { database, logger, organizationId } = parts.context;
    this.#choice = findRow(database.read, requestLogSettings, { organizationId }) ?? DEFAULT_CHOICE;
    this.#notes = new LateWrites<Note>({
      name: 'note calls of the API',
      unitOfWork: database.unitOfWork,
      logger,
      later: (work) => parts.timer.after(GATHERING_MS, work),
      write: (tx, notes) => this.#write(tx, notes),
    });
  }

  get settings(): RequestLogChoice {
    const { storesBodies, keptDays, keptRows } = this.#choice;
    return { storesBodies, keptDays, keptRows };
  }

  /** Whether notes should carry what was sent and answered. */
  get keepsBodies(): boolean {
    return this.#choice.storesBodies;
  }

  /** Takes a call that was answered. Costs next to nothing for an accepted post of events. */
  note(call: AnsweredRequest): void {
    if (this.#isClosed) return;
    const apiKeyId = call.key?.id ?? null;
    if (apiKeyId !== null) this.#noteKeyUse(apiKeyId, call.beganAt);
    if (call.isEventPost && call.refusal === null) this.#countEventPost(call.beganAt.epochMilliseconds);
    else this.#notes.add({ kind: 'call', row: rowOf(call) });
  }

  /** Resolves when everything noted so far can be read. */
  flush(): Promise<void> {
    return this.#notes.flush();
  }

  /** Writes what is left, and takes no more. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.flush();
  }

  async find(id: string): Promise<Result<ApiRequest>> {
    await this.flush();
    const found = findRow(this.#parts.context.database.read, apiRequests, { id });
    return found === null ? notFound('request') : ok(found);
  }

  /** Changes what is kept; what is kept no more goes at once. */
  async changeSettings(change: Partial<RequestLogChoice>): Promise<RequestLogChoice> {
    const { organizationId, database } = this.#parts.context;
    const choice = { ...this.settings, ...change };
    await database.unitOfWork.write('change what is kept of calls', async (tx) => {
      await deleteRows(tx, requestLogSettings, { organizationId });
      await insertRow(tx, requestLogSettings, { organizationId, ...choice });
      this.#trim(tx, choice);
    });
    this.#choice = choice;
    return this.settings;
  }

  #countEventPost(atMs: number): void {
    const hourAtMs = atMs - (atMs % HOUR_MS);
    const counted = this.#eventPosts.get(hourAtMs) ?? 0;
    this.#eventPosts.set(hourAtMs, counted + 1);
    // One note for all posts of a batch: the count is read when it is written.
    if (counted === 0) this.#notes.add({ kind: 'event_post', hourAtMs });
  }

  #noteKeyUse(apiKeyId: string, at: Instant): void {
    const lastMs = this.#keyUsedAtMs.get(apiKeyId);
    if (lastMs !== undefined && at.epochMilliseconds - lastMs < KEY_USE_EVERY_MS) return;
    this.#keyUsedAtMs.set(apiKeyId, at.epochMilliseconds);
    this.#notes.add({ kind: 'key_use', apiKeyId, at });
  }

  async #write(tx: Transaction, notes: readonly Note[]): Promise<void> {
    const rows: NewRow<ApiRequest>[] = [];
    for (const note of notes) {
      if (note.kind === 'call') rows.push(note.row);
      else if (note.kind === 'key_use') noteKeyUse(tx, note.apiKeyId, note.at);
    }
    await insertRows(tx, apiRequests, rows);
    const posts = this.#eventPosts;
    this.#eventPosts = new Map();
    for (const [hourAtMs, count] of posts) countEventPosts(tx, hourAtMs, count);
    this.#trim(tx, this.#choice);
  }

  #trim(tx: Transaction, choice: RequestLogChoice): void {
    const since = this.#parts.systemClock.now().subtract({ hours: 24 * choice.keptDays });
    trimApiRequests(tx, { since, rows: choice.keptRows });
  }
}

function rowOf(call: AnsweredRequest): NewRow<ApiRequest> {
  const { refusal } = call;
  const code = refusal?.['code'];
  return {
    id: call.id,
    occurredAt: Temporal.Instant.fromEpochMilliseconds(call.beganAt.epochMilliseconds),
    method: call.method,
    path: call.path.slice(0, MAX_KEPT_PATH),
    query: String(withoutSecrets(call.query)).slice(0, MAX_KEPT_PATH),
    status: call.status,
    durationMs: call.durationMs,
    apiKeyId: call.key?.id ?? null,
    callerName: call.key?.name ?? null,
    errorCode: typeof code === 'string' ? code : null,
    errorDetails: withoutSecrets(refusal?.['error_details'] ?? null),
    requestBody: keptBody(call.sent),
    responseBody: keptBody(call.answered),
  };
}
