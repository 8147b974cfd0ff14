import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { Page } from '../../shared/page.ts';
import type { Instant } from '../../shared/dates.ts';
import type { FieldErrors, Result } from '../../shared/result.ts';
import { JobQueue, type JobHandler } from '../jobs/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import type { ServiceContext } from '../service-context.ts';
import { cancelPayments } from './cancel-payment.ts';
import { checkPayment } from './check-payment.ts';
import { collectInvoice } from './collect-invoice.ts';
import { ProviderUnavailable, realNow, type PaymentDesk } from './desk.ts';
import { dueChecks, nextDueAt, type DueCheck } from './due-checks.ts';
import { KeyedLocks } from './keyed-locks.ts';
import { checkLink, closeLink, createPaymentLink, type HostedLink } from './payment-links.ts';
import * as providers from './payment-providers.ts';
import type { Pass } from './poll-events.ts';
import { syncProviderCustomer } from './provider-customers.ts';
import { takeStoredEvent } from './provider-events.ts';
import { receiveWebhook, type ReceivedWebhook } from './receive-webhook.ts';
import { reconcileProvider } from './reconcile.ts';
import { checkRefund, refundCreditNote } from './refunds.ts';
import { announceCheckoutLink, createCheckoutLink, type CheckoutLink } from './setup-links.ts';
import { testConnection, type Connection } from './test-connection.ts';
import { ENVIRONMENT_PROVIDER_CODE, StripeAccounts, type StripeSettings } from './stripe/stripe-accounts.ts';

export interface PaymentsParts {
  readonly context: ServiceContext;
  /** The computer's own clock, also in a sandbox. */
  readonly systemClock: Clock;
  readonly timer: Timer;
  readonly settings: StripeSettings;
  readonly isSandbox: boolean;
  /** The workspace's folder: books that were copied elsewhere first ask Stripe what it knows. */
  readonly folder: string;
}

/** The longest that nothing is looked at: a computer that slept is noticed this soon. */
const HEARTBEAT_MS = 60_000;
/** A heartbeat that comes so late means that the computer slept. */
const SLEPT_MS = 3 * HEARTBEAT_MS;
/** Without webhooks a new card or a refund is seen this soon. */
const PASS_EVERY_MS = 15 * 60_000;
const CHECKS_AT_ONCE = 50;

/** The machine of payments: its jobs, what is open and due, and what people ask of the provider. */
export class Payments {
  readonly #parts: PaymentsParts;
  readonly #desk: PaymentDesk;
  readonly #jobs: JobQueue;
  #cancelTimer: () => void = () => undefined;
  #work: Promise<void> = Promise.resolve();
  #lastBeatAt: Instant | null = null;
  #lastPassAt: Instant | null = null;
  #state: 'resting' | 'running' | 'stopped' = 'resting';

  constructor(parts: PaymentsParts) {
    this.#parts = parts;
    const { context, systemClock, settings } = parts;
    const accounts = new StripeAccounts(context, settings);
    this.#desk = { context, systemClock, accounts, locks: new KeyedLocks(), home: homeOf(parts.folder) };
    const { database, logger } = context;
    this.#jobs = new JobQueue({ database, logger, handlers: this.#handlers(), attemptsPerRun: Number.POSITIVE_INFINITY });
    accounts.onOnlineAgain(() => {
      this.#lastPassAt = null;
      this.#plan();
    });
  }

