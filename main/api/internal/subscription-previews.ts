import type {
  AssignPreviewAnswer,
  ChangePreviewAnswer,
  ComparedPlanAnswer,
  TerminationPreviewAnswer,
} from '../../../shared/internal/effects.ts';
import { dateIn } from '../../../shared/dates.ts';
import { centsToWire } from '../../../shared/money.ts';
import { invalid, notFound, ok, type Result } from '../../../shared/result.ts';
import { customerTimeZone, findCustomer, readOrganization, type Customer } from '../../customers/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import {
  cancelPendingSubscription,
  createSubscription,
  findSubscription,
  previewEffects,
  readChangeTerms,
  readPeriodRuler,
  readSubscriptionsById,
  terminateSubscription,
  type Ahead,
  type ChangeTerms,
  type PreviewedInvoice,
  type SubscriptionInput,
  type SubscriptionView,
} from '../../subscriptions/index.ts';
import { serializeEffects, serializePreviewedInvoice } from './previewed.ts';
import { serializePeriod } from './subscriptions.ts';

const NEXT_PERIODS = 3;
const MONTHS_OF_A_YEAR = 12;
/** The end of a trial may make an invoice before the period does. */
const TRIAL_AND_PERIOD = 2;

/** A customer that is there: a preview is for screens, which know one. */
export async function customerOf(context: ServiceContext, externalId: string | null | undefined): Promise<Result<Customer>> {
  const customer = await findCustomer(context.database.read, context.organizationId, externalId ?? '');
  return customer === null ? notFound('customer') : ok(customer);
}

/** The invoices that come by themselves, as things are. */
export async function upcomingInvoices(
  context: ServiceContext,
  customerId: string,
  ahead: Ahead,
): Promise<Result<readonly PreviewedInvoice[]>> {
  const tried = await previewEffects(context, { customerId, command: () => Promise.resolve(ok(null)), ahead: () => ahead });
  return tried.ok ? ok(tried.value.upcoming) : tried;
}

/** A subscription that starts. With an external id that is running or waiting, the same call would change that one's plan. */
export async function previewAssignment(context: ServiceContext, input: SubscriptionInput): Promise<Result<AssignPreviewAnswer>> {
  const customer = await customerOf(context, input.externalCustomerId);
  if (!customer.ok) return customer;
  if ((await rowToChange(context, input.externalId)).ok) return invalid({ external_id: ['value_already_exist'] });
  const tried = await previewEffects(context, {
    customerId: customer.value.id,
    command: async (inside) => {
      const created = await createSubscription(inside, input);
      if (!created.ok) return created;
      const { id } = created.value;
      const [view] = await readSubscriptionsById(inside, [id]);
      if (view === undefined) return notFound('subscription');
      return ok({ view, periods: await readPeriodRuler(inside, { id, past: 0, ahead: NEXT_PERIODS }) });
    },
    ahead: ({ view }) => ({ externalIds: [view.subscription.externalId], count: 1 }),
  });
  if (!tried.ok) return tried;
  const { done, invoices, upcoming } = tried.value;
  const first = invoices[0] ?? upcoming[0];
  const organization = await readOrganization(context.database.read, context.organizationId);
  const timeZone = customerTimeZone(customer.value, organization);
  return ok({
    ...serializeEffects(tried.value),
    ...describeStart(done.view, timeZone),
    periods: done.periods.map(serializePeriod),
    first_invoice: first === undefined ? null : serializePreviewedInvoice(first),
  });
}

function describeStart(
  { subscription, plan }: SubscriptionView,
  timeZone: string,
): Omit<AssignPreviewAnswer, 'invoices' | 'credit_notes' | 'periods' | 'first_invoice'> {
  const trialEnds = subscription.trialEndedAt === null ? subscription.trialEndsAt : null;
  return {
    status: subscription.status === 'pending' ? 'pending' : 'active',
    starts_on: dateIn(subscription.startedAt ?? subscription.subscriptionAt, timeZone).toString(),
    trial_ends_on: trialEnds === null ? null : dateIn(trialEnds, timeZone).toString(),
    time_zone: timeZone,
    interval: plan.interval,
    billing_time: subscription.billingTime,
    pay_in_advance: plan.payInAdvance,
    has_monthly_charges: plan.billChargesMonthly === true,
  };
}

/** The row that a change is about: the active one, else the one that waits to start. */
async function rowToChange(context: ServiceContext, externalId: string): Promise<Result<SubscriptionView>> {
  const active = await findSubscription(context, externalId, 'active');
  return active.ok ? active : findSubscription(context, externalId, 'pending');
}

