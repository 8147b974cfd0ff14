import type { BillingInterval, BillingTime } from '../../shared/billing-interval.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { Instant, PlainDate } from '../../shared/dates.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';

// The input and output types of the pure billing functions: everything that they may know, and what they answer.

export const AGGREGATION_TYPES = ['count_agg', 'sum_agg', 'max_agg', 'unique_count_agg', 'weighted_sum_agg', 'latest_agg'] as const;
export type AggregationType = (typeof AGGREGATION_TYPES)[number];

export const CHARGE_MODELS = ['standard', 'graduated', 'package', 'percentage', 'volume', 'graduated_percentage', 'dynamic'] as const;
export type ChargeModel = (typeof CHARGE_MODELS)[number];

export const ROUNDING_FUNCTIONS = ['round', 'ceil', 'floor'] as const;
export type RoundingFunction = (typeof ROUNDING_FUNCTIONS)[number];

export type CouponType = 'fixed_amount' | 'percentage';
export type CouponFrequency = 'once' | 'recurring' | 'forever';

/** What a billable metric says about counting. */
export interface MetricTerms {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** What the catalogue says of it; shown with its fees. */
  readonly description?: string | null;
  readonly aggregationType: AggregationType;
  /** The event property that is aggregated; null for count_agg. */
  readonly fieldName: string | null;
  /** What is computed from each event and aggregated instead of the property that was sent; null without. Rule: api.md § 3. */
  readonly expression: string | null;
  readonly recurring: boolean;
  readonly roundingFunction: RoundingFunction | null;
  /** Decimals kept; may be negative (-2 rounds to hundreds). Null means 0. */
  readonly roundingPrecision: number | null;
}

/** Charge properties as stored and as on the wire (`api.md` § 4): amounts are decimal strings in currency units. */
export type ChargeProperties = Readonly<Record<string, unknown>>;

/** Stands in a filter for every value that the metric declares for the key. Rule: pricing.md § 7. */
export const ALL_FILTER_VALUES = '__ALL_FILTER_VALUES__';

export interface ChargeFilterTerms {
  readonly id: string;
  /** Key → values as the plan says them, shown with usage and fees. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Key → the values that let an event through: what the metric declares today where the filter stands for all. */
  readonly acceptedValues: Readonly<Record<string, readonly string[]>>;
  readonly properties: ChargeProperties;
  readonly invoiceDisplayName: string | null;
}

export interface TaxTerms {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  /** Percent: 20 means 20 %. */
  readonly rate: Decimal;
}

export interface ChargeTerms {
  readonly id: string;
  readonly code: string;
  readonly metric: MetricTerms;
  readonly chargeModel: ChargeModel;
  readonly properties: ChargeProperties;
  /** In order of creation. */
  readonly filters: readonly ChargeFilterTerms[];
  readonly payInAdvance: boolean;
  readonly invoiceable: boolean;
  readonly prorated: boolean;
  readonly minAmountCents: Cents;
  readonly invoiceDisplayName: string | null;
  readonly regroupPaidFees: boolean;
  /** The charge's own taxes; empty means inherited. */
  readonly taxes: readonly TaxTerms[];
}

export interface CommitmentTerms {
  readonly id: string;
  readonly amountCents: Cents;
  readonly invoiceDisplayName: string | null;
  readonly taxes: readonly TaxTerms[];
}

export interface PlanTerms {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description?: string | null;
  readonly invoiceDisplayName: string | null;
  readonly interval: BillingInterval;
  readonly amountCents: Cents;
  readonly currency: CurrencyCode;
  readonly payInAdvance: boolean;
  readonly billChargesMonthly: boolean;
  /** Days, a fraction is allowed; null or 0 is no trial. */
  readonly trialPeriodDays: Decimal | null;
  readonly minimumCommitment: CommitmentTerms | null;
  readonly charges: readonly ChargeTerms[];
  readonly taxes: readonly TaxTerms[];
}

/** Half-open span of instants; the wire shows its end one millisecond earlier. */
export interface BillingPeriod {
  readonly start: Instant;
  readonly end: Instant;
}

/** Half-open run of calendar days of a grid: `[start, next)`. Rule: subscriptions.md § 2. */
export interface DatePeriod {
  readonly start: PlainDate;
  readonly next: PlainDate;
}

/** What decides the period grids of one subscription. */
export interface GridTerms {
  readonly interval: BillingInterval;
  readonly billingTime: BillingTime;
  /** The date of `subscription_at` in the customer's zone. */
  readonly anchor: PlainDate;
}

/** The charge period of one subscription as usage sees it. Rule: pricing.md §§ 2–4. */
export interface UsageWindow {
  /** First whole second that counts (inclusive): period start or subscription start, cut to the second. */
  readonly from: Instant;
  /** First whole second that no longer counts (exclusive). */
  readonly end: Instant;
  /** The instant until which a weighted level is held, where that is not `end`: a termination inside its whole second. */
  readonly heldUntil?: Instant;
  readonly timeZone: string;
  /** Days of the whole grid period that holds the window, even when the window covers only a part. */
  readonly fullPeriodDays: number;
  /** First and last billed day of the window in the zone, both included; the day of an upgrade belongs to the new row alone. */
  readonly firstDay: PlainDate;
  readonly lastDay: PlainDate;
}

