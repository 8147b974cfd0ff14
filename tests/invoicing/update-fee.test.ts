import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fees, type Fee } from '../../main/database/tables/invoices.ts';
import { deleteFee, updateFee } from '../../main/invoicing/update-fee.ts';
import { formatInstant } from '../../shared/dates.ts';
import { uuid } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';

let books: Books;
let customerId: string;
beforeEach(async () => {
  books = await Books.open('2023-02-15T12:00:00Z');
  customerId = (await books.customer()).id;
});
afterEach(() => books.close());

const feeOf = (id: string): Promise<Fee | null> => books.context.database.read.manager.findOneBy(fees, { id });

describe('a fee without an invoice', () => {
  it.each([
    { to: 'succeeded', at: 'succeededAt' },
    { to: 'failed', at: 'failedAt' },
    { to: 'refunded', at: 'refundedAt' },
  ] as const)('becomes $to and remembers when', async ({ to, at }) => {
    const { id } = await books.fee({ customerId });
    expect(await updateFee(books.context, id, { paymentStatus: to })).toEqual({ ok: true, value: { id } });
    const fee = await feeOf(id);
    expect([fee?.paymentStatus, fee?.[at] && formatInstant(fee[at])]).toEqual([to, '2023-02-15T12:00:00Z']);
  });

  it('refuses an unknown payment status', async () => {
    const { id } = await books.fee({ customerId });
    const refusal = { ok: false, error: { kind: 'validation', fields: { payment_status: ['value_is_invalid'] } } };
    expect(await updateFee(books.context, id, { paymentStatus: 'invalid' })).toEqual(refusal);
  });

  it('can be deleted', async () => {
    const { id } = await books.fee({ customerId });
    expect(await deleteFee(books.context, id)).toEqual({ ok: true, value: { id } });
    expect(await feeOf(id)).toBeNull();
  });
});

describe('a fee on an invoice', () => {
  it('is neither changed nor deleted, whatever is asked', async () => {
    const invoice = await books.invoice({ customerId });
    const { id } = await books.fee({ customerId, invoiceId: invoice.id });
    const refusal = { ok: false, error: { kind: 'not_allowed', code: 'invoiced_fee' } };
    expect(await updateFee(books.context, id, { paymentStatus: 'invalid' })).toEqual(refusal);
    expect(await updateFee(books.context, id, { paymentStatus: 'succeeded' })).toEqual(refusal);
    expect(await deleteFee(books.context, id)).toEqual(refusal);
    expect(await feeOf(id)).toMatchObject({ paymentStatus: 'pending' });
  });
});

it('an unknown fee is not found', async () => {
  const missing = { ok: false, error: { kind: 'not_found', resource: 'fee' } };
  expect(await updateFee(books.context, uuid(99), { paymentStatus: 'succeeded' })).toEqual(missing);
  expect(await deleteFee(books.context, 'not-an-id')).toEqual(missing);
});
