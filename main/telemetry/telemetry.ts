import { isBefore, laterOf, type Instant } from '../../shared/dates.ts';
import type { TelemetryMessage, TelemetryResult, TelemetryVariable } from '../../shared/internal/telemetry.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRow, insertRow, updateRows } from '../database/rows.ts';
import { telemetryMessages, telemetrySettings, type SentTelemetry, type TelemetrySettings } from '../database/tables/telemetry.ts';
import { trimTelemetry } from '../database/telemetry-queries.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutgoingHttp, OutgoingOutcome } from '../ports/outgoing-http.ts';
import type { Timer } from '../ports/timer.ts';
import type { ServiceContext } from '../service-context.ts';
import { composeMessage } from './compose-message.ts';

/** Looked at so often: a computer that slept for days is not behind by more. */
const LOOK_EVERY_MS = 3_600_000;
const DAY_HOURS = 24;
/** Between the first sight of the switch and the first message: time to use it. */
const THINKING_HOURS = 1;
const TIME_LIMIT_MS = 3_000;
const KEPT_MESSAGES = 200;
const ID_BYTES = 16;

/** What the host knows about telemetry. */
export interface TelemetryChoice {
  /** Set when the program was built; null: nothing is ever sent. */
  readonly collectorUrl: string | null;
  readonly host: TelemetryMessage['host'];
  /** What holds the switch at "off". */
  readonly enforcedBy: TelemetryVariable | null;
}

/** Of a host that says nothing about it. */
export const NO_TELEMETRY: TelemetryChoice = { collectorUrl: null, host: 'headless', enforcedBy: null };

export interface TelemetryState extends TelemetryChoice {
  readonly isOn: boolean;
  readonly isSandbox: boolean;
  readonly announcedAt: Instant | null;
  /** When the next message goes at the earliest; null when none does. */
  readonly nextAt: Instant | null;
  readonly installationId: string;
  readonly example: TelemetryMessage;
}

interface TelemetryParts {
  readonly context: ServiceContext;
  /** The computer's own clock. */
  readonly systemClock: Clock;
  readonly timer: Timer;
  readonly http: OutgoingHttp;
  readonly choice: TelemetryChoice;
  readonly isSandbox: boolean;
}

/**
 * Tells the collector once a day how much this program is used, unless somebody does not want that. What goes out is on disk before, word for
 * word; a failure is noted and told to nobody. Rule: reliability-and-security.md § 7 "Telemetry".
 */
export class Telemetry {
  readonly #parts: TelemetryParts;
  #firstInstallationId: string | null = null;
  #cancelLook: () => void = () => undefined;
  #sending: Promise<void> | null = null;
  #giveUp: () => void = () => undefined;
  #isStopped = false;

  constructor(parts: TelemetryParts) {
    this.#parts = parts;
  }

