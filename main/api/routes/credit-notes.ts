import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { ok, type Result } from '../../../shared/result.ts';
import {
  CREDIT_NOTE_REASONS,
  CREDIT_NOTE_TYPES,
  CREDIT_STATUSES,
  creditNoteAnswer,
  creditNoteBody,
  creditNoteEstimateAnswer,
  creditNoteEstimateBody,
  creditNoteUpdateBody,
  REFUND_STATUSES,
  type CreditNoteAnswer,
} from '../../../shared/wire/credit-note.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { readCustomersDetails } from '../../customers/index.ts';
import {
  createCreditNote,
  documentOfCreditNote,
  estimateCreditNote,
  findCreditNote,
  listCreditNotes,
  updateCreditNote,
  voidCreditNote,
  type CreditNoteFilter,
  type ListedCreditNote,
} from '../../invoicing/index.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { serializeCreditNote, serializeCreditNoteEstimate } from '../wire/credit-note.ts';
import { serializeNestedCustomer } from '../wire/customer.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Credit notes';
const answer = z.object({ credit_note: creditNoteAnswer });

type Request = Pick<RouteRequest<unknown>, 'context' | 'query' | 'baseUrl'>;

/** The query's keys of every list of credit notes, for the OpenAPI page. */
export const CREDIT_NOTE_LIST_KEYS: Readonly<Record<string, string>> = {
  page: 'Page, from 1',
  per_page: 'Rows of a page, 100 unless told, 1000 at most',
  issuing_date_from: 'First issuing date',
  issuing_date_to: 'Last issuing date',
  search_term: 'Part of the number, the id or the customer’s names',
  currency: 'ISO 4217 code',
  reason: `One of ${CREDIT_NOTE_REASONS.join(', ')}`,
  credit_status: `One of ${CREDIT_STATUSES.join(', ')}`,
  refund_status: `One of ${REFUND_STATUSES.join(', ')}`,
  invoice_number: 'Number of the invoice that is corrected',
  purchase_order_number: 'Its purchase order number, in any case',
  amount_from: 'Least total in cents',
  amount_to: 'Greatest total in cents',
  'types[]': `Notes with one of these parts: ${CREDIT_NOTE_TYPES.join(', ')}`,
  self_billed: 'true or false',
  'billing_entity_codes[]': 'Codes of billing entities',
};

/** Rule: api.md § 14, invoicing.md § 7. */
export const creditNoteRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/credit_notes',
    summary: 'List credit notes, newest first',
    tag,
    queryKeys: { external_customer_id: 'The customer', ...CREDIT_NOTE_LIST_KEYS },
    answer: z.object({ credit_notes: z.array(creditNoteAnswer), meta: pageMetaAnswer }),
    respond: (request) => answerCreditNotePage(request, {}),
  }),
  route({
    method: 'post',
    path: '/credit_notes',
    summary: 'Give back a part of a final invoice: as credit, as a refund, or off what is due',
    tag,
    wrapper: 'credit_note',
    body: creditNoteBody,
    answer,
    respond: async ({ body, ...request }) => answerChanged(request, await createCreditNote(request.context, body)),
  }),
  route({
    method: 'post',
    path: '/credit_notes/estimate',
    summary: 'Say what a credit note would come to, storing nothing',
    tag,
    wrapper: 'credit_note',
    body: creditNoteEstimateBody,
    answer: z.object({ estimated_credit_note: creditNoteEstimateAnswer }),
    respond: async ({ context, body }) =>
      wrapResult('estimated_credit_note', await estimateCreditNote(context, body), serializeCreditNoteEstimate),
  }),
  route({
    method: 'get',
    path: '/credit_notes/:id',
    summary: 'Read a credit note',
    tag,
    answer,
    respond: ({ pathValues, ...request }) => answerCreditNote(request, pathValues['id'] ?? ''),
  }),
  route({
    method: 'put',
    path: '/credit_notes/:id',
    summary: 'Say how far the refund is; merge metadata',
    tag,
    wrapper: 'credit_note',
    body: creditNoteUpdateBody,
    answer,
    respond: async ({ pathValues, body, ...request }) =>
      answerChanged(request, await updateCreditNote(request.context, pathValues['id'] ?? '', body)),
  }),
  route({
    method: 'put',
    path: '/credit_notes/:id/void',
    summary: 'Take away the credit that is left of a credit note',
    tag,
    answer,
    respond: async ({ pathValues, ...request }) => answerChanged(request, await voidCreditNote(request.context, pathValues['id'] ?? '')),
  }),
  ...['download', 'download_pdf'].map((action) =>
    route({
      method: 'post',
      path: `/credit_notes/:id/${action}`,
      summary: 'Make the PDF of a credit note if it is missing, and say where it is',
      tag,
      answer,
      respond: async ({ pathValues, ...request }) =>
        answerChanged(request, await documentOfCreditNote(request.context, pathValues['id'] ?? '')),
    }),
  ),
];

/** A page of credit notes; `within` is what the route itself fixes. */
export async function answerCreditNotePage(request: Request, within: CreditNoteFilter): Promise<Result<unknown>> {
  const filters = new ListFilters(request.query);
  const filter = { ...readFilter(filters), ...within };
  const refusal = filters.refusal();
  if (refusal !== null) return refusal;
  const page = request.query.page();
  const { rows, totalCount } = await listCreditNotes(request.context, filter, page);
  const listed = { rows: await serializeRows(request, rows), totalCount };
  return ok(wrapPage('credit_notes', listed, { page, serialize: (row) => row }));
}

function readFilter(filters: ListFilters): CreditNoteFilter {
  return {
    externalCustomerId: filters.text('external_customer_id'),
    issuingDateFrom: filters.date('issuing_date_from'),
    issuingDateTo: filters.date('issuing_date_to'),
    searchTerm: filters.text('search_term'),
    currency: filters.currency('currency'),
    reason: filters.word('reason', CREDIT_NOTE_REASONS),
    creditStatus: filters.word('credit_status', CREDIT_STATUSES),
    refundStatus: filters.word('refund_status', REFUND_STATUSES),
    invoiceNumber: filters.text('invoice_number'),
    purchaseOrderNumber: filters.text('purchase_order_number'),
    amountFrom: filters.integer('amount_from'),
    amountTo: filters.integer('amount_to'),
    types: filters.words(['types'], CREDIT_NOTE_TYPES),
    selfBilled: filters.boolean('self_billed'),
  };
}

export async function answerCreditNote(
  request: Pick<Request, 'context' | 'baseUrl'>,
  id: string,
): Promise<Result<{ readonly credit_note: CreditNoteAnswer }>> {
  const found = await findCreditNote(request.context, id);
  if (!found.ok) return found;
  const [serialized] = await serializeRows(request, [found.value]);
  return ok({ credit_note: present(serialized, 'one credit note gives one answer') });
}

async function answerChanged(
  request: Pick<Request, 'context' | 'baseUrl'>,
  changed: Result<{ readonly id: string }>,
): Promise<Result<unknown>> {
  return changed.ok ? answerCreditNote(request, changed.value.id) : changed;
}

async function serializeRows(
  { context, baseUrl }: Pick<Request, 'context' | 'baseUrl'>,
  rows: readonly ListedCreditNote[],
): Promise<readonly CreditNoteAnswer[]> {
  const owners = rows.map((row) => row.customer);
  const details = await readCustomersDetails(context.database.read, context.organizationId, owners);
  return rows.map((row, index) => {
    const customer = serializeNestedCustomer(present(details[index], 'each customer has its details'));
    return serializeCreditNote(row, { customer, baseUrl });
  });
}
