import { z } from 'zod';
import { formatInstant, Temporal } from '../../../shared/dates.ts';
import {
  invoiceIdsBody,
  type CustomerWords,
  type InvoiceFacts,
  type InvoiceMoment,
  type ObjectDelivery,
  type PreviewedFinalizations,
} from '../../../shared/internal/invoices.ts';
import { centsToWire } from '../../../shared/money.ts';
import { pageOf } from '../../../shared/page.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { readCustomer } from '../../customers/index.ts';
import {
  openOwnInvoiceDocument,
  previewFinalizations,
  readInvoicePageFacts,
  readNamedCustomer,
  totalsByCurrency,
  type InvoicePageFacts,
  type NamedCustomer,
} from '../../invoicing/index.ts';
import { listPayments, paymentRefusals, type ListedPayment } from '../../payments/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { deliveriesOfObjects, type DeliveryOfObject } from '../../webhooks/index.ts';
import { fileAnswer, route, type Route, type RouteRequest } from '../route.ts';
import { answerInvoice } from '../routes/invoices.ts';
import { documentFacts } from './document-facts.ts';
import { groupsOf } from './invoice-groups.ts';
import { invoiceListRoutes } from './invoice-lists.ts';
import { serializeAttempt } from './payments.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
/** An invoice with more payments than anybody reads. */
const MAX_PAYMENTS = 100;

/** Rule: ui.md § 4.7. */
export const invoiceScreenRoutes: readonly Route[] = [
  ...invoiceListRoutes,
  route({
    ...shared,
    method: 'get',
    path: '/invoices/:id',
    summary: 'Everything that the page of an invoice shows',
    respond: ({ pathValues, ...request }) => answerFacts(request, pathValues['id'] ?? ''),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/invoices/:id/document',
    summary: 'The PDF of an invoice, under the name that a save dialog proposes',
    respond: async ({ context, pathValues }) => {
      const opened = await openOwnInvoiceDocument(context, pathValues['id'] ?? '');
      return opened.ok ? ok(fileAnswer({ ...opened.value, contentType: 'application/pdf' })) : opened;
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/preview/finalize_invoices',
    changesNothing: true,
    summary: 'What drafts come to when they are finalized one after the other',
    body: invoiceIdsBody,
    respond: async ({ context, body }) => {
      const previewed = await previewFinalizations(context, body.lago_ids);
      if (!previewed.ok) return previewed;
      const invoices = previewed.value;
      const kept = invoices.filter(({ status }) => status !== 'closed');
      const answer: PreviewedFinalizations = {
        invoices: invoices.map((invoice) => ({
          lago_id: invoice.id,
          customer: customerWords(readNamedCustomer(context.database.read, invoice.customerId)),
          currency: invoice.currency,
          total_amount_cents: centsToWire(invoice.totalAmountCents),
          is_closed: invoice.status === 'closed',
        })),
        totals: totalsByCurrency(kept).map(({ currency, totalAmountCents, count }) => ({
          currency,
          total_amount_cents: centsToWire(totalAmountCents),
          invoices_count: count,
        })),
      };
      return ok(answer);
    },
  }),
];

export function customerWords(customer: NamedCustomer): CustomerWords {
  return { lago_id: customer.id, external_id: customer.externalId, name: customer.name };
}

async function answerFacts(request: Pick<RouteRequest<unknown>, 'context' | 'baseUrl'>, id: string): Promise<Result<InvoiceFacts>> {
  const { context } = request;
  const found = await readInvoicePageFacts(context, id);
  if (!found.ok) return found;
  const answered = await answerInvoice(request, id);
  if (!answered.ok) return answered;
  const { invoice, refusals } = found.value;
  const { read } = context.database;
  const payments = await paymentsOf(context, id);
  const customer = readNamedCustomer(read, invoice.customerId);
  const money = paymentRefusals(read, invoice, await readCustomer(read, invoice.customerId));
  return ok({
    invoice: answered.value.invoice,
    customer: customerWords(customer),
    timezone: invoice.timezone,
    actions: { ...refusals, ...money },
    document: documentFacts('invoices', invoice, customer),
    groups: groupsOf(context, answered.value.invoice, invoice.timezone),
    time_line: timeLine(found.value, payments),
    payments: payments.map(serializeAttempt),
    is_overpaid: invoice.totalPaidAmountCents > invoice.totalAmountCents,
    webhook_deliveries: deliveriesOfObjects(context, [id, ...payments.map(({ payment }) => payment.id)]).map(serializeDelivery),
    credit_notes: found.value.notes.map((note) => ({
      lago_id: note.id,
      number: note.number,
      total_amount_cents: centsToWire(note.totalAmountCents),
      issuing_date: note.issuingDate,
    })),
    finalize_at: invoice.status === 'draft' && invoice.finalizeAt !== null ? formatInstant(invoice.finalizeAt) : null,
  });
}

async function paymentsOf(context: ServiceContext, invoiceId: string): Promise<readonly ListedPayment[]> {
  const listed = await listPayments(context, { invoiceId }, pageOf({ perPage: MAX_PAYMENTS }));
  return listed.rows;
}

/** What happened, oldest first, then what will happen by itself. */
function timeLine({ moments }: InvoicePageFacts, payments: readonly ListedPayment[]): readonly InvoiceMoment[] {
  const all: readonly InvoiceMoment[] = [
    ...moments.map((moment) => ({
      kind: moment.kind,
      at: formatInstant(moment.at),
      is_upcoming: moment.isUpcoming,
      lago_id: moment.id,
      amount_cents: moment.amountCents === null ? null : centsToWire(moment.amountCents),
      code: moment.code,
    })),
    ...payments.flatMap(paymentMoment),
  ];
  const place = (moment: InvoiceMoment): number => (moment.is_upcoming ? 1 : 0);
  return [...all].sort((a, b) => place(a) - place(b) || compareText(a.at, b.at));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const PAYMENT_MOMENTS = { succeeded: 'payment_succeeded', failed: 'payment_failed', processing: 'payment_processing' } as const;

function paymentMoment({ payment }: ListedPayment): readonly InvoiceMoment[] {
  const { payablePaymentStatus: status } = payment;
  if (status === 'pending') return [];
  return [
    {
      kind: PAYMENT_MOMENTS[status],
      at: formatInstant(payment.paymentType === 'manual' ? payment.createdAt : payment.updatedAt),
      is_upcoming: false,
      lago_id: payment.id,
      amount_cents: centsToWire(payment.amountCents),
      code: payment.errorCode,
    },
  ];
}

function serializeDelivery(delivery: DeliveryOfObject): ObjectDelivery {
  const at = (epochMs: number): string => formatInstant(Temporal.Instant.fromEpochMilliseconds(epochMs));
  return {
    lago_id: delivery.id,
    lago_webhook_endpoint_id: delivery.endpointId,
    webhook_type: delivery.webhookType,
    status: delivery.status,
    attempts: delivery.attempts,
    http_status: delivery.httpStatus,
    created_at: at(delivery.createdAt),
    last_tried_at: delivery.lastTriedAt === null ? null : at(delivery.lastTriedAt),
  };
}
