import { z } from 'zod';
import {
  COUPON_HOLDER_SORTS,
  COUPON_SORTS,
  type CouponExampleAnswer,
  type CouponHolderRow,
  type CouponPageAnswer,
  type CouponRow,
} from '../../../shared/internal/coupons.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { centsToWire, type Cents } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { couponInput } from '../../../shared/wire/coupon.ts';
import { centsInput } from '../../../shared/wire/fields.ts';
import {
  couponExample,
  listCouponHolderPage,
  listCouponPage,
  readCouponPage,
  terminateCoupon,
  type CouponExample,
  type CouponPage,
  type ListedCoupon,
  type ListedCouponHolder,
  type NamedTarget,
} from '../../catalog/index.ts';
import { readOrganization } from '../../customers/index.ts';
import type { QueryValues } from '../query.ts';
import { route, type Route } from '../route.ts';
import { readCouponInput, serializeCoupon } from '../wire/coupon.ts';
import { wrapResult } from '../wire/wrapped.ts';
import { draftOf } from './draft-of.ts';
import { timeOf, timeOrNull } from './epoch-times.ts';
import { askedPage } from './list-wish.ts';

const ours = { access: 'session', tag: 'internal', answer: z.unknown() } as const;
const exampleBody = z.object({ coupon: draftOf(couponInput), fees_cents: centsInput().nullish() });

/** Rule: ui.md § 4.5. */
export const internalCouponRoutes: readonly Route[] = [
  route({
    ...ours,
    method: 'get',
    path: '/lists/coupons',
    summary: 'Coupons, sorted and filtered, page after page',
    respond: ({ context, query }) => {
      const status = query.text('status');
      const page = listCouponPage(context, {
        ...askedPage(query, COUPON_SORTS),
        search: query.text('search') ?? null,
        types: listed(query, 'type'),
        frequencies: listed(query, 'frequency'),
        isTerminated: status === 'terminated' ? true : status === 'active' ? false : null,
      });
      return ok({ ...page, rows: page.rows.map(writeRow) } satisfies ListAnswer<CouponRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/lists/coupon_holders',
    summary: 'Who was given a coupon, and what became of it',
    respond: ({ context, query }) => {
      const page = listCouponHolderPage(context, {
        ...askedPage(query, COUPON_HOLDER_SORTS),
        couponId: query.text('coupon') ?? '',
        statuses: listed(query, 'status'),
      });
      return ok({ ...page, rows: page.rows.map(writeHolder) } satisfies ListAnswer<CouponHolderRow>);
    },
  }),
  route({
    ...ours,
    method: 'get',
    path: '/coupons/:id',
    summary: 'A coupon with what it took off and what it is limited to',
    respond: async ({ context, pathValues }) => {
      const page = await readCouponPage(context, pathValues['id'] ?? '');
      return page.ok ? ok(writePage(page.value)) : page;
    },
  }),
  route({
    ...ours,
    method: 'post',
    path: '/coupons/:id/terminate',
    summary: 'End a coupon now: nobody gets it any more, those who have it keep it',
    respond: async ({ context, pathValues }) =>
      wrapResult('coupon', await terminateCoupon(context, pathValues['id'] ?? ''), serializeCoupon),
  }),
  route({
    ...ours,
    method: 'post',
    path: '/coupons/example',
    summary: 'What a coupon that is being written would do to three invoices; nothing is stored',
    changesNothing: true,
    body: exampleBody,
    respond: async ({ context, body }) => {
      const { name: _name, code: _code, expiration_at: _at, ...refused } = body.coupon.refused;
      const organization = await readOrganization(context.database.read, context.organizationId);
      const example = couponExample(context, {
        input: readCouponInput(body.coupon.values),
        feesCents: body.fees_cents ?? null,
        defaultCurrency: organization.defaultCurrency,
        refused,
      });
      return example.ok ? ok(writeExample(example.value)) : example;
    },
  }),
];

function listed(query: QueryValues, key: string): readonly string[] | null {
  const values =
    query
      .text(key)
      ?.split(',')
      .filter((value) => value !== '') ?? [];
  return values.length === 0 ? null : values;
}

function writeRow({ id, ...row }: ListedCoupon): CouponRow {
  return {
    ...row,
    lago_id: id,
    coupon_type: row.coupon_type as CouponRow['coupon_type'],
    frequency: row.frequency as CouponRow['frequency'],
    reusable: row.reusable === 1,
    expiration_at: timeOrNull(row.expiration_at),
    terminated_at: timeOrNull(row.terminated_at),
    created_at: timeOf(row.created_at),
  };
}

function writeHolder(row: ListedCouponHolder): CouponHolderRow {
  const isFixedOnce = row.frequency === 'once' && row.amount_cents !== null;
  return {
    lago_id: row.id,
    customer: { lago_id: row.customer_id, name: row.customer_name, external_id: row.customer_external_id },
    status: row.status,
    amount_cents: row.amount_cents,
    amount_currency: row.amount_currency,
    percentage_rate: row.percentage_rate,
    frequency: row.frequency as CouponHolderRow['frequency'],
    frequency_duration: row.frequency_duration,
    frequency_duration_remaining: row.frequency_duration_remaining,
    amount_cents_remaining: isFixedOnce ? row.amount_cents - row.used_cents : null,
    used_cents: row.used_cents,
    used_currency: row.amount_currency ?? row.customer_currency,
    invoices_count: row.invoices_count,
    created_at: timeOf(row.created_at),
    terminated_at: timeOrNull(row.terminated_at),
  };
}

function writePage({ details, totals, plans, metrics }: CouponPage): CouponPageAnswer {
  return {
    coupon: serializeCoupon(details),
    active_count: totals.activeCount,
    given_count: totals.givenCount,
    used: totals.used.map(({ currency, amountCents }) => ({ amount_cents: amountCents, currency })),
    plans: plans.map(writeTarget),
    billable_metrics: metrics.map(writeTarget),
  };
}

function writeTarget({ id, name, code }: NamedTarget): CouponPageAnswer['plans'][number] {
  return { lago_id: id, name, code };
}

function writeExample({ currency, invoices }: CouponExample): CouponExampleAnswer {
  return {
    currency,
    invoices: invoices.map((invoice) => ({
      eligible_cents: centsToWire(invoice.eligibleCents),
      other_cents: centsToWire(invoice.otherCents),
      coupon_cents: centsToWire(invoice.couponCents),
      total_cents: centsToWire(invoice.totalCents),
      remaining_cents: centsOrNull(invoice.remainingCents),
      remaining_invoices: invoice.remainingInvoices,
      is_used_up: invoice.isUsedUp,
    })),
  };
}

function centsOrNull(amount: Cents | null): number | null {
  return amount === null ? null : centsToWire(amount);
}
