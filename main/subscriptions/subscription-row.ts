import { startOfDay, Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { PlanTerms, SubscriptionTerms } from '../billing/facts.ts';
import { firstBillingDate, trialEnd } from '../billing/periods/index.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { customerTimeZone, readCustomer, readOrganization, subscriptionTerms, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, insertRow, updateRows, type NewRow } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { present } from '../../shared/assert.ts';
import { nextAlertAt } from './termination-alerts.ts';
import type { ServiceContext } from '../service-context.ts';

/** A subscription row with what billing needs beside it. */
export interface Line {
  readonly row: Subscription;
  readonly customer: Customer;
  readonly timeZone: string;
  readonly plan: PlanTerms;
}

/** Reads a row with its customer, zone and plan. */
export async function readLine(db: ReadDatabase, row: Subscription): Promise<Line> {
  const customer = await readCustomer(db, row.customerId);
  const organization = await readOrganization(db, row.organizationId);
  return { row, customer, timeZone: customerTimeZone(customer, organization), plan: await readPlanTerms(db, row.planId) };
}

export function readSubscription(db: ReadDatabase, id: string): Promise<Subscription> {
  return Promise.resolve(present(findRow(db, subscriptions, { id }), 'a subscription that is referred to exists'));
}

/** The terms of a line whose row has started. */
export function termsOf(line: Line, endsBeforeTermination = false): SubscriptionTerms {
  return subscriptionTerms(line.row, line.timeZone, endsBeforeTermination);
}

/** The one active row of an external id in the organization. */
export function findActive(db: ReadDatabase, organizationId: string, externalId: string): Promise<Subscription | null> {
  return Promise.resolve(findRow(db, subscriptions, { organizationId, externalId, status: 'active' }));
}

/** The row of an external id that waits: a future start, or a change of plan. */
export function findPending(db: ReadDatabase, customerId: string, externalId: string): Promise<Subscription | null> {
  return Promise.resolve(findRow(db, subscriptions, { customerId, externalId, status: 'pending' }));
}

/** The change of plan that waits for a row's fee period to end. */
export function findPendingChange(db: ReadDatabase, rowId: string): Promise<Subscription | null> {
  return Promise.resolve(findRow(db, subscriptions, { previousId: rowId, status: 'pending' }));
}

export type NewSubscription = Pick<
  NewRow<Subscription>,
  'customerId' | 'planId' | 'externalId' | 'name' | 'billingTime' | 'subscriptionAt' | 'endingAt'
> &
  Partial<Pick<NewRow<Subscription>, 'previousId' | 'nextBillingAt' | 'createdAt'>>;

/** Inserts a row that waits; `startRow` makes it active. */
export async function insertPending(context: ServiceContext, tx: Transaction, fresh: NewSubscription): Promise<Subscription> {
  const now = context.clock.now();
  const id = context.random.uuid();
  await insertRow(tx, subscriptions, {
    previousId: null,
    nextBillingAt: null,
    ...fresh,
    id,
    organizationId: context.organizationId,
    status: 'pending',
    startedAt: null,
    terminatedAt: null,
    canceledAt: null,
    trialEndsAt: null,
    trialEndedAt: null,
    createdAt: now,
    updatedAt: now,
    chargesBilledUntil: null,
    onTerminationCreditNote: null,
    onTerminationInvoice: 'generate',
    parkedAt: null,
    parkedReason: null,
    nextAlertAt: null,
  });
  return readSubscription(tx, id);
}

/**
 * Makes a waiting row active from `startedAt`. Its first billing date is after the day it started and the day it became active; its trial counts
 * from the first start of the external id. Rule: subscriptions.md §§ 6, 9, 11.
 */
export async function startRow(
  context: ServiceContext,
  tx: Transaction,
  start: { readonly line: Line; readonly startedAt: Instant },
): Promise<Line> {
  const { line, startedAt } = start;
  const now = context.clock.now();
  const trialEndsAt = trialEnd(firstStart(tx, line.row) ?? startedAt, line.plan.trialPeriodDays);
  const isOver = trialEndsAt !== null && trialEndsAt.epochMilliseconds <= Math.max(startedAt.epochMilliseconds, now.epochMilliseconds);
  await updateRows(tx, subscriptions, {
    where: { id: line.row.id },
    set: {
      status: 'active',
      startedAt,
      trialEndsAt,
      trialEndedAt: isOver ? trialEndsAt : null,
      onTerminationCreditNote: line.plan.payInAdvance ? (line.row.onTerminationCreditNote ?? 'credit') : null,
      nextAlertAt: nextAlertAt(line.row.endingAt, line.timeZone, now),
      updatedAt: now,
    },
  });
  const started = { ...line, row: await readSubscription(tx, line.row.id) };
  // A row that waited may have been made long ago: what fell due before it became active is not billed.
  return scheduleBilling(tx, started, firstBillingDate({ ...termsOf(started), createdAt: now }, line.plan));
}

/** Sets the billing date that comes next. */
export async function scheduleBilling(tx: Transaction, line: Line, billingDate: PlainDate): Promise<Line> {
  const nextBillingAt = startOfDay(billingDate, line.timeZone);
  await updateRows(tx, subscriptions, { where: { id: line.row.id }, set: { nextBillingAt } });
  return { ...line, row: { ...line.row, nextBillingAt } };
}

/** When this customer's external id first started, counting every earlier row. */
function firstStart(db: ReadDatabase, row: Subscription): Instant | null {
  const first = db
    .select<{ started: number | null }>(
      `SELECT MIN("started_at") AS "started" FROM "subscriptions" WHERE "customer_id" = ? AND "external_id" = ?`,
    )
    .get(row.customerId, row.externalId);
  const startedMs = first?.started ?? null;
  return startedMs === null ? null : Temporal.Instant.fromEpochMilliseconds(startedMs);
}
