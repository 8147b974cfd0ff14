import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { FEE_PAYMENT_STATUSES, FEE_TYPES, feeUpdateBody, feeWithTaxesAnswer } from '../../../shared/wire/fee.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import { deleteFee, findFee, listFees, updateFee, type FeeFilter } from '../../invoicing/index.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route } from '../route.ts';
import { serializeFeeWithTaxes } from '../wire/fee.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Fees';
const answer = z.object({ fee: feeWithTaxesAnswer });

/** Rule: api.md § 9. */
export const feeRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/fees',
    summary: 'List fees, oldest first',
    tag,
    queryKeys: {
      page: 'Page, from 1',
      per_page: 'Rows of a page, 100 unless told, 1000 at most',
      external_customer_id: 'The customer',
      external_subscription_id: 'The subscription',
      currency: 'ISO 4217 code',
      fee_type: `One of ${FEE_TYPES.join(', ')}`,
      billable_metric_code: 'Usage fees of this billable metric',
      payment_status: `One of ${FEE_PAYMENT_STATUSES.join(', ')}`,
      event_transaction_id: 'The event that was billed when it was received',
      created_at_from: 'Date-time; likewise succeeded_at_from, failed_at_from, refunded_at_from',
      created_at_to: 'Date-time; likewise succeeded_at_to, failed_at_to, refunded_at_to',
    },
    answer: z.object({ fees: z.array(feeWithTaxesAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const filters = new ListFilters(query);
      const filter = readFilter(filters);
      const refusal = filters.refusal();
      if (refusal !== null) return refusal;
      const page = query.page();
      return ok(wrapPage('fees', await listFees(context, filter, page), { page, serialize: serializeFeeWithTaxes }));
    },
  }),
  route({
    method: 'get',
    path: '/fees/:id',
    summary: 'Read a fee',
    tag,
    answer,
    respond: async ({ context, pathValues }): Promise<Result<unknown>> =>
      wrapResult('fee', await findFee(context, pathValues['id'] ?? ''), serializeFeeWithTaxes),
  }),
  route({
    method: 'put',
    path: '/fees/:id',
    summary: 'Say whether a fee without invoice was paid',
    tag,
    wrapper: 'fee',
    body: feeUpdateBody,
    answer,
    respond: async ({ context, pathValues, body }) => {
      const updated = await updateFee(context, pathValues['id'] ?? '', { paymentStatus: body.payment_status });
      return updated.ok ? wrapResult('fee', await findFee(context, updated.value.id), serializeFeeWithTaxes) : updated;
    },
  }),
  route({
    method: 'delete',
    path: '/fees/:id',
    summary: 'Take back a fee without invoice',
    tag,
    answer,
    respond: async ({ context, pathValues }) => {
      const found = await findFee(context, pathValues['id'] ?? '');
      if (!found.ok) return found;
      const deleted = await deleteFee(context, found.value.fee.id);
      return deleted.ok ? wrapResult('fee', found, serializeFeeWithTaxes) : deleted;
    },
  }),
];

function readFilter(filters: ListFilters): FeeFilter {
  const span = (
    time: string,
  ): { readonly from?: ReturnType<ListFilters['instant']>; readonly to?: ReturnType<ListFilters['instant']> } => ({
    from: filters.instant(`${time}_at_from`),
    to: filters.instant(`${time}_at_to`),
  });
  return {
    externalCustomerId: filters.text('external_customer_id'),
    externalSubscriptionId: filters.text('external_subscription_id'),
    currency: filters.currency('currency'),
    feeType: filters.word('fee_type', FEE_TYPES),
    billableMetricCode: filters.text('billable_metric_code'),
    paymentStatus: filters.word('payment_status', FEE_PAYMENT_STATUSES),
    eventTransactionId: filters.text('event_transaction_id'),
    times: { created: span('created'), succeeded: span('succeeded'), failed: span('failed'), refunded: span('refunded') },
  };
}
