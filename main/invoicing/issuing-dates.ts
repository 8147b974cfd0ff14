import { dateIn, startOfDay, type Instant, type PlainDate } from '../../shared/dates.ts';
import type { Customer } from '../customers/index.ts';
import type { Organization } from '../database/tables/organizations.ts';

/** The dates that an invoice carries, days of the customer's zone. */
export interface IssuingDates {
  readonly issuingDate: PlainDate;
  /** The day on which a draft is finalized; the billing day without a grace period. */
  readonly expectedFinalizationDate: PlainDate;
  readonly paymentDueDate: PlainDate;
  readonly netPaymentTerm: number;
  /** Start of `expectedFinalizationDate`; null when nothing waits. */
  readonly finalizeAt: Instant | null;
}

export interface IssuingFacts {
  readonly billedAt: Instant;
  readonly timeZone: string;
  readonly customer: Customer;
  readonly organization: Organization;
  /** Only periodic invoices follow the customer's issuing-date settings. */
  readonly isPeriodic: boolean;
  /** One-off, add-on, credit and in-advance usage invoices never wait. */
  readonly hasGrace: boolean;
}

/**
 * Issuing and due date of an invoice, and the end of its grace period: the billing day in the customer's zone, moved by the grace days, or by
 * the customer's anchor settings. Rule: invoicing.md § 2 "Dates", "Grace period".
 */
export function issuingDates(facts: IssuingFacts): IssuingDates {
  const { customer, organization } = facts;
  const billingDate = dateIn(facts.billedAt, facts.timeZone);
  const graceDays = facts.hasGrace ? gracePeriod(customer, organization) : 0;
  const expectedFinalizationDate = billingDate.add({ days: graceDays });
  const anchor = facts.isPeriodic && customer.issuingDateAnchor === 'current_period_end' ? billingDate.subtract({ days: 1 }) : billingDate;
  const keepsAnchor = graceDays === 0 || (facts.isPeriodic && customer.issuingDateAdjustment === 'keep_anchor');
  const issuingDate = keepsAnchor ? anchor : expectedFinalizationDate;
  const netPaymentTerm = customer.netPaymentTerm ?? organization.netPaymentTerm;
  return {
    issuingDate,
    expectedFinalizationDate,
    paymentDueDate: issuingDate.add({ days: netPaymentTerm }),
    netPaymentTerm,
    finalizeAt: graceDays === 0 ? null : startOfDay(expectedFinalizationDate, facts.timeZone),
  };
}

/** Days that a draft waits: the customer's, else the organization's. */
export function gracePeriod(
  customer: Pick<Customer, 'invoiceGracePeriod'>,
  organization: Pick<Organization, 'invoiceGracePeriod'>,
): number {
  return customer.invoiceGracePeriod ?? organization.invoiceGracePeriod;
}
