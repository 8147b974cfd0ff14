import { assert, present } from '../../shared/assert.ts';
import type { BillingTime } from '../../shared/billing-interval.ts';
import { currencyCode } from '../../shared/currency.ts';
import type { Instant } from '../../shared/dates.ts';
import { decimal } from '../../shared/decimal.ts';
import { cents, ZERO_CENTS } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import { createAddOn, createBillableMetric, createCoupon, createPlan, createTax } from '../catalog/index.ts';
import { applyCoupon, upsertCustomer } from '../customers/index.ts';
import { applyAddOn, createCreditNote, createOneOffInvoice, voidInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { createSubscription, terminateSubscription } from '../subscriptions/index.ts';
import { createWallet } from '../wallets/index.ts';
import { ADD_ONS, METRICS, PLANS, TAXES } from './catalog.ts';
import { couponsFor } from './coupons.ts';
import { CUSTOMERS } from './customers.ts';
import { failPayment, largestSearchFee } from './invoices.ts';
import { instantOn, type SampleDays } from './sample-days.ts';

/** Something that a person did at a moment of the sample's history. */
export interface Deed {
  readonly at: Instant;
  readonly act: (context: ServiceContext) => Promise<Result<unknown>>;
}

/** What was sold, bought and changed, in its order. */
export function sampleDeeds(days: SampleDays): readonly Deed[] {
  return [...catalogDeeds(days), ...customerDeeds(days), ...subscriptionDeeds(days), ...moneyDeeds(days)].sort(
    (one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds,
  );
}

function catalogDeeds(days: SampleDays): readonly Deed[] {
  const made: readonly Deed['act'][] = [
    ...TAXES.map((tax) => (context: ServiceContext) => createTax(context, tax)),
    ...METRICS.map((metric) => (context: ServiceContext) => createBillableMetric(context, metric)),
    ...PLANS.map((plan) => (context: ServiceContext) => createPlan(context, plan)),
    ...ADD_ONS.map((addOn) => (context: ServiceContext) => createAddOn(context, addOn)),
    ...couponsFor(days).map((coupon) => (context: ServiceContext) => createCoupon(context, coupon)),
  ];
  return made.map((act, index) => ({ at: days.at(0, '00:05').add({ seconds: index }), act }));
}

function customerDeeds(days: SampleDays): readonly Deed[] {
  return CUSTOMERS.map(({ createdOnDay, input }, index) => ({
    at: days.at(createdOnDay, '00:30').add({ seconds: index }),
    act: (context) => upsertCustomer(context, input),
  }));
}

interface Start {
  readonly day: number;
  readonly customer: string;
  readonly plan: string;
  readonly as: string;
  readonly name?: string;
  readonly billingTime?: BillingTime;
  readonly startsOnDay?: number;
  readonly endsOnDay?: number;
}

const STARTS: readonly Start[] = [
  { day: 0, customer: 'juniper', plan: 'scale', as: 'juniper' },
  { day: 0, customer: 'harbour-lane', plan: 'growth', as: 'harbour-main', name: 'Webshop' },
  { day: 1, customer: 'brightline', plan: 'search_payg', as: 'brightline-search', name: 'Trip search' },
  { day: 2, customer: 'maison-aubert', plan: 'search_payg_eur', as: 'aubert-boutique', name: 'Boutique' },
  { day: 2, customer: 'copperfield', plan: 'search_payg_eur', as: 'copperfield' },
  { day: 3, customer: 'kestrel', plan: 'search_payg', as: 'kestrel-web', name: 'Web shop' },
  { day: 4, customer: 'nordwind', plan: 'enterprise_yearly', as: 'nordwind', billingTime: 'anniversary' },
  { day: 5, customer: 'aoba-books', plan: 'search_payg_jpy', as: 'aoba-store' },
  { day: 6, customer: 'brightline', plan: 'team_console', as: 'brightline-console', name: 'Console for the search team' },
  { day: 7, customer: 'tall-pines', plan: 'team_console', as: 'tall-pines' },
  { day: 8, customer: 'papaya-market', plan: 'search_payg', as: 'papaya-app', name: 'Mobile app' },
  { day: 10, customer: 'redwood-library', plan: 'crawler_weekly', as: 'redwood-crawler', name: 'Catalogue crawler' },
  { day: 10, customer: 'redwood-library', plan: 'search_payg', as: 'redwood-search', name: 'Reading room search' },
  { day: 15, customer: 'maison-aubert', plan: 'search_payg_eur', as: 'aubert-blog', name: 'Blog' },
  { day: 17, customer: 'solstice', plan: 'scale', as: 'solstice', billingTime: 'anniversary' },
  { day: 60, customer: 'harbour-lane', plan: 'search_payg', as: 'harbour-pilot', name: 'Recipe pilot', endsOnDay: 102 },
  { day: 80, customer: 'kestrel', plan: 'search_payg', as: 'kestrel-app', name: 'Mobile app', startsOnDay: 100 },
];

function subscriptionDeeds(days: SampleDays): readonly Deed[] {
  const starts = STARTS.map((start, index): Deed => ({
    at: days.at(start.day, '00:45').add({ seconds: index }),
    act: (context) =>
      createSubscription(context, {
        externalCustomerId: start.customer,
        planCode: start.plan,
        externalId: start.as,
        name: start.name ?? null,
        billingTime: start.billingTime ?? 'calendar',
        ...(start.startsOnDay === undefined ? {} : { subscriptionAt: days.at(start.startsOnDay, '00:00') }),
        ...(start.endsOnDay === undefined ? {} : { endingAt: days.at(start.endsOnDay, '12:00') }),
      }),
  }));
  const changeTo =
    (externalCustomerId: string, externalId: string, planCode: string): Deed['act'] =>
    (context) =>
      createSubscription(context, { externalCustomerId, externalId, planCode });
  return [
    ...starts,
    { at: days.middleOfLastMonth(), act: changeTo('harbour-lane', 'harbour-main', 'scale') },
    { at: days.at(62, '05:00'), act: (context) => terminateSubscription(context, 'tall-pines') },
    // Its months begin on the day of the month on which it started: the change waits for one, whatever the clock shows.
    { at: days.at(86, '13:10'), act: changeTo('solstice', 'solstice', 'growth') },
  ];
}

function moneyDeeds(days: SampleDays): readonly Deed[] {
  const failed = days.latestSettledMonth();
  return [
    {
      at: days.at(3, '11:00'),
      act: (context) => applyAddOn(context, { externalCustomerId: 'harbour-lane', addOnCode: 'onboarding_workshop' }),
    },
    { at: days.at(4, '10:00'), act: (context) => applyCoupon(context, { externalCustomerId: 'kestrel', couponCode: 'LAUNCH25' }) },
    { at: days.at(12, '14:00'), act: (context) => applyCoupon(context, { externalCustomerId: 'redwood-library', couponCode: 'THANKS60' }) },
    { at: days.at(20, '16:00'), act: openWallet },
    { at: days.at(50, '15:30'), act: issueByMistake },
    { at: days.at(84, '10:00'), act: creditBrightline },
    {
      at: instantOn(failed.add({ days: 2 }), '10:00'),
      act: (context) => failPayment(context, { externalCustomerId: 'copperfield', issuedOn: failed }),
    },
  ];
}

function openWallet(context: ServiceContext): Promise<Result<unknown>> {
  return createWallet(context, {
    externalCustomerId: 'juniper',
    name: 'Prepaid search',
    currency: currencyCode('USD'),
    rateAmount: decimal('1'),
    paidCredits: decimal('1500'),
    grantedCredits: decimal('150'),
    transactionName: 'First top-up',
  });
}

/** An invoice that nobody wanted, voided within the hour. */
async function issueByMistake(context: ServiceContext): Promise<Result<unknown>> {
  const issued = await createOneOffInvoice(context, {
    externalCustomerId: 'solstice',
    currency: currencyCode('USD'),
    fees: [{ addOnCode: 'relevance_audit' }],
  });
  if (!issued.ok) return issued;
  return voidInvoice(context, issued.value.id, {
    generatesCreditNote: false,
    creditAmountCents: ZERO_CENTS,
    refundAmountCents: ZERO_CENTS,
  });
}

/** $12.00 back for an hour without answers. */
async function creditBrightline(context: ServiceContext): Promise<Result<unknown>> {
  const fee = await largestSearchFee(context, 'brightline');
  const amountCents = cents(1200);
  assert(fee.amountCents >= amountCents, 'a full month of searching costs more than what is credited');
  return createCreditNote(context, {
    invoiceId: present(fee.invoiceId, 'a fee of a finalized invoice names it'),
    reason: 'product_unsatisfactory',
    description: 'Search was unavailable for an hour.',
    items: [{ feeId: fee.id, amountCents }],
    creditAmountCents: amountCents,
    refundAmountCents: ZERO_CENTS,
    offsetAmountCents: ZERO_CENTS,
    metadata: null,
  });
}
