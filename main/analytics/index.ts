/**
 * Owns: reports over the books by calendar month of the organization's zone.
 * Does not own: any figure of its own; the SQL of its sums (database/analytics-queries.ts).
 * Start reading at: report-months.ts, then gross-revenue.ts.
 */
export { grossRevenues, type GrossRevenue } from './gross-revenue.ts';
export { invoiceCollections, type InvoiceCollection } from './invoice-collection.ts';
export { invoicedUsages, type InvoicedUsage } from './invoiced-usage.ts';
export { monthlyRecurringRevenues, type MonthlyRecurringRevenue } from './mrr.ts';
export { overdueBalances, type OverdueBalance } from './overdue-balance.ts';
export type { ReportRequest } from './report-months.ts';
