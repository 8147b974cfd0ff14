import type { CurrencyCode } from '../../shared/currency.ts';
import type { Instant } from '../../shared/dates.ts';
import { ZERO } from '../../shared/decimal.ts';
import { addCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { PlanTerms, TaxTerms, UsageWindow } from '../billing/facts.ts';
import { priceChargeUsage } from '../billing/fees/charge-fee.ts';
import { winningTaxes } from '../billing/invoice/draft-fees.ts';
import { feeTaxes } from '../billing/invoice/totals.ts';
import { currentChargePeriod } from '../billing/periods/index.ts';
import { readPlanTerms, taxTerms } from '../catalog/index.ts';
import { applicableTaxes, customerTimeZone, readOrganization, subscriptionTerms, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { findRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import { readChargeUsage } from './read-charge-usage.ts';

/** What one charge of an active subscription comes to in its running period, taxes included. */
export interface OngoingUsage {
  readonly currency: CurrencyCode;
  readonly metricCode: string;
  readonly amountCents: Cents;
}

/**
 * What a customer's active subscriptions have used in the periods that hold now and will be billed at their end, priced as current usage is.
 * Charges paid in advance are left out: their usage is billed as it comes. Rule: invoicing.md § 8 "Ongoing balance", pricing.md § 8.
 */
export async function readOngoingUsage(
  db: ReadDatabase,
  of: { readonly customer: Customer; readonly now: Instant },
): Promise<readonly OngoingUsage[]> {
  const { customer, now } = of;
  const active = findRows(db, subscriptions, { customerId: customer.id, status: 'active' });
  if (active.length === 0) return [];
  const timeZone = customerTimeZone(customer, await readOrganization(db, customer.organizationId));
  const inheritedTaxes = (await applicableTaxes(db, customer)).map(taxTerms);
  const usages: OngoingUsage[] = [];
  for (const row of active) {
    const plan = await readPlanTerms(db, row.planId);
    const { window } = currentChargePeriod(subscriptionTerms(row, timeZone), plan, now);
    usages.push(...usageOf(db, { row, plan, window, inheritedTaxes }));
  }
  return usages;
}

interface RunningPeriod {
  readonly row: Subscription;
  readonly plan: PlanTerms;
  readonly window: UsageWindow;
  readonly inheritedTaxes: readonly TaxTerms[];
}

function usageOf(db: ReadDatabase, { row, plan, window, inheritedTaxes }: RunningPeriod): readonly OngoingUsage[] {
  const scope = { organizationId: row.organizationId, externalSubscriptionId: row.externalId, window };
  const { currency } = plan;
  return plan.charges
    .filter((charge) => !charge.payInAdvance)
    .map((charge) => {
      const taxes = winningTaxes(charge.taxes, plan.taxes, inheritedTaxes);
      const amounts = priceChargeUsage(charge, readChargeUsage(db, { ...scope, charge }), currency).map(({ amountCents }) =>
        addCents(amountCents, feeTaxes({ amountCents, preciseCouponsAmountCents: ZERO, taxes }).taxesAmountCents),
      );
      return { currency, metricCode: charge.metric.code, amountCents: addCents(ZERO_CENTS, ...amounts) };
    });
}
