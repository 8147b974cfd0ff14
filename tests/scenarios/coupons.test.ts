import { describe, expect } from 'vitest';
import { giveCouponsBack } from '../../main/invoicing/index.ts';
import { scenario, type Story } from '../support/story.ts';

type Json = Readonly<Record<string, unknown>>;

/** Makes a coupon and gives it to the customer: 10 % once unless told. */
async function give(s: Story, code: string, terms: Json = {}): Promise<void> {
  const kind =
    'amount_cents' in terms
      ? { coupon_type: 'fixed_amount', amount_currency: 'USD' }
      : { coupon_type: 'percentage', percentage_rate: '10' };
  await s.post('/coupons', { coupon: { name: code, code, ...kind, ...terms } });
  await s.post('/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: code } });
}

/** Every coupon that the customer has or had, oldest first: `ten active`, `three active 2 turns`, `five terminated 0 left`. */
async function coupons(s: Story): Promise<readonly string[]> {
  const { applied_coupons: rows } = await s.get<{ applied_coupons: readonly Json[] }>('/applied_coupons');
  return rows.map(couponLine).reverse();
}

function couponLine(row: Json): string {
  const { frequency_duration_remaining: turns, amount_cents_remaining: left } = row;
  const rest = typeof turns === 'number' ? ` ${String(turns)} turns` : typeof left === 'number' ? ` ${String(left)} left` : '';
  return `${String(row['coupon_code'])} ${String(row['status'])}${rest}`;
}

const shares = async (s: Story): Promise<readonly unknown[]> =>
  (await s.lastInvoice()).fees.map((fee) => (fee as unknown as Json)['precise_coupons_amount_cents']);

describe('a coupon on an invoice', () => {
  scenario('comes before the taxes, in the example of invoicing.md § 3', '2023-02-01T09:00:00Z', async (s) => {
    for (const [code, rate] of [
      ['t10', 10],
      ['t0', 0],
      ['t20', 20],
    ] as const)
      await s.tax(code, rate);
    for (const metric of ['a', 'b', 'c']) await s.metric(metric);
    const charges = [
      { metric: 'a', tax_codes: ['t0'] },
      { metric: 'b', tax_codes: ['t20'] },
      { metric: 'c', tax_codes: ['t20'] },
    ];
    await s.plan('plan', { amount_cents: 10_000, tax_codes: ['t10'], charges });
    await s.subscribe({ plan: 'plan' });
    await give(s, 'spring', { amount_cents: 1000 });
    for (const [metric, units] of [
      ['a', 50],
      ['b', 30],
      ['c', 20],
    ] as const)
      await s.use(metric, units);
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: plan 10000 + a 5000 + b 3000 + c 2000 - coupon 1000 + tax 1900 = 20900']);
    expect(await s.lastInvoice()).toMatchObject({
      ...{ sub_total_excluding_taxes_amount_cents: 19_000, sub_total_including_taxes_amount_cents: 20_900, taxes_rate: 10 },
      ...{ credit_amount_cents: 1000, payment_status: 'pending' },
      applied_taxes: [
        { tax_code: 't10', fees_amount_cents: 9500, amount_cents: 950 },
        { tax_code: 't0', fees_amount_cents: 4750, amount_cents: 0 },
        { tax_code: 't20', fees_amount_cents: 4750, amount_cents: 950 },
      ],
      fees: [
        { taxes_amount_cents: 950, precise_coupons_amount_cents: '500.0', sub_total_excluding_taxes_amount_cents: 9500 },
        { taxes_amount_cents: 0, precise_coupons_amount_cents: '250.0' },
        { taxes_amount_cents: 570, precise_coupons_amount_cents: '150.0' },
        { taxes_amount_cents: 380, precise_coupons_amount_cents: '100.0' },
      ],
      credits: [
        {
          ...{ amount_cents: 1000, amount_currency: 'USD', before_taxes: true, invoice: { payment_status: 'pending' } },
          item: { type: 'coupon', code: 'spring', name: 'spring', description: null },
        },
      ],
    });
  });

  scenario('is spread in the order of invoicing.md § 4, and the tax is rounded once', '2023-02-01T09:00:00Z', async (s) => {
    await s.tax('t10', 10, { applied_to_organization: true });
    await s.tax('t20', 20);
    const metrics = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'];
    for (const metric of metrics) await s.metric(metric);
    const chargeOf = (metric: string) => (metric === 'm2' || metric === 'm6' ? { metric, tax_codes: ['t20'] } : { metric });
    await s.plan('P1', { amount_cents: 0, charges: metrics.slice(0, 4).map(chargeOf) });
    await s.plan('P2', { amount_cents: 0, charges: metrics.slice(4).map(chargeOf) });
    await s.subscribe({ plan: 'P1', as: 's1' });
    await s.subscribe({ plan: 'P2', as: 's2' });
    await give(s, 'C', { amount_cents: 500 });
    await give(s, 'B', { amount_cents: 1000, applies_to: { plan_codes: ['P2'] } });
    await give(s, 'A', { amount_cents: 2000, applies_to: { billable_metric_codes: ['m1', 'm2'] } });
    for (const [index, metric] of metrics.entries()) await s.use(metric, 10 * ((index % 4) + 1), { by: index < 4 ? 's1' : 's2' });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.lastInvoice()).toMatchObject({
      ...{ fees_amount_cents: 20_000, coupons_amount_cents: 3500, sub_total_excluding_taxes_amount_cents: 16_500 },
      ...{ taxes_amount_cents: 1889, total_amount_cents: 18_389 },
      credits: [
        { amount_cents: 2000, item: { code: 'A' } },
        { amount_cents: 1000, item: { code: 'B' } },
        { amount_cents: 500, item: { code: 'C' } },
      ],
    });
    expect(await shares(s)).toEqual([
      '0.0',
      ...['676.47059', '1352.94117', '88.23529', '117.64706'],
      '0.0',
      ...['126.47059', '252.94118', '379.41176', '505.88235'],
    ]);
  });

  scenario('that covers it all leaves nothing to pay, and it is paid', '2023-02-01T09:00:00Z', async (s) => {
    await s.organization({ finalize_zero_amount_invoice: false });
    await s.plan('plan');
    await s.subscribe({ plan: 'plan' });
    await give(s, 'all', { percentage_rate: '100' });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: plan 1000 - coupon 1000 = 0']);
    expect(await s.lastInvoice()).toMatchObject({ status: 'finalized', payment_status: 'succeeded' });
  });

  scenario('limited to a plan lowers a private copy of it too, and nothing else', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('plan');
    await s.plan('other', { amount_cents: 500 });
    await s.subscribe({ plan: 'plan', as: 's1', plan_overrides: { amount_cents: 2000 } });
    await s.subscribe({ plan: 'other', as: 's2' });
    await give(s, 'ten', { applies_to: { plan_codes: ['plan'] } });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: s1/plan 2000 + s2/other 500 - coupon 200 = 2300']);
    expect(await shares(s)).toEqual(['200.0', '0.0']);
  });

  scenario('explains itself on each fee that it lowered', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('plan');
    await s.subscribe({ plan: 'plan' });
    await give(s, 'ten');
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    const rows = s.app.engine.services.context.database.read.select<{ explanation: string }>(`SELECT "explanation" FROM "fees"`).all();
    const { steps } = JSON.parse(rows[0]?.explanation ?? '') as { readonly steps: readonly Json[] };
    expect(steps.at(-1)).toMatchObject({
      kind: 'coupon',
      values: { coupon_code: 'ten', credit_cents: '100', base_cents: '1000' },
      result: '100',
    });
  });

  scenario('stands on the document by its name', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('plan');
    await s.subscribe({ plan: 'plan' });
    await give(s, 'five', { amount_cents: 500 });
    await give(s, 'ten');
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    const rows = s.app.engine.services.context.database.read.select<{ snapshot: string }>(`SELECT "snapshot" FROM "invoices"`).all();
    expect(JSON.parse(rows[0]?.snapshot ?? '')).toMatchObject({
      coupons: [
        { name: 'five', value: { amountCents: '500' }, amountCents: '500' },
        { name: 'ten', value: { percentageRate: '10' }, amountCents: '50' },
      ],
      subTotalExcludingTaxesCents: '450',
      totalCents: '450',
    });
  });
});

