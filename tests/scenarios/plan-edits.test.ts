import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const edit = (s: Story, code: string, terms: Readonly<Record<string, unknown>>) => s.put(`/plans/${code}`, { plan: terms });

describe('an edited plan', () => {
  scenario('counts for every fee computed afterwards, over the whole period', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('arrears', { amount_cents: 1000 });
    await s.plan('advance', { amount_cents: 1000, pay_in_advance: true });
    await s.subscribe({ plan: 'arrears', as: 'late' });
    await s.subscribe({ plan: 'advance', as: 'early' });
    await s.at('2023-03-20T00:00:00Z').runDueWork();
    await edit(s, 'arrears', { amount_cents: 2000 });
    await edit(s, 'advance', { amount_cents: 3000 });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: early/advance 1000 = 1000', '2023-04-01: late/arrears 2000 + early/advance 3000 = 5000']);
  });

  scenario('keeps what may not change once it is in use', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 1000 });
    await s.subscribe({ plan: 'month' });
    await edit(s, 'month', {
      code: 'other',
      interval: 'yearly',
      pay_in_advance: true,
      trial_period: 90,
      amount_currency: 'EUR',
      name: 'New name',
      amount_cents: 1100,
    });
    const { plan } = await s.get<{ plan: Record<string, unknown> }>('/plans/month');
    expect(plan).toMatchObject({
      code: 'month',
      interval: 'monthly',
      pay_in_advance: false,
      trial_period: null,
      amount_currency: 'USD',
      name: 'New name',
      amount_cents: 1100,
    });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: month 1100 = 1100']);
  });

  scenario('gives back unused days at the price that was paid', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    await edit(s, 'advance', { amount_cents: 9300 });
    await s.at('2023-08-11T12:00:00Z').terminate('acme');
    expect(await s.notes()).toEqual(['2023-08-11: 2000 credit, 2000 left']);
  });

  scenario('never changes an invoice that was made', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
    await s.subscribe({ plan: 'advance' });
    const before = await s.invoices();
    await edit(s, 'advance', { amount_cents: 9300, name: 'Renamed' });
    expect(await s.invoices()).toEqual(before.map((invoice) => ({ ...invoice, subscriptions: expect.anything() as unknown })));
  });

  scenario('is seen by drafts', '2023-07-10T00:00:00Z', async (s) => {
    await s.customer('acme', { billing_configuration: { invoice_grace_period: 3 } });
    await s.plan('month', { amount_cents: 3100 });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-08-02T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-08-04 draft: month 2200 = 2200']);
    await edit(s, 'month', { amount_cents: 6200 });
    expect(await s.bills()).toEqual(['2023-08-04 draft: month 4400 = 4400']);
  });
});

describe('an edit while a downgrade waits', () => {
  const waiting = async (s: Story, current: number, next: number) => {
    await s.plan('now', { amount_cents: current, pay_in_advance: true });
    await s.plan('next', { amount_cents: next, pay_in_advance: true });
    await s.subscribe({ plan: 'now', as: 'acme' });
    await s.subscribe({ plan: 'next', as: 'acme', name: 'after' });
    await s.at('2023-08-11T09:00:00Z').runDueWork();
  };

  scenario('that makes the new plan dearer upgrades at once', '2023-08-01T00:00:00Z', async (s) => {
    await waiting(s, 3100, 1000);
    await edit(s, 'next', { amount_cents: 6200 });
    expect(await s.subscription('acme')).toMatchObject({ plan_code: 'next', name: 'after', started_at: '2023-08-11T09:00:00.000Z' });
    expect((await s.bills()).at(-1)).toBe('2023-08-11: next 4200 - credit 2100 = 2100'); // 21 of 31 days
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-09-01: next 6200 = 6200');
  });

  scenario('that makes both equal upgrades at once too', '2023-08-01T00:00:00Z', async (s) => {
    await waiting(s, 3100, 1000);
    await edit(s, 'next', { amount_cents: 3100 });
    expect(await s.subscription('acme')).toMatchObject({ plan_code: 'next', previous_plan_code: 'now' });
  });

  scenario('that leaves the new plan cheaper changes nothing', '2023-08-01T00:00:00Z', async (s) => {
    await waiting(s, 3100, 1000);
    await edit(s, 'next', { amount_cents: 3099 });
    expect(await s.subscription('acme')).toMatchObject({ plan_code: 'now', next_plan_code: 'next' });
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-09-01: next 3099 = 3099');
  });

  scenario('that makes the current plan cheaper, or as cheap, cancels the change', '2023-08-01T00:00:00Z', async (s) => {
    await waiting(s, 3100, 1000);
    await edit(s, 'now', { amount_cents: 1000 });
    expect(await s.subscription('acme')).toMatchObject({ plan_code: 'now', next_plan_code: null, downgrade_plan_date: null });
    await s.at('2023-09-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-09-01: now 1000 = 1000');
  });

  scenario('takes several changes in the order in which they were asked for', '2023-08-01T00:00:00Z', async (s) => {
    await s.plan('now', { amount_cents: 3100, pay_in_advance: true });
    await s.plan('next', { amount_cents: 1000, pay_in_advance: true });
    for (const as of ['b', 'a']) await s.subscribe({ plan: 'now', as });
    for (const as of ['a', 'b']) await s.subscribe({ plan: 'next', as });
    await s.at('2023-08-11T09:00:00Z').runDueWork();
    await edit(s, 'next', { amount_cents: 6200 });
    expect((await s.bills()).slice(2)).toEqual([
      '2023-08-11: a/next 4200 - credit 2100 = 2100',
      '2023-08-11: b/next 4200 - credit 2100 = 2100',
    ]);
  });
});

