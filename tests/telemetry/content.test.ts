import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '../../main/telemetry/compose-message.ts';
import { telemetryMessage, type TelemetryMessage } from '../../shared/internal/telemetry.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { openTelling, type TellingEngine } from './telling-engine.ts';

test.each([
  [0, '0'],
  [1, '1-9'],
  [9, '1-9'],
  [10, '10-99'],
  [999, '100-999'],
  [1_000, '1000-9999'],
  [99_999, '10000-99999'],
  [999_999, '100000-999999'],
  [1_000_000, '1000000+'],
  [7_000_000, '1000000+'],
])('%i is told as %s', (count, bucket) => {
  expect(bucketOf(count)).toBe(bucket);
});

describe('what a message says of books', () => {
  let collector: WebhookReceiver;
  let telling: TellingEngine;
  beforeEach(async () => {
    collector = await WebhookReceiver.open();
    telling = await openTelling({ collectorUrl: collector.url, host: 'desktop' });
  });
  afterEach(async () => {
    await telling.close();
    await collector.close();
  });

  async function message(): Promise<TelemetryMessage> {
    return (await telling.state()).example;
  }

  test('is little of empty ones', async () => {
    const { counts, features, charge_models: models } = await message();
    expect(new Set(Object.values(counts))).toEqual(new Set(['0']));
    expect([...Object.values(features), ...Object.values(models)]).not.toContain(true);
  });

  /** What people write and programs send, all of it beginning with letters that no message has. */
  const written = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `zq${text}`);
  const key = fc.stringMatching(/^[a-z0-9_.:@/-]{1,30}$/).map((text) => `zq${text}`);

  test('has nothing of what was written into them', async () => {
    const kept: string[] = [];
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(written, written, key, async (name, description, code) => {
        filled += 1;
        const unique = `${code}${String(filled)}`;
        kept.push(name.slice(0, 4), description.slice(0, 4), unique);
        await fill({ name, description, code: unique });
        const text = JSON.stringify(await message());
        expect(kept.filter((one) => text.includes(one))).toEqual([]);
        telemetryMessage.parse(JSON.parse(text));
      }),
      { numRuns: 9 },
    );
    expect(await message()).toEqual({
      ...(await message()),
      counts: { billable_metrics: '1-9', plans: '1-9', customers: '1-9', subscriptions: '1-9', events: '1-9', invoices: '1-9' },
      features: {
        add_ons: true,
        coupons: true,
        credit_notes: false,
        minimum_commitments: false,
        payment_provider: false,
        plan_overrides: false,
        sample_company: false,
        taxes: true,
        wallets: true,
        webhooks: true,
      },
      charge_models: {
        standard: true,
        graduated: false,
        package: false,
        percentage: false,
        volume: false,
        graduated_percentage: false,
        dynamic: false,
      },
    });
    // And so is what really goes out.
    await telling.announce();
    await telling.hours(1);
    const sent = collector.received[0]?.body ?? '';
    expect(JSON.parse(sent)).toEqual(await message());
    expect(kept.filter((one) => sent.includes(one) || collector.received[0]?.path.includes(one))).toEqual([]);
  }, 30_000);

  async function fill({ name, description, code }: Readonly<Record<'name' | 'description' | 'code', string>>): Promise<void> {
    const { api } = telling.books;
    const email = `zq${String(code.length)}@zq.test`;
    const statuses: number[] = [];
    const post = async <Body>(path: string, body: object): Promise<Body> => {
      const answer = await api.post<Body>(path, body);
      statuses.push(answer.status);
      return answer.body;
    };
    await api.put('/organizations', { organization: { name, legal_name: description, email, address_line1: description } });
    const { billable_metric: metric } = await post<{ readonly billable_metric: { readonly lago_id: string } }>('/billable_metrics', {
      billable_metric: { name, code, description, aggregation_type: 'sum_agg', field_name: code },
    });
    const charges = [{ billable_metric_id: metric.lago_id, charge_model: 'standard', properties: { amount: '7.77' } }];
    await post('/plans', {
      plan: { name, code, description, interval: 'monthly', amount_cents: 777_777, amount_currency: 'EUR', charges },
    });
    await post('/customers', {
      customer: {
        external_id: code,
        name,
        email,
        currency: 'EUR',
        address_line1: description,
        metadata: [{ key: 'zqkey', value: name.slice(0, 9) }],
      },
    });
    await post('/subscriptions', { subscription: { external_customer_id: code, external_id: code, plan_code: code, name } });
    await post('/events', {
      event: { transaction_id: code, external_subscription_id: code, code, properties: { [code]: '12345', note: description } },
    });
    await post('/taxes', { tax: { name, code, description, rate: '19' } });
    await post('/add_ons', { add_on: { name, code, description, amount_cents: 777_777, amount_currency: 'EUR' } });
    await post('/coupons', {
      coupon: { name, code, description, coupon_type: 'percentage', percentage_rate: '10', frequency: 'once', expiration: 'no_expiration' },
    });
    await post('/invoices', {
      invoice: { external_customer_id: code, currency: 'EUR', fees: [{ add_on_code: code, description }] },
    });
    await post('/wallets', { wallet: { name, external_customer_id: code, rate_amount: '1', currency: 'EUR' } });
    await post('/webhook_endpoints', { webhook_endpoint: { webhook_url: `http://127.0.0.1:9/${encodeURIComponent(code)}` } });
    expect(new Set(statuses)).toEqual(new Set([200]));
  }
});

describe('the schema', () => {
  const message = {
    event: 'daily_summary',
    installation_id: '0123456789abcdef0123456789abcdef',
    app_version: '1.2.3',
    platform: 'linux',
    architecture: 'x64',
    node_major: 24,
    host: 'headless',
    counts: { billable_metrics: '0', plans: '0', customers: '0', subscriptions: '0', events: '0', invoices: '0' },
    features: {
      add_ons: false,
      coupons: false,
      credit_notes: false,
      minimum_commitments: false,
      payment_provider: false,
      plan_overrides: false,
      sample_company: false,
      taxes: false,
      wallets: false,
      webhooks: false,
    },
    charge_models: {
      standard: false,
      graduated: false,
      package: false,
      percentage: false,
      volume: false,
      graduated_percentage: false,
      dynamic: false,
    },
  };

  test('takes a message, and nothing beside or instead of what it names', () => {
    expect(telemetryMessage.safeParse(message).success).toBe(true);
    for (const wrong of [
      { ...message, customer: 'Hooli' },
      { ...message, counts: { ...message.counts, Hooli: '1-9' } },
      { ...message, counts: { ...message.counts, customers: 12 } },
      { ...message, features: { ...message.features, taxes: 'DE' } },
      { ...message, platform: '/home/hooli' },
      { ...message, installation_id: 'hooli@example.com' },
      { ...message, app_version: '1.2.3-hooli' },
      { ...message, event: 'customer_created' },
    ])
      expect(telemetryMessage.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });

  test('has no place for a text that is free', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(message)), fc.string(), (field, text) => {
        const isKnown = telemetryMessage.safeParse({ ...message, [field]: text }).success;
        const isHarmless =
          /^(daily_summary|[0-9a-f]{32}|\d{1,4}\.\d{1,4}\.\d{1,4}|linux|darwin|win32|other|x64|arm64|headless|desktop)$/.test(text);
        return !isKnown || isHarmless;
      }),
    );
  });
});
