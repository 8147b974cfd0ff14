import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AddOnFeeRow, AddOnPageAnswer, AddOnRow } from '../../../shared/internal/add-ons.ts';
import type { ListAnswer } from '../../../shared/internal/list-page.ts';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

let books: TestEngine;
beforeEach(async () => {
  books = await createTestEngine({ now: '2024-03-10T12:00:00Z' });
});
afterEach(() => books.close());

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

async function read<Body>(path: string): Promise<Answer<Body>> {
  const answer = await books.engine.fetch(new Request(`http://127.0.0.1:3000/api/internal${path}`), { isSignedIn: true });
  return { status: answer.status, body: await answer.json() } as Answer<Body>;
}

test('add-ons are listed with how often they were applied, and say where', async () => {
  const add = (code: string, cents: number, currency = 'USD') =>
    books.api.post<{ add_on: { lago_id: string } }>('/add_ons', {
      add_on: { name: code, code, amount_cents: cents, amount_currency: currency },
    });
  const setup = (await add('setup', 20_000)).body.add_on.lago_id;
  await add('audit', 50_000, 'EUR');
  await books.api.post('/customers', { customer: { external_id: 'acme', name: 'Acme', currency: 'USD' } });
  await books.api.post('/applied_add_ons', {
    applied_add_on: { external_customer_id: 'acme', add_on_code: 'setup', amount_cents: 15_000 },
  });
  const oneOff = { external_customer_id: 'acme', currency: 'USD', fees: [{ add_on_code: 'setup', units: '2' }] };
  await books.api.post('/invoices', { invoice: oneOff });
  const wrong = await books.api.post<{ invoice: { lago_id: string } }>('/invoices', { invoice: oneOff });
  expect((await books.api.post(`/invoices/${wrong.body.invoice.lago_id}/void`)).status).toBe(200);

  const rows = async (query: string) =>
    (await read<ListAnswer<AddOnRow>>(`/lists/add_ons?${query}`)).body.rows.map((row) => [row.code, row.amount_cents, row.applied_count]);
  expect(await rows('sort=applied&direction=desc')).toEqual([
    ['setup', 20_000, 2],
    ['audit', 50_000, 0],
  ]);
  expect(await rows('sort=amount')).toEqual([
    ['setup', 20_000, 2],
    ['audit', 50_000, 0],
  ]);
  expect(await rows('currency=EUR')).toEqual([['audit', 50_000, 0]]);
  expect(await rows('search=SET')).toEqual([['setup', 20_000, 2]]);

  expect((await read<AddOnPageAnswer>(`/add_ons/${setup}`)).body).toMatchObject({ add_on: { code: 'setup' }, applied_count: 2 });
  expect((await read('/add_ons/00000000-0000-7000-8000-000000000000')).status).toBe(404);
  const fees = (await read<ListAnswer<AddOnFeeRow>>(`/lists/add_on_fees?add_on=${setup}&sort=created_at&direction=desc`)).body.rows;
  expect(fees.map((fee) => [fee.invoice.status, fee.units, fee.amount_cents, fee.customer.name])).toEqual([
    ['voided', '2.0', 40_000, 'Acme'],
    ['finalized', '2.0', 40_000, 'Acme'],
    ['finalized', '1.0', 15_000, 'Acme'],
  ]);
});
