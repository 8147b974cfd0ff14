import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

describe('taxes over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
  });
  afterEach(() => app.close());

  it('answers a created tax with every field, its rate as a number', async () => {
    const { status, body } = await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat_fr', rate: '20.0', description: 'France' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      tax: {
        lago_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        name: 'VAT',
        code: 'vat_fr',
        rate: 20,
        description: 'France',
        applied_to_organization: false,
        applied_to_billing_entities_codes: [],
        add_ons_count: 0,
        customers_count: 0,
        plans_count: 0,
        charges_count: 0,
        commitments_count: 0,
        created_at: '2023-03-01T09:30:00Z',
      },
    });
  });

  it('takes the rate as a number too, and names the billing entity that it applies to', async () => {
    const { body } = await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a', rate: 5.5, applied_to_organization: true } });
    expect(body).toMatchObject({ tax: { rate: 5.5, applied_to_organization: true, applied_to_billing_entities_codes: ['default'] } });
  });

  it('reports all missing and wrong fields together, a taken code among them', async () => {
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a', rate: 1 } });
    const { status, body } = await app.api.post('/taxes', { tax: { name: ' ', code: 'a', rate: 'high' } });
    expect(status).toBe(422);
    expect(body).toEqual({
      status: 422,
      error: 'Unprocessable Entity',
      code: 'validation_errors',
      error_details: { name: ['value_is_mandatory'], code: ['value_already_exist'], rate: ['value_is_invalid'] },
    });
  });

  it('refuses a negative rate', async () => {
    const { body } = await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a', rate: '-1' } });
    expect(body).toMatchObject({ error_details: { rate: ['value_is_out_of_range'] } });
  });

  it('changes only what is sent', async () => {
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a', rate: 10, description: 'old' } });
    const { body } = await app.api.put('/taxes/a', { tax: { rate: '12.5' } });
    expect(body).toMatchObject({ tax: { name: 'VAT', code: 'a', rate: 12.5, description: 'old' } });
    const cleared = await app.api.put('/taxes/a', { tax: { description: null } });
    expect(cleared.body).toMatchObject({ tax: { rate: 12.5, description: null } });
  });

  it('finds a code with a slash, a space and letters beyond ASCII', async () => {
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a b/ü', rate: 10 } });
    for (const path of ['/taxes/a%20b%2F%C3%BC', '/taxes/a%20b/%C3%BC']) {
      expect(await app.api.get(path)).toMatchObject({ status: 200, body: { tax: { code: 'a b/ü' } } });
    }
  });

  it('frees the code of a deleted tax and no longer finds it', async () => {
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a', rate: 10 } });
    expect(await app.api.delete('/taxes/a')).toMatchObject({ status: 200, body: { tax: { code: 'a' } } });
    const gone = await app.api.get('/taxes/a');
    expect(gone).toMatchObject({ status: 404, body: { status: 404, error: 'Not Found', code: 'tax_not_found' } });
    expect((await app.api.post('/taxes', { tax: { name: 'VAT', code: 'a', rate: 10 } })).status).toBe(200);
  });

  it('lists the newest first, page by page', async () => {
    for (const code of ['a', 'b', 'c']) await app.api.post('/taxes', { tax: { name: code, code, rate: 1 } });
    const { body } = await app.api.get('/taxes?page=2&per_page=2');
    expect(body).toMatchObject({
      taxes: [{ code: 'a' }],
      meta: { current_page: 2, next_page: null, prev_page: 1, total_pages: 2, total_count: 3 },
    });
    expect(await app.api.get('/taxes')).toMatchObject({ body: { taxes: [{ code: 'c' }, { code: 'b' }, { code: 'a' }] } });
  });

  it('answers an empty list with zero pages, and a body without its wrapper with 400', async () => {
    expect((await app.api.get('/taxes')).body).toEqual({
      taxes: [],
      meta: { current_page: 0, next_page: null, prev_page: null, total_pages: 0, total_count: 0 },
    });
    expect((await app.api.post('/taxes', {})).status).toBe(400);
  });
});
