/**
 * Owns: customers, their metadata and own taxes, and what they inherit from the organization (time zone, taxes, currency rule).
 * Does not own: subscriptions, coupons, wallets, payment providers.
 * Start reading at: customers.ts.
 */
export type { Customer, CustomerMetadata, ShippingAddress } from '../database/tables/customers.ts';
export { applicableTaxes, customerTimeZone, readCustomerTaxes, readOrganization, readOrganizationTaxes } from './applicable-taxes.ts';
export type { CustomerInput, CustomerMetadataInput } from './customer-input.ts';
export { readCustomersDetails, type CustomerDetails } from './customer-details.ts';
export { readCustomersMetadata } from './customer-metadata.ts';
export {
  deleteCustomer,
  findCustomer,
  readCustomer,
  setCurrencyWhenEmpty,
  upsertCustomer,
  upsertCustomerInTransaction,
} from './customers.ts';
export { subscriptionTerms } from './subscription-terms.ts';
export { listCustomers, type CustomerFilters } from './list-customers.ts';
