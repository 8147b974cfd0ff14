import { Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { BillingItem, FeeSpan, UsageSpan } from '../billing/billing-item.ts';

// What a draft bills is kept beside it, so that it can be computed again for the same days. Temporal values print themselves as text.

type Json<T> = T extends Instant | PlainDate
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Json<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Json<T[Key]> }
      : T;

export function billingItemToJson(item: BillingItem): Json<BillingItem> {
  return JSON.parse(JSON.stringify(item)) as Json<BillingItem>;
}

export function billingItemFromJson(stored: unknown): BillingItem {
  const item = stored as Json<BillingItem>;
  return {
    reason: item.reason,
    subscriptionFee: item.subscriptionFee && feeSpan(item.subscriptionFee),
    usage: item.usage && usageSpan(item.usage),
    advanceUsage: item.advanceUsage && usageSpan(item.advanceUsage),
    commitment: item.commitment && feeSpan(item.commitment),
    shown: {
      subscriptionFrom: instant(item.shown.subscriptionFrom),
      subscriptionTo: instant(item.shown.subscriptionTo),
      chargesFrom: instant(item.shown.chargesFrom),
      chargesTo: instant(item.shown.chargesTo),
    },
  };
}

const instant = (text: string): Instant => Temporal.Instant.from(text);
const day = (text: string): PlainDate => Temporal.PlainDate.from(text);

function feeSpan(span: Json<FeeSpan>): FeeSpan {
  return {
    firstDay: day(span.firstDay),
    lastDay: day(span.lastDay),
    period: { start: day(span.period.start), next: day(span.period.next) },
    fromAt: instant(span.fromAt),
    toAt: instant(span.toAt),
  };
}

function usageSpan(span: Json<UsageSpan>): UsageSpan {
  return {
    window: {
      timeZone: span.window.timeZone,
      fullPeriodDays: span.window.fullPeriodDays,
      from: instant(span.window.from),
      end: instant(span.window.end),
      ...(span.window.heldUntil === undefined ? {} : { heldUntil: instant(span.window.heldUntil) }),
      firstDay: day(span.window.firstDay),
      lastDay: day(span.window.lastDay),
    },
    fromAt: instant(span.fromAt),
    toAt: instant(span.toAt),
    excludedMetricIds: span.excludedMetricIds,
  };
}
