import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant, PlainDate } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { Cents } from '../../../shared/money.ts';
import {
  booleanColumn,
  centsColumn,
  dateColumn,
  decimalColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableDate,
  nullableInstant,
  nullableInteger,
  nullableJson,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

export type InvoiceType = 'subscription' | 'one_off' | 'add_on' | 'credit' | 'advance_charges';
export type InvoiceStatus = 'generating' | 'draft' | 'finalized' | 'voided' | 'failed' | 'closed';
export type PaymentStatus = 'pending' | 'succeeded' | 'failed';

export interface Invoice {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  /** Counter within the customer; given with the number at finalization. */
  readonly sequentialId: number | null;
  /** Counter within the organization; given at finalization when numbering is per organization. */
  readonly organizationSequentialId: number | null;
  readonly number: string;
  readonly purchaseOrderNumber: string | null;
  readonly invoiceType: InvoiceType;
  readonly status: InvoiceStatus;
  readonly paymentStatus: PaymentStatus;
  readonly paymentOverdue: boolean;
  /** False while a payment of the invoice is under way. */
  readonly readyForPaymentProcessing: boolean;
  /** Whoever made the invoice wants no automatic payment. */
  readonly skipPsp: boolean;
  readonly paymentDisputeLostAt: Instant | null;
  readonly currency: CurrencyCode;
  /** Zone of the customer when the invoice was made: its dates are days there. */
  readonly timezone: string;
  readonly issuingDate: PlainDate;
  /** Anchor date of the issuing-date settings (invoicing.md § 2 "Dates"). */
  readonly expectedFinalizationDate: PlainDate;
  readonly paymentDueDate: PlainDate;
  readonly netPaymentTerm: number;
  readonly feesAmountCents: Cents;
  readonly couponsAmountCents: Cents;
  readonly taxesAmountCents: Cents;
  /** Percent, rounded to 5 decimals. */
  readonly taxesRate: Decimal;
  readonly creditNotesAmountCents: Cents;
  readonly prepaidCreditAmountCents: Cents;
  readonly prepaidGrantedCreditAmountCents: Cents;
  readonly prepaidPurchasedCreditAmountCents: Cents;
  readonly totalAmountCents: Cents;
  readonly totalPaidAmountCents: Cents;
  readonly totalOffsettedCreditNoteAmountCents: Cents;
  /** The instant at which the invoice fell due: "now" for everything on it. */
  readonly billedAt: Instant;
  readonly finalizedAt: Instant | null;
  readonly voidedAt: Instant | null;
  /** End of the grace period of a draft: it is finalized at this instant. */
  readonly finalizeAt: Instant | null;
  /** When an unpaid invoice becomes overdue: start of the day after its due date. Null once decided or paid. */
  readonly overdueAt: Instant | null;
  /** What the document shows, frozen at finalization. */
  readonly snapshot: unknown;
  /** Name of the PDF under the workspace's `files/`; null until it is made. */
  readonly documentFile: string | null;
  /** Unguessable part of the document's address. */
  readonly documentToken: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const invoices = defineTable<Invoice>('invoices', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  sequentialId: nullableInteger,
  organizationSequentialId: nullableInteger,
  number: text,
  purchaseOrderNumber: nullableText,
  invoiceType: text,
  status: text,
  paymentStatus: text,
  paymentOverdue: booleanColumn,
  readyForPaymentProcessing: booleanColumn,
  skipPsp: booleanColumn,
  paymentDisputeLostAt: nullableInstant,
  currency: text,
  timezone: text,
  issuingDate: dateColumn,
  expectedFinalizationDate: dateColumn,
  paymentDueDate: dateColumn,
  netPaymentTerm: integer,
  feesAmountCents: centsColumn,
  couponsAmountCents: centsColumn,
  taxesAmountCents: centsColumn,
  taxesRate: decimalColumn,
  creditNotesAmountCents: centsColumn,
  prepaidCreditAmountCents: centsColumn,
  prepaidGrantedCreditAmountCents: centsColumn,
  prepaidPurchasedCreditAmountCents: centsColumn,
  totalAmountCents: centsColumn,
  totalPaidAmountCents: centsColumn,
  totalOffsettedCreditNoteAmountCents: centsColumn,
  billedAt: instantColumn,
  finalizedAt: nullableInstant,
  voidedAt: nullableInstant,
  finalizeAt: nullableInstant,
  overdueAt: nullableInstant,
  snapshot: nullableJson,
  documentFile: nullableText,
  documentToken: text,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

export type InvoicingReason =
  | 'subscription_starting'
  | 'subscription_periodic'
  | 'subscription_terminating'
  | 'in_advance_charge'
  | 'in_advance_charge_periodic'
  | 'progressive_billing';

/** One entry of `billing_periods`: a subscription on an invoice with its two pairs of instants, both ends included as the wire shows them. */
export interface InvoiceSubscription {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly subscriptionId: string;
  readonly planId: string;
  readonly invoicingReason: InvoicingReason;
  readonly subscriptionFrom: Instant;
  readonly subscriptionTo: Instant;
  readonly chargesFrom: Instant;
  readonly chargesTo: Instant;
  /** What a draft bills, so that it can be recomputed for the same period (see invoicing/billing-item.ts). */
  readonly billingItem: unknown;
}

export const invoiceSubscriptions = defineTable<InvoiceSubscription>('invoice_subscriptions', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  subscriptionId: text,
  planId: text,
  invoicingReason: text,
  subscriptionFrom: instantColumn,
  subscriptionTo: instantColumn,
  chargesFrom: instantColumn,
  chargesTo: instantColumn,
  billingItem: jsonColumn,
});

export type FeeType = 'charge' | 'subscription' | 'commitment' | 'add_on' | 'credit';
export type FeePaymentStatus = 'pending' | 'succeeded' | 'failed' | 'refunded';

/** A tax as it was when the fee was made. */
export interface AppliedTax {
  readonly id: string;
  readonly taxId: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  /** Percent, decimal text. */
  readonly rate: string;
  readonly amountCents: number;
  /** Invoices and credit notes: sum of the discounted bases under this tax, in cents. */
  readonly baseAmountCents: number;
}

export interface Fee {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly invoiceId: string | null;
  readonly subscriptionId: string | null;
  readonly feeType: FeeType;
  readonly chargeId: string | null;
  readonly chargeFilterId: string | null;
  /** Metric, plan, add-on or wallet transaction that the fee is for, with its words as they were. */
  readonly itemId: string;
  readonly itemType: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly itemDescription: string | null;
  readonly invoiceDisplayName: string | null;
  readonly filterDisplayName: string | null;
  /** Values of the charge filter; null for the default bucket. */
  readonly filters: Readonly<Record<string, readonly string[]>> | null;
  readonly groupedBy: Readonly<Record<string, string | null>>;
  readonly payInAdvance: boolean;
  readonly invoiceable: boolean;
  readonly currency: CurrencyCode;
  readonly amountCents: Cents;
  /** Exact amount in currency units. */
  readonly preciseAmount: Decimal;
  readonly unitAmount: Decimal;
  readonly units: Decimal;
  readonly totalAggregatedUnits: Decimal | null;
  readonly eventsCount: number | null;
  readonly description: string | null;
  /** Share of the coupons in cents, five decimals. */
  readonly preciseCouponsAmountCents: Decimal;
  readonly taxesAmountCents: Cents;
  /** Exact tax in currency units. */
  readonly taxesPreciseAmount: Decimal;
  readonly taxesRate: Decimal;
  readonly appliedTaxes: readonly AppliedTax[];
  readonly amountDetails: Readonly<Record<string, unknown>>;
  /** What the fee is for, both ends included as the wire shows them (`…:59:59`, or the instant of a termination). */
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly trueUpFeeId: string | null;
  readonly trueUpParentFeeId: string | null;
  readonly eventTransactionId: string | null;
  readonly paymentStatus: FeePaymentStatus;
  readonly succeededAt: Instant | null;
  readonly failedAt: Instant | null;
  readonly refundedAt: Instant | null;
  /** What explains the amount: rule and properties, aggregation result, boundaries, steps, watermark (ui.md § 4.7). */
  readonly explanation: FeeExplanation;
  readonly createdAt: Instant;
}

export interface FeeExplanation {
  /** 1: written when the fee was made. */
  readonly version: 1;
  /** The rule: charge model or `subscription_fee`, with the properties as they were. */
  readonly rule: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Where the amount's facts came from: metric terms, plan amount, tax source … */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly boundaries: Readonly<Record<string, string | number>>;
  readonly steps: readonly unknown[];
  /** Highest arrival number of the events counted; null for fees without usage. */
  readonly eventWatermark: number | null;
}

export const fees = defineTable<Fee>('fees', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  invoiceId: nullableText,
  subscriptionId: nullableText,
  feeType: text,
  chargeId: nullableText,
  chargeFilterId: nullableText,
  itemId: text,
  itemType: text,
  itemCode: text,
  itemName: text,
  itemDescription: nullableText,
  invoiceDisplayName: nullableText,
  filterDisplayName: nullableText,
  filters: nullableJson,
  groupedBy: jsonColumn,
  payInAdvance: booleanColumn,
  invoiceable: booleanColumn,
  currency: text,
  amountCents: centsColumn,
  preciseAmount: decimalColumn,
  unitAmount: decimalColumn,
  units: decimalColumn,
  totalAggregatedUnits: { ...decimalColumn, nullable: true },
  eventsCount: nullableInteger,
  description: nullableText,
  preciseCouponsAmountCents: decimalColumn,
  taxesAmountCents: centsColumn,
  taxesPreciseAmount: decimalColumn,
  taxesRate: decimalColumn,
  appliedTaxes: jsonColumn,
  amountDetails: jsonColumn,
  fromAt: instantColumn,
  toAt: instantColumn,
  trueUpFeeId: nullableText,
  trueUpParentFeeId: nullableText,
  eventTransactionId: nullableText,
  paymentStatus: text,
  succeededAt: nullableInstant,
  failedAt: nullableInstant,
  refundedAt: nullableInstant,
  explanation: jsonColumn,
  createdAt: instantColumn,
});

/** One tax over a whole invoice, computed from unrounded bases. */
export interface InvoiceTax {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly taxId: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly rate: Decimal;
  readonly amountCents: Cents;
  readonly feesAmountCents: Cents;
  readonly createdAt: Instant;
}

export const invoiceTaxes = defineTable<InvoiceTax>('invoice_taxes', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  taxId: text,
  code: text,
  name: text,
  description: nullableText,
  rate: decimalColumn,
  amountCents: centsColumn,
  feesAmountCents: centsColumn,
  createdAt: instantColumn,
});

