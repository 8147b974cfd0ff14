import { z } from 'zod';
import { formatInstant, parseDate, Temporal } from '../../../shared/dates.ts';
import type { PaymentAttempt } from '../../../shared/internal/invoices.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { PAYMENT_SORTS, type PaymentFacts, type PaymentRow } from '../../../shared/internal/payments.ts';
import { centsToWire } from '../../../shared/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { readCustomer } from '../../customers/index.ts';
import { readInvoice, readNamedCustomer } from '../../invoicing/index.ts';
import {
  findPayment,
  pageOfPayments,
  paymentRefusals,
  refundsOf,
  type ListedPayment,
  type PaymentListRow,
  type PaymentPageFilter,
} from '../../payments/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { QueryValues } from '../query.ts';
import { route, type Route } from '../route.ts';
import { dueAmount } from '../wire/invoice.ts';
import { serializePayment } from '../wire/payment.ts';
import { csvAnswer, type CsvColumn } from './csv.ts';
import { amountText, given } from './invoice-lists.ts';
import { askedPage } from './list-wish.ts';

const shared = { method: 'get', access: 'session', tag: 'internal', answer: z.unknown() } as const;
const EXPORTED_AT_ONCE = 500;

/** Rule: ui.md § 4.7. */
export const paymentScreenRoutes: readonly Route[] = [
  route({
    ...shared,
    path: '/lists/payments',
    summary: 'Payments by any column',
    respond: ({ context, query }) => {
      const page = pageOfPayments(context, readFilter(query), askedPage(query, PAYMENT_SORTS));
      return ok({ ...page, rows: page.rows.map(serializeRow) } satisfies ListAnswer<PaymentRow>);
    },
  }),
  route({
    ...shared,
    path: '/lists/payments.csv',
    summary: 'All payments that the filters leave, as comma-separated text',
    respond: ({ context, query }) => {
      const filter = readFilter(query);
      const asked = { ...askedPage(query, PAYMENT_SORTS), limit: EXPORTED_AT_ONCE };
      return ok(csvAnswer('payments.csv', CSV_COLUMNS, (after) => pageOfPayments(context, filter, { ...asked, after })));
    },
  }),
  route({
    ...shared,
    path: '/payments/:id',
    summary: 'Everything that is known of a payment',
    respond: ({ context, pathValues }) => answerFacts(context, pathValues['id'] ?? ''),
  }),
];

/** A payment with why it failed, and when it is looked at again. */
export function serializeAttempt(listed: ListedPayment): PaymentAttempt {
  const { payment } = listed;
  return {
    ...serializePayment(listed),
    error_code: payment.errorCode,
    tries: payment.tries,
    next_try_at: payment.nextTryAt === null ? null : formatInstant(payment.nextTryAt),
    updated_at: formatInstant(payment.updatedAt),
  };
}

async function answerFacts(context: ServiceContext, id: string): Promise<Result<PaymentFacts>> {
  const found = await findPayment(context, id);
  if (!found.ok) return found;
  const { read } = context.database;
  const { payment } = found.value;
  const invoice = await readInvoice(read, payment.invoiceId);
  const customer = readNamedCustomer(read, payment.customerId);
  const refusals = paymentRefusals(read, invoice, await readCustomer(read, invoice.customerId));
  return ok({
    payment: serializeAttempt(found.value),
    customer: { lago_id: customer.id, external_id: customer.externalId, name: customer.name },
    invoice: {
      lago_id: invoice.id,
      number: invoice.number,
      currency: invoice.currency,
      payment_status: invoice.paymentStatus,
      total_due_amount_cents: centsToWire(dueAmount(invoice)),
    },
    retry_refusal: refusals.retry_payment,
    refunds: refundsOf(context, { paymentId: id }).map((refund) => ({
      lago_id: refund.id,
      lago_credit_note_id: refund.creditNoteId,
      amount_cents: centsToWire(refund.amountCents),
      status: refund.status,
      error_code: refund.errorCode,
      created_at: formatInstant(refund.createdAt),
    })),
  });
}

function readFilter(query: QueryValues): PaymentPageFilter {
  return {
    customerId: given(query.text('customer_id')),
    invoiceId: given(query.text('invoice_id')),
    paymentType: given(query.text('type')),
    paymentStatus: given(query.text('payment_status')),
    currency: given(query.text('currency')),
    createdFrom: dayStart(query.text('created_from'), 0),
    createdBefore: dayStart(query.text('created_to'), 1),
    search: given(query.text('search')?.trim()),
  };
}

/** Days of UTC: a payment belongs to no one zone. */
function dayStart(text: string | undefined, daysLater: number): number | undefined {
  return parseDate(text)?.add({ days: daysLater }).toZonedDateTime('UTC').epochMilliseconds;
}

function timeText(epochMs: number): string {
  return formatInstant(Temporal.Instant.fromEpochMilliseconds(epochMs));
}

function serializeRow(row: PaymentListRow): PaymentRow {
  return {
    lago_id: row.id,
    type: row.paymentType,
    amount_cents: row.amountCents,
    currency: row.currency,
    status: row.status,
    payment_status: row.payablePaymentStatus,
    reference: row.reference,
    payment_provider_code: row.providerCode,
    provider_payment_id: row.providerPaymentId,
    error_code: row.errorCode,
    created_at: timeText(row.createdAt),
    invoice: { lago_id: row.invoiceId, number: row.invoiceNumber },
    customer: { lago_id: row.customerId, external_id: row.externalCustomerId, name: row.customerName },
  };
}

const CSV_COLUMNS: readonly CsvColumn<PaymentListRow>[] = [
  { name: 'lago_id', value: (row) => row.id },
  { name: 'created_at', value: (row) => timeText(row.createdAt) },
  { name: 'external_customer_id', value: (row) => row.externalCustomerId },
  { name: 'customer_name', value: (row) => row.customerName },
  { name: 'invoice_number', value: (row) => row.invoiceNumber },
  { name: 'type', value: (row) => row.paymentType },
  { name: 'payment_status', value: (row) => row.payablePaymentStatus },
  { name: 'currency', value: (row) => row.currency },
  { name: 'amount', value: (row) => amountText(row.amountCents, row.currency) },
  { name: 'reference', value: (row) => row.reference },
  { name: 'provider_payment_id', value: (row) => row.providerPaymentId },
  { name: 'error_code', value: (row) => row.errorCode },
];
