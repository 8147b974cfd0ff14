import { z } from 'zod';
import { ok } from '../../../shared/result.ts';
import { invoiceAnswer } from '../../../shared/wire/invoice.ts';
import { invoicePreviewBody } from '../../../shared/wire/invoice-preview.ts';
import { previewInvoice } from '../../subscriptions/index.ts';
import { route, type Route } from '../route.ts';
import { readPreviewInput, serializePreview } from '../wire/invoice-preview.ts';
import { answerInvoice } from './invoices.ts';

/** Rule: api.md § 10, subscriptions.md § 11. */
export const invoicePreviewRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/invoices/preview',
    summary: 'Show what an invoice would be, storing nothing: the first of a new subscription, or the next of existing ones',
    tag: 'Invoices',
    body: invoicePreviewBody,
    answer: z.object({ invoice: invoiceAnswer }),
    respond: async ({ context, body, baseUrl }) => {
      const previewed = await previewInvoice(context, readPreviewInput(body), (inside, id) =>
        answerInvoice({ context: inside, baseUrl }, id),
      );
      if (!previewed.ok) return previewed;
      const { shown, madeIds } = previewed.value;
      return ok({ invoice: serializePreview(shown.invoice, madeIds) });
    },
  }),
];
