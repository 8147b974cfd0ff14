import { Temporal, type Instant } from '../../shared/dates.ts';
import { noteWalletsOutOfDate, readWallet } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRow, insertRow } from '../database/rows.ts';
import { workspaceSettings } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { refreshOngoingBalances } from './ongoing-balance.ts';
import { syncWallets } from './recurring-top-ups.ts';

/** The arrival number of the last event whose customer's wallets have been looked at. */
const SETTING = 'wallets_seen_events_through';
/** After more new events than this it is not asked whose they are: every wallet is looked at. */
const MAX_EVENTS_READ = 50_000;

/**
 * Notes which wallets are out of date because of events that came in since the last time. Events themselves never wait for that, so it is asked
 * before due work is done and before wallets are shown.
 */
export async function noteWalletsWithNewUsage(context: ServiceContext): Promise<void> {
  const db = context.database.read;
  if (!hasNewUsage(db)) return;
  await context.database.unitOfWork.write('note new usage of wallets', async (tx) => {
    const seen = seenThrough(tx);
    const last = lastEvent(tx);
    const fresh = last - seen > MAX_EVENTS_READ ? everyCustomer(tx, context.clock.now()) : customersWithNewUsage(tx, { seen, last });
    for (const { customerId, atMs } of fresh) {
      noteWalletsOutOfDate(tx, { customerId, at: Temporal.Instant.fromEpochMilliseconds(atMs) });
    }
    await deleteRows(tx, workspaceSettings, { name: SETTING });
    await insertRow(tx, workspaceSettings, { name: SETTING, value: String(last) });
  });
}

function hasNewUsage(db: ReadDatabase): boolean {
  const anyActive = db.select<{ id: string }>(`SELECT "id" FROM "wallets" WHERE "status" = 'active' LIMIT 1`).get();
  return anyActive !== undefined && lastEvent(db) > seenThrough(db);
}

function lastEvent(db: ReadDatabase): number {
  return db.select<{ last: number | null }>(`SELECT MAX("sequence") AS "last" FROM "events"`).get()?.last ?? 0;
}

function seenThrough(db: ReadDatabase): number {
  return Number(findRow(db, workspaceSettings, { name: SETTING })?.value ?? 0);
}

interface FreshUsage {
  readonly customerId: string;
  /** When the newest event came. */
  readonly atMs: number;
}

function customersWithNewUsage(db: ReadDatabase, of: { readonly seen: number; readonly last: number }): readonly FreshUsage[] {
  return db
    .select<FreshUsage>(
      `SELECT "wallets"."customer_id" AS "customerId", MAX("fresh"."at") AS "atMs"
       FROM (SELECT "organization_id", "external_subscription_id", MAX("created_at") AS "at" FROM "events"
             WHERE "sequence" > ? AND "sequence" <= ? GROUP BY "organization_id", "external_subscription_id") AS "fresh"
       JOIN "subscriptions" ON "subscriptions"."organization_id" = "fresh"."organization_id"
         AND "subscriptions"."external_id" = "fresh"."external_subscription_id" AND "subscriptions"."status" = 'active'
       JOIN "wallets" ON "wallets"."customer_id" = "subscriptions"."customer_id" AND "wallets"."status" = 'active'
       GROUP BY "wallets"."customer_id"`,
    )
    .all(of.seen, of.last);
}

function everyCustomer(db: ReadDatabase, now: Instant): readonly FreshUsage[] {
  return db
    .select<{ id: string }>(`SELECT DISTINCT "customer_id" AS "id" FROM "wallets" WHERE "status" = 'active'`)
    .all()
    .map(({ id }) => ({
      customerId: id,
      atMs: now.epochMilliseconds,
    }));
}

/** Notes that the wallets of whoever is subscribed to a plan are out of date: its prices have changed. */
export function noteWalletsOfPlan(tx: Transaction, of: { readonly planId: string; readonly at: Instant }): void {
  const subscribed = tx.select<{ id: string }>(
    `SELECT DISTINCT "customer_id" AS "id" FROM "subscriptions" WHERE "plan_id" = ? AND "status" = 'active'`,
  );
  for (const { id } of subscribed.all(of.planId)) noteWalletsOutOfDate(tx, { customerId: id, at: of.at });
}

/** Looks at the wallets of the customer of an out-of-date one. */
export async function syncWallet(context: ServiceContext, tx: Transaction, walletId: string): Promise<void> {
  await syncWallets(context, tx, readWallet(tx, walletId).customerId);
}

/** Brings the wallets of one customer, or all that are known to be out of date, to what is true now: before they are shown. */
export async function bringWalletsUpToDate(context: ServiceContext, customerId: string | null): Promise<void> {
  await noteWalletsWithNewUsage(context);
  const { read, unitOfWork } = context.database;
  const now = context.clock.now();
  for (const id of outOfDate(read, now)) {
    if (customerId === null || id === customerId) await unitOfWork.write('sync wallets', (tx) => syncWallets(context, tx, id));
  }
  if (customerId === null || !hasActiveWallet(read, customerId)) return;
  await unitOfWork.write('refresh wallets', async (tx) => {
    // What nobody noted, a draft that was deleted or a tax that was changed, shows here.
    if (await refreshOngoingBalances(context, tx, customerId)) await syncWallets(context, tx, customerId);
  });
}

function hasActiveWallet(db: ReadDatabase, customerId: string): boolean {
  return (
    db.select<{ id: string }>(`SELECT "id" FROM "wallets" WHERE "customer_id" = ? AND "status" = 'active' LIMIT 1`).get(customerId) !==
    undefined
  );
}

function outOfDate(db: ReadDatabase, now: Instant): readonly string[] {
  return db
    .select<{ id: string }>(`SELECT DISTINCT "customer_id" AS "id" FROM "wallets" WHERE "status" = 'active' AND "sync_at" <= ?`)
    .all(now.epochMilliseconds)
    .map((row) => row.id);
}
