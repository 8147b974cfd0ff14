import { addCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { payableGroups, shareOutTotal, type PayableFee } from '../billing/invoice/prepaid-credits.ts';
import { activeWallets, takeCredits } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { readFees } from './read-invoice.ts';
import { taxableFee } from './store-fees.ts';

/** What wallets paid of an invoice, in cents, and where those credits had come from. */
export type PrepaidCredits = Pick<
  Invoice,
  'prepaidCreditAmountCents' | 'prepaidGrantedCreditAmountCents' | 'prepaidPurchasedCreditAmountCents'
>;

export const NO_PREPAID_CREDITS: PrepaidCredits = {
  prepaidCreditAmountCents: ZERO_CENTS,
  prepaidGrantedCreditAmountCents: ZERO_CENTS,
  prepaidPurchasedCreditAmountCents: ZERO_CENTS,
};

/**
 * Pays what is left of an invoice after its credit notes from the customer's wallets of its currency, one outbound transaction for each wallet
 * that pays. Rule: invoicing.md § 8 "Using credits".
 */
export async function consumeWallets(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoice: Invoice; readonly creditNotesAmountCents: Cents },
): Promise<PrepaidCredits> {
  const { invoice, creditNotesAmountCents } = of;
  const totalAmountCents = subtractCents(invoice.totalAmountCents, creditNotesAmountCents);
  if (totalAmountCents <= 0n) return NO_PREPAID_CREDITS;
  const wallets = activeWallets(tx, { customerId: invoice.customerId, currency: invoice.currency });
  if (wallets.length === 0) return NO_PREPAID_CREDITS;

  const groups = payableGroups(await readPayableFees(tx, invoice.id), { creditNotesAmountCents, totalAmountCents });
  const shares = shareOutTotal(totalAmountCents, groups, wallets);
  let granted = ZERO_CENTS;
  let purchased = ZERO_CENTS;
  for (const { walletId, amountCents } of shares) {
    const used = await takeCredits(context, tx, { walletId, amountCents, invoiceId: invoice.id, transactionStatus: 'invoiced' });
    granted = addCents(granted, used.grantedAmountCents);
    purchased = addCents(purchased, used.purchasedAmountCents);
  }
  return {
    prepaidCreditAmountCents: addCents(granted, purchased),
    prepaidGrantedCreditAmountCents: granted,
    prepaidPurchasedCreditAmountCents: purchased,
  };
}

/** The fees of an invoice as wallets ask about them; usage fees go by the code of their metric. */
export async function readPayableFees(db: ReadDatabase, invoiceId: string): Promise<readonly PayableFee[]> {
  return (await readFees(db, invoiceId)).map((fee) => ({
    ...taxableFee(fee),
    feeType: fee.feeType,
    metricCode: fee.feeType === 'charge' ? fee.itemCode : null,
  }));
}
