import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const grace = (days: number, terms: Readonly<Record<string, unknown>> = {}) => ({
  billing_configuration: { invoice_grace_period: days, ...terms },
});
const shown = async (s: Story) =>
  (await s.invoices()).map((invoice) => [invoice.status, invoice.issuing_date, invoice.payment_due_date, invoice['sequential_id']]);

describe('a grace period', () => {
  scenario('takes late usage in until it ends, and the fee keeps its days', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', { net_payment_term: 5, ...grace(3) });
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 1);
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-04 draft: month 2200 + calls 100 = 2300']);
    expect((await s.lastInvoice()).number).toMatch(/-DRAFT$/);
    await s.at('2023-02-02T00:00:00Z').use('calls', 2, { when: '2023-01-31T23:59:59Z' });
    await s.use('calls', 4, { when: '2023-02-01T00:00:00Z' });
    await s.at('2023-02-03T23:59:59Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-04 draft: month 2200 + calls 100 = 2300']);
    await s.at('2023-02-04T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-04: month 2200 + calls 300 = 2500']);
    expect(await shown(s)).toEqual([['finalized', '2023-02-04', '2023-02-09', 1]]);
  });

  scenario('ends at the start of the day in the customer’s zone', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', { timezone: 'America/New_York', ...grace(1) });
    await s.plan('month');
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-02T04:59:59Z').runDueWork();
    expect((await s.lastInvoice()).status).toBe('draft');
    await s.at('2023-02-02T05:00:00Z').runDueWork();
    expect(await shown(s)).toEqual([['finalized', '2023-02-02', '2023-02-02', 1]]);
  });

  scenario('makes drafts of starts, trial ends and terminations too, which gain no usage', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', grace(3));
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance' });
    expect(await s.bills()).toEqual(['2023-01-13 draft: advance 2200 = 2200']);
    await s.use('calls', 5);
    await s.at('2023-01-13T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-01-13: advance 2200 = 2200']);
  });

  scenario('is not for usage billed in advance', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', grace(3));
    await s.metric('calls');
    await s.plan('month', { charges: [{ metric: 'calls', pay_in_advance: true }] });
    await s.subscribe({ plan: 'month' });
    await s.use('calls', 5);
    expect(await s.bills()).toEqual(['2023-01-10: calls 500 = 500']);
  });

  scenario('gives the numbers in the order in which drafts become final', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', grace(10));
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    await s.subscribe({ plan: 'week' });
    await s.at('2023-01-22T12:00:00Z').runDueWork();
    const drafts = await s.invoices();
    expect(await shown(s)).toEqual([
      ['draft', '2023-01-25', '2023-01-25', null],
      ['draft', '2023-02-01', '2023-02-01', null],
    ]);
    await s.put(`/invoices/${drafts[1]?.lago_id ?? ''}/finalize`);
    await s.at('2023-01-25T00:00:00Z').runDueWork();
    expect(await shown(s)).toEqual([
      ['finalized', '2023-01-22', '2023-01-22', 1],
      ['finalized', '2023-01-25', '2023-01-25', 2],
    ]);
  });

  scenario('can be left early: recomputed, and dated today', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', { net_payment_term: 5, ...grace(10) });
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-02T12:00:00Z').use('calls', 2, { when: '2023-01-31T12:00:00Z' });
    await s.put(`/invoices/${(await s.lastInvoice()).lago_id}/finalize`);
    expect(await s.bills()).toEqual(['2023-02-02: month 2200 + calls 200 = 2400']);
    expect(await shown(s)).toEqual([['finalized', '2023-02-02', '2023-02-07', 1]]);
    await s.at('2023-02-20T00:00:00Z').runDueWork();
    expect(await s.bills()).toHaveLength(1);
  });

  scenario('lets a draft be refreshed, which keeps its id and dates', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', grace(10));
    await s.metric('calls');
    await s.plan('month', { amount_cents: 3100, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-02T12:00:00Z').use('calls', 2, { when: '2023-01-31T12:00:00Z' });
    const draft = await s.lastInvoice();
    const { invoice } = await s.put<{ invoice: { lago_id: string } }>(`/invoices/${draft.lago_id}/refresh`);
    expect(invoice.lago_id).toBe(draft.lago_id);
    expect(await s.bills()).toEqual(['2023-02-11 draft: month 2200 + calls 200 = 2400']);
  });

  scenario('made shorter moves the drafts, and finalizes those whose date is reached', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', { net_payment_term: 2, ...grace(10) });
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    await s.subscribe({ plan: 'week' });
    await s.at('2023-01-23T12:00:00Z').customer('acme', grace(3));
    expect(await shown(s)).toEqual([
      ['finalized', '2023-01-23', '2023-01-25', 1], // due on the 18th: dated today
      ['draft', '2023-01-25', '2023-01-27', null],
    ]);
    await s.customer('acme', grace(20));
    expect((await shown(s)).at(-1)).toEqual(['draft', '2023-02-11', '2023-02-13', null]);
  });

  scenario('that is taken away finalizes every draft today', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', grace(10));
    await s.plan('month', { amount_cents: 3100 });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-03T12:00:00Z').customer('acme', grace(0));
    expect(await shown(s)).toEqual([['finalized', '2023-02-03', '2023-02-03', 1]]);
  });
});

