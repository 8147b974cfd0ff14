/**
 * Owns: what is sold and how it is priced: billable metrics, plans, their charges and filters, minimum commitments, taxes.
 * Does not own: customers, subscriptions, usage, or any amount of an invoice.
 * Start reading at: plans.ts (the catalog's commands), plan-terms.ts (what billing reads of it).
 */
export type { BillableMetric, Charge, ChargeFilter, MetricFilter, MinimumCommitment, Plan, Tax } from '../database/tables/catalog.ts';
export type { Listed } from './listed.ts';
export { findTaxesByCodes, readOwnedTaxes, taxTerms, writeOwnedTaxes, type OwnedTaxTable } from './owned-taxes.ts';
export { ALL_FILTER_VALUES, metricTerms, readChargeTerms, readMetricFilters, readPlanTerms } from './plan-terms.ts';
export { createTax, deleteTax, ensureVatTax, findTax, listTaxes, removeTax, updateTax, type TaxInput } from './taxes.ts';
