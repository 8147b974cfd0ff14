import type { NewRow } from '../../main/database/rows.ts';
import type { BillableMetric, Charge, Plan } from '../../main/database/tables/catalog.ts';
import type { Customer, Subscription } from '../../main/database/tables/customers.ts';
import type { CreditNote } from '../../main/database/tables/credit-notes.ts';
import type { Fee, Invoice, InvoiceSubscription, InvoiceTax } from '../../main/database/tables/invoices.ts';
import type { Organization } from '../../main/database/tables/organizations.ts';
import { currencyCode } from '../../shared/currency.ts';
import { Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import { decimal, ZERO } from '../../shared/decimal.ts';
import { cents, ZERO_CENTS } from '../../shared/money.ts';

// Plain, valid rows of the books. `Books` inserts them with what a test is about.

export const instant = (text: string): Instant => Temporal.Instant.from(text);
export const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
/** A fixed id that says which one it is: `uuid(7)` ends in 7. */
export const uuid = (number: number): string => `018f0000-0000-7000-8000-${number.toString().padStart(12, '0')}`;

export const USD = currencyCode('USD');
export const ORGANIZATION_ID = uuid(1);

export const CREATED_AT = instant('2023-01-10T09:30:00Z');
const LONG_AGO = { createdAt: CREATED_AT, updatedAt: CREATED_AT };

export function organizationRow(): NewRow<Organization> {
  return {
    id: ORGANIZATION_ID,
    name: 'Hooli',
    slug: null,
    defaultCurrency: USD,
    timezone: 'UTC',
    country: null,
    addressLine1: null,
    addressLine2: null,
    state: null,
    zipcode: null,
    city: null,
    email: null,
    phone: null,
    legalName: null,
    legalNumber: null,
    taxIdentificationNumber: null,
    logoFile: null,
    netPaymentTerm: 0,
    invoiceGracePeriod: 0,
    invoiceFooter: null,
    documentLocale: 'en',
    documentNumbering: 'per_customer',
    documentNumberPrefix: 'HOO-0001',
    finalizeZeroAmountInvoice: true,
    emailSettings: [],
    ...LONG_AGO,
  };
}

export function customerRow(id: string): NewRow<Customer> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    externalId: `customer-${id.slice(-4)}`,
    sequentialId: Number(id.slice(-4)),
    slug: `HOO-0001-${id.slice(-4)}`,
    name: 'Pied Piper',
    firstname: null,
    lastname: null,
    customerType: null,
    accountType: 'customer',
    country: null,
    addressLine1: null,
    addressLine2: null,
    state: null,
    zipcode: null,
    city: null,
    shippingAddress: { addressLine1: null, addressLine2: null, city: null, zipcode: null, state: null, country: null },
    email: null,
    phone: null,
    url: null,
    logoUrl: null,
    legalName: null,
    legalNumber: null,
    taxIdentificationNumber: null,
    currency: USD,
    timezone: null,
    netPaymentTerm: null,
    externalSalesforceId: null,
    finalizeZeroAmountInvoice: 'inherit',
    skipInvoiceCustomSections: false,
    invoiceGracePeriod: null,
    documentLocale: null,
    issuingDateAnchor: null,
    issuingDateAdjustment: null,
    paymentProvider: null,
    paymentProviderCode: null,
    providerCustomerId: null,
    providerPaymentMethods: ['card'],
    providerPaymentMethodId: null,
    syncWithProvider: false,
    ...LONG_AGO,
    deletedAt: null,
  };
}

/** Monthly, 30.00, in arrears. */
export function planRow(id: string): NewRow<Plan> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    parentId: null,
    name: 'Starter',
    code: `plan-${id.slice(-4)}`,
    description: null,
    invoiceDisplayName: null,
    interval: 'monthly',
    amountCents: cents(3000),
    amountCurrency: USD,
    payInAdvance: false,
    billChargesMonthly: null,
    trialPeriod: null,
    usageThresholds: [],
    metadata: null,
    ...LONG_AGO,
    deletedAt: null,
  };
}

