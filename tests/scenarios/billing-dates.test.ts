import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const reasons = async (s: Story) => (await s.lastInvoice()).billing_periods.map((period) => period.invoicing_reason);

describe('a billing date', () => {
  scenario('in arrears bills the elapsed fee and usage, month after month', '2024-02-04T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { amount_cents: 5_000_000, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.use('calls', 1, { when: '2024-02-04T08:59:59Z' });
    await s.use('calls', 2, { when: '2024-02-29T23:59:59.999Z' });
    await s.use('calls', 4, { when: '2024-03-01T00:00:00Z' });
    await s.at('2024-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2024-03-01: arrears 4482759 + calls 200 = 4482959', // 26 of 29 days
      '2024-04-01: arrears 5000000 + calls 400 = 5000400',
    ]);
    expect(await reasons(s)).toEqual(['subscription_periodic']);
  });

  scenario('in advance bills the new fee with the elapsed usage, and shows both pairs of dates', '2023-01-10T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'advance' });
    await s.use('calls', 5, { when: '2023-01-20T00:00:00Z' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    const invoice = await s.lastInvoice();
    expect(await s.bills()).toEqual(['2023-01-10: advance 2200 = 2200', '2023-02-01: advance 3100 + calls 500 = 3600']);
    expect(invoice.billing_periods).toMatchObject([
      {
        invoicing_reason: 'subscription_periodic',
        subscription_from_datetime: '2023-02-01T00:00:00Z',
        subscription_to_datetime: '2023-02-28T23:59:59Z',
        charges_from_datetime: '2023-01-10T09:00:00Z',
        charges_to_datetime: '2023-01-31T23:59:59Z',
      },
    ]);
  });

  scenario('without anything to bill makes an invoice that is paid', '2023-01-10T09:00:00Z', async (s) => {
    await s.plan('free', { amount_cents: 0 });
    await s.subscribe({ plan: 'free' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: free 0 = 0']);
    expect(await s.lastInvoice()).toMatchObject({ payment_status: 'succeeded', total_amount_cents: 0 });
  });

  scenario('of a week is a Sunday', '2023-02-01T09:00:00Z', async (s) => {
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    await s.subscribe({ plan: 'week' });
    await s.at('2023-02-12T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-05: week 400 = 400', '2023-02-12: week 700 = 700']);
  });

  scenario('of an anniversary from a 31st never drifts', '2024-01-31T09:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 1000 });
    await s.subscribe({ plan: 'month', billing_time: 'anniversary' });
    await s.at('2024-05-31T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2024-02-29: month 1000 = 1000',
      '2024-03-31: month 1000 = 1000',
      '2024-04-30: month 1000 = 1000',
      '2024-05-31: month 1000 = 1000',
    ]);
  });

  scenario('of a quarter bills 42 of its 91 days first', '2024-05-20T09:00:00Z', async (s) => {
    await s.plan('quarter', { interval: 'quarterly', amount_cents: 9100, bill_charges_monthly: true });
    await s.subscribe({ plan: 'quarter' });
    await s.at('2024-10-01T00:00:00Z').runDueWork();
    // Monthly charges are for years and half years only.
    expect(await s.bills()).toEqual(['2024-07-01: quarter 4200 = 4200', '2024-10-01: quarter 9100 = 9100']);
  });

  scenario('in a currency without decimals bills whole units', '2023-03-05T09:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('yen', { amount_currency: 'JPY', charges: [{ metric: 'calls', properties: { amount: '1.5' } }] });
    await s.subscribe({ plan: 'yen' });
    await s.use('calls', 3);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: yen 871 + calls 5 = 876']);
  });
});

