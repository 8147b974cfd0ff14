import { IsNull } from 'typeorm';
import { updateRows } from '../database/rows.ts';
import { customers, subscriptions, type Customer } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { draftsOfCustomer, draftsOfPlan, finalizeDraftsToday, refreshDraftsOfPlan, shiftDrafts } from '../invoicing/index.ts';
import type { ChangeListeners, ServiceContext } from '../service-context.ts';
import { endRowsOfPlan, reviewPendingChanges } from './change-plan.ts';
import { rescheduleCustomer } from './reschedule.ts';
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
    organizationChanged: async (tx, before, after) => {
      if (before.timezone === after.timezone) return;
      const followers = await tx.manager.find(customers, { where: { organizationId: after.id, timezone: IsNull(), deletedAt: IsNull() } });
      for (const customer of followers) await rescheduleCustomer(context(), tx, customer.id);
    },
  };
}

async function followCustomer(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly before: Customer; readonly after: Customer },
): Promise<void> {
  const { before, after } = change;
  if (before.timezone !== after.timezone) await rescheduleCustomer(context, tx, after.id);
  if (before.invoiceGracePeriod !== after.invoiceGracePeriod) await shiftDrafts(context, tx, change);
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
