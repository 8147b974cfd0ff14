import type { InvoiceAnswer } from '../../../shared/wire/invoice.ts';
import type { InvoicePreviewWireInput } from '../../../shared/wire/invoice-preview.ts';
import type { PreviewInput } from '../../subscriptions/index.ts';
import { camelKeys } from './camel-case.ts';
import { readCustomerInput } from './customer.ts';

export function readPreviewInput(body: InvoicePreviewWireInput): PreviewInput {
  const { subscriptions } = body;
  return {
    customer: readCustomerInput(body.customer ?? {}),
    planCode: body.plan_code ?? null,
    billingTime: body.billing_time ?? undefined,
    subscriptionAt: body.subscription_at ?? undefined,
    coupons: (body.coupons ?? []).map((coupon) => camelKeys(coupon)),
    subscriptions:
      subscriptions === null || subscriptions === undefined
        ? null
        : {
            externalIds: subscriptions.external_ids,
            planCode: subscriptions.plan_code ?? null,
            terminatedAt: subscriptions.terminated_at ?? null,
          },
  };
}

/** An invoice that does not exist, as the answer shows it: without the ids, number and counters that were only tried out. */
export function serializePreview(invoice: InvoiceAnswer, madeIds: ReadonlySet<string>): unknown {
  const shown = withoutIds(invoice, madeIds) as Readonly<Record<string, unknown>>;
  const isInvented = madeIds.has(invoice.customer.lago_id);
  const customer = isInvented ? { ...(shown['customer'] as object), sequential_id: null, slug: null } : shown['customer'];
  return { ...shown, sequential_id: null, number: '', customer };
}

function withoutIds(value: unknown, madeIds: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return madeIds.has(value) ? null : value;
  if (Array.isArray(value)) return value.map((item) => withoutIds(item, madeIds));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutIds(inner, madeIds)]));
}
