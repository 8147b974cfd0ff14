import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { readWalletTransactions, type ListedWalletTransaction } from '../database/lists/wallets.ts';
import type { ListPage } from '../database/list-query.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRow } from '../database/rows.ts';
import { wallets, walletTransactions, type Wallet, type WalletTransaction } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { creditErrors, topUp, type CreditsAsked } from './top-up.ts';
import type { TransactionMetadata } from './wallet-input.ts';

export interface TransactionInput extends CreditsAsked {
  readonly walletId?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly metadata?: TransactionMetadata | null | undefined;
  readonly invoiceRequiresSuccessfulPayment?: boolean | null | undefined;
  readonly purchaseOrderNumber?: string | null | undefined;
}

/** A transaction with the wallet that its credits are counted in. */
export interface TransactionDetails {
  readonly transaction: WalletTransaction;
  readonly wallet: Wallet;
}

/**
 * Tops a wallet up, or voids credits: one transaction for each kind of credits above 0, in the order paid, granted, voided. Errors: 422 by field.
 * Rule: invoicing.md § 8 "Top-ups".
 */
export function createWalletTransactions(
  context: ServiceContext,
  input: TransactionInput,
  refused: FieldErrors = {},
): Promise<Result<readonly TransactionDetails[]>> {
  return context.database.unitOfWork.write('create wallet transactions', async (tx) => {
    const made = await topUpInTransaction(context, tx, { input, refused });
    return made.ok ? ok(made.value.transactions.map((transaction) => ({ transaction, wallet: made.value.before }))) : made;
  });
}

/** The same inside a transaction that is open already; answers the wallet as it was before, too. */
export async function topUpInTransaction(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly input: TransactionInput; readonly refused: FieldErrors },
): Promise<Result<{ readonly before: Wallet; readonly transactions: readonly WalletTransaction[] }>> {
  const { input, refused } = of;
  const wallet = findRow(tx, wallets, { id: input.walletId ?? '', organizationId: context.organizationId });
  if (wallet === null) return invalid({ wallet_id: ['wallet_not_found'], ...refused });
  if (wallet.status === 'terminated') return invalid({ wallet_id: ['wallet_is_terminated'], ...refused });
  const errors = { ...creditErrors(wallet, input), ...refused };
  if (hasErrors(errors)) return invalid(errors);
  const words = {
    name: input.name ?? null,
    metadata: input.metadata ?? [],
    invoiceRequiresSuccessfulPayment: input.invoiceRequiresSuccessfulPayment ?? wallet.invoiceRequiresSuccessfulPayment,
    purchaseOrderNumber: input.purchaseOrderNumber ?? null,
  };
  return ok({ before: wallet, transactions: await topUp(context, tx, { wallet, asked: input, words }) });
}

export function findWalletTransaction(db: ReadDatabase, organizationId: string, id: string): Result<TransactionDetails> {
  const transaction = findRow(db, walletTransactions, { id, organizationId });
  const wallet = transaction === null ? null : findRow(db, wallets, { id: transaction.walletId });
  return transaction === null || wallet === null ? notFound('wallet_transaction') : ok({ transaction, wallet });
}

export interface TransactionFilter {
  readonly status?: WalletTransaction['status'] | undefined;
  readonly transactionType?: WalletTransaction['transactionType'] | undefined;
  readonly transactionStatus?: WalletTransaction['transactionStatus'] | undefined;
}

/** The transactions of a wallet, newest first. Errors: 404 `wallet_not_found`. */
export async function listWalletTransactions(
  context: ServiceContext,
  of: { readonly walletId: string; readonly filter: TransactionFilter },
  page: Page,
): Promise<Result<{ readonly rows: readonly TransactionDetails[]; readonly totalCount: number }>> {
  const db = context.database.read;
  const wallet = findRow(db, wallets, { id: of.walletId, organizationId: context.organizationId });
  if (wallet === null) return notFound('wallet');
  const { status, transactionType, transactionStatus } = of.filter;
  const [transactions, totalCount] = await db.manager.findAndCount(walletTransactions, {
    where: {
      walletId: wallet.id,
      ...(status === undefined ? {} : { status }),
      ...(transactionType === undefined ? {} : { transactionType }),
      ...(transactionStatus === undefined ? {} : { transactionStatus }),
    },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return ok({ rows: transactions.map((transaction) => ({ transaction, wallet })), totalCount });
}

/** The transactions of a wallet as a screen lists them, sorted page by page. Errors: 404 `wallet_not_found`. */
export function listWalletTransactionPage(
  context: ServiceContext,
  walletId: string,
  wish: Parameters<typeof readWalletTransactions>[2],
): Result<ListPage<ListedWalletTransaction>> {
  const { read } = context.database;
  const wallet = findRow(read, wallets, { id: walletId, organizationId: context.organizationId });
  return wallet === null ? notFound('wallet') : ok(readWalletTransactions(read, walletId, wish));
}
