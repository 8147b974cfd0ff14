import { readListPage, type ListPage, type ListSource } from '../list-query.ts';
import type { ReadDatabase } from '../read-database.ts';

/** Something that happened to a customer. */
export interface TimelineEntry {
  readonly kind: string;
  readonly atMs: number;
  readonly objectId: string;
  readonly title: string | null;
  readonly detail: string | null;
  readonly amountCents: number | null;
  readonly currency: string | null;
  readonly status: string | null;
}

const NO_AMOUNT = `NULL AS "amountCents", NULL AS "currency", NULL AS "status"`;
const OF_ROW = `FROM "subscriptions" AS "row" JOIN "plans" AS "plan" ON "plan"."id" = "row"."plan_id"`;
const OF_CHANGE = `${OF_ROW} JOIN "subscriptions" AS "previous" ON "previous"."id" = "row"."previous_id" JOIN "plans" AS "before" ON "before"."id" = "previous"."plan_id"`;
const OF_COUPON = `FROM "applied_coupons" AS "row" JOIN "coupons" ON "coupons"."id" = "row"."coupon_id"`;

// One arm for each kind. A row that waits is made before it starts; a dearer plan takes over at once, a cheaper one has waited.
const ARMS = [
  `SELECT 'customer_created' AS "kind", "row"."created_at" AS "at", "row"."id" AS "objectId", "row"."id" AS "customerId", NULL AS "title", NULL AS "detail", ${NO_AMOUNT}
     FROM "customers" AS "row"`,
  `SELECT 'subscription_created', "row"."created_at", "row"."id", "row"."customer_id", "plan"."name", "row"."external_id", ${NO_AMOUNT}
     ${OF_ROW} WHERE "row"."previous_id" IS NULL AND COALESCE("row"."started_at", "row"."created_at" + 1) > "row"."created_at"`,
  `SELECT 'subscription_started', "row"."started_at", "row"."id", "row"."customer_id", "plan"."name", "row"."external_id", ${NO_AMOUNT}
     ${OF_ROW} WHERE "row"."previous_id" IS NULL AND "row"."started_at" IS NOT NULL`,
  `SELECT 'plan_change_planned', "row"."created_at", "row"."id", "row"."customer_id", "plan"."name", "before"."name", ${NO_AMOUNT}
     ${OF_CHANGE} WHERE COALESCE("row"."started_at", "row"."created_at" + 1) > "row"."created_at"`,
  `SELECT CASE WHEN "row"."created_at" < "row"."started_at" THEN 'plan_downgraded' ELSE 'plan_upgraded' END, "row"."started_at", "row"."id",
     "row"."customer_id", "plan"."name", "before"."name", ${NO_AMOUNT} ${OF_CHANGE} WHERE "row"."started_at" IS NOT NULL`,
  `SELECT 'subscription_terminated', "row"."terminated_at", "row"."id", "row"."customer_id", "plan"."name", "row"."external_id", ${NO_AMOUNT}
     ${OF_ROW} WHERE "row"."terminated_at" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "subscriptions" AS "next"
       WHERE "next"."previous_id" = "row"."id" AND "next"."status" IN ('active', 'terminated'))`,
  `SELECT 'subscription_canceled', "row"."canceled_at", "row"."id", "row"."customer_id", "plan"."name", "row"."external_id", ${NO_AMOUNT}
     ${OF_ROW} WHERE "row"."canceled_at" IS NOT NULL`,
  `SELECT 'coupon_applied', "row"."created_at", "row"."id", "row"."customer_id", "coupons"."name", "coupons"."code", ${NO_AMOUNT} ${OF_COUPON}`,
  `SELECT 'coupon_ended', "row"."terminated_at", "row"."id", "row"."customer_id", "coupons"."name", "coupons"."code", ${NO_AMOUNT}
     ${OF_COUPON} WHERE "row"."terminated_at" IS NOT NULL`,
  `SELECT 'invoice_drafted', "row"."created_at", "row"."id", "row"."customer_id", "row"."number", "row"."invoice_type", "row"."total_amount_cents",
     "row"."currency", "row"."payment_status" FROM "invoices" AS "row" WHERE "row"."status" = 'draft'`,
  `SELECT 'invoice_finalized', "row"."finalized_at", "row"."id", "row"."customer_id", "row"."number", "row"."invoice_type", "row"."total_amount_cents",
     "row"."currency", "row"."payment_status" FROM "invoices" AS "row" WHERE "row"."finalized_at" IS NOT NULL AND "row"."status" IN ('finalized', 'voided')`,
  `SELECT 'invoice_voided', "row"."voided_at", "row"."id", "row"."customer_id", "row"."number", "row"."invoice_type", "row"."total_amount_cents",
     "row"."currency", NULL FROM "invoices" AS "row" WHERE "row"."voided_at" IS NOT NULL`,
  `SELECT 'payment', "row"."created_at", "row"."id", "row"."customer_id", "invoices"."number", "row"."payment_type", "row"."amount_cents",
     "row"."currency", "row"."payable_payment_status" FROM "payments" AS "row" JOIN "invoices" ON "invoices"."id" = "row"."invoice_id"`,
  `SELECT 'credit_note_created', "row"."created_at", "row"."id", "row"."customer_id", "row"."number", "row"."reason", "row"."total_amount_cents",
     "row"."currency", NULL FROM "credit_notes" AS "row" WHERE "row"."status" = 'finalized'`,
  `SELECT 'wallet_created', "row"."created_at", "row"."id", "row"."customer_id", COALESCE("row"."name", "row"."code"), NULL, NULL, "row"."currency", NULL
     FROM "wallets" AS "row"`,
  `SELECT 'wallet_terminated', "row"."terminated_at", "row"."id", "row"."customer_id", COALESCE("row"."name", "row"."code"), NULL, "row"."balance_cents",
     "row"."currency", NULL FROM "wallets" AS "row" WHERE "row"."terminated_at" IS NOT NULL`,
];

const TIMELINE: ListSource = {
  columns: `"entry"."kind" AS "kind", "entry"."at" AS "atMs", "entry"."objectId" AS "objectId", "entry"."title" AS "title", "entry"."detail" AS "detail",
    "entry"."amountCents" AS "amountCents", "entry"."currency" AS "currency", "entry"."status" AS "status"`,
  from: `(${ARMS.join(' UNION ALL ')}) AS "entry"`,
  sorts: { at: `"entry"."at"` },
  unique: `("entry"."objectId" || ' ' || "entry"."kind")`,
};

/** A page of what happened to a customer, newest first. */
export function readCustomerTimeline(
  db: ReadDatabase,
  customerId: string,
  wish: { readonly after: string | null; readonly limit: number },
): ListPage<TimelineEntry> {
  const conditions = [{ sql: `"entry"."customerId" = ?`, values: [customerId] }];
  return readListPage(db, TIMELINE, { ...wish, conditions, sortBy: 'at', isDescending: true });
}
