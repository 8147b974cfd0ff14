import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readInvoiceDetail } from '../../../main/invoicing/reading/invoice-detail.ts';
import { present } from '../../../shared/assert.ts';
import { cents } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import { uuid } from '../../support/billing-rows.ts';
import { Books } from '../../support/books.ts';

let books: Books;
let customerId: string;
beforeEach(async () => {
  books = await Books.open();
  customerId = (await books.customer({ externalId: 'acme' })).id;
});
afterEach(() => books.close());

function valueOf<T>(result: Result<T>): T {
  return present(result.ok ? result.value : null, 'the invoice is found');
}

describe('one invoice', () => {
  it('has its fees in the order made, with the caller’s names', async () => {
    const plan = await books.plan();
    const subscription = await books.subscription({ customerId, planId: plan.id, externalId: 'main' });
    const invoice = await books.invoice({ customerId });
    await books.fee({ customerId, invoiceId: invoice.id, subscriptionId: subscription.id, itemName: 'first' });
    await books.fee({ customerId, invoiceId: invoice.id, itemName: 'second' });
    await books.fee({ customerId, itemName: 'elsewhere' });
    const { fees } = valueOf(await readInvoiceDetail(books.context, invoice.id));
    expect(
      fees.map(({ fee, externalCustomerId, externalSubscriptionId }) => [fee.itemName, externalCustomerId, externalSubscriptionId]),
    ).toEqual([
      ['first', 'acme', 'main'],
      ['second', 'acme', null],
    ]);
  });

  it('has one billing period per subscription on it, without what a draft is recomputed from', async () => {
    const plan = await books.plan();
    const subscription = await books.subscription({ customerId, planId: plan.id, externalId: 'main' });
    const invoice = await books.invoice({ customerId });
    await books.invoiceSubscription({ invoiceId: invoice.id, subscriptionId: subscription.id, planId: plan.id });
    const { periods } = valueOf(await readInvoiceDetail(books.context, invoice.id));
    expect(periods).toMatchObject([
      { externalSubscriptionId: 'main', period: { planId: plan.id, invoicingReason: 'subscription_periodic' } },
    ]);
    expect(periods[0]?.period).not.toHaveProperty('billingItem');
  });

  it('names the credit note that it used and the invoice which that note corrects', async () => {
    const corrected = await books.invoice({ customerId, number: 'HOO-0001-001-001' });
    const note = await books.creditNote({
      customerId,
      invoiceId: corrected.id,
      number: 'HOO-0001-001-001-CN001',
      description: 'unused days',
    });
    const invoice = await books.invoice({ customerId });
    await books.invoiceCredit({ invoiceId: invoice.id, creditNoteId: note.id, amountCents: cents(645) });
    const { credits } = valueOf(await readInvoiceDetail(books.context, invoice.id));
    expect(credits).toMatchObject([
      {
        credit: { amountCents: 645n },
        item: { id: note.id, type: 'credit_note', code: 'HOO-0001-001-001-CN001', name: 'HOO-0001-001-001', description: 'unused days' },
      },
    ]);
  });

  it('is not found when unknown, when its id is no id, or while it is being built', async () => {
    const generating = await books.invoice({ customerId, status: 'generating' });
    const missing = { ok: false, error: { kind: 'not_found', resource: 'invoice' } };
    for (const id of [uuid(99), 'not-an-id', '', generating.id]) expect(await readInvoiceDetail(books.context, id)).toEqual(missing);
  });
});
