import { z } from 'zod';
import { ok, type Result } from '../../../shared/result.ts';
import { APPLIED_COUPON_STATUSES, appliedCouponAnswer, appliedCouponInput } from '../../../shared/wire/coupon.ts';
import { invoiceAnswer } from '../../../shared/wire/invoice.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import {
  applyCoupon,
  listAppliedCoupons,
  removeAppliedCoupon,
  type AppliedCouponDetails,
  type AppliedCouponFilter,
} from '../../customers/index.ts';
import { checkedBody } from '../checked-body.ts';
import { ListFilters } from '../list-filters.ts';
import { route, type Route, type RouteRequest } from '../route.ts';
import { readCouponApplication, serializeAppliedCoupon, serializeListedAppliedCoupon } from '../wire/coupon.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Coupons';
const answer = z.object({ applied_coupon: appliedCouponAnswer });

export const appliedCouponPageAnswer = z.object({
  applied_coupons: z.array(appliedCouponAnswer.extend({ credits: invoiceAnswer.shape.credits })),
  meta: pageMetaAnswer,
});

/** The query's keys of every list of applied coupons, for the OpenAPI page. */
export const APPLIED_COUPON_LIST_KEYS: Readonly<Record<string, string>> = {
  page: 'Page, from 1',
  per_page: 'Rows of a page, 100 unless told, 1000 at most',
  status: `One of ${APPLIED_COUPON_STATUSES.join(', ')}; both unless told`,
  'coupon_code[]': 'Codes of coupons',
};

/** Rule: api.md § 11, invoicing.md § 4. */
export const appliedCouponRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/applied_coupons',
    summary: 'Give a coupon to a customer',
    tag,
    wrapper: 'applied_coupon',
    body: checkedBody(appliedCouponInput),
    answer,
    respond: async ({ context, body }) => appliedResult(await applyCoupon(context, readCouponApplication(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/applied_coupons',
    summary: 'List who has or had which coupon, newest first, with what it took off invoices',
    tag,
    queryKeys: { external_customer_id: 'The customer', ...APPLIED_COUPON_LIST_KEYS },
    answer: appliedCouponPageAnswer,
    respond: (request) => answerAppliedCouponPage(request, {}),
  }),
  route({
    method: 'delete',
    path: '/customers/:external_id/applied_coupons/:lago_id',
    summary: 'Take a coupon away from a customer',
    tag: 'Customers',
    answer,
    respond: async ({ context, pathValues }) => {
      const named = { externalCustomerId: pathValues['external_id'] ?? '', id: pathValues['lago_id'] ?? '' };
      return appliedResult(await removeAppliedCoupon(context, named));
    },
  }),
];

/** A page of applied coupons; `within` is what the route itself fixes. A status that does not exist filters nothing. */
export async function answerAppliedCouponPage(
  request: Pick<RouteRequest<unknown>, 'context' | 'query'>,
  within: AppliedCouponFilter,
): Promise<Result<unknown>> {
  const { context, query } = request;
  const filters = new ListFilters(query);
  const codes = (query.list('coupon_code') ?? []).filter((code) => code !== '');
  const filter: AppliedCouponFilter = {
    externalCustomerId: filters.text('external_customer_id', 'customer_id'),
    status: APPLIED_COUPON_STATUSES.find((status) => status === filters.text('status')),
    couponCodes: codes.length === 0 ? undefined : codes,
    ...within,
  };
  const refusal = filters.refusal();
  if (refusal !== null) return refusal;
  const page = query.page();
  const listed = await listAppliedCoupons(context.database.read, context.organizationId, { filter, page });
  return ok(wrapPage('applied_coupons', listed, { page, serialize: serializeListedAppliedCoupon }));
}

function appliedResult(result: Result<AppliedCouponDetails>): Result<unknown> {
  return wrapResult('applied_coupon', result, serializeAppliedCoupon);
}
