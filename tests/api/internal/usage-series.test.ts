import { expect } from 'vitest';
import type { SubscriptionUsageAnswer, UsageSeriesAnswer } from '../../../shared/internal/usage.ts';
import { internalClient } from '../../support/internal-client.ts';
import { scenario, type Story } from '../../support/story.ts';

async function usageOf(story: Story, id: string): Promise<SubscriptionUsageAnswer> {
  return (await internalClient(story.app).get<SubscriptionUsageAnswer>(`/usage?subscription_id=${id}`)).body;
}

async function seriesOf(story: Story, id: string, span = ''): Promise<UsageSeriesAnswer> {
  return (await internalClient(story.app).get<UsageSeriesAnswer>(`/usage_series?subscription_id=${id}${span}`)).body;
}

scenario('a running period shows its days, shares, steps and where it leads', '2023-03-01T00:00:00Z', async (story) => {
  await story.metric('calls');
  await story.metric('seats', { aggregation_type: 'max_agg' });
  await story.plan('starter', {
    charges: [
      { metric: 'calls', charge_model: 'package', properties: { amount: '1.50', package_size: 1000, free_units: 10000 } },
      { metric: 'seats', properties: { amount: '10' } },
    ],
  });
  await story.customer('acme');
  const { lago_id: id } = await story.subscribe({ plan: 'starter' });
  await story.use('calls', 30412);
  await story.use('seats', 2);
  await story.at('2023-03-11T00:00:00Z').runDueWork();
  const { current, subscription } = await usageOf(story, id);
  expect(subscription).toMatchObject({ external_id: 'acme', status: 'active', plan_name: 'starter', external_customer_id: 'acme' });
  expect(current?.period).toEqual({
    from_date: '2023-03-01',
    to_date: '2023-03-31',
    grid_from_date: '2023-03-01',
    grid_to_date: '2023-03-31',
    interval: 'monthly',
    billing_time: 'calendar',
    timezone: 'UTC',
    days_left: 21,
  });
  // 20 412 paid units are 21 packages of 1.50; 2 seats at 10.00.
  expect(current?.usage).toMatchObject({ amount_cents: 5150, charges_usage: [{ amount_cents: 3150 }, { amount_cents: 2000 }] });
  // 31.50 and 20.00 of 51.50
  expect(current?.charges.map(({ share }) => share)).toEqual(['61.2', '38.8']);
  expect(current?.charges[0]?.fees[0]?.steps.map(({ kind }) => kind)).toContain('package');
  // 10 of 31 days have gone: 51.50 × 3.1 = 159.65
  expect(current?.projected_amount_cents).toBe(15965);
});

scenario('nothing is projected from the first hours, nor shown of what has ended', '2023-03-01T00:00:00Z', async (story) => {
  await story.metric('calls');
  await story.plan('starter', { charges: [{ metric: 'calls' }] });
  await story.customer('acme');
  const { lago_id: id } = await story.subscribe({ plan: 'starter' });
  await story.use('calls', 5);
  await story.at('2023-03-01T03:00:00Z').runDueWork();
  expect((await usageOf(story, id)).current).toMatchObject({ projected_amount_cents: null, usage: { amount_cents: 500 } });
  await story.terminate('acme');
  expect(await usageOf(story, id)).toMatchObject({ subscription: { status: 'terminated' }, current: null });
  expect((await internalClient(story.app).get('/usage?subscription_id=nobody')).status).toBe(404);
});

scenario('the period is in days of the customer, who lives east of UTC', '2023-03-01T00:00:00Z', async (story) => {
  await story.metric('calls');
  await story.plan('starter', { charges: [{ metric: 'calls' }] });
  await story.customer('acme', { timezone: 'Pacific/Auckland' });
  const { lago_id: id } = await story.subscribe({ plan: 'starter' });
  await story.at('2023-03-31T11:30:00Z').runDueWork();
  // 1 April has begun in Auckland.
  const { current } = await usageOf(story, id);
  expect(current?.period).toMatchObject({ from_date: '2023-04-01', to_date: '2023-04-30', days_left: 30, timezone: 'Pacific/Auckland' });
  expect(current?.usage.from_datetime).toBe('2023-03-31T11:00:00Z');
});

