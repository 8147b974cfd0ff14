import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { paymentAnswer, paymentBody } from '../../../shared/wire/payment.ts';
import { createManualPayment, findPayment, listPayments, type PaymentFilter } from '../../payments/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { checkedBody } from '../checked-body.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { readManualPaymentInput, serializePayment } from '../wire/payment.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Payments';
const answer = z.object({ payment: paymentAnswer });

/** The query's keys of every list of payments, for the OpenAPI page. */
export const PAYMENT_LIST_KEYS: Readonly<Record<string, string>> = {
  page: 'Page, from 1',
  per_page: 'Rows of a page, 100 unless told, 1000 at most',
  invoice_id: 'The invoice that is paid',
};

export const paymentPageAnswer = z.object({ payments: z.array(paymentAnswer), meta: pageMetaAnswer });

/** Rule: api.md § 15, invoicing.md § 9. */
export const paymentRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/payments',
    summary: 'Record money that came in without a provider',
    tag,
    wrapper: 'payment',
    body: checkedBody(paymentBody),
    answer,
    respond: async ({ context, body }) => {
      const created = await createManualPayment(context, readManualPaymentInput(body.values), body.refused);
      return created.ok ? answerPayment(context, created.value.id) : created;
    },
  }),
  route({
    method: 'get',
    path: '/payments',
    summary: 'List payments, newest first',
    tag,
    queryKeys: { external_customer_id: 'The customer', ...PAYMENT_LIST_KEYS },
    answer: paymentPageAnswer,
    respond: (request) => answerPaymentPage(request, {}),
  }),
  route({
    method: 'get',
    path: '/payments/:id',
    summary: 'Read a payment',
    tag,
    answer,
    respond: ({ context, pathValues }) => answerPayment(context, pathValues['id'] ?? ''),
  }),
];

/** A page of payments; `within` is what the route itself fixes. */
export async function answerPaymentPage(
  { context, query }: Pick<RouteRequest<unknown>, 'context' | 'query'>,
  within: PaymentFilter,
): Promise<Result<unknown>> {
  const filters = new ListFilters(query);
  const filter = { externalCustomerId: filters.text('external_customer_id'), invoiceId: filters.text('invoice_id'), ...within };
  const page = query.page();
  return ok(wrapPage('payments', await listPayments(context, filter, page), { page, serialize: serializePayment }));
}

async function answerPayment(context: ServiceContext, id: string): Promise<Result<unknown>> {
  return wrapResult('payment', await findPayment(context, id), serializePayment);
}
