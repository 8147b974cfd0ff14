import { dateIn, laterOf, startOfDay, Temporal, wholeSecond, type Instant } from '../../shared/dates.ts';
import { hasErrors, invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { createPlanOverride, findPlan, type Plan } from '../catalog/index.ts';
import {
  customerTimeZone,
  findCustomer,
  readOrganization,
  setCurrencyWhenEmpty,
  upsertCustomerInTransaction,
  type Customer,
} from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { plans } from '../database/tables/catalog.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { announceRow, viewRow } from './announce-row.ts';
import { billStart, isBilledAtStart } from './bill-occasion.ts';
import { changePlan } from './change-plan.ts';
import { billingTimeErrors, currencyErrors, dateErrors, idErrors, nameOf, type SubscriptionInput } from './subscription-input.ts';
import { findActive, findPending, insertPending, readLine, readSubscription, startRow } from './subscription-row.ts';

/**
 * Creates a subscription, or changes the plan of the one with this external id: dearer or equal now, cheaper at the end of its fee period.
 * An unknown customer is created. Dates are days of the customer's zone; a refusal changes nothing and leaves no customer behind.
 * Errors: subscriptions.md § 12. Rule: subscriptions.md §§ 6, 7.
 */
export function createSubscription(context: ServiceContext, input: SubscriptionInput): Promise<Result<Subscription>> {
  const trimmed = { ...input, externalId: input.externalId.trim(), externalCustomerId: input.externalCustomerId.trim() };
  return context.database.unitOfWork.write('create subscription', (tx) => createInTransaction(context, tx, trimmed));
}

/** The same inside an open transaction, with ids that carry no white space around them. */
export async function createInTransaction(
  context: ServiceContext,
  tx: Transaction,
  input: SubscriptionInput,
): Promise<Result<Subscription>> {
  const checked = await checkInput(context, tx, input);
  if (!checked.ok) return checked;
  const { plan, customer } = checked.value;
  const overrides = input.planOverrides ?? null;
  const wanted = overrides === null ? ok(plan) : await createPlanOverride(context, tx, { parentPlanId: plan.id, overrides });
  if (!wanted.ok) return wanted;
  const asked: AskedFor = { input, customer, plan: wanted.value, timeZone: checked.value.timeZone };

  const active = await findActive(tx, context.organizationId, input.externalId);
  if (active !== null) return (await isSamePlan(tx, active, asked)) ? ok(active) : changePlan(context, tx, { ...asked, current: active });
  const pending = await findPending(tx, customer.id, input.externalId);
  if (pending !== null) return ok(await swapPlan(context, tx, { pending, asked }));
  return ok(await startNew(context, tx, asked));
}

/** A subscription that was asked for, checked. */
export interface AskedFor {
  readonly input: SubscriptionInput;
  readonly customer: Customer;
  /** The plan of the code, or the private copy that the overrides made of it. */
  readonly plan: Plan;
  readonly timeZone: string;
}

interface Checked {
  readonly plan: Plan;
  readonly customer: Customer;
  readonly timeZone: string;
}

/** The checks in their order; fields that fail in one step are reported together. */
async function checkInput(context: ServiceContext, tx: Transaction, input: SubscriptionInput): Promise<Result<Checked>> {
  const ids = idErrors(input);
  if (hasErrors(ids)) return invalid(ids);
  const plan = await findPlan(tx, context.organizationId, input.planCode);
  if (plan === null) return notFound('plan');

  const organization = await readOrganization(tx, context.organizationId);
  const known = await findCustomer(tx, context.organizationId, input.externalCustomerId);
  const timeZone = customerTimeZone({ timezone: known?.timezone ?? null }, organization);
  const now = context.clock.now();
  const active = await findActive(tx, context.organizationId, input.externalId);
  const own = active !== null && active.customerId === known?.id ? active : null;
  // A plan change keeps its anchor: the date that the request names for it must be one, and counts for nothing.
  const subscriptionAt = own === null || input.subscriptionAt === 'invalid' ? input.subscriptionAt : own.subscriptionAt;
  const dates = dateErrors({ subscriptionAt, endingAt: input.endingAt, anchor: now, today: dateIn(now, timeZone), timeZone });
  if (hasErrors(dates)) return invalid(dates);
  const billingTime = billingTimeErrors(input);
  if (hasErrors(billingTime)) return invalid(billingTime);
  const planCurrency = input.planOverrides?.amountCurrency ?? plan.amountCurrency;
  const currency = currencyErrors(known?.currency ?? null, planCurrency);
  if (hasErrors(currency)) return invalid(currency);
  if (active !== null && active.customerId !== known?.id) return invalid({ external_id: ['value_already_exist'] });

  const customer = known === null ? await upsertCustomerInTransaction(context, tx, { externalId: input.externalCustomerId }) : ok(known);
  if (!customer.ok) return customer;
  const withCurrency = await setCurrencyWhenEmpty(context, tx, { customer: customer.value, currency: planCurrency });
  return ok({ plan, customer: withCurrency, timeZone });
}

async function isSamePlan(db: ReadDatabase, active: Subscription, asked: AskedFor): Promise<boolean> {
  if (active.planId === asked.plan.id) return true;
  const isOverride = asked.plan.parentId !== null;
  const current = await db.manager.findOneBy(plans, { id: active.planId });
  return !isOverride && current?.parentId === asked.plan.id;
}

/** The plan of a subscription that has not started yet is replaced in place, up or down alike. */
async function swapPlan(
  context: ServiceContext,
  tx: Transaction,
  swap: { readonly pending: Subscription; readonly asked: AskedFor },
): Promise<Subscription> {
  const { pending, asked } = swap;
  const before = await viewRow(context, tx, pending.id);
  await updateRows(tx, subscriptions, {
    where: { id: pending.id },
    set: {
      planId: asked.plan.id,
      ...(asked.input.name === undefined ? {} : { name: nameOf(asked.input.name) }),
      updatedAt: context.clock.now(),
    },
  });
  await announceRow(context, tx, { id: pending.id, news: 'updated', before });
  return readSubscription(tx, pending.id);
}

/** A row of its own: pending in the future, active and billed today, active without an invoice in the past. */
async function startNew(context: ServiceContext, tx: Transaction, asked: AskedFor): Promise<Subscription> {
  const { input, customer, plan } = asked;
  const now = context.clock.now();
  const subscriptionAt = input.subscriptionAt === undefined || input.subscriptionAt === 'invalid' ? now : input.subscriptionAt;
  const row = await insertPending(context, tx, {
    customerId: customer.id,
    planId: plan.id,
    externalId: input.externalId,
    name: nameOf(input.name),
    billingTime: input.billingTime === 'anniversary' ? 'anniversary' : 'calendar',
    subscriptionAt,
    endingAt: input.endingAt === 'invalid' ? null : (input.endingAt ?? null),
    nextBillingAt: startOfDay(dateIn(subscriptionAt, asked.timeZone), asked.timeZone),
  });
  await startIfDue(context, tx, row);
  return readSubscription(tx, row.id);
}

/** Starts a waiting row whose day has come: today with its invoice, a day in the past without. Rule: subscriptions.md § 6 "Start date". */
export async function startIfDue(context: ServiceContext, tx: Transaction, row: Subscription): Promise<void> {
  const line = await readLine(tx, row);
  const today = dateIn(context.clock.now(), line.timeZone);
  const order = Temporal.PlainDate.compare(dateIn(row.subscriptionAt, line.timeZone), today);
  if (order > 0) return;
  const billedEnd = lastBilledEnd(tx, row);
  const startedAt = laterOf(row.subscriptionAt, billedEnd ?? row.subscriptionAt);
  // Usage counts in whole seconds: the one in which the earlier row ended was billed with it.
  const chargesBilledUntil =
    billedEnd !== null && wholeSecond(billedEnd).equals(wholeSecond(startedAt)) ? wholeSecond(billedEnd).add({ seconds: 1 }) : null;
  if (chargesBilledUntil !== null) await updateRows(tx, subscriptions, { where: { id: row.id }, set: { chargesBilledUntil } });
  const started = await startRow(context, tx, { line, startedAt });
  await announceRow(context, tx, { id: row.id, news: 'started' });
  if (order === 0 && isBilledAtStart(started, startedAt)) await billStart(context, tx, started);
}

/** Where an earlier row of the same external id was billed to its end: usage before it is never billed twice. */
function lastBilledEnd(db: ReadDatabase, row: Subscription): Instant | null {
  const found = db
    .select<{ ended: number | null }>(
      `SELECT MAX("subscriptions"."terminated_at") AS "ended" FROM "subscriptions"
       JOIN "billing_claims" ON "billing_claims"."subscription_id" = "subscriptions"."id" AND "billing_claims"."occasion" = 'terminating'
       WHERE "subscriptions"."customer_id" = ? AND "subscriptions"."external_id" = ? AND "subscriptions"."status" = 'terminated'
         AND "billing_claims"."invoice_id" IS NOT NULL`,
    )
    .get(row.customerId, row.externalId);
  const endedMs = found?.ended ?? null;
  return endedMs === null ? null : Temporal.Instant.fromEpochMilliseconds(endedMs);
}
