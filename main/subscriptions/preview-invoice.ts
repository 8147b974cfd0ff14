import { In } from 'typeorm';
import { isBefore, type Instant } from '../../shared/dates.ts';
import { invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { findCustomer, readCustomer, upsertCustomerInTransaction, type Customer, type CustomerInput } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { customers, subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { atInstant, finalizePreviewed, previewAndUndo, type Previewed } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { tryCoupons, type PreviewCoupon } from './preview-coupons.ts';
import { invoiceAfter, keepOnly, newestInvoice, runToNextInvoice, type PreviewScope } from './preview-steps.ts';
import { createInTransaction } from './start.ts';
import type { SubscriptionInput } from './subscription-input.ts';
import { readSubscription } from './subscription-row.ts';
import { terminateRow } from './terminate.ts';

/** An invoice that is asked for before it exists. */
export interface PreviewInput {
  /** With an external id: a customer that exists. Without: one that is only tried out. */
  readonly customer: Omit<CustomerInput, 'externalId'> & { readonly externalId?: string | null };
  /** A new subscription. */
  readonly planCode: string | null;
  readonly billingTime: SubscriptionInput['billingTime'];
  readonly subscriptionAt: SubscriptionInput['subscriptionAt'];
  readonly coupons: readonly PreviewCoupon[];
  /** Or subscriptions that exist: their next invoice, the one of their end, or that of another plan. */
  readonly subscriptions: {
    readonly externalIds: readonly string[];
    readonly planCode: string | null;
    readonly terminatedAt: Instant | 'invalid' | null;
  } | null;
}

/**
 * Shows what an invoice would be: the first one of a new subscription, or the next one of subscriptions that exist, made by the code that makes
 * it when its time comes, and undone. Errors: 404 for the customer, plan, coupon or subscription, 422 as for a subscription. Rule: subscriptions.md § 11.
 */
export function previewInvoice<Shown>(
  context: ServiceContext,
  input: PreviewInput,
  show: (inside: ServiceContext, invoiceId: string) => Promise<Result<Shown>>,
): Promise<Result<Previewed<Shown>>> {
  return previewAndUndo(context, async (inside, tx) => {
    const customer = await previewedCustomer(inside, tx, input);
    if (!customer.ok) return customer;
    const coupons = await tryCoupons(inside, tx, { customerId: customer.value.id, coupons: input.coupons });
    if (!coupons.ok) return coupons;
    const of = { input, customer: customer.value };
    const made = input.subscriptions === null ? await newSubscription(inside, tx, of) : await existingSubscriptions(inside, tx, of);
    if (!made.ok) return made;
    await finalizePreviewed(inside, tx, made.value);
    return show(inside, made.value);
  });
}

interface PreviewOf {
  readonly input: PreviewInput;
  readonly customer: Customer;
}

/** An invoice without any amount is shown too. */
async function previewedCustomer(context: ServiceContext, tx: Transaction, input: PreviewInput): Promise<Result<Customer>> {
  const found = await findOrInvent(context, tx, input);
  if (!found.ok) return found;
  const { id } = found.value;
  await updateRows(tx, customers, { where: { id }, set: { finalizeZeroAmountInvoice: 'finalize' } });
  return ok(await readCustomer(tx, id));
}

async function findOrInvent(context: ServiceContext, tx: Transaction, input: PreviewInput): Promise<Result<Customer>> {
  const externalId = input.customer.externalId ?? (await ownerOf(context, tx, input));
  if (externalId === null) return upsertCustomerInTransaction(context, tx, { ...input.customer, externalId: context.random.uuid() });
  const customer = await findCustomer(tx, context.organizationId, externalId);
  return customer === null ? notFound('customer') : ok(customer);
}

/** The customer of the subscriptions that are named, where no customer is. */
async function ownerOf(context: ServiceContext, tx: Transaction, { subscriptions: wanted }: PreviewInput): Promise<string | null> {
  if (wanted === null) return null;
  const row = await tx.manager.findOneBy(subscriptions, {
    organizationId: context.organizationId,
    externalId: In([...wanted.externalIds]),
    status: In(['active', 'pending']),
  });
  return row === null ? null : (await readCustomer(tx, row.customerId)).externalId;
}

/** The first invoice of a subscription that starts when asked, also where that is in the past. */
async function newSubscription(context: ServiceContext, tx: Transaction, { input, customer }: PreviewOf): Promise<Result<string>> {
  if (input.planCode === null) return notFound('plan');
  const { subscriptionAt } = input;
  const startAt = subscriptionAt === undefined || subscriptionAt === 'invalid' ? context.clock.now() : subscriptionAt;
  const externalId = context.random.uuid();
  const scope: PreviewScope = { customerId: customer.id, externalIds: [externalId] };
  await keepOnly(context, tx, scope);
  const newest = newestInvoice(tx);
  const asked = { ...input, planCode: input.planCode, externalId, externalCustomerId: customer.externalId };
  const started = await createInTransaction(atInstant(context, startAt), tx, asked);
  if (!started.ok) return started;
  return madeOrNotFound(invoiceAfter(tx, scope, newest) ?? (await runToNextInvoice(context, tx, { scope })));
}

async function existingSubscriptions(context: ServiceContext, tx: Transaction, { input, customer }: PreviewOf): Promise<Result<string>> {
  const { externalIds, planCode, terminatedAt } = input.subscriptions ?? { externalIds: [], planCode: null, terminatedAt: null };
  const scope: PreviewScope = { customerId: customer.id, externalIds };
  const rows = await rowsOf(tx, scope);
  if (rows === null) return notFound('subscription');
  await keepOnly(context, tx, scope);
  const [only, ...more] = rows;
  if (planCode === null && terminatedAt === null) return nextInvoice(context, tx, { scope, rows });
  if (only === undefined || more.length > 0) return invalid({ subscriptions: ['only_one_subscription_allowed'] });
  if (terminatedAt !== null) return terminated(context, tx, { scope, row: only, at: terminatedAt });
  return changed(context, tx, { scope, row: only, customer, planCode: planCode ?? '' });
}

/** One row for each external id, the active one before one that waits; null when one is missing. */
async function rowsOf(tx: Transaction, scope: PreviewScope): Promise<readonly Subscription[] | null> {
  if (scope.externalIds.length === 0) return null;
  const found = await tx.manager.find(subscriptions, {
    where: { customerId: scope.customerId, externalId: In([...scope.externalIds]), status: In(['active', 'pending']) },
    order: { status: 'ASC', sequence: 'ASC' },
  });
  const rows = [...new Set(scope.externalIds)].map((externalId) => found.find((row) => row.externalId === externalId));
  return rows.includes(undefined) ? null : rows.filter((row) => row !== undefined);
}

interface RowsOf {
  readonly scope: PreviewScope;
  readonly rows: readonly Subscription[];
}

/** Rows go on one invoice when their next billing date is the same. */
async function nextInvoice(context: ServiceContext, tx: Transaction, { scope, rows }: RowsOf): Promise<Result<string>> {
  const dates = new Set(rows.map((row) => row.nextBillingAt?.epochMilliseconds));
  if (dates.size > 1) return invalid({ base: ['billing_periods_does_not_match'] });
  return madeOrNotFound(await runToNextInvoice(context, tx, { scope }));
}

/** The last invoice of a row that ends then; what falls due before is done first. */
async function terminated(
  context: ServiceContext,
  tx: Transaction,
  end: { readonly scope: PreviewScope; readonly row: Subscription; readonly at: Instant | 'invalid' },
): Promise<Result<string>> {
  const { scope, row, at } = end;
  if (at === 'invalid' || isBefore(at, context.clock.now())) return invalid({ terminated_at: ['invalid_date'] });
  await updateRows(tx, subscriptions, { where: { id: row.id }, set: { onTerminationInvoice: 'generate' } });
  let last: string | null = null;
  for (let made: string | null = row.id; made !== null;) {
    made = await runToNextInvoice(context, tx, { scope, until: at });
    last = made ?? last;
  }
  const current = await readSubscription(tx, row.id);
  if (current.status !== 'active') return madeOrNotFound(last);
  const newest = newestInvoice(tx);
  await terminateRow(atInstant(context, at), tx, { row: current, at });
  return madeOrNotFound(invoiceAfter(tx, scope, newest));
}

/** The invoice of another plan: at once for a dearer one, at the end of the fee period for a cheaper one. */
async function changed(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly scope: PreviewScope; readonly row: Subscription; readonly customer: Customer; readonly planCode: string },
): Promise<Result<string>> {
  const { scope, row, customer, planCode } = change;
  const newest = newestInvoice(tx);
  const asked = { planCode, externalId: row.externalId, externalCustomerId: customer.externalId };
  const done = await createInTransaction(context, tx, asked);
  if (!done.ok) return done;
  const waits = await tx.manager.existsBy(subscriptions, { previousId: row.id, status: 'pending' });
  const made = invoiceAfter(tx, scope, newest);
  return madeOrNotFound(made ?? (await runToNextInvoice(context, tx, { scope, isEnough: (work) => !waits || work.kind === 'switch' })));
}

function madeOrNotFound(invoiceId: string | null): Result<string> {
  return invoiceId === null ? notFound('invoice') : ok(invoiceId);
}
