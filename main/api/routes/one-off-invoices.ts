import { z } from 'zod';
import { invoiceAnswer } from '../../../shared/wire/invoice.ts';
import { oneOffInvoiceInput } from '../../../shared/wire/one-off-invoice.ts';
import { createOneOffInvoice } from '../../invoicing/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readOneOffInvoiceInput } from '../wire/add-on.ts';
import { answerInvoice } from './invoices.ts';

/** Rule: api.md § 10 "One-off input", invoicing.md § 5. */
export const oneOffInvoiceRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/invoices',
    summary: 'Invoice add-ons to a customer; the invoice is final at once',
    tag: 'Invoices',
    wrapper: 'invoice',
    body: checkedBody(oneOffInvoiceInput),
    answer: z.object({ invoice: invoiceAnswer }),
    respond: async ({ body, ...request }) => {
      const created = await createOneOffInvoice(request.context, readOneOffInvoiceInput(body.values), body.refused);
      return created.ok ? answerInvoice(request, created.value.id) : created;
    },
  }),
];
