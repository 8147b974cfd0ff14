import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

const SETUP = { name: 'Set-up', code: 'setup', amount_cents: 2500, amount_currency: 'USD' };

describe('add-ons over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
    for (const code of ['t1', 't2']) await app.api.post('/taxes', { tax: { name: code, code, rate: 10 } });
  });
  afterEach(() => app.close());

  const create = (addOn: object) => app.api.post('/add_ons', { add_on: addOn });
  const change = (addOn: object) => app.api.put('/add_ons/setup', { add_on: addOn });

  it('answers every field, its own taxes with it', async () => {
    const { body } = await create({ ...SETUP, description: 'once', invoice_display_name: 'Setting up', tax_codes: ['t2', 't1'] });
    expect(body).toMatchObject({ add_on: { taxes: [{ code: 't2' }, { code: 't1' }] } });
    expect((await create({ ...SETUP, code: 'plain' })).body).toEqual({
      add_on: {
        ...SETUP,
        code: 'plain',
        lago_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        description: null,
        invoice_display_name: null,
        taxes: [],
        created_at: '2023-03-01T09:30:00Z',
      },
    });
  });

  it('reports everything that is wrong together', async () => {
    expect(await create({ name: ' ', amount_cents: 0 })).toMatchObject({
      status: 422,
      body: {
        error_details: {
          name: ['value_is_mandatory'],
          code: ['value_is_mandatory'],
          amount_cents: ['value_is_out_of_range'],
          amount_currency: ['value_is_mandatory'],
        },
      },
    });
    expect(await create({ name: 'x', code: 'x', amount_currency: 'ZZZ' })).toMatchObject({
      body: { error_details: { amount_cents: ['value_is_mandatory'], amount_currency: ['value_is_invalid'] } },
    });
  });

  it('refuses a code that is taken, and a tax that does not exist', async () => {
    await create(SETUP);
    expect(await create(SETUP)).toMatchObject({ status: 422, body: { error_details: { code: ['value_already_exist'] } } });
    expect(await create({ ...SETUP, code: 'x', tax_codes: ['zz'] })).toMatchObject({ status: 404, body: { code: 'tax_not_found' } });
    expect((await app.api.get('/add_ons/x')).status).toBe(404);
  });

  it('changes only what is sent; an empty list takes its taxes away', async () => {
    await create({ ...SETUP, description: 'once', tax_codes: ['t1'] });
    expect((await change({ amount_cents: 3000 })).body).toMatchObject({
      add_on: { ...SETUP, amount_cents: 3000, description: 'once', taxes: [{ code: 't1' }] },
    });
    expect((await change({ description: null, tax_codes: [] })).body).toMatchObject({ add_on: { description: null, taxes: [] } });
    expect(await change({ amount_cents: -1 })).toMatchObject({
      status: 422,
      body: { error_details: { amount_cents: ['value_is_out_of_range'] } },
    });
  });

  it('loses a tax that is deleted', async () => {
    await create({ ...SETUP, tax_codes: ['t1', 't2'] });
    await app.api.delete('/taxes/t1');
    expect((await app.api.get('/add_ons/setup')).body).toMatchObject({ add_on: { taxes: [{ code: 't2' }] } });
  });

  it('is gone once deleted, and its code is free again; fees that were made with it stay', async () => {
    await create(SETUP);
    await app.api.post('/customers', { customer: { external_id: 'c1' } });
    const { body } = await app.api.post<{ invoice: { lago_id: string } }>('/invoices', {
      invoice: { external_customer_id: 'c1', fees: [{ add_on_code: 'setup' }] },
    });
    expect(await app.api.delete('/add_ons/setup')).toMatchObject({ status: 200, body: { add_on: { code: 'setup' } } });
    expect(await app.api.get('/add_ons/setup')).toMatchObject({ status: 404, body: { code: 'add_on_not_found' } });
    expect((await create({ ...SETUP, name: 'Another' })).status).toBe(200);
    expect((await app.api.get(`/invoices/${body.invoice.lago_id}`)).body).toMatchObject({
      invoice: { fees: [{ amount_cents: 2500, item: { name: 'Set-up' } }] },
    });
  });

  it('lists the newest first', async () => {
    for (const code of ['a', 'b', 'c']) await create({ ...SETUP, code });
    expect((await app.api.get('/add_ons?per_page=2')).body).toMatchObject({
      add_ons: [{ code: 'c' }, { code: 'b' }],
      meta: { current_page: 1, next_page: 2, total_count: 3 },
    });
  });
});
