import type { Announcement } from '../service-context.ts';
import type { Customer } from '../customers/index.ts';

/** Why an invoice could not be collected, in the provider's words where it has any. */
export interface PaymentFailure {
  readonly invoiceId: string;
  readonly customer: Customer;
  readonly code: string;
  readonly message: string;
}

/** What endpoints are told of a collection that failed. Rule: payments-and-webhooks.md § 10 `invoice.payment_failure`. */
export function paymentFailureAnnouncement(failure: PaymentFailure): Announcement {
  const { customer, code, message } = failure;
  return {
    type: 'invoice.payment_failure',
    objectType: 'payment_provider_invoice_payment_error',
    objectId: failure.invoiceId,
    object: {
      lago_invoice_id: failure.invoiceId,
      lago_customer_id: customer.id,
      external_customer_id: customer.externalId,
      provider_customer_id: customer.providerCustomerId,
      payment_provider: customer.paymentProvider,
      payment_provider_code: customer.paymentProviderCode,
      provider_error: { message, error_code: code },
      error_details: {},
    },
  };
}
