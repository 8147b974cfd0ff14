import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { NestedCustomerAnswer } from '../../../shared/wire/customer.ts';
import {
  INVOICE_SETTLEMENTS,
  INVOICE_STATUSES,
  INVOICE_TYPES,
  invoiceAnswer,
  invoiceUpdateBody,
  listedInvoiceAnswer,
  PAYMENT_STATUSES,
  type InvoiceAnswer,
} from '../../../shared/wire/invoice.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { readCustomersDetails } from '../../customers/index.ts';
import {
  documentOfInvoice,
  finalizeInvoice,
  listInvoices,
  readInvoiceDetail,
  refreshInvoice,
  updateInvoice,
  type InvoiceFilter,
  type ListedInvoice,
} from '../../invoicing/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { readSubscriptionsById } from '../../subscriptions/index.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { serializeNestedCustomer } from '../wire/customer.ts';
import { serializeInvoice, serializeListedInvoice, type InvoiceSurroundings } from '../wire/invoice.ts';
import { serializeSubscription } from '../wire/subscription.ts';
import { wrapPage } from '../wire/wrapped.ts';

const tag = 'Invoices';
const answer = z.object({ invoice: invoiceAnswer });

type Request = Pick<RouteRequest<unknown>, 'context' | 'query' | 'baseUrl'>;

/** The query's keys of every list of invoices, for the OpenAPI page. */
export const INVOICE_LIST_KEYS: Readonly<Record<string, string>> = {
  page: 'Page, from 1',
  per_page: 'Rows of a page, 100 unless told, 1000 at most',
  issuing_date_from: 'First issuing date',
  issuing_date_to: 'Last issuing date',
  'statuses[]': `Statuses: ${INVOICE_STATUSES.join(', ')}`,
  'payment_statuses[]': `Payment statuses: ${PAYMENT_STATUSES.join(', ')}`,
  invoice_type: `One of ${INVOICE_TYPES.join(', ')}`,
  currency: 'ISO 4217 code',
  payment_overdue: 'true or false',
  payment_dispute_lost: 'true or false',
  partially_paid: 'true or false',
  self_billed: 'true or false',
  amount_from: 'Least total in cents',
  amount_to: 'Greatest total in cents',
  search_term: 'Part of the number, the id or the customer’s names',
  'metadata[key]': 'Value of that metadata; empty: invoices without the key',
  'settlements[]': `Settled by ${INVOICE_SETTLEMENTS.join(' or ')}`,
  purchase_order_number: 'Purchase order number, in any case',
  'billing_entity_codes[]': 'Codes of billing entities',
};

/** Rule: api.md § 10, invoicing.md § 9. */
export const invoiceRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/invoices',
    summary: 'List invoices, newest issuing date first',
    tag,
    queryKeys: { external_customer_id: 'The customer', ...INVOICE_LIST_KEYS },
    answer: z.object({ invoices: z.array(listedInvoiceAnswer), meta: pageMetaAnswer }),
    respond: (request) => answerInvoicePage(request, {}),
  }),
  route({
    method: 'get',
    path: '/invoices/:id',
    summary: 'Read an invoice with its lines',
    tag,
    answer,
    respond: ({ pathValues, ...request }) => answerInvoice(request, pathValues['id'] ?? ''),
  }),
  route({
    method: 'put',
    path: '/invoices/:id',
    summary: 'Change the payment status and the metadata of a final invoice',
    tag,
    wrapper: 'invoice',
    body: invoiceUpdateBody,
    answer,
    respond: async ({ pathValues, body, ...request }) =>
      answerChanged(request, await updateInvoice(request.context, pathValues['id'] ?? '', body)),
  }),
  ...['download', 'download_pdf'].map((action) =>
    route({
      method: 'post',
      path: `/invoices/:id/${action}`,
      summary: 'Make the PDF of a finalized invoice if it is missing, and say where it is',
      tag,
      answer,
      respond: async ({ pathValues, ...request }) =>
        answerChanged(request, await documentOfInvoice(request.context, pathValues['id'] ?? '')),
    }),
  ),
  route({
    method: 'put',
    path: '/invoices/:id/refresh',
    summary: 'Compute a draft again with the usage known now',
    tag,
    answer,
    respond: async ({ pathValues, ...request }) => answerChanged(request, await refreshInvoice(request.context, pathValues['id'] ?? '')),
  }),
  route({
    method: 'put',
    path: '/invoices/:id/finalize',
    summary: 'Finalize a draft today, before its grace period is over',
    tag,
    answer,
    respond: async ({ pathValues, ...request }) => answerChanged(request, await finalizeInvoice(request.context, pathValues['id'] ?? '')),
  }),
];

