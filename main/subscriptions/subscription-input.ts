import type { BillingTime } from '../../shared/billing-interval.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import { dateIn, Temporal, type Instant, type PlainDate } from '../../shared/dates.ts';
import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import type { PlanOverrides } from '../catalog/index.ts';

/** A subscription as it is asked for. `invalid` stands for text that is no date, or no billing time. */
export interface SubscriptionInput {
  readonly externalCustomerId: string;
  readonly planCode: string;
  readonly externalId: string;
  readonly name?: string | null;
  readonly billingTime?: BillingTime | 'invalid';
  readonly subscriptionAt?: Instant | 'invalid';
  readonly endingAt?: Instant | null | 'invalid';
  readonly planOverrides?: PlanOverrides | null;
}

const isBlank = (text: string): boolean => text.trim() === '';

/** The first step of the checks: the ids. Rule: subscriptions.md § 12. */
export function idErrors(input: SubscriptionInput): FieldErrors {
  return mergeFieldErrors(
    isBlank(input.externalCustomerId) ? { external_customer_id: ['value_is_mandatory'] } : {},
    isBlank(input.externalId) ? { external_id: ['value_is_mandatory'] } : {},
    isBlank(input.planCode) ? { plan_code: ['value_is_mandatory'] } : {},
  );
}

export interface DatesOf {
  readonly subscriptionAt: Instant | 'invalid' | undefined;
  readonly endingAt: Instant | null | 'invalid' | undefined;
  /** The anchor that counts when the request names none. */
  readonly anchor: Instant;
  readonly today: PlainDate;
  readonly timeZone: string;
}

/** The dates: ISO 8601, and an end after today and after the start. Days of the customer's zone. Rule: subscriptions.md § 12. */
export function dateErrors(dates: DatesOf): FieldErrors {
  const start = dates.subscriptionAt === 'invalid' ? null : (dates.subscriptionAt ?? dates.anchor);
  return mergeFieldErrors(
    dates.subscriptionAt === 'invalid' ? { subscription_at: ['invalid_date'] } : {},
    isEndAllowed(dates, start) ? {} : { ending_at: ['invalid_date'] },
  );
}

function isEndAllowed(dates: DatesOf, start: Instant | null): boolean {
  if (dates.endingAt === 'invalid') return false;
  if (dates.endingAt === null || dates.endingAt === undefined) return true;
  const end = dateIn(dates.endingAt, dates.timeZone);
  const isAfter = (day: PlainDate): boolean => Temporal.PlainDate.compare(end, day) > 0;
  return isAfter(dates.today) && (start === null || isAfter(dateIn(start, dates.timeZone)));
}

export function billingTimeErrors(input: SubscriptionInput): FieldErrors {
  return input.billingTime === 'invalid' ? { billing_time: ['value_is_invalid'] } : {};
}

/** A customer uses one currency; the first subscription sets it. Rule: invoicing.md § 10. */
export function currencyErrors(customerCurrency: CurrencyCode | null, planCurrency: CurrencyCode): FieldErrors {
  return customerCurrency === null || customerCurrency === planCurrency ? {} : { currency: ['currencies_does_not_match'] };
}

/** An empty name is none. */
export function nameOf(name: string | null | undefined): string | null {
  return name === undefined || name === null || name.trim() === '' ? null : name;
}
