import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { centsToUnits, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { Instant } from '../../shared/dates.ts';
import {
  balanceGivenBack,
  balanceWith,
  balanceWithout,
  creditsOf,
  useSources,
  type ChangedBalance,
  type CreditSource,
  type UsedSources,
} from '../billing/invoice/prepaid-credits.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow, findRows, insertRow, updateRows, type NewRow } from '../database/rows.ts';
import { wallets, walletTransactions, type Wallet, type WalletTransaction } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

// The one home of what a settled transaction does to its wallet, for those who move credits: wallets/ and invoicing/.

/** The wallet with our own id, active or terminated. */
export function readWallet(db: ReadDatabase, id: string): Wallet {
  return present(findRow(db, wallets, { id }), 'a wallet that is referred to exists');
}

/** The active wallets of a customer in one currency, in the order in which invoices use them. Rule: invoicing.md § 8 "Using credits". */
export function activeWallets(db: ReadDatabase, of: { readonly customerId: string; readonly currency?: CurrencyCode }): readonly Wallet[] {
  const ageOf = (wallet: Wallet): number => wallet.createdAt.epochMilliseconds;
  return findRows(db, wallets, { ...of, status: 'active' }).sort(
    (one, other) => one.priority - other.priority || ageOf(one) - ageOf(other),
  );
}

/** Notes that the ongoing balances of a customer's active wallets may be out of date since now. */
export function noteWalletsOutOfDate(tx: Transaction, of: { readonly customerId: string; readonly at: Instant }): void {
  const atMs = of.at.epochMilliseconds;
  tx.statement(
    `UPDATE "wallets" SET "sync_at" = ? WHERE "customer_id" = ? AND "status" = 'active' AND ("sync_at" IS NULL OR "sync_at" > ?)`,
  ).run(atMs, of.customerId, atMs);
}

/** What a transaction says of itself; the rest follows from its wallet and amount. */
export type TransactionWords = Partial<
  Pick<
    WalletTransaction,
    | 'invoiceId'
    | 'creditNoteId'
    | 'voidedInvoiceId'
    | 'source'
    | 'name'
    | 'metadata'
    | 'invoiceRequiresSuccessfulPayment'
    | 'purchaseOrderNumber'
  >
>;

export interface NewTransaction extends TransactionWords {
  readonly walletId: string;
  readonly amountCents: Cents;
}

/** Stores a purchase that waits for its payment: the balance stays as it is. It is told of with its invoice, by `linkPurchase`. */
export async function insertPurchase(context: ServiceContext, tx: Transaction, purchase: NewTransaction): Promise<WalletTransaction> {
  return insertTransaction(context, tx, { ...purchase, transactionType: 'inbound', transactionStatus: 'purchased', isSettled: false });
}

/** Names the invoice of a purchase. */
export async function linkPurchase(
  context: ServiceContext,
  tx: Transaction,
  link: { readonly purchaseId: string; readonly invoiceId: string },
): Promise<WalletTransaction> {
  await updateRows(tx, walletTransactions, { where: { id: link.purchaseId }, set: { invoiceId: link.invoiceId } });
  await announceTransaction(context, tx, { type: 'wallet_transaction.created', id: link.purchaseId });
  return readTransaction(tx, link.purchaseId);
}

/** Gives credits at once: the balance grows. */
export async function grantCredits(context: ServiceContext, tx: Transaction, grant: NewTransaction): Promise<WalletTransaction> {
  const stored = await insertTransaction(context, tx, {
    ...grant,
    transactionType: 'inbound',
    transactionStatus: 'granted',
    isSettled: true,
  });
  await changeBalance(context, tx, { wallet: readWallet(tx, grant.walletId), amountCents: grant.amountCents, change: balanceWith });
  return stored;
}

/** Gives back what a voided invoice used: granted anew, and no longer consumed. Rule: invoicing.md § 8. */
export async function giveCreditsBack(context: ServiceContext, tx: Transaction, grant: NewTransaction): Promise<WalletTransaction> {
  const stored = await insertTransaction(context, tx, {
    ...grant,
    transactionType: 'inbound',
    transactionStatus: 'granted',
    isSettled: true,
  });
  await changeBalance(context, tx, {
    wallet: readWallet(tx, grant.walletId),
    amountCents: grant.amountCents,
    change: balanceGivenBack,
  });
  return stored;
}

/** Settles a purchase, once: its credits come into the wallet, also into one that was terminated meanwhile. Rule: invoicing.md § 8 "paid". */
export async function settlePurchase(context: ServiceContext, tx: Transaction, purchase: WalletTransaction): Promise<void> {
  if (purchase.status === 'settled') return;
  const { amountCents } = purchase;
  await updateRows(tx, walletTransactions, {
    where: { id: purchase.id },
    set: { status: 'settled', settledAt: context.clock.now(), failedAt: null, remainingAmountCents: amountCents },
  });
  await changeBalance(context, tx, { wallet: readWallet(tx, purchase.walletId), amountCents, change: balanceWith });
  await announceTransaction(context, tx, { type: 'wallet_transaction.updated', id: purchase.id });
}

/** Marks a purchase whose payment was declined; it may still be paid later. */
export async function failPurchase(context: ServiceContext, tx: Transaction, purchase: WalletTransaction): Promise<void> {
  if (purchase.status !== 'pending') return;
  await updateRows(tx, walletTransactions, { where: { id: purchase.id }, set: { status: 'failed', failedAt: context.clock.now() } });
  await announceTransaction(context, tx, { type: 'wallet_transaction.updated', id: purchase.id });
}

export interface CreditsToTake extends NewTransaction {
  readonly transactionStatus: 'voided' | 'invoiced';
  /** The purchase that is taken back; else the wallet's credits are used in their order. */
  readonly purchaseId?: string;
}

/** Takes credits out of a wallet, for an invoice or for nothing. Answers the transaction, and where its credits had come from. */
export async function takeCredits(
  context: ServiceContext,
  tx: Transaction,
  take: CreditsToTake,
): Promise<UsedSources & { readonly transactionId: string }> {
  const { purchaseId, ...words } = take;
  const used = useSources(creditSources(tx, take.walletId, purchaseId), take.amountCents);
  for (const use of used.uses) {
    tx.statement(`UPDATE "wallet_transactions" SET "remaining_amount_cents" = "remaining_amount_cents" - ? WHERE "id" = ?`).run(
      use.amountCents,
      use.id,
    );
  }
  const { id: transactionId } = await insertTransaction(context, tx, { ...words, transactionType: 'outbound', isSettled: true });
  await changeBalance(context, tx, { wallet: readWallet(tx, take.walletId), amountCents: take.amountCents, change: balanceWithout });
  return { ...used, transactionId };
}

function creditSources(db: ReadDatabase, walletId: string, purchaseId: string | undefined): readonly CreditSource[] {
  const inbound = findRows(db, walletTransactions, { walletId, transactionType: 'inbound', status: 'settled', id: purchaseId });
  return inbound.map((transaction) => ({
    id: transaction.id,
    isGranted: transaction.transactionStatus === 'granted',
    remainingAmountCents: transaction.remainingAmountCents ?? ZERO_CENTS,
  }));
}

/** The purchase that an invoice of type `credit` is for; null for other invoices. */
export function findPurchase(db: ReadDatabase, invoiceId: string): WalletTransaction | null {
  return findRow(db, walletTransactions, { invoiceId, transactionStatus: 'purchased' });
}

/** Takes credits that nobody used out of the purchase of a credit invoice, since a credit note refunds them. Rule: invoicing.md § 7. */
export async function takePurchaseBack(
  context: ServiceContext,
  tx: Transaction,
  refund: { readonly invoiceId: string; readonly creditNoteId: string; readonly amountCents: Cents },
): Promise<void> {
  const purchase = present(findPurchase(tx, refund.invoiceId), 'a credit invoice is for a purchase');
  await takeCredits(context, tx, {
    walletId: purchase.walletId,
    purchaseId: purchase.id,
    creditNoteId: refund.creditNoteId,
    amountCents: refund.amountCents,
    transactionStatus: 'voided',
  });
}

interface TransactionToInsert extends NewTransaction {
  readonly transactionType: WalletTransaction['transactionType'];
  readonly transactionStatus: WalletTransaction['transactionStatus'];
  readonly isSettled: boolean;
}

const DEFAULT_PRIORITY = 50;

async function insertTransaction(context: ServiceContext, tx: Transaction, fresh: TransactionToInsert): Promise<WalletTransaction> {
  const { walletId, amountCents, isSettled, transactionType, transactionStatus } = fresh;
  const wallet = readWallet(tx, walletId);
  const now = context.clock.now();
  const id = context.random.uuid();
  const row: NewRow<WalletTransaction> = {
    id,
    organizationId: context.organizationId,
    walletId,
    invoiceId: fresh.invoiceId ?? null,
    creditNoteId: fresh.creditNoteId ?? null,
    voidedInvoiceId: fresh.voidedInvoiceId ?? null,
    status: isSettled ? 'settled' : 'pending',
    source: fresh.source ?? 'manual',
    transactionType,
    transactionStatus,
    amount: centsToUnits(amountCents, wallet.currency),
    amountCents,
    creditAmount: creditsOf(amountCents, wallet),
    remainingAmountCents: transactionType === 'inbound' && isSettled ? amountCents : null,
    priority: DEFAULT_PRIORITY,
    name: fresh.name ?? null,
    metadata: fresh.metadata ?? [],
    invoiceRequiresSuccessfulPayment: fresh.invoiceRequiresSuccessfulPayment ?? wallet.invoiceRequiresSuccessfulPayment,
    purchaseOrderNumber: fresh.purchaseOrderNumber ?? null,
    createdAt: now,
    settledAt: isSettled ? now : null,
    failedAt: null,
  };
  await insertRow(tx, walletTransactions, row);
  if (isSettled) await announceTransaction(context, tx, { type: 'wallet_transaction.created', id });
  return readTransaction(tx, id);
}

function readTransaction(db: ReadDatabase, id: string): WalletTransaction {
  return present(findRow(db, walletTransactions, { id }), 'a transaction that is referred to exists');
}

async function changeBalance(
  context: ServiceContext,
  tx: Transaction,
  move: { readonly wallet: Wallet; readonly amountCents: Cents; readonly change: (wallet: Wallet, amountCents: Cents) => ChangedBalance },
): Promise<void> {
  const { wallet } = move;
  const now = context.clock.now();
  const changed = move.change(wallet, move.amountCents);
  const isUse = changed.consumedCredits.greaterThan(wallet.consumedCredits);
  await updateRows(tx, wallets, {
    where: { id: wallet.id },
    set: { ...changed, lastBalanceSyncAt: now, updatedAt: now, ...(isUse ? { lastConsumedCreditAt: now } : {}) },
  });
  noteWalletsOutOfDate(tx, { customerId: wallet.customerId, at: now });
}

async function announceTransaction(
  context: ServiceContext,
  tx: Transaction,
  announced: { readonly type: string; readonly id: string },
): Promise<void> {
  await context.announce?.(tx, { type: announced.type, objectType: 'wallet_transaction', objectId: announced.id });
}
