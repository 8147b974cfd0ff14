import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';
import { customer, readWallet, transactionsOf, wallet } from '../../support/wallet-stories.ts';

const UUID = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
const NO_ID = '00000000-0000-7000-8000-000000000000';

describe('wallets over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-03-01T09:30:00Z' });
    await customer(app);
  });
  afterEach(() => app.close());

  const post = (body: Readonly<Record<string, unknown>>) =>
    app.api.post('/wallets', { wallet: { external_customer_id: 'c1', rate_amount: '1', currency: 'USD', ...body } });
  const errorsOf = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const answer = await post(body);
    return [answer.status, (answer.body as { error_details?: unknown }).error_details];
  };

  it('answers an opened wallet with every field, its granted credits in it', async () => {
    const { status, body } = await post({
      name: 'Prepaid',
      rate_amount: '0.5',
      granted_credits: '30',
      expiration_at: '2023-12-31T00:00:00Z',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      wallet: {
        lago_id: UUID,
        lago_customer_id: UUID,
        external_customer_id: 'c1',
        billing_entity_code: 'default',
        status: 'active',
        currency: 'USD',
        name: 'Prepaid',
        code: 'prepaid',
        priority: 50,
        rate_amount: '0.5',
        credits_balance: '30.0',
        balance_cents: 1500,
        consumed_credits: '0.0',
        ongoing_balance_cents: 1500,
        ongoing_usage_balance_cents: 0,
        credits_ongoing_balance: '30.0',
        credits_ongoing_usage_balance: '0.0',
        created_at: '2023-03-01T09:30:00Z',
        expiration_at: '2023-12-31T00:00:00Z',
        last_balance_sync_at: '2023-03-01T09:30:00Z',
        last_consumed_credit_at: null,
        terminated_at: null,
        invoice_requires_successful_payment: false,
        paid_top_up_min_amount_cents: null,
        paid_top_up_max_amount_cents: null,
        purchase_order_number: null,
        recurring_transaction_rules: [],
        applies_to: { fee_types: [], billable_metric_codes: [] },
        applied_invoice_custom_sections: [],
        payment_method: { payment_method_id: null, payment_method_type: 'provider' },
      },
    });
  });

  it('answers a transaction with every field', async () => {
    const id = await wallet(app, { rate_amount: '2' });
    const asked = { wallet_id: id, granted_credits: '10.5', name: 'Welcome', metadata: [{ key: 'campaign', value: 'spring' }] };
    const { status, body } = await app.api.post('/wallet_transactions', { wallet_transaction: asked });
    expect(status).toBe(200);
    const transaction = {
      lago_id: UUID,
      lago_wallet_id: id,
      lago_invoice_id: null,
      lago_credit_note_id: null,
      lago_voided_invoice_id: null,
      status: 'settled',
      source: 'manual',
      transaction_type: 'inbound',
      transaction_status: 'granted',
      amount: '21.0',
      credit_amount: '10.5',
      remaining_amount_cents: 2100,
      remaining_credit_amount: '10.5',
      priority: 50,
      settled_at: '2023-03-01T09:30:00Z',
      failed_at: null,
      created_at: '2023-03-01T09:30:00Z',
      invoice_requires_successful_payment: false,
      metadata: [{ key: 'campaign', value: 'spring' }],
      name: 'Welcome',
      purchase_order_number: null,
      applied_invoice_custom_sections: [],
      payment_method: { payment_method_id: null, payment_method_type: 'provider' },
    };
    expect(body).toEqual({ wallet_transactions: [transaction] });
    const [{ lago_id: transactionId } = { lago_id: '' }] = (body as { wallet_transactions: { lago_id: string }[] }).wallet_transactions;
    expect(await app.api.get(`/wallet_transactions/${transactionId}`)).toMatchObject({
      status: 200,
      body: { wallet_transaction: transaction },
    });
  });

  it('makes one transaction for each kind of credits above 0, paid first', async () => {
    const id = await wallet(app, { granted_credits: '5' });
    const { body } = await app.api.post<{ wallet_transactions: unknown[] }>('/wallet_transactions', {
      wallet_transaction: { wallet_id: id, paid_credits: '3', granted_credits: '2', voided_credits: '1' },
    });
    expect(body).toMatchObject({
      wallet_transactions: [
        {
          transaction_status: 'purchased',
          status: 'pending',
          transaction_type: 'inbound',
          lago_invoice_id: UUID,
          remaining_amount_cents: null,
        },
        { transaction_status: 'granted', status: 'settled', transaction_type: 'inbound' },
        { transaction_status: 'voided', status: 'settled', transaction_type: 'outbound', credit_amount: '1.0' },
      ],
    });
    const none = await app.api.post('/wallet_transactions', {
      wallet_transaction: { wallet_id: id, paid_credits: '0', granted_credits: '0.0' },
    });
    expect(none).toMatchObject({ status: 200, body: { wallet_transactions: [] } });
  });

  it('gives nameless wallets the codes default, default_2, default_3, and named ones their name', async () => {
    const codes: unknown[] = [];
    for (const body of [{}, {}, {}, { name: 'Main Wallet (EU)' }, { name: 'Main wallet EU' }]) {
      codes.push((await readWallet(app, await wallet(app, body)))['code']);
    }
    expect(codes).toEqual(['default', 'default_2', 'default_3', 'main_wallet_eu', 'main_wallet_eu_2']);
  });

  it('refuses a given code that is taken, until the wallet that has it is ended', async () => {
    const id = await wallet(app, { code: 'main' });
    expect(await errorsOf({ code: 'main' })).toEqual([422, { code: ['value_already_exist'] }]);
    await app.api.delete(`/wallets/${id}`);
    expect((await post({ code: 'main' })).status).toBe(200);
  });

  it('refuses a seventh active wallet', async () => {
    for (let count = 0; count < 6; count += 1) await wallet(app);
    expect(await errorsOf({})).toEqual([422, { customer: ['wallet_limit_reached'] }]);
  });

  it('refuses what is wrong, all fields together', async () => {
    expect(await errorsOf({ external_customer_id: 'nobody' })).toEqual([422, { customer: ['customer_not_found'] }]);
    expect(await errorsOf({ rate_amount: '0' })).toEqual([422, { rate_amount: ['value_is_out_of_range'] }]);
    expect(await errorsOf({ rate_amount: null, currency: null })).toEqual([
      422,
      { rate_amount: ['value_is_mandatory'], currency: ['value_is_mandatory'] },
    ]);
    expect(await errorsOf({ paid_credits: 10, granted_credits: '-1', expiration_at: '2023-03-01T09:30:00Z', priority: 51 })).toEqual([
      422,
      {
        paid_credits: ['invalid_paid_credits', 'invalid_amount'],
        granted_credits: ['invalid_granted_credits', 'invalid_amount'],
        expiration_at: ['invalid_date'],
        priority: ['value_is_out_of_range'],
      },
    ]);
    expect(await errorsOf({ paid_credits: 'ten', priority: 0 })).toEqual([
      422,
      { paid_credits: ['invalid_paid_credits', 'invalid_amount'], priority: ['value_is_out_of_range'] },
    ]);
    expect(await errorsOf({ applies_to: { fee_types: ['add_on'] } })).toEqual([422, { applies_to: ['invalid_limitations'] }]);
    expect(await errorsOf({ applies_to: { billable_metric_codes: ['none'] } })).toEqual([422, { applies_to: ['invalid_limitations'] }]);
  });

  it('refuses credits that are worth less than half a cent', async () => {
    expect(await errorsOf({ granted_credits: '0.004' })).toEqual([422, { granted_credits: ['amount_rounds_to_zero'] }]);
    expect(await errorsOf({ paid_credits: '0.000001' })).toEqual([422, { paid_credits: ['amount_rounds_to_zero'] }]);
  });

  it('keeps purchases within the limits of the wallet, granted credits not', async () => {
    const limits = { paid_top_up_min_amount_cents: 1000, paid_top_up_max_amount_cents: 5000 };
    expect(await errorsOf({ ...limits, paid_credits: '9.99' })).toEqual([422, { paid_credits: ['amount_below_minimum'] }]);
    expect(await errorsOf({ ...limits, paid_credits: '50.01' })).toEqual([422, { paid_credits: ['amount_above_maximum'] }]);
    expect((await post({ ...limits, paid_credits: '50', granted_credits: '1' })).status).toBe(200);
    expect(await errorsOf({ paid_top_up_min_amount_cents: 2, paid_top_up_max_amount_cents: 1 })).toEqual([
      422,
      { paid_top_up_max_amount_cents: ['value_is_out_of_range'] },
    ]);
  });

  it('refuses transactions of unknown and ended wallets, and voids above the balance', async () => {
    const ask = async (body: Readonly<Record<string, unknown>>): Promise<unknown> => {
      const answer = await app.api.post<{ error_details: unknown }>('/wallet_transactions', { wallet_transaction: body });
      return [answer.status, answer.body.error_details];
    };
    expect(await ask({ wallet_id: NO_ID, paid_credits: '1' })).toEqual([422, { wallet_id: ['wallet_not_found'] }]);
    expect(await ask({ paid_credits: '1' })).toEqual([422, { wallet_id: ['wallet_not_found'] }]);
    const id = await wallet(app, { granted_credits: '20' });
    expect(await ask({ wallet_id: id, voided_credits: '20.01' })).toEqual([422, { voided_credits: ['insufficient_credits'] }]);
    expect(await ask({ wallet_id: id, voided_credits: 5 })).toEqual([
      422,
      { voided_credits: ['invalid_voided_credits', 'invalid_amount'] },
    ]);
    expect(await ask({ wallet_id: id, metadata: [{ key: 'a' }] })).toEqual([422, { metadata: ['value_is_mandatory'] }]);
    await app.api.delete(`/wallets/${id}`);
    expect(await ask({ wallet_id: id, granted_credits: '1' })).toEqual([422, { wallet_id: ['wallet_is_terminated'] }]);
  });

  it('voids the credits of a wallet at a third of a unit to the last', async () => {
    const id = await wallet(app, { rate_amount: '3', granted_credits: '0.66667' });
    expect(await readWallet(app, id)).toMatchObject({ balance_cents: 200, credits_balance: '0.66667' });
    const voided = await app.api.post('/wallet_transactions', { wallet_transaction: { wallet_id: id, voided_credits: '0.66667' } });
    expect(voided.status).toBe(200);
    expect(await readWallet(app, id)).toMatchObject({ balance_cents: 0, credits_balance: '0.0', consumed_credits: '0.66667' });
  });

  it('changes what is sent and leaves the rest', async () => {
    await app.api.post('/billable_metrics', { billable_metric: { name: 'Calls', code: 'calls', aggregation_type: 'count_agg' } });
    const id = await wallet(app, { name: 'Old', priority: 3, expiration_at: '2023-12-31T00:00:00Z' });
    const change = { name: 'New', applies_to: { fee_types: ['charge'], billable_metric_codes: ['calls'] }, expiration_at: null };
    expect(await app.api.put(`/wallets/${id}`, { wallet: change })).toMatchObject({
      status: 200,
      body: {
        wallet: {
          name: 'New',
          code: 'old',
          priority: 3,
          expiration_at: null,
          applies_to: { fee_types: ['charge'], billable_metric_codes: ['calls'] },
        },
      },
    });
    const again = await app.api.put(`/wallets/${id}`, { wallet: { code: 'fresh', priority: 1, applies_to: { fee_types: [] } } });
    expect(again.body).toMatchObject({
      wallet: { name: 'New', code: 'fresh', priority: 1, applies_to: { fee_types: [], billable_metric_codes: ['calls'] } },
    });
  });

  it('refuses changes of unknown and ended wallets', async () => {
    expect(await app.api.put(`/wallets/${NO_ID}`, { wallet: { name: 'x' } })).toMatchObject({
      status: 404,
      body: { code: 'wallet_not_found' },
    });
    const id = await wallet(app);
    await app.api.delete(`/wallets/${id}`);
    expect(await app.api.put(`/wallets/${id}`, { wallet: { name: 'x' } })).toMatchObject({
      status: 422,
      body: { error_details: { wallet_id: ['wallet_is_terminated'] } },
    });
  });

  it('ends a wallet, keeps it in sight, and says nothing new when it is ended again', async () => {
    const id = await wallet(app, { granted_credits: '7' });
    const ended = { status: 'terminated', terminated_at: '2023-03-01T09:30:00Z', balance_cents: 700 };
    expect(await app.api.delete(`/wallets/${id}`)).toMatchObject({ status: 200, body: { wallet: ended } });
    expect(await app.api.delete(`/wallets/${id}`)).toMatchObject({ status: 200, body: { wallet: ended } });
    expect(await readWallet(app, id)).toMatchObject(ended);
  });

  it('lists wallets newest first, by customer and currency', async () => {
    await customer(app, 'c2');
    const first = await wallet(app);
    const second = await wallet(app, { currency: 'EUR' });
    const other = await wallet(app, { external_customer_id: 'c2' });
    const idsOf = async (query: string): Promise<unknown> => {
      const { body } = await app.api.get<{ wallets: { lago_id: string }[] }>(`/wallets${query}`);
      return body.wallets.map((each) => each.lago_id);
    };
    expect(await idsOf('')).toEqual([other, second, first]);
    expect(await idsOf('?external_customer_id=c1')).toEqual([second, first]);
    expect(await idsOf('?external_customer_id=c1&currency=eur')).toEqual([second]);
    expect(await app.api.get('/wallets?external_customer_id=nobody')).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
    expect((await app.api.get('/wallets?per_page=2&page=2')).body).toMatchObject({
      wallets: [{ lago_id: first }],
      meta: { current_page: 2, prev_page: 1, next_page: null, total_pages: 2, total_count: 3 },
    });
  });

  it('lists transactions newest first, and filters them; unknown values filter nothing', async () => {
    const id = await wallet(app, { paid_credits: '4', granted_credits: '5' });
    await app.api.post('/wallet_transactions', { wallet_transaction: { wallet_id: id, voided_credits: '1' } });
    const kinds = async (query = ''): Promise<unknown> => (await transactionsOf(app, id, query)).map((each) => each['transaction_status']);
    expect(await kinds()).toEqual(['voided', 'granted', 'purchased']);
    expect(await kinds('?status=pending')).toEqual(['purchased']);
    expect(await kinds('?transaction_type=inbound')).toEqual(['granted', 'purchased']);
    expect(await kinds('?transaction_status=granted&status=settled')).toEqual(['granted']);
    expect(await kinds('?status=lost')).toEqual(['voided', 'granted', 'purchased']);
    expect(await app.api.get(`/wallets/${NO_ID}/wallet_transactions`)).toMatchObject({ status: 404, body: { code: 'wallet_not_found' } });
    expect(await app.api.get(`/wallet_transactions/${NO_ID}`)).toMatchObject({
      status: 404,
      body: { code: 'wallet_transaction_not_found' },
    });
  });

  it('serves the wallets of a customer by their codes', async () => {
    const base = '/customers/c1/wallets';
    const body = { wallet: { name: 'Main', rate_amount: '1', currency: 'USD', granted_credits: '3' } };
    expect(await app.api.post(base, body)).toMatchObject({ status: 200, body: { wallet: { code: 'main', external_customer_id: 'c1' } } });
    expect(await app.api.get(`${base}/main`)).toMatchObject({ status: 200, body: { wallet: { balance_cents: 300 } } });
    expect(await app.api.get(base)).toMatchObject({ status: 200, body: { wallets: [{ code: 'main' }], meta: { total_count: 1 } } });
    expect(await app.api.put(`${base}/main`, { wallet: { priority: 2 } })).toMatchObject({
      status: 200,
      body: { wallet: { priority: 2 } },
    });
    expect(await app.api.delete(`${base}/main`)).toMatchObject({ status: 200, body: { wallet: { status: 'terminated' } } });
    expect(await app.api.get(`${base}/main`)).toMatchObject({ status: 200, body: { wallet: { status: 'terminated' } } });
    expect(await app.api.get(`${base}/other`)).toMatchObject({ status: 404, body: { code: 'wallet_not_found' } });
    for (const path of ['/customers/nobody/wallets', '/customers/nobody/wallets/main']) {
      expect(await app.api.get(path)).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
    }
    expect(await app.api.post('/customers/nobody/wallets', body)).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
  });

  it('gives the customer its currency when it has none', async () => {
    await wallet(app, { currency: 'EUR' });
    expect(await app.api.get('/customers/c1')).toMatchObject({ body: { customer: { currency: 'EUR' } } });
    await wallet(app, { currency: 'USD' });
    expect(await app.api.get('/customers/c1')).toMatchObject({ body: { customer: { currency: 'EUR' } } });
  });

  describe('recurring rules', () => {
    const rule = { trigger: 'threshold', threshold_credits: '10', method: 'target', target_ongoing_balance: '100' };

    it('are shown with every field', async () => {
      const { body } = await post({ granted_credits: '50', recurring_transaction_rules: [{ ...rule, transaction_name: 'Refill' }] });
      expect((body as { wallet: Record<string, unknown> }).wallet['recurring_transaction_rules']).toEqual([
        {
          lago_id: UUID,
          trigger: 'threshold',
          interval: null,
          method: 'target',
          status: 'active',
          threshold_credits: '10.0',
          target_ongoing_balance: '100.0',
          grants_target_top_up: false,
          ignore_paid_top_up_limits: false,
          paid_credits: '0.0',
          granted_credits: '0.0',
          started_at: null,
          expiration_at: null,
          invoice_requires_successful_payment: false,
          transaction_name: 'Refill',
          transaction_metadata: [],
          created_at: '2023-03-01T09:30:00Z',
        },
      ]);
    });

    it('take the wallet’s first credits where a fixed one names none', async () => {
      const { body } = await post({
        paid_credits: '20',
        granted_credits: '5',
        recurring_transaction_rules: [{ trigger: 'interval', interval: 'monthly' }],
      });
      expect(body).toMatchObject({
        wallet: { recurring_transaction_rules: [{ method: 'fixed', interval: 'monthly', paid_credits: '20.0', granted_credits: '5.0' }] },
      });
    });

    it('are refused when they could never work', async () => {
      for (const bad of [
        {},
        { trigger: 'monthly' },
        { trigger: 'interval' },
        { trigger: 'interval', interval: 'daily' },
        { trigger: 'threshold' },
        { trigger: 'threshold', threshold_credits: 'few' },
        { trigger: 'threshold', threshold_credits: '10', method: 'target' },
        { trigger: 'threshold', threshold_credits: '10', method: 'double' },
        { ...rule, method: 'fixed', paid_credits: 5 },
        { ...rule, expiration_at: '2023-03-01T00:00:00Z' },
        { ...rule, transaction_metadata: [{ value: 'x' }] },
      ]) {
        expect([bad, await errorsOf({ recurring_transaction_rules: [bad] })]).toEqual([
          bad,
          [422, { recurring_transaction_rules: ['invalid_recurring_rule'] }],
        ]);
      }
      expect(await errorsOf({ recurring_transaction_rules: [rule, rule] })).toEqual([
        422,
        { recurring_transaction_rules: ['invalid_number_of_recurring_rules'] },
      ]);
      const tooMuch = { trigger: 'interval', interval: 'monthly', paid_credits: '200' };
      expect(await errorsOf({ paid_top_up_max_amount_cents: 10000, recurring_transaction_rules: [tooMuch] })).toEqual([
        422,
        { recurring_transaction_rules: ['invalid_recurring_rule'] },
      ]);
    });

    it('are changed by id, replaced without, and removed by an empty list', async () => {
      const id = await wallet(app, { granted_credits: '50', recurring_transaction_rules: [rule] });
      const ruleOf = async (): Promise<Record<string, unknown> | undefined> =>
        ((await readWallet(app, id))['recurring_transaction_rules'] as Record<string, unknown>[])[0];
      const first = await ruleOf();
      const put = (rules: unknown) => app.api.put(`/wallets/${id}`, { wallet: { recurring_transaction_rules: rules } });
      await put([{ lago_id: first?.['lago_id'], threshold_credits: '20' }]);
      expect(await ruleOf()).toEqual({ ...first, threshold_credits: '20.0' });
      await app.api.put(`/wallets/${id}`, { wallet: { name: 'Main' } });
      expect(await ruleOf()).toEqual({ ...first, threshold_credits: '20.0' });
      await put([{ trigger: 'interval', interval: 'weekly', granted_credits: '1' }]);
      expect(await ruleOf()).toMatchObject({ trigger: 'interval', interval: 'weekly', threshold_credits: null, granted_credits: '1.0' });
      expect((await ruleOf())?.['lago_id']).not.toBe(first?.['lago_id']);
      await put([]);
      expect(await ruleOf()).toBeUndefined();
    });
  });
});
