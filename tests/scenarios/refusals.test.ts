import { describe, expect } from 'vitest';
import { scenario, subscriptionOf, type Story, type Subscribing } from '../support/story.ts';

const NOW = '2023-03-10T09:00:00Z';
const details = (errors: Readonly<Record<string, readonly string[]>>) => ({
  status: 422,
  code: 'validation_errors',
  error_details: errors,
});
const notFound = (code: string) => ({ status: 404, code });
const refusedAsking = (s: Story, asked: Subscribing, more: Readonly<Record<string, unknown>> = {}) =>
  s.refused('post', '/subscriptions', { subscription: { ...subscriptionOf(asked), ...more } });
const customersOf = async (s: Story) => (await s.get<{ customers: readonly unknown[] }>('/customers')).customers.length;

/** A plan, and a customer `acme` with an active subscription `acme`. */
async function begin(s: Story): Promise<void> {
  await s.plan('month');
  await s.plan('euro', { amount_currency: 'EUR' });
  await s.subscribe({ plan: 'month' });
}

describe('a subscription is refused', () => {
  scenario('for an unknown plan', NOW, async (s) => {
    await begin(s);
    expect(await refusedAsking(s, { plan: 'none', customer: 'new' })).toEqual(notFound('plan_not_found'));
    expect(await customersOf(s)).toBe(1);
  });

  scenario('for blank ids, both at once, before anything else', NOW, async (s) => {
    await begin(s);
    expect(await refusedAsking(s, { plan: 'none', customer: ' ', as: '' })).toEqual(
      details({ external_customer_id: ['value_is_mandatory'], external_id: ['value_is_mandatory'] }),
    );
  });

  scenario('for dates that are none, both at once', NOW, async (s) => {
    await begin(s);
    expect(await refusedAsking(s, { plan: 'month', as: 'new' }, { subscription_at: 'soon', ending_at: '2023-13-01' })).toEqual(
      details({ subscription_at: ['invalid_date'], ending_at: ['invalid_date'] }),
    );
  });

  scenario('for an end that is not after today', NOW, async (s) => {
    await begin(s);
    for (const ending_at of ['2023-03-10T23:59:59Z', '2023-03-09T00:00:00Z']) {
      expect(await refusedAsking(s, { plan: 'month', as: 'new', ending_at })).toEqual(details({ ending_at: ['invalid_date'] }));
    }
    expect(await s.subscribe({ plan: 'month', as: 'fine', ending_at: '2023-03-11T00:00:00Z' })).toMatchObject({ status: 'active' });
  });

  scenario('for an end that is not after its start', NOW, async (s) => {
    await begin(s);
    const subscription_at = '2023-05-01T00:00:00Z';
    for (const ending_at of ['2023-05-01T23:00:00Z', '2023-04-30T00:00:00Z']) {
      expect(await refusedAsking(s, { plan: 'month', as: 'new', subscription_at, ending_at })).toEqual(
        details({ ending_at: ['invalid_date'] }),
      );
    }
  });

  scenario('for an end judged by the day in the customer’s zone', NOW, async (s) => {
    await s.plan('month');
    await s.customer('tokyo', { timezone: 'Asia/Tokyo' });
    // 15:00 UTC is the next day in Tokyo.
    expect(await refusedAsking(s, { plan: 'month', customer: 'tokyo', ending_at: '2023-03-10T14:59:59Z' })).toEqual(
      details({ ending_at: ['invalid_date'] }),
    );
    expect(await s.subscribe({ plan: 'month', customer: 'tokyo', ending_at: '2023-03-10T15:00:00Z' })).toMatchObject({ status: 'active' });
  });

  scenario('for another billing time', NOW, async (s) => {
    await begin(s);
    expect(await refusedAsking(s, { plan: 'month', as: 'new' }, { billing_time: 'lunar' })).toEqual(
      details({ billing_time: ['value_is_invalid'] }),
    );
  });

  scenario('for the currency of its plan', NOW, async (s) => {
    await begin(s);
    expect(await refusedAsking(s, { plan: 'euro', as: 'new' })).toEqual(details({ currency: ['currencies_does_not_match'] }));
    expect(await refusedAsking(s, { plan: 'euro' })).toEqual(details({ currency: ['currencies_does_not_match'] }));
  });

  scenario('for an external id that is active for another customer', NOW, async (s) => {
    await begin(s);
    expect(await refusedAsking(s, { plan: 'month', customer: 'other', as: 'acme' })).toEqual(
      details({ external_id: ['value_already_exist'] }),
    );
    expect(await customersOf(s)).toBe(1);
    await s.terminate('acme');
    expect(await s.subscribe({ plan: 'month', customer: 'other', as: 'acme' })).toMatchObject({ status: 'active' });
  });

  scenario('not for an end before a start that a plan change ignores', NOW, async (s) => {
    await begin(s);
    await s.plan('big', { amount_cents: 9000 });
    const asked = { plan: 'big', subscription_at: '2024-01-01T00:00:00Z', ending_at: '2023-06-01T00:00:00Z' };
    expect(await s.subscribe(asked)).toMatchObject({ subscription_at: '2023-03-10T09:00:00Z', ending_at: '2023-06-01T00:00:00Z' });
  });

  scenario('in the order of the checks', NOW, async (s) => {
    await begin(s);
    const everything = { billing_time: 'lunar', subscription_at: 'soon' };
    expect(await refusedAsking(s, { plan: 'none', customer: 'other', as: 'acme' }, everything)).toEqual(notFound('plan_not_found'));
    expect(await refusedAsking(s, { plan: 'euro', customer: 'other', as: 'acme' }, everything)).toEqual(
      details({ subscription_at: ['invalid_date'] }),
    );
    const lunar = { billing_time: 'lunar' };
    expect(await refusedAsking(s, { plan: 'euro', as: 'acme' }, lunar)).toEqual(details({ billing_time: ['value_is_invalid'] }));
    await s.customer('rich', { currency: 'USD' });
    expect(await refusedAsking(s, { plan: 'euro', customer: 'rich', as: 'acme' })).toEqual(
      details({ currency: ['currencies_does_not_match'] }),
    );
  });

  scenario('without changing anything', NOW, async (s) => {
    await begin(s);
    const before = await s.subscription('acme');
    await refusedAsking(s, { plan: 'euro' });
    await refusedAsking(s, { plan: 'month', ending_at: '2023-03-01T00:00:00Z' });
    expect(await s.subscription('acme')).toEqual(before);
    expect(await s.bills()).toEqual([]);
  });
});

