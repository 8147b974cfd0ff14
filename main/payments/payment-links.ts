import type Stripe from 'stripe';
import { BASE_FIELD } from '../../shared/wire/error-codes.ts';
import { isBefore } from '../../shared/dates.ts';
import { invalid, notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { readCustomer, readOrganization, type Customer } from '../customers/index.ts';
import type { NewRow } from '../database/rows.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { PaymentLink } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { findInvoice } from '../invoicing/index.ts';
import { ensureAdopted } from './adopt-intents.ts';
import { ProviderUnavailable, realNow, type PaymentDesk } from './desk.ts';
import { DEFAULT_REDIRECT_URL, descriptionOf, invoiceMetadata } from './intent-body.ts';
import { takeIntent } from './match-payment.ts';
import { findLink, insertLink, openLinkOf, updateLink } from './payment-link-rows.ts';
import { paymentLinkRefusal } from './payment-refusals.ts';
import { dueOn } from './payment-rows.ts';
import { providerRefusal } from './provider-refusal.ts';
import { idOf, intentFacts } from './stripe/intent-facts.ts';
import type { StripeAccount } from './stripe/stripe-accounts.ts';
import { toStripeAmount } from './stripe/stripe-amounts.ts';
import type { WithMethodTypes } from './stripe/stripe-client.ts';
import { nextCheckAt } from './waits.ts';

/** Stripe closes a page after 24 hours at the latest, by its own clock. */
const LINK_LIFE_MS = (24 * 60 - 1) * 60_000;
/** A page that closes in a moment is not handed out any more. */
const LEAST_LEFT_MS = 60_000;

export interface HostedLink {
  readonly customer: Customer;
  readonly invoiceId: string;
  readonly url: string;
}

/**
 * A page of Stripe's on which what is due of an invoice can be paid. One is open per invoice; it is handed out again until it closes or
 * something else is due. Errors: 404 `invoice_not_found`, 422 on `base`, 405 while a payment is under way. Rule: payments-and-webhooks.md § 7.
 */
export async function createPaymentLink(desk: PaymentDesk, invoiceId: string): Promise<Result<HostedLink>> {
  const { read } = desk.context.database;
  const invoice = await findInvoice(read, desk.context.organizationId, invoiceId);
  if (invoice === null) return notFound('invoice');
  const customer = await readCustomer(read, invoice.customerId);
  const account = customer.paymentProviderCode === null ? null : await desk.accounts.open(customer.paymentProviderCode);
  if (account === null) return invalid({ [BASE_FIELD]: ['no_linked_payment_provider'] });
  return desk.locks.run(`invoice:${invoiceId}`, async () => {
    await ensureAdopted(desk, account.provider.code);
    const refusal = await refusalOf(desk, { invoiceId, customer });
    if (refusal !== null) return refusal;
    const known = await reusableLink(desk, invoiceId);
    return known === null ? openPage(desk, account, { invoiceId, customer }) : ok({ customer, invoiceId, url: known });
  });
}

async function refusalOf(
  desk: PaymentDesk,
  of: { readonly invoiceId: string; readonly customer: Customer },
): Promise<ReturnType<typeof invalid> | null> {
  const { read } = desk.context.database;
  const invoice = await findInvoice(read, desk.context.organizationId, of.invoiceId);
  const refusal = invoice === null ? 'invoice_is_not_final' : paymentLinkRefusal(read, invoice, of.customer);
  switch (refusal) {
    case null:
      return null;
    case 'payment_processor_is_currently_handling_payment':
      return notAllowed(refusal);
    case 'missing_payment_provider_customer':
    case 'amount_not_supported':
      return invalid({ [BASE_FIELD]: [refusal] });
    case 'customer_must_have_payment_provider':
      return invalid({ [BASE_FIELD]: ['no_linked_payment_provider'] });
    default:
      return invalid({ [BASE_FIELD]: ['invalid_invoice_status_or_payment_status'] });
  }
}

async function reusableLink(desk: PaymentDesk, invoiceId: string): Promise<string | null> {
  const { read } = desk.context.database;
  const invoice = await findInvoice(read, desk.context.organizationId, invoiceId);
  const link = await openLinkOf(read, invoiceId);
  if (invoice === null || link === null) return null;
  const isFresh = isBefore(realNow(desk).add({ milliseconds: LEAST_LEFT_MS }), link.expiresAt);
  return isFresh && link.amountCents === dueOn(invoice) ? link.url : null;
}

async function openPage(
  desk: PaymentDesk,
  account: StripeAccount,
  of: { readonly invoiceId: string; readonly customer: Customer },
): Promise<Result<HostedLink>> {
  await closeLink(desk, of.invoiceId);
  const { context } = desk;
  const prepared = await context.database.unitOfWork.write('open a payment link', (tx) => prepareLink(desk, tx, { account, ...of }));
  if (prepared === null) return invalid({ [BASE_FIELD]: ['invalid_invoice_status_or_payment_status'] });
  const { link, body } = prepared;
  const options = { idempotencyKey: `payment-intent-${link.id}` };
  const made = await account.ask((client) => client.checkout.sessions.create(body, options));
  const set = made.ok ? { sessionId: made.value.id, url: made.value.url } : ({ status: 'expired', nextCheckAt: null } as const);
  await context.database.unitOfWork.write('keep a payment link', (tx) => updateLink(tx, link.id, set));
  if (!made.ok) return providerRefusal(made.failure);
  return ok({ customer: of.customer, invoiceId: of.invoiceId, url: made.value.url ?? '' });
}

interface PreparedLink {
  readonly link: NewRow<PaymentLink>;
  readonly body: WithMethodTypes<Stripe.Checkout.SessionCreateParams>;
}

/** The row is there before the page: the first automatic payment waits for it from here on. */
async function prepareLink(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly account: StripeAccount; readonly invoiceId: string; readonly customer: Customer },
): Promise<PreparedLink | null> {
  const { context } = desk;
  const { account, customer } = of;
  const invoice = await findInvoice(tx, context.organizationId, of.invoiceId);
  const amount = invoice === null ? null : toStripeAmount(dueOn(invoice), invoice.currency);
  if (invoice === null || amount === null || amount === 0) return null;
  const createdAt = realNow(desk);
  const link: NewRow<PaymentLink> = {
    id: context.random.uuid(),
    invoiceId: invoice.id,
    providerCode: account.provider.code,
    sessionId: null,
    url: null,
    amountCents: dueOn(invoice),
    status: 'open',
    createdAt,
    expiresAt: createdAt.add({ milliseconds: LINK_LIFE_MS }),
    nextCheckAt: nextCheckAt(createdAt, createdAt),
  };
  await insertLink(tx, link);
  const organization = await readOrganization(tx, context.organizationId);
  const body: PreparedLink['body'] = {
    mode: 'payment',
    customer: customer.providerCustomerId ?? '',
    success_url: account.provider.successRedirectUrl ?? DEFAULT_REDIRECT_URL,
    payment_method_types: [...customer.providerPaymentMethods],
    line_items: [lineOf(invoice, amount)],
    expires_at: Math.floor(link.expiresAt.epochMilliseconds / 1000),
    payment_intent_data: {
      description: descriptionOf(organization, invoice),
      setup_future_usage: 'off_session',
      metadata: { ...invoiceMetadata(invoice, organization), payment_type: 'one-time' },
    },
  };
  return { link, body };
}

