import type { z } from 'zod';
import { formatInstant } from '../../../shared/dates.ts';
import { Secret } from '../../../shared/secret.ts';
import type {
  checkoutUrlAnswer,
  PaymentProviderAnswer,
  PaymentProviderWireInput,
  paymentUrlAnswer,
} from '../../../shared/wire/payment-provider.ts';
import type { CheckoutLink, HostedLink, ProviderInput, ProviderView } from '../../payments/index.ts';

/** A payment provider. Rule: payments-and-webhooks.md § 2. */
export function serializeProvider(view: ProviderView): PaymentProviderAnswer {
  const { provider } = view;
  return {
    lago_id: provider.id,
    code: provider.code,
    name: provider.name,
    type: provider.type,
    mode: view.mode,
    secret_key_last4: view.secretKeyLast4,
    webhook_secret_set: view.isWebhookSecretSet,
    success_redirect_url: provider.successRedirectUrl,
    supports_3ds: provider.supports3ds,
    create_customers: provider.createsCustomers,
    verified: view.isVerified,
    created_at: formatInstant(provider.createdAt),
  };
}

/** Secrets are wrapped as soon as they are read: nothing prints them from here on. */
export function readProviderInput(values: Partial<PaymentProviderWireInput>): ProviderInput {
  return {
    type: values.type,
    name: values.name,
    secretKey: secretOf(values.secret_key),
    webhookSecret: secretOf(values.webhook_secret),
    successRedirectUrl: values.success_redirect_url,
    supports3ds: values.supports_3ds,
    createsCustomers: values.create_customers,
  };
}

function secretOf(text: string | null | undefined): Secret | null | undefined {
  return text === null || text === undefined ? text : new Secret(text.trim());
}

export function serializePaymentUrl({ customer, invoiceId, url }: HostedLink): z.output<typeof paymentUrlAnswer> {
  return {
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    payment_provider: customer.paymentProvider ?? '',
    lago_invoice_id: invoiceId,
    payment_url: url,
  };
}

export function serializeCheckoutUrl({ customer, url }: CheckoutLink): z.output<typeof checkoutUrlAnswer> {
  return {
    lago_customer_id: customer.id,
    external_customer_id: customer.externalId,
    payment_provider: customer.paymentProvider ?? '',
    payment_provider_code: customer.paymentProviderCode,
    checkout_url: url,
  };
}
