import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const START = '2024-03-05T12:12:00Z';
const trialPlan = async (s: Story, days: number, terms: Readonly<Record<string, unknown>> = {}) => {
  await s.metric('calls');
  const trial = { amount_cents: 5_000_000, pay_in_advance: true, trial_period: days, charges: [{ metric: 'calls' }] };
  await s.plan('trial', { ...trial, ...terms });
};

describe('a trial in advance', () => {
  scenario('of 10 days bills 17 of 31 days at its end', START, async (s) => {
    await trialPlan(s, 10);
    expect(await s.subscribe({ plan: 'trial' })).toMatchObject({ trial_ended_at: null });
    await s.use('calls', 3, { when: '2024-03-06T00:00:00Z' });
    await s.at('2024-03-15T12:11:59Z').runDueWork();
    expect(await s.bills()).toEqual([]);
    await s.at('2024-03-15T12:12:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-03-15: trial 2741935 = 2741935']);
    expect(await s.subscription('acme')).toMatchObject({ trial_ended_at: '2024-03-15T12:12:00Z' });
    const [invoice] = await s.invoices();
    expect(invoice?.fees).toMatchObject([{ from_date: '2024-03-05T00:00:00Z', to_date: '2024-03-31T23:59:59Z' }]);
    expect(invoice?.billing_periods.map((period) => period.invoicing_reason)).toEqual(['subscription_starting']);
    await s.at('2024-04-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2024-04-01: trial 5000000 + calls 300 = 5000300');
  });

  scenario('of 45 days bills usage alone on the first billing date', START, async (s) => {
    await trialPlan(s, 45);
    await s.subscribe({ plan: 'trial' });
    await s.use('calls', 3, { when: '2024-03-06T00:00:00Z' });
    await s.use('calls', 4, { when: '2024-04-06T00:00:00Z' });
    await s.at('2024-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([
      '2024-04-01: calls 300 = 300',
      '2024-04-19: trial 2000000 = 2000000', // 12 of 30 days
      '2024-05-01: trial 5000000 + calls 400 = 5000400',
    ]);
  });

  scenario('that ends on a billing date, later that day, is billed once', START, async (s) => {
    await trialPlan(s, 27);
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-04-02T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-04-01: trial 5000000 = 5000000']);
    expect(await s.subscription('acme')).toMatchObject({ trial_ended_at: '2024-04-01T12:12:00Z' });
  });

  scenario('that ends in the first instant of a billing date is billed once', '2024-03-10T09:00:00Z', async (s) => {
    await trialPlan(s, 30, { amount_cents: 3100 });
    await s.subscribe({ plan: 'trial', subscription_at: '2024-04-01T15:00:00Z' });
    await s.at('2024-05-02T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-05-01: trial 3100 = 3100']);
    expect(await s.subscription('acme')).toMatchObject({ trial_ended_at: '2024-05-01T00:00:00Z' });
  });

  scenario('of half a day bills from the day on which it ends', '2024-03-05T12:00:00Z', async (s) => {
    await trialPlan(s, 0.5, { amount_cents: 3100 });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-06T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-03-06: trial 2600 = 2600']); // 26 of 31 days
  });

  scenario('counts its end in the customer’s zone', '2024-03-05T12:00:00Z', async (s) => {
    await s.customer('acme', { timezone: 'Asia/Tokyo' });
    await trialPlan(s, 10.25, { amount_cents: 3100 });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-20T00:00:00Z').runDueWork();
    // Ends at 18:00 UTC on the 15th: the 16th in Tokyo.
    expect(await s.bills()).toEqual(['2024-03-16: trial 1600 = 1600']);
  });

  scenario('ended by a termination before any fee credits nothing', START, async (s) => {
    await trialPlan(s, 10);
    await s.subscribe({ plan: 'trial' });
    await s.use('calls', 3);
    await s.at('2024-03-10T09:00:00Z').terminate('acme');
    await s.at('2024-05-01T00:00:00Z').runDueWork();
    expect([await s.bills(), await s.notes()]).toEqual([['2024-03-10: calls 300 = 300'], []]);
  });

  scenario('ended by a termination on its last date gives the whole fee back', START, async (s) => {
    await trialPlan(s, 10);
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-15T20:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual(['2024-03-15: 2741935 credit, 2741935 left']);
  });

  scenario('ended by a termination a day later gives the other days back', START, async (s) => {
    await trialPlan(s, 10);
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-16T20:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual(['2024-03-16: 2419355 credit, 2419355 left']); // 15 of 31 days
  });

  scenario('of a year with monthly charges bills the rest of the year at its end', '2023-03-15T10:00:00Z', async (s) => {
    await trialPlan(s, 31, { interval: 'yearly', amount_cents: 36_600, bill_charges_monthly: true });
    await s.subscribe({ plan: 'trial', billing_time: 'anniversary' });
    await s.use('calls', 3);
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    // The trial ends on 15 April, a billing date of usage but not of the fee: 335 of 366 days.
    expect(await s.bills()).toEqual(['2023-04-15: calls 300 = 300', '2023-04-15: trial 33500 = 33500']);
  });
});

