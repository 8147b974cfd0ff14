import { In, IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { Temporal } from '../../shared/dates.ts';
import { addCents } from '../../shared/money.ts';
import type { Page } from '../../shared/page.ts';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { VALUE_IS_MANDATORY } from '../../shared/wire/error-codes.ts';
import { findCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { billableMetrics, charges as chargeTable, type BillableMetric } from '../database/tables/catalog.ts';
import { fees as feeTable, invoices as invoiceTable, type Fee, type Invoice } from '../database/tables/invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { inNameOrder, sumFees, type ChargeUsage, type PeriodUsage, type UsageFee, type UsageFilter } from './usage-view.ts';

/** Whose past usage is asked for. */
export interface PastUsageRequest {
  readonly externalCustomerId: string;
  readonly externalSubscriptionId?: string | undefined;
  readonly billableMetricCode?: string | undefined;
  /** Only so many of the newest periods. */
  readonly periodsCount?: number | undefined;
}

interface BilledPeriodRow {
  readonly invoiceId: string;
  readonly subscriptionId: string;
  readonly chargesFromMs: number;
  readonly chargesToMs: number;
}

// Only what bills elapsed usage; a started row's first invoice and an event's own bill none.
const BILLED_PERIODS = `FROM "invoice_subscriptions" AS "billed"
  JOIN "subscriptions" ON "subscriptions"."id" = "billed"."subscription_id"
  JOIN "invoices" ON "invoices"."id" = "billed"."invoice_id"
  WHERE "subscriptions"."customer_id" = ? AND "subscriptions"."external_id" = ?
    AND "billed"."invoicing_reason" IN ('subscription_periodic', 'subscription_terminating') AND "invoices"."status" IN ('draft', 'finalized', 'closed')`;

/**
 * What a subscription used in each charge period that was billed, newest first, as its invoices say: nothing is counted again.
 * Rule: api.md § 6 "past_usage".
 */
export async function pastUsage(
  context: ServiceContext,
  request: PastUsageRequest,
  page: Page,
): Promise<Result<{ readonly rows: readonly PeriodUsage[]; readonly totalCount: number }>> {
  const db = context.database.read;
  const customer = await findCustomer(db, context.organizationId, request.externalCustomerId);
  if (customer === null) return notFound('customer');
  const { externalSubscriptionId, billableMetricCode: code } = request;
  if (externalSubscriptionId === undefined) return invalid({ external_subscription_id: [VALUE_IS_MANDATORY] });
  const metric =
    code === undefined
      ? null
      : await db.manager.findOneBy(billableMetrics, { organizationId: context.organizationId, code, deletedAt: IsNull() });
  if (code !== undefined && metric === null) return notFound('billable_metric');

  const counted = db.select<{ n: number }>(`SELECT COUNT(*) AS "n" ${BILLED_PERIODS}`).get(customer.id, externalSubscriptionId);
  const totalCount = Math.min(present(counted, 'a count has one row').n, request.periodsCount ?? Infinity);
  const limit = Math.max(Math.min(page.limit, totalCount - page.offset), 0);
  const periods = db
    .select<BilledPeriodRow>(
      `SELECT "billed"."invoice_id" AS "invoiceId", "billed"."subscription_id" AS "subscriptionId", "billed"."charges_from" AS "chargesFromMs",
        "billed"."charges_to" AS "chargesToMs" ${BILLED_PERIODS} ORDER BY "billed"."charges_to" DESC, "billed"."sequence" DESC LIMIT ? OFFSET ?`,
    )
    .all(customer.id, externalSubscriptionId, limit, page.offset);
  const rows = await Promise.all(periods.map((period) => periodUsage(db, period, metric)));
  return ok({ rows, totalCount });
}

async function periodUsage(db: ReadDatabase, period: BilledPeriodRow, onlyMetric: BillableMetric | null): Promise<PeriodUsage> {
  const invoice: Invoice = present(await db.manager.findOneBy(invoiceTable, { id: period.invoiceId }), 'a billed period has its invoice');
  const fees = (await usageFees(db, period)).filter((fee) => onlyMetric === null || fee.itemId === onlyMetric.id);
  const usages = inNameOrder(await chargeUsages(db, fees));
  return {
    fromAt: Temporal.Instant.fromEpochMilliseconds(period.chargesFromMs),
    toAt: Temporal.Instant.fromEpochMilliseconds(period.chargesToMs),
    issuingDate: invoice.issuingDate,
    currency: invoice.currency,
    amountCents: sumFees(usages),
    taxesAmountCents: addCents(...fees.map((fee) => fee.taxesAmountCents)),
    invoiceId: invoice.id,
    charges: usages,
  };
}

/** The arrears fees of the invoice, and what events of the period were billed by themselves; true-ups are no usage. */
async function usageFees(
  db: ReadDatabase,
  { invoiceId, subscriptionId, chargesFromMs, chargesToMs }: BilledPeriodRow,
): Promise<readonly Fee[]> {
  const usage = { subscriptionId, feeType: 'charge' as const, trueUpParentFeeId: IsNull() };
  const arrears = await db.manager.find(feeTable, { where: { ...usage, invoiceId, payInAdvance: false }, order: { sequence: 'ASC' } });
  const ofEvents = await db.manager
    .createQueryBuilder(feeTable, 'fee')
    .where({ ...usage, payInAdvance: true })
    .andWhere('fee.eventTransactionId IS NOT NULL AND fee.fromAt = :chargesFromMs AND fee.toAt = :chargesToMs', {
      chargesFromMs,
      chargesToMs,
    })
    .orderBy('fee.sequence')
    .getMany();
  return [...arrears, ...ofEvents];
}

async function chargeUsages(db: ReadDatabase, fees: readonly Fee[]): Promise<readonly ChargeUsage[]> {
  const byCharge = Map.groupBy(fees, (fee) => present(fee.chargeId, 'a usage fee belongs to a charge'));
  // Also those that were deleted since.
  const charges = await db.manager.find(chargeTable, { where: { id: In([...byCharge.keys()]) } });
  const metrics = await db.manager.find(billableMetrics, { where: { id: In(charges.map((charge) => charge.billableMetricId)) } });
  return [...byCharge].map(([chargeId, ofCharge]) => {
    const charge = present(
      charges.find(({ id }) => id === chargeId),
      'the charge of a fee exists',
    );
    const metric = present(
      metrics.find(({ id }) => id === charge.billableMetricId),
      'a charge has its metric',
    );
    return { charge, metric, filters: filtersOf(ofCharge), fees: sumByBucket(ofCharge) };
  });
}

/** The filters as the fees say: those that nothing was billed for left none. */
function filtersOf(fees: readonly Fee[]): readonly UsageFilter[] {
  const named = fees.filter((fee) => fee.chargeFilterId !== null);
  if (named.length === 0) return [];
  const filters = new Map(
    named.map((fee) => [fee.chargeFilterId, { id: fee.chargeFilterId, values: fee.filters, invoiceDisplayName: fee.filterDisplayName }]),
  );
  return [...filters.values(), { id: null, values: null, invoiceDisplayName: null }];
}

/** Events that were billed one by one are one line for each bucket here. */
function sumByBucket(fees: readonly Fee[]): readonly UsageFee[] {
  const buckets = new Map<string, UsageFee>();
  for (const fee of fees) {
    const key = { filterId: fee.chargeFilterId, groupedBy: fee.groupedBy };
    const text = JSON.stringify([key.filterId, Object.entries(key.groupedBy)]);
    const known = buckets.get(text);
    const totalAggregatedUnits = fee.totalAggregatedUnits ?? fee.units;
    const eventsCount = fee.eventsCount ?? 0;
    buckets.set(
      text,
      known === undefined
        ? { key, units: fee.units, totalAggregatedUnits, eventsCount, amountCents: fee.amountCents }
        : {
            key,
            units: known.units.plus(fee.units),
            totalAggregatedUnits: known.totalAggregatedUnits.plus(totalAggregatedUnits),
            eventsCount: known.eventsCount + eventsCount,
            amountCents: addCents(known.amountCents, fee.amountCents),
          },
    );
  }
  return [...buckets.values()];
}
