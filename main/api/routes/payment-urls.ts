import { z } from 'zod';
import { paymentUrlAnswer } from '../../../shared/wire/payment-provider.ts';
import { route, type Route } from '../route.ts';
import { serializePaymentUrl } from '../wire/payment-provider.ts';
import { wrapResult } from '../wire/wrapped.ts';

/** Rule: payments-and-webhooks.md § 7, invoicing.md § 9. */
export const paymentUrlRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/invoices/:id/payment_url',
    summary: "A page of the customer's payment provider on which the invoice can be paid",
    tag: 'Invoices',
    answer: z.object({ invoice_payment_details: paymentUrlAnswer }),
    respond: async ({ services, pathValues }) =>
      wrapResult('invoice_payment_details', await services.payments.createPaymentLink(pathValues['id'] ?? ''), serializePaymentUrl),
  }),
];
