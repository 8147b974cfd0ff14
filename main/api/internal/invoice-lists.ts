import { z } from 'zod';
import { isCurrencyCode } from '../../../shared/currency.ts';
import { dateIn, formatInstant } from '../../../shared/dates.ts';
import { decimal, type Decimal } from '../../../shared/decimal.ts';
import {
  INVOICE_SORTS,
  INVOICE_TABS,
  type InvoiceRow,
  type UpcomingInvoice,
  type UpcomingInvoiceRow,
} from '../../../shared/internal/invoices.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { cents, centsToUnits, centsToWire } from '../../../shared/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import { pageOfInvoices, type InvoiceListRow, type InvoicePageFilter } from '../../invoicing/index.ts';
import { findUpcoming, listUpcoming, previewUpcoming, type UpcomingBilling } from '../../subscriptions/index.ts';
import type { QueryValues } from '../query.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { answerInvoice } from '../routes/invoices.ts';
import { dueAmount } from '../wire/invoice.ts';
import { csvAnswer, type CsvColumn } from './csv.ts';
import { groupsOf } from './invoice-groups.ts';
import { askedPage } from './list-wish.ts';

const shared = { method: 'get', access: 'session', tag: 'internal', answer: z.unknown() } as const;
/** Each is computed afresh, in the order in which they fall due. */
const UPCOMING_ROWS = 25;
const EXPORTED_AT_ONCE = 500;

export const invoiceListRoutes: readonly Route[] = [
  route({
    ...shared,
    path: '/lists/invoices',
    summary: 'Invoices by any column',
    respond: ({ context, query }) => {
      const page = pageOfInvoices(context, readInvoiceFilter(query), askedPage(query, INVOICE_SORTS));
      const answer: ListAnswer<InvoiceRow> = { ...page, rows: page.rows.map(serializeRow) };
      return ok(answer);
    },
  }),
  route({
    ...shared,
    path: '/lists/invoices.csv',
    summary: 'All invoices that the filters leave, as comma-separated text',
    respond: ({ context, query }) => {
      const filter = readInvoiceFilter(query);
      const asked = { ...askedPage(query, INVOICE_SORTS), limit: EXPORTED_AT_ONCE };
      return ok(csvAnswer('invoices.csv', CSV_COLUMNS, (after) => pageOfInvoices(context, filter, { ...asked, after })));
    },
  }),
  route({
    ...shared,
    path: '/lists/upcoming_invoices',
    summary: 'What open periods come to so far, soonest first; nothing is stored',
    respond: async ({ query, ...request }) => {
      const { after, limit } = askedPage(query, ['billing_at']);
      const page = listUpcoming(request.context, { customerId: query.text('customer_id'), after, limit: Math.min(limit, UPCOMING_ROWS) });
      const rows: UpcomingInvoiceRow[] = [];
      for (const billing of page.rows) rows.push(await upcomingRow(request, billing));
      const answer: ListAnswer<UpcomingInvoiceRow> = { ...page, rows };
      return ok(answer);
    },
  }),
  route({
    ...shared,
    path: '/upcoming_invoices/:subscription_id',
    summary: 'The next invoice of a subscription, with those that fall due with it',
    respond: async ({ pathValues, ...request }) => {
      const found = findUpcoming(request.context, pathValues['subscription_id'] ?? '');
      if (!found.ok) return found;
      const billing = found.value;
      const previewed = await preview(request, billing);
      const answer: UpcomingInvoice = {
        ...billingDay(billing, previewed),
        customer: customerOf(billing),
        timezone: previewed?.timezone ?? 'UTC',
        subscriptions: subscriptionsOf(billing),
        invoice: previewed?.invoice ?? null,
        groups: previewed?.groups ?? [],
      };
      return ok(answer);
    },
  }),
];

type Request = Pick<RouteRequest<unknown>, 'context' | 'baseUrl'>;

/** What the lists of invoices and their export are narrowed by. */
export function readInvoiceFilter(query: QueryValues): InvoicePageFilter {
  const overdue = query.boolean('payment_overdue');
  return {
    tab: INVOICE_TABS.find((tab) => tab === query.text('tab')) ?? 'all',
    customerId: given(query.text('customer_id')),
    subscriptionId: given(query.text('subscription_id')),
    invoiceTypes: query.list('invoice_type')?.filter((type) => type !== ''),
    currency: given(query.text('currency')),
    issuedFrom: given(query.text('issuing_date_from')),
    issuedTo: given(query.text('issuing_date_to')),
    amountFrom: amountOf(query.text('amount_from')),
    amountTo: amountOf(query.text('amount_to')),
    isOverdue: typeof overdue === 'boolean' ? overdue : undefined,
    search: given(query.text('search')?.trim()),
    ids: query.list('lago_id'),
  };
}

export function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

const AMOUNT_TEXT = /^\d{1,13}(\.\d{1,4})?$/;

