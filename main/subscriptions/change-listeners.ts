import { IsNull } from 'typeorm';
import { readOrganization } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { customers, subscriptions, type Customer } from '../database/tables/customers.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { draftsOfCustomer, draftsOfPlan, finalizeDraftsToday, gracePeriod, refreshDraftsOfPlan, shiftDrafts } from '../invoicing/index.ts';
import type { ChangeListeners, ServiceContext } from '../service-context.ts';
import { endRowsOfPlan, reviewPendingChanges } from './change-plan.ts';
import { rescheduleCustomer } from './reschedule.ts';
import { retryBilling } from './retry-billing.ts';
import { cancelRow, terminateRow } from './terminate.ts';

/** What changes of plans, customers and the organization do to subscriptions and drafts, in the transaction of the change. */
export function subscriptionListeners(context: () => ServiceContext): ChangeListeners {
  return {
    planChanged: async (tx, planId) => {
      await reviewPendingChanges(context(), tx, planId);
      await refreshDraftsOfPlan(context(), tx, planId);
    },
    planDeleted: async (tx, planId) => {
      await endRowsOfPlan(context(), tx, planId);
      await finalizeDraftsToday(context(), tx, draftsOfPlan(tx, planId));
    },
    customerChanged: (tx, before, after) => followCustomer(context(), tx, { before, after }),
    customerDeleted: (tx, customer) => endCustomer(context(), tx, customer),
    billingRetried: (tx, subscriptionIds) => retryBilling(context(), tx, subscriptionIds),
    organizationChanged: (tx, before, after) => followOrganization(context(), tx, { before, after }),
  };
}

/** What customers inherit from their organization changes for those that have no value of their own. Rule: invoicing.md §§ 2, 10. */
async function followOrganization(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly before: Organization; readonly after: Organization },
): Promise<void> {
  const { before, after } = change;
  const heirs = { organizationId: after.id, deletedAt: IsNull() };
  if (before.timezone !== after.timezone) {
    const followers = await tx.manager.find(customers, { select: { id: true }, where: { ...heirs, timezone: IsNull() } });
    for (const { id } of followers) await rescheduleCustomer(context, tx, id);
  }
  if (before.invoiceGracePeriod !== after.invoiceGracePeriod) {
    const followers = await tx.manager.find(customers, { select: { id: true }, where: { ...heirs, invoiceGracePeriod: IsNull() } });
    const days = { beforeDays: before.invoiceGracePeriod, afterDays: after.invoiceGracePeriod };
    for (const { id } of followers) await shiftDrafts(context, tx, { customerId: id, ...days });
  }
}

async function followCustomer(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly before: Customer; readonly after: Customer },
): Promise<void> {
  const { before, after } = change;
  if (before.timezone !== after.timezone) await rescheduleCustomer(context, tx, after.id);
  if (before.invoiceGracePeriod === after.invoiceGracePeriod) return;
  const organization = await readOrganization(tx, context.organizationId);
  const days = { beforeDays: gracePeriod(before, organization), afterDays: gracePeriod(after, organization) };
  await shiftDrafts(context, tx, { customerId: after.id, ...days });
}

/** A customer who goes: every subscription ends with its last invoice, what waits is canceled, drafts become final. */
async function endCustomer(context: ServiceContext, tx: Transaction, customer: Customer): Promise<void> {
  const waiting = await tx.manager.find(subscriptions, {
    where: { customerId: customer.id, status: 'pending' },
    order: { sequence: 'ASC' },
  });
  for (const row of waiting) await cancelRow(context, tx, row);
  const active = await tx.manager.find(subscriptions, { where: { customerId: customer.id, status: 'active' }, order: { sequence: 'ASC' } });
  for (const row of active) {
    await updateRows(tx, subscriptions, { where: { id: row.id }, set: { parkedAt: null, parkedReason: null } });
    await terminateRow(context, tx, { row, at: context.clock.now() });
  }
  await finalizeDraftsToday(context, tx, draftsOfCustomer(tx, customer.id));
}