  /** Before anything is asked: the provider of the environment has its row. */
  async open(): Promise<void> {
    await providers.keepEnvironmentProvider(this.#desk, ENVIRONMENT_PROVIDER_CODE);
  }

  /** Begins to work by itself: jobs at once, and a first pass over everything that is open. */
  start(): void {
    this.#state = 'running';
    this.#jobs.start();
    this.#beat();
  }

  /** Says that a commit may have written jobs. */
  nudge(): void {
    this.#jobs.nudge();
  }

  /** No new work begins; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#cancelTimer();
    await this.#jobs.stop();
    await this.#work;
  }

  /** Does every job that waits and every look that is due now, and what they cause: for whoever lets nothing happen by itself. */
  async settle(): Promise<void> {
    await this.#jobs.drain();
    await this.#checkDue();
    await this.#jobs.drain();
  }

  listProviders(page: Page): ReturnType<typeof providers.listProviders> {
    return providers.listProviders(this.#desk, page);
  }

  findProvider(code: string): Promise<Result<providers.ProviderView>> {
    return providers.findProvider(this.#desk, code);
  }

  saveProvider(code: string, input: providers.ProviderInput, refused: FieldErrors): Promise<Result<providers.ProviderView>> {
    const { isSandbox } = this.#parts;
    return this.#desk.locks.run(`provider:${code}`, () => providers.saveProvider(this.#desk, { code, input, isSandbox }, refused));
  }

  deleteProvider(code: string): Promise<Result<providers.ProviderView>> {
    return providers.deleteProvider(this.#desk, code);
  }

  /** Asks a provider one cheap question with the key that is kept. */
  testConnection(code: string): Promise<Result<Connection>> {
    return testConnection(this.#desk, code);
  }

  /** Whether the environment gives a provider's key, which then is not stored here. */
  isKeyOfEnvironment(code: string): boolean {
    return this.#desk.accounts.environmentKey(code) !== null;
  }

  /** One pass over everything that is open with a provider, and what it makes collectable. */
  async reconcile(code: string): Promise<Result<Pass>> {
    const passed = await reconcileProvider(this.#desk, code);
    if (passed.ok) await this.#jobs.drain();
    return passed;
  }

  createCheckoutLink(externalCustomerId: string): Promise<Result<CheckoutLink>> {
    return createCheckoutLink(this.#desk, externalCustomerId);
  }

  createPaymentLink(invoiceId: string): Promise<Result<HostedLink>> {
    return createPaymentLink(this.#desk, invoiceId);
  }

  receiveWebhook(received: ReceivedWebhook): Promise<Result<null>> {
    return receiveWebhook(this.#desk, received);
  }

  #handlers(): Readonly<Record<string, JobHandler>> {
    const handlers: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
      collect_invoice: (id) => collectInvoice(this.#desk, id),
      cancel_payment: (id) => cancelPayments(this.#desk, id),
      close_payment_link: (id) => closeLink(this.#desk, id),
      provider_customer: (id) => syncProviderCustomer(this.#desk, id),
      provider_setup_link: (id) => announceCheckoutLink(this.#desk, id),
      provider_refund: (id) => refundCreditNote(this.#desk, id),
      provider_event: (id) => takeStoredEvent(this.#desk, id),
    };
    const planned = Object.entries(handlers).map(([kind, work]): readonly [string, JobHandler] => [
      kind,
      async (id) => {
        try {
          await work(id);
        } finally {
          this.#plan();
        }
      },
    ]);
    return Object.fromEntries(planned);
  }

  async #checkDue(): Promise<void> {
    const due = dueChecks(this.#desk.context.database.read, realNow(this.#desk), CHECKS_AT_ONCE);
    for (const check of due) await this.#check(check);
  }

  async #check(check: DueCheck): Promise<void> {
    const { kind, id } = check;
    try {
      if (kind === 'payment') await checkPayment(this.#desk, id);
      else if (kind === 'refund') await checkRefund(this.#desk, id);
      else await checkLink(this.#desk, id);
    } catch (error) {
      if (!(error instanceof ProviderUnavailable)) throw error;
      this.#desk.context.logger.warn({ kind, id, error }, 'something open with a payment provider could not be looked at');
    }
  }

  /** One beat at a time: what is due, and now and then a pass over everything. */
  #beat(): void {
    this.#work = this.#work
      .then(() => this.#workThrough())
      .catch((error: unknown) => {
        this.#desk.context.logger.error({ error }, 'looking after payments failed; it is tried again in a minute');
      })
      .finally(() => {
        this.#lastBeatAt = realNow(this.#desk);
        this.#plan();
      });
  }

  async #workThrough(): Promise<void> {
    if (this.#isPassDue()) {
      this.#lastPassAt = realNow(this.#desk);
      await this.#passOverAll();
    }
    await this.#checkDue();
  }

  /** At the start, after sleep, when Stripe answers again, and every quarter of an hour. */
  #isPassDue(): boolean {
    const now = realNow(this.#desk).epochMilliseconds;
    const hasSlept = this.#lastBeatAt !== null && now - this.#lastBeatAt.epochMilliseconds > SLEPT_MS;
    return this.#lastPassAt === null || hasSlept || now - this.#lastPassAt.epochMilliseconds >= PASS_EVERY_MS;
  }

  async #passOverAll(): Promise<void> {
    for (const { provider } of await providers.allProviders(this.#desk)) {
      if (this.#state === 'stopped') return;
      await reconcileProvider(this.#desk, provider.code);
    }
  }

  /** Wakes when the next thing is due, at the latest in a minute. */
  #plan(): void {
    if (this.#state !== 'running') return;
    this.#cancelTimer();
    const now = realNow(this.#desk);
    const next = nextDueAt(this.#desk.context.database.read) ?? now.add({ milliseconds: HEARTBEAT_MS });
    const waitMs = Math.min(Math.max(next.epochMilliseconds - now.epochMilliseconds, LEAST_WAIT_MS), HEARTBEAT_MS);
    this.#cancelTimer = this.#parts.timer.after(this.#lastPassAt === null ? LEAST_WAIT_MS : waitMs, () => {
      this.#beat();
    });
  }
}

/** Something that stays due because it cannot be done is not done in a loop. */
const LEAST_WAIT_MS = 200;

/** Names the machine and the folder without telling them. */
function homeOf(folder: string): string {
  return createHash('sha256').update(`${hostname()}\n${folder}`).digest('hex');
}
