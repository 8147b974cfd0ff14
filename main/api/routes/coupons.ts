import { z } from 'zod';
import { present } from '../../../shared/assert.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { couponAnswer, couponInput } from '../../../shared/wire/coupon.ts';
import { pageMetaAnswer } from '../../../shared/wire/page-meta.ts';
import {
  createCoupon,
  deleteCoupon,
  findCoupon,
  listCoupons,
  readCouponsDetails,
  updateCoupon,
  type CouponDetails,
} from '../../catalog/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readCouponInput, serializeCoupon } from '../wire/coupon.ts';
import { wrapPage, wrapResult } from '../wire/wrapped.ts';

const tag = 'Coupons';
const answer = z.object({ coupon: couponAnswer });
const body = checkedBody(couponInput);

/** Rule: api.md § 11, invoicing.md § 4. */
export const couponRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/coupons',
    summary: 'Create a coupon',
    tag,
    wrapper: 'coupon',
    body,
    answer,
    respond: async ({ context, body }) => couponResult(await createCoupon(context, readCouponInput(body.values), body.refused)),
  }),
  route({
    method: 'get',
    path: '/coupons',
    summary: 'List coupons, newest first',
    tag,
    answer: z.object({ coupons: z.array(couponAnswer), meta: pageMetaAnswer }),
    respond: async ({ context, query }) => {
      const page = query.page();
      const { read } = context.database;
      const { rows, totalCount } = await listCoupons(read, context.organizationId, page);
      const listed = { rows: await readCouponsDetails(read, rows), totalCount };
      return ok(wrapPage('coupons', listed, { page, serialize: serializeCoupon }));
    },
  }),
  route({
    method: 'get',
    path: '/coupons/:code*',
    summary: 'Read a coupon',
    tag,
    answer,
    respond: async ({ context, pathValues }) => {
      const { read } = context.database;
      const coupon = await findCoupon(read, context.organizationId, pathValues['code'] ?? '');
      if (coupon === null) return notFound('coupon');
      const [details] = await readCouponsDetails(read, [coupon]);
      return couponResult(ok(present(details, 'one coupon has its details')));
    },
  }),
  route({
    method: 'put',
    path: '/coupons/:code*',
    summary: 'Change a coupon; once anyone had it, only its name, description and expiration',
    tag,
    wrapper: 'coupon',
    body,
    answer,
    respond: async ({ context, pathValues, body }) =>
      couponResult(await updateCoupon(context, pathValues['code'] ?? '', { input: readCouponInput(body.values), refused: body.refused })),
  }),
  route({
    method: 'delete',
    path: '/coupons/:code*',
    summary: 'Delete a coupon, and end it for everyone who has it',
    tag,
    answer,
    respond: async ({ context, pathValues }) => couponResult(await deleteCoupon(context, pathValues['code'] ?? '')),
  }),
];

function couponResult(result: Result<CouponDetails>): Result<unknown> {
  return wrapResult('coupon', result, serializeCoupon);
}