/** What was taken off an invoice: a coupon before taxes, or a credit note after them. */
export interface InvoiceCredit {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly appliedCouponId: string | null;
  readonly creditNoteId: string | null;
  readonly amountCents: Cents;
  readonly createdAt: Instant;
}

export const invoiceCredits = defineTable<InvoiceCredit>('invoice_credits', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  appliedCouponId: nullableText,
  creditNoteId: nullableText,
  amountCents: centsColumn,
  createdAt: instantColumn,
});

export interface InvoiceMetadata {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly key: string;
  readonly value: string;
  readonly createdAt: Instant;
}

export const invoiceMetadata = defineTable<InvoiceMetadata>('invoice_metadata', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  key: text,
  value: text,
  createdAt: instantColumn,
});

/** Why an invoice could not be made, with the facts that it was made from. One row as long as the invoice is failed. */
export interface InvoiceError {
  readonly id: string;
  readonly sequence: number;
  readonly invoiceId: string;
  readonly code: string;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
}

export const invoiceErrors = defineTable<InvoiceError>('invoice_errors', {
  id: idColumn,
  sequence: sequenceColumn,
  invoiceId: text,
  code: text,
  message: text,
  facts: jsonColumn,
  createdAt: instantColumn,
});

/** What makes double billing impossible: one row per subscription and occasion, unique in the database. */
export interface BillingClaim {
  readonly id: string;
  readonly sequence: number;
  readonly subscriptionId: string;
  readonly occasion: 'starting' | 'periodic' | 'trial' | 'terminating';
  /** Periodic claims: the billing date; null otherwise. */
  readonly billingDate: PlainDate | null;
  readonly invoiceId: string | null;
  readonly createdAt: Instant;
}

export const billingClaims = defineTable<BillingClaim>('billing_claims', {
  id: idColumn,
  sequence: sequenceColumn,
  subscriptionId: text,
  occasion: text,
  billingDate: nullableDate,
  invoiceId: nullableText,
  createdAt: instantColumn,
});