/** One event as aggregation sees it, already matched to its metric and bucket. */
export interface MeteredEvent {
  readonly at: Instant;
  /** Arrival order: breaks ties of the timestamp. */
  readonly sequence: number;
  readonly transactionId: string;
  /** The aggregated property as text; null for count_agg. */
  readonly value: string | null;
  /** unique_count only. */
  readonly operation: 'add' | 'remove';
  /** dynamic only: price that came with the event, in cents with fractions. */
  readonly preciseAmountCents: Decimal | null;
}

/** The key of one bucket: one fee each. Rule: pricing.md § 7. */
export interface BucketKey {
  /** Null is the default bucket. */
  readonly filterId: string | null;
  /** Pricing group keys and their values; empty without groups. */
  readonly groupedBy: Readonly<Record<string, string | null>>;
}

/** What the events of one bucket amount to, before pricing. */
export interface AggregatedUsage {
  /** Units before the metric's rounding function. */
  readonly units: Decimal;
  /** Level at the end of the window: equals `units` except for weighted_sum. */
  readonly totalAggregatedUnits: Decimal;
  readonly eventsCount: number;
  /** Prorated charges: the weight of the units by days held, already rounded up to 5 decimals; else null. */
  readonly proratedUnits: Decimal | null;
  /** dynamic: sum of the prices that came with the events, in cents with fractions; else null. */
  readonly preciseAmountCents: Decimal | null;
  /** Events in time order, for models that price event by event (see `needsEvents`); else null. */
  readonly events: readonly PricedEvent[] | null;
  /** How many events came after the listed ones, where the price looks at the first ones only; none when absent. */
  readonly unlistedCount?: number;
  /** The events share the units evenly: usage that a calculator imagines, never usage that was received. */
  readonly hasEvenEvents?: boolean;
}

/** One event of a model that prices in order. */
export interface PricedEvent {
  readonly value: Decimal;
  /** Prorated graduated: share of the period from this event on, 0..1; else 1. */
  readonly ratio: Decimal;
}

export interface BucketUsage extends AggregatedUsage {
  readonly key: BucketKey;
}

/** One step of the arithmetic, as data: the Explain panel renders it and derives nothing. */
export interface ExplainStep {
  /** Stable name of the step, e.g. `aggregation`, `unit_rounding`, `free_units`, `tier`, `package`, `rounding`, `proration`. */
  readonly kind: string;
  /** Operands as decimal strings or plain values. */
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
  /** The step's outcome as a decimal string. */
  readonly result: string;
}

/** Answer of a charge model: exact amounts in currency units, rounded later by the fee, once. */
export interface PricedUsage {
  readonly amount: Decimal;
  /** `precise_unit_amount`: amount over shown units (package: over paid units), 0 without units. */
  readonly unitAmount: Decimal;
  /** `amount_details` of the wire, decimals as strings. */
  readonly amountDetails: Readonly<Record<string, unknown>>;
  readonly steps: readonly ExplainStep[];
}

/** One priced bucket, before it becomes a stored fee. */
export interface ChargeFeeDraft {
  readonly chargeId: string;
  readonly currency: CurrencyCode;
  readonly key: BucketKey;
  readonly units: Decimal;
  readonly totalAggregatedUnits: Decimal;
  readonly eventsCount: number;
  readonly amountCents: Cents;
  /** Exact amount in currency units before the rounding to cents. */
  readonly preciseAmount: Decimal;
  readonly unitAmount: Decimal;
  readonly amountDetails: Readonly<Record<string, unknown>>;
  readonly steps: readonly ExplainStep[];
  /** Set on the true-up of a spending minimum, which stands beside its parent. */
  readonly isTrueUp: boolean;
}

/** What periods, windows and fees need to know of one subscription row. */
export interface SubscriptionTerms {
  readonly id: string;
  readonly externalId: string;
  readonly billingTime: BillingTime;
  /** Anchor of the period grids. */
  readonly subscriptionAt: Instant;
  readonly startedAt: Instant;
  /** When the row was made: dates before it are never billed. */
  readonly createdAt: Instant;
  readonly terminatedAt: Instant | null;
  /** True where the second of `terminatedAt` belongs to the row that follows (a plan change, an end on a billing date). */
  readonly endsBeforeTermination: boolean;
  /** Instant at which the trial ends; null without one. Rule: subscriptions.md § 9. */
  readonly trialEndsAt: Instant | null;
  /** The customer's zone, else the organization's, else UTC. */
  readonly timeZone: string;
  /** End of the charges billed last; the next charge period starts there, also after a change of time zone. */
  readonly chargesBilledUntil: Instant | null;
}

/** What of an invoice a coupon may lower. Plans are named by the plan itself, never by a subscription's copy of it. */
export type CouponLimit =
  | { readonly kind: 'none' }
  | { readonly kind: 'plans'; readonly planIds: readonly string[] }
  | { readonly kind: 'billable_metrics'; readonly metricIds: readonly string[] };

/** A coupon as it was given to a customer. */
export interface CouponTerms {
  readonly appliedCouponId: string;
  readonly code: string;
  readonly couponType: CouponType;
  /** Of fixed coupons: what one invoice may get, or for `once` what all invoices together may. */
  readonly amountCents: Cents | null;
  /** Of fixed coupons: they touch invoices of no other currency. */
  readonly currency: CurrencyCode | null;
  /** Of percentage coupons: 20 means 20 %. */
  readonly percentageRate: Decimal | null;
  readonly frequency: CouponFrequency;
  /** Of recurring coupons: invoices that it still lasts for. */
  readonly frequencyDurationRemaining: number | null;
  /** What invoices that were not voided have used of it, in cents. */
  readonly usedAmountCents: Cents;
  readonly limit: CouponLimit;
}