describe('a plan with monthly charges', () => {
  const months = async (s: Story, plan: string, terms: Readonly<Record<string, unknown>>) => {
    await s.metric('calls');
    await s.plan(plan, { amount_cents: 36_500, bill_charges_monthly: true, charges: [{ metric: 'calls' }], ...terms });
  };

  scenario('yearly in advance from 15 March bills usage alone until the next year begins', '2023-03-15T10:00:00Z', async (s) => {
    await months(s, 'year', { interval: 'yearly', pay_in_advance: true });
    await s.subscribe({ plan: 'year', billing_time: 'anniversary' });
    await s.use('calls', 1, { when: '2023-04-14T23:59:59Z' });
    await s.use('calls', 2, { when: '2024-02-15T00:00:00Z' });
    await s.use('calls', 4, { when: '2024-03-14T12:00:00Z' });
    await s.at('2024-03-15T00:00:00Z').runDueWork();
    const bills = await s.bills();
    expect(bills).toHaveLength(13);
    expect([bills[0], bills[1], bills[2], bills.at(-2), bills.at(-1)]).toEqual([
      '2023-03-15: year 36500 = 36500',
      '2023-04-15: calls 100 = 100',
      '2023-05-15: nothing = 0',
      '2024-02-15: nothing = 0',
      '2024-03-15: year 36500 + calls 600 = 37100',
    ]);
    const [, april] = await s.invoices();
    expect(april?.billing_periods).toMatchObject([
      {
        subscription_from_datetime: '2023-03-15T00:00:00Z',
        subscription_to_datetime: '2024-03-14T23:59:59Z',
        charges_from_datetime: '2023-03-15T10:00:00Z',
        charges_to_datetime: '2023-04-14T23:59:59Z',
      },
    ]);
    expect((await s.lastInvoice()).billing_periods).toMatchObject([
      {
        subscription_from_datetime: '2024-03-15T00:00:00Z',
        subscription_to_datetime: '2025-03-14T23:59:59Z',
        charges_from_datetime: '2024-02-15T00:00:00Z',
        charges_to_datetime: '2024-03-14T23:59:59Z',
      },
    ]);
  });

  scenario('yearly in arrears from 15 March bills the year’s fee with the last month', '2023-03-15T10:00:00Z', async (s) => {
    await months(s, 'year', { interval: 'yearly' });
    await s.subscribe({ plan: 'year', billing_time: 'anniversary' });
    await s.use('calls', 4, { when: '2024-03-14T12:00:00Z' });
    await s.at('2024-03-15T00:00:00Z').runDueWork();
    const bills = await s.bills();
    expect([bills.length, bills[0], bills.at(-2), bills.at(-1)]).toEqual([
      12,
      '2023-04-15: nothing = 0',
      '2024-02-15: nothing = 0',
      '2024-03-15: year 36500 + calls 400 = 36900',
    ]);
  });

  scenario('yearly by the calendar from 10 October bills 83 of 365 days on 1 January', '2023-10-10T10:00:00Z', async (s) => {
    await months(s, 'arrears', { interval: 'yearly' });
    await s.plan('advance', { interval: 'yearly', amount_cents: 36_500, pay_in_advance: true, bill_charges_monthly: true });
    await s.subscribe({ plan: 'arrears', customer: 'late' });
    await s.subscribe({ plan: 'advance', customer: 'early' });
    await s.use('calls', 7, { by: 'late', when: '2023-12-31T23:59:59Z' });
    await s.at('2024-01-01T00:00:00Z').runDueWork();
    expect(await s.bills('late')).toEqual([
      '2023-11-01: nothing = 0',
      '2023-12-01: nothing = 0',
      '2024-01-01: arrears 8300 + calls 700 = 9000',
    ]);
    expect(await s.bills('early')).toEqual([
      '2023-10-10: advance 8300 = 8300',
      '2023-11-01: nothing = 0',
      '2023-12-01: nothing = 0',
      '2024-01-01: advance 36500 = 36500',
    ]);
  });

  scenario('half-yearly bills its usage every month too', '2023-05-10T10:00:00Z', async (s) => {
    await months(s, 'half', { interval: 'semiannual', amount_cents: 18_100 });
    await s.subscribe({ plan: 'half' });
    await s.use('calls', 1, { when: '2023-05-20T00:00:00Z' });
    await s.at('2023-07-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-06-01: calls 100 = 100', '2023-07-01: half 5200 = 5200']); // 52 of 181 days
  });

  scenario('ended in the second year bills usage of the month and the fee of the year', '2023-10-10T10:00:00Z', async (s) => {
    await months(s, 'year', { interval: 'yearly' });
    await s.subscribe({ plan: 'year' });
    await s.use('calls', 1, { when: '2024-01-31T00:00:00Z' });
    await s.use('calls', 2, { when: '2024-02-05T00:00:00Z' });
    await s.at('2024-02-10T15:00:00Z').terminate('acme');
    expect((await s.bills()).slice(-2)).toEqual(['2024-02-01: calls 100 = 100', '2024-02-10: year 4089 + calls 200 = 4289']); // 41 of 366 days
  });

  scenario('ended in advance bills usage of the month and credits the rest of the year', '2023-10-10T10:00:00Z', async (s) => {
    await months(s, 'year', { interval: 'yearly', pay_in_advance: true });
    await s.subscribe({ plan: 'year' });
    await s.use('calls', 2, { when: '2023-12-05T00:00:00Z' });
    await s.at('2023-12-11T15:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual(['2023-12-11: 2000 credit, 1800 left']); // 20 of 365 days
    expect((await s.bills()).at(-1)).toBe('2023-12-11: calls 200 - credit 200 = 0');
  });
});

