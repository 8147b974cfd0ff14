/**
 * Owns: payments of invoices, whoever made them, and what they do to what is due.
 * Does not own: the payment status of an invoice (invoicing/), wallet credits that a payment settles (wallets/).
 * Start reading at: manual-payments.ts, then settle-invoice.ts.
 */
export type { Payment } from '../database/tables/payments.ts';
export { createManualPayment, type ManualPaymentInput } from './manual-payments.ts';
export { findPayment, listPayments, type ListedPayment, type PaymentFilter } from './payment-list.ts';
export { retryPayment } from './retry-payment.ts';
