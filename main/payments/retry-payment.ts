import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { readCustomer } from '../customers/index.ts';
import { enqueueJob, findInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { paymentFailureAnnouncement } from './payment-failure.ts';
import { retryPaymentRefusal } from './payment-refusals.ts';

/**
 * Asks once more for what is due. The collection itself runs in the background; a customer without a provider is told of by a webhook.
 * Errors: 404 `invoice_not_found`; 405 `invalid_status` for an invoice that is not final or is paid, and
 * `payment_processor_is_currently_handling_payment` while one is under way. Rule: invoicing.md § 9.
 */
export function retryPayment(context: ServiceContext, invoiceId: string): Promise<Result<null>> {
  return context.database.unitOfWork.write('retry payment', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, invoiceId);
    if (invoice === null) return notFound('invoice');
    const refusal = retryPaymentRefusal(tx, invoice);
    if (refusal === 'payment_processor_is_currently_handling_payment') return notAllowed(refusal);
    if (refusal !== null) return notAllowed('invalid_status');
    const customer = await readCustomer(tx, invoice.customerId);
    if (customer.paymentProvider === null) {
      const failure = {
        invoiceId,
        customer,
        code: 'customer_must_have_payment_provider',
        message: 'The customer has no payment provider.',
      };
      await context.announce?.(tx, paymentFailureAnnouncement(failure));
    } else await enqueueJob(context, tx, { kind: 'collect_invoice', subjectId: invoiceId });
    return ok(null);
  });
}