describe('a termination during the grace period of its fee', () => {
  scenario('keeps its note hidden until the fee’s invoice is final', '2023-08-01T00:00:00Z', async (s) => {
    await s.customer('acme', grace(15));
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance' });
    await s.use('calls', 50);
    await s.at('2023-08-11T12:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual([]);
    expect(await s.bills()).toEqual(['2023-08-16 draft: advance 3100 = 3100', '2023-08-26 draft: calls 5000 = 5000']);
    await s.at('2023-08-16T00:00:00Z').runDueWork();
    expect(await s.notes()).toEqual(['2023-08-16: 2000 credit, 2000 left']);
    await s.at('2023-08-26T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-08-26: calls 5000 - credit 2000 = 3000');
    expect(await s.notes()).toEqual(['2023-08-16: 2000 credit, 0 left']);
  });

  scenario('recomputes its note with an edited price', '2023-08-01T00:00:00Z', async (s) => {
    await s.customer('acme', grace(15));
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await s.at('2023-08-11T12:00:00Z').terminate('acme');
    await s.put('/plans/advance', { plan: { amount_cents: 6200 } });
    await s.at('2023-08-16T00:00:00Z').runDueWork();
    expect([await s.notes(), (await s.bills())[0]]).toEqual([['2023-08-16: 4000 credit, 4000 left'], '2023-08-16: advance 6200 = 6200']);
  });

  scenario('uses the note of an upgrade on the upgrade’s own invoice', '2023-08-01T00:00:00Z', async (s) => {
    await s.customer('acme', grace(5));
    await s.plan('small', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('big', { amount_cents: 6200, pay_in_advance: true });
    await s.subscribe({ plan: 'small' });
    await s.at('2023-08-03T12:00:00Z').subscribe({ plan: 'big' });
    expect(await s.bills()).toEqual(['2023-08-06 draft: small 3100 = 3100', '2023-08-08 draft: big 5800 = 5800']);
    await s.at('2023-08-08T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-08-06: small 3100 = 3100', '2023-08-08: big 5800 - credit 2900 = 2900']);
  });
});

describe('the issuing date settings of a customer', () => {
  const billed = async (s: Story, days: number, settings: Readonly<Record<string, unknown>>) => {
    await s.customer('acme', { net_payment_term: 10, ...grace(days, settings) });
    await s.plan('month', { amount_cents: 3100 });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-02-10T00:00:00Z').runDueWork();
    return (await shown(s))[0];
  };
  const periodEnd = { subscription_invoice_issuing_date_anchor: 'current_period_end' };
  const keepAnchor = { subscription_invoice_issuing_date_adjustment: 'keep_anchor' };

  scenario('anchor the date to the end of the period', '2023-01-10T09:00:00Z', async (s) => {
    expect(await billed(s, 0, periodEnd)).toEqual(['finalized', '2023-01-31', '2023-02-10', 1]);
  });

  scenario('align it with the finalization', '2023-01-10T09:00:00Z', async (s) => {
    expect(await billed(s, 3, periodEnd)).toEqual(['finalized', '2023-02-04', '2023-02-14', 1]);
  });

  scenario('keep the anchor in spite of a grace period', '2023-01-10T09:00:00Z', async (s) => {
    expect(await billed(s, 3, { ...periodEnd, ...keepAnchor })).toEqual(['finalized', '2023-01-31', '2023-02-10', 1]);
  });

  scenario('keep the billing date in spite of a grace period', '2023-01-10T09:00:00Z', async (s) => {
    expect(await billed(s, 3, keepAnchor)).toEqual(['finalized', '2023-02-01', '2023-02-11', 1]);
  });

  scenario('are for periodic invoices only', '2023-01-10T09:00:00Z', async (s) => {
    await s.customer('acme', grace(3, { ...periodEnd, ...keepAnchor }));
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    expect((await s.lastInvoice()).issuing_date).toBe('2023-01-13');
  });
});
