import { updateRows } from '../database/rows.ts';
import { invoices, type PaymentStatus } from '../database/tables/invoices.ts';
import type { Payment } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { enqueueJob, readInvoice, setPaymentStatus } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { isUnresolved, providerPaymentsOf } from './payment-rows.ts';
import { settleInvoice } from './settle-invoice.ts';

/** How an invoice stands, as its payments have it. */
interface Standing {
  readonly paymentStatus: PaymentStatus;
  /** Whether another payment of it may begin. */
  readonly isReady: boolean;
}

/**
 * Lets an invoice follow its payments: paid when they make up its total; under way while one of them is; else as the newest ended. An older
 * payment's end never hides a newer one's. `isTriedAgain`: another payment follows by itself. Rule: payments-and-webhooks.md § 4.
 */
export async function followInvoice(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoiceId: string; readonly isTriedAgain?: boolean },
): Promise<void> {
  const { invoiceId } = of;
  await settleInvoice(context, tx, invoiceId);
  const invoice = await readInvoice(tx, invoiceId);
  if (invoice.status === 'voided') await cancelWhatIsUnderWay(context, tx, invoiceId);
  if (invoice.status !== 'finalized') return;
  const standing: Standing =
    invoice.paymentStatus === 'succeeded'
      ? { paymentStatus: 'succeeded', isReady: false }
      : of.isTriedAgain === true
        ? { paymentStatus: 'pending', isReady: false }
        : standingOf(await providerPaymentsOf(tx, invoiceId));
  if (standing.isReady !== invoice.readyForPaymentProcessing) {
    await updateRows(tx, invoices, { where: { id: invoiceId }, set: { readyForPaymentProcessing: standing.isReady } });
  }
  await setPaymentStatus(context, tx, { invoiceId, to: standing.paymentStatus });
}

/** A payment of a voided invoice that was only now found to be under way. */
async function cancelWhatIsUnderWay(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const isAny = (await providerPaymentsOf(tx, invoiceId)).some((payment) => payment.payablePaymentStatus === 'processing');
  if (isAny) await enqueueJob(context, tx, { kind: 'cancel_payment', subjectId: invoiceId });
}

function standingOf(payments: readonly Payment[]): Standing {
  if (payments.some(isUnderWay)) return { paymentStatus: 'pending', isReady: false };
  const isFailed = payments.at(-1)?.payablePaymentStatus === 'failed';
  return { paymentStatus: isFailed ? 'failed' : 'pending', isReady: true };
}

/** Once a person was told that the provider cannot be reached, that person may ask again: the same payment is then resolved first. */
function isUnderWay(payment: Payment): boolean {
  return payment.payablePaymentStatus === 'processing' || (isUnresolved(payment) && payment.errorCode === null);
}
