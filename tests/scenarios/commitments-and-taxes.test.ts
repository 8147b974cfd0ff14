import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const committed = async (s: Story, amount: number, terms: Readonly<Record<string, unknown>> = {}) => {
  await s.metric('calls');
  await s.plan('plan', { amount_cents: 1000, minimum_commitment: { amount_cents: amount }, charges: [{ metric: 'calls' }], ...terms });
};

describe('a minimum commitment', () => {
  scenario('in arrears tops each period up to it', '2023-01-01T00:00:00Z', async (s) => {
    await committed(s, 5000);
    await s.subscribe({ plan: 'plan' });
    await s.use('calls', 15);
    await s.use('calls', 60, { when: '2023-02-10T00:00:00Z' });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-02-01: plan 1000 + calls 1500 + commitment 2500 = 5000',
      '2023-03-01: plan 1000 + calls 6000 = 7000',
      '2023-04-01: plan 1000 + commitment 4000 = 5000',
    ]);
  });

  scenario('is weighed by the days of the first and of the last period', '2023-01-22T00:00:00Z', async (s) => {
    await committed(s, 3100);
    await s.subscribe({ plan: 'plan' });
    await s.at('2023-02-14T12:00:00Z').terminate('acme');
    expect(await s.bills()).toEqual([
      '2023-02-01: plan 323 + commitment 677 = 1000', // 10 of 31 days
      '2023-02-14: plan 500 + commitment 1050 = 1550', // 14 of 28 days
    ]);
  });

  scenario('in advance is settled with the fee that was paid for the elapsed period', '2023-01-01T00:00:00Z', async (s) => {
    await committed(s, 5000, { pay_in_advance: true });
    await s.subscribe({ plan: 'plan' });
    await s.use('calls', 15);
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2023-01-01: plan 1000 = 1000',
      '2023-02-01: plan 1000 + calls 1500 + commitment 2500 = 5000',
      '2023-03-01: plan 1000 + commitment 4000 = 5000',
    ]);
  });

  scenario('of a year with monthly charges is settled when the year is over', '2023-03-15T00:00:00Z', async (s) => {
    await committed(s, 50_000, { interval: 'yearly', amount_cents: 36_600, bill_charges_monthly: true });
    await s.subscribe({ plan: 'plan', billing_time: 'anniversary' });
    await s.use('calls', 30, { when: '2023-06-01T00:00:00Z' });
    await s.use('calls', 4, { when: '2024-03-01T00:00:00Z' });
    await s.at('2024-03-15T00:00:00Z').runDueWork();
    expect((await s.bills()).filter((bill) => !bill.includes('nothing'))).toEqual([
      '2023-06-15: calls 3000 = 3000',
      '2024-03-15: plan 36600 + calls 400 + commitment 10000 = 47000',
    ]);
  });

  scenario('counts usage billed in advance', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    const charges = [{ metric: 'calls', pay_in_advance: true }];
    await s.plan('plan', { amount_cents: 1000, minimum_commitment: { amount_cents: 5000 }, charges });
    await s.subscribe({ plan: 'plan' });
    await s.use('calls', 15);
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-01-01: calls 1500 = 1500', '2023-02-01: plan 1000 + commitment 2500 = 3500']);
  });

  scenario('is computed again with a draft', '2023-01-01T00:00:00Z', async (s) => {
    await s.customer('acme', { billing_configuration: { invoice_grace_period: 3 } });
    await committed(s, 5000);
    await s.subscribe({ plan: 'plan' });
    await s.at('2023-02-02T00:00:00Z').use('calls', 15, { when: '2023-01-20T00:00:00Z' });
    await s.at('2023-02-04T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-04: plan 1000 + calls 1500 + commitment 2500 = 5000']);
  });
});

describe('the taxes of an invoice', () => {
  const taxesOf = async (s: Story) => {
    const invoice = await s.lastInvoice();
    const applied = invoice['applied_taxes'] as readonly { tax_code: string; amount_cents: number; fees_amount_cents: number }[];
    return applied.map((each) => `${each.tax_code} ${String(each.amount_cents)} on ${String(each.fees_amount_cents)}`);
  };
  const withTaxes = async (s: Story) => {
    for (const [code, rate] of [
      ['charge', 1],
      ['plan', 2],
      ['customer', 3],
    ] as const)
      await s.tax(code, rate);
    await s.tax('organization', 4, { applied_to_organization: true });
    await s.metric('own');
    await s.metric('bare');
  };
  const charges = [{ metric: 'own', tax_codes: ['charge'] }, { metric: 'bare' }];
  const used = async (s: Story) => {
    await s.use('own', 100);
    await s.use('bare', 100);
    await s.at('2023-02-01T00:00:00Z').runDueWork();
  };

  scenario('are the charge’s, else the plan’s', '2023-01-01T00:00:00Z', async (s) => {
    await withTaxes(s);
    await s.customer('acme', { tax_codes: ['customer'] });
    await s.plan('month', { amount_cents: 10_000, tax_codes: ['plan'], charges });
    await s.subscribe({ plan: 'month' });
    await used(s);
    expect(await taxesOf(s)).toEqual(['plan 400 on 20000', 'charge 100 on 10000']);
  });

  scenario('else the customer’s', '2023-01-01T00:00:00Z', async (s) => {
    await withTaxes(s);
    await s.customer('acme', { tax_codes: ['customer'] });
    await s.plan('month', { amount_cents: 10_000, charges });
    await s.subscribe({ plan: 'month' });
    await used(s);
    expect(await taxesOf(s)).toEqual(['customer 600 on 20000', 'charge 100 on 10000']);
  });

  scenario('else the organization’s', '2023-01-01T00:00:00Z', async (s) => {
    await withTaxes(s);
    await s.plan('month', { amount_cents: 10_000, charges });
    await s.subscribe({ plan: 'month' });
    await used(s);
    expect(await taxesOf(s)).toEqual(['organization 800 on 20000', 'charge 100 on 10000']);
    expect(await s.lastInvoice()).toMatchObject({ taxes_rate: 3, taxes_amount_cents: 900 });
  });

  scenario('are rounded once for the invoice, not fee by fee', '2023-01-01T00:00:00Z', async (s) => {
    await s.tax('vat', 20, { applied_to_organization: true });
    await s.plan('month', { amount_cents: 6833 });
    await s.subscribe({ plan: 'month', as: 'one' });
    await s.subscribe({ plan: 'month', as: 'two' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    const invoice = await s.lastInvoice();
    expect(invoice.fees.map((fee) => (fee as unknown as { taxes_amount_cents: number }).taxes_amount_cents)).toEqual([1367, 1367]);
    expect([invoice.taxes_amount_cents, invoice.total_amount_cents]).toEqual([2733, 16_399]);
  });

  scenario('never change on a final invoice, but on a draft', '2023-01-01T00:00:00Z', async (s) => {
    await s.tax('vat', 20, { applied_to_organization: true });
    await s.plan('month', { amount_cents: 10_000 });
    await s.customer('slow', { billing_configuration: { invoice_grace_period: 5 } });
    await s.subscribe({ plan: 'month' });
    await s.subscribe({ plan: 'month', customer: 'slow' });
    await s.at('2023-02-02T00:00:00Z').put('/taxes/vat', { tax: { rate: 25, name: 'More' } });
    await s.at('2023-02-06T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: month 10000 + tax 2000 = 12000']);
    expect(await s.bills('slow')).toEqual(['2023-02-06: month 10000 + tax 2500 = 12500']);
  });
});