function lineOf(invoice: Invoice, amount: number): Stripe.Checkout.SessionCreateParams.LineItem {
  return {
    quantity: 1,
    price_data: { currency: invoice.currency.toLowerCase(), unit_amount: amount, product_data: { name: invoice.number } },
  };
}

/** Closes the page of an invoice that is paid, voided or due in another amount. A page that was paid on meanwhile tells so. */
export async function closeLink(desk: PaymentDesk, invoiceId: string): Promise<void> {
  const link = await openLinkOf(desk.context.database.read, invoiceId);
  if (link === null) return;
  const { sessionId } = link;
  if (sessionId === null) {
    await endLink(desk, link, 'expired');
    return;
  }
  const account = await desk.accounts.open(link.providerCode);
  if (account === null) throw new ProviderUnavailable('a payment page stays open');
  const options = { idempotencyKey: `expire-${link.id}` };
  const expired = await account.ask((client) => client.checkout.sessions.expire(sessionId, {}, options));
  if (expired.ok) await endLink(desk, link, 'expired');
  else if (expired.failure.kind === 'refused') await lookAtPage(desk, account, link);
  else throw new ProviderUnavailable('a payment page stays open');
}

/** Looks at an open page: whether it was paid on, or is over. Answers whether anything changed. */
export async function checkLink(desk: PaymentDesk, linkId: string): Promise<boolean> {
  const link = await findLink(desk.context.database.read, linkId);
  if (link?.status !== 'open') return false;
  if (link.sessionId === null) return isBefore(link.expiresAt, realNow(desk)) ? endLink(desk, link, 'expired') : planNextCheck(desk, link);
  const account = await desk.accounts.open(link.providerCode);
  if (account === null) return planNextCheck(desk, link);
  try {
    return await lookAtPage(desk, account, link);
  } catch (error) {
    if (!(error instanceof ProviderUnavailable)) throw error;
    return planNextCheck(desk, link);
  }
}

async function lookAtPage(desk: PaymentDesk, account: StripeAccount, link: PaymentLink): Promise<boolean> {
  const page = await account.ask((client) => client.checkout.sessions.retrieve(link.sessionId ?? ''));
  if (!page.ok) return planNextCheck(desk, link);
  const intentId = idOf(page.value.payment_intent);
  const isPaid = page.value.status === 'complete';
  const isChange = isPaid && intentId !== null && (await takePaidIntent(desk, account, intentId));
  if (page.value.status === 'open') return planNextCheck(desk, link);
  await endLink(desk, link, isPaid ? 'completed' : 'expired');
  return isChange;
}

async function takePaidIntent(desk: PaymentDesk, account: StripeAccount, intentId: string): Promise<boolean> {
  const asked = await account.ask((client) => client.paymentIntents.retrieve(intentId));
  const intent = asked.ok ? intentFacts(asked.value) : null;
  if (intent === null) throw new ProviderUnavailable('a page that was paid on is not recorded');
  return desk.context.database.unitOfWork.write('record a payment on a page', (tx) =>
    takeIntent(desk, tx, { intent, providerCode: account.provider.code }),
  );
}

async function endLink(desk: PaymentDesk, link: PaymentLink, status: 'expired' | 'completed'): Promise<boolean> {
  await desk.context.database.unitOfWork.write('end a payment link', (tx) => updateLink(tx, link.id, { status, nextCheckAt: null }));
  return true;
}

async function planNextCheck(desk: PaymentDesk, link: PaymentLink): Promise<boolean> {
  const now = realNow(desk);
  // After its time it is looked at once more: what was paid on it at the last moment is then known.
  const next = nextCheckAt(link.createdAt, now);
  const at = next !== null && isBefore(next, link.expiresAt) ? next : isBefore(now, link.expiresAt) ? link.expiresAt : next;
  await desk.context.database.unitOfWork.write('plan the next look at a payment link', (tx) =>
    updateLink(tx, link.id, { nextCheckAt: at }),
  );
  return false;
}
