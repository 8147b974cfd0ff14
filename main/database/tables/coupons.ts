import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { Cents } from '../../../shared/money.ts';
import type { CouponFrequency, CouponType } from '../../billing/facts.ts';
import {
  booleanColumn,
  centsColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  nullableCents,
  nullableDecimal,
  nullableInstant,
  nullableInteger,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';
import type { OwnedTax } from './catalog.ts';

export interface Coupon {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  readonly couponType: CouponType;
  readonly amountCents: Cents | null;
  readonly amountCurrency: CurrencyCode | null;
  /** Percent. */
  readonly percentageRate: Decimal | null;
  readonly frequency: CouponFrequency;
  /** Invoices that a recurring coupon lasts for. */
  readonly frequencyDuration: number | null;
  readonly reusable: boolean;
  readonly expiration: 'no_expiration' | 'time_limit';
  readonly expirationAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly terminatedAt: Instant | null;
  readonly deletedAt: Instant | null;
}

export const coupons = defineTable<Coupon>('coupons', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  name: text,
  code: text,
  description: nullableText,
  couponType: text,
  amountCents: nullableCents,
  amountCurrency: nullableText,
  percentageRate: nullableDecimal,
  frequency: text,
  frequencyDuration: nullableInteger,
  reusable: booleanColumn,
  expiration: text,
  expirationAt: nullableInstant,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  terminatedAt: nullableInstant,
  deletedAt: nullableInstant,
});

/** A plan or a metric that a coupon is limited to; a coupon without rows is not limited. */
export interface CouponTarget {
  readonly id: string;
  readonly sequence: number;
  readonly couponId: string;
  readonly planId: string | null;
  readonly billableMetricId: string | null;
}

export const couponTargets = defineTable<CouponTarget>('coupon_targets', {
  id: idColumn,
  sequence: sequenceColumn,
  couponId: text,
  planId: nullableText,
  billableMetricId: nullableText,
});

/** A coupon given to a customer, with its terms as they were then. */
export interface AppliedCoupon {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly couponId: string;
  readonly status: 'active' | 'terminated';
  readonly amountCents: Cents | null;
  readonly amountCurrency: CurrencyCode | null;
  readonly percentageRate: Decimal | null;
  readonly frequency: CouponFrequency;
  readonly frequencyDuration: number | null;
  readonly frequencyDurationRemaining: number | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly terminatedAt: Instant | null;
}

export const appliedCoupons = defineTable<AppliedCoupon>('applied_coupons', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  couponId: text,
  status: text,
  amountCents: nullableCents,
  amountCurrency: nullableText,
  percentageRate: nullableDecimal,
  frequency: text,
  frequencyDuration: nullableInteger,
  frequencyDurationRemaining: nullableInteger,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  terminatedAt: nullableInstant,
});

export interface AddOn {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  readonly invoiceDisplayName: string | null;
  readonly amountCents: Cents;
  readonly amountCurrency: CurrencyCode;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
}

export const addOns = defineTable<AddOn>('add_ons', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  name: text,
  code: text,
  description: nullableText,
  invoiceDisplayName: nullableText,
  amountCents: centsColumn,
  amountCurrency: text,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  deletedAt: nullableInstant,
});

export const addOnTaxes = defineTable<OwnedTax>('add_on_taxes', {
  ownerId: { ...text, primary: true },
  taxId: { ...text, primary: true },
  position: integer,
});

/** An add-on applied in the way of 2022: one finalized invoice with one fee. */
export interface AppliedAddOn {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly customerId: string;
  readonly addOnId: string;
  readonly invoiceId: string;
  readonly amountCents: Cents;
  readonly amountCurrency: CurrencyCode;
  readonly createdAt: Instant;
}

export const appliedAddOns = defineTable<AppliedAddOn>('applied_add_ons', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  customerId: text,
  addOnId: text,
  invoiceId: text,
  amountCents: centsColumn,
  amountCurrency: text,
  createdAt: instantColumn,
});
