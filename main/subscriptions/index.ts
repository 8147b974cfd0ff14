/**
 * Owns: the life of a subscription (start, plan change, end), what falls due when, and the billing run that does it.
 * Does not own: what an invoice holds and costs (invoicing/, billing/), plans (catalog/), customers.
 * Start reading at: start.ts for the commands, billing-run.ts for what happens by itself.
 */
export type { Subscription } from '../database/tables/customers.ts';
export { runDueWork } from './billing-run.ts';
export { subscriptionListeners } from './change-listeners.ts';
export { readLifetimeUsage, setHistoricalUsage, type LifetimeUsageView } from './lifetime-usage.ts';
export type { PreviewCoupon } from './preview-coupons.ts';
export { previewInvoice, type PreviewInput } from './preview-invoice.ts';
export { createSubscription } from './start.ts';
export type { SubscriptionInput } from './subscription-input.ts';
export { cancelPendingSubscription, terminateSubscription, type TerminationOptions } from './terminate.ts';
export * from './subscription-list.ts';
export { updateSubscription, type SubscriptionChange } from './update.ts';
