import { daysBetween, formatInstant } from '../../../shared/dates.ts';
import { decimal, ONE } from '../../../shared/decimal.ts';
import { addCents, centsToUnits, roundCents, type Cents } from '../../../shared/money.ts';
import type { BillingItem, UsageSpan } from '../billing-item.ts';
import type { BucketUsage, ChargeFeeDraft, ChargeTerms, PlanTerms, TaxTerms } from '../facts.ts';
import { isStoredOnInvoice, priceChargeUsage, withChargeMinimum } from '../fees/charge-fee.ts';
import { billedDays, prorateCents, subscriptionFee } from '../fees/subscription-fee.ts';
import { lengthInDays } from '../periods/period-grid.ts';
import type { FeeDraft } from './fee-draft.ts';

/** The usage of one charge, read for an item. */
export interface ChargeUsageFacts {
  readonly charge: ChargeTerms;
  readonly buckets: readonly BucketUsage[];
  /** Highest arrival number of the events that were there; null without events. */
  readonly watermark: number | null;
}

/** Everything that the fees of one subscription on an invoice depend on. */
export interface ItemFacts {
  readonly subscriptionId: string;
  readonly plan: PlanTerms;
  readonly item: BillingItem;
  /** Arrears charges of the elapsed period. */
  readonly usage: readonly ChargeUsageFacts[];
  /** Recurring charges paid in advance, for the period that begins. */
  readonly advanceUsage: readonly ChargeUsageFacts[];
  /** Taxes of the customer, else of the organization. */
  readonly inheritedTaxes: readonly TaxTerms[];
  /** What earlier invoices already billed for the fee period of the commitment, in cents. */
  readonly billedForCommitmentCents: Cents;
}

/**
 * The fees of one subscription on an invoice: subscription fee, charges with their true-ups, recurring charges in advance, minimum commitment.
 * Amounts are cents of the plan's currency, each fee rounded once. Rule: invoicing.md § 3, pricing.md §§ 1, 4, 6, subscriptions.md §§ 3, 4.
 */
export function draftFees(facts: ItemFacts): readonly FeeDraft[] {
  const base = subscriptionFeeDraft(facts);
  const fees = base === null ? [] : [base];
  for (const usage of facts.usage)
    fees.push(...chargeFees(facts, usage, { span: facts.item.usage, isAdvance: false, offset: fees.length }));
  for (const usage of facts.advanceUsage) {
    fees.push(...chargeFees(facts, usage, { span: facts.item.advanceUsage, isAdvance: true, offset: fees.length }));
  }
  const commitment = commitmentFee(facts, fees);
  return commitment === null ? fees : [...fees, commitment];
}

/** Which taxes a fee gets: the first list that is not empty, never merged. Rule: invoicing.md § 6. */
export function winningTaxes(...lists: readonly (readonly TaxTerms[])[]): readonly TaxTerms[] {
  return lists.find((list) => list.length > 0) ?? [];
}

function subscriptionFeeDraft(facts: ItemFacts): FeeDraft | null {
  const { plan, item } = facts;
  if (item.subscriptionFee === null) return null;
  const fee = subscriptionFee(plan, item.subscriptionFee);
  if (fee === null) return null;
  return {
    ...planFee(facts),
    feeType: 'subscription',
    amountCents: fee.amountCents,
    preciseAmount: fee.preciseAmount,
    // One unit of a base fee costs what is asked for it: no fraction of a cent stands on a document.
    unitAmount: centsToUnits(fee.amountCents, plan.currency),
    amountDetails: { plan_amount_cents: plan.amountCents.toString() },
    fromAt: item.subscriptionFee.fromAt,
    toAt: item.subscriptionFee.toAt,
    taxes: winningTaxes(plan.taxes, facts.inheritedTaxes),
    explanation: {
      version: 1,
      rule: 'subscription_fee',
      properties: { plan_amount_cents: plan.amountCents.toString(), interval: plan.interval, pay_in_advance: plan.payInAdvance },
      facts: { reason: item.reason },
      boundaries: { from: formatInstant(item.subscriptionFee.fromAt), to: formatInstant(item.subscriptionFee.toAt) },
      steps: fee.steps,
      eventWatermark: null,
    },
  };
}

