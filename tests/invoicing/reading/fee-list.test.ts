import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fee } from '../../../main/database/tables/invoices.ts';
import { findFee, listFees, type FeeFilter } from '../../../main/invoicing/reading/fee-list.ts';
import { currencyCode } from '../../../shared/currency.ts';
import { pageOf } from '../../../shared/page.ts';
import { instant, uuid } from '../../support/billing-rows.ts';
import { Books } from '../../support/books.ts';

let books: Books;
let customerId: string;
let subscriptionId: string;
beforeEach(async () => {
  books = await Books.open();
  customerId = (await books.customer({ externalId: 'acme' })).id;
  const plan = await books.plan();
  subscriptionId = (await books.subscription({ customerId, planId: plan.id, externalId: 'main' })).id;
});
afterEach(() => books.close());

const add = async (itemName: string, changes: Partial<Fee> = {}): Promise<string> =>
  (await books.fee({ customerId, itemName, ...changes })).id;

async function names(filter: FeeFilter = {}): Promise<readonly string[]> {
  return (await listFees(books.context, filter, pageOf({}))).rows.map(({ fee }) => fee.itemName);
}

describe('a list of fees', () => {
  it('shows the oldest first, and of those made at once the first one made', async () => {
    await add('late', { createdAt: instant('2023-02-02T00:00:00Z') });
    await add('one');
    await add('two');
    expect(await names()).toEqual(['one', 'two', 'late']);
  });

  it('hides the fees of invoices that are not shown', async () => {
    for (const status of ['generating', 'draft', 'finalized', 'voided', 'failed', 'closed'] as const) {
      const invoice = await books.invoice({ customerId, status });
      await add(status, { invoiceId: invoice.id });
    }
    await add('alone');
    expect(await names()).toEqual(['draft', 'finalized', 'voided', 'failed', 'alone']);
  });

  it('names customer and subscription as the caller does, and leaves the explanation on disk', async () => {
    await add('with', { subscriptionId });
    await add('without');
    const { rows, totalCount } = await listFees(books.context, {}, pageOf({ perPage: 1 }));
    expect(rows).toMatchObject([{ externalCustomerId: 'acme', externalSubscriptionId: 'main' }]);
    expect(totalCount).toBe(2);
    expect(rows[0]?.fee).not.toHaveProperty('explanation');
  });
});

describe('the filters of a list of fees', () => {
  beforeEach(async () => {
    const other = await books.customer({ externalId: 'other' });
    await add('subscription', { subscriptionId, paymentStatus: 'succeeded', succeededAt: instant('2023-02-03T00:00:00Z') });
    await add('charge', {
      subscriptionId,
      feeType: 'charge',
      itemCode: 'api',
      eventTransactionId: 'tx-1',
      chargeId: null,
      createdAt: instant('2023-02-01T00:00:01Z'),
    });
    // A plan may have the same code as a metric.
    await books.fee({
      customerId: other.id,
      itemName: 'other',
      itemCode: 'api',
      currency: currencyCode('EUR'),
      createdAt: instant('2023-02-01T00:00:02Z'),
    });
  });

  it.each<{ name: string; given: FeeFilter; expect: readonly string[] }>([
    { name: 'external customer id', given: { externalCustomerId: 'other' }, expect: ['other'] },
    { name: 'external subscription id', given: { externalSubscriptionId: 'main' }, expect: ['subscription', 'charge'] },
    { name: 'unknown subscription', given: { externalSubscriptionId: 'none' }, expect: [] },
    { name: 'currency', given: { currency: currencyCode('EUR') }, expect: ['other'] },
    { name: 'fee type', given: { feeType: 'charge' }, expect: ['charge'] },
    { name: 'a type that no fee has', given: { feeType: 'fixed_charge' }, expect: [] },
    { name: 'billable metric code', given: { billableMetricCode: 'api' }, expect: ['charge'] },
    { name: 'payment status', given: { paymentStatus: 'succeeded' }, expect: ['subscription'] },
    { name: 'event transaction id', given: { eventTransactionId: 'tx-1' }, expect: ['charge'] },
    { name: 'created from', given: { times: { created: { from: instant('2023-02-01T00:00:01Z') } } }, expect: ['charge', 'other'] },
    { name: 'created to', given: { times: { created: { to: instant('2023-02-01T00:00:01Z') } } }, expect: ['subscription', 'charge'] },
    { name: 'succeeded from', given: { times: { succeeded: { from: instant('2023-02-03T00:00:00Z') } } }, expect: ['subscription'] },
    { name: 'succeeded to, too early', given: { times: { succeeded: { to: instant('2023-02-02T23:59:59Z') } } }, expect: [] },
    { name: 'never failed', given: { times: { failed: { from: instant('2000-01-01T00:00:00Z') } } }, expect: [] },
    { name: 'all filters must match', given: { feeType: 'charge', externalCustomerId: 'other' }, expect: [] },
  ])('$name', async ({ given, expect: expected }) => {
    expect(await names(given)).toEqual(expected);
  });
});

describe('one fee', () => {
  it('is found by its id', async () => {
    const id = await add('this one', { subscriptionId });
    await add('another');
    expect(await findFee(books.context, id)).toMatchObject({
      ok: true,
      value: { fee: { itemName: 'this one' }, externalSubscriptionId: 'main' },
    });
  });

  it('is not found when unknown, or when its invoice is not shown', async () => {
    const closed = await books.invoice({ customerId, status: 'closed' });
    const missing = { ok: false, error: { kind: 'not_found', resource: 'fee' } };
    expect(await findFee(books.context, uuid(99))).toEqual(missing);
    expect(await findFee(books.context, 'not-an-id')).toEqual(missing);
    expect(await findFee(books.context, await add('hidden', { invoiceId: closed.id }))).toEqual(missing);
  });
});
