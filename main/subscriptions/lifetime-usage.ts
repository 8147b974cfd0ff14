import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { isBefore, type Instant } from '../../shared/dates.ts';
import { addCents, cents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { readCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { fees, invoices } from '../database/tables/invoices.ts';
import { lifetimeUsages } from '../database/tables/lifetime-usages.ts';
import type { ServiceContext } from '../service-context.ts';
import { currentUsage } from '../usage/index.ts';
import { findActive } from './subscription-row.ts';

/** What a subscription line has used since it began, under whatever plans; amounts without taxes. Rule: api.md § 8. */
export interface LifetimeUsageView {
  /** Our id of the line: that of its first row. */
  readonly id: string;
  readonly subscription: Subscription;
  /** Used before the line came here, as its owner told. */
  readonly externalHistoricalUsageAmountCents: Cents;
  readonly invoicedUsageAmountCents: Cents;
  /** Used in the period that runs, in arrears: what is paid in advance is invoiced already. */
  readonly currentUsageAmountCents: Cents;
  readonly from: Instant;
  readonly to: Instant;
}

/** Lifetime usage of an active subscription. */
export async function readLifetimeUsage(context: ServiceContext, externalId: string): Promise<Result<LifetimeUsageView>> {
  const db = context.database.read;
  const active = await findActive(db, context.organizationId, externalId);
  if (active === null) return notFound('subscription');
  const rows = await readRowsOfLine(db, active);
  const first = present(rows[0], 'a line has its first row');
  const before = await db.manager.findOneBy(lifetimeUsages, { subscriptionId: first.id });
  return ok({
    id: first.id,
    subscription: active,
    externalHistoricalUsageAmountCents: before?.externalHistoricalUsageAmountCents ?? ZERO_CENTS,
    invoicedUsageAmountCents: await sumInvoicedUsage(db, rows),
    currentUsageAmountCents: await sumCurrentUsage(context, active),
    from: earliestStart(rows) ?? active.subscriptionAt,
    to: context.clock.now(),
  });
}

/** Tells what an active subscription had used before it came here. */
export function setHistoricalUsage(
  context: ServiceContext,
  externalId: string,
  amountCents: Cents,
): Promise<Result<{ readonly externalId: string }>> {
  return context.database.unitOfWork.write('set historical usage', async (tx) => {
    const active = await findActive(tx, context.organizationId, externalId);
    if (active === null) return notFound('subscription');
    const subscriptionId = present((await readRowsOfLine(tx, active))[0], 'a line has its first row').id;
    const set = { externalHistoricalUsageAmountCents: amountCents, updatedAt: context.clock.now() };
    const isKnown = await tx.manager.existsBy(lifetimeUsages, { subscriptionId });
    if (isKnown) await updateRows(tx, lifetimeUsages, { where: { subscriptionId }, set });
    else await insertRow(tx, lifetimeUsages, { subscriptionId, ...set });
    return ok({ externalId });
  });
}

function readRowsOfLine(db: ReadDatabase, row: Subscription): Promise<Subscription[]> {
  return db.manager.find(subscriptions, { where: { customerId: row.customerId, externalId: row.externalId }, order: { sequence: 'ASC' } });
}

function earliestStart(rows: readonly Subscription[]): Instant | null {
  return rows.reduce<Instant | null>(
    (first, { startedAt }) => (startedAt !== null && (first === null || isBefore(startedAt, first)) ? startedAt : first),
    null,
  );
}

/** Usage fees of the line that stand: on invoices that are neither voided nor hidden, or billed at once without one. */
async function sumInvoicedUsage(db: ReadDatabase, rows: readonly Subscription[]): Promise<Cents> {
  const query = db.manager.createQueryBuilder(fees, 'fee');
  const standing = query.subQuery().select('1').from(invoices, 'invoice');
  standing.where(`invoice.id = fee.invoiceId AND invoice.status IN ('draft', 'finalized')`);
  const sum = await query
    .select('COALESCE(SUM(fee.amountCents), 0)', 'total')
    .where({ subscriptionId: In(rows.map((row) => row.id)), feeType: 'charge' })
    .andWhere(`(fee.invoiceId IS NULL OR EXISTS ${standing.getQuery()})`)
    .getRawOne<{ total: number }>();
  return cents(sum?.total ?? 0);
}

async function sumCurrentUsage(context: ServiceContext, active: Subscription): Promise<Cents> {
  const { externalId: externalCustomerId } = await readCustomer(context.database.read, active.customerId);
  const usage = await currentUsage(context, { externalCustomerId, subscriptionId: active.externalId, applyTaxes: false });
  if (!usage.ok) return ZERO_CENTS; // it ended meanwhile
  const { charges } = await readPlanTerms(context.database.read, active.planId);
  const paidAhead = new Set(charges.filter((charge) => charge.payInAdvance).map((charge) => charge.id));
  const inArrears = usage.value.charges.filter(({ charge }) => !paidAhead.has(charge.id));
  return addCents(ZERO_CENTS, ...inArrears.flatMap((each) => each.fees.map((fee) => fee.amountCents)));
}
