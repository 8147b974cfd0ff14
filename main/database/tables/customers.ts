import type { BillingTime } from '../../../shared/billing-interval.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import {
  booleanColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableInstant,
  nullableInteger,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

export interface ShippingAddress {
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly city: string | null;
  readonly zipcode: string | null;
  readonly state: string | null;
  readonly country: string | null;
}

export interface Customer {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly externalId: string;
  /** Counter within the organization, in the slug and in invoice numbers. */
  readonly sequentialId: number;
  readonly slug: string;
  readonly name: string | null;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly customerType: 'company' | 'individual' | null;
  readonly accountType: string | null;
  readonly country: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly state: string | null;
  readonly zipcode: string | null;
  readonly city: string | null;
  readonly shippingAddress: ShippingAddress;
  readonly email: string | null;
  readonly phone: string | null;
  readonly url: string | null;
  readonly logoUrl: string | null;
  readonly legalName: string | null;
  readonly legalNumber: string | null;
  readonly taxIdentificationNumber: string | null;
  readonly currency: CurrencyCode | null;
  readonly timezone: string | null;
  readonly netPaymentTerm: number | null;
  readonly externalSalesforceId: string | null;
  readonly finalizeZeroAmountInvoice: 'inherit' | 'skip' | 'finalize';
  readonly skipInvoiceCustomSections: boolean;
  readonly invoiceGracePeriod: number | null;
  readonly documentLocale: string | null;
  readonly issuingDateAnchor: 'next_period_start' | 'current_period_end' | null;
  readonly issuingDateAdjustment: 'align_with_finalization_date' | 'keep_anchor' | null;
  readonly paymentProvider: string | null;
  readonly paymentProviderCode: string | null;
  readonly providerCustomerId: string | null;
  readonly providerPaymentMethods: readonly string[];
  /** The default payment method at the provider, once one is known. */
  readonly providerPaymentMethodId: string | null;
  readonly syncWithProvider: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
}

export const customers = defineTable<Customer>('customers', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  externalId: text,
  sequentialId: integer,
  slug: text,
  name: nullableText,
  firstname: nullableText,
  lastname: nullableText,
  customerType: nullableText,
  accountType: nullableText,
  country: nullableText,
  addressLine1: nullableText,
  addressLine2: nullableText,
  state: nullableText,
  zipcode: nullableText,
  city: nullableText,
  shippingAddress: jsonColumn,
  email: nullableText,
  phone: nullableText,
  url: nullableText,
  logoUrl: nullableText,
  legalName: nullableText,
  legalNumber: nullableText,
  taxIdentificationNumber: nullableText,
  currency: nullableText,
  timezone: nullableText,
  netPaymentTerm: nullableInteger,
  externalSalesforceId: nullableText,
  finalizeZeroAmountInvoice: text,
  skipInvoiceCustomSections: booleanColumn,
  invoiceGracePeriod: nullableInteger,
  documentLocale: nullableText,
  issuingDateAnchor: nullableText,
  issuingDateAdjustment: nullableText,
  paymentProvider: nullableText,
  paymentProviderCode: nullableText,
  providerCustomerId: nullableText,
  providerPaymentMethods: jsonColumn,
  providerPaymentMethodId: nullableText,
  syncWithProvider: booleanColumn,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  deletedAt: nullableInstant,
});

export interface CustomerMetadata {
  readonly id: string;
  readonly sequence: number;
  readonly customerId: string;
  readonly key: string;
  readonly value: string;
  readonly displayInInvoice: boolean;
  readonly createdAt: Instant;
}

export const customerMetadata = defineTable<CustomerMetadata>('customer_metadata', {
  id: idColumn,
  sequence: sequenceColumn,
  customerId: text,
  key: text,
  value: text,
  displayInInvoice: booleanColumn,
  createdAt: instantColumn,
});

export type SubscriptionStatus = 'pending' | 'active' | 'terminated' | 'canceled';

/** One row per plan of a subscription line: a plan change ends one row and starts another with the same external id. */
export interface Subscription {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly planId: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly status: SubscriptionStatus;
  readonly billingTime: BillingTime;
  /** The anchor of the period grids. */
  readonly subscriptionAt: Instant;
  readonly startedAt: Instant | null;
  readonly endingAt: Instant | null;
  readonly terminatedAt: Instant | null;
  readonly canceledAt: Instant | null;
  readonly trialEndsAt: Instant | null;
  readonly trialEndedAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The row that this one replaces or waits to replace. */
  readonly previousId: string | null;
  /** Active rows: start of the next charge-grid period, when the next invoice falls due. Pending rows: when they start or take over. */
  readonly nextBillingAt: Instant | null;
  /** End of the charges billed last: the next charge period starts here, also after a change of time zone. */
  readonly chargesBilledUntil: Instant | null;
  readonly onTerminationCreditNote: 'credit' | 'refund' | 'offset' | 'skip' | null;
  readonly onTerminationInvoice: 'generate' | 'skip';
  /** Set while automatic billing of the row is stopped until a person looks. */
  readonly parkedAt: Instant | null;
  readonly parkedReason: string | null;
  /** When the next warning of the planned end is due. */
  readonly nextAlertAt: Instant | null;
}

export const subscriptions = defineTable<Subscription>('subscriptions', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  planId: text,
  externalId: text,
  name: nullableText,
  status: text,
  billingTime: text,
  subscriptionAt: instantColumn,
  startedAt: nullableInstant,
  endingAt: nullableInstant,
  terminatedAt: nullableInstant,
  canceledAt: nullableInstant,
  trialEndsAt: nullableInstant,
  trialEndedAt: nullableInstant,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  previousId: nullableText,
  nextBillingAt: nullableInstant,
  chargesBilledUntil: nullableInstant,
  onTerminationCreditNote: nullableText,
  onTerminationInvoice: text,
  parkedAt: nullableInstant,
  parkedReason: nullableText,
  nextAlertAt: nullableInstant,
});
