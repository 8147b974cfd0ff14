import { present } from '../../shared/assert.ts';
import { readBillableMetric, readPlanDetails } from '../catalog/index.ts';
import { readCustomer, readCustomersDetails } from '../customers/index.ts';
import { findFee } from '../invoicing/index.ts';
import { readSubscriptionsById } from '../subscriptions/index.ts';
import type { StoredEvent } from '../usage/index.ts';
import type { PayloadBuilders } from '../webhooks/index.ts';
import { answerCreditNote } from './routes/credit-notes.ts';
import { answerInvoice } from './routes/invoices.ts';
import { serializeBillableMetric } from './wire/billable-metric.ts';
import { serializeCustomer } from './wire/customer.ts';
import { serializeEvent } from './wire/event.ts';
import { serializeFeeWithTaxes } from './wire/fee.ts';
import { serializePlan } from './wire/plan.ts';
import { serializeSubscriptionWithPlan } from './wire/subscription.ts';

/** How objects stand in messages: as the API answers them. Rule: payments-and-webhooks.md § 10. */
export const WEBHOOK_PAYLOADS: PayloadBuilders = {
  billable_metric: async ({ database }, { objectId }) => serializeBillableMetric(await readBillableMetric(database.read, objectId)),
  credit_note: async (context, { objectId, baseUrl }) => {
    const answer = await answerCreditNote({ context, baseUrl }, objectId);
    return answer.ok ? answer.value.credit_note : null;
  },
  customer: async ({ database, organizationId }, { objectId }) => {
    const customer = await readCustomer(database.read, objectId);
    const [details] = await readCustomersDetails(database.read, organizationId, [customer]);
    return serializeCustomer(present(details, 'one customer gives one answer'));
  },
  event_error: (_context, { object }) => {
    const refusal = object as { readonly event: StoredEvent };
    return Promise.resolve({ ...refusal, event: serializeEvent(refusal.event) });
  },
  fee: async (context, { objectId }) => {
    const found = await findFee(context, objectId);
    return found.ok ? serializeFeeWithTaxes(found.value) : null;
  },
  invoice: async (context, { objectId, baseUrl }) => {
    const answer = await answerInvoice({ context, baseUrl }, objectId);
    return answer.ok ? answer.value.invoice : null;
  },
  plan: async ({ database }, { objectId, type }) =>
    serializePlan(await readPlanDetails(database.read, objectId), { isPendingDeletion: type === 'plan.deleted' }),
  subscription: async (context, { objectId }) => {
    const [view] = await readSubscriptionsById(context, [objectId]);
    return view === undefined ? null : serializeSubscriptionWithPlan(view, await readPlanDetails(context.database.read, view.plan.id));
  },
};
