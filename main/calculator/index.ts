/**
 * Owns: what a plan would cost at imagined usage: fees with their steps, totals, price curves, the comparison of two plans.
 * Does not own: any price of its own (billing/pricing and billing/fees do), what is wrong with a draft (catalog), usage that was received.
 * Start reading at: price-draft.ts.
 */
export type { ChargeWish, UnitsWish } from './imagined-usage.ts';
export { comparePlans, type ComparedPlans, type ComparisonWish } from './compare-plans.ts';
export type { CurvePoint, PriceCurve, PriceDrop } from './price-curve.ts';
export { pricePlanDraft, type PricedDraft, type PriceWish } from './price-draft.ts';
export type { PricedCharge } from './price-charge.ts';
export type { PlanTotals } from './plan-totals.ts';
