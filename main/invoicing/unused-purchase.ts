import { cents, type Cents } from '../../shared/money.ts';
import type { ReadDatabase } from '../database/read-database.ts';

/** What is left in an active wallet of the credits that an invoice sold, in cents: no more than this is refunded. Rule: invoicing.md § 7. */
export function unusedPurchaseCents(db: ReadDatabase, invoiceId: string): Cents {
  const row = db
    .select<{ unused: number | null }>(
      `SELECT SUM("wallet_transactions"."remaining_amount_cents") AS "unused" FROM "wallet_transactions"
       JOIN "wallets" ON "wallets"."id" = "wallet_transactions"."wallet_id"
       WHERE "wallet_transactions"."invoice_id" = ? AND "wallet_transactions"."transaction_type" = 'inbound'
         AND "wallet_transactions"."status" = 'settled' AND "wallets"."status" = 'active'`,
    )
    .get(invoiceId);
  return cents(row?.unused ?? 0);
}
