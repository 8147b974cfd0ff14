import { formatInstant } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import type { PaymentAnswer, PaymentWireInput } from '../../../shared/wire/payment.ts';
import type { ListedPayment, ManualPaymentInput } from '../../payments/index.ts';

/** A payment. Rule: api.md § 15. */
export function serializePayment({ payment, externalCustomerId, invoiceNumber }: ListedPayment): PaymentAnswer {
  return {
    lago_id: payment.id,
    lago_customer_id: payment.customerId,
    external_customer_id: externalCustomerId,
    invoice_ids: [payment.invoiceId],
    invoice_numbers: [invoiceNumber],
    lago_payable_id: payment.invoiceId,
    payable_type: 'Invoice',
    amount_cents: centsToWire(payment.amountCents),
    amount_currency: payment.currency,
    status: payment.status,
    payment_status: payment.payablePaymentStatus,
    type: payment.paymentType,
    reference: payment.reference,
    payment_provider_code: payment.providerCode,
    payment_provider_type: payment.paymentType === 'provider' ? 'stripe' : null,
    external_payment_id: payment.providerPaymentId,
    provider_payment_id: payment.providerPaymentId,
    provider_customer_id: payment.providerCustomerId,
    next_action: (payment.nextAction ?? {}) as PaymentAnswer['next_action'],
    created_at: formatInstant(payment.createdAt),
  };
}

/** What is left out is judged with the rest. */
export function readManualPaymentInput(values: Partial<PaymentWireInput>): ManualPaymentInput {
  return {
    invoiceId: values.invoice_id ?? '',
    amountCents: values.amount_cents ?? 'invalid',
    reference: values.reference ?? '',
    paidAt: values.paid_at ?? null,
  };
}
