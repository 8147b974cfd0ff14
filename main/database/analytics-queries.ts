import type { ReadDatabase } from './read-database.ts';

// Sums over the books by calendar month. Cents are added up as whole numbers; nothing is divided or rounded here.

/** What every report can be narrowed to; null leaves it open. */
export interface ReportScope {
  readonly organizationId: string;
  readonly currency: string | null;
  readonly externalCustomerId: string | null;
}

/** A month as `2023-01`. */
export type MonthText = string;

export interface RevenueRow {
  readonly month: MonthText;
  readonly currency: string;
  readonly amountCents: number;
  readonly invoicesCount: number;
}

/** The scope is bound by name, as it stands. */
const IN_SCOPE = (table: string): string => `"${table}"."organization_id" = $organizationId
  AND ($currency IS NULL OR "${table}"."currency" = $currency)
  AND ($externalCustomerId IS NULL OR "${table}"."customer_id" IN
    (SELECT "id" FROM "customers" WHERE "organization_id" = $organizationId AND "external_id" = $externalCustomerId))`;

/** Totals of final invoices by the month of their issuing date. */
export function invoicedTotals(db: ReadDatabase, scope: ReportScope): readonly RevenueRow[] {
  return db
    .select<RevenueRow>(
      `SELECT substr("issuing_date", 1, 7) AS "month", "currency", SUM("total_amount_cents") AS "amountCents", COUNT(*) AS "invoicesCount"
       FROM "invoices" WHERE "status" = 'finalized' AND ${IN_SCOPE('invoices')} GROUP BY 1, 2`,
    )
    .all(scope);
}

/** What credit notes refunded, by the month of the invoice that they correct. A refund that failed gave nothing back. */
export function refundedTotals(db: ReadDatabase, scope: ReportScope): readonly Omit<RevenueRow, 'invoicesCount'>[] {
  return db
    .select<Omit<RevenueRow, 'invoicesCount'>>(
      `SELECT substr("invoices"."issuing_date", 1, 7) AS "month", "invoices"."currency" AS "currency",
         SUM("credit_notes"."refund_amount_cents") AS "amountCents"
       FROM "credit_notes" JOIN "invoices" ON "invoices"."id" = "credit_notes"."invoice_id"
       WHERE "credit_notes"."status" = 'finalized' AND "credit_notes"."refund_amount_cents" > 0 AND "credit_notes"."refund_status" <> 'failed'
         AND "invoices"."status" = 'finalized' AND ${IN_SCOPE('invoices')} GROUP BY 1, 2`,
    )
    .all(scope);
}

/** Sums of a quarter of an hour: every zone's months begin on one. */
export interface SlotRow {
  /** Quarters of an hour since 1970. */
  readonly slot: number;
  readonly currency: string;
  readonly amountCents: number;
}

export const SLOT_MS = 900_000;

/** Fees in advance that stand on no invoice, with their taxes, by when they were made. */
export function loneFeeTotals(db: ReadDatabase, scope: ReportScope): readonly SlotRow[] {
  return db
    .select<SlotRow>(
      `SELECT "created_at" / ${SLOT_MS} AS "slot", "currency", SUM("amount_cents" + "taxes_amount_cents") AS "amountCents"
       FROM "fees" WHERE "invoice_id" IS NULL AND "pay_in_advance" = 1 AND ${IN_SCOPE('fees')} GROUP BY 1, 2`,
    )
    .all(scope);
}

/** Fees of equal coupon share, so that the shares are taken off exactly afterwards. */
export interface UsageRow {
  readonly code: string;
  readonly currency: string;
  /** Share of the coupons in cents, decimal text, of each of these fees. */
  readonly coupons: string;
  readonly amountCents: number;
  readonly feesCount: number;
}

/** Usage fees of final invoices by metric and the month of the issuing date; without those whose dispute was lost. */
export function invoicedUsageTotals(db: ReadDatabase, scope: ReportScope): readonly (UsageRow & { readonly month: MonthText })[] {
  return db
    .select<UsageRow & { readonly month: MonthText }>(
      `SELECT substr("invoices"."issuing_date", 1, 7) AS "month", "fees"."item_code" AS "code", "fees"."currency" AS "currency",
         "fees"."precise_coupons_amount_cents" AS "coupons", SUM("fees"."amount_cents") AS "amountCents", COUNT(*) AS "feesCount"
       FROM "fees" JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id"
       WHERE "fees"."fee_type" = 'charge' AND "invoices"."status" = 'finalized' AND "invoices"."payment_dispute_lost_at" IS NULL
         AND ${IN_SCOPE('fees')} GROUP BY 1, 2, 3, 4`,
    )
    .all(scope);
}

