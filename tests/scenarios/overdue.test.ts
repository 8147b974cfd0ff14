import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const isOverdue = async (s: Story) => (await s.lastInvoice())['payment_overdue'];
const billed = async (s: Story, terms: Readonly<Record<string, unknown>> = {}) => {
  await s.customer('acme', { net_payment_term: 10, ...terms });
  await s.plan('advance', { amount_cents: 3100, pay_in_advance: true });
  await s.subscribe({ plan: 'advance', billing_time: 'anniversary' });
};

describe('an unpaid invoice', () => {
  scenario('is overdue from the day after its due date', '2023-03-01T09:00:00Z', async (s) => {
    await billed(s);
    expect((await s.lastInvoice()).payment_due_date).toBe('2023-03-11');
    await s.at('2023-03-11T23:59:59Z').runDueWork();
    expect(await isOverdue(s)).toBe(false);
    await s.at('2023-03-12T00:00:00Z').runDueWork();
    expect(await isOverdue(s)).toBe(true);
  });

  scenario('is overdue by the customer’s calendar', '2023-03-01T09:00:00Z', async (s) => {
    await billed(s, { timezone: 'America/New_York' });
    await s.at('2023-03-12T04:59:59Z').runDueWork();
    expect(await isOverdue(s)).toBe(false);
    await s.at('2023-03-12T05:00:00Z').runDueWork();
    expect(await isOverdue(s)).toBe(true);
  });

  scenario('is not overdue once it is paid, before or after', '2023-03-01T09:00:00Z', async (s) => {
    await billed(s);
    const path = `/invoices/${(await s.lastInvoice()).lago_id}`;
    await s.at('2023-03-13T00:00:00Z').put(path, { invoice: { payment_status: 'succeeded' } });
    expect(await isOverdue(s)).toBe(false);
    await s.at('2023-03-20T00:00:00Z').runDueWork();
    expect(await isOverdue(s)).toBe(false);
  });

  scenario('keeps the term that it was made with', '2023-03-01T09:00:00Z', async (s) => {
    await billed(s);
    await s.customer('acme', { net_payment_term: 90 });
    await s.at('2023-03-12T00:00:00Z').runDueWork();
    expect([await isOverdue(s), (await s.lastInvoice())['net_payment_term']]).toEqual([true, 10]);
  });

  scenario('of nothing is never overdue', '2023-03-01T09:00:00Z', async (s) => {
    await s.plan('free', { amount_cents: 0, pay_in_advance: true });
    await s.subscribe({ plan: 'free' });
    await s.at('2023-03-20T00:00:00Z').runDueWork();
    expect(await isOverdue(s)).toBe(false);
  });
});
