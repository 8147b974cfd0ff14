import { dateIn } from '../../shared/dates.ts';
import { advanceUsageItem } from '../billing/occasions.ts';
import { chargePeriodContaining } from '../billing/periods/index.ts';
import { chargeFeeDraft } from '../billing/invoice/draft-fees.ts';
import type { FeeDraft } from '../billing/invoice/fee-draft.ts';
import type { ChargeTerms } from '../billing/facts.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { customerTimeZone, readCustomer, readOrganization, subscriptionTerms, type Customer } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { UsageEvent } from '../database/tables/events.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { advanceFeeDraft, subscriptionAt } from '../usage/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';
import { inheritedTaxes, type ItemToBill } from './gather-facts.ts';
import { insertInvoice, storeItems } from './generate-invoice.ts';
import { storeFees } from './store-fees.ts';

/**
 * Bills one event on every charge paid in advance that counts it, in the event's own transaction: an invoice of its own where the charge is
 * invoiceable, else a fee that stands alone. The subscription and period are those that hold the event's timestamp. Rule: pricing.md § 6.
 */
export async function billAdvanceEvent(context: ServiceContext, tx: Transaction, event: UsageEvent): Promise<void> {
  const row = await rowAt(tx, event);
  if (row === null) return;
  const plan = await readPlanTerms(tx, row.planId);
  const charges = plan.charges.filter((charge) => charge.payInAdvance && charge.metric.code === event.code);
  if (charges.length === 0) return;

  const customer = await readCustomer(tx, row.customerId);
  const timeZone = customerTimeZone(customer, await readOrganization(tx, context.organizationId));
  const subscription = subscriptionTerms(row, timeZone);
  const date = dateIn(event.timestamp, timeZone);
  const toBill: ItemToBill = { subscription, plan, item: advanceUsageItem(subscription, plan, date) };
  for (const charge of charges) {
    const fee = await advanceFee(tx, { customer, toBill, charge, event });
    if (fee !== null) await storeAdvanceFee(context, tx, { customer, toBill, fee });
  }
}

interface AdvanceFeeOf {
  readonly customer: Customer;
  readonly toBill: ItemToBill;
  readonly charge: ChargeTerms;
  readonly event: UsageEvent;
}

async function advanceFee(db: ReadDatabase, of: AdvanceFeeOf): Promise<FeeDraft | null> {
  const { customer, charge, event } = of;
  const { subscription, plan } = of.toBill;
  const period = chargePeriodContaining(subscription, plan, dateIn(event.timestamp, subscription.timeZone));
  const priced = advanceFeeDraft(db, {
    organizationId: customer.organizationId,
    externalSubscriptionId: subscription.externalId,
    charge,
    window: period.window,
    currency: plan.currency,
    event: { ...event, at: event.timestamp },
  });
  if (priced === null) return null;
  const facts = { subscriptionId: subscription.id, plan, inheritedTaxes: await inheritedTaxes(db, customer) };
  return {
    ...chargeFeeDraft(facts, { charge, buckets: [], watermark: event.sequence }, priced),
    fromAt: period.fromAt,
    toAt: period.toAt,
    payInAdvance: true,
    eventTransactionId: event.transactionId,
  };
}

async function storeAdvanceFee(
  context: ServiceContext,
  tx: Transaction,
  store: { readonly customer: Customer; readonly toBill: ItemToBill; readonly fee: FeeDraft },
): Promise<void> {
  const { customer, toBill, fee } = store;
  const { currency } = toBill.plan;
  if (!fee.invoiceable) {
    await announceFees(context, tx, await storeFees(context, tx, { of: { customer, currency, invoiceId: null }, drafts: [fee] }));
    return;
  }
  const organization = await readOrganization(tx, context.organizationId);
  const invoice = await insertInvoice(context, tx, {
    customer,
    organization,
    currency,
    invoiceType: 'subscription',
    isPeriodic: false,
    hasGrace: false,
  });
  await storeItems(context, tx, { invoice, items: [toBill] });
  const stored = await storeFees(context, tx, { of: { customer, currency, invoiceId: invoice.id }, drafts: [fee] });
  await finalizeInTransaction(context, tx, { invoiceId: invoice.id });
  await announceFees(context, tx, stored);
}

async function announceFees(context: ServiceContext, tx: Transaction, fees: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of fees) await context.announce?.(tx, { type: 'fee.created', objectType: 'fee', objectId: id });
}

/** The row of the event's subscription that holds its timestamp. */
async function rowAt(db: ReadDatabase, { organizationId, externalSubscriptionId, timestamp }: UsageEvent): Promise<Subscription | null> {
  const found = subscriptionAt(db, { organizationId, externalSubscriptionId, timestampMs: timestamp.epochMilliseconds });
  return found === null ? null : db.manager.findOneBy(subscriptions, { id: found.subscriptionId });
}
