import type { BillingInterval, BillingTime } from '../../../shared/billing-interval.ts';
import { dateIn, Temporal } from '../../../shared/dates.ts';
import type { SubscriptionTerms } from '../../billing/facts.ts';
import { chargePeriodContaining, type ChargePeriod, type GridPlan } from '../../billing/periods/index.ts';
import type { ReadDatabase } from '../../database/read-database.ts';

/** One row of a subscription line with the plan's grid and the customer's zone, as a prepared statement answers it. */
export interface LineRow {
  readonly id: string;
  readonly customerId: string;
  readonly planId: string;
  readonly status: 'pending' | 'active' | 'terminated' | 'canceled';
  readonly externalId: string;
  readonly billingTime: BillingTime;
  readonly subscriptionMs: number;
  readonly startedMs: number | null;
  readonly terminatedMs: number | null;
  readonly createdMs: number;
  readonly trialEndsMs: number | null;
  readonly billedUntilMs: number | null;
  readonly nextBillingMs: number | null;
  readonly interval: BillingInterval;
  readonly billChargesMonthly: number | null;
  readonly timeZone: string;
}

const LINE = `SELECT "s"."id", "s"."customer_id" AS "customerId", "s"."plan_id" AS "planId", "s"."status", "s"."external_id" AS "externalId",
    "s"."billing_time" AS "billingTime", "s"."subscription_at" AS "subscriptionMs", "s"."started_at" AS "startedMs",
    "s"."terminated_at" AS "terminatedMs", "s"."created_at" AS "createdMs", "s"."trial_ends_at" AS "trialEndsMs",
    "s"."charges_billed_until" AS "billedUntilMs", "s"."next_billing_at" AS "nextBillingMs", "p"."interval",
    "p"."bill_charges_monthly" AS "billChargesMonthly", COALESCE("c"."timezone", "o"."timezone") AS "timeZone"
  FROM "subscriptions" "s" JOIN "plans" "p" ON "p"."id" = "s"."plan_id" JOIN "customers" "c" ON "c"."id" = "s"."customer_id"
    JOIN "organizations" "o" ON "o"."id" = "s"."organization_id"
  WHERE "s"."organization_id" = ? AND "s"."external_id" = ? AND "s"."status" <> 'canceled' ORDER BY "s"."started_at", "s"."sequence"`;

/** Every row of an external id that has started or waits to, in order of their starts. */
export function readLine(db: ReadDatabase, organizationId: string, externalId: string): readonly LineRow[] {
  return db.select<LineRow>(LINE).all(organizationId, externalId);
}

/** The second in which an event happened: what periods are compared in. */
export function secondOf(timestampMs: number): number {
  return Math.floor(timestampMs / 1000) * 1000;
}

/** The row that covers an event; the same as `subscriptionAt`. At a plan change that second belongs to the new row. */
export function coveringRow(line: readonly LineRow[], timestampMs: number): LineRow | null {
  const second = secondOf(timestampMs);
  const covers = (row: LineRow): boolean =>
    row.startedMs !== null && row.startedMs < second + 1000 && (row.terminatedMs === null || row.terminatedMs >= second);
  return line.findLast(covers) ?? null;
}

/** The charge period of a row that holds an instant. */
export function periodAt(line: readonly LineRow[], row: LineRow, atMs: number): ChargePeriod {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs);
  return chargePeriodContaining(termsOf(line, row), gridPlanOf(row), dateIn(at, row.timeZone));
}

/** What was found for rows as they were: the same row asks with each of its events. */
const OPENINGS = new Map<string, number>();
const MAX_OPENINGS = 20_000;

/**
 * The first second of a row that its next invoice still bills; null for a row that has ended, which has been billed whole. Events before it
 * come too late for a charge in arrears.
 */
export function openFrom(line: readonly LineRow[], row: LineRow): number | null {
  if (row.status !== 'active' || row.nextBillingMs === null) return null;
  const { id, nextBillingMs, billedUntilMs, startedMs, subscriptionMs, interval, billChargesMonthly, timeZone } = row;
  const key = [id, nextBillingMs, billedUntilMs, startedMs, subscriptionMs, interval, billChargesMonthly, timeZone].join();
  const known = OPENINGS.get(key);
  if (known !== undefined) return known;
  if (OPENINGS.size >= MAX_OPENINGS) OPENINGS.clear();
  const opening = periodAt(line, row, nextBillingMs - 1).window.from.epochMilliseconds;
  OPENINGS.set(key, opening);
  return opening;
}

function gridPlanOf({ interval, billChargesMonthly }: LineRow): GridPlan {
  return { interval, billChargesMonthly: billChargesMonthly === 1 };
}

function termsOf(line: readonly LineRow[], row: LineRow): SubscriptionTerms {
  const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);
  const orNull = (ms: number | null) => (ms === null ? null : instant(ms));
  return {
    id: row.id,
    externalId: row.externalId,
    billingTime: row.billingTime,
    subscriptionAt: instant(row.subscriptionMs),
    startedAt: instant(row.startedMs ?? row.subscriptionMs),
    createdAt: instant(row.createdMs),
    terminatedAt: orNull(row.terminatedMs),
    endsBeforeTermination: line.some(({ startedMs }) => startedMs !== null && startedMs === row.terminatedMs),
    trialEndsAt: orNull(row.trialEndsMs),
    timeZone: row.timeZone,
    chargesBilledUntil: orNull(row.billedUntilMs),
  };
}
