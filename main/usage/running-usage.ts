import type { CurrencyCode } from '../../shared/currency.ts';
import type { Instant } from '../../shared/dates.ts';
import { addCents, type Cents } from '../../shared/money.ts';
import { priceChargeUsage } from '../billing/fees/charge-fee.ts';
import { currentChargePeriod } from '../billing/periods/index.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { customerTimeZone, readOrganization, subscriptionTerms, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import { readChargeUsage } from './read-charge-usage.ts';

/** What an active subscription has used in its running period that is still to be billed, before taxes. */
export interface RunningUsage {
  readonly subscriptionId: string;
  readonly currency: CurrencyCode;
  readonly amountCents: Cents;
}

/**
 * The usage of each of a customer's active subscriptions that its next invoice will bill, priced as current usage is. Charges paid in advance are
 * left out: their usage is billed as it comes. Rule: pricing.md § 8.
 */
export async function readRunningUsage(
  db: ReadDatabase,
  of: { readonly customer: Customer; readonly now: Instant },
): Promise<readonly RunningUsage[]> {
  const { customer, now } = of;
  const rows = findRows(db, subscriptions, { customerId: customer.id, status: 'active' });
  if (rows.length === 0) return [];
  const timeZone = customerTimeZone(customer, await readOrganization(db, customer.organizationId));
  const usages: RunningUsage[] = [];
  for (const row of rows) {
    const plan = await readPlanTerms(db, row.planId);
    const { window } = currentChargePeriod(subscriptionTerms(row, timeZone), plan, now);
    const scope = { organizationId: row.organizationId, externalSubscriptionId: row.externalId, window };
    const fees = plan.charges
      .filter((charge) => !charge.payInAdvance)
      .flatMap((charge) => priceChargeUsage(charge, readChargeUsage(db, { ...scope, charge }), plan.currency));
    usages.push({ subscriptionId: row.id, currency: plan.currency, amountCents: addCents(...fees.map((fee) => fee.amountCents)) });
  }
  return usages;
}