export function metricRow(id: string): NewRow<BillableMetric> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    name: 'API calls',
    code: `metric-${id.slice(-4)}`,
    description: null,
    aggregationType: 'count_agg',
    fieldName: null,
    recurring: false,
    roundingFunction: null,
    roundingPrecision: null,
    weightedInterval: null,
    expression: null,
    filters: [],
    ...LONG_AGO,
    deletedAt: null,
  };
}

export function chargeRow(id: string): Omit<NewRow<Charge>, 'planId' | 'billableMetricId'> {
  return {
    id,
    parentId: null,
    code: `charge-${id.slice(-4)}`,
    chargeModel: 'standard',
    payInAdvance: false,
    invoiceable: true,
    prorated: false,
    minAmountCents: ZERO_CENTS,
    invoiceDisplayName: null,
    regroupPaidFees: null,
    properties: { amount: '0.5' },
    ...LONG_AGO,
    deletedAt: null,
  };
}

/** Active since 10 January 2023, calendar. */
export function subscriptionRow(id: string): Omit<NewRow<Subscription>, 'customerId' | 'planId'> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    externalId: `subscription-${id.slice(-4)}`,
    name: null,
    status: 'active',
    billingTime: 'calendar',
    subscriptionAt: CREATED_AT,
    startedAt: CREATED_AT,
    endingAt: null,
    terminatedAt: null,
    canceledAt: null,
    trialEndsAt: null,
    trialEndedAt: null,
    ...LONG_AGO,
    previousId: null,
    nextBillingAt: null,
    chargesBilledUntil: null,
    onTerminationCreditNote: null,
    onTerminationInvoice: 'generate',
    parkedAt: null,
    parkedReason: null,
    nextAlertAt: null,
  };
}

/** January 2023, final, 30.00 and 20 % tax. */
export function invoiceRow(id: string): Omit<NewRow<Invoice>, 'customerId'> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    sequentialId: Number(id.slice(-4)),
    organizationSequentialId: null,
    number: `HOO-0001-001-${id.slice(-4)}`,
    purchaseOrderNumber: null,
    invoiceType: 'subscription',
    status: 'finalized',
    paymentStatus: 'pending',
    paymentOverdue: false,
    readyForPaymentProcessing: true,
    skipPsp: false,
    paymentDisputeLostAt: null,
    currency: USD,
    timezone: 'UTC',
    issuingDate: day('2023-02-01'),
    expectedFinalizationDate: day('2023-02-01'),
    paymentDueDate: day('2023-02-01'),
    netPaymentTerm: 0,
    feesAmountCents: cents(3000),
    couponsAmountCents: ZERO_CENTS,
    taxesAmountCents: cents(600),
    taxesRate: decimal(20),
    creditNotesAmountCents: ZERO_CENTS,
    prepaidCreditAmountCents: ZERO_CENTS,
    prepaidGrantedCreditAmountCents: ZERO_CENTS,
    prepaidPurchasedCreditAmountCents: ZERO_CENTS,
    totalAmountCents: cents(3600),
    totalPaidAmountCents: ZERO_CENTS,
    totalOffsettedCreditNoteAmountCents: ZERO_CENTS,
    billedAt: instant('2023-02-01T00:00:00Z'),
    finalizedAt: instant('2023-02-01T00:00:00Z'),
    voidedAt: null,
    finalizeAt: null,
    overdueAt: instant('2023-02-02T00:00:00Z'),
    snapshot: { heavy: true },
    documentFile: null,
    documentToken: `token-of-${id.slice(-4)}`,
    createdAt: instant('2023-02-01T00:00:00Z'),
    updatedAt: instant('2023-02-01T00:00:00Z'),
  };
}

