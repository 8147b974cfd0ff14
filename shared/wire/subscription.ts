import { z } from 'zod';
import { BILLING_TIMES, type BillingTime } from '../billing-interval.ts';
import { parseInstant, type Instant } from '../dates.ts';
import { anyText, centsInput, optionalText } from './fields.ts';
import { planAnswer, planOverridesInput } from './plan.ts';

export const SUBSCRIPTION_STATUSES = ['pending', 'active', 'terminated', 'canceled'] as const;

/** A date-time, or `invalid`: it is refused only after the ids and the plan were looked at (subscriptions.md § 12). */
const dateTimeInput = z
  .unknown()
  .meta({ type: 'string', format: 'date-time' })
  .pipe(z.transform((value: unknown): Instant | 'invalid' => parseInstant(value) ?? 'invalid'));

/** A date-time that null clears. */
const clearableDateTimeInput = z
  .unknown()
  .meta({ type: ['string', 'null'], format: 'date-time' })
  .pipe(
    z.transform((value: unknown): Instant | null | 'invalid' =>
      value === null || value === '' ? null : (parseInstant(value) ?? 'invalid'),
    ),
  );

const billingTimeInput = z
  .unknown()
  .meta({ type: 'string', enum: [...BILLING_TIMES] })
  .pipe(
    z.transform((value: unknown): BillingTime | 'invalid' | undefined =>
      value === null || value === undefined ? undefined : (BILLING_TIMES.find((known) => known === value) ?? 'invalid'),
    ),
  );

const optionalDateTime = dateTimeInput.nullish().transform((value) => value ?? undefined);

/** Body of `POST /subscriptions`, with its aliases of 2022. Blank ids pass: they are refused with everything else. */
export const subscriptionCreateBody = z
  .object({
    external_customer_id: optionalText(),
    customer_id: optionalText().describe('2022 name of external_customer_id'),
    plan_code: optionalText(),
    external_id: optionalText(),
    unique_id: optionalText().describe('2022 name of external_id'),
    subscription_id: optionalText().describe('2022 name of external_id'),
    name: optionalText(),
    billing_time: billingTimeInput.optional(),
    subscription_at: optionalDateTime.optional(),
    subscription_date: optionalDateTime.optional().describe('2022 name of subscription_at'),
    ending_at: clearableDateTimeInput.optional(),
    plan_overrides: planOverridesInput.nullish(),
  })
  .transform((body) => ({
    externalCustomerId: body.external_customer_id ?? body.customer_id ?? '',
    planCode: body.plan_code ?? '',
    externalId: body.external_id ?? body.unique_id ?? body.subscription_id ?? '',
    name: body.name,
    billingTime: body.billing_time,
    subscriptionAt: body.subscription_at ?? body.subscription_date,
    endingAt: body.ending_at,
    /** Still under their wire names. */
    overrides: body.plan_overrides,
  }));

/** Body of `PUT /subscriptions/:external_id`. */
export const subscriptionUpdateBody = z
  .object({
    name: optionalText(),
    ending_at: clearableDateTimeInput.optional(),
    subscription_at: optionalDateTime.optional(),
    subscription_date: optionalDateTime.optional().describe('2022 name of subscription_at'),
    plan_overrides: planOverridesInput.nullish(),
    on_termination_credit_note: anyText().nullish(),
    on_termination_invoice: anyText().nullish(),
  })
  .transform((body) => ({
    name: body.name,
    endingAt: body.ending_at,
    subscriptionAt: body.subscription_at ?? body.subscription_date,
    /** Still under their wire names. */
    overrides: body.plan_overrides,
    onTerminationCreditNote: body.on_termination_credit_note,
    onTerminationInvoice: body.on_termination_invoice,
  }));

export const lifetimeUsageUpdateBody = z.object({ external_historical_usage_amount_cents: centsInput({ min: 0n }) });

const id = z.uuid();
const dateTime = z.iso.datetime();

/** A subscription as lists and invoices show it. Rule: api.md § 8 "Output". */
export const subscriptionAnswer = z
  .object({
    lago_id: id,
    external_id: z.string(),
    lago_customer_id: id,
    external_customer_id: z.string(),
    name: z.string().nullable(),
    plan_code: z.string(),
    plan_amount_cents: z.int(),
    plan_amount_currency: z.string(),
    status: z.enum(SUBSCRIPTION_STATUSES),
    billing_time: z.enum(BILLING_TIMES),
    subscription_at: dateTime,
    /** With milliseconds. */
    started_at: dateTime.nullable(),
    trial_ended_at: dateTime.nullable(),
    ending_at: dateTime.nullable(),
    terminated_at: dateTime.nullable(),
    canceled_at: dateTime.nullable(),
    created_at: dateTime,
    previous_plan_code: z.string().nullable(),
    next_plan_code: z.string().nullable(),
    downgrade_plan_date: z.iso.date().nullable(),
    current_billing_period_started_at: dateTime.nullable(),
    current_billing_period_ending_at: dateTime.nullable(),
    on_termination_credit_note: z.enum(['credit', 'refund', 'offset', 'skip']).nullable(),
    on_termination_invoice: z.enum(['generate', 'skip']),
    progressive_billing_disabled: z.literal(false),
    consolidate_invoice: z.literal(true),
    purchase_order_number: z.string().nullable(),
    cancellation_reason: z.null(),
    activated_at: dateTime.nullable(),
    payment_method: z.object({ payment_method_id: z.null(), payment_method_type: z.literal('provider') }),
    activation_rules: z.array(z.never()),
  })
  .meta({ id: 'Subscription' });

/** A subscription as a single answer shows it: with its plan. */
export const subscriptionWithPlanAnswer = subscriptionAnswer.extend({ plan: planAnswer }).meta({ id: 'SubscriptionWithPlan' });

export const lifetimeUsageAnswer = z
  .object({
    lago_id: id,
    lago_subscription_id: id,
    external_subscription_id: z.string(),
    external_historical_usage_amount_cents: z.int(),
    invoiced_usage_amount_cents: z.int(),
    current_usage_amount_cents: z.int(),
    from_datetime: dateTime,
    to_datetime: dateTime,
  })
  .meta({ id: 'LifetimeUsage' });

export type SubscriptionAnswer = z.output<typeof subscriptionAnswer>;
export type SubscriptionWithPlanAnswer = z.output<typeof subscriptionWithPlanAnswer>;
export type LifetimeUsageAnswer = z.output<typeof lifetimeUsageAnswer>;
