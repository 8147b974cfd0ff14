import { z } from 'zod';
import { feeAnswer, feeAppliedTax } from './fee.ts';

/** Milliseconds of a day; instants before 1970 never get here. */
const DAY_MS = 86_400_000;

/**
 * The text of an instant with milliseconds, `2023-03-06T10:00:00.000Z`, from a plain number: events pass in thousands, and `Temporal` would
 * take longer for their two times than the disk does for the rest.
 */
export function formatEpochMs(epochMs: number): string {
  const days = Math.floor(epochMs / DAY_MS);
  const rest = epochMs - days * DAY_MS;
  const two = (value: number): string => (value < 10 ? `0${String(value)}` : String(value));
  const seconds = Math.floor(rest / 1000);
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${formatEpochDay(days)}T${time}.${String(rest % 1000).padStart(3, '0')}Z`;
}

/** Days since 1970 as a date of the Gregorian calendar. */
function formatEpochDay(days: number): string {
  // Years are taken to start in March, so that a leap day is the last day of its year; 400 of them have 146,097 days.
  const sinceMarch = days + 719_468;
  const era = Math.floor(sinceMarch / 146_097);
  const dayOfEra = sinceMarch - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** A JSON object whose content is judged further inside: by the hundred, a schema would cost more than the disk. */
export type RawObject = Readonly<Record<string, unknown>>;

const eventDescription = {
  type: 'object',
  properties: {
    transaction_id: { type: 'string', description: 'Unique for its external_subscription_id: sent twice it is refused, and counts once' },
    external_subscription_id: { type: 'string', description: 'Need not exist yet' },
    code: { type: 'string', description: 'Of a billable metric; an unknown one is stored and prices nothing' },
    timestamp: { type: ['number', 'string', 'null'], description: 'Unix seconds, a fraction is milliseconds; now when absent' },
    properties: { type: 'object', additionalProperties: true },
    precise_total_amount_cents: { type: ['string', 'number', 'null'], description: 'For dynamic charges' },
    subscription_id: { type: 'string', description: '2022: external id, else lago_id, of the subscription' },
    external_customer_id: { type: 'string', description: '2022, as customer_id: stands for its only active subscription' },
  },
  required: ['transaction_id', 'code'],
} as const;

const describedAs = (description: object): z.ZodType<RawObject> => z.unknown().meta({ ...description }) as z.ZodType<RawObject>;

/** Body of `POST /events`, under `event`. */
export const eventInput: z.ZodType<RawObject> = describedAs(eventDescription);

/** Body of `POST /events/batch`, without wrapper. */
export const eventBatchInput: z.ZodType<RawObject> = describedAs({
  type: 'object',
  properties: {
    events: { type: 'array', items: eventDescription, minItems: 1, maxItems: 100 },
    event: { type: 'object', description: '2022: one event for each of its subscription_ids' },
  },
});

/** An event as it is answered. Rule: pricing.md § 2. */
export const eventAnswer = z
  .object({
    lago_id: z.uuid(),
    transaction_id: z.string(),
    lago_customer_id: z.uuid().nullable(),
    code: z.string(),
    timestamp: z.iso.datetime(),
    precise_total_amount_cents: z.string().nullable(),
    properties: z.record(z.string(), z.unknown()),
    lago_subscription_id: z.uuid().nullable(),
    external_subscription_id: z.string(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Event' });

export type EventAnswer = z.output<typeof eventAnswer>;

/** Body of the estimates, under `event`. */
export const estimateInput: z.ZodType<RawObject> = describedAs({
  type: 'object',
  properties: {
    code: { type: 'string' },
    external_subscription_id: { type: 'string' },
    properties: { type: 'object', additionalProperties: true },
    transaction_id: { type: 'string' },
  },
  required: ['code', 'external_subscription_id'],
});

/** Body of the estimate of several events, without wrapper. */
export const estimateBatchInput: z.ZodType<RawObject> = describedAs({
  type: 'object',
  properties: { events: { type: 'array', items: { type: 'object' }, minItems: 1, maxItems: 100 } },
});

/** A fee that an event would make: nothing of it is stored, so it has no id and no dates. */
export const estimatedFeeAnswer = feeAnswer
  .extend({
    lago_id: z.null(),
    payment_status: z.literal('pending'),
    applied_taxes: z.array(feeAppliedTax.extend({ lago_id: z.null(), lago_fee_id: z.null(), created_at: z.null() })),
  })
  .meta({ id: 'EstimatedFee' });

export type EstimatedFeeAnswer = z.output<typeof estimatedFeeAnswer>;
