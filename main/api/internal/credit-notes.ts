import { z } from 'zod';
import { formatInstant, Temporal } from '../../../shared/dates.ts';
import {
  CREDIT_NOTE_SORTS,
  type CreditableInvoice,
  type CreditNoteFacts,
  type CreditNoteRow,
  type PreviewedCreditNote,
} from '../../../shared/internal/credit-notes.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { creditNoteBody } from '../../../shared/wire/credit-note.ts';
import {
  findCreditNote,
  openOwnNoteDocument,
  pageOfCreditNotes,
  previewCreditNote,
  readCreditableFees,
  readNamedCustomer,
  usesOfNote,
  type CreditableFees,
  type CreditNoteListRow,
  type CreditNotePageFilter,
  type PreviewedNote,
} from '../../invoicing/index.ts';
import { isPaidByProvider, refundsOf } from '../../payments/index.ts';
import type { QueryValues } from '../query.ts';
import { fileAnswer, route, type Route, type RouteRequest } from '../route.ts';
import { answerCreditNote } from '../routes/credit-notes.ts';
import { serializeCreditNoteEstimate } from '../wire/credit-note.ts';
import { csvAnswer, type CsvColumn } from './csv.ts';
import { documentFacts } from './document-facts.ts';
import { amountText, given } from './invoice-lists.ts';
import { askedPage } from './list-wish.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
const EXPORTED_AT_ONCE = 500;

