/**
 * Owns: the life of a subscription (start, plan change, end), what falls due when, and the billing run that does it.
 * Does not own: what an invoice holds and costs (invoicing/, billing/), plans (catalog/), customers.
 * Start reading at: start.ts for the commands, billing-run.ts for what happens by itself.
 */
export type { Subscription } from '../database/tables/customers.ts';
export { runDueWork } from './billing-run.ts';
export { subscriptionListeners } from './change-listeners.ts';
export { previewNextInvoices, readLivingSubscriptions, type LivingSubscription, type NextInvoice } from './customer-overview.ts';
export { readLifetimeUsage, setHistoricalUsage, type LifetimeUsageView } from './lifetime-usage.ts';
export { nextInvoiceDay, readSubscriptionFacts, retryParked, type SubscriptionFacts } from './subscription-facts.ts';
export { readPeriodRuler, type RuledPeriod } from './period-ruler.ts';
export { readNextFees, type NextFees } from './next-fees.ts';
export type { PreviewCoupon } from './preview-coupons.ts';
export { previewCustomerDeletion, type CustomerDeletion, type EndedSubscription } from './preview-deletion.ts';
export { previewInvoice, type PreviewInput } from './preview-invoice.ts';
export { previewEffects, type Effects, type PreviewedInvoice, type PreviewedNote } from './preview-effects.ts';
export type { Ahead } from './look-ahead.ts';
export { readChangeTerms, type ChangeTerms } from './change-terms.ts';
export { listSubscriptionPage, type ListedSubscription } from './subscription-page.ts';
export { createSubscription } from './start.ts';
export type { SubscriptionInput } from './subscription-input.ts';
export { findUpcoming, listUpcoming, previewUpcoming, type UpcomingBilling } from './upcoming-invoices.ts';
export { cancelPendingSubscription, terminateSubscription, type TerminationOptions } from './terminate.ts';
export * from './subscription-list.ts';
export { updateSubscription, type SubscriptionChange } from './update.ts';
