import { dateIn, wholeSecond, type Instant } from '../../shared/dates.ts';
import { ZERO } from '../../shared/decimal.ts';
import { addCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { aggregationTerms } from '../billing/aggregation/aggregate.ts';
import type { BucketKey, ChargeFeeDraft, ChargeTerms, PlanTerms, TaxTerms, UsageWindow } from '../billing/facts.ts';
import { priceAdvanceUsage } from '../billing/fees/advance-fee.ts';
import { priceChargeUsage } from '../billing/fees/charge-fee.ts';
import { winningTaxes } from '../billing/invoice/draft-fees.ts';
import { feeTaxes } from '../billing/invoice/totals.ts';
import { currentChargePeriod, type ChargePeriod } from '../billing/periods/index.ts';
import { readPlanTerms, taxTerms } from '../catalog/index.ts';
import { applicableTaxes, customerTimeZone, findCustomer, readOrganization, subscriptionTerms, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { ServiceContext } from '../service-context.ts';
import { readAdvanceUsage } from './read-advance-usage.ts';
import { readChargeUsage } from './read-charge-usage.ts';
import { inNameOrder, sumFees, type ChargeUsage, type PeriodUsage, type UsageFilter } from './usage-view.ts';

/** Whose usage is asked for, and how much of it. */
export interface CurrentUsageRequest {
  readonly externalCustomerId: string;
  /** An external id, else our own; without it the customer's only active subscription. */
  readonly subscriptionId?: string | undefined;
  readonly applyTaxes: boolean;
  readonly chargeId?: string | undefined;
  readonly chargeCode?: string | undefined;
  readonly billableMetricCode?: string | undefined;
  /** Only the pricing groups with these values, on the charges that group by these keys. */
  readonly group?: Readonly<Record<string, string | null>> | undefined;
  /** Since the start of the subscription, where the request is narrowed to a charge or a group. */
  readonly fullUsage?: boolean | undefined;
}

/**
 * What an active subscription has used in the charge period that holds now: every charge of its plan, priced as an invoice would, but without
 * subscription fee, minimums, coupons or credits. Nothing is stored. Rule: pricing.md § 8.
 */
export async function currentUsage(context: ServiceContext, request: CurrentUsageRequest): Promise<Result<PeriodUsage>> {
  const db = context.database.read;
  const customer = await findCustomer(db, context.organizationId, request.externalCustomerId);
  if (customer === null) return notFound('customer');
  const row = await findActiveSubscription(db, customer, request.subscriptionId);
  if (row === null) return notAllowed('no_active_subscription');
  const plan = await readPlanTerms(db, row.planId);
  const charges = inNameOrder(plan.charges.filter((charge) => isAskedFor(charge, request)));
  if (charges.length === 0 && isNarrowed(request)) return notFound('charge');

  const timeZone = customerTimeZone(customer, await readOrganization(db, context.organizationId));
  const running = currentChargePeriod(subscriptionTerms(row, timeZone), plan, context.clock.now());
  const period = request.fullUsage === true && row.startedAt !== null ? sinceStart(running, row.startedAt) : running;
  const scope = { organizationId: context.organizationId, externalSubscriptionId: row.externalId, window: period.window };
  const inheritedTaxes = request.applyTaxes ? (await applicableTaxes(db, customer)).map(taxTerms) : [];
  const priced = charges.map((charge) => ({
    charge,
    drafts: priceCharge(db, { ...scope, charge, plan }).filter(({ key }) => isInGroup(key, request.group)),
  }));
  const usages = priced.map(({ charge, drafts }) => chargeUsageOf(charge, drafts));
  return ok({
    fromAt: period.fromAt,
    toAt: period.toAt,
    issuingDate: period.nextDate,
    currency: plan.currency,
    amountCents: sumFees(usages),
    taxesAmountCents: request.applyTaxes ? sumTaxes(priced, plan, inheritedTaxes) : ZERO_CENTS,
    invoiceId: null,
    charges: usages,
  });
}

interface PricedCharge {
  readonly charge: ChargeTerms;
  readonly drafts: readonly ChargeFeeDraft[];
}

interface ChargeInWindow {
  readonly organizationId: string;
  readonly externalSubscriptionId: string;
  readonly window: UsageWindow;
  readonly charge: ChargeTerms;
  readonly plan: PlanTerms;
}

/** Charges paid in advance show the whole period too, priced on their high-water mark. Rule: pricing.md § 6, last sentence. */
function priceCharge(db: ReadDatabase, { plan, ...request }: ChargeInWindow): readonly ChargeFeeDraft[] {
  const { charge, window } = request;
  if (!charge.payInAdvance) return priceChargeUsage(charge, readChargeUsage(db, request), plan.currency);
  return priceAdvanceUsage(charge, readAdvanceUsage(db, request), { terms: aggregationTerms(charge, window), currency: plan.currency });
}

function chargeUsageOf(charge: ChargeTerms, fees: readonly ChargeFeeDraft[]): ChargeUsage {
  const defaultFilter: UsageFilter = { id: null, values: null, invoiceDisplayName: null };
  return { charge, metric: charge.metric, filters: charge.filters.length === 0 ? [] : [...charge.filters, defaultFilter], fees };
}

/** Each fee's taxes are rounded by themselves, then summed: the charge's own, else the plan's, the customer's, the organization's. */
function sumTaxes(priced: readonly PricedCharge[], plan: PlanTerms, inherited: readonly TaxTerms[]): Cents {
  const ofFees = priced.flatMap(({ charge, drafts }) => {
    const taxes = winningTaxes(charge.taxes, plan.taxes, inherited);
    return drafts.map(({ amountCents }) => feeTaxes({ amountCents, preciseCouponsAmountCents: ZERO, taxes }).taxesAmountCents);
  });
  return addCents(...ofFees);
}

/** The same period, from the start of the row on. */
function sinceStart(period: ChargePeriod, startedAt: Instant): ChargePeriod {
  const { window } = period;
  return {
    ...period,
    fromAt: startedAt,
    window: { ...window, from: wholeSecond(startedAt), firstDay: dateIn(startedAt, window.timeZone) },
  };
}

async function findActiveSubscription(db: ReadDatabase, customer: Customer, id: string | undefined): Promise<Subscription | null> {
  const active = await db.manager.findBy(subscriptions, { customerId: customer.id, status: 'active' });
  if (id === undefined) return active.length === 1 ? (active[0] ?? null) : null;
  return active.find((row) => row.externalId === id) ?? active.find((row) => row.id === id) ?? null;
}

function isNarrowed({ chargeId, chargeCode, billableMetricCode }: CurrentUsageRequest): boolean {
  return chargeId !== undefined || chargeCode !== undefined || billableMetricCode !== undefined;
}

function isAskedFor(charge: ChargeTerms, { chargeId, chargeCode, billableMetricCode }: CurrentUsageRequest): boolean {
  return (
    (chargeId === undefined || charge.id === chargeId) &&
    (chargeCode === undefined || charge.code === chargeCode) &&
    (billableMetricCode === undefined || charge.metric.code === billableMetricCode)
  );
}

function isInGroup(key: BucketKey, group: CurrentUsageRequest['group']): boolean {
  return Object.entries(group ?? {}).every(([name, value]) => !Object.hasOwn(key.groupedBy, name) || key.groupedBy[name] === value);
}
