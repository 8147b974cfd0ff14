import { describe, expect, test } from 'vitest';
import {
  correctedParts,
  creditNotePartErrors,
  type CreditNoteParts,
  type CreditNoteRoom,
} from '../../../main/billing/invoice/credit-note-limits.ts';
import { cents } from '../../../shared/money.ts';

function parts(credit: number, refund = 0, offset = 0): CreditNoteParts {
  return { creditAmountCents: cents(credit), refundAmountCents: cents(refund), offsetAmountCents: cents(offset) };
}

/** 120.00 to give back, 50.00 of it paid, 70.00 due. */
function room(
  more: Partial<Record<'creditable' | 'refundable' | 'offsettable', number>> & { isForCredits?: boolean } = {},
): CreditNoteRoom {
  return {
    creditableCents: cents(more.creditable ?? 12000),
    refundableCents: cents(more.refundable ?? 5000),
    offsettableCents: cents(more.offsettable ?? 7000),
    hasPayment: (more.refundable ?? 5000) > 0,
    isForCredits: more.isForCredits ?? false,
  };
}

describe('what is wrong with the parts of a credit note', () => {
  test.each([
    { name: 'nothing at all', asked: parts(0), total: 0, errors: { base: ['total_amount_must_be_positive'] } },
    { name: 'nothing for items', asked: parts(0), total: 100, errors: { base: ['total_amount_must_be_positive'] } },
    { name: 'exactly the items', asked: parts(11767), total: 11767, errors: {} },
    { name: 'a cent more than the items', asked: parts(11768), total: 11767, errors: {} },
    { name: 'a cent less than the items', asked: parts(11766), total: 11767, errors: {} },
    { name: 'two cents more', asked: parts(11769), total: 11767, errors: { base: ['does_not_match_item_amounts'] } },
    { name: 'two cents less', asked: parts(11765), total: 11767, errors: { base: ['does_not_match_item_amounts'] } },
    { name: 'a cent over what is left', asked: parts(12001), total: 12001, errors: {} },
    {
      name: 'more than what is left',
      asked: parts(12002),
      total: 12002,
      errors: { credit_amount_cents: ['higher_than_remaining_invoice_amount'] },
    },
    { name: 'what was paid', asked: parts(0, 5000), total: 5000, errors: {} },
    {
      name: 'a cent more than was paid',
      asked: parts(0, 5001),
      total: 5001,
      errors: { refund_amount_cents: ['higher_than_remaining_invoice_amount'] },
    },
    { name: 'what is due', asked: parts(0, 0, 7000), total: 7000, errors: {} },
    {
      name: 'a cent more than is due',
      asked: parts(0, 0, 7001),
      total: 7001,
      errors: { offset_amount_cents: ['higher_than_remaining_invoice_amount'] },
    },
    { name: 'all three parts', asked: parts(1, 5000, 6999), total: 12000, errors: {} },
    {
      name: 'everything wrong at once',
      asked: parts(20000, 9000, 8000),
      total: 100,
      errors: {
        base: ['does_not_match_item_amounts'],
        credit_amount_cents: ['higher_than_remaining_invoice_amount'],
        refund_amount_cents: ['higher_than_remaining_invoice_amount'],
        offset_amount_cents: ['higher_than_remaining_invoice_amount'],
      },
    },
  ])('$name', ({ asked, total, errors }) => {
    expect(creditNotePartErrors(asked, cents(total), room())).toEqual(errors);
  });

  test('a refund of an unpaid invoice', () => {
    expect(creditNotePartErrors(parts(0, 100), cents(100), room({ refundable: 0 }))).toEqual({
      refund_amount_cents: ['cannot_refund_unpaid_invoice'],
    });
  });

  test('an invoice for credits is only refunded', () => {
    const forCredits = room({ isForCredits: true, refundable: 1000 });
    expect(creditNotePartErrors(parts(0, 1000), cents(1000), forCredits)).toEqual({});
    expect(creditNotePartErrors(parts(500, 300, 200), cents(1000), forCredits)).toEqual({
      credit_amount_cents: ['cannot_credit_invoice'],
      offset_amount_cents: ['cannot_credit_invoice'],
    });
  });
});

describe('the parts that are stored add up to the total', () => {
  test.each([
    { name: 'nothing to correct', asked: parts(100, 200, 300), total: 600, stored: parts(100, 200, 300) },
    { name: 'a cent more goes to the credit', asked: parts(100, 200, 300), total: 601, stored: parts(101, 200, 300) },
    { name: 'a cent less comes from the credit', asked: parts(100, 200, 300), total: 599, stored: parts(99, 200, 300) },
    { name: 'without a credit it goes to the refund', asked: parts(0, 200, 300), total: 501, stored: parts(0, 201, 300) },
    { name: 'without a credit it comes from the refund', asked: parts(0, 200, 300), total: 499, stored: parts(0, 199, 300) },
    { name: 'what was not paid is not refunded', asked: parts(0, 5000), total: 5001, stored: parts(1, 5000) },
    { name: 'an offset alone is corrected', asked: parts(0, 0, 300), total: 301, stored: parts(0, 0, 301) },
    { name: 'what is not due is not offset', asked: parts(0, 0, 7000), total: 7001, stored: parts(1, 0, 7000) },
    { name: 'two cents less than one cent of credit', asked: parts(1, 200), total: 199, stored: parts(0, 199) },
  ])('$name', ({ asked, total, stored }) => {
    expect(correctedParts(asked, cents(total), room())).toEqual(stored);
  });
});
