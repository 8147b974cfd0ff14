import type Stripe from 'stripe';
import type { Customer } from '../customers/index.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { Payment } from '../database/tables/payments.ts';
import type { WithMethodTypes } from './stripe/stripe-client.ts';

/** Where Stripe sends a person back to when the user named no page of its own. */
export const DEFAULT_REDIRECT_URL = 'https://stripe.com/';

export interface IntentParts {
  readonly payment: Payment;
  readonly invoice: Invoice;
  readonly customer: Customer;
  readonly organization: Organization;
  /** In Stripe's smallest unit. */
  readonly amount: number;
  readonly methodId: string;
  readonly redirectUrl: string | null;
  /** An earlier payment failed because its owner was not there: this one may ask. */
  readonly asksOwner: boolean;
}

/** The body of step 6, kept with the row and sent again unchanged. Rule: payments-and-webhooks.md § 4. */
export function intentBody(parts: IntentParts): WithMethodTypes<Stripe.PaymentIntentCreateParams> {
  const { payment, invoice, customer, organization } = parts;
  return {
    amount: parts.amount,
    currency: invoice.currency.toLowerCase(),
    customer: customer.providerCustomerId ?? '',
    payment_method: parts.methodId,
    payment_method_types: [...customer.providerPaymentMethods],
    confirm: true,
    ...presenceOf(customer, parts.asksOwner),
    return_url: parts.redirectUrl ?? DEFAULT_REDIRECT_URL,
    description: descriptionOf(organization, invoice),
    metadata: {
      ...invoiceMetadata(invoice, organization),
      lago_payment_id: payment.id,
      lago_attempt: String(payment.attempt),
    },
  };
}

export function descriptionOf(organization: Organization, invoice: Invoice): string {
  return `${organization.name} - Invoice ${invoice.number}`;
}

/** What links an intent to its invoice, however it was begun. */
export function invoiceMetadata(invoice: Invoice, organization: Organization): Readonly<Record<string, string>> {
  return {
    lago_invoice_id: invoice.id,
    lago_customer_id: invoice.customerId,
    lago_payable_id: invoice.id,
    lago_payable_type: 'Invoice',
    lago_organization_id: organization.id,
    invoice_issuing_date: invoice.issuingDate.toString(),
    invoice_type: invoice.invoiceType,
  };
}

/** Whether the card's owner is there. Indian banks want to ask their customers each time. */
function presenceOf(
  customer: Customer,
  asksOwner: boolean,
): Pick<Stripe.PaymentIntentCreateParams, 'off_session' | 'error_on_requires_action'> {
  if (asksOwner) return {};
  const isAlone = customer.country !== 'IN';
  return { off_session: isAlone, error_on_requires_action: isAlone };
}
