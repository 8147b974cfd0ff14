import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../../shared/dates.ts';
import { AmountOutOfRange } from '../../shared/money.ts';
import { readCustomer } from '../customers/index.ts';
import type { ChangedEntity } from '../database/change-notices.ts';
import type { Database } from '../database/connections.ts';
import { customersOfArrivals, customersOfSubscriptions, customersWithSubscriptions, newestEvent } from '../database/home-queries.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { rememberWithin } from '../database/remembered.ts';
import type { ServiceContext } from '../service-context.ts';
import { readNextFees, type NextFees } from '../subscriptions/index.ts';
import { readRunningUsage, type RunningUsage } from '../usage/index.ts';

/** After so much work a call answers with what there is. */
const BUDGET_MS = 180;
/** Longer than this nothing is kept, whatever has happened. */
const KEPT_MS = 3_600_000;
/** More new events than these make everything be read again: looking each one up would take longer. */
const MAX_NEW_EVENTS = 200_000;
const MAX_CHANGED_SUBSCRIPTIONS = 1000;
/** What these say goes into the amounts of many customers. */
const SHARED_ENTITIES: ReadonlySet<string> = new Set(['plan', 'billable_metric', 'tax', 'organization']);

/** What a customer's active subscriptions come to. */
export interface CustomerAmounts {
  readonly customerId: string;
  readonly usages: readonly RunningUsage[];
  readonly next: readonly NextFees[];
  /** Usage of absurd size: it fits no invoice, and no sum. */
  readonly isOutOfRange: boolean;
}

interface Kept {
  readonly amounts: CustomerAmounts;
  /** From then on another period runs. */
  readonly untilMs: number;
  readonly generation: number;
}

export interface RunningView {
  readonly customers: readonly CustomerAmounts[];
  readonly subscriptionsCount: number;
  /** Active subscriptions whose amounts are not of now. */
  readonly outdatedCount: number;
}

/**
 * The running amounts of every customer, kept until an event, a change of the books or a new period makes them another: what is asked for often
 * costs only what has changed. A call that finds too much to do leaves the rest as it was, says how much, and the next one goes on.
 */
export class RunningBooks {
  static readonly #all = new WeakMap<Database, RunningBooks>();

  readonly #context: ServiceContext;
  readonly #kept = new Map<string, Kept>();
  readonly #outdated = new Set<string>();
  readonly #changedSubscriptions = new Set<string>();
  #generation = 0;
  #lastEvent = 0;
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(context: ServiceContext) {
    this.#context = context;
    this.#lastEvent = newestEvent(context.database.read);
    context.database.changes.subscribe((changes) => {
      this.#noteChanges(changes);
    });
  }

  /** The one of these books. */
  static of(context: ServiceContext): RunningBooks {
    const known = RunningBooks.#all.get(context.database);
    if (known !== undefined) return known;
    const books = new RunningBooks(context);
    RunningBooks.#all.set(context.database, books);
    return books;
  }

  /** The amounts as of now, as far as they can be had within the budget. Calls take turns. */
  read(budgetMs = BUDGET_MS): Promise<RunningView> {
    const turn = this.#turn.then(() => this.#read(budgetMs));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(budgetMs: number): Promise<RunningView> {
    const { database, organizationId, clock } = this.#context;
    this.#noteArrivals();
    this.#noteSubscriptions();
    const owners = customersWithSubscriptions(database.read, organizationId);
    this.#forgetOthers(new Set(owners.map(({ customerId }) => customerId)));
    await this.#bringUpToDate(owners, budgetMs);
    const now = clock.now();
    const outdated = owners.filter(({ customerId }) => !this.#isOfNow(customerId, now));
    const count = (of: typeof owners): number => of.reduce((sum, { subscriptions }) => sum + subscriptions, 0);
    return {
      customers: owners.flatMap(({ customerId }) => this.#kept.get(customerId)?.amounts ?? []),
      subscriptionsCount: count(owners),
      outdatedCount: count(outdated),
    };
  }

  /** First those that were never read, then the others, until the budget is used up; at least one. */
  async #bringUpToDate(owners: readonly { readonly customerId: string }[], budgetMs: number): Promise<void> {
    const { database, clock } = this.#context;
    const started = performance.now();
    const now = clock.now();
    const generation = this.#generation;
    const waiting = owners.map(({ customerId }) => customerId).filter((id) => !this.#isOfNow(id, now));
    waiting.sort((one, other) => Number(this.#kept.has(one)) - Number(this.#kept.has(other)));
    // One view of plans and taxes for the whole call: what changes meanwhile makes another generation.
    const db: ReadDatabase = { ...database.read };
    rememberWithin(db);
    for (const customerId of waiting) {
      this.#outdated.delete(customerId);
      this.#kept.set(customerId, { ...(await this.#compute(db, customerId, now)), generation });
      if (performance.now() - started >= budgetMs) return;
      await nextTurn();
    }
  }

  async #compute(db: ReadDatabase, customerId: string, now: Instant): Promise<Omit<Kept, 'generation'>> {
    const customer = await readCustomer(db, customerId);
    const context = { ...this.#context, database: { ...this.#context.database, read: db } };
    try {
      const usages = await readRunningUsage(db, { customer, now });
      const next = await readNextFees(context, customer);
      const ends = next.map(({ at }) => at.epochMilliseconds).filter((ms) => ms > now.epochMilliseconds);
      return { amounts: { customerId, usages, next, isOutOfRange: false }, untilMs: Math.min(...ends, now.epochMilliseconds + KEPT_MS) };
    } catch (error) {
      if (!(error instanceof AmountOutOfRange)) throw error;
      return { amounts: { customerId, usages: [], next: [], isOutOfRange: true }, untilMs: now.epochMilliseconds + KEPT_MS };
    }
  }

  #isOfNow(customerId: string, now: Instant): boolean {
    const kept = this.#kept.get(customerId);
    if (kept === undefined || kept.generation !== this.#generation || this.#outdated.has(customerId)) return false;
    return now.epochMilliseconds < kept.untilMs;
  }

  #noteChanges(changes: readonly ChangedEntity[]): void {
    for (const { entity, id } of changes) {
      if (SHARED_ENTITIES.has(entity)) this.#generation += 1;
      else if (entity === 'customer') this.#outdated.add(id);
      else if (entity === 'subscription') this.#changedSubscriptions.add(id);
    }
    if (this.#changedSubscriptions.size <= MAX_CHANGED_SUBSCRIPTIONS) return;
    this.#changedSubscriptions.clear();
    this.#generation += 1;
  }

  #noteSubscriptions(): void {
    if (this.#changedSubscriptions.size === 0) return;
    const customerIds = customersOfSubscriptions(this.#context.database.read, [...this.#changedSubscriptions]);
    this.#changedSubscriptions.clear();
    for (const id of customerIds) this.#outdated.add(id);
  }

  #noteArrivals(): void {
    const { read } = this.#context.database;
    const span = { after: this.#lastEvent, until: newestEvent(read) };
    this.#lastEvent = span.until;
    // Fewer than before: the books were emptied.
    if (span.until < span.after || span.until - span.after > MAX_NEW_EVENTS) this.#generation += 1;
    else if (span.until > span.after) for (const id of customersOfArrivals(read, span)) this.#outdated.add(id);
  }

  #forgetOthers(owners: ReadonlySet<string>): void {
    for (const id of this.#kept.keys()) if (!owners.has(id)) this.#kept.delete(id);
  }
}
