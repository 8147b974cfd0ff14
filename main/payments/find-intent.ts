import type Stripe from 'stripe';
import type { Payment } from '../database/tables/payments.ts';
import type { Asked, StripeAccount } from './stripe/stripe-accounts.ts';

/** Clocks differ, and this machine's may have been wrong: the list begins well before the call. */
const MARGIN_SECONDS = 24 * 3600;
const PAGE = 100;
const MOST_INTENTS = 10_000;

/**
 * Looks for the intent that a payment may have made: by its own id, else by invoice and attempt. No answer is no answer: only a list that was
 * read to its end says that there is none. Rule: payments-and-webhooks.md § 4 "Orphan rows".
 */
export async function findIntent(account: StripeAccount, payment: Payment): Promise<Asked<Stripe.PaymentIntent | null>> {
  const since = payment.sentAt === null ? null : Math.floor(payment.sentAt.epochMilliseconds / 1000) - MARGIN_SECONDS;
  const listed = await listIntents(account, { customerId: payment.providerCustomerId ?? '', since });
  if (!listed.ok) return listed;
  const own = listed.value.find((intent) => intent.metadata['lago_payment_id'] === payment.id);
  return { ok: true, value: own ?? listed.value.find((intent) => isAttempt(intent, payment)) ?? null };
}

/** All intents of a customer, newest first. */
export async function listIntents(
  account: StripeAccount,
  of: { readonly customerId: string; readonly since: number | null },
): Promise<Asked<readonly Stripe.PaymentIntent[]>> {
  const { customerId: customer, since } = of;
  const created = since === null ? {} : { created: { gte: since } };
  return account.ask((client) =>
    client.paymentIntents.list({ customer, limit: PAGE, ...created }).autoPagingToArray({ limit: MOST_INTENTS }),
  );
}

function isAttempt(intent: Stripe.PaymentIntent, payment: Payment): boolean {
  const { metadata } = intent;
  return metadata['lago_invoice_id'] === payment.invoiceId && metadata['lago_attempt'] === String(payment.attempt);
}