type PlanFee = Pick<
  FeeDraft,
  | 'subscriptionId'
  | 'chargeId'
  | 'chargeFilterId'
  | 'item'
  | 'invoiceDisplayName'
  | 'filterDisplayName'
  | 'filters'
  | 'groupedBy'
  | 'payInAdvance'
  | 'invoiceable'
  | 'units'
  | 'totalAggregatedUnits'
  | 'eventsCount'
  | 'trueUpOf'
  | 'eventTransactionId'
>;

/** What the subscription fee and the minimum commitment of a plan have in common. */
function planFee({ plan, subscriptionId }: ItemFacts): PlanFee {
  return {
    subscriptionId,
    chargeId: null,
    chargeFilterId: null,
    item: { id: subscriptionId, type: 'Subscription', code: plan.code, name: plan.name, description: plan.description ?? null },
    invoiceDisplayName: plan.invoiceDisplayName,
    filterDisplayName: null,
    filters: null,
    groupedBy: {},
    payInAdvance: plan.payInAdvance,
    invoiceable: true,
    units: ONE,
    totalAggregatedUnits: null,
    eventsCount: null,
    trueUpOf: null,
    eventTransactionId: null,
  };
}

interface ChargeFeesOf {
  readonly span: UsageSpan | null;
  readonly isAdvance: boolean;
  /** How many fees stand before these on the invoice. */
  readonly offset: number;
}

function chargeFees(facts: ItemFacts, usage: ChargeUsageFacts, of: ChargeFeesOf): readonly FeeDraft[] {
  if (of.span === null) return [];
  const { window } = of.span;
  const priced = priceChargeUsage(usage.charge, usage.buckets, facts.plan.currency);
  const days = Math.max(daysBetween(window.firstDay, window.lastDay) + 1, 0);
  const withMinimum = of.isAdvance
    ? priced
    : withChargeMinimum(usage.charge, priced, { billedDays: days, fullPeriodDays: window.fullPeriodDays });
  const hasTrueUp = withMinimum.some((draft) => draft.isTrueUp);
  const parent = hasTrueUp ? parentOfTrueUp(withMinimum) : null;
  const stored = withMinimum.filter((draft) => draft === parent || draft.isTrueUp || isStoredOnInvoice(draft));
  const parentPosition = parent === null ? null : of.offset + stored.indexOf(parent);
  return stored.map((draft) => ({
    ...chargeFeeDraft(facts, usage, draft),
    fromAt: of.span?.fromAt ?? window.from,
    toAt: of.span?.toAt ?? window.end,
    payInAdvance: of.isAdvance,
    trueUpOf: draft.isTrueUp ? parentPosition : null,
  }));
}

/** The parent of a true-up: the first fee without a filter that is stored, else an empty one. Rule: pricing.md § 4 "Spending minimum". */
function parentOfTrueUp(drafts: readonly ChargeFeeDraft[]): ChargeFeeDraft | null {
  const candidates = drafts.filter((draft) => !draft.isTrueUp);
  const unfiltered = candidates.filter((draft) => draft.key.filterId === null);
  return unfiltered.find(isStoredOnInvoice) ?? unfiltered[0] ?? candidates[0] ?? null;
}