/** A page of invoices; `within` is what the route itself fixes. */
export async function answerInvoicePage(request: Request, within: InvoiceFilter): Promise<Result<unknown>> {
  const { context, query, baseUrl } = request;
  const filters = new ListFilters(query);
  const filter = { ...readFilter(filters), ...within };
  const refusal = filters.refusal();
  if (refusal !== null) return refusal;
  const page = query.page();
  const { rows, totalCount } = await listInvoices(context, filter, page);
  const listed = { rows: await withCustomers(context, rows), totalCount };
  return ok(
    wrapPage('invoices', listed, { page, serialize: ([invoice, customer]) => serializeListedInvoice(invoice, { customer, baseUrl }) }),
  );
}

async function withCustomers(
  context: ServiceContext,
  rows: readonly ListedInvoice[],
): Promise<readonly (readonly [ListedInvoice, NestedCustomerAnswer])[]> {
  const owners = rows.map((row) => row.customer);
  const details = await readCustomersDetails(context.database.read, context.organizationId, owners);
  return rows.map((row, index) => [row, serializeNestedCustomer(present(details[index], 'each customer has its details'))]);
}

function readFilter(filters: ListFilters): InvoiceFilter {
  return {
    externalCustomerId: filters.text('external_customer_id', 'customer_external_id', 'customer_id'),
    issuingDateFrom: filters.date('issuing_date_from'),
    issuingDateTo: filters.date('issuing_date_to'),
    statuses: filters.words(['status', 'statuses'], INVOICE_STATUSES),
    paymentStatuses: filters.words(['payment_status', 'payment_statuses'], PAYMENT_STATUSES),
    invoiceType: filters.word('invoice_type', INVOICE_TYPES),
    currency: filters.currency('currency'),
    paymentOverdue: filters.boolean('payment_overdue'),
    paymentDisputeLost: filters.boolean('payment_dispute_lost'),
    partiallyPaid: filters.boolean('partially_paid'),
    selfBilled: filters.boolean('self_billed'),
    amountFrom: filters.integer('amount_from'),
    amountTo: filters.integer('amount_to'),
    searchTerm: filters.text('search_term'),
    metadata: filters.nested('metadata'),
    settlements: filters.words(['settlements'], INVOICE_SETTLEMENTS),
    purchaseOrderNumber: filters.text('purchase_order_number'),
  };
}

/** One invoice with everything that a single answer shows. */
export async function answerInvoice(
  request: Pick<Request, 'context' | 'baseUrl'>,
  id: string,
): Promise<Result<{ readonly invoice: InvoiceAnswer }>> {
  const { context, baseUrl } = request;
  const found = await readInvoiceDetail(context, id);
  if (!found.ok) return found;
  const detail = found.value;
  const [customer] = await readCustomersDetails(context.database.read, context.organizationId, [detail.customer]);
  const around: InvoiceSurroundings = { customer: serializeNestedCustomer(present(customer, 'one customer has its details')), baseUrl };
  const views = await readSubscriptionsById(
    context,
    detail.periods.map(({ period }) => period.subscriptionId),
  );
  return ok({ invoice: serializeInvoice(detail, { ...around, subscriptions: views.map(serializeSubscription) }) });
}

async function answerChanged(
  request: Pick<Request, 'context' | 'baseUrl'>,
  changed: Result<{ readonly id: string }>,
): Promise<Result<unknown>> {
  return changed.ok ? answerInvoice(request, changed.value.id) : changed;
}
