import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invoice } from '../../../main/database/tables/invoices.ts';
import { listInvoices, type InvoiceFilter } from '../../../main/invoicing/reading/invoice-list.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { cents } from '../../../shared/money.ts';
import { pageOf } from '../../../shared/page.ts';
import { day, instant } from '../../support/billing-rows.ts';
import { Books } from '../../support/books.ts';

let books: Books;
let customerId: string;
beforeEach(async () => {
  books = await Books.open();
  customerId = (await books.customer({ externalId: 'acme', name: 'Acme 100%', email: 'billing@acme.example' })).id;
});
afterEach(() => books.close());

const add = async (number: string, changes: Partial<Invoice> = {}): Promise<string> =>
  (await books.invoice({ customerId, number, ...changes })).id;

async function numbers(filter: InvoiceFilter = {}, page = pageOf({})): Promise<readonly string[]> {
  return (await listInvoices(books.context, filter, page)).rows.map(({ invoice }) => invoice.number);
}

describe('a list of invoices', () => {
  it('shows the newest issuing date first, then what was made last', async () => {
    await add('old', { issuingDate: day('2023-01-01'), createdAt: instant('2023-03-01T00:00:00Z') });
    await add('first', { issuingDate: day('2023-02-01') });
    await add('second', { issuingDate: day('2023-02-01') });
    await add('later', { issuingDate: day('2023-02-01'), createdAt: instant('2023-02-01T00:00:00.001Z') });
    expect(await numbers()).toEqual(['later', 'second', 'first', 'old']);
  });

  it('hides invoices that are being built and those that were not wanted', async () => {
    for (const status of ['generating', 'draft', 'finalized', 'voided', 'failed', 'closed'] as const) await add(status, { status });
    expect(await numbers()).toEqual(['failed', 'voided', 'finalized', 'draft']);
  });

  it('says how many rows the whole list has', async () => {
    for (const number of ['a', 'b', 'c']) await add(number);
    const listed = await listInvoices(books.context, {}, pageOf({ page: 2, perPage: 2 }));
    expect(listed.rows.map(({ invoice }) => invoice.number)).toEqual(['a']);
    expect(listed.totalCount).toBe(3);
  });

  it('carries metadata and taxes, and leaves the frozen document on disk', async () => {
    const id = await add('one');
    await add('two');
    await books.invoiceMetadata(id, { color: 'red', size: 'xl' });
    await books.invoiceTax({ invoiceId: id });
    const { rows } = await listInvoices(books.context, {}, pageOf({}));
    expect(rows.map(({ metadata, taxes }) => [metadata.map((item) => item.key), taxes.map((tax) => tax.code)])).toEqual([
      [[], []],
      [['color', 'size'], ['vat']],
    ]);
    expect(rows[0]?.invoice).not.toHaveProperty('snapshot');
  });
});

