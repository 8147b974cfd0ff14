import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCreditNote, listCreditNotes, type CreditNoteFilter } from '../../../main/invoicing/reading/credit-note-list.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { cents, ZERO_CENTS } from '../../../shared/money.ts';
import { pageOf } from '../../../shared/page.ts';
import { day, instant, uuid } from '../../support/billing-rows.ts';
import { Books } from '../../support/books.ts';

let books: Books;
let customerId: string;
let invoiceId: string;
beforeEach(async () => {
  books = await Books.open();
  customerId = (await books.customer({ externalId: 'acme', name: 'Acme' })).id;
  invoiceId = (await books.invoice({ customerId, number: 'HOO-0001-001-001', purchaseOrderNumber: 'PO-1' })).id;
});
afterEach(() => books.close());

async function numbers(filter: CreditNoteFilter = {}): Promise<readonly string[]> {
  return (await listCreditNotes(books.context, filter, pageOf({}))).rows.map(({ creditNote }) => creditNote.number);
}

describe('a list of credit notes', () => {
  it('shows the newest first and hides the notes of drafts', async () => {
    await books.creditNote({ customerId, invoiceId, number: 'late', createdAt: instant('2023-02-06T00:00:00Z') });
    await books.creditNote({ customerId, invoiceId, number: 'first' });
    await books.creditNote({ customerId, invoiceId, number: 'second' });
    await books.creditNote({ customerId, invoiceId, number: 'hidden', status: 'draft' });
    expect(await numbers()).toEqual(['late', 'second', 'first']);
  });

  it('carries the invoice’s number and the credited fees', async () => {
    const fee = await books.fee({ customerId, invoiceId, itemName: 'Starter' });
    const note = await books.creditNote({ customerId, invoiceId });
    await books.creditNoteItem({ creditNoteId: note.id, feeId: fee.id, amountCents: cents(1000) });
    const { rows, totalCount } = await listCreditNotes(books.context, {}, pageOf({}));
    expect(totalCount).toBe(1);
    expect(rows).toMatchObject([
      {
        invoiceNumber: 'HOO-0001-001-001',
        purchaseOrderNumber: 'PO-1',
        items: [{ item: { amountCents: 1000n }, fee: { fee: { itemName: 'Starter' }, externalCustomerId: 'acme' } }],
      },
    ]);
    expect(rows[0]?.creditNote).not.toHaveProperty('snapshot');
    expect(rows[0]?.creditNote).not.toHaveProperty('termination');
  });
});

describe('the filters of a list of credit notes', () => {
  beforeEach(async () => {
    const other = await books.customer({ externalId: 'other', name: 'Globex' });
    const otherInvoice = await books.invoice({ customerId: other.id, number: 'HOO-0001-002-001' });
    await books.creditNote({ customerId, invoiceId, number: 'CN-1', issuingDate: day('2023-02-01'), creditStatus: 'consumed' });
    await books.creditNote({
      customerId,
      invoiceId,
      number: 'CN-2',
      issuingDate: day('2023-02-02'),
      reason: 'other',
      creditAmountCents: ZERO_CENTS,
      refundAmountCents: cents(500),
      refundStatus: 'pending',
      totalAmountCents: cents(500),
    });
    await books.creditNote({
      customerId: other.id,
      invoiceId: otherInvoice.id,
      number: 'CN-3',
      issuingDate: day('2023-02-03'),
      currency: currencyCode('EUR'),
      creditAmountCents: ZERO_CENTS,
      offsetAmountCents: cents(700),
      totalAmountCents: cents(700),
    });
  });

  it.each<{ name: string; given: CreditNoteFilter; expect: readonly string[] }>([
    { name: 'external customer id', given: { externalCustomerId: 'other' }, expect: ['CN-3'] },
    {
      name: 'issuing dates, both included',
      given: { issuingDateFrom: day('2023-02-01'), issuingDateTo: day('2023-02-02') },
      expect: ['CN-2', 'CN-1'],
    },
    { name: 'number contains', given: { searchTerm: 'cn-2' }, expect: ['CN-2'] },
    { name: 'customer name contains', given: { searchTerm: 'glob' }, expect: ['CN-3'] },
    { name: 'currency', given: { currency: currencyCode('EUR') }, expect: ['CN-3'] },
    { name: 'reason', given: { reason: 'other' }, expect: ['CN-2'] },
    { name: 'credit status', given: { creditStatus: 'consumed' }, expect: ['CN-1'] },
    { name: 'refund status', given: { refundStatus: 'pending' }, expect: ['CN-2'] },
    { name: 'invoice number', given: { invoiceNumber: 'HOO-0001-002-001' }, expect: ['CN-3'] },
    { name: 'purchase order number in any case', given: { purchaseOrderNumber: 'po-1' }, expect: ['CN-2', 'CN-1'] },
    { name: 'amounts, both included', given: { amountFrom: 500, amountTo: 700 }, expect: ['CN-3', 'CN-2'] },
    { name: 'a type', given: { types: ['refund'] }, expect: ['CN-2'] },
    { name: 'one of two types', given: { types: ['credit', 'offset'] }, expect: ['CN-3', 'CN-1'] },
    { name: 'self billed', given: { selfBilled: true }, expect: [] },
    { name: 'all filters must match', given: { types: ['refund'], externalCustomerId: 'other' }, expect: [] },
  ])('$name', async ({ given, expect: expected }) => {
    expect(await numbers(given)).toEqual(expected);
  });
});

describe('one credit note', () => {
  it('is found by its id once it is final', async () => {
    const note = await books.creditNote({ customerId, invoiceId });
    const hidden = await books.creditNote({ customerId, invoiceId, status: 'draft' });
    expect(await findCreditNote(books.context, note.id)).toMatchObject({ ok: true, value: { creditNote: { id: note.id } } });
    const missing = { ok: false, error: { kind: 'not_found', resource: 'credit_note' } };
    for (const id of [hidden.id, uuid(99), 'not-an-id']) expect(await findCreditNote(books.context, id)).toEqual(missing);
  });
});
