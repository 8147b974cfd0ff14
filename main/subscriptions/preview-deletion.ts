import { ok, type Result } from '../../shared/result.ts';
import { deleteInTransaction, findCustomerById } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows } from '../database/rows.ts';
import { plans } from '../database/tables/catalog.ts';
import { appliedCoupons } from '../database/tables/coupons.ts';
import { creditNotes, type CreditNote } from '../database/tables/credit-notes.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { invoices, type Invoice } from '../database/tables/invoices.ts';
import { wallets, type Wallet } from '../database/tables/wallets.ts';
import { previewAndUndo } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';

/** A subscription that ends with its customer. */
export interface EndedSubscription {
  readonly externalId: string;
  readonly name: string | null;
  readonly planName: string;
}

/** What the deletion of a customer would cause. */
export interface CustomerDeletion {
  readonly ended: readonly EndedSubscription[];
  readonly canceled: readonly EndedSubscription[];
  /** Last invoices, and drafts that become final. */
  readonly invoices: readonly Invoice[];
  readonly creditNotes: readonly CreditNote[];
  readonly endedCoupons: number;
  /** With what is left in them, which pays nothing any more. */
  readonly endedWallets: readonly Wallet[];
}

/** Tries the deletion of a customer out, as it would happen now, and undoes it. Errors: 404. */
export async function previewCustomerDeletion(context: ServiceContext, customerId: string): Promise<Result<CustomerDeletion>> {
  const previewed = await previewAndUndo(context, async (inside, tx) => {
    const customer = findCustomerById(tx, context.organizationId, customerId);
    if (!customer.ok) return customer;
    const before = stateOf(tx, customerId);
    await deleteInTransaction(inside, tx, customer.value);
    return ok(differences(tx, before, stateOf(tx, customerId)));
  });
  return previewed.ok ? ok(previewed.value.shown) : previewed;
}

interface State {
  readonly rows: readonly Subscription[];
  readonly finalIds: ReadonlySet<string>;
  readonly invoices: readonly Invoice[];
  readonly noteIds: ReadonlySet<string>;
  readonly notes: readonly CreditNote[];
  readonly activeCoupons: number;
  readonly activeWallets: readonly Wallet[];
}

function stateOf(db: ReadDatabase, customerId: string): State {
  const made = findRows(db, invoices, { customerId, status: 'finalized' });
  const notes = findRows(db, creditNotes, { customerId, status: 'finalized' });
  return {
    rows: findRows(db, subscriptions, { customerId }),
    finalIds: new Set(made.map(({ id }) => id)),
    invoices: made,
    noteIds: new Set(notes.map(({ id }) => id)),
    notes,
    activeCoupons: findRows(db, appliedCoupons, { customerId, status: 'active' }).length,
    activeWallets: findRows(db, wallets, { customerId, status: 'active' }),
  };
}

function differences(db: ReadDatabase, before: State, after: State): CustomerDeletion {
  const leaving = (from: Subscription['status'], to: Subscription['status']): readonly EndedSubscription[] =>
    before.rows.filter((row) => row.status === from && after.rows.some(({ id, status }) => id === row.id && status === to)).map(shown);
  const shown = ({ externalId, name, planId }: Subscription): EndedSubscription => ({
    externalId,
    name,
    planName: findRows(db, plans, { id: planId })[0]?.name ?? '',
  });
  const activeWallets = new Set(after.activeWallets.map(({ id }) => id));
  return {
    ended: leaving('active', 'terminated'),
    canceled: leaving('pending', 'canceled'),
    invoices: after.invoices.filter(({ id }) => !before.finalIds.has(id)),
    creditNotes: after.notes.filter(({ id }) => !before.noteIds.has(id)),
    endedCoupons: before.activeCoupons - after.activeCoupons,
    endedWallets: before.activeWallets.filter(({ id }) => !activeWallets.has(id)),
  };
}
