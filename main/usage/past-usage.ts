import { In, IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { Temporal } from '../../shared/dates.ts';
import { decimal } from '../../shared/decimal.ts';
import { addCents, cents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { Page } from '../../shared/page.ts';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { VALUE_IS_MANDATORY } from '../../shared/wire/error-codes.ts';
import type { BucketKey } from '../billing/facts.ts';
import { findCustomer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { billableMetrics, charges as chargeTable, type BillableMetric } from '../database/tables/catalog.ts';
import { invoices as invoiceTable, type Invoice } from '../database/tables/invoices.ts';
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
  const billed = sumUpFees(db, period, onlyMetric);
  const usages = inNameOrder(await chargeUsages(db, billed.charges));
  return {
    fromAt: Temporal.Instant.fromEpochMilliseconds(period.chargesFromMs),
    toAt: Temporal.Instant.fromEpochMilliseconds(period.chargesToMs),
    issuingDate: invoice.issuingDate,
    currency: invoice.currency,
    amountCents: sumFees(usages),
    taxesAmountCents: billed.taxesAmountCents,
    invoiceId: invoice.id,
    charges: usages,
  };
}

/** What of a fee usage shows, as prepared statements answer it. */
interface UsageFeeRow {
  readonly chargeId: string;
  readonly chargeFilterId: string | null;
  readonly filters: string | null;
  readonly filterDisplayName: string | null;
  readonly groupedBy: string;
  readonly units: string;
  readonly totalAggregatedUnits: string | null;
  readonly eventsCount: number | null;
  readonly amountCents: number;
  readonly taxesAmountCents: number;
}

// True-ups are no usage. Rows of one index key come in the order in which they were made.
const USAGE_FEES = `SELECT "charge_id" AS "chargeId", "charge_filter_id" AS "chargeFilterId", "filters", "filter_display_name" AS "filterDisplayName",
    "grouped_by" AS "groupedBy", "units", "total_aggregated_units" AS "totalAggregatedUnits", "events_count" AS "eventsCount",
    "amount_cents" AS "amountCents", "taxes_amount_cents" AS "taxesAmountCents" FROM "fees"
  WHERE "subscription_id" = ? AND "fee_type" = 'charge' AND "true_up_parent_fee_id" IS NULL AND (? IS NULL OR "item_id" = ?)`;
const IN_ARREARS = `${USAGE_FEES} AND "invoice_id" = ? AND "pay_in_advance" = 0 ORDER BY "sequence"`;
const OF_EVENTS = `${USAGE_FEES} AND "pay_in_advance" = 1 AND "event_transaction_id" IS NOT NULL AND "from_at" = ? AND "to_at" = ? ORDER BY "sequence"`;

/** What was billed of one charge, by filter and by bucket. */
interface BilledCharge {
  readonly filters: Map<string, UsageFilter>;
  readonly buckets: Map<string, UsageFee>;
}

/**
 * Sums up the arrears fees of the invoice, and what events of the period were billed by themselves: one line for each bucket, however many
 * events there were.
 */
function sumUpFees(
  db: ReadDatabase,
  period: BilledPeriodRow,
  onlyMetric: BillableMetric | null,
): { readonly charges: ReadonlyMap<string, BilledCharge>; readonly taxesAmountCents: Cents } {
  const { invoiceId, subscriptionId, chargesFromMs, chargesToMs } = period;
  const metricId = onlyMetric?.id ?? null;
  const charges = new Map<string, BilledCharge>();
  let taxesAmountCents = ZERO_CENTS;
  const addRows = (rows: Iterable<UsageFeeRow>): void => {
    for (const row of rows) {
      const charge: BilledCharge = charges.get(row.chargeId) ?? { filters: new Map(), buckets: new Map() };
      charges.set(row.chargeId, charge);
      addFee(charge, row);
      taxesAmountCents = addCents(taxesAmountCents, cents(row.taxesAmountCents));
    }
  };
  addRows(db.select<UsageFeeRow>(IN_ARREARS).iterate(subscriptionId, metricId, metricId, invoiceId));
  addRows(db.select<UsageFeeRow>(OF_EVENTS).iterate(subscriptionId, metricId, metricId, chargesFromMs, chargesToMs));
  return { charges, taxesAmountCents };
}

function addFee({ filters, buckets }: BilledCharge, row: UsageFeeRow): void {
  const { chargeFilterId: id, filterDisplayName: invoiceDisplayName } = row;
  if (id !== null) filters.set(id, { id, values: JSON.parse(row.filters ?? 'null') as UsageFilter['values'], invoiceDisplayName });
  const text = JSON.stringify([id, row.groupedBy]);
  const known = buckets.get(text);
  const units = decimal(row.units);
  const aggregated = decimal(row.totalAggregatedUnits ?? row.units);
  buckets.set(text, {
    key: known?.key ?? { filterId: id, groupedBy: JSON.parse(row.groupedBy) as BucketKey['groupedBy'] },
    units: known?.units.plus(units) ?? units,
    totalAggregatedUnits: known?.totalAggregatedUnits.plus(aggregated) ?? aggregated,
    eventsCount: (known?.eventsCount ?? 0) + (row.eventsCount ?? 0),
    amountCents: addCents(known?.amountCents ?? ZERO_CENTS, cents(row.amountCents)),
  });
}

async function chargeUsages(db: ReadDatabase, billed: ReadonlyMap<string, BilledCharge>): Promise<readonly ChargeUsage[]> {
  // Also those that were deleted since.
  const charges = await db.manager.find(chargeTable, { where: { id: In([...billed.keys()]) } });
  const metrics = await db.manager.find(billableMetrics, { where: { id: In(charges.map((charge) => charge.billableMetricId)) } });
  return [...billed].map(([chargeId, { filters, buckets }]) => {
    const charge = present(
      charges.find(({ id }) => id === chargeId),
      'the charge of a fee exists',
    );
    const metric = present(
      metrics.find(({ id }) => id === charge.billableMetricId),
      'a charge has its metric',
    );
    return { charge, metric, filters: withDefault([...filters.values()]), fees: [...buckets.values()] };
  });
}

/** The filters as the fees say: those that nothing was billed for left none. */
function withDefault(filters: readonly UsageFilter[]): readonly UsageFilter[] {
  return filters.length === 0 ? [] : [...filters, { id: null, values: null, invoiceDisplayName: null }];
}
