import type { OverrideAnswer, OverrideValue } from '../../../shared/internal/subscriptions.ts';
import { formatDecimal } from '../../../shared/decimal.ts';
import { centsToWire } from '../../../shared/money.ts';
import type { PlanDetails } from '../../catalog/index.ts';

type Charge = PlanDetails['charges'][number];

/** What a subscription's own copy of a plan has otherwise than the plan. */
export function overridesOf(own: PlanDetails, parent: PlanDetails): readonly OverrideAnswer[] {
  const trial = ({ plan }: PlanDetails): string | null => (plan.trialPeriod === null ? null : formatDecimal(plan.trialPeriod));
  const commitment = ({ minimumCommitment }: PlanDetails): number | null =>
    minimumCommitment === null ? null : centsToWire(minimumCommitment.commitment.amountCents);
  const compared: readonly OverrideAnswer[] = [
    { kind: 'amount', name: null, own: centsToWire(own.plan.amountCents), parent: centsToWire(parent.plan.amountCents) },
    { kind: 'name', name: null, own: own.plan.name, parent: parent.plan.name },
    { kind: 'display_name', name: null, own: own.plan.invoiceDisplayName, parent: parent.plan.invoiceDisplayName },
    { kind: 'trial', name: null, own: trial(own), parent: trial(parent) },
    { kind: 'minimum_commitment', name: null, own: commitment(own), parent: commitment(parent) },
    ...own.charges.map((charge) => comparedCharge(charge, parent.charges)),
  ];
  return compared.filter((one) => JSON.stringify(one.own) !== JSON.stringify(one.parent));
}

function comparedCharge(own: Charge, ofParent: readonly Charge[]): OverrideAnswer {
  const parent = ofParent.find(({ charge }) => charge.id === own.charge.parentId || charge.code === own.charge.code);
  return { kind: 'charge', name: own.metric.name, own: pricesOf(own), parent: parent === undefined ? null : pricesOf(parent) };
}

function pricesOf({ charge, filters }: Charge): OverrideValue {
  const minimum = charge.minAmountCents === 0n ? {} : { min_amount_cents: centsToWire(charge.minAmountCents) };
  const filtered = filters.length === 0 ? {} : { filters: filters.map(({ properties }) => properties) };
  return { ...charge.properties, ...minimum, ...filtered };
}