describe('the use of a coupon', () => {
  scenario('once, a fixed one goes on with its rest, through a long absence too', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('plan');
    await s.subscribe({ plan: 'plan' });
    await give(s, 'much', { amount_cents: 2500 });
    await s.at('2023-06-02T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-03-01: plan 1000 - coupon 1000 = 0',
      '2023-04-01: plan 1000 - coupon 1000 = 0',
      '2023-05-01: plan 1000 - coupon 500 = 500',
      '2023-06-01: plan 1000 = 1000',
    ]);
    expect((await s.get('/applied_coupons'))['applied_coupons']).toMatchObject([
      { status: 'terminated', terminated_at: '2023-05-01T00:00:00Z', amount_cents_remaining: 0 },
    ]);
  });

  scenario('recurring is counted by invoice: usage paid in advance takes turns of its own', '2023-02-01T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('plan', { charges: [{ metric: 'calls', pay_in_advance: true }] });
    await s.subscribe({ plan: 'plan' });
    await give(s, 'three', { amount_cents: 50, frequency: 'recurring', frequency_duration: 3 });
    await s.use('calls', 1);
    await s.use('calls', 1);
    expect(await coupons(s)).toEqual(['three active 1 turns']);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-02-01: calls 100 - coupon 50 = 50',
      '2023-02-01: calls 100 - coupon 50 = 50',
      '2023-03-01: plan 1000 - coupon 50 = 950',
      '2023-04-01: plan 1000 = 1000',
    ]);
    expect(await coupons(s)).toEqual(['three terminated 0 turns']);
  });

  scenario('needs a fee: an invoice of nothing, of another plan or another currency takes no turn', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('free', { amount_cents: 0 });
    await s.plan('plan');
    await s.subscribe({ plan: 'free' });
    await give(s, 'ten');
    await give(s, 'on_plan', { applies_to: { plan_codes: ['plan'] } });
    await s.post('/coupons', { coupon: { name: 'eur', code: 'eur', amount_cents: 500, amount_currency: 'EUR' } });
    await s.post('/applied_coupons', { applied_coupon: { external_customer_id: 'acme', coupon_code: 'eur' } });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await coupons(s)).toEqual(['ten active', 'on_plan active', 'eur active 500 left']);
    await s.subscribe({ plan: 'plan', as: 'paid' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await coupons(s)).toEqual(['ten terminated', 'on_plan terminated', 'eur active 500 left']);
    // Limited ones first: 100 of 1 000, then 90 of 900.
    expect(await s.lastInvoice()).toMatchObject({ fees_amount_cents: 1000, coupons_amount_cents: 190 });
  });

  scenario('needs a whole unit of the currency: 1 % of 40 yen takes no turn', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('plan', { amount_cents: 40, amount_currency: 'JPY' });
    await s.subscribe({ plan: 'plan' });
    await give(s, 'one', { percentage_rate: '1', frequency: 'recurring', frequency_duration: 1 });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: plan 40 = 40']);
    expect(await s.lastInvoice()).toMatchObject({ credits: [] });
    expect(await coupons(s)).toEqual(['one active 1 turns']);
  });

  scenario('waits for the end of the grace period', '2023-02-01T09:00:00Z', async (s) => {
    await s.organization({ billing_configuration: { invoice_grace_period: 3 } });
    await s.plan('plan');
    await s.subscribe({ plan: 'plan' });
    await give(s, 'ten');
    await s.at('2023-03-02T00:00:00Z').runDueWork();
    const { lago_id: id } = await s.lastInvoice();
    await s.put(`/invoices/${id}/refresh`);
    expect(await s.bills()).toEqual(['2023-03-04 draft: plan 1000 = 1000']);
    expect(await coupons(s)).toEqual(['ten active']);
    await s.at('2023-03-04T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-04: plan 1000 - coupon 100 = 900']);
    expect(await coupons(s)).toEqual(['ten terminated']);
  });

  scenario('of a fee in advance leaves nothing to give back for unused days', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('plan', { pay_in_advance: true });
    await s.customer('acme');
    await give(s, 'all', { percentage_rate: '100' });
    await s.subscribe({ plan: 'plan' });
    await s.at('2023-02-10T00:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual([]);
  });
});

