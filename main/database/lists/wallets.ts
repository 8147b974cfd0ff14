import { readListPage, type ListPage, type ListSource, type ListWish } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

/** A transaction of a wallet as its list shows it. */
export interface ListedWalletTransaction {
  readonly id: string;
  readonly status: 'pending' | 'settled' | 'failed';
  readonly source: 'manual' | 'interval' | 'threshold';
  readonly transactionType: 'inbound' | 'outbound';
  readonly transactionStatus: 'purchased' | 'granted' | 'voided' | 'invoiced';
  /** Decimal text. */
  readonly creditAmount: string;
  readonly amountCents: number;
  readonly remainingAmountCents: number | null;
  readonly currency: string;
  readonly name: string | null;
  readonly invoiceId: string | null;
  readonly invoiceNumber: string | null;
  readonly createdAtMs: number;
  readonly settledAtMs: number | null;
}

const TRANSACTIONS: ListSource = {
  columns: `"row"."id" AS "id", "row"."status" AS "status", "row"."source" AS "source", "row"."transaction_type" AS "transactionType",
    "row"."transaction_status" AS "transactionStatus", "row"."credit_amount" AS "creditAmount", "row"."amount_cents" AS "amountCents",
    "row"."remaining_amount_cents" AS "remainingAmountCents", "wallets"."currency" AS "currency", "row"."name" AS "name",
    "invoices"."id" AS "invoiceId", "invoices"."number" AS "invoiceNumber", "row"."created_at" AS "createdAtMs", "row"."settled_at" AS "settledAtMs"`,
  from: `"wallet_transactions" AS "row" JOIN "wallets" ON "wallets"."id" = "row"."wallet_id" LEFT JOIN "invoices" ON "invoices"."id" = "row"."invoice_id"`,
  sorts: { created_at: `"row"."created_at"`, amount_cents: `"row"."amount_cents"` },
  unique: `"row"."sequence"`,
};

/** One page of a wallet's transactions. */
export function readWalletTransactions(
  db: ReadDatabase,
  walletId: string,
  wish: Omit<ListWish, 'conditions'>,
): ListPage<ListedWalletTransaction> {
  return readListPage(db, TRANSACTIONS, { ...wish, conditions: [{ sql: `"row"."wallet_id" = ?`, values: [walletId] }] });
}
