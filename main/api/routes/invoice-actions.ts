import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { invoiceAnswer, invoiceVoidBody } from '../../../shared/wire/invoice.ts';
import { deleteDraft, loseDispute, retryInvoice, voidInvoice } from '../../invoicing/index.ts';
import { retryPayment } from '../../payments/index.ts';
import { emptyAnswer, route, type Route, type RouteRequest } from '../route.ts';
import { answerInvoice } from './invoices.ts';

const tag = 'Invoices';
const answer = z.object({ invoice: invoiceAnswer });

/** What ends an invoice, or asks for its money again. Rule: api.md § 10, invoicing.md § 9. */
export const invoiceActionRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/invoices/:id/void',
    summary: 'Cancel an unpaid final invoice for good; its coupons and wallet credits are given back',
    tag,
    optionalBody: true,
    body: invoiceVoidBody,
    answer,
    respond: async ({ pathValues, body, ...request }) =>
      answerChanged(request, await voidInvoice(request.context, pathValues['id'] ?? '', body)),
  }),
  route({
    method: 'post',
    path: '/invoices/:id/lose_dispute',
    summary: 'Say that the payer’s dispute was lost',
    tag,
    answer,
    respond: async ({ pathValues, ...request }) => answerChanged(request, await loseDispute(request.context, pathValues['id'] ?? '')),
  }),
  route({
    method: 'post',
    path: '/invoices/:id/retry_payment',
    summary: 'Ask once more for what is due; the collection runs in the background',
    tag,
    answer: z.unknown(),
    respond: async ({ context, pathValues }) => {
      const retried = await retryPayment(context, pathValues['id'] ?? '');
      return retried.ok ? ok(emptyAnswer()) : retried;
    },
  }),
  route({
    method: 'post',
    path: '/invoices/:id/retry',
    summary: 'Try once more to make an invoice that failed',
    tag,
    answer,
    respond: async ({ pathValues, ...request }) => answerChanged(request, await retryInvoice(request.context, pathValues['id'] ?? '')),
  }),
  route({
    method: 'delete',
    path: '/invoices/:id',
    summary: 'Remove a draft',
    tag,
    answer,
    respond: async ({ pathValues, ...request }) => {
      const id = pathValues['id'] ?? '';
      const shown = await answerInvoice(request, id);
      const deleted = await deleteDraft(request.context, id);
      return deleted.ok ? shown : deleted;
    },
  }),
];

async function answerChanged(
  request: Pick<RouteRequest<unknown>, 'context' | 'baseUrl'>,
  changed: Result<{ readonly id: string }>,
): Promise<Result<unknown>> {
  return changed.ok ? answerInvoice(request, changed.value.id) : changed;
}
