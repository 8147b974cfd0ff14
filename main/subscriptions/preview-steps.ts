import { Temporal, type Instant } from '../../shared/dates.ts';
import { In, Not } from 'typeorm';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows, updateRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { atInstant } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { runWork } from './billing-run.ts';
import type { DueKind, DueWork } from './due-work.ts';
import { soonest, workOfRow } from './row-work.ts';

/** A preview of a subscription without any invoice in so many steps shows none. */
const MAX_STEPS = 200;

/** What is tried out: a customer, of whose subscriptions only these external ids go on. */
export interface PreviewScope {
  readonly customerId: string;
  readonly externalIds: readonly string[];
}

/**
 * Does what will fall due of a customer until an invoice is made, each step at its own instant; answers the invoice's id. `isEnough` may ask for
 * a later one. Null when nothing more falls due up to `until`.
 */
export async function runToNextInvoice(
  context: ServiceContext,
  tx: Transaction,
  run: { readonly scope: PreviewScope; readonly until?: Instant; readonly isEnough?: (work: DueWork) => boolean },
): Promise<string | null> {
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const work = nextWork(tx, run.scope);
    if (work === null || (run.until !== undefined && Temporal.Instant.compare(work.at, run.until) > 0)) return null;
    const newest = newestInvoice(tx);
    await runWork(atInstant(context, work.at), tx, work);
    const made = invoiceAfter(tx, run.scope, newest);
    if (made !== null && (run.isEnough?.(work) ?? true)) return made;
  }
  return null;
}

/** Leaves only the rows in question to be billed, whether or not they are parked. */
export async function keepOnly(context: ServiceContext, tx: Transaction, scope: PreviewScope): Promise<void> {
  const { customerId, externalIds } = scope;
  const others = { customerId, externalId: Not(In([...externalIds])) };
  await updateRows(tx, subscriptions, { where: others, set: { parkedAt: context.clock.now() } });
  await updateRows(tx, subscriptions, { where: { customerId, externalId: In([...externalIds]) }, set: { parkedAt: null } });
}

/** Where the books stand: invoices made later have a higher place. */
export function newestInvoice(db: ReadDatabase): number {
  return db.select<{ newest: number | null }>(`SELECT MAX("sequence") AS "newest" FROM "invoices"`).get()?.newest ?? 0;
}

/** The last subscription invoice of the customer that was made after that. */
export function invoiceAfter(db: ReadDatabase, scope: Pick<PreviewScope, 'customerId'>, newest: number): string | null {
  const row = db
    .select<{ id: string }>(
      `SELECT "id" FROM "invoices" WHERE "sequence" > ? AND "customer_id" = ? AND "invoice_type" = 'subscription' ORDER BY "sequence" DESC LIMIT 1`,
    )
    .get(newest, scope.customerId);
  return row?.id ?? null;
}

/** What comes next of a customer whose rows are not parked. */
export function nextWork(db: ReadDatabase, scope: Pick<PreviewScope, 'customerId'>): DueWork | null {
  const rows = findRows(db, subscriptions, { customerId: scope.customerId }).filter((row) => row.parkedAt === null);
  return soonest([...rows.flatMap(workOfRow), ...draftsAndWallets(db, scope.customerId)]);
}

/** What else of the customer changes what an invoice would use up: drafts that become final before it, and wallets that end. */
function draftsAndWallets(db: ReadDatabase, customerId: string): readonly DueWork[] {
  const read = (kind: DueKind, sql: string): readonly DueWork[] =>
    db
      .select<{ id: string; at: number }>(sql)
      .all(customerId)
      .map(({ id, at }) => ({ kind, id, at: Temporal.Instant.fromEpochMilliseconds(at) }));
  return [
    ...read(
      'wallet_expiry',
      `SELECT "id", "expiration_at" AS "at" FROM "wallets" WHERE "customer_id" = ? AND "status" = 'active' AND "expiration_at" IS NOT NULL`,
    ),
    ...read(
      'grace',
      `SELECT "id", "finalize_at" AS "at" FROM "invoices" WHERE "customer_id" = ? AND "status" = 'draft' AND "finalize_at" IS NOT NULL`,
    ),
  ];
}
