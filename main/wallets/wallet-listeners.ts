import { takePurchaseBack } from '../customers/index.ts';
import type { ChangeListeners, ServiceContext } from '../service-context.ts';
import { endWalletsOfCustomer } from './end-wallets.ts';
import { failPurchaseOf, followInvoicePayment, returnWalletCredits } from './follow-invoice.ts';
import { noteWalletsOfPlan } from './keep-up.ts';

/** What changes of plans, customers and invoices do to wallets, in the transaction of the change. */
export function walletListeners(context: () => ServiceContext): ChangeListeners {
  return {
    planChanged: (tx, planId) => {
      noteWalletsOfPlan(tx, { planId, at: context().clock.now() });
      return Promise.resolve();
    },
    customerDeleted: (tx, customer) => endWalletsOfCustomer(context(), tx, customer.id),
    invoicePaymentChanged: (tx, invoice) => followInvoicePayment(context(), tx, invoice),
    invoiceVoided: async (tx, invoice, how) => {
      await failPurchaseOf(context(), tx, invoice);
      if (!how.keepsCredits) await returnWalletCredits(context(), tx, invoice);
    },
    purchaseRefunded: (tx, refund) => takePurchaseBack(context(), tx, refund),
  };
}
