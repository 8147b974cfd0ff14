import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAddOn } from '../../main/catalog/index.ts';
import { applyAddOn, createOneOffInvoice } from '../../main/invoicing/index.ts';
import type { Announcement, ServiceContext } from '../../main/service-context.ts';
import { cents } from '../../shared/money.ts';
import { USD } from '../support/billing-rows.ts';
import { Books } from '../support/books.ts';
import { valueOf } from '../support/value-of.ts';

let books: Books;
let announced: Announcement[];
let context: ServiceContext;

beforeEach(async () => {
  books = await Books.open();
  announced = [];
  context = {
    ...books.context,
    announce: (_, announcement) => {
      announced.push(announcement);
      return Promise.resolve();
    },
  };
  await books.customer({ externalId: 'c1' });
  valueOf(await createAddOn(context, { name: 'Set-up', code: 'setup', amountCents: cents(2500), amountCurrency: USD }));
});
afterEach(() => books.close());

test('a one-off invoice is announced once it is final', async () => {
  const invoice = valueOf(await createOneOffInvoice(context, { externalCustomerId: 'c1', fees: [{ addOnCode: 'setup' }] }));
  expect([invoice.status, announced]).toEqual([
    'finalized',
    [{ type: 'invoice.one_off_created', objectType: 'invoice', objectId: invoice.id }],
  ]);
});

test('an applied add-on is announced by its invoice', async () => {
  const { applied } = valueOf(await applyAddOn(context, { externalCustomerId: 'c1', addOnCode: 'setup' }));
  expect(announced).toEqual([{ type: 'invoice.add_on_added', objectType: 'invoice', objectId: applied.invoiceId }]);
});

test('a refused one is not announced', async () => {
  await createOneOffInvoice(context, { externalCustomerId: 'c1', fees: [{ addOnCode: 'none' }] });
  expect(announced).toEqual([]);
});