describe('subscriptions of one customer', () => {
  scenario('due on the same date share one invoice, whatever their plans', '2023-09-05T10:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 3000 });
    await s.plan('advance', { amount_cents: 1500, pay_in_advance: true });
    await s.plan('week', { interval: 'weekly', amount_cents: 700 });
    await s.plan('other', { amount_cents: 1000 });
    await s.subscribe({ plan: 'arrears', as: 'a' });
    await s.subscribe({ plan: 'advance', as: 'b' });
    await s.subscribe({ plan: 'week', as: 'w' });
    await s.subscribe({ plan: 'other', as: 'd', billing_time: 'anniversary' });
    await s.at('2023-10-05T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(-3)).toEqual([
      '2023-09-24: w/week 700 = 700',
      '2023-10-01: a/arrears 2600 + b/advance 1500 + w/week 700 = 4800', // a Sunday
      '2023-10-05: d/other 1000 = 1000',
    ]);
    const shared = (await s.invoices()).find((invoice) => invoice.issuing_date === '2023-10-01');
    expect(shared?.billing_periods.map((period) => period.external_subscription_id)).toEqual(['a', 'b', 'w']);
  });

  scenario('in other zones share the date of their zone, and customers never share', '2023-09-05T10:00:00Z', async (s) => {
    await s.customer('tokyo', { timezone: 'Asia/Tokyo' });
    await s.plan('arrears', { amount_cents: 3000 });
    await s.plan('advance', { amount_cents: 3000, pay_in_advance: true });
    for (const customer of ['tokyo', 'utc']) {
      await s.subscribe({ plan: 'arrears', customer, as: `${customer}-1` });
      await s.subscribe({ plan: 'advance', customer, as: `${customer}-2` });
    }
    await s.at('2023-09-30T15:00:00Z').runDueWork();
    expect((await s.bills('tokyo')).at(-1)).toBe('2023-10-01: tokyo-1/arrears 2600 + tokyo-2/advance 3000 = 5600');
    expect(await s.bills('utc')).toEqual(['2023-09-05: utc-2/advance 2600 = 2600']);
  });

  scenario('share no invoice for starts, ends and plan changes', '2023-09-05T10:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000, pay_in_advance: true });
    await s.plan('cheap', { amount_cents: 3000, pay_in_advance: true });
    await s.plan('arrears', { amount_cents: 3000 });
    await s.subscribe({ plan: 'dear', as: 'switching' });
    await s.subscribe({ plan: 'cheap', as: 'switching' });
    await s.subscribe({ plan: 'arrears', as: 'ending', ending_at: '2023-10-01T00:00:00Z' });
    await s.subscribe({ plan: 'cheap', as: 'starting', subscription_at: '2023-10-01T09:00:00Z' });
    await s.subscribe({ plan: 'arrears', as: 'staying' });
    await s.at('2023-10-01T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(1)).toEqual([
      '2023-10-01: ending/arrears 2600 = 2600',
      '2023-10-01: switching/cheap 3000 = 3000',
      '2023-10-01: staying/arrears 2600 = 2600',
      '2023-10-01: starting/cheap 3000 = 3000',
    ]);
  });
});

describe('usage', () => {
  scenario('that arrives after its invoice is never billed', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('arrears', { charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    await s.use('calls', 5, { when: '2023-01-31T12:00:00Z' });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: arrears 1000 = 1000', '2023-03-01: arrears 1000 = 1000']);
  });

  scenario('of a trial is not free', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('trial', { trial_period: 60, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'trial' });
    await s.use('calls', 5);
    await s.at('2023-02-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: calls 500 = 500']);
  });

  scenario('of a recurring metric is billed again each period', '2023-01-01T00:00:00Z', async (s) => {
    await s.metric('seats', { recurring: true });
    await s.plan('arrears', { charges: [{ metric: 'seats' }] });
    await s.subscribe({ plan: 'arrears' });
    await s.use('seats', 5, { when: '2023-01-10T00:00:00Z' });
    await s.use('seats', 2, { when: '2023-02-10T00:00:00Z' });
    await s.at('2023-03-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-02-01: arrears 1000 + seats 500 = 1500', '2023-03-01: arrears 1000 + seats 700 = 1700']);
  });
});
