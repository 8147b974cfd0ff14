import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestEngine, type TestEngine } from '../../support/test-engine.ts';

interface Created {
  readonly invoice: { readonly lago_id: string; readonly file_url: string | null };
}

describe('one-off invoices over HTTP', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-05-17T09:30:00Z' });
    await app.api.post('/customers', { customer: { external_id: 'c1', name: 'Pied Piper' } });
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
    await app.api.post('/add_ons', {
      add_on: { name: 'Set-up', code: 'setup', amount_cents: 1999, amount_currency: 'USD', description: 'On site' },
    });
  });
  afterEach(() => app.close());

  const create = (invoice: object) => app.api.post<Created>('/invoices', { invoice: { external_customer_id: 'c1', ...invoice } });
  const one = (fee: object) => create({ fees: [{ add_on_code: 'setup', ...fee }] });
  const setupFee = { fees: [{ add_on_code: 'setup' }] };

  it('is final at once, with its number, taxes and fees', async () => {
    const { status, body } = await create({ ...setupFee, purchase_order_number: 'PO-7' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      invoice: {
        ...{ invoice_type: 'one_off', status: 'finalized', payment_status: 'pending', sequential_id: 1 },
        number: expect.stringMatching(/-001-001$/) as string,
        ...{ purchase_order_number: 'PO-7', issuing_date: '2023-05-17', payment_due_date: '2023-05-17', currency: 'USD' },
        ...{
          fees_amount_cents: 1999,
          coupons_amount_cents: 0,
          taxes_amount_cents: 400,
          total_amount_cents: 2399,
          total_due_amount_cents: 2399,
        },
        ...{ subscriptions: [], billing_periods: [], credits: [], metadata: [] },
        applied_taxes: [{ tax_code: 'vat', tax_rate: 20, fees_amount_cents: 1999, amount_cents: 400 }],
        fees: [
          {
            ...{ amount_cents: 1999, taxes_amount_cents: 400, units: '1.0', precise_unit_amount: '19.99', description: 'On site' },
            ...{ lago_subscription_id: null, external_subscription_id: null, external_customer_id: 'c1', pay_in_advance: false },
            item: { type: 'add_on', code: 'setup', name: 'Set-up', item_type: 'AddOn', invoice_display_name: 'Set-up' },
            from_date: '2023-05-17T09:30:00Z',
            to_date: '2023-05-17T09:30:00Z',
          },
        ],
      },
    });
  });

  it('takes prices, units, words, dates and taxes of its own; each fee is rounded once', async () => {
    await app.api.post('/taxes', { tax: { name: 'Low', code: 'low', rate: 5 } });
    const { body } = await create({
      fees: [
        { add_on_code: 'setup', units: 2.5 },
        {
          ...{ add_on_code: 'setup', units: '1.5', unit_amount_cents: 333, description: 'Visit', invoice_display_name: 'First visit' },
          ...{ tax_codes: ['low'], from_datetime: '2023-02-01T00:00:00Z', to_datetime: '2023-02-28T23:59:59Z' },
        },
      ],
    });
    // 49.975 and 4.995; taxes 999.6 and 25 make 1 024.6.
    expect(body).toMatchObject({
      invoice: {
        ...{ fees_amount_cents: 5498, taxes_amount_cents: 1025, total_amount_cents: 6523 },
        fees: [
          { units: '2.5', amount_cents: 4998, taxes_rate: 20 },
          {
            ...{ units: '1.5', amount_cents: 500, taxes_rate: 5, description: 'Visit', item: { invoice_display_name: 'First visit' } },
            ...{ from_date: '2023-02-01T00:00:00Z', to_date: '2023-02-28T23:59:59Z' },
          },
        ],
      },
    });
  });

  describe('the currency', () => {
    it('is the one asked for, and becomes that of a customer who has none; the add-on’s is not looked at', async () => {
      expect((await create({ ...setupFee, currency: 'JPY' })).body).toMatchObject({
        invoice: { currency: 'JPY', fees_amount_cents: 1999, fees: [{ precise_unit_amount: '1999.0' }] },
      });
      expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: 'JPY' } });
    });

    it('else the customer’s; another one may be asked for all the same', async () => {
      await app.api.post('/customers', { customer: { external_id: 'c1', currency: 'EUR' } });
      expect((await create(setupFee)).body).toMatchObject({ invoice: { currency: 'EUR' } });
      expect((await create({ ...setupFee, currency: 'USD' })).body).toMatchObject({ invoice: { currency: 'USD' } });
      expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: 'EUR' } });
    });

    it('else the organization’s', async () => {
      await app.api.put('/organizations', { organization: { default_currency: 'GBP' } });
      expect((await create(setupFee)).body).toMatchObject({ invoice: { currency: 'GBP' } });
    });
  });

  it('of nothing is paid, and there, also where invoices of nothing are not wanted', async () => {
    await app.api.put('/organizations', { organization: { finalize_zero_amount_invoice: false } });
    expect((await one({ units: 0 })).body).toMatchObject({
      invoice: { status: 'finalized', payment_status: 'succeeded', total_amount_cents: 0 },
    });
  });

  it('never waits, and no coupon touches it', async () => {
    await app.api.put('/organizations', { organization: { billing_configuration: { invoice_grace_period: 5 }, net_payment_term: 30 } });
    await app.api.post('/coupons', { coupon: { name: 'Half', code: 'half', coupon_type: 'percentage', percentage_rate: '50' } });
    await app.api.post('/applied_coupons', { applied_coupon: { external_customer_id: 'c1', coupon_code: 'half' } });
    expect((await create(setupFee)).body).toMatchObject({
      invoice: { status: 'finalized', issuing_date: '2023-05-17', payment_due_date: '2023-06-16', coupons_amount_cents: 0 },
    });
    expect((await app.api.get('/applied_coupons')).body).toMatchObject({ applied_coupons: [{ status: 'active', credits: [] }] });
  });

  describe('is refused, and nothing is made', () => {
    afterEach(async () => {
      expect((await app.api.get('/invoices')).body).toMatchObject({ invoices: [] });
      expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: null } });
    });

    it('for a customer, fees, an add-on or a tax that is not there', async () => {
      expect(await create({ ...setupFee, external_customer_id: 'nobody' })).toMatchObject({
        status: 404,
        body: { code: 'customer_not_found' },
      });
      for (const fees of [[], undefined, null, 'setup']) {
        expect(await create({ fees })).toMatchObject({ status: 404, body: { code: 'fees_not_found' } });
      }
      const another = { add_on_code: 'none' };
      expect(await create({ fees: [{ add_on_code: 'setup' }, another] })).toMatchObject({
        status: 404,
        body: { code: 'add_on_not_found' },
      });
      expect(await one({ tax_codes: ['none'] })).toMatchObject({ status: 404, body: { code: 'tax_not_found' } });
    });

    it('for dates that are not both there, in order and readable', async () => {
      const day = (date: string) => `2023-02-${date}T00:00:00Z`;
      for (const dates of [
        { from_datetime: day('01') },
        { to_datetime: day('01') },
        { from_datetime: day('02'), to_datetime: day('01') },
        { from_datetime: 'soon', to_datetime: day('01') },
        { from_datetime: day('01'), to_datetime: 7 },
      ]) {
        expect(await one(dates)).toMatchObject({ status: 422, body: { error_details: { boundaries: ['values_are_invalid'] } } });
      }
    });

    it('for amounts below zero, beyond sense or that are no numbers', async () => {
      expect(await one({ units: -1, unit_amount_cents: -5 })).toMatchObject({
        status: 422,
        body: { error_details: { units: ['value_is_out_of_range'], unit_amount_cents: ['value_is_out_of_range'] } },
      });
      expect(await one({ units: 'two', unit_amount_cents: 1.5 })).toMatchObject({
        status: 422,
        body: { error_details: { units: ['value_is_invalid'], unit_amount_cents: ['value_is_invalid'] } },
      });
      expect(await one({ units: '99999999999999999999' })).toMatchObject({
        status: 422,
        body: { error_details: { units: ['value_is_out_of_range'] } },
      });
    });

    it('for a currency that does not exist', async () => {
      expect(await create({ ...setupFee, currency: 'ZZZ' })).toMatchObject({
        status: 422,
        body: { error_details: { currency: ['value_is_invalid'] } },
      });
    });
  });

  it('remembers that nobody is to be charged by itself', async () => {
    await create({ ...setupFee, skip_psp: true });
    await create(setupFee);
    const rows = app.engine.services.context.database.read
      .select<{ skipPsp: number }>(`SELECT "skip_psp" AS "skipPsp" FROM "invoices" ORDER BY "sequence"`)
      .all();
    expect(rows).toEqual([{ skipPsp: 1 }, { skipPsp: 0 }]);
  });

  it('gets a document, which knows no dates where none were said', async () => {
    const { body } = await create({
      fees: [
        { add_on_code: 'setup' },
        { add_on_code: 'setup', from_datetime: '2023-02-01T00:00:00Z', to_datetime: '2023-02-28T23:59:59Z' },
      ],
    });
    const { read } = app.engine.services.context.database;
    const [row] = read.select<{ snapshot: string }>(`SELECT "snapshot" FROM "invoices"`).all();
    expect(JSON.parse(row?.snapshot ?? '')).toMatchObject({
      invoiceType: 'one_off',
      subscriptions: [],
      coupons: [],
      otherFees: [
        { kind: 'add_on', name: 'Set-up', description: 'On site', units: '1', amountCents: '1999', period: null },
        { kind: 'add_on', period: { firstDay: '2023-02-01', lastDay: '2023-02-28' } },
      ],
    });
    const waiting = read.select<{ kind: string; subjectId: string }>(`SELECT "kind", "subject_id" AS "subjectId" FROM "jobs"`).all();
    expect(waiting).toContainEqual({ kind: 'invoice_document', subjectId: body.invoice.lago_id });
  });
});