/** One priced bucket as a fee of its charge, without its dates. */
export function chargeFeeDraft(
  facts: Pick<ItemFacts, 'subscriptionId' | 'plan' | 'inheritedTaxes'>,
  usage: ChargeUsageFacts,
  draft: ChargeFeeDraft,
): Omit<FeeDraft, 'fromAt' | 'toAt'> {
  const { charge } = usage;
  const filter = charge.filters.find((candidate) => candidate.id === draft.key.filterId) ?? null;
  return {
    feeType: 'charge',
    subscriptionId: facts.subscriptionId,
    chargeId: charge.id,
    chargeFilterId: draft.key.filterId,
    item: {
      id: charge.metric.id,
      type: 'BillableMetric',
      code: charge.metric.code,
      name: charge.metric.name,
      description: charge.metric.description ?? null,
    },
    invoiceDisplayName: charge.invoiceDisplayName,
    filterDisplayName: filter?.invoiceDisplayName ?? null,
    filters: filter?.values ?? null,
    groupedBy: draft.key.groupedBy,
    payInAdvance: charge.payInAdvance,
    invoiceable: charge.invoiceable,
    amountCents: draft.amountCents,
    preciseAmount: draft.preciseAmount,
    unitAmount: draft.unitAmount,
    units: draft.units,
    totalAggregatedUnits: draft.totalAggregatedUnits,
    eventsCount: draft.eventsCount,
    amountDetails: draft.amountDetails,
    taxes: winningTaxes(charge.taxes, facts.plan.taxes, facts.inheritedTaxes),
    trueUpOf: null,
    eventTransactionId: null,
    explanation: {
      version: 1,
      rule: draft.isTrueUp ? 'charge_minimum' : charge.chargeModel,
      properties: filter?.properties ?? charge.properties,
      facts: {
        charge_code: charge.code,
        metric: {
          code: charge.metric.code,
          aggregation_type: charge.metric.aggregationType,
          field_name: charge.metric.fieldName,
          expression: charge.metric.expression,
          recurring: charge.metric.recurring,
          rounding_function: charge.metric.roundingFunction,
          rounding_precision: charge.metric.roundingPrecision,
        },
        prorated: charge.prorated,
        min_amount_cents: charge.minAmountCents.toString(),
      },
      boundaries: {},
      steps: draft.steps,
      eventWatermark: usage.watermark,
    },
  };
}

/**
 * The true-up to the plan's minimum commitment: the commitment for the billed days less the subscription fee and charges of the same fee
 * period, when that is positive. It is settled when the fee period ends. Rule: pricing.md § 4 applied to the whole plan (api.md § 4).
 */
function commitmentFee(facts: ItemFacts, fees: readonly FeeDraft[]): FeeDraft | null {
  const { plan, item } = facts;
  const commitment = plan.minimumCommitment;
  if (commitment === null || item.commitment === null) return null;
  const days = billedDays(item.commitment);
  if (days <= 0) return null;
  const due = prorateCents(commitment.amountCents, days, lengthInDays(item.commitment.period));
  const onThisInvoice = fees.filter((fee) => (fee.feeType === 'subscription' ? !plan.payInAdvance : !fee.payInAdvance));
  const billed = addCents(facts.billedForCommitmentCents, ...onThisInvoice.map((fee) => fee.amountCents));
  const amountCents = roundCents(due.minus(decimal(billed)));
  if (amountCents <= 0n) return null;
  const amount = centsToUnits(amountCents, plan.currency);
  return {
    ...planFee(facts),
    feeType: 'commitment',
    item: { ...planFee(facts).item, type: 'Commitment', id: commitment.id },
    invoiceDisplayName: commitment.invoiceDisplayName,
    amountCents,
    preciseAmount: amount,
    unitAmount: amount,
    amountDetails: {},
    fromAt: item.commitment.fromAt,
    toAt: item.commitment.toAt,
    taxes: winningTaxes(commitment.taxes, plan.taxes, facts.inheritedTaxes),
    explanation: {
      version: 1,
      rule: 'minimum_commitment',
      properties: { amount_cents: commitment.amountCents.toString() },
      facts: { billed_cents: billed.toString() },
      boundaries: { from: formatInstant(item.commitment.fromAt), to: formatInstant(item.commitment.toAt) },
      steps: [
        {
          kind: 'commitment',
          values: {
            commitment_cents: commitment.amountCents.toString(),
            billed_days: days,
            period_days: lengthInDays(item.commitment.period),
            billed_cents: billed.toString(),
          },
          result: amountCents.toString(),
        },
      ],
      eventWatermark: null,
    },
  };
}
