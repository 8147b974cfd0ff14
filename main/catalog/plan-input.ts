import type { BillingInterval } from '../../shared/billing-interval.ts';
import type { CurrencyCode } from '../../shared/currency.ts';
import type { Decimal } from '../../shared/decimal.ts';
import type { Cents } from '../../shared/money.ts';
import { mergeFieldErrors, type FieldErrors } from '../../shared/result.ts';
import type { Plan } from '../database/tables/catalog.ts';
import type { ChargeInput } from './charge-input.ts';
import { mandatoryErrors } from './field-checks.ts';
import type { CommitmentInput } from './minimum-commitments.ts';
import type { MetadataInput } from './plan-metadata.ts';
import type { UsageThresholdInput } from './usage-thresholds.ts';

/** What a caller says about a plan: an absent key leaves the attribute as it is, null clears it. */
export interface PlanInput {
  readonly name?: string | null;
  readonly code?: string | null;
  readonly invoiceDisplayName?: string | null;
  readonly description?: string | null;
  readonly interval?: BillingInterval | null;
  readonly amountCents?: Cents | null;
  readonly amountCurrency?: CurrencyCode | null;
  readonly payInAdvance?: boolean | null;
  /** Days; a fraction is allowed. */
  readonly trialPeriod?: Decimal | null;
  readonly billChargesMonthly?: boolean | null;
  readonly taxCodes?: readonly string[] | null;
  /** Null, or an object without any key, removes it. */
  readonly minimumCommitment?: CommitmentInput | null;
  /** The full new list: charges with an id are changed, the others are new, charges not named are removed. */
  readonly charges?: readonly ChargeInput[] | null;
  readonly usageThresholds?: readonly UsageThresholdInput[] | null;
  readonly metadata?: MetadataInput | null;
  /** Whether private copies of the plan follow the change. */
  readonly cascadeUpdates?: boolean | null;
}

/** The plan's own columns that a caller decides. */
export type PlanAttributes = Pick<
  Plan,
  | 'name'
  | 'code'
  | 'invoiceDisplayName'
  | 'description'
  | 'interval'
  | 'amountCents'
  | 'amountCurrency'
  | 'payInAdvance'
  | 'trialPeriod'
  | 'billChargesMonthly'
>;

/** Attributes after the change; in a plan with subscriptions only names, description and amount move. Rule: api.md § 4. */
export function mergePlan(input: PlanInput, existing: Plan | null, isInUse: boolean): Partial<PlanAttributes> {
  const always = {
    name: input.name ?? existing?.name,
    invoiceDisplayName: input.invoiceDisplayName === undefined ? (existing?.invoiceDisplayName ?? null) : input.invoiceDisplayName,
    description: input.description === undefined ? (existing?.description ?? null) : input.description,
    amountCents: input.amountCents ?? existing?.amountCents,
  };
  if (existing !== null && isInUse) {
    const { code, interval, amountCurrency, payInAdvance, trialPeriod, billChargesMonthly } = existing;
    return { ...always, code, interval, amountCurrency, payInAdvance, trialPeriod, billChargesMonthly };
  }
  const interval = input.interval ?? existing?.interval;
  const hasMonthlyCharges =
    input.billChargesMonthly === undefined ? (existing?.billChargesMonthly ?? false) : (input.billChargesMonthly ?? false);
  return {
    ...always,
    code: input.code ?? existing?.code,
    interval,
    amountCurrency: input.amountCurrency ?? existing?.amountCurrency,
    payInAdvance: input.payInAdvance ?? existing?.payInAdvance ?? false,
    trialPeriod: input.trialPeriod === undefined ? (existing?.trialPeriod ?? null) : input.trialPeriod,
    billChargesMonthly: interval === 'yearly' || interval === 'semiannual' ? hasMonthlyCharges : null,
  };
}

/** What is wrong with the plan's own fields, apart from a code that is taken. */
export function planFieldErrors(input: PlanInput, occasion: { readonly isCreation: boolean; readonly isInUse: boolean }): FieldErrors {
  const { name, amountCents: amount_cents } = input;
  const { code, interval, amountCurrency: amount_currency, trialPeriod }: PlanInput = occasion.isInUse ? {} : input;
  return mergeFieldErrors(
    mandatoryErrors({ name, amount_cents }, occasion),
    occasion.isInUse ? {} : mandatoryErrors({ code, interval, amount_currency }, occasion),
    typeof amount_cents === 'bigint' && amount_cents < 0n ? { amount_cents: ['value_is_out_of_range'] } : {},
    trialPeriod?.lt(0) === true ? { trial_period: ['value_is_out_of_range'] } : {},
  );
}
