import { addCents, maxCents, minCents, subtractCents, ZERO_CENTS, type Cents } from '../../../shared/money.ts';
import type { FieldErrors } from '../../../shared/result.ts';

/** The three ways in which a credit note gives its total, all-in amounts in cents. */
export interface CreditNoteParts {
  readonly creditAmountCents: Cents;
  readonly refundAmountCents: Cents;
  readonly offsetAmountCents: Cents;
}

/** What may still be given back of an invoice, in cents, taxes included. */
export interface CreditNoteRoom {
  /** What a note over all the rest of its fees would come to. */
  readonly creditableCents: Cents;
  /** What was paid and not refunded yet; on an invoice for credits no more than those that were not used. */
  readonly refundableCents: Cents;
  /** What is still due. */
  readonly offsettableCents: Cents;
  readonly hasPayment: boolean;
  /** An invoice for wallet credits: it can only be refunded. */
  readonly isForCredits: boolean;
}

/** Asked-for parts and the items' own total may differ by so much: both were rounded. */
const TOLERANCE = 1n;

export function sumOfParts(parts: CreditNoteParts): Cents {
  return addCents(parts.creditAmountCents, parts.refundAmountCents, parts.offsetAmountCents);
}

/**
 * Everything that is wrong with the parts asked for, by field. `exactTotalCents` is what the items come to, rounded once: a cent of difference is
 * forgiven. No time zone. Errors: `does_not_match_item_amounts`, `total_amount_must_be_positive`, `higher_than_remaining_invoice_amount`,
 * `cannot_refund_unpaid_invoice`, `cannot_credit_invoice`. Rule: invoicing.md § 7 "Global".
 */
export function creditNotePartErrors(parts: CreditNoteParts, exactTotalCents: Cents, room: CreditNoteRoom): FieldErrors {
  const asked = sumOfParts(parts);
  if (asked === 0n) return { base: ['total_amount_must_be_positive'] };
  const difference = asked - exactTotalCents;
  return {
    ...codeOf('base', difference < -TOLERANCE || difference > TOLERANCE ? 'does_not_match_item_amounts' : null),
    ...codeOf('credit_amount_cents', creditError(parts.creditAmountCents, room)),
    ...codeOf('refund_amount_cents', refundError(parts.refundAmountCents, room)),
    ...codeOf('offset_amount_cents', offsetError(parts.offsetAmountCents, room)),
  };
}

/**
 * The parts as they are stored: they add up to the note's own total. The cents of difference go to the credit part, without one to the refund,
 * else to the offset; what was not paid is never refunded, nor offset what is not due: such a cent becomes credit. Rule: invoicing.md § 7.
 */
export function correctedParts(parts: CreditNoteParts, totalCents: Cents, room: CreditNoteRoom): CreditNoteParts {
  const missing = subtractCents(totalCents, sumOfParts(parts));
  if (missing > 0n) return withMore(parts, missing, room);
  return withLess(parts, subtractCents(ZERO_CENTS, missing));
}

function withMore(parts: CreditNoteParts, more: Cents, room: CreditNoteRoom): CreditNoteParts {
  const refund =
    parts.creditAmountCents > 0n || parts.refundAmountCents === 0n
      ? ZERO_CENTS
      : roomFor(more, room.refundableCents, parts.refundAmountCents);
  const takesOffset = parts.creditAmountCents === 0n && parts.refundAmountCents === 0n;
  const offset = takesOffset ? roomFor(more, room.offsettableCents, parts.offsetAmountCents) : ZERO_CENTS;
  return {
    creditAmountCents: addCents(parts.creditAmountCents, subtractCents(more, refund, offset)),
    refundAmountCents: addCents(parts.refundAmountCents, refund),
    offsetAmountCents: addCents(parts.offsetAmountCents, offset),
  };
}

function roomFor(more: Cents, limit: Cents, taken: Cents): Cents {
  return minCents(more, maxCents(subtractCents(limit, taken), ZERO_CENTS));
}

function withLess(parts: CreditNoteParts, less: Cents): CreditNoteParts {
  const fromCredit = minCents(less, parts.creditAmountCents);
  const fromRefund = minCents(subtractCents(less, fromCredit), parts.refundAmountCents);
  return {
    creditAmountCents: subtractCents(parts.creditAmountCents, fromCredit),
    refundAmountCents: subtractCents(parts.refundAmountCents, fromRefund),
    offsetAmountCents: subtractCents(parts.offsetAmountCents, subtractCents(less, fromCredit, fromRefund)),
  };
}

function codeOf(field: string, code: string | null): FieldErrors {
  return code === null ? {} : { [field]: [code] };
}

function creditError(credit: Cents, room: CreditNoteRoom): string | null {
  if (credit === 0n) return null;
  if (room.isForCredits) return 'cannot_credit_invoice';
  return credit > room.creditableCents + TOLERANCE ? 'higher_than_remaining_invoice_amount' : null;
}

function refundError(refund: Cents, room: CreditNoteRoom): string | null {
  if (refund === 0n) return null;
  if (!room.hasPayment) return 'cannot_refund_unpaid_invoice';
  return refund > room.refundableCents ? 'higher_than_remaining_invoice_amount' : null;
}

function offsetError(offset: Cents, room: CreditNoteRoom): string | null {
  if (offset === 0n) return null;
  if (room.isForCredits) return 'cannot_credit_invoice';
  return offset > room.offsettableCents ? 'higher_than_remaining_invoice_amount' : null;
}
