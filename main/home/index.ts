/**
 * Owns: what Home shows: what needs a person, running amounts of all customers, upcoming invoices, how far the workspace has come.
 * Does not own: any amount of its own: usage/, subscriptions/ and analytics/ compute them, this room keeps and sums them up.
 * Start reading at: running-books.ts.
 */
export { needsAttention, type Attention } from './attention.ts';
export { EventHourCounts, type EventHours } from './event-hours.ts';
export { invoicedMonths, type InvoicedMonths } from './invoiced-months.ts';
export { runningSums, upcomingCustomers, type RunningSums, type UpcomingCustomer } from './running-sums.ts';
export { noteSeen, readSetup, type Seen, type Setup } from './setup.ts';