export async function previewChange(context: ServiceContext, input: SubscriptionInput): Promise<Result<ChangePreviewAnswer>> {
  const found = await rowToChange(context, input.externalId);
  if (!found.ok) return found;
  const { subscription } = found.value;
  const { customerId, externalId } = subscription;
  const tried = await previewEffects(context, {
    customerId,
    command: async (inside) => {
      const changed = await createSubscription(inside, input);
      return changed.ok ? ok(await readChangeTerms(inside, subscription, input.planCode)) : changed;
    },
    ahead: ({ kind }) => ({ externalIds: [externalId], count: 1, isSwitchWanted: kind === 'downgrade' }),
  });
  if (!tried.ok) return tried;
  const { done: terms, upcoming } = tried.value;
  const waiting = await pendingChangeOf(context, found.value);
  const [invoiceAfter] = upcoming;
  const count = terms.kind !== 'downgrade' ? 1 : terms.current.plan.billChargesMonthly ? MONTHS_OF_A_YEAR : TRIAL_AND_PERIOD;
  const before = await upcomingInvoices(context, customerId, { externalIds: [externalId], count });
  if (!before.ok) return before;
  // A downgrade is compared at the boundary where it takes over, which invoices of months of usage may precede.
  const isThatDay = (invoice: PreviewedInvoice): boolean =>
    invoiceAfter !== undefined && invoice.detail.invoice.issuingDate.equals(invoiceAfter.detail.invoice.issuingDate);
  const invoiceBefore = before.value.find(isThatDay) ?? before.value[0];
  return ok({
    ...serializeEffects(tried.value),
    kind: waiting?.plan.id === terms.next.plan.id ? 'waiting' : terms.kind,
    takes_effect_on: terms.takesEffectOn.toString(),
    current: serializeCompared(terms.current),
    next: serializeCompared(terms.next),
    gives_up_plan_name: planGivenUp(waiting, terms),
    next_invoice_before: invoiceBefore === undefined ? null : serializePreviewedInvoice(invoiceBefore),
    next_invoice_after: invoiceAfter === undefined ? null : serializePreviewedInvoice(invoiceAfter),
  });
}

function serializeCompared({ plan, yearlyAmountCents }: ChangeTerms['current']): ComparedPlanAnswer {
  return {
    code: plan.code,
    name: plan.name,
    interval: plan.interval,
    pay_in_advance: plan.payInAdvance,
    currency: plan.currency,
    amount_cents: centsToWire(plan.amountCents),
    yearly_amount_cents: centsToWire(yearlyAmountCents),
  };
}

/** The plan of a change that waits now, and that another one takes the place of. */
function planGivenUp(waiting: SubscriptionView | null, terms: ChangeTerms): string | null {
  return waiting === null || terms.kind === 'unchanged' || terms.next.plan.id === waiting.plan.id ? null : waiting.plan.name;
}

async function pendingChangeOf(context: ServiceContext, { subscription }: SubscriptionView): Promise<SubscriptionView | null> {
  if (subscription.status !== 'active') return null;
  const waiting = await findSubscription(context, subscription.externalId, 'pending');
  return waiting.ok && waiting.value.subscription.previousId === subscription.id ? waiting.value : null;
}

interface Ending {
  readonly externalId: string;
  readonly status?: string | null;
  readonly onTerminationCreditNote?: string | null;
  readonly onTerminationInvoice?: string | null;
}

export async function previewTermination(context: ServiceContext, ending: Ending): Promise<Result<TerminationPreviewAnswer>> {
  const status = ending.status === 'pending' ? 'pending' : 'active';
  const found = await findSubscription(context, ending.externalId, status);
  if (!found.ok) return found;
  const { subscription, plan } = found.value;
  const tried = await previewEffects(context, {
    customerId: subscription.customerId,
    command: (inside) =>
      status === 'pending'
        ? cancelPendingSubscription(inside, ending.externalId)
        : terminateSubscription(inside, ending.externalId, ending),
  });
  if (!tried.ok) return tried;
  const customer = await customerOf(context, found.value.externalCustomerId);
  if (!customer.ok) return customer;
  const organization = await readOrganization(context.database.read, context.organizationId);
  const waiting = await pendingChangeOf(context, found.value);
  return ok({
    ...serializeEffects(tried.value),
    status,
    ends_on: dateIn(context.clock.now(), customerTimeZone(customer.value, organization)).toString(),
    pay_in_advance: plan.payInAdvance,
    gives_up_plan_name: waiting?.plan.name ?? null,
  });
}
