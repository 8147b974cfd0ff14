import { afterEach, beforeEach, expect, it } from 'vitest';
import { creditNotes, type CreditNote } from '../../main/database/tables/credit-notes.ts';
import { updateCreditNote } from '../../main/invoicing/update-credit-note.ts';
import { uuid } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';

let books: Books;
let customerId: string;
let invoiceId: string;
beforeEach(async () => {
  books = await Books.open();
  customerId = (await books.customer()).id;
  invoiceId = (await books.invoice({ customerId })).id;
});
afterEach(() => books.close());

const noteOf = (id: string): Promise<CreditNote | null> => books.context.database.read.manager.findOneBy(creditNotes, { id });

it('the refund of a credit note is marked by hand', async () => {
  const { id } = await books.creditNote({ customerId, invoiceId, refundStatus: 'pending' });
  expect(await updateCreditNote(books.context, id, { refundStatus: 'succeeded' })).toEqual({ ok: true, value: { id } });
  expect(await noteOf(id)).toMatchObject({ refundStatus: 'succeeded' });
});

it('metadata is merged into what is there, and null removes all of it', async () => {
  const { id } = await books.creditNote({ customerId, invoiceId, metadata: { ticket: '1', team: 'sales' } });
  await updateCreditNote(books.context, id, { metadata: { ticket: '2', region: 'eu' } });
  expect(await noteOf(id)).toMatchObject({ metadata: { ticket: '2', team: 'sales', region: 'eu' } });
  await updateCreditNote(books.context, id, { metadata: null });
  expect(await noteOf(id)).toMatchObject({ metadata: null });
});

it('an unknown refund status is refused', async () => {
  const { id } = await books.creditNote({ customerId, invoiceId });
  const refusal = { ok: false, error: { kind: 'validation', fields: { refund_status: ['value_is_invalid'] } } };
  expect(await updateCreditNote(books.context, id, { refundStatus: 'invalid' })).toEqual(refusal);
});

it('a hidden or unknown credit note is not found', async () => {
  const hidden = await books.creditNote({ customerId, invoiceId, status: 'draft' });
  const missing = { ok: false, error: { kind: 'not_found', resource: 'credit_note' } };
  expect(await updateCreditNote(books.context, hidden.id, {})).toEqual(missing);
  expect(await updateCreditNote(books.context, uuid(99), {})).toEqual(missing);
});