/** Rule: ui.md § 4.7, invoicing.md § 7. */
export const creditNoteScreenRoutes: readonly Route[] = [
  route({
    ...shared,
    method: 'get',
    path: '/lists/credit_notes',
    summary: 'Credit notes by any column',
    respond: ({ context, query }) => {
      const page = pageOfCreditNotes(context, readFilter(query), askedPage(query, CREDIT_NOTE_SORTS));
      return ok({ ...page, rows: page.rows.map(serializeRow) } satisfies ListAnswer<CreditNoteRow>);
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/lists/credit_notes.csv',
    summary: 'All credit notes that the filters leave, as comma-separated text',
    respond: ({ context, query }) => {
      const filter = readFilter(query);
      const asked = { ...askedPage(query, CREDIT_NOTE_SORTS), limit: EXPORTED_AT_ONCE };
      return ok(csvAnswer('credit-notes.csv', CSV_COLUMNS, (after) => pageOfCreditNotes(context, filter, { ...asked, after })));
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/credit_notes/:id',
    summary: 'Everything that the page of a credit note shows',
    respond: ({ pathValues, ...request }) => answerFacts(request, pathValues['id'] ?? ''),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/credit_notes/:id/document',
    summary: 'The PDF of a credit note, under the name that a save dialog proposes',
    respond: async ({ context, pathValues }) => {
      const opened = await openOwnNoteDocument(context, pathValues['id'] ?? '');
      return opened.ok ? ok(fileAnswer({ ...opened.value, contentType: 'application/pdf' })) : opened;
    },
  }),
  route({
    ...shared,
    method: 'get',
    path: '/invoices/:id/creditable',
    summary: 'What can still be given back of an invoice, line by line',
    respond: async ({ context, pathValues }) => {
      const read = await readCreditableFees(context, pathValues['id'] ?? '');
      return read.ok ? ok(serializeCreditable(read.value, isPaidByProvider(context, read.value.invoice.id))) : read;
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/preview/credit_note',
    changesNothing: true,
    summary: 'The public estimate of a credit note, and the parts that it is split into',
    wrapper: 'credit_note',
    body: creditNoteBody,
    respond: async ({ context, body }) => {
      const previewed = await previewCreditNote(context, body);
      return previewed.ok ? ok(serializePreview(previewed.value)) : previewed;
    },
  }),
];

async function answerFacts(request: Pick<RouteRequest<unknown>, 'context' | 'baseUrl'>, id: string): Promise<Result<CreditNoteFacts>> {
  const { context } = request;
  const found = await findCreditNote(context, id);
  if (!found.ok) return found;
  const answered = await answerCreditNote(request, id);
  if (!answered.ok) return answered;
  const { creditNote } = found.value;
  const { read } = context.database;
  const customer = readNamedCustomer(read, creditNote.customerId);
  return ok({
    credit_note: answered.value.credit_note,
    customer: { lago_id: customer.id, external_id: customer.externalId, name: customer.name },
    document: documentFacts('credit_notes', { ...creditNote, snapshot: true }, customer),
    void_refusal: creditNote.balanceAmountCents === 0n ? 'no_voidable_amount' : null,
    uses: usesOfNote(read, id).map((use) => ({
      lago_invoice_id: use.invoiceId,
      number: use.number,
      amount_cents: centsToWire(use.amountCents),
      at: formatInstant(Temporal.Instant.fromEpochMilliseconds(use.at)),
    })),
    refunds: refundsOf(context, { creditNoteId: id }).map((refund) => ({
      lago_id: refund.id,
      lago_payment_id: refund.paymentId,
      amount_cents: centsToWire(refund.amountCents),
      status: refund.status,
      provider_refund_id: refund.providerRefundId,
      error_code: refund.errorCode,
      created_at: formatInstant(refund.createdAt),
    })),
  });
}

function serializeCreditable({ invoice, fees, room }: CreditableFees, isRefundedByProvider: boolean): CreditableInvoice {
  return {
    currency: invoice.currency,
    fees: fees.map(({ fee, creditableAmountCents, subscriptionName }) => ({
      lago_id: fee.id,
      name: fee.invoiceDisplayName ?? fee.itemName,
      subscription_name: subscriptionName,
      amount_cents: centsToWire(fee.amountCents),
      creditable_amount_cents: centsToWire(creditableAmountCents),
    })),
    max_creditable_amount_cents: centsToWire(room.creditableCents),
    max_refundable_amount_cents: centsToWire(room.refundableCents),
    max_offsettable_amount_cents: centsToWire(room.offsettableCents),
    is_refunded_only: room.isForCredits,
    is_refunded_by_provider: isRefundedByProvider,
  };
}

function serializePreview(previewed: PreviewedNote): PreviewedCreditNote {
  const { parts } = previewed;
  return {
    estimate: serializeCreditNoteEstimate(previewed.estimate),
    total_amount_cents: centsToWire(previewed.estimate.amounts.totalAmountCents),
    credit_amount_cents: centsToWire(parts.creditAmountCents),
    refund_amount_cents: centsToWire(parts.refundAmountCents),
    offset_amount_cents: centsToWire(parts.offsetAmountCents),
    due_before_cents: centsToWire(previewed.dueBeforeCents),
    due_after_cents: centsToWire(previewed.dueAfterCents),
    errors: previewed.errors,
  };
}

function readFilter(query: QueryValues): CreditNotePageFilter {
  const text = (key: string): string | undefined => given(query.text(key));
  return {
    customerId: text('customer_id'),
    invoiceId: text('invoice_id'),
    creditStatus: text('credit_status'),
    refundStatus: text('refund_status'),
    reason: text('reason'),
    currency: text('currency'),
    issuedFrom: text('issuing_date_from'),
    issuedTo: text('issuing_date_to'),
    search: given(query.text('search')?.trim()),
  };
}

function serializeRow(row: CreditNoteListRow): CreditNoteRow {
  return {
    lago_id: row.id,
    number: row.number,
    issuing_date: row.issuingDate,
    reason: row.reason,
    credit_status: row.creditStatus,
    refund_status: row.refundStatus,
    currency: row.currency,
    total_amount_cents: row.totalAmountCents,
    credit_amount_cents: row.creditAmountCents,
    refund_amount_cents: row.refundAmountCents,
    offset_amount_cents: row.offsetAmountCents,
    balance_amount_cents: row.balanceAmountCents,
    invoice: { lago_id: row.invoiceId, number: row.invoiceNumber },
    customer: { lago_id: row.customerId, external_id: row.externalCustomerId, name: row.customerName },
  };
}

const CSV_COLUMNS: readonly CsvColumn<CreditNoteListRow>[] = [
  { name: 'lago_id', value: (row) => row.id },
  { name: 'number', value: (row) => row.number },
  { name: 'invoice_number', value: (row) => row.invoiceNumber },
  { name: 'external_customer_id', value: (row) => row.externalCustomerId },
  { name: 'customer_name', value: (row) => row.customerName },
  { name: 'issuing_date', value: (row) => row.issuingDate },
  { name: 'reason', value: (row) => row.reason },
  { name: 'credit_status', value: (row) => row.creditStatus },
  { name: 'refund_status', value: (row) => row.refundStatus },
  { name: 'currency', value: (row) => row.currency },
  { name: 'total_amount', value: (row) => amountText(row.totalAmountCents, row.currency) },
  { name: 'balance_amount', value: (row) => amountText(row.balanceAmountCents, row.currency) },
];
