import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { chargeAnswer } from '../../../shared/wire/charge.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import {
  SUBSCRIPTION_STATUSES,
  subscriptionAnswer,
  subscriptionCreateBody,
  subscriptionUpdateBody,
  subscriptionWithPlanAnswer,
  type SubscriptionWithPlanAnswer,
} from '../../../shared/wire/subscription.ts';
import { readPlanDetails, type ChargeDetails } from '../../catalog/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import {
  cancelPendingSubscription,
  createSubscription,
  findSubscription,
  listSubscriptions,
  readSubscriptionsById,
  terminateSubscription,
  updateSubscription,
  type SubscriptionFilter,
  type SubscriptionView,
} from '../../subscriptions/index.ts';
import { ListFilters } from '../list-filters.ts';
import type { QueryValues } from '../query.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { readPlanOverrides, serializeCharge } from '../wire/plan.ts';
import { serializeSubscription, serializeSubscriptionWithPlan } from '../wire/subscription.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Subscriptions';
const answer = z.object({ subscription: subscriptionWithPlanAnswer });
const statusKey = { status: `One of ${SUBSCRIPTION_STATUSES.join(', ')}; active unless told` };
const chargeStatusKey = { subscription_status: statusKey.status };

type Request = Pick<RouteRequest<unknown>, 'context' | 'query'>;

/** The query's keys of every list of subscriptions, for the OpenAPI page. */
export const SUBSCRIPTION_LIST_KEYS: Readonly<Record<string, string>> = {
  page: 'Page, from 1',
  per_page: 'Rows of a page, 100 unless told, 1000 at most',
  external_id: 'The subscription',
  plan_code: 'Subscriptions on this plan or a copy of it',
  'status[]': `Statuses: ${SUBSCRIPTION_STATUSES.join(', ')}; only active unless told`,
  currency: 'ISO 4217 code of the plan',
  overridden: 'true: only those whose plan was overridden; false: only the others',
  'billing_entity_codes[]': 'Codes of billing entities',
};

/** Rule: api.md § 8, subscriptions.md §§ 6, 7, 12. */
export const subscriptionRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/subscriptions',
    summary: 'Start a subscription, or change the plan of the one with this external id',
    tag,
    wrapper: 'subscription',
    body: subscriptionCreateBody,
    answer,
    respond: async ({ context, body: { overrides, ...input } }) => {
      const planOverrides = overrides == null ? overrides : readPlanOverrides(overrides);
      return answerRow(context, await createSubscription(context, { ...input, planOverrides }));
    },
  }),
  route({
    method: 'get',
    path: '/subscriptions',
    summary: 'List subscriptions, latest start first',
    tag,
    queryKeys: { external_customer_id: 'The customer', ...SUBSCRIPTION_LIST_KEYS },
    answer: z.object({ subscriptions: z.array(subscriptionAnswer), meta: pageMetaAnswer }),
    respond: (request) => answerSubscriptionPage(request, {}),
  }),
  route({
    method: 'get',
    path: '/subscriptions/:external_id',
    summary: 'Read a subscription with its plan',
    tag,
    queryKeys: statusKey,
    answer,
    respond: async ({ context, pathValues, query }) => {
      const found = await findSubscription(context, pathValues['external_id'] ?? '', statusIn(query, 'status'));
      return found.ok ? ok(await answerView(context, found.value)) : found;
    },
  }),
  route({
    method: 'put',
    path: '/subscriptions/:external_id',
    summary: 'Change name, end, overrides or termination options; the start while it is ahead',
    tag,
    queryKeys: { status: 'pending picks the one that waits where an active one exists too' },
    wrapper: 'subscription',
    body: subscriptionUpdateBody,
    answer,
    respond: async ({ context, pathValues, query, body: { overrides, ...change } }) => {
      const planOverrides = overrides == null ? overrides : readPlanOverrides(overrides);
      const status = statusToUpdate(query);
      return answerRow(context, await updateSubscription(context, pathValues['external_id'] ?? '', { ...change, planOverrides, status }));
    },
  }),
  route({
    method: 'delete',
    path: '/subscriptions/:external_id',
    summary: 'Terminate a subscription now with its last invoice, or cancel the one that waits',
    tag,
    queryKeys: {
      status: 'pending cancels the one that waits',
      on_termination_credit_note: 'credit, refund, offset or skip',
      on_termination_invoice: 'generate or skip',
    },
    answer,
    respond: async ({ context, pathValues, query }) => {
      const externalId = pathValues['external_id'] ?? '';
      if (query.text('status') === 'pending') return answerRow(context, await cancelPendingSubscription(context, externalId));
      const ended = await terminateSubscription(context, externalId, {
        onTerminationCreditNote: query.text('on_termination_credit_note'),
        onTerminationInvoice: query.text('on_termination_invoice'),
      });
      return answerRow(context, ended);
    },
  }),
  route({
    method: 'get',
    path: '/subscriptions/:external_id/charges',
    summary: 'List the charges of the subscription’s plan',
    tag,
    queryKeys: { page: 'Page, from 1', per_page: 'Rows of a page', ...chargeStatusKey },
    answer: z.object({ charges: z.array(chargeAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, pathValues, query }) => {
      const charges = await readCharges(context, pathValues['external_id'] ?? '', statusIn(query, 'subscription_status'));
      if (!charges.ok) return charges;
      const page = query.page();
      const rows = charges.value.toReversed().slice(page.offset, page.offset + page.limit);
      return ok(wrapPage('charges', { rows, totalCount: charges.value.length }, { page, serialize: serializeCharge }));
    },
  }),
  route({
    method: 'get',
    path: '/subscriptions/:external_id/charges/:code',
    summary: 'Read one charge of the subscription’s plan',
    tag,
    queryKeys: chargeStatusKey,
    answer: z.object({ charge: chargeAnswer }),
    respond: async ({ context, pathValues, query }) => {
      const charges = await readCharges(context, pathValues['external_id'] ?? '', statusIn(query, 'subscription_status'));
      if (!charges.ok) return charges;
      const found = charges.value.find(({ charge }) => charge.code === pathValues['code']);
      return wrapResult('charge', found === undefined ? notFound('charge') : ok(found), serializeCharge);
    },
  }),
];

