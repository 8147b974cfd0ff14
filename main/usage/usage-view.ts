import type { CurrencyCode } from '../../shared/currency.ts';
import type { Instant, PlainDate } from '../../shared/dates.ts';
import { addCents, type Cents } from '../../shared/money.ts';
import type { AggregationType, ChargeFeeDraft, ChargeModel } from '../billing/facts.ts';

/** What one bucket of a charge comes to, as usage shows it. */
export type UsageFee = Pick<ChargeFeeDraft, 'key' | 'units' | 'totalAggregatedUnits' | 'eventsCount' | 'amountCents'> &
  // How the amount came about: of the running period only.
  Partial<Pick<ChargeFeeDraft, 'steps' | 'unitAmount'>>;

/** A charge filter as usage shows it; null id and values are the events that match no filter. */
export interface UsageFilter {
  readonly id: string | null;
  readonly values: Readonly<Record<string, readonly string[]>> | null;
  readonly invoiceDisplayName: string | null;
}

/** The usage of one charge. Rule: pricing.md § 8. */
export interface ChargeUsage {
  readonly charge: {
    readonly id: string;
    readonly code: string;
    readonly chargeModel: ChargeModel;
    readonly invoiceDisplayName: string | null;
  };
  readonly metric: { readonly id: string; readonly name: string; readonly code: string; readonly aggregationType: AggregationType };
  /** Empty for a charge without filters; else all of them, the default one last. */
  readonly filters: readonly UsageFilter[];
  readonly fees: readonly UsageFee[];
}

/** The usage of one subscription in one charge period. */
export interface PeriodUsage {
  /** Both ends included, as shown. */
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly issuingDate: PlainDate;
  readonly currency: CurrencyCode;
  readonly amountCents: Cents;
  readonly taxesAmountCents: Cents;
  /** Null for the running period. */
  readonly invoiceId: string | null;
  /** By name of the metric, whatever its case. */
  readonly charges: readonly ChargeUsage[];
}

export function sumFees(charges: readonly ChargeUsage[]): Cents {
  return addCents(...charges.flatMap(({ fees }) => fees.map((fee) => fee.amountCents)));
}

/** Charges are shown by the name of their metric; those of one metric keep their order. */
export function inNameOrder<Named extends { readonly metric: { readonly name: string } }>(charges: readonly Named[]): readonly Named[] {
  const nameOf = (charge: Named): string => charge.metric.name.toLowerCase();
  return [...charges].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : 0));
}