describe('a termination is refused', () => {
  scenario('without an active row, or a pending one', NOW, async (s) => {
    await begin(s);
    expect(await s.refused('delete', '/subscriptions/none')).toEqual(notFound('subscription_not_found'));
    expect(await s.refused('delete', '/subscriptions/acme?status=pending')).toEqual(notFound('subscription_not_found'));
    await s.terminate('acme');
    expect(await s.refused('delete', '/subscriptions/acme')).toEqual(notFound('subscription_not_found'));
  });

  scenario('for options that are none, and changes nothing', NOW, async (s) => {
    await begin(s);
    const path = '/subscriptions/acme?on_termination_credit_note=gift&on_termination_invoice=maybe';
    expect(await s.refused('delete', path)).toEqual(
      details({ on_termination_credit_note: ['invalid_value'], on_termination_invoice: ['invalid_value'] }),
    );
    expect(await s.subscription('acme')).toMatchObject({ status: 'active', on_termination_invoice: 'generate' });
  });
});

describe('a change is refused', () => {
  const change = (s: Story, subscription: Readonly<Record<string, unknown>>, externalId = 'acme') =>
    s.refused('put', `/subscriptions/${externalId}`, { subscription });

  scenario('for an unknown external id', NOW, async (s) => {
    await begin(s);
    expect(await change(s, { name: 'x' }, 'none')).toEqual(notFound('subscription_not_found'));
  });

  scenario('for dates that are none, and ends that are too early', NOW, async (s) => {
    await begin(s);
    expect(await change(s, { ending_at: 'soon' })).toEqual(details({ ending_at: ['invalid_date'] }));
    expect(await change(s, { ending_at: '2023-03-10T23:00:00Z' })).toEqual(details({ ending_at: ['invalid_date'] }));
    expect(await change(s, { subscription_at: 'soon' })).toEqual(details({ subscription_at: ['invalid_date'] }));
  });

  scenario('for options that are none, and changes nothing', NOW, async (s) => {
    await begin(s);
    expect(await change(s, { name: 'x', on_termination_invoice: 'maybe' })).toEqual(details({ on_termination_invoice: ['invalid_value'] }));
    expect(await s.subscription('acme')).toMatchObject({ name: null });
  });

  scenario('of the start of a row that has started, silently', NOW, async (s) => {
    await begin(s);
    await s.put('/subscriptions/acme', { subscription: { subscription_at: '2023-01-01T00:00:00Z', name: 'x' } });
    expect(await s.subscription('acme')).toMatchObject({ name: 'x', subscription_at: '2023-03-10T09:00:00Z' });
  });
});