/** The same of fees in advance that stand on no invoice, by when they were made. */
export function loneUsageTotals(db: ReadDatabase, scope: ReportScope): readonly (UsageRow & { readonly slot: number })[] {
  return db
    .select<UsageRow & { readonly slot: number }>(
      `SELECT "created_at" / ${SLOT_MS} AS "slot", "item_code" AS "code", "currency", "precise_coupons_amount_cents" AS "coupons",
         SUM("amount_cents") AS "amountCents", COUNT(*) AS "feesCount"
       FROM "fees" WHERE "fee_type" = 'charge' AND "invoice_id" IS NULL AND "pay_in_advance" = 1 AND ${IN_SCOPE('fees')} GROUP BY 1, 2, 3, 4`,
    )
    .all(scope);
}

export interface CollectionRow extends RevenueRow {
  readonly paymentStatus: string;
}

/** Final, undisputed invoices by the month of their issuing date and by whether they were paid. */
export function collectionTotals(db: ReadDatabase, scope: ReportScope): readonly CollectionRow[] {
  return db
    .select<CollectionRow>(
      `SELECT substr("issuing_date", 1, 7) AS "month", "payment_status" AS "paymentStatus", "currency",
         SUM("total_amount_cents") AS "amountCents", COUNT(*) AS "invoicesCount"
       FROM "invoices" WHERE "status" = 'finalized' AND "payment_dispute_lost_at" IS NULL AND ${IN_SCOPE('invoices')} GROUP BY 1, 2, 3`,
    )
    .all(scope);
}

export interface OverdueRow {
  readonly month: MonthText;
  readonly currency: string;
  readonly invoiceId: string;
  readonly dueCents: number;
}

/** Invoices that are overdue, oldest due date first, with what is still due. */
export function overdueInvoices(db: ReadDatabase, scope: ReportScope): readonly OverdueRow[] {
  return db
    .select<OverdueRow>(
      `SELECT substr("payment_due_date", 1, 7) AS "month", "currency", "id" AS "invoiceId",
         "total_amount_cents" - "total_paid_amount_cents" - "total_offsetted_credit_note_amount_cents" AS "dueCents"
       FROM "invoices" WHERE "status" = 'finalized' AND "payment_overdue" = 1 AND ${IN_SCOPE('invoices')}
       ORDER BY "payment_due_date", "sequence"`,
    )
    .all(scope);
}

/** A subscription fee on a final invoice. Instants are epoch milliseconds. */
export interface SubscriptionFeeRow {
  readonly subscriptionId: string;
  readonly currency: string;
  readonly interval: string;
  readonly payInAdvance: number;
  readonly issuingDate: string;
  readonly timeZone: string;
  readonly fromAt: number;
  readonly toAt: number;
  readonly amountCents: number;
  /** Share of the coupons in cents, decimal text. */
  readonly coupons: string;
}

/** The subscription fees of final, undisputed invoices. */
export function invoicedSubscriptionFees(db: ReadDatabase, scope: ReportScope): readonly SubscriptionFeeRow[] {
  return db
    .select<SubscriptionFeeRow>(
      `SELECT "fees"."subscription_id" AS "subscriptionId", "fees"."currency" AS "currency", "plans"."interval" AS "interval",
         "fees"."pay_in_advance" AS "payInAdvance", "invoices"."issuing_date" AS "issuingDate", "invoices"."timezone" AS "timeZone",
         "fees"."from_at" AS "fromAt", "fees"."to_at" AS "toAt", "fees"."amount_cents" AS "amountCents",
         "fees"."precise_coupons_amount_cents" AS "coupons"
       FROM "fees" JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id"
       JOIN "subscriptions" ON "subscriptions"."id" = "fees"."subscription_id" JOIN "plans" ON "plans"."id" = "subscriptions"."plan_id"
       WHERE "fees"."fee_type" = 'subscription' AND "invoices"."status" = 'finalized' AND "invoices"."payment_dispute_lost_at" IS NULL
         AND ${IN_SCOPE('fees')}`,
    )
    .all(scope);
}