describe('a trial in arrears', () => {
  scenario('bills nothing at its end, and its period from that date', START, async (s) => {
    await trialPlan(s, 10, { pay_in_advance: false });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-16T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual([]);
    expect(await s.subscription('acme')).toMatchObject({ trial_ended_at: '2024-03-15T12:12:00Z' });
    await s.at('2024-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-04-01: trial 2741935 = 2741935']);
  });

  scenario('over a whole period has no fee for it', START, async (s) => {
    await trialPlan(s, 45, { pay_in_advance: false });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-04-01: nothing = 0', '2024-05-01: trial 2000000 = 2000000']);
  });
});

describe('a trial is given once', () => {
  scenario('an upgrade neither restarts it nor lengthens what was used', '2024-03-01T12:00:00Z', async (s) => {
    await trialPlan(s, 10, { amount_cents: 3100 });
    await s.plan('bigger', { amount_cents: 6200, pay_in_advance: true, trial_period: 20 });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-06T12:00:00Z').subscribe({ plan: 'bigger' });
    await s.at('2024-04-01T00:00:00Z').runDueWork();
    // 20 days from 1 March 12:00: 21 March, 11 of 31 days.
    expect(await s.bills()).toEqual(['2024-03-06: nothing = 0', '2024-03-21: bigger 2200 = 2200', '2024-04-01: bigger 6200 = 6200']);
  });

  scenario('an upgrade after it is billed at once', '2024-03-01T12:00:00Z', async (s) => {
    await trialPlan(s, 10, { amount_cents: 3100 });
    await s.plan('bigger', { amount_cents: 6200, pay_in_advance: true, trial_period: 10 });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-21T12:00:00Z').subscribe({ plan: 'bigger' });
    expect(await s.bills()).toEqual(['2024-03-11: trial 2100 = 2100', '2024-03-21: bigger 2200 - credit 1100 = 1100']);
  });

  scenario('the same external id after its termination has what is left of it', '2024-03-01T12:00:00Z', async (s) => {
    await trialPlan(s, 30, { amount_cents: 3100 });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-06T12:00:00Z').terminate('acme');
    await s.at('2024-03-11T12:00:00Z').subscribe({ plan: 'trial' });
    await s.at('2024-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2024-03-06: nothing = 0', '2024-03-31: trial 100 = 100', '2024-04-01: trial 3100 = 3100']);
  });

  scenario('the same external id after the trial is billed at once', '2024-03-01T12:00:00Z', async (s) => {
    await trialPlan(s, 10, { amount_cents: 3100 });
    await s.subscribe({ plan: 'trial' });
    await s.at('2024-03-06T12:00:00Z').terminate('acme');
    await s.at('2024-03-21T12:00:00Z').subscribe({ plan: 'trial' });
    expect((await s.bills()).at(-1)).toBe('2024-03-21: trial 1100 = 1100');
  });

  scenario('a downgrade counts the new plan’s trial from the first start', '2024-03-01T12:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6200, pay_in_advance: true });
    await s.plan('cheap', { amount_cents: 3000, pay_in_advance: true, trial_period: 40 });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    await s.at('2024-05-01T00:00:00Z').runDueWork();
    expect((await s.bills()).slice(1)).toEqual([
      '2024-04-01: nothing = 0',
      '2024-04-10: cheap 2100 = 2100', // 21 of 30 days
      '2024-05-01: cheap 3000 = 3000',
    ]);
  });
});