scenario('a month is shown day by day, four days by two hours', '2023-03-01T00:00:00Z', async (story) => {
  await story.metric('calls');
  await story.plan('monthly', { charges: [{ metric: 'calls' }] });
  await story.plan('weekly', { interval: 'weekly', charges: [{ metric: 'calls' }] });
  await story.customer('acme');
  const { lago_id: month } = await story.subscribe({ plan: 'monthly' });
  const { lago_id: week } = await story.subscribe({ plan: 'weekly', as: 'week' });
  await story.at('2023-03-03T12:00:00Z').use('calls', 4, { when: '2023-03-01T10:00:00Z' });
  await story.use('calls', 1, { when: '2023-03-01T23:59:59Z' });
  await story.use('calls', 10, { when: '2023-03-03T01:00:00Z' });
  await story.use('calls', 3, { by: 'week', when: '2023-03-03T09:00:00Z' });
  const byDay = await seriesOf(story, month);
  expect(byDay).toMatchObject({ points_count: 31, step: '1d', from_datetime: '2023-03-01T00:00:00Z' });
  expect(byDay.series[0]).toMatchObject({
    kind: 'per_step',
    points: [
      { at: '2023-03-01T00:00:00Z', units: '5.0', height: 50 },
      { at: '2023-03-02T00:00:00Z', units: '0.0', height: 0 },
      { at: '2023-03-03T00:00:00Z', units: '10.0', height: 100 },
    ],
  });
  const byHours = await seriesOf(story, week);
  // From Wednesday, 00:00, to Saturday: 4 days of 12 two-hour steps are 48.
  expect(byHours).toMatchObject({ points_count: 48, step: '2h' });
  expect(byHours.series[0]?.points.map(({ units }) => units).filter((units) => units !== '0.0')).toEqual(['3.0']);
  const span = await seriesOf(story, month, '&from=2023-03-01T00:00:00Z&to=2023-03-01T12:00:00Z');
  expect(span).toMatchObject({ points_count: 48, step: '15m' });
  expect(span.series[0]?.points[40]).toEqual({ at: '2023-03-01T10:00:00Z', units: '4.0', height: 100 });
});

scenario('levels are shown as they stood: recurring sums, distinct values, maxima', '2023-03-01T00:00:00Z', async (story) => {
  await story.metric('seats', { recurring: true });
  await story.metric('users', { aggregation_type: 'unique_count_agg' });
  await story.metric('peak', { aggregation_type: 'max_agg' });
  await story.plan('starter', { charges: [{ metric: 'peak' }, { metric: 'seats' }, { metric: 'users' }] });
  await story.customer('acme');
  const { lago_id: id } = await story.subscribe({ plan: 'starter' });
  await story.use('seats', 3);
  await story.at('2023-04-02T12:00:00Z').use('seats', 2, { when: '2023-04-02T08:00:00Z' });
  await story.use('users', 'ann', { when: '2023-04-01T01:00:00Z' });
  await story.use('users', 'ann', { when: '2023-04-02T01:00:00Z' });
  await story.use('users', 'bob', { when: '2023-04-02T02:00:00Z' });
  await story.use('peak', 7, { when: '2023-04-01T01:00:00Z' });
  await story.use('peak', 4, { when: '2023-04-02T01:00:00Z' });
  const { series } = await seriesOf(story, id);
  expect(series.map(({ kind, points }) => [kind, ...points.map(({ units }) => units)])).toEqual([
    ['level', '7.0', '7.0'],
    ['level', '3.0', '5.0'],
    ['level', '1.0', '2.0'],
  ]);
});
