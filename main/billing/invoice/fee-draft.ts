import type { Instant } from '../../../shared/dates.ts';
import type { Decimal } from '../../../shared/decimal.ts';
import type { Cents } from '../../../shared/money.ts';
import type { TaxTerms } from '../facts.ts';

/** One fee before it is stored: amounts, words as they are now, and what explains them. */
export interface FeeDraft {
  readonly feeType: 'charge' | 'subscription' | 'commitment' | 'add_on' | 'credit';
  /** Null for add-ons and credits, which belong to no subscription. */
  readonly subscriptionId: string | null;
  readonly chargeId: string | null;
  readonly chargeFilterId: string | null;
  readonly item: {
    readonly id: string;
    readonly type: string;
    readonly code: string;
    readonly name: string;
    readonly description: string | null;
  };
  readonly invoiceDisplayName: string | null;
  /** What the invoice says below the name; only add-ons have one. */
  readonly description?: string | null;
  readonly filterDisplayName: string | null;
  readonly filters: Readonly<Record<string, readonly string[]>> | null;
  readonly groupedBy: Readonly<Record<string, string | null>>;
  readonly payInAdvance: boolean;
  readonly invoiceable: boolean;
  readonly amountCents: Cents;
  /** Exact amount in currency units. */
  readonly preciseAmount: Decimal;
  readonly unitAmount: Decimal;
  readonly units: Decimal;
  readonly totalAggregatedUnits: Decimal | null;
  readonly eventsCount: number | null;
  readonly amountDetails: Readonly<Record<string, unknown>>;
  /** Both ends included, as shown. */
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly taxes: readonly TaxTerms[];
  /** Position of the parent in the same list, for the true-up of a spending minimum. */
  readonly trueUpOf: number | null;
  readonly eventTransactionId: string | null;
  readonly explanation: FeeDraftExplanation;
}

/** Stored with the fee; it cannot be added honestly later. See ui.md § 4.7 "Explain". */
export interface FeeDraftExplanation {
  readonly version: 1;
  readonly rule: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly boundaries: Readonly<Record<string, string | number>>;
  readonly steps: readonly unknown[];
  readonly eventWatermark: number | null;
}
