import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import {
  CUSTOMER_SORTS,
  MAX_RUNNING_USAGE_CUSTOMERS,
  type AmountAnswer,
  type CustomerFilterValuesAnswer,
  type CustomerOverviewAnswer,
  type CustomerRow,
  type CustomerWithLocksAnswer,
  type NextInvoicesAnswer,
  type RunningUsageAnswer,
  type TimelineRow,
  type AppliedAddOnRow,
} from '../../../shared/internal/customers.ts';
import { LIST_PAGE_ROWS, type ListAnswer } from '../../../shared/internal/list-page.ts';
import { addCents, centsToWire, ZERO_CENTS } from '../../../shared/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { customerInput } from '../../../shared/wire/customer.ts';
import {
  createCustomer,
  customerFilterValues,
  customerLocks,
  customerTimeline,
  customerUnpaid,
  findCustomerById,
  listAppliedAddOns,
  listCustomerPage,
  ownSectionCodes,
  readCustomersDetails,
  updateCustomerById,
  type Customer,
  type CustomerListFilters,
} from '../../customers/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { previewCustomerDeletion, previewNextInvoices, readLivingSubscriptions } from '../../subscriptions/index.ts';
import { readRunningUsage, type RunningUsage } from '../../usage/index.ts';
import { checkedBody } from '../checked-body.ts';
import type { QueryValues } from '../query.ts';
import { route } from '../route.ts';
import type { ApiServices } from '../services.ts';
import { readCustomerInput, serializeCustomer } from '../wire/customer.ts';
import {
  serializeAddOnFee,
  serializeCustomerRow,
  serializeDeletion,
  serializeLivingSubscription,
  serializeLocks,
  serializeNextInvoice,
  serializeTimelineEntry,
  serializeUnpaid,
} from '../wire/customer-page.ts';
import { askedPage } from './list-wish.ts';

/** Some milliseconds of reading. */
const CUSTOMERS_AT_A_TIME = 10;

const ours = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

