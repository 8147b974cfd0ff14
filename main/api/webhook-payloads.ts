import { present } from '../../shared/assert.ts';
import { readBillableMetric, readPlanDetails } from '../catalog/index.ts';
import { readCustomer, readCustomersDetails } from '../customers/index.ts';
import { findFee } from '../invoicing/index.ts';
import { findPayment } from '../payments/index.ts';
import { readSubscriptionsById } from '../subscriptions/index.ts';
import type { NewEvent } from '../usage/index.ts';
import { findWalletTransaction, readWalletDetails } from '../wallets/index.ts';
import type { PayloadBuilder, PayloadBuilders } from '../webhooks/index.ts';
import { answerCreditNote } from './routes/credit-notes.ts';
import { answerInvoice } from './routes/invoices.ts';
import { serializeBillableMetric } from './wire/billable-metric.ts';
import { serializeCustomer } from './wire/customer.ts';
import { serializeEvent } from './wire/event.ts';
import { serializeFeeWithTaxes } from './wire/fee.ts';
import { serializePayment } from './wire/payment.ts';
import { serializePlan } from './wire/plan.ts';
import { serializeSubscriptionWithPlan } from './wire/subscription.ts';
import { serializeWallet, serializeWalletTransaction } from './wire/wallet.ts';

const readInvoiceAnswer: PayloadBuilder = async (context, { objectId, baseUrl }) => {
  const answer = await answerInvoice({ context, baseUrl }, objectId);
  return answer.ok ? answer.value.invoice : null;
};

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
    const refusal = object as { readonly event: NewEvent & { readonly receivedAtMs: number } };
    // A refused event has no id: it is nowhere.
    const event = serializeEvent({ ...refusal.event, createdAtMs: refusal.event.receivedAtMs, id: '', sequence: 0 });
    return Promise.resolve({ ...refusal, event: { ...event, lago_id: null } });
  },
  fee: async (context, { objectId }) => {
    const found = await findFee(context, objectId);
    return found.ok ? serializeFeeWithTaxes(found.value) : null;
  },
  invoice: readInvoiceAnswer,
  payment: async (context, { objectId }) => {
    const found = await findPayment(context, objectId);
    return found.ok ? serializePayment(found.value) : null;
  },
  payment_dispute_lost: readInvoiceAnswer,
  plan: async ({ database }, { objectId, type }) =>
    serializePlan(await readPlanDetails(database.read, objectId), { isPendingDeletion: type === 'plan.deleted' }),
  subscription: async (context, { objectId }) => {
    const [view] = await readSubscriptionsById(context, [objectId]);
    return view === undefined ? null : serializeSubscriptionWithPlan(view, await readPlanDetails(context.database.read, view.plan.id));
  },
  wallet: async ({ database, clock }, { objectId }) => serializeWallet(await readWalletDetails(database.read, objectId), clock.now()),
  wallet_transaction: ({ database, organizationId }, { objectId }) => {
    const found = findWalletTransaction(database.read, organizationId, objectId);
    return Promise.resolve(found.ok ? serializeWalletTransaction(found.value) : null);
  },
};
