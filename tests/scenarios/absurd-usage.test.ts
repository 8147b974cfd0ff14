import { describe, expect } from 'vitest';
import { scenario, type Story } from '../support/story.ts';

const outOfRange = { status: 422, body: { error_details: { base: ['value_is_out_of_range'] } } };
const usageOf = (s: Story, id: string) => s.app.api.get(`/customers/${id}/current_usage?external_subscription_id=${id}`);

describe('usage that comes to more than an amount can be', () => {
  scenario('is taken in, and its current usage is refused by name; others are not touched', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { charges: [{ metric: 'calls' }] });
    for (const customer of ['acme', 'other']) await s.subscribe({ plan: 'month', customer });
    // 90 071 992 547 409.91 is the last amount that JSON carries exactly in cents.
    await s.use('calls', '90071992547409.91');
    expect(await usageOf(s, 'acme')).toMatchObject({ status: 200, body: { customer_usage: { amount_cents: 9007199254740991 } } });
    await s.use('calls', '0.01');
    await s.use('calls', 5, { by: 'other' });
    expect(await usageOf(s, 'acme')).toMatchObject(outOfRange);
    expect(await usageOf(s, 'other')).toMatchObject({ status: 200, body: { customer_usage: { amount_cents: 500 } } });
  });

  scenario('is refused where it would be billed at once', '2023-04-01T00:00:00Z', async (s) => {
    await s.metric('calls');
    await s.plan('month', { charges: [{ metric: 'calls', pay_in_advance: true }] });
    await s.subscribe({ plan: 'month' });
    const event = { transaction_id: 't', external_subscription_id: 'acme', code: 'calls', properties: { value: 1e21 } };
    expect(await s.app.api.post('/events', { event })).toMatchObject(outOfRange);
    expect(await s.app.api.post('/events/estimate_fees', { event })).toMatchObject(outOfRange);
    expect((await s.app.api.get('/events/t')).status).toBe(404);
    await s.use('calls', 5);
    expect(await s.bills()).toEqual(['2023-04-01: calls 500 = 500']);
  });
});
