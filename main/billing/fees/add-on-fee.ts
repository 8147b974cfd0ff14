import type { CurrencyCode } from '../../../shared/currency.ts';
import { formatInstant, type Instant } from '../../../shared/dates.ts';
import { decimal, formatDecimal, type Decimal } from '../../../shared/decimal.ts';
import { centsToUnits, roundCents, type Cents } from '../../../shared/money.ts';
import type { TaxTerms } from '../facts.ts';
import { winningTaxes } from '../invoice/draft-fees.ts';
import type { FeeDraft } from '../invoice/fee-draft.ts';

/** What an add-on says of itself. */
export interface AddOnTerms {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string | null;
  readonly invoiceDisplayName: string | null;
  readonly amountCents: Cents;
  /** Its own taxes; empty means inherited. */
  readonly taxes: readonly TaxTerms[];
}

/** One add-on on an invoice, with what stands in place of the add-on's own words and price. */
export interface AddOnFeeFacts {
  readonly addOn: AddOnTerms;
  /** The invoice's: the add-on's own currency is not looked at. */
  readonly currency: CurrencyCode;
  readonly units: Decimal;
  readonly unitAmountCents: Cents | null;
  readonly description: string | null;
  readonly invoiceDisplayName: string | null;
  /** Taxes named for this fee; empty means inherited. */
  readonly taxes: readonly TaxTerms[];
  /** Taxes of the customer, else of the organization. */
  readonly inheritedTaxes: readonly TaxTerms[];
  /** What it is for, both ends included; null where that was not said. */
  readonly span: { readonly fromAt: Instant; readonly toAt: Instant } | null;
  readonly invoicedAt: Instant;
}

/**
 * The fee of an add-on: units × price of one, in cents of the invoice's currency, rounded once, half away from zero. A fee that is for no span of
 * time carries the instant of its invoice. Rule: invoicing.md §§ 5, 6.
 */
export function addOnFee(facts: AddOnFeeFacts): FeeDraft {
  const { addOn, units, span } = facts;
  const unitAmountCents = facts.unitAmountCents ?? addOn.amountCents;
  const exactCents = decimal(unitAmountCents).times(units);
  const amountCents = roundCents(exactCents);
  const unitAmount = centsToUnits(unitAmountCents, facts.currency);
  return {
    feeType: 'add_on',
    subscriptionId: null,
    chargeId: null,
    chargeFilterId: null,
    item: { id: addOn.id, type: 'AddOn', code: addOn.code, name: addOn.name, description: addOn.description },
    invoiceDisplayName: facts.invoiceDisplayName ?? addOn.invoiceDisplayName,
    description: facts.description ?? addOn.description,
    filterDisplayName: null,
    filters: null,
    groupedBy: {},
    payInAdvance: false,
    invoiceable: true,
    amountCents,
    preciseAmount: unitAmount.times(units),
    unitAmount,
    units,
    totalAggregatedUnits: null,
    eventsCount: null,
    amountDetails: {},
    fromAt: span?.fromAt ?? facts.invoicedAt,
    toAt: span?.toAt ?? facts.invoicedAt,
    taxes: winningTaxes(facts.taxes, addOn.taxes, facts.inheritedTaxes),
    trueUpOf: null,
    eventTransactionId: null,
    explanation: {
      version: 1,
      rule: 'add_on',
      properties: { amount_cents: addOn.amountCents.toString() },
      facts: {},
      boundaries: span === null ? {} : { from: formatInstant(span.fromAt), to: formatInstant(span.toAt) },
      steps: [
        {
          kind: 'add_on',
          values: { unit_amount_cents: unitAmountCents.toString(), units: formatDecimal(units), exact_cents: exactCents.toFixed() },
          result: amountCents.toString(),
        },
      ],
      eventWatermark: null,
    },
  };
}