  /** Begins to look whether a message is due. */
  start(): void {
    if (this.#collector() === null) return;
    this.#look();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelLook();
    this.#giveUp();
    await this.#sending;
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.#sending;
  }

  state(): TelemetryState {
    const { context, choice, isSandbox } = this.#parts;
    const settings = this.#settings(context.database.read);
    const { isOn, announcedAt, installationId } = settings;
    const example = composeMessage(context.database.read, { installationId, host: choice.host });
    return { ...choice, isOn, isSandbox, announcedAt, installationId, example, nextAt: this.#dueAt(settings) };
  }

  /** What was sent, newest first. */
  messages(): Promise<SentTelemetry[]> {
    return this.#parts.context.database.read.manager.find(telemetryMessages, { order: { sequence: 'DESC' } });
  }

  /** Notes that the switch was shown; the first time counts. */
  announce(): Promise<void> {
    return this.#change('note that telemetry was announced', ({ announcedAt }) => ({
      announcedAt: announcedAt ?? this.#parts.systemClock.now(),
    }));
  }

  /** Off is off at once: what is on its way is given up. */
  async switchTo(isOn: boolean): Promise<void> {
    if (!isOn) this.#giveUp();
    await this.#change('switch telemetry', () => ({ isOn }));
    if (!isOn) this.#giveUp();
  }

  /** Nobody can tell that the messages before and after came from the same place. */
  resetInstallationId(): Promise<void> {
    return this.#change('reset the installation id', () => ({ installationId: this.#drawInstallationId() }));
  }

  #look(): void {
    if (this.#isStopped) return;
    this.#cancelLook = this.#parts.timer.after(LOOK_EVERY_MS, () => this.#look());
    this.#sending ??= this.#sendIfDue().finally(() => {
      this.#sending = null;
    });
  }

  async #sendIfDue(): Promise<void> {
    const { logger, database } = this.#parts.context;
    try {
      if (!this.#isDue(this.#settings(database.read))) return;
      const stopping = new AbortController();
      this.#giveUp = () => stopping.abort();
      const message = await this.#write();
      if (message !== null) await this.#send(message, stopping);
    } catch (error) {
      // Books that cannot be written to say so themselves, louder.
      logger.info({ error }, 'telemetry could not be noted');
    }
  }

  /** Notes the message and the try before anything leaves; null when it is not due any more. */
  #write(): Promise<SentMessage | null> {
    const { context, choice, systemClock } = this.#parts;
    return context.database.unitOfWork.write('note a telemetry message', async (tx) => {
      const settings = this.#settings(tx);
      if (!this.#isDue(settings)) return null;
      const body = JSON.stringify(composeMessage(tx, { installationId: settings.installationId, host: choice.host }));
      const sent = { id: context.random.uuid(), sentAt: systemClock.now(), body };
      // What a program that ended left behind.
      await updateRows(tx, telemetryMessages, { where: { result: 'sending' }, set: { result: 'given_up' } });
      await insertRow(tx, telemetryMessages, { ...sent, result: 'sending', httpStatus: null });
      trimTelemetry(tx, KEPT_MESSAGES);
      await this.#store(tx, { ...settings, lastTryAt: sent.sentAt });
      return sent;
    });
  }

  async #send({ id, body }: SentMessage, stopping: AbortController): Promise<void> {
    const { context, http, timer, choice } = this.#parts;
    const url = choice.collectorUrl;
    let isLate = false;
    const endTimeLimit = timer.after(TIME_LIMIT_MS, () => {
      isLate = true;
      stopping.abort();
    });
    const headers = { 'Content-Type': 'application/json' };
    const outcome = url === null || stopping.signal.aborted ? null : await http.post({ url, headers, body, signal: stopping.signal });
    endTimeLimit();
    const result = resultOf(outcome, isLate);
    const httpStatus = outcome?.kind === 'answered' ? outcome.status : null;
    await context.database.unitOfWork.write('note what became of a telemetry message', (tx) =>
      updateRows(tx, telemetryMessages, { where: { id }, set: { result, httpStatus } }),
    );
  }

  /** Where messages may go at all; null when none may, whatever the switch says. */
  #collector(): string | null {
    const { choice, isSandbox } = this.#parts;
    return isSandbox || choice.enforcedBy !== null ? null : choice.collectorUrl;
  }

  #dueAt({ isOn, announcedAt, lastTryAt }: TelemetrySettings): Instant | null {
    if (!isOn || announcedAt === null || this.#collector() === null) return null;
    const thoughtOver = announcedAt.add({ hours: THINKING_HOURS });
    return lastTryAt === null ? thoughtOver : laterOf(thoughtOver, lastTryAt.add({ hours: DAY_HOURS }));
  }

  #isDue(settings: TelemetrySettings): boolean {
    const dueAt = this.#dueAt(settings);
    return !this.#isStopped && dueAt !== null && !isBefore(this.#parts.systemClock.now(), dueAt);
  }

  #settings(db: ReadDatabase): TelemetrySettings {
    const { organizationId } = this.#parts.context;
    const known = findRow(db, telemetrySettings, { organizationId });
    if (known !== null) return known;
    // What a page shows before anything is stored stays the same until it is.
    this.#firstInstallationId ??= this.#drawInstallationId();
    return { organizationId, isOn: true, installationId: this.#firstInstallationId, announcedAt: null, lastTryAt: null };
  }

  #change(name: string, change: (settings: TelemetrySettings) => Partial<TelemetrySettings>): Promise<void> {
    return this.#parts.context.database.unitOfWork.write(name, async (tx) => {
      const settings = this.#settings(tx);
      await this.#store(tx, { ...settings, ...change(settings) });
    });
  }

  async #store(tx: Transaction, settings: TelemetrySettings): Promise<void> {
    await deleteRows(tx, telemetrySettings, { organizationId: settings.organizationId });
    await insertRow(tx, telemetrySettings, settings);
  }

  /** No UUID of the port's: those begin with the time at which they were drawn. */
  #drawInstallationId(): string {
    return Buffer.from(this.#parts.context.random.bytes(ID_BYTES)).toString('hex');
  }
}

type SentMessage = Pick<SentTelemetry, 'id' | 'body'>;

/** No redirect is followed: it is an answer like any other that is no 2xx. */
function resultOf(outcome: OutgoingOutcome | null, isLate: boolean): TelemetryResult {
  if (outcome?.kind === 'answered') return outcome.status >= 200 && outcome.status < 300 ? 'received' : 'refused';
  if (isLate || outcome?.failure === 'timeout') return 'timeout';
  return outcome === null || outcome.failure === 'given_up' ? 'given_up' : 'unreachable';
}
