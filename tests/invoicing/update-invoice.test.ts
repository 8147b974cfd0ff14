import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fees, invoiceMetadata, invoices, type Fee, type Invoice, type InvoiceStatus } from '../../main/database/tables/invoices.ts';
import { updateInvoice, type InvoiceChange } from '../../main/invoicing/update-invoice.ts';
import { present } from '../../shared/assert.ts';
import { formatInstant } from '../../shared/dates.ts';
import { day, instant, uuid } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';

let books: Books;
let customerId: string;
beforeEach(async () => {
  books = await Books.open('2023-02-15T12:00:00Z');
  customerId = (await books.customer()).id;
});
afterEach(() => books.close());

const invoiceOf = async (id: string): Promise<Invoice> =>
  present(await books.context.database.read.manager.findOneBy(invoices, { id }), 'the invoice exists');
const feeOf = async (id: string): Promise<Fee> =>
  present(await books.context.database.read.manager.findOneBy(fees, { id }), 'the fee exists');

async function metadataOf(invoiceId: string): Promise<readonly (readonly [string, string, string])[]> {
  const rows = await books.context.database.read.manager.find(invoiceMetadata, { where: { invoiceId }, order: { sequence: 'ASC' } });
  return rows.map((row) => [row.id, row.key, row.value] as const);
}

describe('the payment status of an invoice', () => {
  it('succeeded pays its fees and ends the overdue mark, and leaves what was paid alone', async () => {
    const { id } = await books.invoice({ customerId, paymentOverdue: true });
    const fee = await books.fee({ customerId, invoiceId: id });
    await updateInvoice(books.context, id, { paymentStatus: 'succeeded' });
    expect(await invoiceOf(id)).toMatchObject({
      paymentStatus: 'succeeded',
      paymentOverdue: false,
      overdueAt: null,
      totalPaidAmountCents: 0n,
    });
    const paid = await feeOf(fee.id);
    expect([paid.paymentStatus, formatInstant(present(paid.succeededAt, 'paid'))]).toEqual(['succeeded', '2023-02-15T12:00:00Z']);
  });

  it('failed fails its fees and keeps the invoice overdue', async () => {
    const { id } = await books.invoice({ customerId, paymentOverdue: true, overdueAt: null });
    const fee = await books.fee({ customerId, invoiceId: id });
    await updateInvoice(books.context, id, { paymentStatus: 'failed' });
    expect(await invoiceOf(id)).toMatchObject({ paymentStatus: 'failed', paymentOverdue: true });
    expect(await feeOf(fee.id)).toMatchObject({ paymentStatus: 'failed', succeededAt: null });
  });

  it('unpaid again waits for the day after the due date in the customer’s zone', async () => {
    const { id } = await books.invoice({
      customerId,
      paymentStatus: 'succeeded',
      overdueAt: null,
      timezone: 'America/New_York',
      paymentDueDate: day('2023-03-01'),
    });
    await updateInvoice(books.context, id, { paymentStatus: 'pending' });
    const { paymentStatus, overdueAt } = await invoiceOf(id);
    expect([paymentStatus, formatInstant(present(overdueAt, 'it can become overdue'))]).toEqual(['pending', '2023-03-02T05:00:00Z']);
  });

  it('unpaid again stays out of the overdue ones when its dispute was lost', async () => {
    const { id } = await books.invoice({
      customerId,
      paymentStatus: 'succeeded',
      overdueAt: null,
      paymentDisputeLostAt: instant('2023-02-10T00:00:00Z'),
    });
    await updateInvoice(books.context, id, { paymentStatus: 'failed' });
    expect(await invoiceOf(id)).toMatchObject({ overdueAt: null });
  });

  it('the same status again changes nothing', async () => {
    const paidAt = instant('2023-02-02T00:00:00Z');
    const { id } = await books.invoice({ customerId, paymentStatus: 'succeeded' });
    const fee = await books.fee({ customerId, invoiceId: id, paymentStatus: 'succeeded', succeededAt: paidAt });
    await updateInvoice(books.context, id, { paymentStatus: 'succeeded' });
    expect((await feeOf(fee.id)).succeededAt?.epochMilliseconds).toBe(paidAt.epochMilliseconds);
  });

  it('leaves a refunded fee refunded', async () => {
    const { id } = await books.invoice({ customerId });
    const fee = await books.fee({ customerId, invoiceId: id, paymentStatus: 'refunded' });
    await updateInvoice(books.context, id, { paymentStatus: 'succeeded' });
    expect(await feeOf(fee.id)).toMatchObject({ paymentStatus: 'refunded' });
  });
});