/** An amount in units of a currency; what is none narrows nothing. */
function amountOf(text: string | undefined): Decimal | undefined {
  return text !== undefined && AMOUNT_TEXT.test(text) ? decimal(text) : undefined;
}

function serializeRow(row: InvoiceListRow): InvoiceRow {
  return {
    lago_id: row.id,
    number: row.number,
    status: row.status as InvoiceRow['status'],
    payment_status: row.paymentStatus,
    payment_overdue: row.paymentOverdue === 1,
    payment_dispute_lost: row.isDisputeLost === 1,
    invoice_type: row.invoiceType,
    issuing_date: row.issuingDate,
    payment_due_date: row.paymentDueDate,
    currency: row.currency,
    total_amount_cents: row.totalAmountCents,
    total_due_amount_cents: dueOfRow(row),
    has_document: row.hasDocument === 1,
    customer: { lago_id: row.customerId, external_id: row.externalCustomerId, name: row.customerName },
  };
}

function dueOfRow(row: InvoiceListRow): number {
  return centsToWire(
    dueAmount({
      status: row.status,
      totalAmountCents: cents(row.totalAmountCents),
      totalPaidAmountCents: cents(row.totalPaidAmountCents),
      totalOffsettedCreditNoteAmountCents: cents(row.totalOffsettedCreditNoteAmountCents),
    }),
  );
}

/** Cents in units of their currency, for people and their spreadsheets. */
export function amountText(amountCents: number, currency: string): string {
  return isCurrencyCode(currency) ? centsToUnits(cents(amountCents), currency).toFixed() : String(amountCents);
}

const CSV_COLUMNS: readonly CsvColumn<InvoiceListRow>[] = [
  { name: 'lago_id', value: (row) => row.id },
  { name: 'number', value: (row) => row.number },
  { name: 'external_customer_id', value: (row) => row.externalCustomerId },
  { name: 'customer_name', value: (row) => row.customerName },
  { name: 'issuing_date', value: (row) => row.issuingDate },
  { name: 'payment_due_date', value: (row) => row.paymentDueDate },
  { name: 'invoice_type', value: (row) => row.invoiceType },
  { name: 'status', value: (row) => row.status },
  { name: 'payment_status', value: (row) => row.paymentStatus },
  { name: 'payment_overdue', value: (row) => String(row.paymentOverdue === 1) },
  { name: 'currency', value: (row) => row.currency },
  { name: 'total_amount', value: (row) => amountText(row.totalAmountCents, row.currency) },
  { name: 'total_due_amount', value: (row) => amountText(dueOfRow(row), row.currency) },
];

interface Preview {
  readonly invoice: InvoiceAnswer;
  readonly groups: UpcomingInvoice['groups'];
  readonly timezone: string;
}

async function preview(request: Request, billing: UpcomingBilling): Promise<Preview | null> {
  const previewed = await previewUpcoming(request.context, billing, async (inside, id): Promise<Result<Preview>> => {
    const answer = await answerInvoice({ context: inside, baseUrl: request.baseUrl }, id);
    if (!answer.ok) return answer;
    const { invoice } = answer.value;
    const timezone = invoice.customer.applicable_timezone;
    return ok({ invoice, groups: groupsOf(inside, invoice, timezone), timezone });
  });
  if (previewed === null) return null;
  const { shown } = previewed;
  // Ids stay as keys of the lines, though nothing behind them can be opened.
  return { ...shown, invoice: { ...shown.invoice, number: '', sequential_id: null } };
}

async function upcomingRow(request: Request, billing: UpcomingBilling): Promise<UpcomingInvoiceRow> {
  const previewed = await preview(request, billing);
  return {
    lago_subscription_id: billing.subscriptions[0]?.id ?? '',
    ...billingDay(billing, previewed),
    customer: customerOf(billing),
    subscriptions: subscriptionsOf(billing),
    invoice: previewed === null ? null : shortened(previewed.invoice),
  };
}

function billingDay({ billingAt }: UpcomingBilling, previewed: Preview | null): Pick<UpcomingInvoice, 'billing_at' | 'billing_on'> {
  return { billing_at: formatInstant(billingAt), billing_on: dateIn(billingAt, previewed?.timezone ?? 'UTC').toString() };
}

function shortened(invoice: InvoiceAnswer): UpcomingInvoiceRow['invoice'] {
  const { issuing_date, payment_due_date, currency, fees_amount_cents, taxes_amount_cents, total_amount_cents } = invoice;
  return { issuing_date, payment_due_date, currency, fees_amount_cents, taxes_amount_cents, total_amount_cents };
}

function customerOf(billing: UpcomingBilling): UpcomingInvoiceRow['customer'] {
  return { lago_id: billing.customerId, external_id: billing.externalCustomerId, name: billing.customerName };
}

function subscriptionsOf(billing: UpcomingBilling): UpcomingInvoiceRow['subscriptions'] {
  return billing.subscriptions.map(({ id, externalId, name }) => ({ lago_id: id, external_id: externalId, name }));
}