/** A page of subscriptions, active ones unless told; `within` is what the route itself fixes. */
export async function answerSubscriptionPage(request: Request, within: Pick<SubscriptionFilter, 'customerId'>): Promise<Result<unknown>> {
  const { context, query } = request;
  const filters = new ListFilters(query);
  const filter: SubscriptionFilter = {
    externalCustomerId: filters.text('external_customer_id', 'customer_id'),
    externalId: filters.text('external_id'),
    planCode: filters.text('plan_code'),
    statuses: filters.words(['status', 'statuses'], SUBSCRIPTION_STATUSES) ?? ['active'],
    currency: filters.currency('currency'),
    overridden: filters.boolean('overridden') ?? filters.boolean('overriden'),
    ...within,
  };
  const refusal = filters.refusal();
  if (refusal !== null) return refusal;
  const page = query.page();
  return ok(wrapPage('subscriptions', await listSubscriptions(context, filter, page), { page, serialize: serializeSubscription }));
}

function statusIn(query: QueryValues, key: string): string | undefined {
  const status = query.text(key);
  return status === '' ? undefined : status;
}

function statusToUpdate(query: QueryValues): 'active' | 'pending' | null {
  const status = query.text('status');
  return status === 'active' || status === 'pending' ? status : null;
}

async function readCharges(
  context: ServiceContext,
  externalId: string,
  status: string | undefined,
): Promise<Result<readonly ChargeDetails[]>> {
  const found = await findSubscription(context, externalId, status);
  return found.ok ? ok((await readPlanDetails(context.database.read, found.value.plan.id)).charges) : found;
}

/** The answer to a command: its row as it stands now. */
async function answerRow(context: ServiceContext, changed: Result<{ readonly id: string }>): Promise<Result<unknown>> {
  if (!changed.ok) return changed;
  const [view] = await readSubscriptionsById(context, [changed.value.id]);
  return ok(await answerView(context, present(view, 'a row just written is there')));
}

async function answerView(context: ServiceContext, view: SubscriptionView): Promise<{ readonly subscription: SubscriptionWithPlanAnswer }> {
  return { subscription: serializeSubscriptionWithPlan(view, await readPlanDetails(context.database.read, view.plan.id)) };
}
