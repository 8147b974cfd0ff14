import type { BillingInterval } from '../../../shared/billing-interval.ts';
import type { CurrencyCode } from '../../../shared/currency.ts';
import type { Instant } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { Cents } from '../../../shared/money.ts';
import type { AggregationType, ChargeModel, ChargeProperties, RoundingFunction } from '../../billing/facts.ts';
import {
  booleanColumn,
  centsColumn,
  decimalColumn,
  defineTable,
  idColumn,
  instantColumn,
  integer,
  jsonColumn,
  nullableBoolean,
  nullableDecimal,
  nullableInstant,
  nullableInteger,
  nullableText,
  sequenceColumn,
  text,
} from '../columns.ts';

export interface MetricFilter {
  readonly key: string;
  /** Sorted. */
  readonly values: readonly string[];
}

export interface BillableMetric {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  readonly aggregationType: AggregationType;
  readonly fieldName: string | null;
  readonly recurring: boolean;
  readonly roundingFunction: RoundingFunction | null;
  readonly roundingPrecision: number | null;
  readonly weightedInterval: 'seconds' | null;
  readonly expression: string | null;
  readonly filters: readonly MetricFilter[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
}

export const billableMetrics = defineTable<BillableMetric>('billable_metrics', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  name: text,
  code: text,
  description: nullableText,
  aggregationType: text,
  fieldName: nullableText,
  recurring: booleanColumn,
  roundingFunction: nullableText,
  roundingPrecision: nullableInteger,
  weightedInterval: nullableText,
  expression: nullableText,
  filters: jsonColumn,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  deletedAt: nullableInstant,
});

export interface UsageThreshold {
  readonly id: string;
  readonly amountCents: number;
  readonly thresholdDisplayName: string | null;
  readonly recurring: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Plan {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  /** Set on the private copy that plan overrides make; such a copy is never listed. */
  readonly parentId: string | null;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  readonly invoiceDisplayName: string | null;
  readonly interval: BillingInterval;
  readonly amountCents: Cents;
  readonly amountCurrency: CurrencyCode;
  readonly payInAdvance: boolean;
  /** Null unless yearly or semiannual. */
  readonly billChargesMonthly: boolean | null;
  /** Days; a fraction is allowed. */
  readonly trialPeriod: Decimal | null;
  readonly usageThresholds: readonly UsageThreshold[];
  readonly metadata: Readonly<Record<string, string | null>> | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
}

export const plans = defineTable<Plan>('plans', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  parentId: nullableText,
  name: text,
  code: text,
  description: nullableText,
  invoiceDisplayName: nullableText,
  interval: text,
  amountCents: centsColumn,
  amountCurrency: text,
  payInAdvance: booleanColumn,
  billChargesMonthly: nullableBoolean,
  trialPeriod: nullableDecimal,
  usageThresholds: jsonColumn,
  metadata: { ...jsonColumn, nullable: true },
  createdAt: instantColumn,
  updatedAt: instantColumn,
  deletedAt: nullableInstant,
});

export interface Charge {
  readonly id: string;
  readonly sequence: number;
  readonly planId: string;
  readonly billableMetricId: string;
  /** The charge of the parent plan that this one was copied from. */
  readonly parentId: string | null;
  readonly code: string;
  readonly chargeModel: ChargeModel;
  readonly payInAdvance: boolean;
  readonly invoiceable: boolean;
  readonly prorated: boolean;
  readonly minAmountCents: Cents;
  readonly invoiceDisplayName: string | null;
  readonly regroupPaidFees: 'invoice' | null;
  readonly properties: ChargeProperties;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
}

export const charges = defineTable<Charge>('charges', {
  id: idColumn,
  sequence: sequenceColumn,
  planId: text,
  billableMetricId: text,
  parentId: nullableText,
  code: text,
  chargeModel: text,
  payInAdvance: booleanColumn,
  invoiceable: booleanColumn,
  prorated: booleanColumn,
  minAmountCents: centsColumn,
  invoiceDisplayName: nullableText,
  regroupPaidFees: nullableText,
  properties: jsonColumn,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  deletedAt: nullableInstant,
});

export interface ChargeFilter {
  readonly id: string;
  readonly sequence: number;
  readonly chargeId: string;
  readonly filterValues: Readonly<Record<string, readonly string[]>>;
  readonly properties: ChargeProperties;
  readonly invoiceDisplayName: string | null;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
}

export const chargeFilters = defineTable<ChargeFilter>('charge_filters', {
  id: idColumn,
  sequence: sequenceColumn,
  chargeId: text,
  filterValues: jsonColumn,
  properties: jsonColumn,
  invoiceDisplayName: nullableText,
  createdAt: instantColumn,
  deletedAt: nullableInstant,
});

export interface MinimumCommitment {
  readonly id: string;
  readonly sequence: number;
  readonly planId: string;
  readonly amountCents: Cents;
  readonly invoiceDisplayName: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export const minimumCommitments = defineTable<MinimumCommitment>('minimum_commitments', {
  id: idColumn,
  sequence: sequenceColumn,
  planId: text,
  amountCents: centsColumn,
  invoiceDisplayName: nullableText,
  createdAt: instantColumn,
  updatedAt: instantColumn,
});

export interface Tax {
  readonly id: string;
  readonly sequence: number;
  readonly organizationId: string;
  readonly name: string;
  readonly code: string;
  readonly description: string | null;
  /** Percent: 20 means 20 %. */
  readonly rate: Decimal;
  readonly appliedToOrganization: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
}

export const taxes = defineTable<Tax>('taxes', {
  id: idColumn,
  sequence: sequenceColumn,
  organizationId: text,
  name: text,
  code: text,
  description: nullableText,
  rate: decimalColumn,
  appliedToOrganization: booleanColumn,
  createdAt: instantColumn,
  updatedAt: instantColumn,
  deletedAt: nullableInstant,
});

/** A tax that a plan, charge, commitment or customer carries of its own, in the order given. */
export interface OwnedTax {
  readonly ownerId: string;
  readonly taxId: string;
  readonly position: number;
}

const ownedTaxColumns = { ownerId: { ...text, primary: true }, taxId: { ...text, primary: true }, position: integer };

export const planTaxes = defineTable<OwnedTax>('plan_taxes', ownedTaxColumns);
export const chargeTaxes = defineTable<OwnedTax>('charge_taxes', ownedTaxColumns);
export const commitmentTaxes = defineTable<OwnedTax>('commitment_taxes', ownedTaxColumns);
export const customerTaxes = defineTable<OwnedTax>('customer_taxes', ownedTaxColumns);
