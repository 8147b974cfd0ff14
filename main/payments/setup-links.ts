import type Stripe from 'stripe';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { BASE_FIELD } from '../../shared/wire/error-codes.ts';
import { findCustomer, readCustomer, type Customer } from '../customers/index.ts';
import { ProviderUnavailable, type PaymentDesk } from './desk.ts';
import { DEFAULT_REDIRECT_URL } from './intent-body.ts';
import { syncProviderCustomer } from './provider-customers.ts';
import { providerRefusal } from './provider-refusal.ts';
import type { Asked, StripeAccount } from './stripe/stripe-accounts.ts';
import type { WithMethodTypes } from './stripe/stripe-client.ts';

/** Kinds of payment that a customer enters once, on a page of Stripe's. Rule: payments-and-webhooks.md § 3. */
const TYPES_TO_SET_UP: readonly string[] = ['card', 'sepa_debit', 'us_bank_account', 'bacs_debit', 'link', 'boleto'];

export interface CheckoutLink {
  readonly customer: Customer;
  readonly url: string;
}

/** A page on which a customer enters a payment method; a new one each time. Errors: 404 `customer_not_found`, 422 on `base`. Rule: § 3 "Setup link". */
export async function createCheckoutLink(desk: PaymentDesk, externalId: string): Promise<Result<CheckoutLink>> {
  const { context } = desk;
  const found = await findCustomer(context.database.read, context.organizationId, externalId);
  if (found === null) return notFound('customer');
  const account = found.paymentProviderCode === null ? null : await desk.accounts.open(found.paymentProviderCode);
  if (account === null) return invalid({ [BASE_FIELD]: ['no_linked_payment_provider'] });
  const customer = await withProviderCustomer(desk, found);
  if (customer.providerCustomerId === null) return invalid({ [BASE_FIELD]: ['missing_payment_provider_customer'] });
  if (typesToSetUp(customer).length === 0) return invalid({ [BASE_FIELD]: ['no_payment_method_to_set_up'] });
  const made = await openPage(desk, account, customer);
  return made.ok ? ok({ customer, url: made.value.url ?? '' }) : providerRefusal(made.failure);
}

/** Who asks for the page need not wait for the job that makes the customer at Stripe. */
async function withProviderCustomer(desk: PaymentDesk, customer: Customer): Promise<Customer> {
  if (customer.providerCustomerId !== null || !customer.syncWithProvider) return customer;
  try {
    await syncProviderCustomer(desk, customer.id);
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    desk.context.logger.warn({ customerId: customer.id, error }, 'the provider could not be reached for a checkout page');
  }
  return readCustomer(desk.context.database.read, customer.id);
}

/** Tells the address of a page, once a customer is known at Stripe. */
export async function announceCheckoutLink(desk: PaymentDesk, customerId: string): Promise<void> {
  const { context } = desk;
  const customer = await readCustomer(context.database.read, customerId);
  const isWanted = customer.providerCustomerId !== null && customer.deletedAt === null && typesToSetUp(customer).length > 0;
  const account = customer.paymentProviderCode === null ? null : await desk.accounts.open(customer.paymentProviderCode);
  if (!isWanted || account === null) return;
  const made = await openPage(desk, account, customer);
  if (!made.ok && made.failure.kind === 'unreachable') throw new ProviderUnavailable('a checkout page is not made');
  if (!made.ok) return;
  await context.database.unitOfWork.write('tell of a checkout page', async (tx) => {
    await context.announce?.(tx, {
      type: 'customer.checkout_url_generated',
      objectType: 'payment_provider_customer_checkout_url',
      objectId: customer.id,
      object: {
        lago_customer_id: customer.id,
        external_customer_id: customer.externalId,
        payment_provider: customer.paymentProvider,
        payment_provider_code: customer.paymentProviderCode,
        checkout_url: made.value.url,
      },
    });
  });
}

function typesToSetUp(customer: Customer): string[] {
  return customer.providerPaymentMethods.filter((type) => TYPES_TO_SET_UP.includes(type));
}

function openPage(desk: PaymentDesk, account: StripeAccount, customer: Customer): Promise<Asked<Stripe.Checkout.Session>> {
  const body: WithMethodTypes<Stripe.Checkout.SessionCreateParams> = {
    mode: 'setup',
    customer: customer.providerCustomerId ?? '',
    success_url: account.provider.successRedirectUrl ?? DEFAULT_REDIRECT_URL,
    payment_method_types: typesToSetUp(customer),
  };
  const options = { idempotencyKey: `checkout-${desk.context.random.uuid()}` };
  return account.ask((client) => client.checkout.sessions.create(body, options));
}
