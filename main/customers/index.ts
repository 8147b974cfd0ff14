/**
 * Owns: customers, their metadata, own taxes and coupons, what they inherit from the organization (time zone, taxes, currency rule), and how
 * credits move in and out of their wallets.
 * Does not own: subscriptions, what is asked of wallets (wallets/), payment providers, what a coupon is (catalog/) or takes off an invoice (billing/).
 * Start reading at: customers.ts.
 */
export type { Customer, CustomerMetadata, ShippingAddress } from '../database/tables/customers.ts';
export { applicableTaxes, customerTimeZone, readCustomerTaxes, readOrganization, readOrganizationTaxes } from './applicable-taxes.ts';
export {
  listAppliedCoupons,
  type AppliedCouponDetails,
  type AppliedCouponFilter,
  type CouponCredit,
  type ListedAppliedCoupon,
} from './applied-coupon-list.ts';
export { applyCoupon, removeAppliedCoupon, type CouponApplication } from './applied-coupons.ts';
export { readCouponTerms } from './coupon-terms.ts';
export type { CustomerInput, CustomerMetadataInput } from './customer-input.ts';
export type { InvoiceCustomSection } from '../database/tables/custom-sections.ts';
export { readCustomersDetails, type CustomerDetails } from './customer-details.ts';
export { applicableSections, ownSectionCodes } from './customer-sections.ts';
export { readCustomersMetadata } from './customer-metadata.ts';
export {
  customerFilterValues,
  customerTimeline,
  customerUnpaid,
  listAppliedAddOns,
  listCustomerPage,
  type CustomerListFilters,
  type CustomerWithUnpaid,
  type ListedAddOnFee,
  type TimelineEntry,
  type UnpaidSum,
} from './customer-page.ts';
export { createCustomer, customerLocks, findCustomerById, updateCustomerById, type CustomerLocks } from './edit-customer.ts';
export {
  deleteCustomer,
  deleteInTransaction,
  findCustomer,
  readCustomer,
  setCurrencyWhenEmpty,
  upsertCustomer,
  upsertCustomerInTransaction,
} from './customers.ts';
export { subscriptionTerms } from './subscription-terms.ts';
export { listCustomers, type CustomerFilters } from './list-customers.ts';
export {
  activeWallets,
  failPurchase,
  findPurchase,
  giveCreditsBack,
  grantCredits,
  insertPurchase,
  linkPurchase,
  noteWalletsOutOfDate,
  readWallet,
  settlePurchase,
  takeCredits,
  takePurchaseBack,
  type NewTransaction,
  type TransactionWords,
} from './wallet-balance.ts';
