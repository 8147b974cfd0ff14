import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface ChargeBody {
  readonly charge: { readonly lago_id: string; readonly code: string };
}

describe('charges and metadata of a plan over HTTP', () => {
  let app: TestEngine;
  let calls: string;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
    const metric = { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' };
    const { body } = await app.api.post<{ billable_metric: { lago_id: string } }>('/billable_metrics', { billable_metric: metric });
    calls = body.billable_metric.lago_id;
    const plan = { name: 'Starter', code: 'starter', interval: 'monthly', amount_cents: 0, amount_currency: 'USD' };
    await app.api.post('/plans', { plan });
  });
  afterEach(() => app.close());

  const add = (attributes: Readonly<Record<string, unknown>> = {}) =>
    app.api.post<ChargeBody>('/plans/starter/charges', {
      charge: { billable_metric_id: calls, charge_model: 'standard', properties: { amount: '1' }, ...attributes },
    });

  it('adds, reads, changes, lists and removes a charge', async () => {
    expect((await add()).body.charge).toMatchObject({ code: 'calls', billable_metric_code: 'calls', properties: { amount: '1' } });
    expect((await add()).body.charge.code).toBe('calls_2');
    expect((await app.api.get('/plans/starter/charges')).body).toMatchObject({
      charges: [{ code: 'calls_2' }, { code: 'calls' }],
      meta: { total_count: 2 },
    });
    const changed = await app.api.put('/plans/starter/charges/calls', { charge: { properties: { amount: '2' } } });
    expect(changed.body).toMatchObject({ charge: { code: 'calls', properties: { amount: '2' } } });
    expect((await app.api.delete('/plans/starter/charges/calls_2')).body).toMatchObject({ charge: { code: 'calls_2' } });
    expect((await app.api.get('/plans/starter/charges/calls_2')).body).toMatchObject({ code: 'charge_not_found' });
    expect((await app.api.get('/plans/starter')).body).toMatchObject({
      plan: { charges: [{ code: 'calls', properties: { amount: '2' } }] },
    });
  });

  it('refuses a code that the plan has, and everything that a plan would refuse', async () => {
    await add();
    const { status, body } = await add({ code: 'calls', properties: { amount: 1 }, invoiceable: false });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      error_details: {
        code: ['value_already_exist'],
        properties: ['invalid_amount'],
        invoiceable: ['must_be_true_unless_pay_in_advance'],
      },
    });
  });

  it('says which of plan and charge does not exist', async () => {
    expect((await app.api.get('/plans/none/charges')).body).toMatchObject({ code: 'plan_not_found' });
    expect((await app.api.get('/plans/none/charges/calls')).body).toMatchObject({ code: 'plan_not_found' });
    expect((await app.api.put('/plans/starter/charges/none', { charge: { code: 'x' } })).body).toMatchObject({ code: 'charge_not_found' });
    expect((await app.api.delete('/plans/starter/charges/none')).body).toMatchObject({ code: 'charge_not_found' });
  });

  it('replaces, merges and removes metadata', async () => {
    const path = '/plans/starter/metadata';
    expect((await app.api.post(path, { metadata: { a: '1', b: '2' } })).body).toEqual({ metadata: { a: '1', b: '2' } });
    expect((await app.api.patch(path, { metadata: { b: null, c: '3' } })).body).toEqual({ metadata: { a: '1', b: null, c: '3' } });
    expect((await app.api.post(path, { metadata: { d: '4', e: '5' } })).body).toEqual({ metadata: { d: '4', e: '5' } });
    expect((await app.api.delete(`${path}/d`)).body).toEqual({ metadata: { e: '5' } });
    expect((await app.api.get('/plans/starter')).body).toMatchObject({ plan: { metadata: { e: '5' } } });
    expect((await app.api.delete(`${path}/e`)).body).toEqual({ metadata: null });
    await app.api.post(path, { metadata: { f: '6' } });
    expect((await app.api.delete(path)).body).toEqual({ metadata: null });
    expect((await app.api.get<{ plan: object }>('/plans/starter')).body.plan).not.toHaveProperty('metadata');
  });

  it('refuses metadata without its key, of a wrong type, or of no plan', async () => {
    expect((await app.api.post('/plans/starter/metadata', {})).status).toBe(400);
    expect((await app.api.post('/plans/starter/metadata', { metadata: { a: { b: 1 } } })).body).toMatchObject({
      error_details: { metadata: ['value_is_invalid'] },
    });
    expect((await app.api.post('/plans/starter/metadata', { metadata: { ['k'.repeat(41)]: '1' } })).body).toMatchObject({
      error_details: { metadata: ['value_is_too_long'] },
    });
    expect((await app.api.post('/plans/none/metadata', { metadata: { a: '1' } })).body).toMatchObject({ code: 'plan_not_found' });
  });

  it('lets the copy of an overriding subscription follow only where it has not overridden', async () => {
    await add();
    const { charge } = (await add()).body;
    const overrides = { charges: [{ id: charge.lago_id, properties: { amount: '0.5' } }] };
    const subscription = { external_customer_id: 'c', plan_code: 'starter', external_id: 's', plan_overrides: overrides };
    expect((await app.api.post('/subscriptions', { subscription })).status).toBe(200);
    const readCopy = async () => (await app.api.get('/subscriptions/s')).body;
    const change = (code: string, cascade_updates: boolean) =>
      app.api.put(`/plans/starter/charges/${code}`, { charge: { properties: { amount: '9' }, cascade_updates } });

    await change('calls', false);
    expect(await readCopy()).toMatchObject({
      subscription: {
        plan: { parent_id: expect.any(String) as string, charges: [{ properties: { amount: '1' } }, { properties: { amount: '0.5' } }] },
      },
    });
    await app.api.put('/plans/starter/charges/calls', { charge: { properties: { amount: '1' } } });
    await change('calls', true);
    await change('calls_2', true);
    expect(await readCopy()).toMatchObject({
      subscription: { plan: { charges: [{ properties: { amount: '9' } }, { properties: { amount: '0.5' } }] } },
    });
    await app.api.delete('/plans/starter/charges/calls_2', { charge: { cascade_updates: true } });
    expect(await readCopy()).toMatchObject({ subscription: { plan: { charges: [{ code: 'calls' }] } } });
    await add({ cascade_updates: true });
    expect(await readCopy()).toMatchObject({
      subscription: { plan: { charges: [{ code: 'calls' }, { code: 'calls_2', properties: { amount: '1' } }] } },
    });
    expect((await app.api.get('/plans')).body).toMatchObject({ meta: { total_count: 1 } });
  });
});