const listRoutes = [
  route({
    ...ours,
    method: 'get',
    path: '/lists/customers',
    summary: 'Customers, sorted and filtered, page after page',
    respond: async ({ services, context, query }) => {
      const page = listCustomerPage(context, { filters: readFilters(query), wish: askedPage(query, CUSTOMER_SORTS) });
      const rows = page.rows.map(serializeCustomerRow);
      if (query.text('with') !== 'running_usage') return ok({ ...page, rows } satisfies ListAnswer<CustomerRow>);
      const amounts = await runningUsages(
        services,
        rows.map((row) => row.lago_id),
      );
      const withUsage = rows.map((row) => ({ ...row, running_usage: amounts.get(row.lago_id) ?? [] }));
      return ok({ ...page, rows: withUsage } satisfies ListAnswer<CustomerRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/lists/applied_add_ons',
    summary: "Add-ons on a customer's invoices",
    respond: ({ context, query }) => {
      const page = listAppliedAddOns(context, query.text('customer_id') ?? '', askedPage(query, ['created_at', 'amount_cents']));
      if (!page.ok) return page;
      return ok({ ...page.value, rows: page.value.rows.map(serializeAddOnFee) } satisfies ListAnswer<AppliedAddOnRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/customers/filter_values',
    summary: 'Currencies and countries that customers have',
    respond: ({ context }) => ok(customerFilterValues(context) satisfies CustomerFilterValuesAnswer),
  }),
  route({
    ...ours,
    method: 'get',
    path: '/customers/running_usage',
    summary: 'Usage of some customers that is not billed yet',
    respond: async ({ services, query }) => {
      const ids = (query.text('ids') ?? '').split(',').slice(0, MAX_RUNNING_USAGE_CUSTOMERS);
      const amounts = await runningUsages(services, ids);
      const usages = [...amounts].map(([id, ofCustomer]) => ({ lago_customer_id: id, amounts: ofCustomer }));
      return ok({ usages } satisfies RunningUsageAnswer);
    },
  }),
];

const customerPageRoutes = [
  route({
    ...ours,
    method: 'get',
    path: '/customers/:id',
    summary: 'A customer by our id, and what of it may not change any more',
    respond: ({ context, pathValues }) =>
      withLocks(context, findCustomerById(context.database.read, context.organizationId, pathValues['id'] ?? '')),
  }),
  route({
    ...ours,
    method: 'get',
    path: '/customers/:id/overview',
    summary: 'What a customer owes and subscribes to',
    respond: async ({ context, pathValues }) => {
      const customer = findCustomerById(context.database.read, context.organizationId, pathValues['id'] ?? '');
      if (!customer.ok) return customer;
      const { id } = customer.value;
      return ok({
        unpaid: customerUnpaid(context, id).map(serializeUnpaid),
        subscriptions: (await readLivingSubscriptions(context, id)).map(serializeLivingSubscription),
      } satisfies CustomerOverviewAnswer);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/customers/:id/next_invoices',
    summary: 'The next invoice of each subscription, were it made of the usage so far',
    respond: async ({ context, pathValues }) => {
      const previews = await previewNextInvoices(context, pathValues['id'] ?? '');
      return previews.ok ? ok({ next_invoices: previews.value.map(serializeNextInvoice) } satisfies NextInvoicesAnswer) : previews;
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/customers/:id/timeline',
    summary: 'What happened to a customer, newest first',
    respond: ({ context, pathValues, query }) => {
      const { after, limit } = askedPage(query, ['at']);
      const page = customerTimeline(context, pathValues['id'] ?? '', { after, limit: Math.min(limit, LIST_PAGE_ROWS) });
      if (!page.ok) return page;
      return ok({ ...page.value, rows: page.value.rows.map(serializeTimelineEntry) } satisfies ListAnswer<TimelineRow>);
    },
  }),
];

const customerChangeRoutes = [
  route({
    ...ours,
    method: 'post',
    path: '/customers',
    summary: 'Create a customer; one that exists is left alone',
    wrapper: 'customer',
    body: checkedBody(customerInput),
    respond: async ({ context, body }) => withLocks(context, await createCustomer(context, readCustomerInput(body.values), body.refused)),
  }),
  route({
    ...ours,
    method: 'put',
    path: '/customers/:id',
    summary: 'Change a customer by our id, its external id too while that may change',
    wrapper: 'customer',
    body: checkedBody(customerInput),
    respond: async ({ context, pathValues, body }) => {
      const asked = { input: readCustomerInput(body.values), refused: body.refused };
      return withLocks(context, await updateCustomerById(context, pathValues['id'] ?? '', asked));
    },
  }),
  route({
    ...ours,
    method: 'post',
    path: '/customers/:id/deletion_preview',
    summary: 'What the deletion of a customer would cause now',
    changesNothing: true,
    respond: async ({ context, pathValues }) => {
      const deletion = await previewCustomerDeletion(context, pathValues['id'] ?? '');
      return deletion.ok ? ok(serializeDeletion(deletion.value)) : deletion;
    },
  }),
];

export const customerRoutes = [...listRoutes, ...customerPageRoutes, ...customerChangeRoutes];

function readFilters(query: QueryValues): CustomerListFilters {
  const chosen = (key: string): boolean | undefined => {
    const value = query.boolean(key);
    return value === 'invalid' ? undefined : value;
  };
  const listed = (key: string): readonly string[] | undefined => {
    const values = (query.list(key) ?? []).filter((value) => value !== '');
    return values.length === 0 ? undefined : values;
  };
  const search = query.text('search')?.trim();
  return {
    search: search === '' ? undefined : search,
    hasActivePlan: chosen('has_active_plan'),
    currencies: listed('currency'),
    countries: listed('country'),
    isUnpaid: chosen('unpaid'),
  };
}

/** Customer → what its next invoices will bill so far; those without an active subscription are left out. Other requests come in between. */
async function runningUsages(services: ApiServices, ids: readonly string[]): Promise<ReadonlyMap<string, readonly AmountAnswer[]>> {
  const { context, ingestion } = services;
  void ingestion.keepUpRollups();
  const amounts = new Map<string, readonly AmountAnswer[]>();
  for (const [index, id] of ids.entries()) {
    if (index % CUSTOMERS_AT_A_TIME === CUSTOMERS_AT_A_TIME - 1) await setImmediate();
    const customer = findCustomerById(context.database.read, context.organizationId, id);
    if (!customer.ok) continue;
    const running = await readRunningUsage(context.database.read, { customer: customer.value, now: context.clock.now() });
    if (running.length > 0) amounts.set(id, sumByCurrency(running));
  }
  return amounts;
}

function sumByCurrency(running: readonly RunningUsage[]): readonly AmountAnswer[] {
  return [...Map.groupBy(running, ({ currency }) => currency)].map(([currency, ofCurrency]) => ({
    currency,
    amount_cents: centsToWire(addCents(ZERO_CENTS, ...ofCurrency.map(({ amountCents }) => amountCents))),
  }));
}

async function withLocks(context: ServiceContext, customer: Result<Customer>): Promise<Result<CustomerWithLocksAnswer>> {
  if (!customer.ok) return customer;
  const { read } = context.database;
  const [details] = await readCustomersDetails(read, context.organizationId, [customer.value]);
  return ok({
    customer: serializeCustomer(present(details, 'one customer gives one answer')),
    locks: serializeLocks(await customerLocks(read, customer.value.id)),
    own_custom_section_codes: await ownSectionCodes(read, customer.value.id),
  });
}
