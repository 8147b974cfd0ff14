import type { ChargeTerms, PlanTerms, SubscriptionTerms, TaxTerms } from '../billing/facts.ts';
import type { BillingItem, FeeSpan, UsageSpan } from '../billing/billing-item.ts';
import type { ChargeUsageFacts, ItemFacts } from '../billing/invoice/draft-fees.ts';
import { taxTerms } from '../catalog/index.ts';
import { applicableTaxes, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { cents, type Cents } from '../../shared/money.ts';
import { eventWatermark, readChargeUsage } from '../usage/index.ts';

/** One subscription row with what an occasion bills for it. */
export interface ItemToBill {
  readonly subscription: SubscriptionTerms;
  readonly plan: PlanTerms;
  readonly item: BillingItem;
}

/** Everything that the fees of one subscription depend on, read but not computed. */
export async function gatherFacts(db: ReadDatabase, customer: Customer, toBill: ItemToBill): Promise<ItemFacts> {
  const { plan, item, subscription } = toBill;
  const scope = { organizationId: customer.organizationId, externalSubscriptionId: subscription.externalId, currency: plan.currency };
  return {
    subscriptionId: subscription.id,
    plan,
    item,
    usage: arrearsCharges(plan, item.usage).map((charge) => chargeUsage(db, scope, { charge, window: item.usage?.window })),
    advanceUsage: recurringAdvanceCharges(plan, item.advanceUsage).map((charge) =>
      heldUnits(db, scope, { charge, span: item.advanceUsage }),
    ),
    inheritedTaxes: await inheritedTaxes(db, customer),
    billedForCommitmentCents: plan.minimumCommitment === null ? cents(0n) : billedInSpan(db, subscription.id, item.commitment),
  };
}

/** Taxes of the customer, else of the organization. Rule: invoicing.md § 6. */
export async function inheritedTaxes(db: ReadDatabase, customer: Customer): Promise<readonly TaxTerms[]> {
  return (await applicableTaxes(db, customer)).map(taxTerms);
}

interface UsageScope {
  readonly organizationId: string;
  readonly externalSubscriptionId: string;
  readonly currency: PlanTerms['currency'];
}

function arrearsCharges(plan: PlanTerms, span: UsageSpan | null): readonly ChargeTerms[] {
  if (span === null) return [];
  const isLeftToNextPlan = (charge: ChargeTerms): boolean =>
    charge.metric.recurring && !charge.prorated && span.excludedMetricIds.includes(charge.metric.id);
  return plan.charges.filter((charge) => !charge.payInAdvance && !isLeftToNextPlan(charge));
}

function recurringAdvanceCharges(plan: PlanTerms, span: UsageSpan | null): readonly ChargeTerms[] {
  return span === null ? [] : plan.charges.filter((charge) => charge.payInAdvance && charge.metric.recurring);
}

function chargeUsage(
  db: ReadDatabase,
  scope: UsageScope,
  of: { readonly charge: ChargeTerms; readonly window: UsageSpan['window'] | undefined },
): ChargeUsageFacts {
  if (of.window === undefined) return { charge: of.charge, buckets: [], watermark: null };
  const request = { ...scope, charge: of.charge, window: of.window };
  return { charge: of.charge, buckets: readChargeUsage(db, request), watermark: eventWatermark(db, request) };
}

/** The units held when the new period begins, billed in full and unprorated for it. Rule: pricing.md § 6. */
function heldUnits(
  db: ReadDatabase,
  scope: UsageScope,
  of: { readonly charge: ChargeTerms; readonly span: UsageSpan | null },
): ChargeUsageFacts {
  const charge = { ...of.charge, prorated: false };
  const start = of.span?.window;
  return chargeUsage(db, scope, { charge, window: start && { ...start, end: start.from, lastDay: start.firstDay.subtract({ days: 1 }) } });
}

/** What invoices made before this one billed for the fee period of a commitment: its subscription fee and its usage. */
function billedInSpan(db: ReadDatabase, subscriptionId: string, span: FeeSpan | null): Cents {
  if (span === null) return cents(0n);
  const row = db
    .select<{ total: number | null }>(
      `SELECT SUM("fees"."amount_cents") AS "total" FROM "fees" LEFT JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id"
       WHERE "fees"."subscription_id" = ? AND "fees"."fee_type" IN ('subscription', 'charge') AND "fees"."from_at" BETWEEN ? AND ?
         AND COALESCE("invoices"."status", 'finalized') NOT IN ('voided', 'failed')`,
    )
    .get(subscriptionId, span.fromAt.epochMilliseconds, span.toAt.epochMilliseconds);
  return cents(row?.total ?? 0);
}
