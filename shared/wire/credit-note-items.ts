import { z } from 'zod';
import { ZERO_CENTS, type Cents } from '../money.ts';
import { centsInput } from './fields.ts';

/** One item as sent. What is wrong with it is said after its invoice and fee were looked at, so it is only read here. */
export interface CreditNoteItemSent {
  readonly feeId: string;
  /** `invalid`: no whole number of cents. Left out, it is 0. */
  readonly amountCents: Cents | 'invalid';
}

const KIND = {
  type: 'array',
  items: {
    type: 'object',
    required: ['fee_id', 'amount_cents'],
    properties: { fee_id: { type: 'string', format: 'uuid' }, amount_cents: { type: 'integer' } },
  },
};

/** The items of a credit note; `invalid` when they are no list. */
export function creditNoteItemsInput(): z.ZodType<readonly CreditNoteItemSent[] | 'invalid'> {
  return z
    .unknown()
    .meta(KIND)
    .optional()
    .pipe(z.transform((sent: unknown) => (Array.isArray(sent) ? sent.map(readItem) : 'invalid')));
}

function readItem(sent: unknown): CreditNoteItemSent {
  const item = typeof sent === 'object' && sent !== null ? (sent as Readonly<Record<string, unknown>>) : {};
  const feeId = typeof item['fee_id'] === 'string' ? item['fee_id'] : '';
  const amount = item['amount_cents'];
  if (amount === undefined || amount === null) return { feeId, amountCents: ZERO_CENTS };
  const read = centsInput().safeParse(amount);
  return { feeId, amountCents: read.success ? read.data : 'invalid' };
}
