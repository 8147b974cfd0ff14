import type { DocumentLocale } from '../../../shared/document-locales/document-locale.ts';
import type { ChargeModel } from '../../billing/facts.ts';

// What is frozen at finalization for the document: plain JSON, no object of the program, no float.
// A stored snapshot is never rewritten, so a change of these types is a new `version` beside the old one.

/** A whole number of the currency's smallest unit, as text: "-1250" is -12.50 USD. */
export type CentsText = string;
/** A plain decimal number as text: units, rates in percent, prices in currency units. */
export type DecimalText = string;
/** A calendar day in the customer's time zone, `YYYY-MM-DD`. */
export type DayText = string;

/** First and last day, both included, as a reader counts them. */
export interface DayRange {
  readonly firstDay: DayText;
  readonly lastDay: DayText;
}

export interface Address {
  readonly line1: string | null;
  readonly line2: string | null;
  readonly zipcode: string | null;
  readonly city: string | null;
  readonly state: string | null;
  /** ISO 3166-1 alpha-2; printed as the country's name in the document's language. */
  readonly country: string | null;
}

export interface OrganizationPart {
  readonly name: string;
  readonly legalName: string | null;
  readonly legalNumber: string | null;
  readonly taxIdentificationNumber: string | null;
  readonly address: Address;
  readonly email: string | null;
  readonly phone: string | null;
  /** Name of the logo's file in the workspace; its bytes are given to the renderer beside the snapshot. */
  readonly logoFile: string | null;
  /** `invoice_footer`: at most 600 characters, line breaks kept. */
  readonly footer: string | null;
}

export interface CustomerPart {
  /** The first that is set of: legal name, name, first and last name. The external id when none is. */
  readonly displayName: string;
  readonly legalNumber: string | null;
  readonly taxIdentificationNumber: string | null;
  readonly address: Address;
  readonly emails: readonly string[];
  /** Only what is flagged for display on documents. */
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
}

export type DocumentFeeKind = 'subscription' | 'charge' | 'commitment' | 'add_on' | 'credit';

/** What one fee bills: enough to name it on an invoice and on a credit note. */
export interface FeeSubject {
  readonly id: string;
  readonly kind: DocumentFeeKind;
  /** Display name of the plan, charge, add-on or wallet; null prints the kind in the document's language. */
  readonly name: string | null;
  readonly description: string | null;
  /** Charge filter: its display name replaces the keys and values. */
  readonly filterDisplayName: string | null;
  readonly filters: readonly { readonly key: string; readonly values: readonly string[] }[];
  readonly groupedBy: readonly { readonly key: string; readonly value: string | null }[];
  /** The true-up to a charge's spending minimum, or to the plan's minimum commitment. */
  readonly isTrueUp: boolean;
  /** Days that the fee covers; null prints none (an add-on without dates). */
  readonly period: DayRange | null;
}

export interface FeePart extends FeeSubject {
  readonly units: DecimalText;
  /** `precise_unit_amount`, in currency units, all its decimals; for a wallet's credits its rate. */
  readonly unitAmount: DecimalText;
  /** Before tax and before coupons. */
  readonly amountCents: CentsText;
  /** The rate of each tax of the fee, in percent. */
  readonly taxRates: readonly DecimalText[];
  readonly chargeModel: ChargeModel | null;
  /** As stored on the fee and shown by the API (pricing.md § 5, "Unit price and details"). */
  readonly amountDetails: Readonly<Record<string, unknown>>;
  /** Units are weighted by the days they were held, so the unit price is an average. */
  readonly isProrated: boolean;
}

export interface SubscriptionPart {
  readonly id: string;
  /** The subscription's own name, else the plan's display name. */
  readonly displayName: string;
  readonly planDisplayName: string;
  /** Used for fees that carry no period of their own. */
  readonly period: DayRange | null;
  readonly chargesPeriod: DayRange | null;
  readonly fees: readonly FeePart[];
}

export interface CouponRow {
  readonly name: string;
  readonly value: { readonly percentageRate: DecimalText } | { readonly amountCents: CentsText };
  /** What it takes off this invoice, as a positive number. */
  readonly amountCents: CentsText;
}

export interface TaxRow {
  readonly name: string;
  readonly rate: DecimalText;
  /** Rounded sum of the discounted amounts under this tax. */
  readonly baseCents: CentsText;
  readonly amountCents: CentsText;
}

export interface CreditNoteRow {
  readonly number: string;
  /** What it takes off this invoice, as a positive number. */
  readonly amountCents: CentsText;
}

export interface CustomSection {
  readonly displayName: string;
  readonly details: string;
}

interface DocumentBase {
  readonly version: 1;
  readonly organization: OrganizationPart;
  readonly customer: CustomerPart;
  readonly locale: DocumentLocale;
  /** ISO 4217 code. */
  readonly currency: string;
  /** The zone in which every day of the document was taken. */
  readonly timeZone: string;
  /** The instant of issue, ISO 8601 in UTC: the file's creation date. */
  readonly issuedAt: string;
  readonly number: string;
  readonly issuingDate: DayText;
  readonly taxes: readonly TaxRow[];
  readonly subTotalExcludingTaxesCents: CentsText;
  readonly totalCents: CentsText;
}

export type DocumentInvoiceType = 'subscription' | 'one_off' | 'add_on' | 'credit' | 'advance_charges';

export interface InvoiceSnapshot extends DocumentBase {
  readonly kind: 'invoice';
  readonly invoiceType: DocumentInvoiceType;
  readonly purchaseOrderNumber: string | null;
  readonly paymentDueDate: DayText;
  readonly netPaymentTermDays: number;
  /** In the order of printing; empty for one-off, add-on and credit invoices. */
  readonly subscriptions: readonly SubscriptionPart[];
  /** Fees that belong to no subscription, in the order of printing. */
  readonly otherFees: readonly FeePart[];
  readonly coupons: readonly CouponRow[];
  readonly subTotalIncludingTaxesCents: CentsText;
  readonly creditNotes: readonly CreditNoteRow[];
  /** Wallet credits used, by origin; "0" prints no row. Positive numbers. */
  readonly prepaidGrantedCreditCents: CentsText;
  readonly prepaidPurchasedCreditCents: CentsText;
  readonly customSections: readonly CustomSection[];
}

export interface CreditNoteItem extends FeeSubject {
  readonly subscriptionDisplayName: string | null;
  /** Before tax and before coupons. */
  readonly amountCents: CentsText;
  readonly taxRates: readonly DecimalText[];
}

export interface CreditNoteSnapshot extends DocumentBase {
  readonly kind: 'credit_note';
  readonly invoiceNumber: string;
  readonly items: readonly CreditNoteItem[];
  /** The coupons' share of the items, as a positive number; "0" prints no row. */
  readonly couponsAdjustmentCents: CentsText;
  /** The three parts of the total; "0" prints no row. */
  readonly creditCents: CentsText;
  readonly refundCents: CentsText;
  readonly offsetCents: CentsText;
}

export type DocumentSnapshot = InvoiceSnapshot | CreditNoteSnapshot;