/** The subscription fee of January 2023, 30.00 and 20 % tax. */
export function feeRow(id: string): Omit<NewRow<Fee>, 'customerId'> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    invoiceId: null,
    subscriptionId: null,
    feeType: 'subscription',
    chargeId: null,
    chargeFilterId: null,
    itemId: uuid(500),
    itemType: 'Subscription',
    itemCode: 'starter',
    itemName: 'Starter',
    itemDescription: null,
    invoiceDisplayName: null,
    filterDisplayName: null,
    filters: null,
    groupedBy: {},
    payInAdvance: false,
    invoiceable: true,
    currency: USD,
    amountCents: cents(3000),
    preciseAmount: decimal(30),
    unitAmount: decimal(30),
    units: decimal(1),
    totalAggregatedUnits: null,
    eventsCount: null,
    description: null,
    preciseCouponsAmountCents: ZERO,
    taxesAmountCents: cents(600),
    taxesPreciseAmount: decimal(6),
    taxesRate: decimal(20),
    appliedTaxes: [
      { id: uuid(600), taxId: uuid(601), code: 'vat', name: 'VAT', description: null, rate: '20', amountCents: 600, baseAmountCents: 3000 },
    ],
    amountDetails: { plan_amount_cents: '3000' },
    fromAt: instant('2023-01-01T00:00:00Z'),
    toAt: instant('2023-01-31T23:59:59.999Z'),
    trueUpFeeId: null,
    trueUpParentFeeId: null,
    eventTransactionId: null,
    paymentStatus: 'pending',
    succeededAt: null,
    failedAt: null,
    refundedAt: null,
    explanation: { version: 1, rule: 'subscription_fee', properties: {}, facts: {}, boundaries: {}, steps: [], eventWatermark: null },
    createdAt: instant('2023-02-01T00:00:00Z'),
  };
}

export function invoiceSubscriptionRow(id: string): Omit<NewRow<InvoiceSubscription>, 'invoiceId' | 'subscriptionId' | 'planId'> {
  return {
    id,
    invoicingReason: 'subscription_periodic',
    subscriptionFrom: instant('2023-01-01T00:00:00Z'),
    subscriptionTo: instant('2023-01-31T23:59:59.999Z'),
    chargesFrom: instant('2023-01-10T09:30:00Z'),
    chargesTo: instant('2023-01-31T23:59:59.999Z'),
    billingItem: { heavy: true },
  };
}

export function invoiceTaxRow(id: string): Omit<NewRow<InvoiceTax>, 'invoiceId'> {
  return {
    id,
    taxId: uuid(601),
    code: 'vat',
    name: 'VAT',
    description: null,
    rate: decimal(20),
    amountCents: cents(600),
    feesAmountCents: cents(3000),
    createdAt: instant('2023-02-01T00:00:00Z'),
  };
}

/** A credit of 12.00, 10.00 and 20 % tax, nothing used of it. */
export function creditNoteRow(id: string): Omit<NewRow<CreditNote>, 'customerId' | 'invoiceId'> {
  return {
    id,
    organizationId: ORGANIZATION_ID,
    sequentialId: Number(id.slice(-4)),
    number: `HOO-0001-001-001-CN${id.slice(-4)}`,
    status: 'finalized',
    issuingDate: day('2023-02-05'),
    creditStatus: 'available',
    refundStatus: null,
    reason: 'order_cancellation',
    description: null,
    currency: USD,
    totalAmountCents: cents(1200),
    preciseTotalAmountCents: decimal('1200.4'),
    taxesAmountCents: cents(200),
    preciseTaxesAmountCents: decimal('200.06667'),
    taxesRate: decimal(20),
    subTotalExcludingTaxesAmountCents: cents(1000),
    couponsAdjustmentAmountCents: ZERO_CENTS,
    preciseCouponsAdjustmentAmountCents: ZERO,
    creditAmountCents: cents(1200),
    refundAmountCents: ZERO_CENTS,
    offsetAmountCents: ZERO_CENTS,
    balanceAmountCents: cents(1200),
    appliedTaxes: [
      { id: uuid(610), taxId: uuid(601), code: 'vat', name: 'VAT', description: null, rate: '20', amountCents: 200, baseAmountCents: 1000 },
    ],
    metadata: null,
    termination: { heavy: true },
    snapshot: { heavy: true },
    documentFile: null,
    documentToken: `token-of-${id.slice(-4)}`,
    voidedAt: null,
    createdAt: instant('2023-02-05T10:00:00Z'),
    updatedAt: instant('2023-02-05T10:00:00Z'),
  };
}
