import { failPurchase, findPurchase, giveCreditsBack, readWallet, settlePurchase } from '../customers/index.ts';
import { findRow, findRows } from '../database/rows.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import { walletTransactions } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/**
 * Settles or fails a purchase of credits with the payment of its invoice: credits that were paid come into the wallet exactly once, whatever is
 * said of the invoice afterwards. Rule: invoicing.md § 8 "paid".
 */
export async function followInvoicePayment(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<void> {
  if (invoice.invoiceType !== 'credit') return;
  const purchase = findPurchase(tx, invoice.id);
  if (purchase === null) return;
  if (invoice.paymentStatus === 'succeeded') await settlePurchase(context, tx, purchase);
  else if (invoice.paymentStatus === 'failed') await failPurchase(context, tx, purchase);
}

/** Fails the purchase of a credit invoice that was voided before it was paid. */
export async function failPurchaseOf(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<void> {
  const purchase = invoice.invoiceType === 'credit' ? findPurchase(tx, invoice.id) : null;
  if (purchase !== null) await failPurchase(context, tx, purchase);
}

/**
 * Gives the credits that a voided invoice used back to the wallets that are still active, each as a new granted transaction, once.
 * Rule: invoicing.md § 8 "Voiding the invoice".
 */
export async function returnWalletCredits(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<void> {
  const isReturned = findRow(tx, walletTransactions, { voidedInvoiceId: invoice.id }) !== null;
  if (isReturned) return;
  for (const { walletId, amountCents } of findRows(tx, walletTransactions, { invoiceId: invoice.id, transactionStatus: 'invoiced' })) {
    if (readWallet(tx, walletId).status === 'terminated') continue;
    await giveCreditsBack(context, tx, { walletId, amountCents, voidedInvoiceId: invoice.id });
  }
}