describe('the metadata of an invoice', () => {
  it('is replaced as a whole: pairs with an id change, others are made, those not sent go', async () => {
    const { id } = await books.invoice({ customerId });
    const [color, size] = await books.invoiceMetadata(id, { color: 'red', size: 'xl' });
    await updateInvoice(books.context, id, {
      metadata: [
        { id: present(size, 'made').id, key: 'size', value: 's' },
        { key: 'po', value: '42' },
      ],
    });
    const after = await metadataOf(id);
    expect(after.map(([, key, value]) => [key, value])).toEqual([
      ['size', 's'],
      ['po', '42'],
    ]);
    expect(after[0]?.[0]).toBe(size?.id);
    expect(after.map(([metadataId]) => metadataId)).not.toContain(color?.id);
  });

  it('a key sent again without its id takes the place of the old pair', async () => {
    const { id } = await books.invoice({ customerId });
    await books.invoiceMetadata(id, { color: 'red' });
    await updateInvoice(books.context, id, { metadata: [{ key: 'color', value: 'blue' }] });
    expect((await metadataOf(id)).map(([, key, value]) => [key, value])).toEqual([['color', 'blue']]);
  });

  it('does not take over the pair of another invoice', async () => {
    const mine = await books.invoice({ customerId });
    const other = await books.invoice({ customerId });
    const [foreign] = await books.invoiceMetadata(other.id, { color: 'red' });
    await updateInvoice(books.context, mine.id, { metadata: [{ id: present(foreign, 'made').id, key: 'color', value: 'blue' }] });
    expect((await metadataOf(other.id)).map(([, , value]) => value)).toEqual(['red']);
    expect((await metadataOf(mine.id)).map(([, , value]) => value)).toEqual(['blue']);
  });

  it('an empty list removes all of it', async () => {
    const { id } = await books.invoice({ customerId });
    await books.invoiceMetadata(id, { color: 'red' });
    await updateInvoice(books.context, id, { metadata: [] });
    expect(await metadataOf(id)).toEqual([]);
  });
});

describe('refusals', () => {
  const pairs = (count: number): InvoiceChange => ({
    metadata: Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: 'v' })),
  });
  const invalid = (fields: Readonly<Record<string, readonly string[]>>): unknown => ({ kind: 'validation', fields });
  const notAllowed = (code: string): unknown => ({ kind: 'not_allowed', code });

  it.each<{ name: string; status: InvoiceStatus; change: InvoiceChange; expect: unknown }>([
    {
      name: 'a word that is no payment status',
      status: 'finalized',
      change: { paymentStatus: 'invalid' },
      expect: invalid({ payment_status: ['value_is_invalid'] }),
    },
    { name: 'six pairs', status: 'finalized', change: pairs(6), expect: invalid({ metadata: ['invalid_count'] }) },
    {
      name: 'the same key twice',
      status: 'finalized',
      change: {
        metadata: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      expect: invalid({ metadata: ['value_already_exist'] }),
    },
    {
      name: 'payment status of a draft',
      status: 'draft',
      change: { paymentStatus: 'succeeded' },
      expect: notAllowed('payment_status_update_on_draft_invoice'),
    },
    { name: 'metadata of a draft', status: 'draft', change: pairs(1), expect: notAllowed('metadata_on_draft_invoice') },
    { name: 'a voided invoice', status: 'voided', change: pairs(1), expect: notAllowed('update_on_voided_invoice') },
    { name: 'an invoice that is being built', status: 'generating', change: pairs(1), expect: { kind: 'not_found', resource: 'invoice' } },
  ])('$name', async ({ status, change, expect: expected }) => {
    const { id } = await books.invoice({ customerId, status });
    expect(await updateInvoice(books.context, id, change)).toEqual({ ok: false, error: expected });
    expect(await metadataOf(id)).toEqual([]);
  });

  it('an unknown invoice', async () => {
    expect(await updateInvoice(books.context, uuid(99), { paymentStatus: 'invalid' })).toEqual({
      ok: false,
      error: { kind: 'not_found', resource: 'invoice' },
    });
  });

  it('five pairs are accepted', async () => {
    const { id } = await books.invoice({ customerId });
    expect(await updateInvoice(books.context, id, pairs(5))).toMatchObject({ ok: true });
  });
});
