import { In, type SelectQueryBuilder } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { dateIn, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { Page } from '../../shared/page.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import type { PlanTerms } from '../billing/facts.ts';
import { currentChargePeriod } from '../billing/periods/index.ts';
import { customerTimeZone, readOrganization, subscriptionTerms } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { plans, type Plan } from '../database/tables/catalog.ts';
import { customers, subscriptions, type Customer, type Subscription, type SubscriptionStatus } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';

/** A subscription row with what its neighbours, its plan and the calendar say about it. */
export interface SubscriptionView {
  readonly subscription: Subscription;
  readonly externalCustomerId: string;
  readonly plan: Plan;
  /** Plan of the row that this one replaced or waits to replace. */
  readonly previousPlanCode: string | null;
  /** Plan of the row that has replaced this one or waits to. */
  readonly nextPlanCode: string | null;
  /** First day of the next fee period, while a downgrade waits for it. */
  readonly downgradePlanDate: PlainDate | null;
  /** The charge period that holds now, both ends included; null unless the row is active. */
  readonly currentPeriod: { readonly startedAt: Instant; readonly endingAt: Instant } | null;
}

/** The filters of a list of subscriptions; all that are given must match. Rule: api.md § 8. */
export interface SubscriptionFilter {
  /** Our id of the customer, where the list is one customer's. */
  readonly customerId?: string;
  readonly externalCustomerId?: string;
  readonly externalId?: string;
  readonly planCode?: string;
  readonly statuses: readonly SubscriptionStatus[];
  readonly currency?: CurrencyCode;
  /** Whether the plan is a private copy made by overrides. */
  readonly overridden?: boolean;
}

export const SUBSCRIPTION_STATUSES: readonly SubscriptionStatus[] = ['pending', 'active', 'terminated', 'canceled'];

type SubscriptionQuery = SelectQueryBuilder<Subscription>;

/** A page of subscription rows, latest anchor first. */
export async function listSubscriptions(
  context: ServiceContext,
  filter: SubscriptionFilter,
  page: Page,
): Promise<{ readonly rows: readonly SubscriptionView[]; readonly totalCount: number }> {
  const query = context.database.read.manager
    .createQueryBuilder(subscriptions, 'subscription')
    .where(ofOrganization(filter), { organizationId: context.organizationId })
    .andWhere('subscription.status IN (:...statuses)', { statuses: [...filter.statuses] });
  narrow(query, filter);
  const totalCount = await query.getCount();
  const rows = await query
    .orderBy({ 'subscription.subscriptionAt': 'DESC', 'subscription.createdAt': 'DESC', 'subscription.sequence': 'DESC' })
    .offset(page.offset)
    .limit(page.limit)
    .getMany();
  return { rows: await viewSubscriptions(context, rows), totalCount };
}

/** The row of a line that has this status: of several the one started, else made, last. */
export async function findSubscription(
  context: ServiceContext,
  externalId: string,
  status: string = 'active',
): Promise<Result<SubscriptionView>> {
  const known = SUBSCRIPTION_STATUSES.find((each) => each === status);
  if (known === undefined) return notFound('subscription');
  const row = await context.database.read.manager.findOne(subscriptions, {
    where: { organizationId: context.organizationId, externalId, status: known },
    order: { startedAt: { direction: 'DESC', nulls: 'LAST' }, createdAt: 'DESC', sequence: 'DESC' },
  });
  return row === null
    ? notFound('subscription')
    : ok(present((await viewSubscriptions(context, [row]))[0], 'a row that was found is shown'));
}

/** Rows by our ids, in the order asked for. */
export async function readSubscriptionsById(context: ServiceContext, ids: readonly string[]): Promise<readonly SubscriptionView[]> {
  if (ids.length === 0) return [];
  const rows = await context.database.read.manager.findBy(subscriptions, {
    organizationId: context.organizationId,
    id: In([...new Set(ids)]),
  });
  const byId = new Map((await viewSubscriptions(context, rows)).map((view) => [view.subscription.id, view]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** The rows with their relations, in the order given; one query per relation, however many rows. */
export async function viewSubscriptions(context: ServiceContext, rows: readonly Subscription[]): Promise<readonly SubscriptionView[]> {
  if (rows.length === 0) return [];
  const db = context.database.read;
  const now = context.clock.now();
  const organization = await readOrganization(db, context.organizationId);
  const owners = await readOwners(db, rows);
  const neighbours = await readNeighbours(db, rows);
  const planById = await readPlans(db, [...rows, ...neighbours.previous.values(), ...neighbours.next.values()]);
  const planOf = (row: Pick<Subscription, 'planId'>): Plan => present(planById.get(row.planId), 'a subscription has its plan');
  return rows.map((subscription) => {
    const owner = present(owners.get(subscription.customerId), 'a subscription has its customer');
    const previous = subscription.previousId === null ? undefined : neighbours.previous.get(subscription.previousId);
    const next = neighbours.next.get(subscription.id);
    const calendar = { timeZone: customerTimeZone(owner, organization), now };
    return {
      subscription,
      externalCustomerId: owner.externalId,
      plan: planOf(subscription),
      previousPlanCode: previous === undefined ? null : planOf(previous).code,
      nextPlanCode: next === undefined ? null : planOf(next).code,
      downgradePlanDate: next?.status === 'pending' ? switchDateOf(next, calendar) : null,
      currentPeriod: currentPeriodOf(subscription, planOf(subscription), calendar),
    };
  });
}

/** The organization's id selects nothing in a workspace of one: where a customer does, the unary plus keeps SQLite from walking all of it. */
function ofOrganization(filter: SubscriptionFilter): string {
  const isOneCustomers = filter.customerId !== undefined || filter.externalCustomerId !== undefined;
  return `${isOneCustomers ? '+' : ''}(subscription.organizationId) = :organizationId`;
}

function narrow(query: SubscriptionQuery, filter: SubscriptionFilter): void {
  if (filter.customerId !== undefined) query.andWhere('subscription.customerId = :customerId', { customerId: filter.customerId });
  if (filter.externalCustomerId !== undefined) {
    const named = query.subQuery().select('named.id').from(customers, 'named');
    named.where('named.organizationId = :organizationId AND named.externalId = :externalCustomerId');
    query.andWhere(`subscription.customerId IN ${named.getQuery()}`, { externalCustomerId: filter.externalCustomerId });
  }
  if (filter.externalId !== undefined) query.andWhere('subscription.externalId = :externalId', { externalId: filter.externalId });
  const { planCode, currency, overridden } = filter;
  if (planCode === undefined && currency === undefined && overridden === undefined) return;
  const fitting = query.subQuery().select('plan.id').from(plans, 'plan').where('plan.organizationId = :organizationId');
  if (planCode !== undefined) fitting.andWhere('plan.code = :planCode');
  if (currency !== undefined) fitting.andWhere('plan.amountCurrency = :currency');
  if (overridden !== undefined) fitting.andWhere(`plan.parentId IS ${overridden ? 'NOT NULL' : 'NULL'}`);
  query.andWhere(`subscription.planId IN ${fitting.getQuery()}`, { planCode, currency });
}

type Owner = Pick<Customer, 'id' | 'externalId' | 'timezone'>;

async function readOwners(db: ReadDatabase, rows: readonly Subscription[]): Promise<ReadonlyMap<string, Owner>> {
  const found = await db.manager.find(customers, {
    select: { id: true, externalId: true, timezone: true },
    where: { id: In([...new Set(rows.map((row) => row.customerId))]) },
  });
  return new Map(found.map((customer) => [customer.id, customer]));
}

type Neighbour = Pick<Subscription, 'id' | 'planId' | 'status' | 'previousId' | 'nextBillingAt'>;

/** The rows that these replaced, by their own id, and those that replaced these or wait to, by the id of the row replaced. */
async function readNeighbours(
  db: ReadDatabase,
  rows: readonly Subscription[],
): Promise<{ readonly previous: ReadonlyMap<string, Neighbour>; readonly next: ReadonlyMap<string, Neighbour> }> {
  const select = { id: true, planId: true, status: true, previousId: true, nextBillingAt: true } as const;
  const previousIds = rows.flatMap((row) => row.previousId ?? []);
  const previous = previousIds.length === 0 ? [] : await db.manager.find(subscriptions, { select, where: { id: In(previousIds) } });
  const next = await db.manager.find(subscriptions, {
    select,
    where: { previousId: In(rows.map((row) => row.id)), status: In(['pending', 'active', 'terminated']) },
    order: { sequence: 'ASC' },
  });
  return {
    previous: new Map(previous.map((row) => [row.id, row])),
    next: new Map(next.map((row) => [row.previousId ?? '', row])),
  };
}

async function readPlans(db: ReadDatabase, rows: readonly Pick<Subscription, 'planId'>[]): Promise<ReadonlyMap<string, Plan>> {
  const found = await db.manager.findBy(plans, { id: In([...new Set(rows.map((row) => row.planId))]) });
  return new Map(found.map((plan) => [plan.id, plan]));
}

interface Calendar {
  readonly timeZone: string;
  readonly now: Instant;
}

/** The day on which a change that waits takes over. */
function switchDateOf(waiting: Neighbour, calendar: Calendar): PlainDate {
  return dateIn(present(waiting.nextBillingAt, 'a change that waits knows its day'), calendar.timeZone);
}

function currentPeriodOf(subscription: Subscription, plan: Plan, calendar: Calendar): SubscriptionView['currentPeriod'] {
  if (subscription.status !== 'active') return null;
  const period = currentChargePeriod(subscriptionTerms(subscription, calendar.timeZone), periodTerms(plan), calendar.now);
  return { startedAt: period.fromAt, endingAt: period.toAt };
}

/** What the period grids ask of a plan; its charges, taxes and commitment decide no date. */
function periodTerms(plan: Plan): PlanTerms {
  return {
    id: plan.id,
    code: plan.code,
    name: plan.name,
    invoiceDisplayName: plan.invoiceDisplayName,
    interval: plan.interval,
    amountCents: plan.amountCents,
    currency: plan.amountCurrency,
    payInAdvance: plan.payInAdvance,
    billChargesMonthly: plan.billChargesMonthly === true,
    trialPeriodDays: plan.trialPeriod,
    minimumCommitment: null,
    charges: [],
    taxes: [],
  };
}
