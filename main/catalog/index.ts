/**
 * Owns: what is sold and how it is priced: billable metrics, plans and their charges, commitments, taxes, coupons, add-ons.
 * Does not own: who has a coupon, customers, subscriptions, usage, or any amount of an invoice.
 * Start reading at: plans.ts (the catalog's commands), plan-terms.ts (what billing reads of it).
 */
export type {
  BillableMetric,
  Charge,
  ChargeFilter,
  MetricFilter,
  MinimumCommitment,
  Plan,
  Tax,
  UsageThreshold,
} from '../database/tables/catalog.ts';
export type { AddOn, Coupon } from '../database/tables/coupons.ts';
export {
  createAddOn,
  deleteAddOn,
  findAddOn,
  insertAddOn,
  listAddOns,
  readAddOnsDetails,
  updateAddOn,
  type AddOnDetails,
  type AddOnInput,
} from './add-ons.ts';
export { listAddOnFeePage, listAddOnPage, readAddOnPage, type AddOnPage, type ListedAddOn, type ListedAddOnFee } from './add-on-pages.ts';
export type { BillableMetricInput } from './billable-metric-input.ts';
export {
  createBillableMetric,
  deleteBillableMetric,
  findBillableMetric,
  insertBillableMetric,
  listBillableMetrics,
  readBillableMetric,
  tryExpression,
  updateBillableMetric,
} from './billable-metrics.ts';
export { draftMetricTerms, listMetricPage, readMetricPage, type ListedMetric, type MetricPage, type PlanOfMetric } from './metric-pages.ts';
export type { ChargeFilterInput } from './charge-filters.ts';
export type { ChargeInput } from './charge-input.ts';
export { couponExample, type CouponExample, type ExampleInvoice, type ExampleWish } from './coupon-example.ts';
export { durationErrors, valueErrors, type CouponInput } from './coupon-input.ts';
export { readCouponLimits } from './coupon-limits.ts';
export {
  listCouponHolderPage,
  listCouponPage,
  readCouponPage,
  terminateCoupon,
  type CouponPage,
  type ListedCoupon,
  type ListedCouponHolder,
  type NamedTarget,
} from './coupon-pages.ts';
export {
  createCoupon,
  deleteCoupon,
  expireCoupon,
  findCoupon,
  isCouponGivable,
  listCoupons,
  readCouponsDetails,
  updateCoupon,
  type CouponDetails,
} from './coupons.ts';
export { findPlan, findPlanCopies, listPlans } from './find-plan.ts';
export { freePlanCode, judgePlanDraft, plannedMetric, type JudgedCharge, type JudgedPlan, type PlanDraft } from './judge-plan.ts';
export type { Listed } from './listed.ts';
export type { CommitmentInput } from './minimum-commitments.ts';
export { findTaxesByCodes, readOwnedTaxes, taxTerms, writeOwnedTaxes, type OwnedTaxTable } from './owned-taxes.ts';
export {
  createPlanCharge,
  deletePlanCharge,
  findPlanCharge,
  listPlanCharges,
  updatePlanCharge,
  type PlanChargeInput,
} from './plan-charges.ts';
export {
  readChargesDetails,
  readPlanDetails,
  readPlansDetails,
  type ChargeDetails,
  type CommitmentDetails,
  type PlanDetails,
} from './plan-details.ts';
export type { PlanInput } from './plan-input.ts';
export {
  listPlanCurrencies,
  listPlanPage,
  readPlanPage,
  type ListedPlan,
  type PlanListWish,
  type PlanPage,
  type PlanUse,
} from './plan-pages.ts';
export {
  mergePlanMetadata,
  metadataOrNull,
  planMetadataErrors as metadataErrors,
  removePlanMetadataKey,
  replacePlanMetadata,
  type MetadataInput,
} from './plan-metadata.ts';
export { createPlanOverride, updatePlanOverride, type ChargeOverride, type PlanOverrides } from './plan-overrides.ts';
export { metricTerms, planTerms, readChargeTerms, readPlanTerms, type MetricFacts } from './plan-terms.ts';
export { createPlan, deletePlan, insertPlan, updatePlan } from './plans.ts';
export { createTax, deleteTax, ensureVatTax, findTax, listTaxes, removeTax, updateTax, type TaxInput } from './taxes.ts';
export type { UsageThresholdInput } from './usage-thresholds.ts';
export { listTaxRows, TAX_SORTS, type TaxListRow } from './tax-rows.ts';
