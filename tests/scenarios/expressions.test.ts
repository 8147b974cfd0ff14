import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

interface Used {
  readonly customer_usage: {
    readonly charges_usage: readonly { readonly units: string; readonly amount_cents: number; readonly events_count: number }[];
  };
}
const used = async (s: Story) => {
  const { customer_usage: usage } = await s.get<Used>('/customers/acme/current_usage?external_subscription_id=acme');
  return usage.charges_usage.map(
    ({ units, amount_cents: cents, events_count: events }) => `${units} = ${String(cents)} (${String(events)})`,
  );
};
const seconds = { expression: 'round(event.properties.ms / 1000, 1)', field_name: 'value' };

describe('a metric with an expression', () => {
  scenario('bills what it makes of each event, and keeps the events as they were sent', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('calls', seconds);
    await s.plan('month', { amount_cents: 0, charges: [{ metric: 'calls', properties: { amount: '2' } }] });
    await s.subscribe({ plan: 'month' });
    await s.at('2023-04-10T10:00:00Z').use('calls', 900, { properties: { ms: 1250 } });
    await s.use('calls', 900, { properties: { ms: '3740' } });
    // 1.3 + 3.7; without the property there is nothing to count, whatever else was sent.
    await s.use('calls', 900);
    expect(await used(s)).toEqual(['5.0 = 1000 (2)']);
    expect(await s.get('/events/event-1')).toMatchObject({ event: { properties: { value: '900', ms: 1250 } } });
    await s.at('2023-05-01T00:00:00Z').runDueWork();
    expect(await s.bills()).toEqual(['2023-05-01: month 0 + calls 1000 = 1000']);
  });

  scenario('counts events from before the metric was there', '2023-04-01T00:00:00Z', async (s) => {
    await s.use('calls', 1, { properties: { ms: 2000 } });
    await s.metric('calls', seconds);
    await s.plan('month', { amount_cents: 0, charges: [{ metric: 'calls' }] });
    await s.subscribe({ plan: 'month' });
    expect(await used(s)).toEqual(['2.0 = 200 (1)']);
  });

  scenario('bills each event in advance by it, as was estimated', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('calls', seconds);
    await s.plan('month', { amount_cents: 0, charges: [{ metric: 'calls', pay_in_advance: true }] });
    await s.subscribe({ plan: 'month' });
    const event = { code: 'calls', external_subscription_id: 'acme', properties: { ms: 4200 } };
    expect(await s.post('/events/estimate_fees', { event })).toMatchObject({ fees: [{ amount_cents: 420, units: '4.2' }] });
    expect(await s.refused('post', '/events/estimate_fees', { event: { ...event, properties: { value: 5 } } })).toMatchObject({
      error_details: { properties: ['value_is_not_valid_number'] },
    });
    await s.use('calls', 7, { properties: { ms: 4200 } });
    await s.use('calls', 7);
    expect(await s.bills()).toEqual(['2023-04-01: calls 420 = 420']);
  });

  scenario('tells values apart by it', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('seats', {
      aggregation_type: 'unique_count_agg',
      expression: "concat(event.properties.team, '/', event.properties.value)",
    });
    await s.plan('month', { amount_cents: 0, charges: [{ metric: 'seats' }] });
    await s.subscribe({ plan: 'month' });
    await s.use('seats', 'ann', { properties: { team: 'a' } });
    await s.use('seats', 'ann', { properties: { team: 'b' } });
    await s.use('seats', 'ann', { properties: { team: 'a' } });
    expect(await used(s)).toEqual(['2.0 = 200 (2)']);
  });
});
