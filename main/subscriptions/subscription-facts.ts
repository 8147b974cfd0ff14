import { present } from '../../shared/assert.ts';
import { dateIn, type Instant, type PlainDate } from '../../shared/dates.ts';
import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { readPlanDetails, type PlanDetails } from '../catalog/index.ts';
import { customerTimeZone, readCustomer, readOrganization, type Customer } from '../customers/index.ts';
import { failedInvoiceOfRow, lineOfSubscription } from '../database/lists/subscriptions.ts';
import { findRow } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';
import { rethrowMachineFailure } from './parking.ts';
import { readPeriodRuler, type RuledPeriod } from './period-ruler.ts';
import { retryBilling } from './retry-billing.ts';
import { readSubscriptionsById, type SubscriptionView } from './subscription-list.ts';

/** Periods before today, and from today on, that a page shows. */
const RULED = { past: 3, ahead: 3 };

/** Everything that a page about one row says. */
export interface SubscriptionFacts {
  readonly view: SubscriptionView;
  readonly plan: PlanDetails;
  /** The plan that this row's own copy was made of; null without overrides. */
  readonly parentPlan: PlanDetails | null;
  readonly customer: Customer;
  readonly timeZone: string;
  readonly periods: readonly RuledPeriod[];
  /** Every row of the line, oldest first. */
  readonly line: readonly SubscriptionView[];
  readonly failedInvoice: { readonly id: string; readonly message: string | null } | null;
  readonly today: PlainDate;
}

/** The row with our id. Error: 404 `subscription_not_found`. */
export function findSubscriptionById(context: ServiceContext, id: string): Result<Subscription> {
  const row = findRow(context.database.read, subscriptions, { id, organizationId: context.organizationId });
  return row === null ? notFound('subscription') : ok(row);
}

export async function readSubscriptionFacts(context: ServiceContext, id: string): Promise<Result<SubscriptionFacts>> {
  const found = findSubscriptionById(context, id);
  if (!found.ok) return found;
  const { customerId, externalId } = found.value;
  const db = context.database.read;
  const line = await readSubscriptionsById(context, lineOfSubscription(db, { customerId, externalId }));
  const view = present(
    line.find(({ subscription }) => subscription.id === id),
    'a row is one of its line',
  );
  const customer = await readCustomer(db, customerId);
  const timeZone = customerTimeZone(customer, await readOrganization(db, context.organizationId));
  return ok({
    view,
    plan: await readPlanDetails(db, view.plan.id),
    parentPlan: view.plan.parentId === null ? null : await readPlanDetails(db, view.plan.parentId),
    customer,
    timeZone,
    periods: await readPeriodRuler(context, { id, ...RULED }),
    line,
    failedInvoice: failedInvoiceOfRow(db, id),
    today: dateIn(context.clock.now(), timeZone),
  });
}

/** The day in the customer's zone on which a row is billed next by itself; null when it is not. */
export function nextInvoiceDay({ status, nextBillingAt }: Subscription, timeZone: string): PlainDate | null {
  const at: Instant | null = status === 'active' ? nextBillingAt : null;
  return at === null ? null : dateIn(at, timeZone);
}

/**
 * Lets a parked row be billed again, with what fell due of it meanwhile. Errors: 404 `subscription_not_found`, 405 `not_parked`,
 * `billing_failed_again` (then it stays parked as it was). Rule: reliability-and-security.md § 2 "Parked".
 */
export async function retryParked(context: ServiceContext, id: string): Promise<Result<Subscription>> {
  const found = findSubscriptionById(context, id);
  if (!found.ok) return found;
  if (found.value.parkedAt === null) return notAllowed('not_parked');
  try {
    return await context.database.unitOfWork.write('retry parked subscription', async (tx) => {
      await retryBilling(context, tx, [id]);
      return findSubscriptionById({ ...context, database: { ...context.database, read: tx } }, id);
    });
  } catch (error) {
    rethrowMachineFailure(error);
    context.logger.error({ id, error: error instanceof Error ? error.message : String(error) }, 'a parked row failed again');
    return notAllowed('billing_failed_again');
  }
}