describe('a coupon given back', () => {
  /** Bills 1 March with the coupon, and gives back what that invoice used, as voiding it does. */
  const billAndGiveBack = async (
    s: Story,
    terms: Json,
    before: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<readonly string[]> => {
    await s.plan('plan');
    await s.subscribe({ plan: 'plan' });
    await give(s, 'k', terms);
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    await before();
    const { lago_id: id } = await s.lastInvoice();
    const { context } = s.app.engine.services;
    await context.database.unitOfWork.write('give coupons back', async (tx) => {
      tx.statement(`UPDATE "invoices" SET "status" = 'voided' WHERE "id" = ?`).run(id);
      await giveCouponsBack(context, tx, id);
    });
    return coupons(s);
  };

  scenario('once, a percentage, is active again', '2023-02-01T09:00:00Z', async (s) => {
    expect(await billAndGiveBack(s, {})).toEqual(['k active']);
    expect((await s.get('/applied_coupons'))['applied_coupons']).toMatchObject([{ terminated_at: null }]);
  });

  scenario('once, a fixed one, has its whole amount again', '2023-02-01T09:00:00Z', async (s) => {
    expect(await billAndGiveBack(s, { amount_cents: 300 })).toEqual(['k active 300 left']);
  });

  scenario('recurring has its turn again, whether it was the last or not', '2023-02-01T09:00:00Z', async (s) => {
    expect(await billAndGiveBack(s, { frequency: 'recurring', frequency_duration: 1 })).toEqual(['k active 1 turns']);
  });

  scenario('recurring with turns left has one more', '2023-02-01T09:00:00Z', async (s) => {
    expect(await billAndGiveBack(s, { frequency: 'recurring', frequency_duration: 3 })).toEqual(['k active 3 turns']);
  });

  scenario('forever stays active, or taken away', '2023-02-01T09:00:00Z', async (s) => {
    const takeAway = async (): Promise<void> => {
      const { applied_coupons: rows } = await s.get<{ applied_coupons: readonly Json[] }>('/applied_coupons');
      await s.delete(`/customers/acme/applied_coupons/${String(rows[0]?.['lago_id'])}`);
    };
    expect(await billAndGiveBack(s, { frequency: 'forever' }, takeAway)).toEqual(['k terminated']);
  });

  scenario('stays terminated when the coupon itself is over', '2023-02-01T09:00:00Z', async (s) => {
    const limit = { expiration: 'time_limit', expiration_at: '2023-02-15T00:00:00Z' };
    expect(await billAndGiveBack(s, limit)).toEqual(['k terminated']);
  });

  scenario('stays terminated when the coupon was deleted', '2023-02-01T09:00:00Z', async (s) => {
    expect(await billAndGiveBack(s, {}, () => s.delete('/coupons/k'))).toEqual(['k terminated']);
  });
});
