import { z } from 'zod';
import { notFound, type Result } from '../../../shared/result.ts';
import { creditNoteAnswer } from '../../../shared/wire/credit-note.ts';
import { listedInvoiceAnswer } from '../../../shared/wire/invoice.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { subscriptionAnswer } from '../../../shared/wire/subscription.ts';
import { findCustomer } from '../../customers/index.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { answerAppliedCouponPage, APPLIED_COUPON_LIST_KEYS, appliedCouponPageAnswer } from './applied-coupons.ts';
import { answerCreditNotePage, CREDIT_NOTE_LIST_KEYS } from './credit-notes.ts';
import { answerInvoicePage, INVOICE_LIST_KEYS } from './invoices.ts';
import { answerPaymentPage, PAYMENT_LIST_KEYS, paymentPageAnswer } from './payments.ts';
import { answerSubscriptionPage, SUBSCRIPTION_LIST_KEYS } from './subscriptions.ts';

const tag = 'Customers';

type Request = RouteRequest<unknown>;

/** One customer's own lists: as the top-level ones, but an unknown customer is 404. Rule: api.md § 5. */
export const customerListRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/customers/:external_id/subscriptions',
    summary: 'List the subscriptions of a customer',
    tag,
    queryKeys: SUBSCRIPTION_LIST_KEYS,
    answer: z.object({ subscriptions: z.array(subscriptionAnswer), meta: pageMetaAnswer }),
    respond: (request) => ofCustomer(request, answerSubscriptionPage),
  }),
  route({
    method: 'get',
    path: '/customers/:external_id/invoices',
    summary: 'List the invoices of a customer',
    tag,
    queryKeys: INVOICE_LIST_KEYS,
    answer: z.object({ invoices: z.array(listedInvoiceAnswer), meta: pageMetaAnswer }),
    respond: (request) => ofCustomer(request, answerInvoicePage),
  }),
  route({
    method: 'get',
    path: '/customers/:external_id/credit_notes',
    summary: 'List the credit notes of a customer',
    tag,
    queryKeys: CREDIT_NOTE_LIST_KEYS,
    answer: z.object({ credit_notes: z.array(creditNoteAnswer), meta: pageMetaAnswer }),
    respond: (request) => ofCustomer(request, answerCreditNotePage),
  }),
  route({
    method: 'get',
    path: '/customers/:external_id/payments',
    summary: 'List the payments of a customer',
    tag,
    queryKeys: PAYMENT_LIST_KEYS,
    answer: paymentPageAnswer,
    respond: (request) => ofCustomer(request, answerPaymentPage),
  }),
  route({
    method: 'get',
    path: '/customers/:external_id/applied_coupons',
    summary: 'List the coupons that a customer has or had',
    tag,
    queryKeys: APPLIED_COUPON_LIST_KEYS,
    answer: appliedCouponPageAnswer,
    respond: (request) => ofCustomer(request, answerAppliedCouponPage),
  }),
];

async function ofCustomer(
  request: Request,
  answerPage: (
    request: Request,
    within: { readonly customerId: string; readonly externalCustomerId: undefined },
  ) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const { context, pathValues } = request;
  const customer = await findCustomer(context.database.read, context.organizationId, pathValues['external_id'] ?? '');
  if (customer === null) return notFound('customer');
  // The path names the customer; a filter in the query cannot name another one.
  return answerPage(request, { customerId: customer.id, externalCustomerId: undefined });
}
