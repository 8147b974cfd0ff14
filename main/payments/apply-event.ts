import type Stripe from 'stripe';
import { IsNull } from 'typeorm';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { customers, type Customer } from '../database/tables/customers.ts';
import { paymentProviders, payments, providerEvents, type PaymentProvider, type ProviderEvent } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { loseDisputeInTransaction, readInvoice } from '../invoicing/index.ts';
import { ProviderUnavailable, realNow, type PaymentDesk } from './desk.ts';
import { takeIntent } from './match-payment.ts';
import { takeRefund } from './record-refund.ts';
import { idOf, intentFacts } from './stripe/intent-facts.ts';
import { isEventType, type EventType, type WireEvent } from './stripe/wire-event.ts';
import { takeDefaultMethod } from './waiting-invoices.ts';

interface Arrived {
  readonly row: ProviderEvent;
  readonly event: WireEvent;
}

/** What an event does, inside the transaction that also notes that it was applied. */
type Effect = (tx: Transaction) => Promise<boolean>;

/** Applies an event, whether it was sent to us or found in the list. Calls come first, then one transaction. Rule: payments-and-webhooks.md § 5. */
export async function applyEvent(desk: PaymentDesk, arrived: Arrived): Promise<boolean> {
  const { database } = desk.context;
  const provider = await database.read.manager.findOneBy(paymentProviders, { id: arrived.row.providerId });
  const { event } = arrived;
  const effect = provider === null || !isEventType(event.type) ? null : await effectOf(desk, { provider, type: event.type, event });
  return database.unitOfWork.write('apply a provider event', async (tx) => {
    const isChange = effect === null ? false : await effect(tx);
    await updateRows(tx, providerEvents, { where: { id: arrived.row.id }, set: { processedAt: realNow(desk) } });
    return isChange;
  });
}

interface Known {
  readonly provider: PaymentProvider;
  readonly type: EventType;
  readonly event: WireEvent;
}

/** Each kind of event and what it does; the object is what its type says, since the event was signed or listed by Stripe. */
async function effectOf(desk: PaymentDesk, { provider, type, event }: Known): Promise<Effect | null> {
  const { object } = event.data;
  switch (type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return effectOfIntent(desk, provider, object as Stripe.PaymentIntent);
    case 'setup_intent.succeeded':
      return effectOfSetup(desk, { provider, event }, object as Stripe.SetupIntent);
    case 'customer.updated':
      return (tx) => takeCustomer(desk, tx, { provider, customer: object as Stripe.Customer });
    case 'payment_method.detached':
      return (tx) => forgetMethod(tx, (object as Stripe.PaymentMethod).id);
    case 'charge.refund.updated':
    case 'refund.updated':
    case 'refund.failed':
      return (tx) => takeRefund(desk, tx, object as Stripe.Refund);
    case 'charge.dispute.closed':
      return (tx) => takeDispute(desk, tx, object as Stripe.Dispute);
  }
}

function effectOfIntent(desk: PaymentDesk, provider: PaymentProvider, object: Stripe.PaymentIntent): Effect | null {
  const intent = intentFacts(object);
  return intent === null ? null : (tx) => takeIntent(desk, tx, { intent, providerCode: provider.code });
}

/** A customer of ours has entered a payment method on Stripe's page: it becomes the default, and what waited for it is collected. */
async function effectOfSetup(
  desk: PaymentDesk,
  { provider, event }: Pick<Known, 'provider' | 'event'>,
  setup: Stripe.SetupIntent,
): Promise<Effect | null> {
  const methodId = idOf(setup.payment_method);
  const account = await desk.accounts.openFor(provider);
  if (methodId === null) return null;
  if (account === null) throw new ProviderUnavailable('a new payment method is not taken over');
  const held = await account.ask((client) => client.paymentMethods.retrieve(methodId));
  if (!held.ok && held.failure.kind === 'unreachable') throw new ProviderUnavailable('a new payment method is not taken over');
  const customerId = held.ok ? idOf(held.value.customer) : null;
  if (customerId === null || (await customersAt(desk.context.database.read, provider, customerId)).length === 0) return null;
  const options = { idempotencyKey: `default-method-${event.id}` };
  const settings = { invoice_settings: { default_payment_method: methodId } };
  const made = await account.ask((client) => client.customers.update(customerId, settings, options));
  if (!made.ok && made.failure.kind === 'unreachable') throw new ProviderUnavailable('a new payment method is not taken over');
  return (tx) => takeMethodOf(desk, tx, { provider, customerId, methodId });
}

async function takeCustomer(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly provider: PaymentProvider; readonly customer: Stripe.Customer },
): Promise<boolean> {
  const { provider, customer } = of;
  const methodId = idOf(customer.invoice_settings.default_payment_method) ?? idOf(customer.default_source);
  return takeMethodOf(desk, tx, { provider, customerId: customer.id, methodId });
}

async function takeMethodOf(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly provider: PaymentProvider; readonly customerId: string; readonly methodId: string | null },
): Promise<boolean> {
  let isChange = false;
  for (const customer of await customersAt(tx, of.provider, of.customerId)) {
    isChange = (await takeDefaultMethod(desk.context, tx, { customer, methodId: of.methodId })) || isChange;
  }
  return isChange;
}

/** Customers that are the same one at the provider. */
async function customersAt(db: ReadDatabase, provider: PaymentProvider, providerCustomerId: string): Promise<readonly Customer[]> {
  return db.manager.findBy(customers, { providerCustomerId, paymentProviderCode: provider.code, deletedAt: IsNull() });
}

async function forgetMethod(tx: Transaction, methodId: string): Promise<boolean> {
  if (!(await tx.manager.existsBy(customers, { providerPaymentMethodId: methodId }))) return false;
  await updateRows(tx, customers, { where: { providerPaymentMethodId: methodId }, set: { providerPaymentMethodId: null } });
  return true;
}

async function takeDispute(desk: PaymentDesk, tx: Transaction, dispute: Stripe.Dispute): Promise<boolean> {
  const intentId = idOf(dispute.payment_intent);
  if (dispute.status !== 'lost' || intentId === null) return false;
  const payment = await tx.manager.findOneBy(payments, { providerPaymentId: intentId });
  if (payment === null) return false;
  const invoice = await readInvoice(tx, payment.invoiceId);
  if (invoice.paymentDisputeLostAt !== null) return false;
  await loseDisputeInTransaction(desk.context, tx, invoice);
  return true;
}
