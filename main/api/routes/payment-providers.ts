import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { paymentProviderAnswer, paymentProviderInput, reconciledAnswer } from '../../../shared/wire/payment-provider.ts';
import type { ProviderView } from '../../payments/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readProviderInput, serializeProvider } from '../wire/payment-provider.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Payment providers';
const answer = z.object({ payment_provider: paymentProviderAnswer });

/** Rule: payments-and-webhooks.md §§ 2, 6. */
export const paymentProviderRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/payment_providers',
    summary: 'List payment providers, newest first',
    tag,
    answer: z.object({ payment_providers: z.array(paymentProviderAnswer), meta: pageMetaAnswer }),
    respond: async ({ services, query }) => {
      const page = query.page();
      return ok(wrapPage('payment_providers', await services.payments.listProviders(page), { page, serialize: serializeProvider }));
    },
  }),
  route({
    method: 'put',
    path: '/payment_providers/:code',
    summary: 'Set a payment provider up under a code, or change it; a secret key is tried out first, and never shown again',
    tag,
    wrapper: 'payment_provider',
    body: checkedBody(paymentProviderInput),
    answer,
    respond: async ({ services, pathValues, body }) =>
      providerResult(await services.payments.saveProvider(pathValues['code'] ?? '', readProviderInput(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/payment_providers/:code',
    summary: 'Read a payment provider',
    tag,
    answer,
    respond: async ({ services, pathValues }) => providerResult(await services.payments.findProvider(pathValues['code'] ?? '')),
  }),
  route({
    method: 'delete',
    path: '/payment_providers/:code',
    summary: 'Remove a payment provider; its customers are detached from it',
    tag,
    answer,
    respond: async ({ services, pathValues }) => providerResult(await services.payments.deleteProvider(pathValues['code'] ?? '')),
  }),
  route({
    method: 'post',
    path: '/payment_providers/:code/reconcile',
    summary: 'Look at everything that is open with a payment provider, now',
    tag,
    answer: z.object({ reconciled: reconciledAnswer }),
    respond: async ({ services, pathValues }) =>
      wrapResult('reconciled', await services.payments.reconcile(pathValues['code'] ?? ''), ({ checked, changed }) => ({
        checked,
        changed,
      })),
  }),
];

function providerResult(result: Result<ProviderView>): Result<unknown> {
  return wrapResult('payment_provider', result, serializeProvider);
}
