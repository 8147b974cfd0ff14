import type { Instant } from '../../shared/dates.ts';
import type { FeeDraft } from '../billing/invoice/fee-draft.ts';
import { linkPurchase, readOrganization, type Customer } from '../customers/index.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { Wallet, WalletTransaction } from '../database/tables/wallets.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';
import { insertInvoice } from './generate-invoice.ts';
import { storeFees } from './store-fees.ts';

export interface Purchase {
  readonly customer: Customer;
  readonly wallet: Wallet;
  readonly transaction: WalletTransaction;
}

/**
 * Makes the invoice of a purchase of credits: of type `credit`, final at once, one fee without tax, untouched by coupons, credit notes and
 * wallets. The credits come into the wallet when it is paid. Rule: invoicing.md § 8 "paid".
 */
export async function createCreditInvoice(context: ServiceContext, tx: Transaction, purchase: Purchase): Promise<Invoice> {
  const { customer, wallet, transaction } = purchase;
  const { currency } = wallet;
  const invoice = await insertInvoice(context, tx, {
    customer,
    organization: await readOrganization(tx, context.organizationId),
    currency,
    invoiceType: 'credit',
    isPeriodic: false,
    hasGrace: false,
    purchaseOrderNumber: transaction.purchaseOrderNumber,
  });
  await storeFees(context, tx, { of: { customer, currency, invoiceId: invoice.id }, drafts: [creditFee(purchase, context.clock.now())] });
  // Before the invoice is final: whoever is told of either finds the other.
  await linkPurchase(context, tx, { purchaseId: transaction.id, invoiceId: invoice.id });
  const finalized = await finalizeInTransaction(context, tx, { invoiceId: invoice.id });
  await context.announce?.(tx, { type: 'invoice.paid_credit_added', objectType: 'invoice', objectId: invoice.id });
  return finalized;
}

function creditFee({ wallet, transaction }: Purchase, now: Instant): FeeDraft {
  return {
    feeType: 'credit',
    subscriptionId: null,
    chargeId: null,
    chargeFilterId: null,
    item: { id: transaction.id, type: 'WalletTransaction', code: 'credit', name: 'credit', description: null },
    invoiceDisplayName: transaction.name ?? wallet.name,
    filterDisplayName: null,
    filters: null,
    groupedBy: {},
    payInAdvance: false,
    invoiceable: true,
    amountCents: transaction.amountCents,
    preciseAmount: transaction.amount,
    unitAmount: wallet.rateAmount,
    units: transaction.creditAmount,
    totalAggregatedUnits: null,
    eventsCount: null,
    amountDetails: {},
    fromAt: now,
    toAt: now,
    taxes: [],
    trueUpOf: null,
    eventTransactionId: null,
    explanation: {
      version: 1,
      rule: 'wallet_credits',
      properties: { rate_amount: wallet.rateAmount.toFixed() },
      facts: { wallet_code: wallet.code, credit_amount: transaction.creditAmount.toFixed(), source: transaction.source },
      boundaries: {},
      steps: [],
      eventWatermark: null,
    },
  };
}
