import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { forbidden, notFound, ok, type Result } from '../../../shared/result.ts';
import { customerAnswer, customerInput } from '../../../shared/wire/customer.ts';
import { checkoutUrlAnswer } from '../../../shared/wire/payment-provider.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { deleteCustomer, findCustomer, listCustomers, readCustomersDetails, upsertCustomer, type Customer } from '../../customers/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readCustomerInput, serializeCustomer } from '../wire/customer.ts';
import { CUSTOMER_FILTER_KEYS, readCustomerFilters } from '../wire/customer-filters.ts';
import { serializeCheckoutUrl } from '../wire/payment-provider.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Customers';
const answer = z.object({ customer: customerAnswer });

/** Rule: api.md § 5. */
export const customerRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/customers',
    summary: 'Create a customer, or change the one with this external id: only the keys sent change',
    tag,
    wrapper: 'customer',
    body: checkedBody(customerInput),
    answer,
    respond: async ({ context, body }) =>
      customerResult(context, await upsertCustomer(context, readCustomerInput(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/customers',
    summary: 'List customers, newest first',
    tag,
    queryKeys: CUSTOMER_FILTER_KEYS,
    answer: z.object({ customers: z.array(customerAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const filters = readCustomerFilters(query);
      if (!filters.ok) return filters;
      const page = query.page();
      const { read } = context.database;
      const { rows, totalCount } = await listCustomers(read, context.organizationId, { filters: filters.value, page });
      const listed = { rows: await readCustomersDetails(read, context.organizationId, rows), totalCount };
      return ok(wrapPage('customers', listed, { page, serialize: serializeCustomer }));
    },
  }),
  route({
    method: 'get',
    path: '/customers/:external_id',
    summary: 'Read a customer',
    tag,
    answer,
    respond: async ({ context, pathValues }) => customerResult(context, await readKnown(context, pathValues['external_id'])),
  }),
  route({
    method: 'delete',
    path: '/customers/:external_id',
    summary: 'Delete a customer: its subscriptions end with their last invoices',
    tag,
    answer,
    respond: async ({ context, pathValues }) => customerResult(context, await deleteCustomer(context, pathValues['external_id'] ?? '')),
  }),
  route({
    method: 'get',
    path: '/customers/:external_id/portal_url',
    summary: 'There is no customer portal',
    tag,
    answer: z.object({ customer: z.object({ portal_url: z.string() }) }),
    respond: async ({ context, pathValues }) => {
      const customer = await readKnown(context, pathValues['external_id']);
      return customer.ok ? forbidden('feature_unavailable') : customer;
    },
  }),
  route({
    method: 'post',
    path: '/customers/:external_id/checkout_url',
    summary: "A page of the customer's payment provider where a payment method is set up",
    tag,
    answer: z.object({ customer: checkoutUrlAnswer }),
    respond: async ({ services, pathValues }) =>
      wrapResult('customer', await services.payments.createCheckoutLink(pathValues['external_id'] ?? ''), serializeCheckoutUrl),
  }),
];

async function readKnown(context: ServiceContext, externalId: string | undefined): Promise<Result<Customer>> {
  const customer = await findCustomer(context.database.read, context.organizationId, externalId ?? '');
  return customer === null ? notFound('customer') : ok(customer);
}

async function customerResult(context: ServiceContext, result: Result<Customer>): Promise<Result<unknown>> {
  if (!result.ok) return result;
  const [details] = await readCustomersDetails(context.database.read, context.organizationId, [result.value]);
  return ok({ customer: serializeCustomer(present(details, 'one customer gives one answer')) });
}
