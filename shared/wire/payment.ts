import { z } from 'zod';
import { centsInput, instantInput, mandatoryText, anyText } from './fields.ts';

const MAX_REFERENCE_LENGTH = 40;
const INVALID_VALUE = 'invalid_value';

/** Body of `POST /payments`: money that came in without a provider. */
export const paymentBody = z.object({
  invoice_id: anyText().nullish(),
  amount_cents: z.unknown().meta({ type: 'integer' }).pipe(z.transform(readAmount)).optional(),
  reference: mandatoryText({ max: MAX_REFERENCE_LENGTH }),
  paid_at: instantInput().nullish(),
});

export type PaymentWireInput = z.output<typeof paymentBody>;

/** Anything but a positive whole number is one code, also when it is left out. */
function readAmount(value: unknown, context: z.core.$RefinementCtx) {
  const read = centsInput({ min: 1n }).safeParse(value);
  if (read.success) return read.data;
  context.issues.push({ code: 'custom', message: INVALID_VALUE, input: value });
  return z.NEVER;
}

const id = z.uuid();
const text = z.string();

/** A payment. Rule: api.md § 15. */
export const paymentAnswer = z
  .object({
    lago_id: id,
    lago_customer_id: id,
    external_customer_id: text,
    invoice_ids: z.array(id),
    invoice_numbers: z.array(text),
    lago_payable_id: id,
    payable_type: z.literal('Invoice'),
    amount_cents: z.int(),
    amount_currency: text,
    status: text,
    payment_status: z.enum(['pending', 'processing', 'succeeded', 'failed']),
    type: z.enum(['manual', 'provider']),
    reference: text.nullable(),
    payment_provider_code: text.nullable(),
    payment_provider_type: text.nullable(),
    external_payment_id: text.nullable(),
    provider_payment_id: text.nullable(),
    provider_customer_id: text.nullable(),
    next_action: z.record(z.string(), z.unknown()),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Payment' });

export type PaymentAnswer = z.output<typeof paymentAnswer>;
