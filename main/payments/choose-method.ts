import type { Customer } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { customers } from '../database/tables/customers.ts';
import type { PaymentDesk } from './desk.ts';
import { idOf } from './stripe/intent-facts.ts';
import type { StripeAccount } from './stripe/stripe-accounts.ts';
import type { StripeFailure } from './stripe/stripe-failures.ts';

export type MethodChoice =
  | { readonly kind: 'method'; readonly id: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'customer_deleted' }
  | { readonly kind: 'failed'; readonly failure: StripeFailure };

/**
 * Step 4 of collecting: what the customer pays with. The default that Stripe has wins, then the one that is remembered, as long as it is
 * still the customer's; else the first that there is. Rule: payments-and-webhooks.md § 4.
 */
export async function chooseMethod(desk: PaymentDesk, account: StripeAccount, customer: Customer): Promise<MethodChoice> {
  const customerId = customer.providerCustomerId ?? '';
  const known = await account.ask((client) => client.customers.retrieve(customerId));
  if (!known.ok) return { kind: 'failed', failure: known.failure };
  if (known.value.deleted === true) return { kind: 'customer_deleted' };
  const byDefault = idOf(known.value.invoice_settings.default_payment_method) ?? idOf(known.value.default_source);
  const wanted = byDefault ?? customer.providerPaymentMethodId;
  if (wanted !== null) {
    const held = await account.ask((client) => client.customers.retrievePaymentMethod(customerId, wanted));
    if (held.ok) return remember(desk, customer, held.value.id);
    if (!isGone(held.failure)) return { kind: 'failed', failure: held.failure };
    await rememberMethod(desk, customer, null);
  }
  const others = await account.ask((client) => client.customers.listPaymentMethods(customerId, { limit: 1 }));
  if (!others.ok) return { kind: 'failed', failure: others.failure };
  const [first] = others.value.data;
  return first === undefined ? { kind: 'none' } : remember(desk, customer, first.id);
}

async function remember(desk: PaymentDesk, customer: Customer, id: string): Promise<MethodChoice> {
  await rememberMethod(desk, customer, id);
  return { kind: 'method', id };
}

function isGone(failure: StripeFailure): boolean {
  return failure.kind === 'refused' && failure.status === 404;
}

async function rememberMethod(desk: PaymentDesk, customer: Customer, providerPaymentMethodId: string | null): Promise<void> {
  if (customer.providerPaymentMethodId === providerPaymentMethodId) return;
  await desk.context.database.unitOfWork.write('remember a payment method', (tx) =>
    updateRows(tx, customers, { where: { id: customer.id }, set: { providerPaymentMethodId } }),
  );
}
