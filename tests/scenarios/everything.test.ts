import { expect } from 'vitest';
import { scenario } from '../support/story.ts';

// subscriptions.md § 11, "Example with everything": one customer, 5 April to 8 May 2023.
scenario('six subscriptions of one customer over a month, with the app closed', '2023-04-05T10:00:00Z', async (s) => {
  await s.plan('weekly', { interval: 'weekly', amount_cents: 700 });
  await s.plan('trial', { amount_cents: 3000, pay_in_advance: true, trial_period: 7 });
  await s.plan('advance', { amount_cents: 3000, pay_in_advance: true });
  await s.plan('anniversary', { amount_cents: 3000 });
  await s.plan('dear', { amount_cents: 6000, pay_in_advance: true });

  await s.subscribe({ plan: 'weekly', as: 'week' });
  await s.subscribe({ plan: 'trial', as: 'try' });
  await s.subscribe({ plan: 'advance', as: 'later', subscription_at: '2023-04-20T15:00:00Z' });
  await s.subscribe({ plan: 'anniversary', as: 'ends', billing_time: 'anniversary', ending_at: '2023-04-25T00:00:00Z' });
  await s.subscribe({ plan: 'dear', as: 'down' });
  await s.subscribe({ plan: 'advance', as: 'down' });
  expect(await s.bills()).toEqual(['2023-04-05: down/dear 5200 = 5200']); // 26 of 30 days

  await s.at('2023-05-08T00:00:00Z').runDueWork();
  const bills = await s.bills();
  expect(bills).toEqual([
    '2023-04-05: down/dear 5200 = 5200',
    '2023-04-09: week/weekly 400 = 400',
    '2023-04-12: try/trial 1900 = 1900',
    '2023-04-16: week/weekly 700 = 700',
    '2023-04-20: later/advance 1100 = 1100',
    '2023-04-23: week/weekly 700 = 700',
    '2023-04-25: ends/anniversary 2100 = 2100',
    '2023-04-30: week/weekly 700 = 700',
    '2023-05-01: down/advance 3000 = 3000',
    '2023-05-01: try/trial 3000 + later/advance 3000 = 6000',
    '2023-05-07: week/weekly 700 = 700',
  ]);

  await s.at('2023-05-08T00:00:00Z').runDueWork();
  expect(await s.bills()).toEqual(bills);
});