describe('the filters of a list of invoices', () => {
  beforeEach(async () => {
    const other = await books.customer({ externalId: 'other', name: 'Globex', legalName: 'Globex Corporation Ltd' });
    await add('A-1', { issuingDate: day('2023-01-31'), totalAmountCents: cents(100), paymentOverdue: true });
    await add('A-2', {
      issuingDate: day('2023-02-01'),
      totalAmountCents: cents(200),
      totalPaidAmountCents: cents(50),
      status: 'voided',
      paymentStatus: 'failed',
      paymentDisputeLostAt: instant('2023-02-10T00:00:00Z'),
    });
    await add('B-3', {
      issuingDate: day('2023-02-28'),
      totalAmountCents: cents(300),
      invoiceType: 'one_off',
      currency: currencyCode('EUR'),
      totalPaidAmountCents: cents(300),
      paymentStatus: 'succeeded',
      purchaseOrderNumber: 'PO-77',
    });
    await books.invoice({
      customerId: other.id,
      number: 'B-4',
      issuingDate: day('2023-03-01'),
      totalAmountCents: cents(400),
      totalOffsettedCreditNoteAmountCents: cents(400),
    });
  });

  it.each<{ name: string; given: InvoiceFilter; expect: readonly string[] }>([
    { name: 'external customer id', given: { externalCustomerId: 'other' }, expect: ['B-4'] },
    { name: 'unknown customer', given: { externalCustomerId: 'nobody' }, expect: [] },
    {
      name: 'issuing dates, both included',
      given: { issuingDateFrom: day('2023-02-01'), issuingDateTo: day('2023-02-28') },
      expect: ['B-3', 'A-2'],
    },
    { name: 'statuses', given: { statuses: ['voided', 'draft'] }, expect: ['A-2'] },
    { name: 'a status that no invoice has', given: { statuses: ['pending'] }, expect: [] },
    { name: 'payment statuses', given: { paymentStatuses: ['failed', 'succeeded'] }, expect: ['B-3', 'A-2'] },
    { name: 'invoice type', given: { invoiceType: 'one_off' }, expect: ['B-3'] },
    { name: 'currency', given: { currency: currencyCode('EUR') }, expect: ['B-3'] },
    { name: 'overdue', given: { paymentOverdue: true }, expect: ['A-1'] },
    { name: 'not overdue', given: { paymentOverdue: false }, expect: ['B-4', 'B-3', 'A-2'] },
    { name: 'dispute lost', given: { paymentDisputeLost: true }, expect: ['A-2'] },
    { name: 'no dispute lost', given: { paymentDisputeLost: false }, expect: ['B-4', 'B-3', 'A-1'] },
    { name: 'partially paid', given: { partiallyPaid: true }, expect: ['A-2'] },
    { name: 'not partially paid', given: { partiallyPaid: false }, expect: ['B-4', 'B-3', 'A-1'] },
    { name: 'self billed', given: { selfBilled: true }, expect: [] },
    { name: 'not self billed', given: { selfBilled: false }, expect: ['B-4', 'B-3', 'A-2', 'A-1'] },
    { name: 'amounts, both included', given: { amountFrom: 200, amountTo: 300 }, expect: ['B-3', 'A-2'] },
    { name: 'settled by a payment', given: { settlements: ['payment'] }, expect: ['B-3', 'A-2'] },
    { name: 'settled by a credit note or a payment', given: { settlements: ['credit_note', 'payment'] }, expect: ['B-4', 'B-3', 'A-2'] },
    { name: 'purchase order number in any case', given: { purchaseOrderNumber: 'po-77' }, expect: ['B-3'] },
    { name: 'number contains', given: { searchTerm: 'b-' }, expect: ['B-4', 'B-3'] },
    { name: 'customer name contains', given: { searchTerm: 'ACME 100%' }, expect: ['B-3', 'A-2', 'A-1'] },
    { name: 'a wildcard is an ordinary letter', given: { searchTerm: 'Acme_100' }, expect: [] },
    { name: 'customer email contains', given: { searchTerm: 'billing@' }, expect: ['B-3', 'A-2', 'A-1'] },
    { name: 'legal name contains', given: { searchTerm: 'corporation' }, expect: ['B-4'] },
    { name: 'customer words do not count in one customer’s list', given: { searchTerm: 'acme', externalCustomerId: 'acme' }, expect: [] },
    { name: 'all filters must match', given: { externalCustomerId: 'acme', amountFrom: 200, statuses: ['finalized'] }, expect: ['B-3'] },
  ])('$name', async ({ given, expect: expected }) => {
    expect(await numbers(given)).toEqual(expected);
  });

  it('finds an invoice by its id', async () => {
    const id = await add('by-id');
    expect(await numbers({ searchTerm: id })).toEqual(['by-id']);
  });

  it('keeps the invoices of a deleted customer in the lists of its external id', async () => {
    const gone = await books.customer({ externalId: 'gone', deletedAt: instant('2023-02-11T00:00:00Z') });
    await books.invoice({ customerId: gone.id, number: 'G-1' });
    expect(await numbers({ externalCustomerId: 'gone' })).toEqual(['G-1']);
  });
});

describe('the metadata filter', () => {
  beforeEach(async () => {
    await books.invoiceMetadata(await add('red-xl'), { color: 'red', size: 'xl' });
    await books.invoiceMetadata(await add('red'), { color: 'red' });
    await books.invoiceMetadata(await add('blue'), { color: 'blue' });
    await add('plain');
  });

  it.each<{ name: string; given: Readonly<Record<string, string>>; expect: readonly string[] }>([
    { name: 'one pair', given: { color: 'red' }, expect: ['red', 'red-xl'] },
    { name: 'every pair must match', given: { color: 'red', size: 'xl' }, expect: ['red-xl'] },
    { name: 'an empty value asks for a key that is absent', given: { color: '' }, expect: ['plain'] },
    { name: 'a pair and an absent key', given: { color: 'red', size: '' }, expect: ['red'] },
  ])('$name', async ({ given, expect: expected }) => {
    expect(await numbers({ metadata: new Map(Object.entries(given)) })).toEqual(expected);
  });
});
