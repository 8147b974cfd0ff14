import { inclusiveEnd, Temporal } from '../../../shared/dates.ts';
import { sumDecimals } from '../../../shared/decimal.ts';
import type { ChargeTerms, UsageWindow } from '../../billing/facts.ts';
import type { ChargePeriod } from '../../billing/periods/index.ts';
import { readPlanTerms } from '../../catalog/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { readChargeUsage } from '../read-charge-usage.ts';
import type { StoredEvent } from '../stored-event.ts';
import { readEventAt } from './event-rows.ts';
import { judgeEvent, type EventVerdict } from './event-verdict.ts';
import type { DebuggedRow } from './list-debugged.ts';
import { periodAt, secondOf } from './subscription-line.ts';
import { VerdictBooks, type BilledFee } from './verdict-books.ts';

/** A charge with the period that the event falls into. */
export interface ChargeOfEvent {
  readonly chargeId: string;
  readonly name: string;
  readonly chargeModel: string;
  readonly payInAdvance: boolean;
  /** First and last day, both included, in the customer's zone. */
  readonly periodFrom: Temporal.PlainDate;
  readonly periodTo: Temporal.PlainDate;
  readonly fee: BilledFee | null;
  readonly unitsUntil: string | null;
  readonly unitsOfPeriod: string | null;
}

export interface OwnerOfEvent {
  readonly customer: { readonly id: string; readonly name: string | null; readonly externalId: string };
  readonly subscription: { readonly id: string; readonly name: string | null; readonly planName: string };
}

export interface DebuggedDetails extends DebuggedRow {
  readonly owner: OwnerOfEvent | null;
  readonly chargesOfEvent: readonly ChargeOfEvent[];
}

/** Everything about one event; null when there is none of that arrival. */
export async function findDebuggedEvent(context: ServiceContext, sequence: number): Promise<DebuggedDetails | null> {
  const { database, organizationId, clock } = context;
  const event = readEventAt(database.read, organizationId, sequence);
  if (event === null) return null;
  const books = new VerdictBooks(database.read, organizationId);
  const verdict = judgeEvent(books, event, clock.now().epochMilliseconds);
  return { event, verdict, owner: ownerOf(context, verdict), chargesOfEvent: await chargesOf(context, books, { event, verdict }) };
}

/** The days, both included, of the charge period that an event falls into; null where no subscription row covers it. */
export function periodOfEvent(books: VerdictBooks, { event, verdict }: DebuggedRow): { readonly from: string; readonly to: string } | null {
  if (verdict.row === null) return null;
  const days = daysOf(periodAt(books.line(event.externalSubscriptionId), verdict.row, event.timestampMs));
  return { from: days.from.toString(), to: days.to.toString() };
}

function daysOf({ fromAt, toAt, window }: ChargePeriod): { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate } {
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(window.timeZone).toPlainDate();
  return { from: day(fromAt), to: day(toAt) };
}

async function chargesOf(context: ServiceContext, books: VerdictBooks, of: DebuggedRow): Promise<readonly ChargeOfEvent[]> {
  const { event, verdict } = of;
  const { row } = verdict;
  if (row === null || verdict.charges.length === 0) return [];
  const period = periodAt(books.line(event.externalSubscriptionId), row, event.timestampMs);
  const plan = await readPlanTerms(context.database.read, row.planId);
  return verdict.charges.map((charge) => {
    const { from, to } = daysOf(period);
    const terms = plan.charges.find(({ id }) => id === charge.id);
    return {
      chargeId: charge.id,
      name: charge.name,
      chargeModel: charge.chargeModel,
      payInAdvance: charge.payInAdvance === 1,
      periodFrom: from,
      periodTo: to,
      fee: verdict.fees.find(({ chargeId }) => chargeId === charge.id) ?? null,
      ...(terms === undefined ? NO_UNITS : unitsAround(context, { event, terms, window: period.window })),
    };
  });
}

const NO_UNITS = { unitsUntil: null, unitsOfPeriod: null };

/** Units of the period up to the event's second, and of all that has come for the period. Levels over time have no such total. */
function unitsAround(
  context: ServiceContext,
  of: { readonly event: StoredEvent; readonly terms: ChargeTerms; readonly window: UsageWindow },
): Pick<ChargeOfEvent, 'unitsUntil' | 'unitsOfPeriod'> {
  const { event, terms, window } = of;
  if (terms.metric.aggregationType === 'weighted_sum_agg' || terms.prorated) return NO_UNITS;
  const end = Temporal.Instant.fromEpochMilliseconds(secondOf(event.timestampMs) + 1000);
  const units = (until: UsageWindow): string => {
    const scope = { organizationId: context.organizationId, externalSubscriptionId: event.externalSubscriptionId, charge: terms };
    const buckets = readChargeUsage(context.database.read, { ...scope, window: until });
    return sumDecimals(buckets.map((bucket) => bucket.units)).toFixed();
  };
  const isInside = end.epochMilliseconds > window.from.epochMilliseconds && end.epochMilliseconds <= window.end.epochMilliseconds;
  const lastDay = inclusiveEnd(end).toZonedDateTimeISO(window.timeZone).toPlainDate();
  return { unitsUntil: isInside ? units({ ...window, end, lastDay }) : null, unitsOfPeriod: units(window) };
}

const OWNER = `SELECT "c"."id" AS "customerId", "c"."name" AS "customerName", "c"."external_id" AS "customerExternalId", "s"."name" AS "subscriptionName",
    COALESCE("p"."invoice_display_name", "p"."name") AS "planName"
  FROM "subscriptions" "s" JOIN "customers" "c" ON "c"."id" = "s"."customer_id" JOIN "plans" "p" ON "p"."id" = "s"."plan_id" WHERE "s"."id" = ?`;

interface OwnerRow {
  readonly customerId: string;
  readonly customerName: string | null;
  readonly customerExternalId: string;
  readonly subscriptionName: string | null;
  readonly planName: string;
}

function ownerOf(context: ServiceContext, { row }: EventVerdict): OwnerOfEvent | null {
  if (row === null) return null;
  const owner = context.database.read.select<OwnerRow>(OWNER).get(row.id);
  if (owner === undefined) return null;
  return {
    customer: { id: owner.customerId, name: owner.customerName, externalId: owner.customerExternalId },
    subscription: { id: row.id, name: owner.subscriptionName, planName: owner.planName },
  };
}
