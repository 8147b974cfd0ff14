import { z } from 'zod';
import type { CouponPreviewAnswer } from '../../../shared/internal/effects.ts';
import { ok } from '../../../shared/result.ts';
import { appliedAddOnInput } from '../../../shared/wire/add-on.ts';
import { appliedCouponInput } from '../../../shared/wire/coupon.ts';
import { anyText } from '../../../shared/wire/fields.ts';
import { invoiceVoidBody } from '../../../shared/wire/invoice.ts';
import { oneOffInvoiceInput } from '../../../shared/wire/one-off-invoice.ts';
import { subscriptionCreateBody } from '../../../shared/wire/subscription.ts';
import { applyCoupon } from '../../customers/index.ts';
import { applyAddOn, createOneOffInvoice } from '../../invoicing/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { previewEffects, type PreviewedInvoice, type SubscriptionInput } from '../../subscriptions/index.ts';
import { checkedBody } from '../checked-body.ts';
import { route, type Route } from '../route.ts';
import { readOneOffInvoiceInput } from '../wire/add-on.ts';
import { camelKeys } from '../wire/camel-case.ts';
import { readCouponApplication, serializeAppliedCoupon } from '../wire/coupon.ts';
import { readPlanOverrides } from '../wire/plan.ts';
import { previewFinalization, previewVoiding } from './invoice-previews.ts';
import { serializeEffects, serializePreviewedInvoice } from './previewed.ts';
import { customerOf, previewAssignment, previewChange, previewTermination, upcomingInvoices } from './subscription-previews.ts';

const shared = { method: 'post', access: 'session', tag: 'internal', answer: z.unknown(), changesNothing: true } as const;
const COUPON_INVOICES = 3;

/** Each runs the very command of the public call with the same body, and undoes it. Rule: ui.md § 9 "effect previews". */
export const effectRoutes: readonly Route[] = [
  route({
    ...shared,
    path: '/preview/subscription',
    summary: 'What a new subscription makes at once, its next periods and its first invoice',
    wrapper: 'subscription',
    body: subscriptionCreateBody,
    respond: ({ context, body }) => previewAssignment(context, inputOf(body)),
  }),
  route({
    ...shared,
    path: '/preview/change',
    summary: 'What another plan makes at once, when it takes over, and the next invoice without and with it',
    wrapper: 'subscription',
    body: subscriptionCreateBody,
    respond: ({ context, body }) => previewChange(context, inputOf(body)),
  }),
  route({
    ...shared,
    path: '/preview/termination',
    summary: 'What the end of a subscription makes at once',
    body: z.object({
      external_id: anyText(),
      status: anyText().nullish(),
      on_termination_credit_note: anyText().nullish(),
      on_termination_invoice: anyText().nullish(),
    }),
    respond: ({ context, body }) => previewTermination(context, camelKeys(body)),
  }),
  route({
    ...shared,
    path: '/preview/coupon',
    summary: 'The next invoices of a customer without and with a coupon',
    wrapper: 'applied_coupon',
    body: checkedBody(appliedCouponInput),
    respond: async ({ context, body }) => {
      const asked = readCouponApplication(body.values);
      const customer = await customerOf(context, asked.externalCustomerId);
      if (!customer.ok) return customer;
      const customerId = customer.value.id;
      const ahead = { externalIds: null, count: COUPON_INVOICES };
      const tried = await previewEffects(context, {
        customerId,
        command: (inside) => applyCoupon(inside, asked, body.refused),
        ahead: () => ahead,
      });
      if (!tried.ok) return tried;
      const before = await upcomingInvoices(context, customerId, ahead);
      if (!before.ok) return before;
      const answer: CouponPreviewAnswer = {
        applied_coupon: serializeAppliedCoupon(tried.value.done),
        upcoming: pairs(before.value, tried.value.upcoming),
      };
      return ok(answer);
    },
  }),
  route({
    ...shared,
    path: '/preview/add_on',
    summary: 'The invoice that applying an add-on makes',
    wrapper: 'applied_add_on',
    body: checkedBody(appliedAddOnInput),
    respond: async ({ context, body }) => {
      const { customer_id: nameOf2022, ...application } = body.values;
      const asked = { ...camelKeys(application), externalCustomerId: application.external_customer_id ?? nameOf2022 };
      const customer = await customerOf(context, asked.externalCustomerId);
      if (!customer.ok) return customer;
      const command = (inside: ServiceContext) => applyAddOn(inside, asked, body.refused);
      const tried = await previewEffects(context, { customerId: customer.value.id, command });
      return tried.ok ? ok(serializeEffects(tried.value)) : tried;
    },
  }),
  route({
    ...shared,
    path: '/preview/one_off',
    summary: 'The one-off invoice that is asked for',
    wrapper: 'invoice',
    body: checkedBody(oneOffInvoiceInput),
    respond: async ({ context, body }) => {
      const asked = readOneOffInvoiceInput(body.values);
      const customer = await customerOf(context, asked.externalCustomerId);
      if (!customer.ok) return customer;
      const command = (inside: ServiceContext) => createOneOffInvoice(inside, asked, body.refused);
      const tried = await previewEffects(context, { customerId: customer.value.id, command });
      return tried.ok ? ok(serializeEffects(tried.value)) : tried;
    },
  }),
  route({
    ...shared,
    path: '/preview/finalize',
    summary: 'A draft as it would be if it were made final today',
    body: z.object({ invoice_id: anyText() }),
    respond: ({ context, body }) => previewFinalization(context, body.invoice_id),
  }),
  route({
    ...shared,
    path: '/preview/void',
    summary: 'What voiding an invoice gives back',
    body: z.intersection(z.object({ invoice_id: anyText() }), invoiceVoidBody),
    respond: ({ context, body }) => previewVoiding(context, body.invoice_id, body),
  }),
];

type WireSubscription = z.output<typeof subscriptionCreateBody>;

function inputOf({ overrides, ...input }: WireSubscription): SubscriptionInput {
  const trimmed = { ...input, externalId: input.externalId.trim(), externalCustomerId: input.externalCustomerId.trim() };
  return { ...trimmed, planOverrides: overrides == null ? overrides : readPlanOverrides(overrides) };
}

function pairs(before: readonly PreviewedInvoice[], after: readonly PreviewedInvoice[]): CouponPreviewAnswer['upcoming'] {
  return before.flatMap((invoice, position) => {
    const same = after[position];
    return same === undefined ? [] : [{ before: serializePreviewedInvoice(invoice), after: serializePreviewedInvoice(same) }];
  });
}
