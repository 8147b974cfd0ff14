/**
 * Owns: payments of invoices, whoever made them, what they do to what is due, and everything that is asked of a payment provider.
 * Does not own: the payment status of an invoice (invoicing/), wallet credits that a payment settles (wallets/).
 * Start reading at: collect-invoice.ts for payments by a provider; manual-payments.ts, then settle-invoice.ts for those of people.
 */
export type { Payment } from '../database/tables/payments.ts';
export { forgetHomes } from './adopt-intents.ts';
export { leaveProvidersBehind } from './copied-books.ts';
export { isPaidByProvider, pageOfPayments, refundsOf, type PaymentListRow, type PaymentPageFilter, type Refund } from './list-page.ts';
export { createManualPayment, type ManualPaymentInput } from './manual-payments.ts';
export type { HostedLink } from './payment-links.ts';
export { paymentRefusals, type PaymentRefusals } from './payment-refusals.ts';
export { paymentListeners } from './payment-listeners.ts';
export { findPayment, listPayments, type ListedPayment, type PaymentFilter } from './payment-list.ts';
export { retryPayment } from './retry-payment.ts';
export { isLiveKey, type ProviderInput, type ProviderView } from './payment-providers.ts';
export { Payments } from './payments.ts';
export type { Pass } from './poll-events.ts';
export type { CheckoutLink } from './setup-links.ts';
export type { Connection } from './test-connection.ts';
export { NO_STRIPE_SETTINGS, type StripeSettings } from './stripe/stripe-accounts.ts';