describe('overrides', () => {
  scenario('bill their own price, and a later edit of the plan does not reach them', '2023-03-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { amount_cents: 1000, charges: [{ metric: 'calls' }] });
    const { plan } = await s.get<{ plan: { charges: readonly { lago_id: string }[] } }>('/plans/month');
    const charges = [{ id: plan.charges[0]?.lago_id, properties: { amount: '5' } }];
    const row = await s.subscribe({ plan: 'month', plan_overrides: { amount_cents: 700, charges } });
    expect(row).toMatchObject({ plan_code: 'month', plan_amount_cents: 700 });
    await edit(s, 'month', { amount_cents: 9000 });
    await s.use('calls', 2);
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-04-01: month 700 + calls 1000 = 1700']);
    expect((await s.get<{ plans: readonly unknown[] }>('/plans')).plans).toHaveLength(1);
  });

  scenario('count in comparisons', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('big', { amount_cents: 5000, pay_in_advance: true });
    await s.plan('small', { amount_cents: 1000, pay_in_advance: true });
    await s.subscribe({ plan: 'big', plan_overrides: { amount_cents: 500 } });
    expect(await s.at('2023-03-12T09:00:00Z').subscribe({ plan: 'small' })).toMatchObject({
      plan_code: 'small',
      previous_plan_code: 'big',
    });
  });

  scenario('that make the current plan as cheap as the one that waits cancel the change', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('dear', { amount_cents: 6000, pay_in_advance: true });
    await s.plan('cheap', { amount_cents: 3000, pay_in_advance: true });
    await s.subscribe({ plan: 'dear' });
    await s.subscribe({ plan: 'cheap' });
    await s.put('/subscriptions/acme', { subscription: { plan_overrides: { amount_cents: 3000 } } });
    expect(await s.subscription('acme')).toMatchObject({ plan_code: 'dear', plan_amount_cents: 3000, next_plan_code: null });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect((await s.bills()).at(-1)).toBe('2023-04-01: dear 3000 = 3000');
  });

  scenario('put on a running subscription count from its next fee', '2023-03-01T00:00:00Z', async (s) => {
    await s.plan('month', { amount_cents: 1000, pay_in_advance: true });
    await s.subscribe({ plan: 'month' });
    await s.put('/subscriptions/acme', { subscription: { plan_overrides: { amount_cents: 400 } } });
    await s.at('2023-04-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-03-01: month 1000 = 1000', '2023-04-01: month 400 = 400']);
  });
});

describe('a deleted plan', () => {
  scenario('ends its rows now, cancels those that wait and finalizes its drafts', '2023-07-10T00:00:00Z', async (s) => {
    await s.customer('acme', { billing_configuration: { invoice_grace_period: 30 } });
    await s.plan('gone', { amount_cents: 3100 });
    await s.plan('dear', { amount_cents: 6200 });
    await s.subscribe({ plan: 'gone', as: 'one' });
    await s.subscribe({ plan: 'gone', as: 'two', plan_overrides: { amount_cents: 6200 } });
    await s.subscribe({ plan: 'dear', as: 'three' });
    await s.subscribe({ plan: 'gone', as: 'later', subscription_at: '2023-12-01T00:00:00Z' });
    await s.at('2023-08-05T00:00:00Z').subscribe({ plan: 'gone', as: 'three' });
    await s.at('2023-08-10T12:00:00Z').delete('/plans/gone');
    expect(await s.bills()).toEqual([
      '2023-08-10: one/gone 2200 + two/gone 4400 + three/dear 4400 = 11000',
      '2023-08-10: one/gone 1000 = 1000',
      '2023-08-10: two/gone 2000 = 2000',
    ]);
    expect(await s.subscription('three')).toMatchObject({ next_plan_code: null });
    expect(await s.subscription('later', 'canceled')).toMatchObject({ plan_code: 'gone' });
    await s.plan('gone', { amount_cents: 1 });
  });
});
