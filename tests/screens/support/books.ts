import type { Page } from 'playwright/test';
import type { Host } from './host.ts';

/** The day that the sample company stands still on: a Wednesday in the middle of a month. */
export const SAMPLE_NOW = '2026-03-18T10:30:00Z';

/** Calls a route of the screens as the signed-in window does. */
export async function callInternal<Answer>(page: Page, method: string, path: string): Promise<Answer> {
  const answer = await page.request.fetch(`/api/internal${path}`, { method, headers: { 'x-meterbook-session': '1' }, timeout: 120_000 });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${String(answer.status())} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Fills the books of a sandbox with the sample company, always the same. */
export async function loadSample(page: Page, host: Host): Promise<void> {
  await host.call('PUT', '/test_clock', { test_clock: { now: SAMPLE_NOW } });
  await callInternal(page, 'POST', '/sample');
}

const LONG = 'N'.repeat(255);
const RIGHT_TO_LEFT = 'شركة الاختبار ‮abc‬ المحدودة';
const MARKUP = `<img src=x onerror="document.title='owned'"><b>"bold"</b> & 'co'`;
const EMOJI = '👩‍👩‍👧‍👦🏳️‍🌈 Zoë ﷽';
export const HOSTILE_NAMES: readonly string[] = [LONG, RIGHT_TO_LEFT, MARKUP, EMOJI];

/** Books whose every name is one that careless screens break on. */
export async function loadHostileBooks(host: Host): Promise<void> {
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-02-03T10:00:00Z' } });
  await host.call('PUT', '/organizations', {
    organization: {
      name: MARKUP.slice(0, 100),
      legal_name: LONG,
      address_line1: RIGHT_TO_LEFT,
      city: EMOJI,
      billing_configuration: { invoice_footer: MARKUP },
    },
  });
  await host.call('POST', '/taxes', {
    tax: { name: MARKUP, code: 'tax/with slash', rate: '19.6', applied_to_organization: true, description: LONG },
  });
  for (const [index, name] of HOSTILE_NAMES.entries()) await addHostileCustomer(host, name, index);
  await host.call('PUT', '/test_clock', { test_clock: { now: '2026-03-05T10:00:00Z' } });
  for (const [index, name] of HOSTILE_NAMES.entries())
    await host.call('POST', '/events', {
      event: {
        transaction_id: `late-${String(index)}`,
        external_subscription_id: index === 0 ? 'nobody' : `sub ${String(index)}/${name.slice(0, 40)}`,
        code: index === 1 ? MARKUP : `metric_${String(index)}`,
        properties: index === 2 ? {} : { value: index === 3 ? 'NaN' : '7', [MARKUP.slice(0, 60)]: RIGHT_TO_LEFT },
      },
    });
}

async function addHostileCustomer(host: Host, name: string, index: number): Promise<void> {
  const { billable_metric: metric } = await host.call<{ billable_metric: { lago_id: string } }>('POST', '/billable_metrics', {
    billable_metric: { name, code: `metric_${String(index)}`, description: name, aggregation_type: 'sum_agg', field_name: 'value' },
  });
  const planCode = `plan ${String(index)}/ü`;
  await host.call('POST', '/plans', {
    plan: {
      name,
      code: planCode,
      interval: 'monthly',
      amount_cents: 123456,
      amount_currency: 'USD',
      description: name,
      invoice_display_name: name,
      charges: [
        { billable_metric_id: metric.lago_id, charge_model: 'standard', invoice_display_name: name, properties: { amount: '0.000001' } },
      ],
    },
  });
  const externalId = `cust ${String(index)}/${name.slice(0, 40)}`;
  await host.call('POST', '/customers', {
    customer: {
      external_id: externalId,
      name,
      legal_name: name,
      address_line1: name,
      city: RIGHT_TO_LEFT,
      currency: 'USD',
      timezone: 'Asia/Kathmandu',
      metadata: [{ key: 'note', value: name.slice(0, 90), display_in_invoice: true }],
    },
  });
  await host.call('POST', '/subscriptions', {
    subscription: { external_customer_id: externalId, plan_code: planCode, external_id: `sub ${String(index)}/${name.slice(0, 40)}`, name },
  });
  await host.call('POST', '/add_ons', {
    add_on: { name, code: `addon ${String(index)}/x`, amount_cents: 9_007_199_254_740, amount_currency: 'USD', description: name },
  });
  await host.call('POST', '/coupons', {
    coupon: {
      name,
      code: `coupon ${String(index)}/x`,
      coupon_type: 'percentage',
      percentage_rate: '12.5',
      frequency: 'recurring',
      frequency_duration: 3,
      expiration: 'no_expiration',
    },
  });
  await host.call('POST', '/applied_coupons', {
    applied_coupon: { external_customer_id: externalId, coupon_code: `coupon ${String(index)}/x` },
  });
  await host.call('POST', '/invoices', {
    invoice: {
      external_customer_id: externalId,
      currency: 'USD',
      fees: [{ add_on_code: `addon ${String(index)}/x`, units: 1, name, description: name }],
    },
  });
  await host.call('POST', '/wallets', {
    wallet: { external_customer_id: externalId, name, rate_amount: '1.5', currency: 'USD', granted_credits: '10' },
  });
}
