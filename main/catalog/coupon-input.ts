import type { CurrencyCode } from '../../shared/currency.ts';
import { isBefore, startOfDay, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import type { CouponFrequency, CouponType } from '../billing/facts.ts';
import type { Coupon } from '../database/tables/coupons.ts';
import { mandatoryErrors } from './field-checks.ts';

/** What a caller says about a coupon: an absent key leaves the attribute as it is, null clears it. */
export interface CouponInput {
  readonly name?: string | null;
  readonly code?: string | null;
  readonly description?: string | null;
  readonly couponType?: CouponType | null;
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
  /** Percent. */
  readonly percentageRate?: Decimal | null;
  readonly frequency?: CouponFrequency | null;
  readonly frequencyDuration?: number | null;
  readonly reusable?: boolean | null;
  readonly expiration?: Coupon['expiration'] | null;
  readonly expirationAt?: Instant | null;
  /** 2022: the last day on which it can be given to someone. */
  readonly expirationDate?: PlainDate | null;
  /** 2022: days from its creation. */
  readonly expirationDuration?: number | null;
  /** Null or an empty list: not limited to plans. */
  readonly planCodes?: readonly string[] | null;
  readonly billableMetricCodes?: readonly string[] | null;
}

/** The coupon's own columns that a caller decides. */
export type CouponAttributes = Pick<
  Coupon,
  | 'name'
  | 'code'
  | 'description'
  | 'couponType'
  | 'amountCents'
  | 'amountCurrency'
  | 'percentageRate'
  | 'frequency'
  | 'frequencyDuration'
  | 'reusable'
  | 'expiration'
  | 'expirationAt'
>;

/** When a change is judged, and on what. */
export interface CouponOccasion {
  readonly existing: Coupon | null;
  /** Anyone ever had it: its terms stand. */
  readonly isApplied: boolean;
  readonly now: Instant;
  /** The organization's zone: the days of 2022's forms are days there. */
  readonly timeZone: string;
}

/** The fields that still change once anyone had the coupon. Rule: invoicing.md § 4 "Update". */
const ALWAYS_OPEN = ['name', 'description', 'expiration', 'expiration_at', 'expiration_date', 'expiration_duration'];

/** Attributes after the change: a fixed coupon has no rate, a percentage no amount, and only recurring ones have a duration. */
export function mergeCoupon(input: CouponInput, occasion: CouponOccasion): Partial<CouponAttributes> {
  const { existing } = occasion;
  const always = {
    name: input.name ?? existing?.name,
    description: input.description === undefined ? (existing?.description ?? null) : input.description,
    ...mergeExpiration(input, occasion),
  };
  if (existing !== null && occasion.isApplied) return { ...existing, ...always };
  const kept = <Name extends 'amountCents' | 'amountCurrency' | 'percentageRate' | 'frequencyDuration'>(name: Name): Coupon[Name] =>
    (input[name] === undefined ? (existing?.[name] ?? null) : input[name]) as Coupon[Name];
  const couponType = input.couponType ?? existing?.couponType ?? 'fixed_amount';
  const frequency = input.frequency ?? existing?.frequency ?? 'once';
  const isFixed = couponType === 'fixed_amount';
  return {
    ...always,
    code: input.code ?? existing?.code,
    couponType,
    amountCents: isFixed ? kept('amountCents') : null,
    amountCurrency: isFixed ? kept('amountCurrency') : null,
    percentageRate: isFixed ? null : kept('percentageRate'),
    frequency,
    frequencyDuration: frequency === 'recurring' ? kept('frequencyDuration') : null,
    reusable: input.reusable ?? existing?.reusable ?? true,
  };
}

/** What the door found, without what is ignored anyway. */
export function refusedForCoupon(refused: FieldErrors, occasion: CouponOccasion): FieldErrors {
  if (!occasion.isApplied) return refused;
  return Object.fromEntries(Object.entries(refused).filter(([field]) => ALWAYS_OPEN.includes(field)));
}

/** What is wrong with the coupon, apart from a code that is taken. What depends on a field that could not be read is not judged. */
export function couponErrors(
  change: { readonly input: CouponInput; readonly merged: Partial<CouponAttributes>; readonly refused: FieldErrors },
  occasion: CouponOccasion,
): FieldErrors {
  const { input, merged, refused } = change;
  const { name, code } = input;
  const isReadable = (field: string): boolean => refused[field] === undefined;
  const readable = [
    isReadable('coupon_type') && !occasion.isApplied ? valueErrors(merged) : {},
    isReadable('frequency') && !occasion.isApplied ? durationErrors(merged) : {},
    isReadable('expiration') ? expirationErrors(merged, occasion) : {},
  ];
  const named = mandatoryErrors(occasion.isApplied ? { name } : { name, code }, { isCreation: occasion.existing === null });
  return mergeFieldErrors(named, ...readable);
}

/** Amount and currency of a fixed coupon, the rate of a percentage. */
export function valueErrors(terms: Partial<Pick<Coupon, 'couponType' | 'amountCents' | 'amountCurrency' | 'percentageRate'>>): FieldErrors {
  const { couponType, amountCents: amount_cents, amountCurrency: amount_currency, percentageRate: percentage_rate } = terms;
  if (couponType === 'percentage') {
    const isTooSmall = percentage_rate?.lte(0) === true;
    return isTooSmall ? { percentage_rate: ['value_is_out_of_range'] } : mandatoryErrors({ percentage_rate }, { isCreation: true });
  }
  const isTooSmall = typeof amount_cents === 'bigint' && amount_cents <= 0n;
  return mergeFieldErrors(
    mandatoryErrors({ amount_cents, amount_currency }, { isCreation: true }),
    isTooSmall ? { amount_cents: ['value_is_out_of_range'] } : {},
  );
}

/** How many invoices a recurring coupon lasts for. */
export function durationErrors(terms: Partial<Pick<Coupon, 'frequency' | 'frequencyDuration'>>): FieldErrors {
  const { frequencyDuration: frequency_duration } = terms;
  if (terms.frequency !== 'recurring') return {};
  const isTooSmall = typeof frequency_duration === 'number' && frequency_duration <= 0;
  return isTooSmall ? { frequency_duration: ['value_is_out_of_range'] } : mandatoryErrors({ frequency_duration }, { isCreation: true });
}

/** A date that is sent without saying that there is one means a limit all the same. */
function mergeExpiration(input: CouponInput, occasion: CouponOccasion): Pick<CouponAttributes, 'expiration' | 'expirationAt'> {
  const { existing } = occasion;
  const isSent = [input.expirationAt, input.expirationDate, input.expirationDuration].some((value) => value !== undefined);
  const sent = sentExpiration(input, occasion);
  const expiration = input.expiration ?? (sent === null ? existing?.expiration : 'time_limit') ?? 'no_expiration';
  if (expiration === 'no_expiration') return { expiration, expirationAt: null };
  return { expiration, expirationAt: isSent ? sent : (existing?.expirationAt ?? null) };
}

function sentExpiration(input: CouponInput, occasion: CouponOccasion): Instant | null {
  const { expirationAt, expirationDate, expirationDuration } = input;
  if (expirationAt != null) return expirationAt;
  // The day itself is the last one: 2022-12-31 ends at 23:59:59.
  if (expirationDate != null) return startOfDay(expirationDate.add({ days: 1 }), occasion.timeZone).subtract({ milliseconds: 1 });
  if (expirationDuration == null) return null;
  const createdAt = occasion.existing?.createdAt ?? occasion.now;
  return createdAt.toZonedDateTimeISO(occasion.timeZone).add({ days: expirationDuration }).toInstant();
}

/** A limit must be in the future; one that is merely sent again is not judged again. */
function expirationErrors(merged: Partial<CouponAttributes>, occasion: CouponOccasion): FieldErrors {
  const { expiration, expirationAt } = merged;
  if (expiration !== 'time_limit') return {};
  const { existing, now } = occasion;
  const isSame = expirationAt != null && existing?.expirationAt?.equals(expirationAt) === true;
  const isFuture = expirationAt != null && isBefore(now, expirationAt);
  return isSame || isFuture ? {} : { expiration_at: ['invalid_date'] };
}