describe('applied add-ons over HTTP, the route of 2022', () => {
  let app: TestEngine;
  beforeEach(async () => {
    app = await createTestEngine({ now: '2023-05-17T09:30:00Z' });
    await app.api.post('/taxes', { tax: { name: 'VAT', code: 'vat', rate: 20, applied_to_organization: true } });
    await app.api.post('/customers', { customer: { external_id: 'c1' } });
    await app.api.post('/add_ons', { add_on: { name: 'Welcome', code: 'welcome', amount_cents: 5000, amount_currency: 'EUR' } });
  });
  afterEach(() => app.close());

  const apply = (application: object) =>
    app.api.post('/applied_add_ons', { applied_add_on: { external_customer_id: 'c1', add_on_code: 'welcome', ...application } });

  it('answers what was applied, and invoices it at once', async () => {
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    expect((await apply({})).body).toEqual({
      applied_add_on: {
        ...{ lago_id: uuid, lago_add_on_id: uuid, add_on_code: 'welcome', lago_customer_id: uuid, external_customer_id: 'c1' },
        ...{ amount_cents: 5000, amount_currency: 'EUR', created_at: '2023-05-17T09:30:00Z' },
      },
    });
    expect((await app.api.get('/invoices')).body).toMatchObject({
      invoices: [
        {
          ...{ invoice_type: 'add_on', status: 'finalized', currency: 'EUR', issuing_date: '2023-05-17' },
          ...{ fees_amount_cents: 5000, taxes_amount_cents: 1000, total_amount_cents: 6000 },
        },
      ],
    });
    expect((await app.api.get('/fees')).body).toMatchObject({ fees: [{ units: '1.0', amount_cents: 5000, item: { type: 'add_on' } }] });
    expect((await app.api.get('/customers/c1')).body).toMatchObject({ customer: { currency: 'EUR' } });
  });

  it('takes another amount, and the customer by the name of 2022', async () => {
    const { body } = await app.api.post('/applied_add_ons', {
      applied_add_on: { customer_id: 'c1', add_on_code: 'welcome', amount_cents: 1234, amount_currency: 'USD' },
    });
    expect(body).toMatchObject({ applied_add_on: { external_customer_id: 'c1', amount_cents: 1234, amount_currency: 'USD' } });
    expect((await app.api.get('/invoices')).body).toMatchObject({ invoices: [{ currency: 'USD', total_amount_cents: 1481 }] });
  });

  it('is refused for what is not there, another currency than the customer’s, and amounts of nothing', async () => {
    expect(await apply({ external_customer_id: 'zz' })).toMatchObject({ status: 404, body: { code: 'customer_not_found' } });
    expect(await apply({ add_on_code: 'zz' })).toMatchObject({ status: 404, body: { code: 'add_on_not_found' } });
    expect(await apply({ amount_cents: 0 })).toMatchObject({
      status: 422,
      body: { error_details: { amount_cents: ['value_is_out_of_range'] } },
    });
    await app.api.post('/customers', { customer: { external_id: 'c1', currency: 'USD' } });
    expect(await apply({})).toMatchObject({ status: 422, body: { error_details: { currency: ['currencies_does_not_match'] } } });
    expect((await app.api.get('/invoices')).body).toMatchObject({ invoices: [] });
  });
});
