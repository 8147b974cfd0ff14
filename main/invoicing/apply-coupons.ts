import { present } from '../../shared/assert.ts';
import { ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { couponCredits, type CouponableFee, type CouponUse } from '../billing/invoice/coupons.ts';
import { feeTaxes } from '../billing/invoice/totals.ts';
import { readCouponTerms } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { appliedCoupons } from '../database/tables/coupons.ts';
import { fees, invoiceCredits, type Fee, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { readFees } from './read-invoice.ts';
import { taxableFee, taxColumns } from './store-fees.ts';

/**
 * Uses the customer's coupons on an invoice that is becoming final: stores what each took off, spreads it over the fees, whose taxes follow, and
 * ends what is used up. Answers what was taken off in all, in cents. Rule: invoicing.md § 4 "Applying to an invoice".
 */
export async function applyCoupons(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<Cents> {
  const terms = await readCouponTerms(tx, invoice.customerId);
  if (terms.length === 0) return ZERO_CENTS;
  const rows = await readFees(tx, invoice.id);
  const credits = couponCredits({ currency: invoice.currency, fees: couponableFees(tx, invoice.id, rows), coupons: terms });
  for (const use of credits.uses) await storeUse(context, tx, { invoiceId: invoice.id, use });
  for (const [position, fee] of rows.entries()) {
    const couponed = credits.fees[position];
    if (couponed === undefined || couponed.steps.length === 0) continue;
    const { preciseCouponsAmountCents, steps } = couponed;
    const taxes = feeTaxes({ ...taxableFee(fee), preciseCouponsAmountCents });
    const explanation = { ...fee.explanation, steps: [...fee.explanation.steps, ...steps] };
    const set = { preciseCouponsAmountCents, explanation, ...taxColumns(context, taxes, fee.currency) };
    await updateRows(tx, fees, { where: { id: fee.id }, set });
  }
  return credits.couponsAmountCents;
}

/**
 * Gives back what a voided invoice had used of coupons: a turn of each recurring one, and what had ended is active again, unless the coupon
 * itself, or its customer, is gone. A `forever` coupon that ended was taken away and stays so. Rule: invoicing.md § 4, last sentence.
 */
export async function giveCouponsBack(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  for (const { id, isOver } of usedOn(tx, invoiceId)) {
    const applied = present(await tx.manager.findOneBy(appliedCoupons, { id }), 'a coupon that was used was applied');
    const isBack = applied.status === 'terminated' && applied.frequency !== 'forever' && isOver === 0;
    const { frequencyDurationRemaining: remaining } = applied;
    await updateRows(tx, appliedCoupons, {
      where: { id },
      set: {
        ...(applied.frequency === 'recurring' && remaining !== null ? { frequencyDurationRemaining: remaining + 1 } : {}),
        ...(isBack ? { status: 'active' as const, terminatedAt: null } : {}),
        updatedAt: context.clock.now(),
      },
    });
  }
}

function usedOn(db: ReadDatabase, invoiceId: string): readonly { readonly id: string; readonly isOver: number }[] {
  return db
    .select<{ id: string; isOver: number }>(
      `SELECT DISTINCT "applied_coupons"."id" AS "id",
         COALESCE("coupons"."terminated_at", "coupons"."deleted_at", "customers"."deleted_at") IS NOT NULL AS "isOver"
       FROM "invoice_credits"
       JOIN "applied_coupons" ON "applied_coupons"."id" = "invoice_credits"."applied_coupon_id"
       JOIN "coupons" ON "coupons"."id" = "applied_coupons"."coupon_id"
       JOIN "customers" ON "customers"."id" = "applied_coupons"."customer_id"
       WHERE "invoice_credits"."invoice_id" = ?`,
    )
    .all(invoiceId);
}

/** The fees of a stored invoice as coupons see them: a private copy of a plan counts as the plan. */
function couponableFees(db: ReadDatabase, invoiceId: string, rows: readonly Fee[]): readonly CouponableFee[] {
  const billed = db
    .select<{ subscriptionId: string; planId: string }>(
      `SELECT "invoice_subscriptions"."subscription_id" AS "subscriptionId", COALESCE("plans"."parent_id", "plans"."id") AS "planId"
       FROM "invoice_subscriptions" JOIN "plans" ON "plans"."id" = "invoice_subscriptions"."plan_id"
       WHERE "invoice_subscriptions"."invoice_id" = ?`,
    )
    .all(invoiceId);
  const planIds = new Map(billed.map((row) => [row.subscriptionId, row.planId]));
  return rows.map((fee) => ({
    planId: fee.subscriptionId === null ? null : (planIds.get(fee.subscriptionId) ?? null),
    metricId: fee.feeType === 'charge' ? fee.itemId : null,
    amountCents: fee.amountCents,
    preciseCouponsAmountCents: fee.preciseCouponsAmountCents,
  }));
}

async function storeUse(
  context: ServiceContext,
  tx: Transaction,
  store: { readonly invoiceId: string; readonly use: CouponUse },
): Promise<void> {
  const { invoiceId, use } = store;
  const { appliedCouponId, amountCents, frequencyDurationRemaining } = use;
  const now = context.clock.now();
  await insertRow(tx, invoiceCredits, {
    id: context.random.uuid(),
    invoiceId,
    appliedCouponId,
    creditNoteId: null,
    amountCents,
    createdAt: now,
  });
  await updateRows(tx, appliedCoupons, {
    where: { id: appliedCouponId },
    set: {
      updatedAt: now,
      ...(frequencyDurationRemaining === null ? {} : { frequencyDurationRemaining }),
      ...(use.isUsedUp ? { status: 'terminated' as const, terminatedAt: now } : {}),
    },
  });
}
